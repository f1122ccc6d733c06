"""Figures: a number with what it counts. `325 millions de dollars`, `12,5 %`, `six mois`, `32 membres`.

A named unit comes back under its one name (`USD`, `%`, `month`), a counted noun in the singular (`membre`).
Years, days of the month and times are dates and no figures; spans of time (`il y a 14 mois`) are both.
"""

import re
from dataclasses import dataclass

from pipeline.text.dates import DateSpan, dates
from pipeline.text.grammar import FUNCTION_WORDS, TIME_WORDS, plain
from pipeline.text.numbers import Number, numbers
from pipeline.text.units import CURRENCY_SIGNS, singular, unit_at


@dataclass(frozen=True, slots=True)
class FigureSpan:
    start: int
    end: int
    value: float
    unit: str | None


_GAP = r"[ \u00a0\u202f\u2009]"
_OF = re.compile(rf"{_GAP}(?:des{_GAP}|de{_GAP}(?:la{_GAP}|l[’'])?|du{_GAP}|d[’'])")
_OPTIONAL_GAP = re.compile(rf"(?:{_GAP}|-(?=(?:an|mois|jour|heure|minute|mètre|kilomètre)))?")
_WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*[’']?")
_SIGN_BEFORE = re.compile(rf"(US\$|[$€£¥]){_GAP}?\Z")
_HALF = re.compile(rf"{_GAP}et{_GAP}demie?\b")
_RANGE_LINK = re.compile(rf"{_GAP}?(?:à|et|ou|-|–|—){_GAP}?(?:plus de |près de )?")
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
    found: list[FigureSpan] = []
    counted = numbers(text)
    for index, number in enumerate(counted):
        if _inside(number, calendar) or (found and number.start < found[-1].end):
            continue
        figure = _with_unit(text, number)
        if figure.unit is None:
            figure = _range_unit(text, counted, index, figure)
        if _is_figure(text, number, figure):
            found.append(figure)
    return found


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
        return FigureSpan(sign.start(), number.end, number.value, CURRENCY_SIGNS[sign.group(1)])
    unit, end = _unit_after(text, number)
    value = number.value
    if unit and (half := _HALF.match(text, end)):
        value, end = value + 0.5, half.end()
    return FigureSpan(number.start, end, value, unit)


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
    return _noun(text, at, _NO_NOUN if number.kind != "ordinal" else FUNCTION_WORDS) or (None, number.end)


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
            continue
        if plain_word in excluded:
            return None
        return singular(plain_word), word.end()
    return None


def _range_unit(text: str, counted: list[Number], index: int, figure: FigureSpan) -> FigureSpan:
    """`entre 3 et 5 %`: the lower end has the unit of the upper one, outside its span."""
    if index + 1 < len(counted):
        high = counted[index + 1]
        if high.kind == "cardinal" and _RANGE_LINK.fullmatch(text, figure.end, high.start):
            return FigureSpan(figure.start, figure.end, figure.value, _unit_after(text, high)[0])
    return figure


def _is_figure(text: str, number: Number, figure: FigureSpan) -> bool:
    """Ordinals below the third are left to the words around them; so is `un quart` of a name."""
    if number.kind != "ordinal":
        return True
    in_words = not text[number.start].isdigit()
    return number.value > (2 if in_words else 1) or (figure.unit is not None and not in_words)
