"""The dossier of an article: its quotations, figures, dates and names, each with its place."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from pipeline.model import Article, DateMention, Dossier, Figure, Name, Paragraph, Quotation
from pipeline.text.dates import dates
from pipeline.text.figures import figures
from pipeline.text.names import Entity, entities
from pipeline.text.quotes import quotations
from pipeline.text.speakers import Passage, roles_of, speakers

T = TypeVar("T")


def build(article: Article, related: tuple[Article, ...] = ()) -> Dossier:
    """What the article holds; `related` articles become dossiers of their own."""
    paragraphs = article.passages
    found = entities([p.text for p in paragraphs])
    places: list[list[tuple[int, int, int]]] = [[] for _ in paragraphs]
    for index, entity in enumerate(found):
        for mention in entity.mentions:
            places[mention.paragraph].append((mention.start, mention.end, index))
    passages = [_passage(p, names) for p, names in zip(paragraphs, places, strict=True)]
    return Dossier(
        article,
        quotations=_quotations(paragraphs, passages, found),
        figures=_figures(paragraphs),
        dates=_dates(paragraphs),
        names=_names(paragraphs, passages, found),
        related=tuple(build(other) for other in related),
    )


def _passage(paragraph: Paragraph, names: list[tuple[int, int, int]]) -> Passage:
    quotes = tuple(quotations(paragraph.text))
    return Passage(
        paragraph.text, quotes, tuple(sorted(names)), heading=paragraph.kind in ("heading", "title")
    )


def _quotations(
    paragraphs: Sequence[Paragraph], passages: Sequence[Passage], found: Sequence[Entity]
) -> tuple[Quotation, ...]:
    said_by = speakers(passages, found)
    return tuple(
        Quotation(f"Q{n}", p.text[q.start : q.end], speaker, p.id, q.start, q.end)
        for n, (p, q, speaker) in enumerate(
            (
                (paragraph, quote, speaker)
                for paragraph, passage, row in zip(paragraphs, passages, said_by, strict=True)
                for quote, speaker in zip(passage.quotes, row, strict=True)
            ),
            start=1,
        )
    )


def _figures(paragraphs: Sequence[Paragraph]) -> tuple[Figure, ...]:
    return tuple(
        Figure(f"F{n}", p.text[f.start : f.end], f.value, f.unit, p.id, f.start, f.end)
        for n, (p, f) in enumerate(_each(paragraphs, figures), start=1)
    )


def _dates(paragraphs: Sequence[Paragraph]) -> tuple[DateMention, ...]:
    return tuple(
        DateMention(f"D{n}", p.text[d.start : d.end], d.value, p.id, d.start, d.end)
        for n, (p, d) in enumerate(_each(paragraphs, dates), start=1)
    )


def _each(
    paragraphs: Sequence[Paragraph], extract: Callable[[str], list[T]]
) -> Iterable[tuple[Paragraph, T]]:
    return ((p, item) for p in paragraphs for item in extract(p.text))


def _names(
    paragraphs: Sequence[Paragraph], passages: Sequence[Passage], found: Sequence[Entity]
) -> tuple[Name, ...]:
    roles = roles_of(passages, found)
    ordered = sorted(enumerate(found), key=lambda pair: (pair[1].first.paragraph, pair[1].first.start))
    return tuple(
        Name(
            f"N{n}",
            entity.text,
            entity.kind,
            paragraphs[entity.first.paragraph].id,
            entity.first.start,
            entity.first.end,
            role=max(roles[index], key=len) if index in roles else None,
            aliases=entity.aliases,
        )
        for n, (index, entity) in enumerate(ordered, start=1)
    )
