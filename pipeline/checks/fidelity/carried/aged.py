"""Is what an older article said told as if it were so today?

Only whole days of publication are compared, and only where both articles have one. A sentence is told as of
today when its verbs are in the present or the future and neither it nor the one before it says when.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.checks.fidelity.comparison import Comparison, Statement
from pipeline.model import Dossier
from pipeline.text.clause_verbs import DUE, EXPECTED, FUTURE, PAST, PRESENT, Verb
from pipeline.text.clauses import read
from pipeline.text.moments import published
from pipeline.text.verb_forms import ending_tense
from pipeline.text.verbs import SPEECH

# What was said the day before is today's news.
_STILL_NEWS = timedelta(days=2)
_THEN = re.compile(
    r"(?<!\w)(?:alors|à l[’']époque|à ce moment|ce jour-là|cette année-là|jadis|naguère|autrefois|auparavant|"
    r"déjà|précédemment|ancienn?e?s?|ex-)(?!\w)",
    re.IGNORECASE,
)
_BE_NOW = frozenset("est sont sera seront soit soient".split())
_NOW = frozenset((PRESENT, FUTURE, DUE, EXPECTED))


def older(dossier: Dossier) -> dict[str, date]:
    """The related sources published well before the piece's own, by label, with their day."""
    own, *others = (published(d.article.credit.date) for d in dossier.all)
    return {
        f"S{number}": day
        for number, day in enumerate(others, start=2)
        if own and day and day + _STILL_NEWS <= own
    }


def is_told_as_of_today(comparison: Comparison, statement: Statement) -> bool:
    if any(_says_when(comparison, each) for each in _heard(comparison, statement)):
        return False
    tenses = set(_tenses(comparison, statement))
    return "now" in tenses and "past" not in tenses


def _heard(comparison: Comparison, statement: Statement) -> Iterator[Statement]:
    """The sentence and the one before it in its paragraph."""
    yield statement
    before = comparison.statements[statement.index - 1] if statement.index else None
    if before and before.paragraph == statement.paragraph:
        yield before


def _says_when(comparison: Comparison, statement: Statement) -> bool:
    return any(True for _ in comparison.dates(statement)) or bool(_THEN.search(statement.text))


def _tenses(comparison: Comparison, statement: Statement) -> Iterator[str]:
    """Of the verbs outside quotations; that somebody says so now (`rapporte`, `lit-on`) tells no time."""
    reading = read(statement.text)
    for verb in reading.verbs:
        word = reading.words[verb.at]
        if verb.infinitive or comparison.is_quoted(statement.paragraph, statement.start + word.start):
            continue
        helpers = reading.words[verb.first : verb.at]
        past = any(ending_tense(w.low) == "past" for w in helpers)  # `devait coûter`, `allait ouvrir`
        tense = "past" if past else _tense(verb, word.low)
        if tense == "past" or (word.low not in SPEECH and word.low != "lit"):
            yield tense


def _tense(verb: Verb, low: str) -> str:
    if verb.copula:
        return "now" if low in _BE_NOW else "past"
    return "now" if verb.mood in _NOW else "past" if verb.mood == PAST else "none"
