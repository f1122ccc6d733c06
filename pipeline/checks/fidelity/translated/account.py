"""What cannot be compared across languages is told, and which sentences share no fact with a source is counted."""

from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.comparison import Comparison, Statement, compare
from pipeline.checks.fidelity.counted.quantities import Quantity, quantity
from pipeline.checks.fidelity.translated.values import carriers, is_idle, known
from pipeline.model import Finding
from pipeline.text.english.places import places
from pipeline.text.fold import tokens
from pipeline.text.moments import Moment, moment
from pipeline.text.spelling import sound
from pipeline.text.toponyms import toponyms

LANGUAGES = {"en": "English"}
_MOST_PARAGRAPHS = 400
# A faithful piece has a fact of the source in most sentences: one that holds to its source had none in 11 of 42, one that
# has nothing to do with it in 46 of 50.
_ENOUGH, _MOST_BARE = 8, 2 / 3


def find_untold(manuscript: Manuscript) -> Iterator[Finding]:
    """FID017, once a piece."""
    comparison = compare(manuscript)
    told = [s for s in comparison.statements if not s.is_heading and any(c.isalpha() for c in s.text)]
    bare = sum(not shares_a_fact(comparison, s) for s in told)
    languages = sorted(
        {LANGUAGES.get(s.language, s.language) for s in comparison.sources if s.language != "fr"}
    )
    message = (
        f"Told from {' and '.join(languages)}: whether its words support a sentence, who does what, causes, offices "
        "and copied wording (FID008, FID010, FID012, FID014, FID015, ORI001, ORI002) were not compared, denials and "
        "certainty (FID011) only where both texts have words of one small table. "
        f"{bare} of {len(told)} sentences share no figure, date, name or place with a source: a person compares them."
    )
    if len(told) >= _ENOUGH and bare > len(told) * _MOST_BARE:
        yield Finding("FID017", "block", f"Hardly anything of the source is in the piece. {message}")
    else:
        yield Finding("FID017", "warn", message)


def _figures(comparison: Comparison, statement: Statement) -> Iterator[Quantity]:
    text = statement.block.text
    for figure in comparison.figures(statement):
        if not is_idle(text, figure) and not comparison.is_quoted(statement.paragraph, figure.start):
            yield quantity(text, figure)


_Keys = frozenset[str]


def _date_keys(m: Moment) -> Iterator[str]:
    for name in ("weekday", "month", "year", "clock", "near", "step", "season"):
        if (value := getattr(m, name)) is not None:
            yield f"@{name}{value}"
    if m.unit and (m.way or m.count):
        yield f"@{m.unit}{m.way}{m.count or ''}"


@lru_cache(maxsize=2)
def _passages(comparison: Comparison) -> dict[tuple[str, int], _Keys]:
    """The keys of each passage of the sources."""
    rows: dict[tuple[str, int], set[str]] = {}
    for q in known(comparison):
        if q.source:
            rows.setdefault((q.source.label, q.paragraph), set()).add(f"={q.magnitude:.6g}")
    for source in comparison.sources:
        for at, passage in enumerate(source.facts.passages[:_MOST_PARAGRAPHS]):
            row = rows.setdefault((source.label, at), set())
            row.update(key for d in source.facts.dates[at] for key in _date_keys(moment(d, passage.text)))
            row.update(f"n{sound(t.text)}" for t in tokens(passage.text) if passage.text[t.start].isupper())
            row.update(f"+{code}" for p in places(passage.text) for code in p.codes)
    return {place: frozenset(keys) for place, keys in rows.items()}


@lru_cache(maxsize=2)
def _all(comparison: Comparison) -> _Keys:
    return frozenset().union(*_passages(comparison).values())


def shares_a_fact(comparison: Comparison, statement: Statement) -> bool:
    """A figure, date, name or place of the statement stands in a source."""
    text = statement.block.text
    if any(carriers(comparison, q) for q in _figures(comparison, statement)):
        return True
    capitals = {
        f"n{sound(t.text)}" for t in tokens(statement.text) if statement.text[t.start].isupper() and t.start
    }
    codes = {f"+{code}" for p in toponyms(statement.text) for code in p.codes}
    dates = {key for d in comparison.dates(statement) for key in _date_keys(moment(d, text))}
    return bool((capitals | codes | dates) & _all(comparison))
