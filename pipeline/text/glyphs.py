"""How wide a line of text is, in pixels, in the type that search results set titles in.

Advance widths of Liberation Sans Regular 1.07 (an open font, SIL licence), which are those of Arial, in units of 1/2048
of the type size; kerning, which browsers may apply, takes at most a few pixels off a title.
"""

import unicodedata

TITLE_SIZE = 20
"""Pixels: what a desktop page of results sets a title in."""

_EM = 2048
_GLYPHS = {
    391: "'",
    455: "ijl‘’",
    532: "|¦",
    569: " !,./:;I[\\]ft·ÌÍÎÏìíîï",
    682: "()-`r¡¨²³´¸¹“”„‹›",
    684: "{}",
    717: "•",
    727: '"',
    748: "º",
    758: "ª",
    797: "*",
    819: "°",
    961: "^",
    1024: "Jcksvxyzçýÿ",
    1100: "¶",
    1124: "±÷",
    1131: "¯",
    1139: "#$0123456789?L_abdeghnopqu¢£¤¥§«»àáâãäåèéêëðñòóôõöùúûüþ–€",
    1180: "µ",
    1196: "+<=>~¬×−",
    1251: "FTZ¿ßø",
    1366: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞŸ",
    1479: "CDHNRUwÇÐÑÙÚÛÜ",
    1509: "©®",
    1593: "GOQÒÓÔÕÖØ",
    1706: "Mm",
    1708: "¼½¾",
    1821: "%æ",
    1933: "Wœ",
    2048: "ÆŒ—…™",
    2079: "@",
}
_WIDTHS = {sign: width for width, signs in _GLYPHS.items() for sign in signs}
_NO_WIDTH = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_NARROW_SPACES = {"\u00a0": 569, "\u202f": 410, "\u2009": 410}
# A letter the table lacks: a figure's width for alphabets like ours, the whole em for an emoji or a Chinese sign.
_LETTER, _WIDE = 1139, _EM


def width(text: str, size: float = TITLE_SIZE) -> float:
    """Pixels that a line takes."""
    return sum(map(_advance, unicodedata.normalize("NFC", text))) * size / _EM


def _advance(sign: str) -> int:
    known = _WIDTHS.get(sign) or _NARROW_SPACES.get(sign)
    if known is not None:
        return known
    if sign in _NO_WIDTH or unicodedata.combining(sign):
        return 0
    base = unicodedata.normalize("NFD", sign)[0]
    if base != sign and base in _WIDTHS:
        return _WIDTHS[base]
    return _WIDE if unicodedata.east_asian_width(sign) in "WF" else _LETTER
