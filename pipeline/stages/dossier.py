"""The dossier of an article: its quotations, figures, dates and names, each with its place."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from pipeline.model import Article, DateMention, Dossier, Figure, Name, Paragraph, Quotation

if TYPE_CHECKING:
    from pipeline.text.facts import Facts

T = TypeVar("T")


def build(article: Article, related: tuple[Article, ...] = ()) -> Dossier:
    """What the article holds; `related` articles become dossiers of their own."""
    from pipeline.text.facts import read  # hundreds of patterns, for whoever does it

    facts = read(article.passages, article.language)
    return Dossier(
        article,
        quotations=_quotations(facts),
        figures=_figures(facts),
        dates=_dates(facts),
        names=_names(facts),
        related=tuple(build(other) for other in related),
    )


def _quotations(facts: "Facts") -> tuple[Quotation, ...]:
    return tuple(
        Quotation(f"Q{n}", p.text[s.span.start : s.span.end], s.speaker, p.id, s.span.start, s.span.end)
        for n, p, s in _numbered(facts.passages, facts.speeches)
    )


def _figures(facts: "Facts") -> tuple[Figure, ...]:
    return tuple(
        Figure(f"F{n}", p.text[f.start : f.end], f.value, f.unit, p.id, f.start, f.end)
        for n, p, f in _numbered(facts.passages, facts.figures)
    )


def _dates(facts: "Facts") -> tuple[DateMention, ...]:
    return tuple(
        DateMention(f"D{n}", p.text[d.start : d.end], d.value, p.id, d.start, d.end)
        for n, p, d in _numbered(facts.passages, facts.dates)
    )


def _numbered(
    passages: Sequence[Paragraph], rows: Sequence[Sequence[T]]
) -> Iterator[tuple[int, Paragraph, T]]:
    """Every item of every row with its paragraph, numbered through from 1."""
    pairs = ((p, item) for p, row in zip(passages, rows, strict=True) for item in row)
    return ((n, p, item) for n, (p, item) in enumerate(pairs, start=1))


def _names(facts: "Facts") -> tuple[Name, ...]:
    ordered = sorted(enumerate(facts.names), key=lambda pair: (pair[1].first.paragraph, pair[1].first.start))
    return tuple(
        Name(
            f"N{n}",
            entity.text,
            entity.kind,
            facts.passages[entity.first.paragraph].id,
            entity.first.start,
            entity.first.end,
            role=max(facts.roles[index], key=len, default=None),
            aliases=entity.aliases,
        )
        for n, (index, entity) in enumerate(ordered, start=1)
    )
