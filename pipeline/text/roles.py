"""What a source says its people are: `le secrétaire général de l’Otan, Jens Stoltenberg`, `Oleksiy Reznikov, ministre
ukrainien de la Défense,`, `le président russe Vladimir Poutine`, `Marie Dupont (maire de Nantes)`.
"""

from collections.abc import Iterator, Sequence

from pipeline.text.grammar import DETERMINERS
from pipeline.text.names import Entity
from pipeline.text.people import FIRST_NAMES, is_role
from pipeline.text.phrases import Part, noun_end, text_of

_REACH = 12
_STOPS = frozenset(". ! ? … :".split())
_LEADS = frozenset(
    "ancien ancienne ex nouveau nouvelle premier première haut haute vice jeune actuel actuelle".split()
)


def roles(text: str, stream: Sequence[Part], names: Sequence[Entity]) -> Iterator[tuple[int, str]]:
    """(entity, role as worded) for each person a paragraph gives a role."""
    for at, part in enumerate(stream):
        if part.kind != "name" or names[part.index].kind != "person":
            continue
        role = _before(text, stream, at) or _after(text, stream, at, names)
        if role:
            yield part.index, role


def _before(text: str, stream: Sequence[Part], at: int) -> str | None:
    comma = at > 0 and stream[at - 1].text == ","
    end = _before_brackets(stream, at - 1 if comma else at)
    place = _before_place(stream, end) if comma else None
    if place is not None and (role := _opening(text, stream, place)):
        return role
    for first in range(max(0, end - _REACH), end):
        part = stream[first]
        if part.kind != "word" or not is_role(part.low) or noun_end(stream, first) != end:
            continue
        if not comma and _names_the_body(stream, first, end):
            continue
        lead = first
        while lead > 0 and stream[lead - 1].low in _LEADS:
            lead -= 1
        determined = lead > 0 and stream[lead - 1].low in DETERMINERS | {"du", "au", "aux"}
        if comma and not determined and not _opens(stream, lead):
            continue
        return text_of(text, stream, lead, end)
    return None


def _names_the_body(stream: Sequence[Part], head: int, end: int) -> bool:
    """`directeur de l’office Habitat Lauragais`: the name is the office's, unless it begins with a first name."""
    complement = any(p.low in ("de", "du", "des", "d'") for p in stream[head + 1 : end])
    return complement and end < len(stream) and stream[end].text.split()[0] not in FIRST_NAMES


def _opens(stream: Sequence[Part], at: int) -> bool:
    """`Patronne de la biscuiterie, X`: at the beginning of a sentence."""
    return at == 0 or stream[at - 1].text in _STOPS


def _before_place(stream: Sequence[Part], end: int) -> int | None:
    """`Patronne de la biscuiterie, à Chalaux, X`: the role ends before the place."""
    for comma in range(end - 2, max(0, end - 5), -1):
        if stream[comma].text == ",":
            return comma if stream[comma + 1].low in ("à", "en", "chez", "dans") else None
    return None


def _opening(text: str, stream: Sequence[Part], end: int) -> str | None:
    for first in range(max(0, end - _REACH), end):
        part = stream[first]
        if part.kind != "word" or not is_role(part.low) or not _opens(stream, first):
            continue
        last = noun_end(stream, first)
        named = last + 1 == end and stream[last].kind == "name"
        if last == end or named:
            return text_of(text, stream, first, end)
    return None


def _before_brackets(stream: Sequence[Part], end: int) -> int:
    """`le chef de l’Alliance (Otan), X`: the role ends before the brackets."""
    if end > 2 and stream[end - 1].text == ")" and stream[end - 3].text == "(":
        return end - 3
    return end


def _past_age(stream: Sequence[Part], at: int) -> int:
    """`X, 46 ans, maire de Y`: the role stands behind the age."""
    if at + 3 < len(stream) and stream[at + 1].low == "ans" and stream[at + 2].text == ",":
        return at + 3
    return at


def _after(text: str, stream: Sequence[Part], at: int, names: Sequence[Entity]) -> str | None:
    first = _past_age(stream, at + 2)
    if first >= len(stream) or stream[at + 1].text not in (",", "("):
        return None
    if stream[first].low in DETERMINERS:
        first += 1
    head = first
    while head < len(stream) and stream[head].low in _LEADS:
        head += 1
    if head >= len(stream) or not is_role(stream[head].low):
        return None
    end = noun_end(stream, head)
    if end < len(stream) and stream[end].kind == "name" and names[stream[end].index].kind != "person":
        end += 1
    # `X, le ministre Y` gives the role to Y, and `sur X, le ministre a dit` to nobody.
    closed = end == len(stream) or stream[end].kind == "mark"
    if end < len(stream) and (stream[end].kind == "name" or (first > at + 2 and not closed)):
        return None
    return text_of(text, stream, first, end)
