"""What a text states: its quotations with their speakers, its figures, dates, names and roles, each in its place.

Sources and pieces are read the same way, so that the one can be held against the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Paragraph
from pipeline.text.dates import DateSpan, dates
from pipeline.text.figures import FigureSpan, figures
from pipeline.text.names import Entity, entities
from pipeline.text.quotes import QuoteSpan, quotations
from pipeline.text.speakers import Certainty, Passage, roles_of, speakers


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation with who says it, as far as the text tells."""

    span: QuoteSpan
    speaker: str | None
    certainty: Certainty = "likely"
    called: str | None = None
    """What the sentence itself calls them, where that is no name."""


@dataclass(frozen=True, eq=False, slots=True)
class Facts:
    """Of a text given as its paragraphs. The rows have an entry for each paragraph, in reading order.

    Compared by identity, so that what is made of them can be worked out once.
    """

    passages: tuple[Paragraph, ...]
    speeches: tuple[tuple[Speech, ...], ...]
    figures: tuple[tuple[FigureSpan, ...], ...]
    dates: tuple[tuple[DateSpan, ...], ...]
    names: tuple[Entity, ...]
    """Each with all its mentions; a mention names its paragraph by its index in `passages`."""
    mentions: tuple[tuple[tuple[int, int, int], ...], ...]
    """(start, end, index in `names`), in order."""
    roles: tuple[tuple[str, ...], ...]
    """For each of `names`, the roles the text gives it, as worded."""


def read(passages: tuple[Paragraph, ...], language: str = "fr") -> Facts:
    """The facts of a text. Kept for the last texts: several checks ask for the same source, and a source is asked for
    again when its article has been written.
    """
    short = sum(len(p.text) for p in passages) < _LONG
    return _of_short(passages, language) if short else _of_long(passages, language)


# As many articles as are under way in a process, and their pieces; of texts that fill the memory only a few.
_LONG = 30_000


@lru_cache(maxsize=96)
def _of_short(passages: tuple[Paragraph, ...], language: str) -> Facts:
    return _read(passages, language)


@lru_cache(maxsize=8)
def _of_long(passages: tuple[Paragraph, ...], language: str) -> Facts:
    return _read(passages, language)


def _read(passages: tuple[Paragraph, ...], language: str) -> Facts:
    if language == "en":
        from pipeline.text.english import facts as english  # a French source does not pay for its patterns

        return english.read(passages)
    texts = [p.text for p in passages]
    found = entities(texts)
    places: list[list[tuple[int, int, int]]] = [[] for _ in passages]
    for index, entity in enumerate(found):
        for mention in entity.mentions:
            places[mention.paragraph].append((mention.start, mention.end, index))
    rows = [_passage(p, names) for p, names in zip(passages, places, strict=True)]
    when = [tuple(dates(text)) for text in texts]
    worded = roles_of(rows, found)
    return Facts(
        passages,
        speeches=_speeches(rows, found),
        figures=tuple(tuple(figures(t, list(d))) for t, d in zip(texts, when, strict=True)),
        dates=tuple(when),
        names=tuple(found),
        mentions=tuple(row.names for row in rows),
        roles=tuple(tuple(worded.get(index, ())) for index in range(len(found))),
    )


def _passage(paragraph: Paragraph, names: list[tuple[int, int, int]]) -> Passage:
    quotes = tuple(quotations(paragraph.text))
    return Passage(
        paragraph.text, quotes, tuple(sorted(names)), heading=paragraph.kind in ("heading", "title")
    )


def _speeches(rows: Sequence[Passage], found: Sequence[Entity]) -> tuple[tuple[Speech, ...], ...]:
    return tuple(
        tuple(
            Speech(quote, said.speaker, said.certainty, said.called) if said else Speech(quote, None)
            for quote, said in zip(row.quotes, said_by, strict=True)
        )
        for row, said_by in zip(rows, speakers(rows, found), strict=True)
    )
