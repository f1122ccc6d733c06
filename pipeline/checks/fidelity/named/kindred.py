"""Names that a text has as an adjective: the `Moyen Âge` of a `cimetière médiéval`, the `Antiquité` of a `théâtre antique`."""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from functools import lru_cache

# Folded: a name, and how the words begin that speak of it.
_NAMES = {
    "moyen age": "medieva moyenageu feoda gothique gothiques romane romanes viiie ixe xie xiie xiiie xive xve",
    "antiquite": "antiques antique hellenisti",
    "gaule": "gaulois gallo",
    "prehistoire": "prehistori paleolithi neolithi",
    "renaissance": "renaissant xvie",
    "revolution": "revolutionnair",
    "revolution francaise": "revolutionnair",
    "empire": "imperia napoleonien",
    "napoleon": "napoleonien bonapartis",
    "victoria": "victorien",
    "resistance": "resistant maquis",
    "colonisation": "colonia",
    "senat": "senat",
    "assemblee": "depute",
    "assemblee nationale": "depute",
    "vatican": "pontifica pape",
    "saint siege": "pontifica pape vatican",
    "bible": "bibliqu",
    "coran": "coraniqu",
}
_WHOLE = frozenset(
    "antique antiques gallo pape maquis gothique gothiques romane romanes viiie ixe xie xiie xiiie xive xve xvie".split()
)
"""Words that begin others of another sense (`antiquaire`)."""


_UNLESS = {"assemblee": "europee", "assemblee nationale": "europee"}
"""Members of the European Parliament are `députés` too."""


def names_in_adjectives(words: Collection[str]) -> Iterator[str]:
    """The names whose adjective, or whose people, are among some folded words."""
    known = sorted(words)
    for name, beginnings in _rows():
        other = _UNLESS.get(name)
        if other is not None and _begins(known, words, other):
            continue
        if any(_begins(known, words, beginning) for beginning in beginnings):
            yield name


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(row.split())) for name, row in _NAMES.items())


def _begins(known: list[str], words: Collection[str], beginning: str) -> bool:
    if beginning in _WHOLE:
        return beginning in words
    at = bisect_left(known, beginning)
    return at < len(known) and known[at].startswith(beginning)
