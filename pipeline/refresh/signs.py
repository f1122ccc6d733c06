"""Words of a piece that time makes stale: `cette année` when the year is over, an event whose day has passed.

Found when a piece is written, each with the day from which it holds, so that deciding reads no text. What is said
within a quotation belongs to its day; days of the week and `hier` are read with the date of the page, and are none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from pipeline.checks.acknowledged import key_of
from pipeline.text.markdown import Block, Document
from pipeline.text.quotes import quotations
from pipeline.text.sentences import sentences

if TYPE_CHECKING:
    from pipeline.text.moments import Moment

SignCode = Literal["stale_sign", "event_passed"]
_MOST = 50
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BY_YEAR = frozenset({"year", "half-year", "quarter"})
_HEAD = "title"


@dataclass(frozen=True, slots=True)
class Sign:
    """`words` stand in the sentence whose key is `sentence`; stale from the day `since` on."""

    code: SignCode
    words: str
    since: str
    """ISO 8601, a day."""
    sentence: str


def signs(document: Document, written: date, before: Iterable[Sign] = ()) -> tuple[Sign, ...]:
    """Those of a piece written on a day, in reading order, fifty at most.

    A sentence that stood in the version `before` was written then: its signs keep their day.
    """
    older = {(s.sentence, s.words): s for s in before}
    found = dict.fromkeys((*_in_title(document, written), *_in_text(document, written)))
    return tuple(older.get((s.sentence, s.words), s) for s in list(found)[:_MOST])


def as_json(those: Iterable[Sign]) -> list[list[str]]:
    return [[s.code, s.words, s.since, s.sentence] for s in those]


def from_json(told: Iterable[Any]) -> tuple[Sign, ...]:
    """Raises `ValueError` or `TypeError` for what `as_json` never made."""
    found = tuple(Sign(*each) for each in told)
    for each in found:
        if not all(isinstance(part, str) for part in (each.words, each.sentence)):
            raise ValueError("its signs cannot be")
        date.fromisoformat(each.since)
    return found


def _in_title(document: Document, written: date) -> Iterator[Sign]:
    """The year a title was written in: a reader of the next one takes the page for an old one."""
    title = document.front.get("title")
    heads = [h.text for h in document.headings if h.level == 1]
    for text in (*([title] if isinstance(title, str) else ()), *heads):
        for match in _DATED.finditer(text):
            if int(match.group()) == written.year:
                yield Sign("stale_sign", match.group(), _new_year(written.year), _HEAD)


def _in_text(document: Document, written: date) -> Iterator[Sign]:
    from pipeline.text.dates import dates  # patterns that who only compares days does without
    from pipeline.text.moments import moment

    for block in document.prose:
        quoted = [(q.outer_start, q.outer_end) for q in quotations(block.text)]
        spans = sentences(block.text)
        for span in dates(block.text):
            if any(a < span.end and span.start < b for a, b in quoted):
                continue
            told = _told(moment(span, block.text), written)
            if told:
                sentence = _sentence(block, spans, span.start)
                yield Sign(told[0], block.text[span.start : span.end], told[1].isoformat(), sentence)


def _sentence(block: Block, spans: Iterable[tuple[int, int]], at: int) -> str:
    return key_of(next((block.text[a:b] for a, b in spans if a <= at < b), block.text))


def _told(when: "Moment", written: date) -> tuple[SignCode, date] | None:
    """What the words become, and from which day on; None for what stays true."""
    if when.year or (when.month and when.day and not when.way):
        day = _over(when, written)
        # What was over when it was written is history.
        return ("event_passed", day) if day and day > written + timedelta(days=1) else None
    if not when.way or when.way in ("following", "previous"):
        return None
    if when.unit == "month":
        # A month's grace: what was written on the 31st is not stale on the 1st.
        return "stale_sign", _next_month(_next_month(written))
    if when.month and when.way == "next":
        year = written.year + (when.month <= written.month)
        return "event_passed", _next_month(date(year, when.month, 1))
    if when.unit in _BY_YEAR or when.season or when.month:
        return "stale_sign", date(written.year + 1, 1, 1)
    return None


def _over(when: "Moment", written: date) -> date | None:
    """The first day on which what is told of lies in the past; None for a day that no calendar has."""
    year = when.year or written.year
    try:
        if when.month and when.day:
            return date(year, when.month, when.day) + timedelta(days=1)
        if when.month:
            return _next_month(date(year, when.month, 1))
        return date(year + 1, 1, 1) if year > written.year else None
    except (ValueError, OverflowError):
        return None


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _new_year(year: int) -> str:
    return date(year + 1, 1, 1).isoformat()


def stale(those: Iterable[Sign], today: date) -> tuple[Sign, ...]:
    """Those whose day has come."""
    return tuple(s for s in those if s.since <= today.isoformat())


def standing(those: Iterable[Sign], document: Document) -> tuple[Sign, ...]:
    """Those whose sentence still stands as it was."""
    keys = {key_of(b.text[a:c]) for b in document.prose for a, c in sentences(b.text)}
    title = document.front.get("title")
    heads = [h.text for h in document.headings if h.level == 1]
    top = " ".join((title if isinstance(title, str) else "", *heads))
    return tuple(s for s in those if s.sentence in keys or (s.sentence == _HEAD and s.words in top))
