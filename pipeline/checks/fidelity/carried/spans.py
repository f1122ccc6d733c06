"""What the words between two values, or before one, say of their order: a part and its whole, the end of a span."""

import re

_TIGHT = re.compile(r"\s?(?:à|et|,|puis|contre)\s")
_OF_WHICH = re.compile(r"\bdont\b")
_OUT_OF = re.compile(r"\b(?:sur|des|parmi|d[’']entre)\b")
_PART = re.compile(
    r"\s(?:\w+\s)?(?:des|sur|d[’']entre|parmi|de (?:ses|leurs|nos))(?:\s(?:les|ses|leurs|nos))?\s"
)
_END = re.compile(r"(?:jusqu['’](?:au|à|en)|(?<=\w )au) \Z", re.IGNORECASE)
_REACH = 60
"""Characters between a whole and its part."""


def is_part_or_next(between: str) -> bool:
    """`120 des 400 pages`, in the source `120 pages sur 400`; `de neuf à 54 salariés`: two values in the source's order,
    of which nothing but that order tells what they are.
    """
    near = between[:_REACH]
    return bool(_PART.fullmatch(near) or _TIGHT.fullmatch(near))


def is_part(between: str) -> bool:
    """`43 agents sur 640`, in the source `sur les 640 agents, 43`: the smaller is the part, in any order."""
    return bool(_PART.fullmatch(between[:_REACH]))


def is_out_of(between: str, there: str) -> bool:
    """`vingt-six wagons, dont onze`, in the source `onze wagons sur vingt-six`: the order is turned, the sense is not."""
    return bool(_OF_WHICH.search(between[:_REACH]) and _OUT_OF.search(there[:_REACH]))


def is_end(text: str, at: int) -> bool:
    """`jusqu’au 10 mai`, `du 8 avril au 10 mai`: a span ends with what begins here."""
    return _END.search(text[max(0, at - 20) : at].replace("\u00a0", " ")) is not None
