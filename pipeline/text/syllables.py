"""Syllables of French words, as a careful reader says them in prose.

The e at the end of a word is mute (`quatre`: 1), and so is `-ent` of a verb as far as its spelling tells; an e
between two consonants inside a word is said (`samedi`: 3). i, u and ou before a vowel glide into it (`nation`: 2,
`actuel`: 2), except after a consonant with l or r (`février`: 3, `cruel`: 2); é before a vowel does not (`théâtre`:
2). Figures are read as words (`2022`: 4), sigles as people say them (`OTAN`: 2, `SNCF`: 4), and a few
abbreviations in full. Words of other languages are read as if they were French.
"""

import re
from functools import lru_cache

from pipeline.text.numerals import roman

COUNTER = "marbre-1"
"""The name of these rules: scores of different counters cannot be compared."""

_V = "aàâäeéèêëiîïoôöuùûüœæ"
_PART = re.compile(
    r"\d+(?:[.\u00a0\u202f ]\d{3})*(?:[.,]\d+)?(?:ers?|ères?|res?|[eè]mes?|es?|nde?s?)?\b|\d+"
    r"|[^\W\d_]+(?:°)?['’]?|[%€$£°&]"
)
_ABBREVIATIONS = {
    "M": 2, "MM": 2, "Mme": 2, "Mmes": 2, "Mlle": 3, "Mgr": 3, "Dr": 2, "Pr": 3, "Me": 1, "St": 1, "Ste": 1, "n°": 3,
    "N°": 3, "etc": 4, "km": 3, "cm": 3, "mm": 3, "m": 1, "kg": 2, "h": 1, "g": 1, "l": 1, "s": 2, "Md": 2, "Mds": 2,
    "%": 2, "€": 2, "$": 2, "£": 1, "°": 2, "&": 1,
}  # fmt: skip
_SPELLED = {"W": 3, "Y": 2}

# Nouns and adjectives in -ent; what else ends so is a verb in the third person plural, whose -ent is mute.
_SOUNDED = frozenset(
    "cent pourcent accent agent argent urgent sergent régent indigent contingent divergent convergent tangent détergent "
    "astringent diligent intelligent exigent négligent émergent gent dent ardent trident stent content mécontent "
    "compétent incompétent patent latent intermittent pénitent impotent omnipotent vent souvent couvent avent paravent "
    "auvent fervent évent parent apparent transparent beau-parent torrent lent talent violent excellent insolent "
    "équivalent ambivalent polyvalent prévalent opulent turbulent virulent truculent somnolent corpulent indolent relent "
    "féculent succulent dolent fraudulent permanent continent incontinent éminent imminent proéminent pertinent "
    "impertinent abstinent immanent rémanent fréquent conséquent subséquent éloquent grandiloquent affluent confluent "
    "congruent client orient inconvénient récipient ingrédient escient conscient inconscient expédient efficient "
    "coefficient déficient résilient gradient serpent arpent sent consent ressent pressent présent absent omniprésent "
    "ment comment serment ferment détriment".split()
)
_SOUNDED_ENDING = re.compile(
    r"(?:[sujnod]cent|écent|licent|ficent|sident|[éo]vident|fident|cident|cédent|rudent|pudent|érent|urrent|[vt]ient|ment)\Z"
)
# Verbs whose third person plural looks like one of those.
_MUTE_ENDING = re.compile(
    r"(?:\b(?:décident|coïncident|initient|balbutient|envient|annoncent|dénoncent|renoncent|prononcent|énoncent"
    r"|foncent|enfoncent|défoncent|froncent|coincent|grincent|rincent|pincent|évincent)"
    r"|(?:\baim|form|omm|irm|prim|stim|clam|dorm|anim|\b(?:re|en)?ferm|germ|fum|\b(?:dés)?arm|charm|larm|calm|entam"
    r"|légitim|victim|gramm|[rs]sum|ésum|nsum|llum|baum|blim|chôm|film|flamm|rythm|périm|mim|frim|trim|brim|\brim"
    r"|blâm|abîm)ent)\Z"
)
_SAID = {
    "pays": "péis", "abbaye": "bbéie", "aout": "out", "saoul": "soul", "aon": "an", "saone": "sône", "oe": "wa",
    "oell": "wall", "coo": "co’o",
}  # fmt: skip
_EXCEPTION = re.compile(
    r"(?P<pays>\bpays)|(?P<abbaye>bbaye)|(?P<aout>\baoû?t)|(?P<saoul>saoul)|(?P<aon>(?<=\b[fpt])aon)|(?P<saone>saône)"
    r"|(?P<oe>oê)|(?P<oell>oell)|(?P<coo>\bcoo(?=[pr]))"
)
_MUTE_U = re.compile(rf"q[uû](?=[{_V}y]|\Z|’)|(?<=g)u(?=[eéèêiîy])")
_MUTE_E_AFTER_G = re.compile(r"ge(?=[aoâô])")
_YOD = re.compile(
    rf"(?<=[aeuœ])ill(?=[{_V}])|(?<=[aeuœ])il(?=s?\Z)|(?<![^{_V}])y(?=[{_V}])|ï(?=[{_V}])|\by(?=[{_V}])"
)
_MUTE_E_INSIDE = re.compile(
    r"(?<=[iuéj])e(?=(?:ments?|tés?|r(?:a|as|ai|ez|ons|ont|ais|ait|aient|ies?|ions|iez))\Z)"
)
_GLIDES = re.compile(
    rf"(?<![bcdfgkptv][lr])(?<![{_V}])i(?=[{_V}])"  # nation, rien; not février, client
    rf"|(?<![{_V}])u(?=[iî])"  # nuit, fruit
    rf"|(?<![bcdfgkptv][lr])(?<![{_V}])u(?=[aâeéèêoô])"  # actuel; not cruel
    rf"|(?<![bcdfgkptv][lr])(?<![{_V}])ou(?=[aâeéèêiî])"  # oui, jouer; not éblouir
)
_NUCLEUS = re.compile(rf"e?au|oeu|œu|a[iîuy]|e[iuûy]|o[uùûiîy]|[iy]y|oo|ee|ea|[{_V}y]")
_VOWEL = re.compile(rf"[{_V}y]")
_LONGEST = 40

_TO_SIXTEEN = (2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1)
_TENS = {2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 2, 8: 3, 9: 3}
_ORDINAL_END = re.compile(r"\D+\Z")


def count(word: str) -> int:
    """The syllables of a word as the house counter cuts words; at least 1 for what holds a letter or a figure."""
    parts = _PART.findall(word)
    total = sum(_part(p) if len(p) <= _LONGEST else _letters(p) for p in parts)
    return total or int(any(c.isalnum() for c in word))


@lru_cache(maxsize=8192)
def _part(part: str) -> int:
    if part[0].isdigit():
        return _figures(part)
    if part in _ABBREVIATIONS:
        return _ABBREVIATIONS[part]
    numeral = re.fullmatch(r"([IVX]{2,6})(?:er?|ème)?", part)
    if numeral and roman(numeral[1]):
        return number(roman(numeral[1])) + (part[-1] == "e")
    if part.isupper() and part.isalpha() and not _is_said(part):
        return sum(_SPELLED.get(letter, 1) for letter in part)
    return _letters(part)


def _is_said(sigle: str) -> bool:
    """A sigle said as a word: `OTAN`, `ONU`, `Smic`; `SNCF`, `BCE`, `PIB` are spelled."""
    shape = "".join("v" if letter.lower() in _V + "y" else "c" for letter in sigle)
    if len(sigle) <= 3:
        return shape in ("vcv", "v")
    return "v" in shape and not re.search(r"ccc|\Acc(?!v)|vvv", shape) and len(shape) > 3


def _letters(part: str) -> int:
    """The vowel sounds of a run of letters."""
    word = part.lower().replace("'", "’")
    elided = word.endswith("’")
    word = _EXCEPTION.sub(lambda m: _SAID[m.lastgroup or ""], word)
    word = _MUTE_E_AFTER_G.sub("g", _MUTE_U.sub(lambda m: m.group()[:-1], word)).replace("guë", "gu")
    word = _YOD.sub("j", word)
    word = _MUTE_E_INSIDE.sub("", _without_mute_end(word, part.lower()))
    heard = sum(1 for _ in _NUCLEUS.finditer(_GLIDES.sub("w", word)))
    return heard if elided or heard or not _VOWEL.search(part.lower()) else 1


def _without_mute_end(word: str, written: str) -> str:
    cut = 0
    if word.endswith("ent") and not _says_ent(written):
        cut = 3
    elif word.endswith(("e", "es")):
        cut = 1 if word.endswith("e") else 2
    stem = word[: len(word) - cut]
    return stem if _VOWEL.search(stem) else word


def _says_ent(written: str) -> bool:
    if written in _SOUNDED:
        return True
    if written.endswith(("aient", "oient")):
        return False
    return not _MUTE_ENDING.search(written) and _SOUNDED_ENDING.search(written) is not None


def _figures(part: str) -> int:
    ordinal = _ORDINAL_END.search(part)
    if ordinal:
        part = part[: ordinal.start()]
        if part == "1":
            return 2
    whole, comma, decimals = part.partition(",")
    if not comma and "." in whole and len(whole.rpartition(".")[2]) != 3:
        whole, comma, decimals = whole.rpartition(".")
    digits = re.sub(r"\D", "", whole)
    said = _digits(digits) + (2 + _digits(re.sub(r"\D", "", decimals)) if comma else 0)
    return said + bool(ordinal)


def _digits(digits: str) -> int:
    if len(digits) > 12 or (len(digits) > 1 and digits.startswith("0")):
        return sum(_TO_SIXTEEN[int(d)] for d in digits)
    return number(int(digits or 0))


def number(value: int) -> int:
    """The syllables of a whole number below a thousand milliards, said in words."""
    if value < 17:
        return _TO_SIXTEEN[value]
    if value < 100:
        ten, unit = divmod(value, 10)
        if ten in (1, 7, 9):
            base = {1: 0, 7: 2, 9: 3}[ten]
            rest = _TO_SIXTEEN[unit + 10] if unit < 7 else 1 + _TO_SIXTEEN[unit]
            return base + rest + (value == 71)
        return _TENS[ten] + (_TO_SIXTEEN[unit] if unit else 0) + (unit == 1 and ten != 8)
    for scale, said in ((10**9, 2), (10**6, 2), (1000, 1), (100, 1)):
        many, rest = divmod(value, scale)
        if many:
            alone = many == 1 and scale <= 1000
            return (0 if alone else number(many)) + said + (number(rest) if rest else 0)
    return 0
