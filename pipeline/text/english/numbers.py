"""Reads English numbers, in digits and in words: `3,870`, `2.3 million`, `$3.8bn`, `twenty-one`, `a third`, `21st`.

A billion is a thousand millions. `dozens`, `hundreds` and `thousands` have the value of the French *dizaines*,
*centaines* and *milliers*, which tell the same size. `one` alone is a pronoun as often as a number, and is left out.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.text.numbers import Number

UNITS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
        range(1, 20),
        strict=True,
    )
) | dict(
    zip(
        "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split(),
        range(20, 100, 10),
        strict=True,
    )
)
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_VAGUE = {
    "dozens": 10.0,
    "scores": 20.0,
    "hundreds": 100.0,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
}
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12}
_TIMES = {
    "twice": 2, "thrice": 3, "doubled": 2, "doubling": 2, "tripled": 3, "tripling": 3, "trebled": 3, "quadrupled": 4,
    "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10,
}  # fmt: skip
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_MOST_WORDS = 40  # of one number
_GAP = r"[ \u00a0\u202f]"
_TOKEN = re.compile(
    r"(?<![\w.,])(?P<digits>\d{1,3}(?:,\d{3}){1,6}(?![\d])(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?)"
    r"(?:(?P<rank>st|nd|rd|th)\b|(?P<vulgar>[½¼¾⅓⅔⅛])|(?P<short>k|mn|m|bn|b|tn)(?![\w²³])|(?P<rest>[^\W\d_]*))"
    r"|(?<![\w-])(?P<word>[A-Za-z]+(?:-[A-Za-z]+)*)|(?P<part>[½¼¾⅓⅔⅛])"
)
_SCALE = re.compile(rf"(?:{_GAP}|-)(thousand|million|billion|trillion)\b(?!s)", re.IGNORECASE)
# Letters tight against digits that are a unit; any other make the run a name (4x4, 3D).
_TIGHT = frozenset(
    "m km cm mm kg g mg t ha l h am pm s min kw mw gw kwh mwh twh ft lb lbs oz mph c f in yd".split()
)
_MONEY = re.compile(r"[$£€¥]\Z|[A-Z]{2}\$\Z|\b(?:EUR|USD|GBP) ?\Z")


def numbers(text: str) -> list[Number]:
    """The numbers of a text in reading order, without overlap."""
    stream = list(_TOKEN.finditer(text))
    found: list[Number] = []
    at = 0
    while at < len(stream):
        number, used = _read(text, stream, at)
        if number is not None:
            found.append(number)
        at += max(used, 1)
    return found


def _read(text: str, stream: Sequence[re.Match[str]], at: int) -> tuple[Number | None, int]:
    token = stream[at]
    if token["digits"]:
        return _digits(text, stream, at)
    if token["part"]:
        return Number(*token.span(), _VULGAR[token["part"]], "fraction"), 1
    return _words(text, stream, at)


def _digits(text: str, stream: Sequence[re.Match[str]], at: int) -> tuple[Number | None, int]:
    token = stream[at]
    value = float(token["digits"].replace(",", ""))
    if token["rank"]:
        return Number(*token.span(), value, "ordinal"), 1
    if token["vulgar"]:
        return Number(*token.span(), value + _VULGAR[token["vulgar"]], "cardinal"), 1
    if token["short"] and (
        token["short"] != "m" or _MONEY.search(text, max(0, token.start() - 4), token.start())
    ):
        return Number(*token.span(), _whole(value * _SHORT[token["short"]]), "cardinal"), 1
    if token["rest"] and token["rest"].lower() not in _TIGHT:
        return None, 1
    end = token.end("digits")
    if not token["rest"] and not token["short"] and (scale := _SCALE.match(text, end)):
        value, end = _whole(value * SCALES[scale[1].lower()]), scale.end()
    return Number(token.start(), end, value, "cardinal"), _until(stream, at, end)


def _whole(value: float) -> float:
    """2.3 million is 2300000, not 2299999.9999999995."""
    return float(f"{value:.12g}")


def _until(stream: Sequence[re.Match[str]], at: int, end: int) -> int:
    used = 1
    while at + used < len(stream) and stream[at + used].start() < end:
        used += 1
    return used


_Piece = tuple[str, int, int]


def _words(text: str, stream: Sequence[re.Match[str]], at: int) -> tuple[Number | None, int]:
    """A number in words that begins at a token; hyphens may join its words."""
    pieces, tokens = _pieces(text, stream, at)
    if not pieces:
        return None, 1
    for rule in (_vague, _fraction, _ordinal, _cardinal):
        if found := rule(pieces):
            value, used, kind = found
            start, end = pieces[0][1], pieces[used - 1][2]
            alone = kind == "cardinal" and value == 1
            number = None if alone else Number(start, end, value, kind)  # type: ignore[arg-type]
            return number, max(1, sum(t <= used - 1 for t in tokens))
    return None, 1


def _pieces(text: str, stream: Sequence[re.Match[str]], at: int) -> tuple[list[_Piece], list[int]]:
    """The words from a token on that white space or hyphens alone part, and at which of them each token begins."""
    pieces: list[_Piece] = []
    tokens: list[int] = []
    for n in range(at, min(at + _MOST_WORDS, len(stream))):
        token = stream[n]
        if token["word"] is None or (
            n > at and text[stream[n - 1].end() : token.start()].strip(" \u00a0\u202f")
        ):
            break
        words = list(_split(token["word"].lower(), token.start()))
        if not any(_is_numeral(w) for w, _, _ in words):
            break
        tokens.append(len(pieces))
        pieces += words
    return pieces, tokens


def _split(word: str, start: int) -> Iterator[_Piece]:
    for part in word.split("-"):
        yield part, start, start + len(part)
        start += len(part) + 1


def _is_numeral(word: str) -> bool:
    return (
        word in UNITS or word in TENS or word in SCALES or word in ORDINALS or word in _VAGUE or word in _TIMES
        or word.removesuffix("s") in _PARTS or word in ("a", "an", "hundred", "and", "dozen", "half", "of", "nought")
    )  # fmt: skip


_Found = tuple[float, int, str]


def _word(pieces: Sequence[_Piece], at: int) -> str:
    return pieces[at][0] if at < len(pieces) else ""


def _vague(pieces: Sequence[_Piece]) -> _Found | None:
    """`hundreds of thousands`, `two dozen`, `a dozen`, `twice`."""
    first = _word(pieces, 0)
    if first in _TIMES:
        return float(_TIMES[first]), 1, "cardinal"
    if first in _VAGUE:
        of = _VAGUE.get(_word(pieces, 2), 0) if _word(pieces, 1) == "of" else 0
        return (
            (_VAGUE[first] * of, 3, "approximate")
            if of > _VAGUE[first]
            else (_VAGUE[first], 1, "approximate")
        )
    if first == "dozen":
        return 12.0, 1, "approximate"
    if first == "half" and _word(pieces, 1) == "a" and _word(pieces, 2) in SCALES:
        return SCALES[_word(pieces, 2)] / 2, 3, "cardinal"
    if first == "half" and _word(pieces, 1) == "a" and _word(pieces, 2) == "dozen":
        return 6.0, 3, "approximate"
    value, used = (1, 1) if first in ("a", "an") else _below_hundred(pieces, 0)
    if used and _word(pieces, used) == "dozen":
        return 12.0 * value, used + 1, "approximate"
    return None


def _fraction(pieces: Sequence[_Piece]) -> _Found | None:
    """`half`, `a third`, `two-thirds`, `three quarters`; `a second` and `a half hour` are none."""
    first = _word(pieces, 0)
    if first == "half":
        return 0.5, 1, "fraction"
    count = 1 if first in ("a", "an", "one") else UNITS.get(first, 0)
    named = _word(pieces, 1)
    part = _PARTS.get(named.removesuffix("s")) if named != "halves" else 2
    if not count or not part or (count > 1) != named.endswith("s"):
        return None
    return (count / part, 2, "fraction") if count < part else None


def _ordinal(pieces: Sequence[_Piece]) -> _Found | None:
    first = _word(pieces, 0)
    if first in ORDINALS:
        return float(ORDINALS[first]), 1, "ordinal"
    second = ORDINALS.get(_word(pieces, 1), 0)
    return (float(TENS[first] + second), 2, "ordinal") if first in TENS and 0 < second < 10 else None


def _cardinal(pieces: Sequence[_Piece]) -> _Found | None:
    total, used, ceiling = 0.0, 0, 10**15
    while True:
        at = used + 1 if used and _word(pieces, used) == "and" else used
        value, taken = _below_thousand(pieces, at, first=not used)
        if not taken:
            break
        scale = SCALES.get(_word(pieces, at + taken), 0)
        if scale and scale < ceiling:
            total, used, ceiling = total + value * scale, at + taken + 1, scale
            if half := _half_more(pieces, used):
                return total + scale / 2, used + half, "cardinal"
            continue
        if not scale:
            total, used = total + value, at + taken
        break
    if used and total == int(total) and total < 1000 and (half := _half_more(pieces, used)):
        return total + 0.5, used + half, "cardinal"
    return (total, used, "cardinal") if used else None


def _half_more(pieces: Sequence[_Piece], at: int) -> int:
    """`a million and a half`."""
    return 3 if [w for w, _, _ in pieces[at : at + 3]] == ["and", "a", "half"] else 0


def _below_thousand(pieces: Sequence[_Piece], at: int, *, first: bool) -> tuple[int, int]:
    word, following = _word(pieces, at), _word(pieces, at + 1)
    if first and word in ("a", "an"):
        value, used = (1, 1) if following in ("hundred", *SCALES) else (0, 0)
    else:
        value, used = _below_hundred(pieces, at)
    if not used or _word(pieces, at + used) != "hundred" or not 0 < value < 100:
        return value, used
    rest_at = at + used + 1
    linked = _word(pieces, rest_at) == "and"
    rest, taken = _below_hundred(pieces, rest_at + linked)
    return (value * 100 + rest, used + 1 + linked + taken) if rest else (value * 100, used + 1)


def _below_hundred(pieces: Sequence[_Piece], at: int) -> tuple[int, int]:
    word = _word(pieces, at)
    if word in TENS:
        unit = UNITS.get(_word(pieces, at + 1), 0)
        return (TENS[word] + unit, 2) if 0 < unit < 10 else (TENS[word], 1)
    return (UNITS[word], 1) if word in UNITS else (0, 0)


def is_number_word(word: str) -> bool:
    """A word of a cardinal: `forty`, `hundred`, `two`."""
    return word in UNITS or word in TENS or word in SCALES or word == "hundred"
