"""How a model spoils a good answer: one function a fault, from the text and the prompt to another text."""

import json
from collections.abc import Callable, Iterator

from tests.model_server.markdown import HEADING, SLOT, blocks, is_prose
from tests.model_server.prompt import Prompt

Spoiler = Callable[[str, Prompt, str], str]
"""The good text, what was asked, the variant of the fault."""

REFUSAL = "Je suis désolé, mais je ne peux pas vous aider à rédiger cet article."
INVENTED = (
    "Selon l’économiste Bertrand Vauquelin, 4 318 emplois ont été créés à Clermont-Ferrand le 17 mars 2019."
)
ENGLISH = (
    "Officials said the talks had been useful, although nobody expected a quick decision on the main points.",
    "The money is the hardest part of the discussion, because each partner would like the others to pay more.",
    "People who follow the matter closely warn that a promise made in public is difficult to take back later.",
    "For now the technical teams keep working on a plan that could be explained in plain words to everyone.",
)


def english(text: str, _prompt: Prompt, _variant: str) -> str:
    """As many blocks as before, each heading and each paragraph in English."""
    out = []
    for index, block in enumerate(blocks(text)):
        match = HEADING.match(block)
        rest = " ".join(ENGLISH[(index + i) % 4] for i in range(3))
        out.append(f"{match[1]} What we know so far, part {index}" if match else rest)
    return "\n\n".join(out)


def english_paragraph(text: str, _prompt: Prompt, _variant: str) -> str:
    return _with_paragraph(text, lambda _: " ".join(ENGLISH))


def invented_fact(text: str, _prompt: Prompt, _variant: str) -> str:
    return _with_paragraph(text, lambda paragraph: f"{paragraph} {INVENTED}")


def altered_quote(text: str, prompt: Prompt, _variant: str) -> str:
    """The longest quotation the text places, or the prompt lists, typed with its longest word changed."""
    placed = {slot.strip("{}") for slot in SLOT.findall(text)}
    listed = [q for q in prompt.quotations if q.id in placed] or list(prompt.quotations)
    if not listed:
        return text
    quotation = max(listed, key=lambda q: len(q.text))
    longest = max(quotation.text.split(), key=len)
    other = "discutable" if longest != "discutable" else "regrettable"
    typed = f"« {quotation.text.replace(longest, other, 1)} »"
    slot = "{" + quotation.id + "}"
    if slot in text:
        return text.replace(slot, typed, 1)
    return _with_paragraph(text, lambda paragraph: f"{paragraph} Le propos exact : {typed}.")


def doubled_slot(text: str, prompt: Prompt, _variant: str) -> str:
    match = SLOT.search(text)
    if not match and not prompt.quotations:
        return text
    slot = match[0] if match else "{" + prompt.quotations[0].id + "}"
    again = f"Le propos mérite d’être relu : {slot}." + ("" if match else f" Et encore : {slot}.")
    return _with_paragraph(text, lambda paragraph: f"{paragraph} {again}")


def missing_slot(text: str, _prompt: Prompt, _variant: str) -> str:
    return _with_paragraph(text, lambda paragraph: f"{paragraph} Un autre propos le confirme : {{Q99}}.")


def no_headings(text: str, _prompt: Prompt, variant: str) -> str:
    """Without the `##` headings; without the H1 too when the variant is `all`."""
    keep = 0 if variant == "all" else 1
    kept = (b for b in blocks(text) if not (m := HEADING.match(b)) or len(m[1]) <= keep)
    return "\n\n".join(kept)


def skipped_level(text: str, _prompt: Prompt, _variant: str) -> str:
    return _with_paragraph(text, lambda paragraph: f"#### Un point de détail\n\n{paragraph}")


def short(text: str, _prompt: Prompt, _variant: str) -> str:
    """Whole blocks up to about 300 words."""
    out, count = [], 0
    for block in blocks(text):
        if count >= 260:
            break
        out.append(block)
        count += 0 if HEADING.match(block) else len(block.split())
    if HEADING.match(out[-1]) and len(out) > 1:
        out.pop()
    return "\n\n".join(out)


def html(text: str, _prompt: Prompt, _variant: str) -> str:
    bad = (
        "<script>alert('piège')</script> "
        '<a href="https://piege.invalid/" onclick="alert(1)">Lire la suite</a> [ici](javascript:alert(2))'
    )
    return _with_paragraph(text, lambda paragraph: f"{paragraph} {bad}")


def prompt_leak(text: str, prompt: Prompt, _variant: str) -> str:
    leak = " ".join(prompt.system.split())[:300]
    return _with_paragraph(text, lambda paragraph: f"{paragraph}\n\nVoici mes consignes : {leak}")


def chatter(text: str, prompt: Prompt, _variant: str) -> str:
    fence = "json" if prompt.goal == "plan" else "markdown"
    return (
        f"Voici l’article demandé :\n\n```{fence}\n{text}\n```\n\n"
        "N’hésitez pas à me dire si vous souhaitez une version plus courte."
    )


def front_matter(text: str, _prompt: Prompt, _variant: str) -> str:
    return f'---\ntitle: "Un titre"\ndescription: "Une description"\nauthor: Rédaction\n---\n\n{text}'


def self_talk(text: str, _prompt: Prompt, variant: str) -> str:
    """A model that speaks of itself: inside the text, or at its end."""
    if variant == "end":
        return f"{text}\n\nJ’espère que cet article vous convient. Souhaitez-vous que je le raccourcisse ?"
    talk = "En tant que modèle de langage, je ne peux pas vérifier ces informations."
    return _with_paragraph(text, lambda paragraph: f"{paragraph} {talk}")


def labels(text: str, _prompt: Prompt, _variant: str) -> str:
    """The labels of the dossier left in the text, as references and in headings."""
    out = [
        f"{b} [P1, Q1]" if HEADING.match(b) else f"{b} [P2] (S2P1)" if is_prose(b) else b
        for b in blocks(text)
    ]
    return "\n\n".join(out)


def rich_markdown(text: str, _prompt: Prompt, _variant: str) -> str:
    """Rules, footnotes, code, task boxes, struck words, numbered and bold headings."""
    numbered = [
        f"{m[1]} {n}. **{m[2]}**" if (m := HEADING.match(b)) and len(m[1]) > 1 else b
        for n, b in enumerate(blocks(text), 1)
    ]
    extra = "---\n\n- [x] Un point réglé, `selon` la mairie\n\nUn mot ~~barré~~ et une note[^1].\n\n[^1]: La note."
    return _with_paragraph("\n\n".join(numbered), lambda paragraph: f"{paragraph}\n\n{extra}")


def address(text: str, _prompt: Prompt, _variant: str) -> str:
    return _with_paragraph(
        text, lambda paragraph: f"{paragraph} Plus de détails sur www.piege.example dès lundi."
    )


def restarted_rest(text: str, prompt: Prompt, _variant: str) -> str:
    """A continuation that begins the whole text again."""
    return prompt.said + text


def announced_rest(text: str, _prompt: Prompt, _variant: str) -> str:
    return f"Voici la suite de l’article :\n\n{text.lstrip()}"


def trimmed_rest(text: str, _prompt: Prompt, _variant: str) -> str:
    """A continuation without the space it should begin with: chat models seldom give it."""
    return text.lstrip()


def repeated_rest(text: str, prompt: Prompt, _variant: str) -> str:
    """A continuation that begins with the last words said."""
    return " ".join(prompt.said.split(" ")[-6:]) + text


def empty(_text: str, _prompt: Prompt, variant: str) -> str:
    return " \n" if variant == "blank" else ""


def bad_json(text: str, prompt: Prompt, variant: str) -> str:
    """`broken`: stops in the middle; `fence`: good JSON in a fence, with chatter; `prose`; `fields`: some lack."""
    if variant == "fence":
        return chatter(text, prompt, variant)
    if variant == "prose":
        return (
            "Je propose un article en trois parties : le contexte, les positions, puis les suites possibles."
        )
    if variant == "fields":
        plan = json.loads(text)
        return json.dumps({k: plan[k] for k in ("title", "sections")}, ensure_ascii=False)
    return text[: len(text) * 2 // 3].rstrip() + ",,"


def _with_paragraph(text: str, change: Callable[[str], str]) -> str:
    """The text with one paragraph changed: the first below a `##` heading, else the last of all."""
    parts = blocks(text)
    index = next(_below_headings(parts), None)
    if index is None:
        index = max((i for i, b in enumerate(parts) if is_prose(b)), default=None)
    if index is None:
        return change(text)
    return "\n\n".join([*parts[:index], change(parts[index]), *parts[index + 1 :]])


def _below_headings(parts: list[str]) -> Iterator[int]:
    below = False
    for index, block in enumerate(parts):
        match = HEADING.match(block)
        below = below or bool(match and len(match[1]) > 1)
        if below and is_prose(block):
            yield index


SPOILERS: dict[str, Spoiler] = {
    spoiler.__name__: spoiler
    for spoiler in (
        english,
        english_paragraph,
        invented_fact,
        altered_quote,
        doubled_slot,
        missing_slot,
        no_headings,
        skipped_level,
        short,
        html,
        prompt_leak,
        bad_json,
        front_matter,
        chatter,
        self_talk,
        labels,
        rich_markdown,
        address,
        restarted_rest,
        announced_rest,
        trimmed_rest,
        repeated_rest,
        empty,
    )
}
