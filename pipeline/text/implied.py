"""Quantities that a text gives without a plain figure: *une heure*, *le double*, *une décennie*, *un sur quatre*.

They are no figures of the text; a rewrite may still tell them in figures.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.text.figures import FigureSpan
from pipeline.text.grammar import plain
from pipeline.text.kept import kept
from pipeline.text.numbers import read
from pipeline.text.units import unit_at

_GAP = r"[ \u00a0\u202f]"
_YEAR, _MONTH, _WEEK = "year", "month", "week"
_WORDS: dict[str, tuple[float, str | None]] = {
    "trimestre": (3, _MONTH), "semestre": (6, _MONTH), "décennie": (10, _YEAR), "siècle": (100, _YEAR),
    "millénaire": (1000, _YEAR), "quinquennat": (5, _YEAR), "septennat": (7, _YEAR), "quinzaine": (2, _WEEK),
    "huitaine": (1, _WEEK), "week-end": (2, "day"), "annuel": (1, _YEAR), "annuelle": (1, _YEAR),
    "mensuel": (1, _MONTH), "mensuelle": (1, _MONTH), "hebdomadaire": (1, _WEEK), "biennal": (2, _YEAR),
    "biennale": (2, _YEAR), "triennal": (3, _YEAR), "quinquennal": (5, _YEAR), "décennal": (10, _YEAR),
    "centenaire": (100, _YEAR), "bicentenaire": (200, _YEAR), "tricentenaire": (300, _YEAR),
    "cinquantenaire": (50, _YEAR), "quadragénaire": (40, _YEAR), "quinquagénaire": (50, _YEAR),
    "sexagénaire": (60, _YEAR), "septuagénaire": (70, _YEAR), "octogénaire": (80, _YEAR),
    "trentenaire": (30, _YEAR), "nonagénaire": (90, _YEAR), "demi-siècle": (50, _YEAR),
    "veille": (1, "day"), "lendemain": (1, "day"), "gratuit": (0, "EUR"), "gratuite": (0, "EUR"),
    "duo": (2, None), "couple": (2, None), "paire": (2, None), "binôme": (2, None), "tandem": (2, None),
    "jumeaux": (2, None), "jumelles": (2, None), "trio": (3, None), "triplés": (3, None), "quatuor": (4, None),
    "quintette": (5, None), "sextuor": (6, None), "aucun": (0, None), "aucune": (0, None), "nul": (0, None),
    "unanimité": (100, "%"), "totalité": (100, "%"), "intégralité": (100, "%"), "parité": (50, "%"),
}  # fmt: skip
_MULTIPLES = {"doubl": 2, "tripl": 3, "quadrupl": 4, "quintupl": 5, "décupl": 10}
_SECOND = frozenset(("second", "seconde", "deuxième"))
_WORD = re.compile(r"(?<![\w-])[^\W\d_]{3,20}(?:[-‑][^\W\d_]{3,20})?")
_ONE = re.compile(rf"(?<![\w-])(?:une?|l[’']){_GAP}?(?:seule?{_GAP}|demi-)?(?=[^\W\d_])", re.IGNORECASE)
_RATIO = re.compile(
    rf"(?<![\w.,-])(?P<part>\d{{1,4}}|[^\W\d_]{{2,16}})(?:{_GAP}[^\W\d_]{{2,20}}){{0,2}}?{_GAP}(?:sur|pour|des|d[’']entre les|parmi les){_GAP}"
    rf"(?P<whole>\d{{1,5}}|[^\W\d_]{{3,9}}(?:-[^\W\d_]{{3,9}})?)(?![\w%]|,\d)",
    re.IGNORECASE,
)
_TIMES_MORE = re.compile(rf"(?<![\w-])(\d{{1,3}}|[^\W\d_]{{2,9}}){_GAP}fois{_GAP}plus(?!\w)", re.IGNORECASE)
# `à mi-course`, `à mi-parcours`; no `mi-juin`.
_MID = re.compile(
    r"(?<![\w-])mi[-‑](?:course|parcours|chemin|temps|mandat|saison|match|étape|championnat|concours|ascension|côte|pente)(?!\w)",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?<![\w/.,])(\d{1,3}(?:,\d)?)/(\d{1,3})(?![\w/])")


@lru_cache(maxsize=4)
def ratios(text: str) -> tuple[FigureSpan, ...]:
    """`deux Français sur trois`, `6 sur 10`, `6/10`, as the share they tell."""
    found = [
        FigureSpan(*match.span(), part / whole, None, "fraction")
        for match in (*_of_words(text), *_MARK.finditer(text))
        if (part := _value(match[1])) is not None and (whole := _value(match[2])) and part <= whole
    ]
    return tuple(sorted(found, key=lambda f: f.start))


def _of_words(text: str) -> Iterator[re.Match[str]]:
    """`ont perdu quatre élèves sur dix`: what begins with a word that is no number is looked at from the next word."""
    at = 0
    while match := _RATIO.search(text, at):
        is_ratio = _value(match["part"]) is not None
        if is_ratio and not match.group().lower().endswith("pour cent"):
            yield match
        at = match.end() if is_ratio else match.end("part")


def _value(word: str) -> float | None:
    digits = word.replace(",", ".", 1)
    return float(digits) if digits[0].isdigit() else read(word)


def implied(text: str) -> Iterator[FigureSpan]:
    """Ratios with both their terms, units told once (`une heure` is 1 hour), words that hold a number."""
    return iter(_implied(text))


@kept
def _implied(text: str) -> tuple[FigureSpan, ...]:
    return tuple(_told(text))


def _told(text: str) -> Iterator[FigureSpan]:
    for ratio in ratios(text):
        yield ratio
        for match in re.finditer(r"\d+(?:,\d+)?", text[ratio.start : ratio.end]):
            start = ratio.start + match.start()
            yield FigureSpan(start, start + len(match.group()), float(match.group().replace(",", ".")), None)
    for match in _ONE.finditer(text):
        if unit := unit_at(text, match.end()):
            yield FigureSpan(match.start(), unit[1], 1.0, unit[0])
    for match in _TIMES_MORE.finditer(text):
        if (times := _value(match[1])) is not None and times > 1:
            yield FigureSpan(*match.span(), 1 / times, None, "fraction")  # what it was then
    yield from (FigureSpan(*m.span(), 0.5, None, "fraction") for m in _MID.finditer(text))
    for match in _WORD.finditer(text):
        word = plain(match.group())
        one = word.removesuffix("s")
        value, unit_name = _WORDS.get(word) or _WORDS.get(one) or (_multiple(one), None)
        if value is not None:
            yield FigureSpan(*match.span(), value, unit_name, "ordinal" if one in _SECOND else "cardinal")
        if one.startswith("doubl"):
            yield FigureSpan(*match.span(), 0.5, None, "fraction")  # what has doubled was half of it


_HEADS = tuple(_MULTIPLES)


def _multiple(word: str) -> float | None:
    if word in _SECOND:
        return 2
    if not word.startswith(_HEADS):
        return None
    return next(value for head, value in _MULTIPLES.items() if word.startswith(head))
