"""Numbers as French sets them: ordinals, thousands, units, hours, dates; and numbers that can be read two ways."""

import re
from collections.abc import Iterator

from pipeline.text.calendar import MONTHS
from pipeline.text.numerals import roman
from pipeline.text.typography_profiles import Profile
from pipeline.text.typography_sheet import Change

_H = r"[ \u00a0\u202f\u2009]"
# Signs and units that cannot be read as anything else when they touch the number.
_TIGHT = (
    r"[%‰€$£¥]|°[CF]\b|(?:km/h|km[²2]?|[cm]m[²³]?|m[²³23]|kg|mg|ml|cl|dl|hl|[kMGT]Wh?|[MGT]o|kHz|MHz|GHz|Hz|dB|hPa|"
    r"[MKk]€|M[d]?€|euros?|dollars?|millions?|milliards?|kilomètres?|mètres?|kilos?|tonnes?|ans|minutes)(?![\w'’-])"
)
_LOOSE = (
    r"(?:[mgtls]|ha|min|milliers?|livres|roubles?|yuans?|yens?|francs?|hryvnias?|hectares?|litres?|grammes?|"
    r"centimètres?|millimètres?|degrés?|points?|an|années?|mois|semaines?|jours?|heures?|secondes?)(?![\w'’-])"
)
_NUMBER = r"\d(?<![\w.].)(?<![^\W\d_][-‑].)\d{0,14}(?:[.,\u00a0\u202f]\d{1,9}){0,6}"
_UNIT = re.compile(rf"{_NUMBER}(?:(?P<tight>{_H}?)(?:{_TIGHT})|(?P<loose>{_H}){_LOOSE})")
# What is surely counted, so that five digits in a row are no postcode, and no name of a thing.
_COUNTED = rf"{_H}?(?:{_TIGHT})|{_H}(?:{_LOOSE}|(?:habitants|personnes|salariés|emplois|exemplaires|visiteurs|spectateurs)\b)"
_SOLID = re.compile(rf"[1-9](?<![\w.,:/+-].)\d{{4,11}}(?=(?:,\d{{1,2}})?(?:{_COUNTED}))")
_GROUPED = re.compile(rf"[1-9](?<![\w.,:/+-].)(?<!\d{_H}.)\d{{0,2}}(?:{_H}\d{{3}}){{1,4}}(?!\d|:\d|{_H}\d)")
_BLANK = re.compile(_H)
# These name a thing by its number instead of counting.
_NAMED_BY = re.compile(
    r"(?:n[°º]|\bnos?|\bnuméros?|\bart\.?|\barticles?|\bpages?|\bpp?\.|\bloi|\bdécret|\bCP|\bBP|\bpostal|\btél\.?|"
    r"\btéléphone|\bSIRE[NT]|\bRCS|\bréf\.?|\bréférence|\bdossier|\bligne|\blot|\bchambre|\bvol|\bcode|\bversion|"
    rf"\bIBAN|\bISBN|\bISO|\bNF|\b[A-Z][a-zà-ÿ]+[A-Z]*){_H}\Z"
)
_COUNTS_ANYWAY = frozenset(
    "Environ Quelque Près Plus Moins Les Des Ces Ses Leurs Nos Vos Soit Avec Pour Sur Dans Sous Après Avant Entre "
    "Depuis Jusqu Contre Autour Seuls Seules Déjà Presque Quasiment Exactement Total De Et Ou Puis Enfin".split()
)
_POINT = re.compile(
    rf"\d(?<![\w.,:/-].)\d{{0,2}}(\.)\d{{1,2}}(?={_H}?(?:[%€]|(?:millions?|milliards?|km|kg|euros)\b))"
)

_ORDINAL = re.compile(r"(?<![\w.,])\d{1,4}(?P<suffix>[ \u00a0\u202f]?(?:[èe]me|i[èe]me)(?P<plural>s?))(?!\w)")
_ANY_ORDINAL = re.compile(r"[\dIVXLCDM][ \u00a0\u202f]?(?:i?[èe][mr]e|nd)")
_FIRST = re.compile(r"(?<![\w.,])1(?P<suffix>i?[èe]re)s?(?!\w)")
_SECOND = re.compile(r"(?<![\w.,])2(?P<suffix>nd)e?s?(?!\w)")
_CENTURY = re.compile(r"(?<!\w)(?P<roman>[IVX]{1,7}|[IVXLCDM]{2,9})(?P<suffix>i?[èe]me)s?(?!\w)")
_ROMAN_FIRST = re.compile(r"(?<!\w)I(?P<suffix>[èe]re)(?!\w)")

_HOUR = re.compile(
    rf"\d(?<![\w:.,/-].)(?:(?<=[01])\d|(?<=2)[0-4])?(?P<before>{_H}?)h(?P<after>{_H}?)[0-5]\d(?![\w:,.]*\d|\w)"
)
_FULL_HOUR = re.compile(
    rf"\d(?<![\w:.,/-].)(?:(?<=[01])\d|(?<=2)[0-3])?(?P<before>{_H}?)h(?![\w/’'-]|{_H}?\d)"
)
_DAY = re.compile(
    rf"\d(?<![\w.,/-].)(?:(?<=1)er|(?<=[12])\d|(?<=3)[01])?(?P<gap>{_H})(?:{'|'.join(MONTHS)})(?!\w)",
    re.IGNORECASE,
)

_TWO_WAYS = re.compile(r"[1-9](?<![\w.,/:’'-].)\d{0,2}(?:[.,]\d{3}){1,5}(?![\w/:]|[.,]\d)")
_MUDDLED = re.compile(r"\d(?<![\w.,/:-].)\d{0,11}(?:[.,]\d{1,12}){2,6}(?![\w/:]|[.,]\d)")
# `1,789 euro`, `0,250 €/kWh`, `2,150 euros le litre`: prices by the unit have three decimals.
_DECIMALS = re.compile(
    rf"{_H}?(?:euro\b|dollar\b|(?:€|euros){_H}?(?:/|le\b|la\b|l’|du\b|par\b|d[eu]\b))|{_H}(?:million|milliard)\b"
)


def ordinals(text: str) -> Iterator[Change]:
    """`2ème` → `2e`, `1ère` → `1re`, `2nd` → `2d`, `XXIème` → `XXIe`."""
    if not _ANY_ORDINAL.search(text):
        return iter(())
    found = [
        Change(*m.span("suffix"), "e" + m.group("plural")) for m in _ORDINAL.finditer(text) if not _is_one(m)
    ]
    for pattern, put in ((_FIRST, "re"), (_SECOND, "d"), (_ROMAN_FIRST, "re")):
        found += [Change(*m.span("suffix"), put) for m in pattern.finditer(text)]
    found += [Change(*m.span("suffix"), "e") for m in _CENTURY.finditer(text) if roman(m.group("roman"))]
    return iter(sorted(found, key=lambda c: c.start))


def _is_one(match: re.Match[str]) -> bool:
    return match.group().startswith("1") and not match.group()[1:2].isdigit()


def decimals(text: str) -> Iterator[Change]:
    """`3.5 millions` → `3,5 millions`: before a unit, one or two digits after a point are decimals."""
    for match in _POINT.finditer(text):
        yield Change(*match.span(1), ",")


def thousands(text: str, profile: Profile) -> Iterator[Change]:
    """The space inside `12 000`; and `12000 €`, where the unit shows that it counts."""
    found = []
    for match in _GROUPED.finditer(text):
        if _counts(text, match.start()):
            found += [
                Change(gap.start(), gap.end(), profile.thousands)
                for gap in _BLANK.finditer(text, *match.span())
            ]
    for match in _SOLID.finditer(text):
        if _counts(text, match.start()):
            found += [Change(at, at, profile.thousands) for at in range(match.end() - 3, match.start(), -3)]
    return iter(sorted(found, key=lambda c: c.start))


def _counts(text: str, at: int) -> bool:
    named = _NAMED_BY.search(text, max(0, at - 24), at)
    return named is None or named.group().strip() in _COUNTS_ANYWAY


def units(text: str, profile: Profile) -> Iterator[Change]:
    """`10%` → `10 %`, `5 kg`, `14 mois`."""
    for match in _UNIT.finditer(text):
        yield Change(*match.span("tight" if match.group("loose") is None else "loose"), profile.unit)


def hours(text: str, profile: Profile) -> Iterator[Change]:
    """`14h30` → `14 h 30`, or the other way round."""
    found = []
    for match in _HOUR.finditer(text):
        found.append(Change(*match.span("before"), profile.hour))
        found.append(Change(*match.span("after"), profile.hour, "previous"))
    found += [Change(*match.span("before"), profile.hour) for match in _FULL_HOUR.finditer(text)]
    return iter(sorted(found, key=lambda c: c.start))


def days(text: str, profile: Profile) -> Iterator[Change]:
    """`12 juillet`."""
    for match in _DAY.finditer(text):
        yield Change(*match.span("gap"), profile.unit)


def unclear(text: str) -> Iterator[tuple[int, int]]:
    """Numbers that can be read two ways: `12,000`, `1.500`, `3,5.2`."""
    for match in _TWO_WAYS.finditer(text):
        if not _DECIMALS.match(text, match.end()) and _counts(text, match.start()):
            yield match.span()
    for match in _MUDDLED.finditer(text):
        if "," in match.group() and "." in match.group():
            yield match.span()
