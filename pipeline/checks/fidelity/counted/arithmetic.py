"""Figures that follow from two of a source's own: sums, differences, shares, multiples, rates, ages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, permutations

from pipeline.checks.fidelity.counted.quantities import (
    CALENDAR,
    SCORE_OF,
    Quantity,
    close,
    is_currency,
    share,
)
from pipeline.text.cues import has
from pipeline.text.hedges import Hedge
from pipeline.text.numbers import read
from pipeline.text.stems import stem
from pipeline.text.synonyms import may_mean
from pipeline.text.verb_forms import root

_MOST = 16
_ROUND, _HEDGED, _NEARLY, _SIDED = 0.04, 0.15, 0.05, 0.25
_PLAYED = (80, 90)
"""Minutes of a match of rugby, of football."""
_APART = 300
"""Characters between a part and its whole: no sentence parts them further, and hostile text stays linear."""
_FEWEST_DIGITS = 2
"""Of a share or a rate worked out: one digit fits too many by chance."""
_PART_OF = re.compile(r"(?<!\w)(?:dont|parmi|sur|soit)(?!\w)")
_EACH = re.compile(
    r"(?<!\w)(?:par|chacune?|chaque|en moyenne|pièce|l[’']unité|annuel\w*|mensuel\w*|le (?:litre|kilo|kg|mètre|m²))(?!\w)",
    re.IGNORECASE,
)
_REST = re.compile(
    r"(?<!\w)(?:reste|restant\w*|autres?|contre|ne|n[’']|pas|aucune?|sans|ni|non|manqu\w*)(?!\w)",
    re.IGNORECASE,
)
_THEN = re.compile(r"(?<!\w)(?:au moment|à l[’']époque|alors|lors)(?!\w)", re.IGNORECASE)


def worked_out(
    told: Quantity, around: tuple[Quantity, ...], said: str, *, apart: bool = False
) -> tuple[Quantity, ...]:
    """The two figures of one paragraph that give this one, as told; years may stand apart. `said` is the sentence.

    `apart`: the piece tells the figures side by side, so that they may stand anywhere in the sources.
    """
    if told.is_ordinal:
        return (year,) if (year := _century_of(told, around)) else ()
    if rest := _complement(told, around, said) or _still_to_play(told, around, said):
        return (rest,)
    for several in (_short_of_half, _minutes_between):
        if parts := several(told, around, said):
            return parts
    if parts := _sum_of_all(told, around, said):
        return parts
    for one, two in combinations([q for q in around if not q.is_ordinal][:_MOST], 2):
        if _years_apart(told, one, two):
            return one, two
        together = (one.source, one.paragraph) == (two.source, two.paragraph)
        if not (together or apart or _share_of_things(told, one, two)) or CALENDAR in (
            one.dimension,
            two.dimension,
        ):
            continue
        multiple = _is_multiple(told, one, two) or (apart and _is_share_of_all(told, one, two, said))
        if multiple or _adds(told, one, two) or _is_rate(told, one, two, said):
            return one, two
    return ()


def _adds(told: Quantity, one: Quantity, two: Quantity) -> bool:
    one, two = _count(one), _count(two)
    a, b = abs(one.magnitude), abs(two.magnitude)
    if told.dimension == "point" and one.dimension == two.dimension == "%":
        return close(abs(told.magnitude), abs(a - b), 1e-6)
    if told.dimension == "%" and {one.dimension, two.dimension} == {"%", "point"}:
        return any(_is_told(told, x) for x in (a + b, abs(a - b)))  # `54 %, sept points de plus`
    if one.dimension == "%":
        return False  # shares of different wholes add up to nothing
    if told.dimension is None and not (told.is_measure or one.is_measure or two.is_measure):
        return close(abs(told.magnitude), abs(a - b), 1e-6) or (_one_kind(one, two) and _is_told(told, a + b))
    scored = one.dimension == two.dimension == SCORE_OF and not told.is_measure
    if not scored and not (_one_kind(one, two) and _one_kind(told, one) and _one_kind(told, two)):
        return False
    return any(_is_told(told, x) for x in (a + b, abs(a - b)) if x)


def _count(one: Quantity) -> Quantity:
    """`deux fois` counts what happened, whatever it was."""
    return replace(one, dimension=None) if one.dimension == "fois" else one


def _is_told(told: Quantity, value: float) -> bool:
    """The value, or where the figure is hedged one that rounds to it."""
    a = abs(told.magnitude)
    return close(a, value, 1e-6) or (
        bool(told.hedge) and _on_side(told.hedge, a, value) and close(a, value, _NEARLY)
    )


def _on_side(hedge: Hedge, a: float, b: float) -> bool:
    return (hedge != "above" or b >= a) and (hedge != "below" or b <= a)


def _one_kind(one: Quantity, two: Quantity) -> bool:
    """The same unit or noun; a bare count is a count of anything."""
    if one.dimension is None or two.dimension is None:
        bare, other = (one, two) if one.dimension is None else (two, one)
        return not other.is_measure or (is_currency(other.dimension) and "illi" in bare.text)
    if one.dimension == two.dimension or stem(one.dimension) == stem(two.dimension):
        return True
    return not (one.is_measure or two.is_measure) and may_mean(root(one.dimension), root(two.dimension))


def _years_apart(told: Quantity, one: Quantity, two: Quantity) -> bool:
    years = (one.figure.value, two.figure.value)
    apart = abs(years[0] - years[1])
    return (
        told.figure.unit == "year"
        and min(years) >= 1000
        and max(years) <= 2100
        and told.figure.value == apart
    )


def _is_multiple(told: Quantity, one: Quantity, two: Quantity) -> bool:
    """A share or a multiple. Things of two kinds make a share where the source says of which whole: `dont`."""
    a, b = sorted((abs(one.magnitude), abs(two.magnitude)))
    is_share = told.dimension == "%" or told.figure.kind == "fraction"
    if not a or one.dimension == "%" or not (is_share or told.dimension == "fois"):
        return False
    if told.dimension == "fois":
        return _one_kind(one, two) and close(told.figure.value, b / a, _HEDGED if told.hedge else _ROUND)
    shares = (
        (a / b, (b - a) / a, (b - a) / b) if _one_kind(one, two) else (a / b,) if _is_one_of(one, two) else ()
    )
    return any(_rounds_to(told, 100 * x) for x in shares)


def _is_one_of(one: Quantity, two: Quantity) -> bool:
    """One is part of the other, whichever comes first."""
    return is_part(one, two) or is_part(two, one)


_OF_ALL = re.compile(
    r"(?<!\w)(?:de l[’']ensemble|du total|d[’']entre (?:eux|elles)|du tout|de (?:ceux|celles)|des effectifs|du lot)(?!\w)",
    re.IGNORECASE,
)


def _is_share_of_all(told: Quantity, one: Quantity, two: Quantity, said: str) -> bool:
    """`il en a vu 90, moins d’un tiers de l’ensemble`: counts told by two nouns, where the sentence says of the whole."""
    is_share = told.dimension == "%" or told.figure.kind == "fraction"
    if not is_share or one.is_measure or two.is_measure or not has(_OF_ALL, said):
        return False
    a, b = sorted((abs(one.magnitude), abs(two.magnitude)))
    return a > 0 and _rounds_to(told, 100 * a / b)


def is_part(one: Quantity, two: Quantity) -> bool:
    """The source says so between the two: `dont`."""
    text = one.source.facts.passages[one.paragraph].text if one.source else ""
    return _PART_OF.search(text, one.figure.end, min(two.figure.start, one.figure.end + _APART)) is not None


def _rounds_to(told: Quantity, percent: float) -> bool:
    if told.hedge or told.figure.kind == "fraction":
        slack = _SIDED if told.hedge in ("above", "below") else _HEDGED if told.hedge else _ROUND
        near = close(share(told), percent, slack)
        return near and _on_side(told.hedge, share(told), percent)
    return f"{share(told):.9g}" in (f"{percent:.0f}", f"{percent:.1f}".removesuffix(".0"), f"{percent:.2f}")


def _is_rate(told: Quantity, one: Quantity, two: Quantity, said: str) -> bool:
    """So many per cent of something, what a rise by so many per cent comes to, or so much for each."""
    values: Iterator[float] = (
        x
        for whole, by in permutations((one, two))
        if _measures_alike(told, whole) or _names_the_part(told, whole, by)
        for x in _parts(whole, by, said)
    )
    return any(x and _rounds(told, x) for x in values)


def _measures_alike(told: Quantity, whole: Quantity) -> bool:
    return whole.dimension not in (None, "%") and told.dimension != "%" and _one_kind(told, whole)


def _names_the_part(told: Quantity, whole: Quantity, by: Quantity) -> bool:
    """`2 300 personnes, dont 60 % de femmes`: the share is of those, and tells what it counts."""
    if by.dimension != "%" or by.source is None or told.dimension is None or whole.is_measure:
        return False
    after = by.source.facts.passages[by.paragraph].text[by.figure.end : by.figure.end + _NOUN]
    named = _OF_NOUN.match(after)
    return named is not None and stem(named[1].lower()) == stem(told.dimension) and is_part(whole, by)


_NOUN = 40
_OF_NOUN = re.compile(r"[ \u00a0\u202f](?:de[ \u00a0]|d[’'])(?:jeunes )?([^\W\d_]+)")


def _parts(whole: Quantity, by: Quantity, said: str) -> Iterator[float]:
    a, b = abs(whole.magnitude), abs(by.figure.value)
    if by.dimension == "%" and 0 < b < 100:
        yield from (a * b / 100, a * (100 - b) / 100, a * (100 + b) / 100)
        yield from (a * b / (100 + b), a * b / (100 - b), a * 100 / (100 + b), a * 100 / (100 - b))
    elif by.figure.kind == "fraction" and by.dimension is None and 0 < b < 1:
        yield from (a * b, a * (1 - b))
    elif b and by.dimension not in (whole.dimension, "%") and has(_EACH, said):
        yield a / b


def _rounds(told: Quantity, value: float) -> bool:
    """As many digits as the figure has, two at least; or near it, where it is hedged."""
    a = abs(told.magnitude)
    if told.hedge:
        return _on_side(told.hedge, a, value) and (
            close(a, value, _NEARLY) or _is_its_last_digit(told, value)
        )
    digits = f"{told.figure.value:.9g}".replace(".", "").strip("0")
    return len(digits) >= _FEWEST_DIGITS and close(a, float(f"{value:.{len(digits)}g}"), 1e-6)


def _is_its_last_digit(told: Quantity, value: float) -> bool:
    """`un peu plus de 2` of 2.19: nearer to this than to the next figure of as many digits."""
    written = f"{told.figure.value:.9g}".replace(".", "").strip("0")
    return close(abs(told.magnitude), float(f"{value:.{max(1, len(written))}g}"), 1e-6)


def _complement(told: Quantity, around: tuple[Quantity, ...], said: str) -> Quantity | None:
    """`le reste, 60 %` where the source has 40 %."""
    if told.dimension != "%" or not has(_REST, said):
        return None
    return next(
        (q for q in around if q.dimension == "%" and close(q.magnitude + told.magnitude, 100, 1e-6)), None
    )


_TOTAL = re.compile(
    r"(?<!\w)(?:total\w*|en tout|au tot\w+|addition\w*|ensemble|cumul\w*)(?!\w)", re.IGNORECASE
)


def _sum_of_all(told: Quantity, around: tuple[Quantity, ...], said: str) -> tuple[Quantity, ...]:
    """`au total, 40 millions` of the 20, 12 and 8 that one paragraph tells."""
    if not has(_TOTAL, said) or told.dimension == "%":
        return ()
    places = dict.fromkeys((q.source, q.paragraph) for q in around)
    rows = (
        tuple(
            q for q in around if (q.source, q.paragraph) == place and _one_kind(told, q) and not q.is_ordinal
        )
        for place in places
    )
    return next(
        (row for row in rows if 1 < len(row) <= _MOST and _is_told(told, sum(_in_all(q) for q in row))), ()
    )


_TO_EACH = re.compile(
    r"[^.;!?\d]{0,20}?(?:chacune?|chaque)[ \u00a0]d(?:es|e(?:[ \u00a0](?:ses|leurs|ces))?)[ \u00a0](?P<many>\w{1,9})"
    r"|[^.;!?\d]{0,20}?\beach of (?:the|his|her|their) (?P<of>\w{1,9})",
    re.IGNORECASE,
)


def _in_all(one: Quantity) -> float:
    """`30 000 euros à chacun des deux enfants` are 60 000 in all."""
    text = one.source.facts.passages[one.paragraph].text if one.source else ""
    found = _TO_EACH.match(text, one.figure.end)
    word = (found["many"] or found["of"]).lower() if found else ""
    times = int(word) if word.isdigit() else read(word) if word else None
    return abs(one.magnitude) * (times or 1)


def _share_of_things(told: Quantity, one: Quantity, two: Quantity) -> bool:
    """`plus de la moitié des foyers`: two counts of one noun make a share wherever the source has them."""
    named = one.dimension is not None and one.dimension == two.dimension
    return told.figure.kind == "fraction" and named and not one.is_measure and one.source == two.source


_TO_THE_END = re.compile(r"minutes? (?:du terme|de la fin|avant la fin|du coup de sifflet)", re.IGNORECASE)


def _still_to_play(told: Quantity, around: tuple[Quantity, ...], said: str) -> Quantity | None:
    """`à sept minutes du terme` of what happened in the 83rd."""
    if told.figure.unit != "minute" or not has(_TO_THE_END, said):
        return None
    ranks = (q for q in around if q.is_ordinal and q.figure.unit == "minute")
    return next((q for q in ranks if q.figure.value + told.figure.value in _PLAYED), None)


_LATER = re.compile(
    r"(?<!\w)(?:plus tard|plus tôt|après|avant|auparavant|d[’']intervalle)(?!\w)", re.IGNORECASE
)


def _minutes_between(told: Quantity, around: tuple[Quantity, ...], said: str) -> tuple[Quantity, ...]:
    """`vingt-deux minutes plus tard` of what happened in the 12th and in the 34th."""
    if told.figure.unit != "minute" or not has(_LATER, said):
        return ()
    minutes = [q for q in around if q.figure.unit == "minute"][:_MOST]
    for one, two in combinations(minutes, 2):
        apart = abs(one.figure.value - two.figure.value)
        close_to = told.hedge and close(told.figure.value, apart, _HEDGED)
        together = (one.source, one.paragraph) == (two.source, two.paragraph)
        if together and apart and (told.figure.value == apart or close_to):
            return one, two
    return ()


_MAJORITY = re.compile(r"(?<!\w)majorité(?!\w)", re.IGNORECASE)


def _short_of_half(told: Quantity, around: tuple[Quantity, ...], said: str) -> tuple[Quantity, ...]:
    """`à trois sièges de la majorité` of 58 of 120."""
    if told.dimension is None or told.is_measure or not has(_MAJORITY, said):
        return ()
    counts = [q for q in around if not (q.is_measure or q.is_ordinal)][:_MOST]
    return next(
        (
            (part, whole)
            for whole, part in permutations(counts, 2)
            if whole.dimension == told.dimension
            and (part.source, part.paragraph) == (whole.source, whole.paragraph)
            and abs(whole.figure.value // 2 + 1 - part.figure.value) == told.figure.value
        ),
        (),
    )


def _century_of(told: Quantity, around: tuple[Quantity, ...]) -> Quantity | None:
    """`au XIXe siècle` of 1862."""
    if told.figure.unit != "siècle" or not told.is_ordinal:
        return None
    years = (q for q in around if q.dimension == CALENDAR)
    return next((q for q in years if (q.figure.value - 1) // 100 + 1 == told.figure.value), None)


def is_age(told: Quantity, around: tuple[Quantity, ...], now: tuple[int, ...], said: str) -> bool:
    """`depuis douze ans` of something that began in 2014, in a source of 2026; an age told of an earlier year."""
    if told.figure.unit != "year":
        return False
    slack = 1 if told.hedge else 0
    value = told.figure.value
    years = [q.figure.value for q in around if q.dimension == CALENDAR]
    if any(0 <= (day - year) - value <= slack for day in now for year in years):
        return True
    ages = [q.figure.value for q in around if q.figure.unit == "year" and q.figure.value > value]
    return bool(years and ages and has(_THEN, said))
