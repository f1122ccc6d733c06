"""What the people of a town may be called, by the usual endings: `Toulon`, `Toulonnaise`."""

from collections.abc import Iterator
from itertools import product

_SHORTEST = 5
"""Of a town's name: less of it begins other words too."""
_ENDINGS = (
    *("ais", "aise", "aises", "ois", "oise", "oises"),
    *("ain", "aine", "ains", "aines", "in", "ine", "ins", "ines"),
    *("ien", "iens", "ienne", "iennes", "een", "eens", "eenne", "eennes"),
)


def people_of(town: str) -> Iterator[str]:
    """Forms that the people of a town of one folded word may have, folded; none of a short name."""
    if len(town) >= _SHORTEST:
        bases = dict.fromkeys((town, town.removesuffix("s").removesuffix("e")))
        yield from (base + link + ending for base, link, ending in product(bases, ("", "n"), _ENDINGS))
