"""What a model answers, made usable: the plan as a value, the text as plain Markdown.

Nothing here is trusted: fields are cut to size, unknown evidence is dropped, HTML and links go.
"""

import json
import re
from typing import Any

from pipeline.model import Brief, Dossier, Plan, PlannedSection
from pipeline.text.addresses import addresses
from pipeline.text.keyphrase import best
from pipeline.text.language import is_foreign, language_of
from pipeline.text.markdown import parse
from pipeline.text.slots import label
from pipeline.text.slug import slugify
from pipeline.text.talk import edge_talk, is_refusal, self_talk
from pipeline.writers.outline import describe
from pipeline.writers.subset import within_subset

_LONGEST_FIELD = 300
_MOST_SECTIONS = 20
_OVERLAP, _LEAST_OVERLAP = 400, 8  # characters a continuation may say again; fewer may be chance
_FRONT = re.compile(r"\A\s*---\n.*?\n---\n", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\n]{0,300})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,300}\])")
_DEFINITION = re.compile(r"^[ >\t*+-]{0,9}\[[^\]\n]{1,300}\]:[^\n]*$", re.MULTILINE)
_AUTOLINK = re.compile(r"<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^<>\s]{0,2000}>")
_SETEXT = re.compile(r"^ {0,3}([^\s#>|*+-][^\n]{0,300})\n {0,3}(={2,}|-{3,})[ \t]*$", re.MULTILINE)
_TARGET = re.compile(r"\]\([^()\n]{0,2000}\)")
_TELLS_LANGUAGE = 40  # words; the language of less cannot be told for sure
_LONGEST_TALK = 60  # words; what is longer may be article
_OPENING = 8  # words by which a text is known again
_NO_BREAK = "\u00a0\u202f"
_APART = re.compile(f"[\n\t{_NO_BREAK}]")
_ROUNDS = 6


class NotAPlanError(ValueError):
    """The answer holds no JSON object with sections; the message says what is wrong, for the model to read."""


def read_plan(answer: str, dossier: Dossier, brief: Brief) -> Plan:
    """The plan in an answer: fenced or wrapped in talk, missing fields made by code.

    Raises `NotAPlanError` when there is no JSON object in it, or no section.
    """
    data = _json_object(answer)
    evidence = frozenset(_evidence_labels(dossier))
    sections = tuple(_section(s, evidence) for s in _list(data, "sections")[:_MOST_SECTIONS])
    sections = tuple(s for s in sections if s.heading)
    if not sections:
        raise NotAPlanError("`sections` manque ou est vide.")
    told = [_text(data, name) for name in ("title", "headline", "description")]
    if foreign := next((t for t in (*told, *(s.heading for s in sections)) if is_foreign(t)), None):
        raise NotAPlanError(f"« {foreign[:100]} » n’est pas en français.")
    keyphrase = brief.keyphrase or _text(data, "keyphrase") or best(dossier)
    headline = _text(data, "headline", "h1", "title") or keyphrase
    return Plan(
        keyphrase=keyphrase,
        title=_text(data, "title") or headline,
        headline=headline,
        description=_text(data, "description", "meta_description") or describe(dossier, keyphrase),
        slug=slugify(_text(data, "slug") or keyphrase),
        sections=sections,
        synonyms=tuple(word for s in _list(data, "synonyms")[:8] if (word := _text({"": s}, ""))),
    )


def _json_object(answer: str) -> dict[str, Any]:
    start, end = answer.find("{"), answer.rfind("}")
    if start < 0 or end < start:
        raise NotAPlanError("elle ne contient pas d’objet JSON.")
    try:
        data = json.loads(answer[start : end + 1], strict=False)
    except (ValueError, RecursionError) as error:
        raise NotAPlanError(f"le JSON n’est pas valide : {str(error)[:200]}.") from None
    if not isinstance(data, dict):
        raise NotAPlanError("ce n’est pas un objet JSON.")
    return data


def _section(data: Any, evidence: frozenset[str]) -> PlannedSection:
    if isinstance(data, str):
        return PlannedSection(_line(data).lstrip("# "))
    if not isinstance(data, dict):
        return PlannedSection("")
    wanted = [e.strip("{} ") for e in _list(data, "evidence") if isinstance(e, str)]
    return PlannedSection(
        heading=_text(data, "heading", "title", "h2").lstrip("# "),
        level=3 if data.get("level") in (3, "3", "h3", "H3") else 2,
        evidence=tuple(e for e in wanted if e in evidence),
    )


def _evidence_labels(dossier: Dossier) -> list[str]:
    return [
        label(number, item.id)
        for number, each in enumerate(dossier.all, start=1)
        for group in (each.article.passages, each.quotations, each.figures, each.dates, each.names)
        for item in group
    ]


def _text(data: dict[str, Any], *names: str) -> str:
    for name in names:
        value = data.get(name)
        if isinstance(value, str) and value.strip():
            line = plain_markdown(_line(value))
            # A field that talks or sends the reader somewhere is no title: the next one, or code, gives it.
            if not self_talk(line) and not any(addresses(line)):
                return line
    return ""


def _line(value: str) -> str:
    """One line, in bounds, without control characters."""
    plain = "".join(c if c.isprintable() or c in "\u00a0\u202f" else " " for c in value)
    return re.sub(r"[ \t]+", " ", plain).strip()[:_LONGEST_FIELD]


def _list(data: dict[str, Any], name: str) -> list[Any]:
    value = data.get(name)
    return value if isinstance(value, list) else []


def article(answer: str, plan: Plan) -> str:
    """The article in an answer: no fence, no front matter, no talk before the title, one title at least."""
    text = plain_markdown(_unwrapped(answer))
    title = re.search(r"^# ", text, re.MULTILINE)
    # What stands before the title is talk, unless sections stand there too: then nothing is thrown away.
    if title and "\n## " not in f"\n{text[: title.start()]}":
        text = text[title.start() :]
    text = _without_talk(text)
    return text if title else f"# {plan.headline}\n\n{text}"


def section(answer: str, sent: str) -> str | None:
    """A mended section: it starts with a heading of the level sent, or it is not taken."""
    text = _without_talk(plain_markdown(_unwrapped(answer)))
    marks = sent.split(" ", 1)[0] if sent.startswith("#") else ""
    if not marks:
        return text or None
    first = re.search(rf"^{re.escape(marks)} \S", text, re.MULTILINE)
    if first:
        return text[first.start() :]
    heading = sent.splitlines()[0]
    return f"{heading}\n\n{text}" if text and not text.startswith("#") else None


def problem(answer: str) -> str:
    """What makes a text no article at all, told to the model; empty when nothing does."""
    if is_refusal(answer):
        return "c’est un refus. Il s’agit de récrire un article de presse publié, avec ses seuls faits."
    if len(answer.split()) >= _TELLS_LANGUAGE and language_of(answer) != "fr":
        return "elle n’est pas en français."
    return ""


def _without_talk(text: str) -> str:
    """The text without paragraphs at its beginning and end that talk to whoever asked."""
    parts = text.split("\n\n")
    while parts and _is_talk(parts[-1]):
        parts.pop()
    first = 1 if parts and parts[0].startswith("# ") else 0
    while len(parts) > first and _is_talk(parts[first]):
        parts.pop(first)
    return "\n\n".join(parts)


def _is_talk(paragraph: str) -> bool:
    short = len(paragraph.split()) <= _LONGEST_TALK and not paragraph.lstrip().startswith("#")
    return short and bool(edge_talk(paragraph.strip("*_ \n")))


def begins_anew(text: str, rest: str) -> bool:
    """Whether a continuation is the whole text once more: it opens with the same words."""
    opening = " ".join(text.split()[:_OPENING])
    return len(opening) >= _LEAST_OVERLAP and " ".join(rest.split()).startswith(opening)


def continuation(rest: str) -> str:
    """A continuation without the fence and the `Voici la suite :` before it; the white space it begins with stays."""
    opening = re.match(r"\s*(?:```(?:markdown|md)?\n)?", rest)
    body = rest[opening.end() :] if opening and "`" in opening.group() else rest
    body = re.sub(r"\n```\s*\Z", "", body)
    first, line, after = body.partition("\n")
    return after.lstrip("\n") if line and edge_talk(first.strip()) and first.rstrip().endswith(":") else body


def joined(text: str, rest: str, vocabulary: str) -> str:
    """A cut answer and its continuation: repeated words dropped, a lost space put back.

    Models that go on often say the last words again; servers may trim the space the cut fell on. Whether
    `con` + `tinue` is one word or two is asked of the words the texts use elsewhere.
    """
    for length in range(min(len(text), len(rest), _OVERLAP), _LEAST_OVERLAP - 1, -1):
        if text.endswith(rest[:length]):
            return text + rest[length:]
    left, right = re.search(r"[^\W\d_]+\Z", text[-80:]), re.match(r"[^\W\d_]+", rest[:80])
    if left and right:
        known = set(re.findall(r"[^\W\d_]+", f"{vocabulary} {text[:-80]} {rest}".lower()))
        whole = (left.group() + right.group()).lower()
        if whole not in known and left.group().lower() in known:
            return f"{text} {rest}"
    glued = text[-1:].isspace() or rest[:1].isspace() or bool(left and right)
    return text + rest if glued or rest[:1] in ",.;:!?…)»’'-" else f"{text} {rest}"


def _unwrapped(answer: str) -> str:
    text = answer.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    fence = re.search(r"^```(?:markdown|md)?\n(.*?)(?:\n```|\Z)", text, re.DOTALL | re.MULTILINE)
    if fence and "# " in fence.group(1):
        text = fence.group(1)
    return _FRONT.sub("", text, count=1).strip()


def plain_markdown(text: str) -> str:
    """Markdown without raw HTML, links, images or code: their words stay, what they do goes.

    What a pattern misses, the parser still sees: then its signs are escaped, so that it is only text.
    """
    if not all(part.isprintable() for part in _APART.split(text)):
        text = "".join(c for c in text if c in "\n\t" or (c.isprintable() or c in _NO_BREAK))
    text = within_subset(_SETEXT.sub(_atx, text))
    if "[" not in text and "<" not in text:  # most texts have neither a link nor a tag
        return _tidy(_SETEXT.sub(_atx, text))
    for _ in range(_ROUNDS):
        text = _SETEXT.sub(
            _atx, _AUTOLINK.sub("", _LINK.sub(r"\1", _IMAGE.sub("", _DEFINITION.sub("", text))))
        )
        document = parse(text)
        live = [b for b in document.blocks if b.links or (b.html and b.kind != "html")]
        if not document.html and not live:
            break
        for start, end in reversed(document.html):
            text = text[:start] + text[end:]
        if not document.html:
            for block in reversed(live):
                text = text[: block.start] + _inert(text[block.start : block.end]) + text[block.end :]
    else:
        text = _inert(text)
    return _tidy(text)


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _inert(text: str) -> str:
    """Brackets as signs: nothing in it is a link, an image or a tag any more."""
    return re.sub(r"(?<!\\)([\[\]<])", r"\\\1", _TARGET.sub("]", text))


def _atx(match: re.Match[str]) -> str:
    """An underlined heading written with `#`, as the rest of the program cuts and mends it."""
    return f"{'#' if match[2][0] == '=' else '##'} {match[1].strip()}"
