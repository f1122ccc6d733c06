"""What is left over of a whole, and a company with its head: counts that a reader works out of the source's words.

`quatre postes sur six sont vacants` of two doctors for six posts; `trois jours de fermeture par semaine` of four days
open; `22 matches sans défaite` of the first defeat in 23; `dix élus` of `ses neuf colistiers et elle`; two centuries of
the second and the first.
"""

import re
from collections.abc import Iterator

from pipeline.checks.fidelity.comparison import Comparison, Source, Statement, text_of
from pipeline.checks.fidelity.counted.quantities import Quantity, close
from pipeline.checks.fidelity.counted.shelf import known_cardinals
from pipeline.text.cues import has
from pipeline.text.implied import ratios
from pipeline.text.numerals import roman

_EMPTY = re.compile(
    r"(?<!\w)(?:vacante?s?|vides?|libres?|inoccupée?s?|à pourvoir|manqu\w+|ferm\w+|relâche|repos|restant\w*|restent|reste"
    r"|ne|n[’']|pas|sans|aucune?|invaincue?s?|absente?s?|autres?)(?!\w)",
    re.IGNORECASE,
)
_A_WEEK = re.compile(
    r"(?<!\w)(?:par semaine|sur (?:sept|7)|hebdomadaires?|a week|per week|each week)(?!\w)", re.IGNORECASE
)
_DAYS = 7
_REACH = 40
_FIRST = re.compile(
    r"(?<!\w)(?:premi(?:er|ère)|first)(?!\w)[^.;!?\d]{0,40}(?:en|depuis|après|sur|in|after)[ \u00a0]\Z",
    re.IGNORECASE,
)
_WITH_ITS_HEAD = re.compile(
    r"[^.,;!?\d]{0,40}?[ \u00a0](?:et|ainsi que|and)[ \u00a0](?:elle|lui|eux|elles|she|he|him|her|(?:elle|lui)-même)(?!\w)",
    re.IGNORECASE,
)
_OF_ITS_HEAD = re.compile(r"(?<!\w)(?:ses|leurs|his|her|their)[ \u00a0]\Z", re.IGNORECASE)


def rest(comparison: Comparison, statement: Statement, told: Quantity) -> str | None:
    """What the count is the rest of, or the company of, in the source's words."""
    if told.is_ordinal or told.figure.kind != "cardinal":
        return None
    if told.figure.unit == "siècle":
        return next((c for s in comparison.sources for n, c in _centuries(s) if n == told.figure.value), None)
    said = text_of(comparison, statement.index)
    empty = has(_EMPTY, said)
    for one in known_cardinals(comparison.sources):
        text, figure = _text(one), one.figure
        if not text:
            continue
        before, after = text[max(0, figure.start - 2 * _REACH) : figure.start], text[figure.end :]
        more_by_one = one.figure.value + 1 == told.figure.value
        if more_by_one and _OF_ITS_HEAD.search(before) and _WITH_ITS_HEAD.match(after[: 2 * _REACH]):
            return f"“{one.text}” and their head"
        if empty and told.figure.value + 1 == figure.value and _FIRST.search(before):
            return f"the first in {one.text}"
        if empty and _is_left_of_a_week(told, one, said, after):
            return f"{one.text} of a week"
    return None


_CENTURIES = re.compile(
    r"(?<!\w)(?P<one>[IVX]{1,6})(?:er|e|ème)(?: siècle)?(?: et | et du | et le | au |-)(?P<two>[IVX]{1,6})(?:er|e|ème)[ \u00a0]siècle"
)


def _centuries(source: Source) -> Iterator[tuple[int, str]]:
    """`du IIe et du Ier siècle` are two centuries."""
    for passage in source.facts.passages:
        for match in _CENTURIES.finditer(passage.text):
            yield abs(roman(match["one"]) - roman(match["two"])) + 1, match.group()


def _is_left_of_a_week(told: Quantity, one: Quantity, said: str, after: str) -> bool:
    days = told.figure.unit == one.figure.unit == "day"
    return (
        days
        and has(_A_WEEK, said)
        and close(told.figure.value + one.figure.value, _DAYS, 1e-6)
        and _A_WEEK.search(after[:_REACH]) is not None
    )


def rest_of_ratio(comparison: Comparison, statement: Statement, start: int, end: int) -> str | None:
    """`quatre sur six` of a source's `deux pour six`, where the sentence says what is not there."""
    words = statement.block.text[start:end]
    told = next(iter(ratios(words)), None)
    if told is None or not has(_EMPTY, text_of(comparison, statement.index)):
        return None
    for source in comparison.sources:
        for ratio, shown in _ratios_of(source):
            if close(ratio + told.value, 1, 1e-6):
                return shown
    return None


def _ratios_of(source: Source) -> Iterator[tuple[float, str]]:
    for passage in source.facts.passages:
        for ratio in ratios(passage.text):
            yield ratio.value, passage.text[ratio.start : ratio.end]


def _text(one: Quantity) -> str:
    return one.source.facts.passages[one.paragraph].text if one.source else ""
