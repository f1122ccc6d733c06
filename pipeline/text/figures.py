"""Figures: a number with what it counts. `325 millions de dollars`, `12,5 %`, `six mois`, `32 membres`.

A named unit comes back under its one name (`USD`, `%`, `month`), a counted noun in the singular (`membre`).
Years, days of the month and times are dates and no figures; spans of time (`il y a 14 mois`) are both. Cold and
loss have a sign: `moins 2 degrés`, `12 degrés sous zéro`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.text.dates import DateSpan, dates
from pipeline.text.grammar import FUNCTION_WORDS, TIME_WORDS, plain
from pipeline.text.numbers import Kind, Number, numbers
from pipeline.text.units import CURRENCY_SIGNS, is_plural, singular, unit_at


@dataclass(frozen=True, slots=True)
class FigureSpan:
    """A number with its unit."""

    start: int
    end: int
    value: float
    unit: str | None
    kind: Kind = "cardinal"


_GAP = r"[ \u00a0\u202f\u2009]"
SCORE = re.compile(rf"(?<![\w.,/-])(\d{{1,3}}){_GAP}?[-‑–]{_GAP}?(\d{{1,3}})(?![\w/%-]|[.,]\d|{_GAP}?[%€$°])")
"""`3-1`, `27 – 16`."""
_OF = re.compile(rf"{_GAP}(?:des{_GAP}|de{_GAP}(?:la{_GAP}|l[’'])?|du{_GAP}|d[’'])")
_OPTIONAL_GAP = re.compile(rf"(?:{_GAP}|-(?=(?:an|mois|jour|heure|minute|mètre|kilomètre)))?")
_WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*[’']?")
_SIGN_BEFORE = re.compile(rf"(US\$|[$€£¥]){_GAP}?\Z")
_HALF = re.compile(rf"{_GAP}et{_GAP}demie?\b")
_RANGE_LINK = re.compile(rf"{_GAP}?(?:à|et|ou|-|–|—){_GAP}?(?:plus de |près de |moins )?")
_MINUS = re.compile(rf"(?<![\w-])(?P<before>[^\W\d_]*){_GAP}?\b(?P<minus>moins){_GAP}\Z", re.IGNORECASE)
_NO_MINUS = frozenset("au du ou en fois".split())
_SIGNED = frozenset(("°C", "%", "point"))
_BELOW_ZERO = re.compile(rf"{_GAP}(?:sous|(?:au-dessous|en{_GAP}dessous) de|en-dessous de){_GAP}(?:zéro|0)\b")
_MINUTES = re.compile(rf"(?:{_GAP}et)?{_GAP}(\d{{1,2}}){_GAP}(?:minutes?|min|mn)\b")
_HALF_UNIT = re.compile(rf"(?<![\w-])(?:demi[-‑]|une?{_GAP})(?=[^\W\d_])", re.IGNORECASE)
# `4 euros 50`, `1 m 80`, `1m80`: the unit stands where the comma would.
_SPLIT = re.compile(
    rf"(?<![\w.,])(\d{{1,6}}){_GAP}?(€|euros?|m|mètres?){_GAP}?(\d\d)(?![\w%€]|[.,]\d|{_GAP}[%€])"
)
# Adjectives that stand before the counted noun.
_BEFORE_NOUN = frozenset(
    "autre autres nouveau nouveaux nouvelle nouvelles grand grands grande grandes petit petits petite petites jeune "
    "jeunes vieux vieille vieilles bon bons bonne bonnes gros grosse grosses ancien anciens ancienne anciennes "
    "premiers premières derniers dernières prochains prochaines principaux principales seuls seules longs longues "
    "long longue petits ex-".split()
)
_NO_NOUN = (FUNCTION_WORDS - {"personne", "seconde"}) | (TIME_WORDS - {"heure", "jour"}) | frozenset(
    "plus moins autant".split()
)  # fmt: skip
_COUNTS_WHOLES = ("million", "milliard", "billion", "trillion")


def figures(text: str, when: list[DateSpan] | None = None) -> list[FigureSpan]:
    """The figures of a text in reading order, without overlap. `when` saves finding its dates again."""
    calendar = [(d.start, d.end) for d in (dates(text) if when is None else when) if _is_calendar(d.value)]
    whole = sorted([*_split(text), *_half_units(text)], key=lambda f: f.start)
    taken = [(f.start, f.end) for f in whole]
    found: list[FigureSpan] = []
    counted = numbers(text)
    for index, number in enumerate(counted):
        if _inside(number, calendar) or _inside(number, taken) or (found and number.start < found[-1].end):
            continue
        figure = _with_unit(text, number)
        if figure.unit is None:
            figure = _range_unit(text, counted, index, figure)
        if _is_figure(text, number, figure):
            found.append(_with_sign(text, figure))
    return sorted([*whole, *found], key=lambda f: f.start) if whole else found


def _split(text: str) -> Iterator[FigureSpan]:
    for match in _SPLIT.finditer(text):
        unit = "m" if match.group(2).startswith("m") else "EUR"
        yield FigureSpan(*match.span(), float(f"{match.group(1)}.{match.group(3)}"), unit)


def _half_units(text: str) -> Iterator[FigureSpan]:
    """`une demi-heure`, `un an et demi`: the half is of a named unit."""
    for match in _HALF_UNIT.finditer(text):
        named = unit_at(text, match.end())
        if named and not match.group().endswith(("-", "‑")):
            if half := _HALF.match(text, named[1]):
                yield FigureSpan(match.start(), half.end(), 1.5, named[0])
        elif named:
            yield FigureSpan(match.start(), named[1], 0.5, named[0], "fraction")


def _with_sign(text: str, figure: FigureSpan) -> FigureSpan:
    if figure.unit not in _SIGNED or figure.value <= 0:
        return figure
    minus = _MINUS.search(text, max(0, figure.start - 20), figure.start)
    if minus and plain(minus["before"]) not in _NO_MINUS:
        return replace(figure, start=minus.start("minus"), value=-figure.value)
    if figure.unit == "°C" and (below := _BELOW_ZERO.match(text, figure.end)):
        return replace(figure, end=below.end(), value=-figure.value)
    return figure


def _is_calendar(value: str) -> bool:
    """A day, month, year or time, and no span of time."""
    return re.match(r"-\d+ |\+|since|last \d|next \d", value) is None


def _inside(number: Number, spans: list[tuple[int, int]]) -> bool:
    while spans and spans[0][1] <= number.start:
        spans.pop(0)
    return bool(spans) and spans[0][0] < number.end


def _with_unit(text: str, number: Number) -> FigureSpan:
    sign = _SIGN_BEFORE.search(text, max(0, number.start - 4), number.start)
    if sign:
        return FigureSpan(sign.start(), number.end, number.value, CURRENCY_SIGNS[sign.group(1)], number.kind)
    if number.kind == "cardinal" and (half := _HALF.match(text, number.end)):
        number = replace(number, end=half.end(), value=number.value + 0.5)
    unit, end = _unit_after(text, number)
    value = number.value
    if unit and (half := _HALF.match(text, end)):
        value, end = value + 0.5, half.end()
    if unit == "hour" and (minutes := _MINUTES.match(text, end)):
        value, end = value + int(minutes.group(1)) / 60, minutes.end()
    return FigureSpan(number.start, end, value, unit, number.kind)


def _unit_after(text: str, number: Number) -> tuple[str | None, int]:
    """The unit, and where the figure ends."""
    if (of := _OF.match(text, number.end)) and _takes_of(text, number):
        at = of.end()
    elif gap := _OPTIONAL_GAP.match(text, number.end):
        at = gap.end()
    else:
        return None, number.end
    if number.kind != "ordinal" and (named := unit_at(text, at)):
        return named
    if at == number.end and number.kind != "ordinal":
        return None, number.end
    if number.kind == "ordinal":
        return _noun(text, at, FUNCTION_WORDS) or (None, number.end)
    noun, end = _noun(text, at, _NO_NOUN) or (None, number.end)
    # Several things are told in the plural: what follows in the singular is the verb or an adverb.
    several = number.kind == "cardinal" and abs(number.value) >= 2
    if noun and several and not is_plural(plain(text[at:end]).rsplit(maxsplit=1)[-1]):
        return None, number.end
    return noun, end


def _takes_of(text: str, number: Number) -> bool:
    last = plain(text[number.start : number.end]).rstrip("s")
    return number.kind in ("approximate", "fraction") or last.endswith((*_COUNTS_WHOLES, "et demi"))


def _noun(text: str, at: int, excluded: frozenset[str]) -> tuple[str, int] | None:
    for _ in range(3):
        word = _WORD.match(text, at)
        if word is None or word.group().endswith(("’", "'")):
            return None
        plain_word = plain(word.group())
        if plain_word in _BEFORE_NOUN and text[word.end() : word.end() + 1].isspace():
            at = word.end() + 1
            if named := unit_at(text, at):
                return named
            continue
        if plain_word in excluded:
            return None
        return singular(plain_word), word.end()
    return None


def _range_unit(text: str, counted: list[Number], index: int, figure: FigureSpan) -> FigureSpan:
    """`entre 3 et 5 %`: the lower end has the unit of the upper one, outside its span."""
    if index + 1 < len(counted):
        high = counted[index + 1]
        rises = figure.value <= high.value or text[max(0, figure.start - 3) : figure.start].lower() == "de "
        if high.kind == "cardinal" and rises and _RANGE_LINK.fullmatch(text, figure.end, high.start):
            return replace(figure, unit=_unit_after(text, high)[0])
    return figure


def _is_figure(text: str, number: Number, figure: FigureSpan) -> bool:
    """Ordinals below the third are left to the words around them; so is `un quart` of a name."""
    if number.kind != "ordinal":
        return True
    in_words = not text[number.start].isdigit()
    return number.value > (2 if in_words else 1) or (figure.unit is not None and not in_words)
