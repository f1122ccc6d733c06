"""A plan without a model: what a dossier suggests by itself."""

from collections.abc import Sequence

from pipeline.errors import WriterError
from pipeline.model import Brief, Dossier, Plan, PlannedSection
from pipeline.text.fold import fold
from pipeline.text.keyphrase import best, content_words
from pipeline.text.shouting import calmed
from pipeline.text.slug import slugify
from pipeline.text.translated import foreign

_DESCRIPTION = 155
_SLUG_WORDS = 7
# How first names with a silent h begin; `Hugo`, `Hakeem`, `Harry` and `Hassan` keep their `de`.
_SILENT = (
    "helen",
    "heloise",
    "henri",
    "herbert",
    "hercule",
    "hermin",
    "herve",
    "hippolyt",
    "honor",
    "horten",
    "hubert",
    "hyacinth",
)


def plan_by_code(dossier: Dossier, brief: Brief) -> Plan:
    """Title, description, slug and a section for each subhead of the source, or for each theme of the dossier."""
    if foreign(dossier) is not None:
        raise WriterError(
            "no_plan",
            "The model gave no usable plan, and one made by code would be in the source's language.",
            "Run it again, or try another --model.",
        )
    keyphrase = brief.keyphrase or best(dossier)
    article = dossier.article
    title = (
        calmed(article.title or "", (p.text for p in article.paragraphs))
        or f"{_upper_first(keyphrase)} : faits, déclarations et repères"
    )
    return Plan(
        keyphrase=keyphrase,
        title=f"{_upper_first(keyphrase)} : ce qu’il faut savoir",
        headline=title,
        description=describe(dossier, keyphrase),
        slug=slugify(_slug_words(dossier, keyphrase)),
        sections=_sections(dossier, keyphrase),
    )


def _sections(dossier: Dossier, keyphrase: str) -> tuple[PlannedSection, ...]:
    ids = [p.id for p in dossier.article.paragraphs if p.kind != "heading"]
    third = max(1, len(ids) // 3)
    parts = [ids[:third], ids[third : 2 * third], ids[2 * third :]]
    headings = (
        f"{_upper_first(keyphrase)} : les faits",
        "Ce que disent les acteurs",
        "Ce qui est annoncé pour la suite",
    )
    return tuple(PlannedSection(h, 2, tuple(e)) for h, e in zip(headings, parts, strict=True) if e)


def describe(dossier: Dossier, keyphrase: str) -> str:
    """One whole sentence that says what the source holds, in none of its words: the longest that fits."""
    told = (
        ("les faits", True),
        (_declarations(dossier), dossier.quotations),
        ("les chiffres", dossier.figures),
        ("les dates", dossier.dates),
        ("les lieux", any(n.kind == "place" for n in dossier.names)),
        ("les noms", dossier.names),
        ("le contexte", True),
        ("les points à suivre", True),
        ("les questions qui restent", True),
    )
    parts = [part for part, there in told if there]
    made = [_sentence(keyphrase, parts[:count]) for count in range(1, len(parts) + 1)]
    return max((text for text in made if len(text) <= _DESCRIPTION), key=len, default=made[0])


def _sentence(keyphrase: str, parts: Sequence[str]) -> str:
    listed = f"{', '.join(parts[:-1])} et {parts[-1]}" if len(parts) > 1 else parts[0]
    return f"{_upper_first(keyphrase)} : {listed}."


def _declarations(dossier: Dossier) -> str:
    """Whose words the source quotes, the first two by name."""
    people = {n.text for n in dossier.names if n.kind == "person"}
    speakers = dict.fromkeys(q.speaker for q in dossier.quotations if q.speaker in people)
    names = [of_name(s) for s in list(speakers)[:2] if s]
    return f"les déclarations {' et '.join(names)}".rstrip()


def of_name(name: str) -> str:
    """With its preposition: `d’Anne`, `d’Yves`, `d’Hélène`, and `de Yann`, `de Hakeem`.

    A y before a vowel is a consonant. Of first names with an h those of French usage are elided.
    """
    first = fold(name.split(maxsplit=1)[0]) if name.strip() else ""
    elided = first[:1] in tuple("aeiou") or (first[:1] == "y" and first[1:2] not in tuple("aeiou"))
    return f"d’{name}" if elided or first.startswith(_SILENT) else f"de {name}"


def _slug_words(dossier: Dossier, keyphrase: str) -> str:
    """The telling words of the title; without one, of the keyphrase and the opening, so that the folder is its own."""
    if dossier.article.title:
        return content_words(dossier.article.title, _SLUG_WORDS)
    first = next((p.text for p in dossier.article.paragraphs if p.kind == "text"), "")
    return f"{content_words(keyphrase, 4) or keyphrase} {content_words(first, 3)}"


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
