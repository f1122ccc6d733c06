"""Figures of English text under the units that French ones have: `$2.3 million` is 2300000 USD, `six-month` 6 months.

Miles, feet and pounds stay what they are. What is counted keeps its English noun, in the singular.
"""

import re
from bisect import bisect_right
from dataclasses import replace

from pipeline.text.dates import DateSpan
from pipeline.text.english.numbers import numbers
from pipeline.text.figures import FigureSpan
from pipeline.text.hedges import Hedge
from pipeline.text.numbers import Number

_GAP = r"[ \u00a0\u202f]"
_SIGNS = {"$": "USD", "US$": "USD", "A$": "AUD", "C$": "CAD", "£": "GBP", "€": "EUR", "¥": "JPY", "EUR": "EUR", "USD": "USD", "GBP": "GBP"}  # fmt: skip
_SIGN_BEFORE = re.compile(rf"(?P<minus>[-−–])?(?P<sign>US\$|A\$|C\$|[$£€¥]|(?<!\w)(?:EUR|USD|GBP)){_GAP}?\Z")
_MINUS = re.compile(r"(?<![\w\d])(?P<minus>minus |[-−])\Z")
_NAMED = (
    (r"percentage points?|points?", "point"),
    (r"per ?cent(?:age)?|%|pc\b", "%"),
    (r"(?:US |American )?dollars?|bucks?|USD", "USD"),
    (r"Canadian dollars?", "CAD"),
    (r"Australian dollars?", "AUD"),
    (r"euros?|€|EUR", "EUR"),
    (r"pounds? sterling|GBP", "GBP"),
    (r"cents?|pence", "centime"),
    (r"Swiss francs?", "CHF"),
    (r"yen", "JPY"),
    (r"yuan", "CNY"),
    (r"rou?bles?", "RUB"),
    (r"hryvnias?", "UAH"),
    (r"rupees?", "INR"),
    (r"years?|yrs?", "year"),
    (r"months?", "month"),
    (r"weeks?", "week"),
    (r"days?", "day"),
    (r"hours?|hrs?|h", "hour"),
    (r"minutes?|mins?|min", "minute"),
    (r"seconds?|secs?|s", "second"),
    (r"quarters?", "trimestre"),
    (r"kilometres? (?:per|an) hour|kilometers? (?:per|an) hour|km/h|kph", "km/h"),
    (r"miles? (?:per|an) hour|mph", "mph"),
    (r"square kilomet(?:re|er)s?|km²|sq km", "km²"),
    (r"square met(?:re|er)s?|m²|sq m", "m²"),
    (r"cubic met(?:re|er)s?|m³", "m³"),
    (r"square miles?", "square mile"),
    (r"square f(?:ee|oo)t|sq ft", "square foot"),
    (r"kilomet(?:re|er)s?|kms?|km", "km"),
    (r"centimet(?:re|er)s?|cm", "cm"),
    (r"millimet(?:re|er)s?|mm", "mm"),
    (r"met(?:re|er)s?|m", "m"),
    (r"miles?", "mile"),
    (r"f(?:ee|oo)t|ft", "pied"),
    (r"inch(?:es)?", "pouce"),
    (r"yards?|yds?", "yard"),
    (r"acres?", "acre"),
    (r"gallons?", "gallon"),
    (r"ounces?|oz", "once"),
    (r"pounds?|lbs?", "livre"),
    (r"kilograms?|kilos?|kg", "kg"),
    (r"grams?|g", "g"),
    (r"milligrams?|mg", "mg"),
    (r"tonnes?|tons?|t", "t"),
    (r"hectares?|ha", "ha"),
    (r"lit(?:re|er)s?|l", "L"),
    (r"degrees? Fahrenheit|°F", "°F"),
    (r"degrees?(?: Celsius| centigrade)?|°C|°", "°C"),
    (r"kilowatt[- ]hours?|kWh", "kWh"),
    (r"megawatt[- ]hours?|MWh", "MWh"),
    (r"terawatt[- ]hours?|TWh", "TWh"),
    (r"gigawatts?|GW", "GW"),
    (r"megawatts?|MW", "MW"),
    (r"kilowatts?|kW", "kW"),
)
_UNIT = re.compile("|".join(f"(?P<u{n}>(?:{p})(?!\\w))" for n, (p, _) in enumerate(_NAMED)), re.IGNORECASE)
_JOIN = re.compile(rf"[-‑]|{_GAP}?(?:of{_GAP}(?:an?{_GAP}|the{_GAP})?)?")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_NO_NOUN = frozenset(
    "of in on at to by from for with and or but the a an this that these those as than per who which is are was were be "
    "been has have had will would can could may might not it them us me him he she they we you his her their its our more less fewer "
    "most least about over under after before during while when where there here into out up down off between among "
    "against since until through within without percent other new people's so if no all both each every some any "
    "ago later earlier".split()
)
_MODIFIERS = frozenset(
    "new other more young old small large big local former major foreign big extra".split()
)
_SPANS = {"decade": (10.0, "year"), "century": (100.0, "year"), "fortnight": (2.0, "week")}
_MANY = {
    "decade": (10.0, "year"),
    "century": (100.0, "year"),
    "fortnight": (2.0, "week"),
    "score": (20.0, None),
}
_SPAN = re.compile(r"(?<![\w-])(decade|century|fortnight)\b", re.IGNORECASE)
_UNIT_ALONE = re.compile(
    r"(?<![\w-])(?P<half>half an? |half-)(?P<unit>hour|day|year|mile|century|decade)\b", re.IGNORECASE
)
_HALF_MORE = re.compile(rf"{_GAP}and{_GAP}a{_GAP}half\b")
_RANGE = re.compile(rf"{_GAP}?(?:to|and|or|-|–|—){_GAP}?(?:[$£€])?(?:more than |nearly )?")


def figures(text: str, when: list[DateSpan]) -> list[FigureSpan]:
    """The figures of a text in reading order, without overlap; days, years and times are dates and no figures."""
    whole = _spans(text)
    calendar = [(d.start, d.end) for d in when if _is_calendar(d.value)]
    taken = sorted([*calendar, *((w.start, w.end) for w in whole)])
    found: list[FigureSpan] = []
    counted = [n for n in numbers(text) if not _within(n, taken)]
    for index, number in enumerate(counted):
        if found and number.start < found[-1].end:
            continue
        figure = _with_unit(text, number)
        if figure.unit is None and index + 1 < len(counted):
            figure = _of_range(text, figure, counted[index + 1])
        if number.kind == "ordinal" and number.value < 3 and not text[number.start].isdigit():
            continue
        found.append(figure)
    return sorted((*found, *whole), key=lambda f: f.start)


def _is_calendar(value: str) -> bool:
    return re.match(r"-\d+ |\+|since|last \d|next \d", value) is None


def _within(number: Number, spans: list[tuple[int, int]]) -> bool:
    at = bisect_right(spans, number.start, key=lambda s: s[0]) - 1
    return at >= 0 and number.start < spans[at][1]


def _spans(text: str) -> list[FigureSpan]:
    """`half an hour`, `a decade`: spans without a number."""
    found = []
    for m in _UNIT_ALONE.finditer(text):
        unit = m["unit"].lower()
        value, unit = _SPANS.get(unit, (1.0, unit))
        found.append(FigureSpan(*m.span(), value / 2, unit))
    halves = {f.end for f in found}
    found += [
        FigureSpan(*m.span(1), *_SPANS[m[1].lower()]) for m in _SPAN.finditer(text) if m.end() not in halves
    ]
    return found


def _with_unit(text: str, number: Number) -> FigureSpan:
    sign = _SIGN_BEFORE.search(text, max(0, number.start - 6), number.start)
    if sign:
        value = -number.value if sign["minus"] else number.value
        return FigureSpan(sign.start("sign"), number.end, value, _SIGNS[sign["sign"]], number.kind)
    unit, end = _unit_after(text, number)
    value, unit = (number.value * _MANY[unit][0], _MANY[unit][1]) if unit in _MANY else (number.value, unit)
    if unit and (half := _HALF_MORE.match(text, end)):
        value, end = value + 0.5, half.end()
    if unit in ("°C", "°F", "%") and _MINUS.search(text, max(0, number.start - 7), number.start):
        value = -value
    return FigureSpan(number.start, end, value, unit, number.kind)


def _unit_after(text: str, number: Number) -> tuple[str | None, int]:
    join = _JOIN.match(text, number.end)
    at = join.end() if join else number.end
    unit = _UNIT.match(text, at) if number.kind != "ordinal" else None
    if unit and (len(unit.group()) > 1 or unit.group() in "%€°" or text[number.end - 1].isdigit()):
        return _NAMED[int((unit.lastgroup or "u0")[1:])][1], unit.end()
    for _ in range(2):
        word = _WORD.match(text, at)
        if word is None or at == number.end:
            return None, number.end
        low = word.group().lower()
        if low in _MODIFIERS:
            at = word.end() + 1
            continue
        if low in _NO_NOUN or (number.kind == "cardinal" and abs(number.value) >= 2 and not _is_plural(low)):
            return None, number.end
        return _singular(low), word.end()
    return None, number.end


def _is_plural(noun: str) -> bool:
    return noun.endswith("s") or noun in (
        "people",
        "men",
        "women",
        "children",
        "police",
        "sheep",
        "deer",
        "feet",
        "staff",
    )


def _singular(noun: str) -> str:
    if noun in ("time", "times"):
        return "fois"  # `time` is the dimension of hours and years
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _of_range(text: str, figure: FigureSpan, high: Number) -> FigureSpan:
    """`between 3 and 5 per cent`, `$3-5 million`: the lower end has the unit of the upper one."""
    if high.kind == "cardinal" and _RANGE.fullmatch(text, figure.end, high.start):
        return replace(figure, unit=_with_unit(text, high).unit)
    return figure


_ABOUT = frozenset(
    "about around roughly approximately nearly almost some estimated circa approaching close".split()
)
_ABOVE = (
    "more than",
    "over",
    "at least",
    "above",
    "no less than",
    "no fewer than",
    "upwards of",
    "exceeding",
    "greater than",
)
_BELOW = (
    "less than",
    "fewer than",
    "under",
    "below",
    "up to",
    "at most",
    "no more than",
    "as many as",
    "as much as",
)
_LEAD = 34


def hedge(text: str, start: int, *, lasts: bool = False) -> Hedge:
    """How the words before a figure hedge it; `over 20 years` (`lasts`) says how long, not how exactly."""
    before = re.sub(r"[$£€]|\bUS\b", " ", text[max(0, start - _LEAD) : start]).lower().split()
    tail = " ".join(before[-3:])
    if tail.endswith(_BELOW):
        return "below"
    if tail.endswith(_ABOVE) and not (lasts and tail.endswith("over") and not tail.endswith("just over")):
        return "above"
    last = [w for w in before[-2:] if w not in ("a", "an", "the", "to")][-1:]
    return "about" if last and last[0] in _ABOUT else ""
