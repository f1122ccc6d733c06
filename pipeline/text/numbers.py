"""Reads French numbers, in digits and in words.

`325 millions`, `2,3 milliards`, `12 500`, `quatre-vingt-dix-sept`, `soixante et onze`, `une cinquantaine`, `deux
tiers`, `75e`, `XXIe`, `article V`. The grammar of number words is strict: `quatre sept` is two numbers, not one.
`un` and `une` alone are articles; names such as MiG-29, G7 or 4x4 hold no number. `−2,5` keeps its sign.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.text.grammar import FUNCTION_WORDS, plain
from pipeline.text.kept import kept
from pipeline.text.numerals import AINES, FRACTIONS, ORDINALS, SCALES, Token, Words, is_number_word, roman

Kind = Literal["cardinal", "ordinal", "fraction", "approximate"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits or words."""

    start: int
    end: int
    value: float
    kind: Kind


_GAP = r"[ \u00a0\u202f\u2009]"
_DIGITS = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3}){1,5}(?!\d)(?:,\d+)?"
    r"|\d{1,3}(?:\.\d{3}){1,5}(?![\d.])(?:,\d+)?|\d{1,3}(?:,\d{3}){2,5}(?![\d,])"
    r"|\d{1,15}(?:[.,]\d{1,9})?(?!\d))"
)
_SCALE = re.compile(
    rf"{_GAP}?(mille|millions?|milliards?|billions?|trillions?)\b|{_GAP}?(k|K|Mds?|Mrds?|M)(?={_GAP}?[€$£])"
)
_ORDINAL_END = re.compile(r"(?:ers?|ères?|res?|ndes?|nds?|[eè]mes?|es?|ᵉ|ᵉʳ)\b")
# Units may stand tight against the digits; any other letter makes the run a name (4x4, 3D).
_TIGHT_UNIT = re.compile(
    r"(?:[kcm]?m[²³]?|km/h|[km]?g|[kMGT]?Wh?|h|ha|[cdm]?[lL]|min|s|ans|e|er|M|k|Mds?|Md|°C?|%|‰)\b|[€$£%°‰²]"
)
# L, C and M are left out: `Le`, `Ce`, `Me` are words.
# `Ier` alone has its own ending: `Vers` and `Ivers` are words.
_ROMAN_ORDINAL = re.compile(r"\b([IVX]{1,6})(?:(?<=\bI)(?:ers?|ère)|[eè]mes?|es?|ᵉ)\b")
_ROMAN_SECTION = re.compile(
    r"\b(?:articles?|chapitres?|titres?|livres?|tomes?|actes?|volumes?|parties?|annexes?|phases?|protocoles?|"
    r"Articles?|Chapitres?|Titres?|Livres?|Tomes?|Actes?|Volumes?|Annexes?)" + _GAP + r"([IVXLC]{1,9})\b"
)
# Two letters of which one is an L or a C shorten something else: `CV`, `CC`.
_ROMAN_COUNT = re.compile(
    rf"(?<![\w’'-])([XVI]{{2,9}}|[LC][IVXLC]{{2,8}}|X[LC][IVX]{{0,7}})(?={_GAP}[a-zà-ÿœ]{{2,}}s\b)"
)
_ROMAN: tuple[tuple[re.Pattern[str], int, Kind], ...] = (
    (_ROMAN_ORDINAL, 0, "ordinal"),
    (_ROMAN_SECTION, 1, "ordinal"),
    (_ROMAN_COUNT, 0, "cardinal"),
)
# What any match of the three has; few paragraphs have it.
_ROMAN_DIGIT = re.compile(r"[IVXLC](?:[IVXLC]|(?!\w))|[IVX][eèᵉ]")
_PHONE = re.compile(r"(?<!\d)(?:\+33[ .\u00a0\u202f]?|0)[1-9](?:[ .\u00a0\u202f-]?\d\d){4}(?!\d)")
_NAME_BEFORE = re.compile(r"[^\W\d_][-‑/]\Z")
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_VULGARS = re.compile(f"[{''.join(_VULGAR)}]")
_SLASHED = re.compile(r"(?<![\w/.,])([1-9])/([2-9]|10)(?![\w/])")
# `7 des 11 millions` are millions too.
_RANGE_LINK = re.compile(rf"{_GAP}?(?:à|et|ou|des|-|–|—|/){_GAP}?(?:plus de |près de )?")


_FALL = 10
"""`de 900 à 1 million` falls by no such factor: the 900 are 900."""
# `de neuf à 54`
_NINE_TO = re.compile(rf"{_GAP}(?:à|ou|contre){_GAP}\d")
# Before `neuf` with no noun after it: `il y en a neuf`, `trois sur neuf`, `les neuf`.
_COUNTING = frozenset("sur dont les ces ses nos leurs aux ou parmi a ont avait avaient".split())
# What is said of several is said of a count: `neuf ont un prix unique`; a building that is new has a singular verb.
_OF_SEVERAL = frozenset(
    "ont avaient auront auraient sont étaient seront seraient n'ont n'avaient n'étaient restent viennent font".split()
)


def numbers(text: str) -> list[Number]:
    """The numbers of a text in reading order, without overlap. The lower end of a range has the scale of the
    upper one: `de 18 à 62 millions`.
    """
    return [*_numbers(text)]


@kept
def _numbers(text: str) -> tuple[Number, ...]:
    found = [*_special(text), *_in_digits(text), *_in_words(text)]
    found.sort(key=lambda n: (n.start, -n.end))
    apart: list[Number] = []
    for number in found:
        if not apart or number.start >= apart[-1].end:
            apart.append(number)
    return tuple(_share_scale(text, apart))


def read(words: str) -> int | None:
    """The integer that the words spell, all of them: `mille deux cents` is 1200; None when they spell none."""
    stream = Words(words)
    if not stream.tokens:
        return None
    value, used = stream.integer(0)
    return value if used == len(stream.tokens) else None


def _special(text: str) -> Iterator[Number]:
    for pattern, group, kind in _ROMAN if _ROMAN_DIGIT.search(text) else ():
        for match in pattern.finditer(text):
            if value := roman(match.group(1)):
                yield Number(*match.span(group), value, kind)
    for match in _SLASHED.finditer(text):
        above, below = int(match.group(1)), int(match.group(2))
        if above < below:
            yield Number(*match.span(), above / below, "fraction")
    for match in _VULGARS.finditer(text):
        yield Number(*match.span(), _VULGAR[match.group()], "fraction")


def _in_digits(text: str) -> Iterator[Number]:
    phones = [m.span() for m in _PHONE.finditer(text)]
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        while phones and phones[0][1] <= start:
            phones.pop(0)
        if (phones and phones[0][0] <= start) or _NAME_BEFORE.search(text, max(0, start - 2), start):
            continue
        value = _digits_value(match.group())
        if _is_negative(text, start):
            start, value = start - 1, -value
        if ordinal := _ORDINAL_END.match(text, end):
            if value == int(value):
                yield Number(start, ordinal.end(), value, "ordinal")
        elif scale := _SCALE.match(text, end):
            yield Number(*_and_a_half(text, start, scale.end(), value, _scale_value(scale)), "cardinal")
        elif _stands_alone(text, end):
            yield Number(start, end, value, "cardinal")


def _is_negative(text: str, start: int) -> bool:
    """A minus or hyphen tight before the digits, unless it joins them to what stands before (`3-1`, `10 -15 %`)."""
    mark, before = text[start - 1 : start] if start else "", text[max(0, start - 5) : max(0, start - 1)]
    if mark == "−":
        return not before[-1:].isalnum()
    opens = not before or before[-1:] in "([«“:;" or before[-1:].isspace()
    return mark in ("-", "‑", "–") and opens and (before.rstrip()[-1:] or " ") not in "0123456789%€$°"


def _digits_value(digits: str) -> float:
    compact = re.sub(r"[ \u00a0\u202f\u2009]", "", digits)
    if compact.count(",") > 1:
        compact = compact.replace(",", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", compact):
        compact = compact.replace(".", "")
    return float(compact.replace(",", "."))


def _scale_value(match: re.Match[str]) -> float:
    return SCALES[(match.group(1) or match.group(2)).removesuffix("s").removesuffix("S")]


def _and_a_half(text: str, start: int, end: int, value: float, scale: float) -> tuple[int, int, float]:
    half = re.compile(rf"{_GAP}et{_GAP}demie?\b").match(text, end)
    return (start, half.end(), (value + 0.5) * scale) if half else (start, end, _product(value, scale))


def _product(value: float, scale: float) -> float:
    """`2,3 milliards` is 2300000000, without the last binary digits of 2.3."""
    return round(value * scale, 6)


def _stands_alone(text: str, end: int) -> bool:
    after = text[end : end + 1]
    if not after.isalpha() and after != "_":
        return not (after in "-‑" and after and text[end + 1 : end + 2].isupper())
    return _TIGHT_UNIT.match(text, end) is not None


def _in_words(text: str) -> Iterator[Number]:
    stream = Words(text)
    tokens = stream.tokens
    at = 0
    while at < len(tokens):
        if not is_number_word(tokens[at].word):
            at += 1
            continue
        number, used = _longest(stream, at)
        if number is not None and not _is_idiom(stream, at, used):
            yield number
        at += max(used, 1)


def _longest(stream: Words, at: int) -> tuple[Number | None, int]:
    """The longest number that starts at this token, and how many tokens it takes."""
    tokens = stream.tokens
    value, used = stream.integer(at)
    counted = stream.approximate(at, used, value)
    if counted is not None:
        return _number(tokens, at, counted[1], counted[0], "approximate"), counted[1]
    if used and 0 < value < 20 and (part := stream.part(at + used)) and not _is_rank(stream, at, value):
        return _number(tokens, at, used + 1, value * part, "fraction"), used + 1
    if tokens[at].word in ("moitié", "tiers", "quart"):
        return _number(tokens, at, 1, FRACTIONS[tokens[at].word], "fraction"), 1
    if used and stream.half_more(at + used):
        value, used = value + stream.half_of_last(at + used), used + 2
    ordinal = stream.ordinal(at)
    if ordinal is not None:
        return _number(tokens, at, ordinal[1], ordinal[0], "ordinal"), ordinal[1]
    if not used or (used == 1 and tokens[at].word in ("un", "une")):
        return None, used
    return _number(tokens, at, used, value, "cardinal"), used


def _is_rank(stream: Words, at: int, value: float) -> bool:
    """`un sixième titre` is one more title; `un sixième des titres`, `un sixième seulement` is a share."""
    if value != 1 or not stream.tokens[at + 1].word.endswith("ième"):
        return False
    after = plain(stream.word_after(at + 1))
    return bool(after) and after not in FUNCTION_WORDS and after != "environ" and not after.endswith("ment")


def _number(tokens: list[Token], at: int, used: int, value: float, kind: Kind) -> Number:
    return Number(tokens[at].start, tokens[at + used - 1].end, float(value), kind)


def _is_idiom(stream: Words, at: int, used: int) -> bool:
    """Words that look like numbers and are none here: `pour cent`, `à neuf`, `en quarantaine`, `quart de finale`."""
    tokens = stream.tokens
    word = tokens[at].word
    before = plain(stream.word_before(at))
    after = plain(stream.word_after(at + used - 1))
    last = tokens[at + used - 1].word
    if used == 1 and word == "neuf":
        if after in _OF_SEVERAL or _NINE_TO.match(stream.text, tokens[at].end):
            return False
        if after and after not in FUNCTION_WORDS:
            return before in ("tout", "flambant", "quoi")
        return before not in _COUNTING
    if word == "cent" and before == "pour":
        return stream.number_ends_before(at)
    if last in ("quart", "quarts", "tiers", "demi", "demie"):
        return stream.text[tokens[at + used - 1].end :][:1] in ("-", "‑") or stream.follows(
            at + used - 1, "de finale"
        )
    if word in AINES and used == 1:
        return before in ("en", "la", "ma", "sa") and word in (
            "quarantaine",
            "cinquantaine",
            "soixantaine",
            "trentaine",
        )
    if word in ORDINALS and word == "seconde":
        return True
    return stream.inside_a_name(at, used)


def _share_scale(text: str, found: list[Number]) -> list[Number]:
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        low, high = shared[index], shared[index + 1]
        scale = _scale_of(text, high)
        link = _RANGE_LINK.fullmatch(text, low.end, high.start)
        same_kind = low.kind == high.kind == "cardinal"
        if (
            same_kind
            and link
            and scale > 1
            and _scale_of(text, low) == 1
            and _below(text, low, high.value / scale)
        ):
            shared[index] = replace(low, value=_product(low.value, scale))
    return shared


def _below(text: str, low: Number, high: float) -> bool:
    """Or above, where it falls: `de 96 à 84 millions`."""
    falls = text[max(0, low.start - 3) : low.start - 1].lower() == "de" and low.value < _FALL * high
    return low.value < high or falls


def _scale_of(text: str, number: Number) -> float:
    words = text[number.start : number.end].replace("\u00a0", " ").replace("\u202f", " ").split(" ")
    last = words[-1].removesuffix("s")
    return (
        SCALES.get(last, 1) if last in ("million", "milliard", "billion", "trillion", "M", "Md", "k") else 1
    )
