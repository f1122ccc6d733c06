"""How exact a figure claims to be: *environ 300*, *plus de 300*, *moins de 300*."""

from typing import Literal

from pipeline.text.grammar import plain

Hedge = Literal["", "about", "above", "below"]

_LEAD, _TAIL = 48, 40
_LINKS = frozenset("de d' du à des aux les la le l' un une barre seuil cap".split())
# `dépassait alors sept points` hedges as `dépassait sept points` does.
_BETWEEN = frozenset("alors désormais déjà encore ainsi même aujourd'hui".split())
_BOUND_LINKS = frozenset(("de", "d'", "du"))
_LAST: dict[str, Hedge] = {
    **dict.fromkeys(
        "environ quelque quasi quasiment presque près autour alentours approximativement loin ordre vers jusqu' jusque "
        "modo bon bonne petit petite".split(),
        "about",
    ),
    **dict.fromkeys(("au-delà", "supérieur", "supérieure", "supérieurs", "supérieures"), "above"),
    **dict.fromkeys(("inférieur", "inférieure", "inférieurs", "inférieures"), "below"),
}
_PAIRS: dict[tuple[str, str], Hedge] = {
    ("au", "moins"): "above", ("au", "minimum"): "above", ("bas", "mot"): "above", ("pas", "moins"): "above",
    ("ou", "plus"): "above", ("et", "plus"): "above", ("au", "plus"): "below", ("au", "maximum"): "below",
    ("grand", "maximum"): "below", ("peu", "près"): "about", ("à", "peine"): "about",
}  # fmt: skip
_NEARLY = ("avoisin", "frôl", "approch", "côtoi")
_PASSING = ("dépass", "excéd", "excèd", "franchi")


def hedge(text: str, start: int, end: int, *, counts_in_tens: bool = False) -> Hedge:
    """How the words around `text[start:end]` hedge the figure; `une cinquantaine` (`counts_in_tens`) is `about` by itself."""
    before = _words(text[max(0, start - _LEAD) : start])
    after = _words(text[end : end + _TAIL])
    return _before(before) or _after(after) or ("about" if counts_in_tens else "")


def _words(text: str) -> list[str]:
    """Lower-case words; a mark other than an apostrophe or a hyphen is a word that hedges nothing."""
    spaced = plain(text).replace("'", "' ")
    for mark in ",;:.!?()«»":
        if mark in spaced:
            spaced = spaced.replace(mark, " , ")
    return spaced.split()


def _before(words: list[str]) -> Hedge:
    if words[-1:] and words[-1] in _BETWEEN and words[-2:-1] and words[-2].startswith((*_NEARLY, *_PASSING)):
        words = words[:-1]
    at = len(words)
    while at and len(words) - at < 3 and words[at - 1] in _LINKS:
        at -= 1
    links, words = words[at:], words[:at]
    if not words:
        return ""
    last, pair = words[-1], tuple(words[-2:])
    if (
        len(pair) == 2
        and pair in _PAIRS
        and (last != "moins" or pair[0] != "au" or not _BOUND_LINKS & {*links})
    ):
        return _PAIRS[pair[0], pair[1]]
    if last in ("plus", "davantage", "+", "moins") and _BOUND_LINKS & {*links}:
        return "below" if last == "moins" else "above"
    if last == "pas" and len(words) > 2 and words[-2].startswith(_PASSING):
        return "below"
    if last.startswith(_PASSING):
        return "above"
    if last == "sous" and links:  # `sous la barre des 4 %`; not `sous 4 mètres d'eau`
        return "below"
    return "about" if last.startswith(_NEARLY) else _LAST.get(last, "")


def _after(words: list[str]) -> Hedge:
    """`300 personnes environ`, `300 au moins`: a word may stand between, and `de plus`, `de moins` always may."""
    if tuple(words[:2]) in (("de", "plus"), ("de", "moins")):
        words = words[2:]
    for at in (0, 1):
        rest = words[at : at + 3]
        if rest[:1] == ["environ"]:
            return "about"
        if rest[:1] in (["minimum"], ["maximum"]):
            return "above" if rest[0] == "minimum" else "below"
        pair = tuple(
            rest[1:3] if rest[:1] in (["tout"], ["au"]) and tuple(rest[:2]) not in _PAIRS else rest[:2]
        )
        if len(pair) == 2 and pair in _PAIRS and pair != ("pas", "moins"):
            return _PAIRS[pair[0], pair[1]]
    return ""
