"""What a source says its people are: `le secrétaire général de l’Otan, Jens Stoltenberg`, `Oleksiy Reznikov, ministre
ukrainien de la Défense,`, `le président russe Vladimir Poutine`, `Marie Dupont (maire de Nantes)`.
"""

from collections.abc import Iterator, Sequence

from pipeline.text.grammar import DETERMINERS
from pipeline.text.names import Entity
from pipeline.text.people import is_role
from pipeline.text.phrases import Part, noun_end, text_of

_REACH = 12
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
    for first in range(max(0, end - _REACH), end):
        part = stream[first]
        if part.kind != "word" or not is_role(part.low) or noun_end(stream, first) != end:
            continue
        lead = first
        while lead > 0 and stream[lead - 1].low in _LEADS:
            lead -= 1
        determined = lead > 0 and stream[lead - 1].low in DETERMINERS | {"du", "au", "aux"}
        if comma and not determined:
            continue
        return text_of(text, stream, lead, end)
    return None


def _before_brackets(stream: Sequence[Part], end: int) -> int:
    """`le chef de l’Alliance (Otan), X`: the role ends before the brackets."""
    if end > 2 and stream[end - 1].text == ")" and stream[end - 3].text == "(":
        return end - 3
    return end


def _after(text: str, stream: Sequence[Part], at: int, names: Sequence[Entity]) -> str | None:
    first = at + 2
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
