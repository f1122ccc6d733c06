"""A plan without a model: what a dossier suggests by itself."""

from pipeline.errors import WriterError
from pipeline.model import Brief, Dossier, Plan, PlannedSection
from pipeline.text.keyphrase import candidates, content_words
from pipeline.text.slug import slugify
from pipeline.text.translated import foreign

_DESCRIPTION = 155
_SLUG_WORDS = 7


def plan_by_code(dossier: Dossier, brief: Brief) -> Plan:
    """Title, description, slug and a section for each subhead of the source, or for each theme of the dossier."""
    if foreign(dossier) is not None:
        raise WriterError(
            "no_plan",
            "The model gave no usable plan, and one made by code would be in the source's language.",
            "Run it again, or try another --model.",
        )
    keyphrase = brief.keyphrase or candidates(dossier)[0]
    title = dossier.article.title or f"{_upper_first(keyphrase)} : faits, déclarations et repères"
    return Plan(
        keyphrase=keyphrase,
        title=f"{_upper_first(keyphrase)} : ce qu’il faut savoir",
        headline=title,
        description=_description(dossier, keyphrase),
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


def _description(dossier: Dossier, keyphrase: str) -> str:
    first = next((p.text for p in dossier.article.paragraphs if p.kind == "text"), "")
    text = f"{_upper_first(keyphrase)} : {' '.join(first.split())}"
    if len(text) <= _DESCRIPTION:
        return text
    return text[:_DESCRIPTION].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _slug_words(dossier: Dossier, keyphrase: str) -> str:
    """The telling words of the title; without one, of the keyphrase and the opening, so that the folder is its own."""
    if dossier.article.title:
        return content_words(dossier.article.title, _SLUG_WORDS)
    first = next((p.text for p in dossier.article.paragraphs if p.kind == "text"), "")
    return f"{keyphrase} {content_words(first, 3)}"


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
