"""Who sits where around a verb, in a clause of the piece and in the clause of the source that it retells."""

from collections.abc import Iterator, Sequence

from pipeline.text.clauses import Clause
from pipeline.text.noun_phrases import Phrase

Said = tuple[Phrase, Phrase, str]
"""The piece's phrase, the source's phrase of that seat, and the seat."""

_TO = frozenset("à vers chez contre".split())
_STEM = 5


def keys(phrase: Phrase) -> frozenset[str]:
    return phrase.complements | {phrase.head}


def heads(phrases: Sequence[Phrase]) -> frozenset[str]:
    return frozenset(p.head for p in phrases)


def all_keys(phrases: Sequence[Phrase]) -> frozenset[str]:
    return frozenset(key for p in phrases for key in keys(p))


def alike(some: frozenset[str], others: frozenset[str]) -> bool:
    return any(like(a, b) for a in some for b in others)


def like(one: str, other: str) -> bool:
    """The same noun, or one made from the other: `arbitre`, `arbitrage`."""
    return one == other or (
        min(len(one), len(other)) >= _STEM and (one.startswith(other) or other.startswith(one))
    )


def swapped(here: Clause, there: Clause) -> Said | None:
    """The source's object or receiver is the subject here, or its subject the object or receiver.

    Only where both clauses have more than a subject: `l'usine ferme` says what `on ferme l'usine` says.
    """
    mine, theirs = all_keys(here.subjects), all_keys(there.subjects)
    if not mine or not theirs or alike(mine, theirs) or here.verb.reflexive or there.verb.reflexive:
        return None
    given, held = _given(here), _given(there)
    if not given or not held:
        return None
    if not here.objects and alike(heads(here.subjects), heads(there.objects)):
        return None  # `une classe ouvrira` where the source has `un lycée ouvrira une classe`
    if not there.objects and alike(heads(here.objects), heads(there.subjects)):
        return None  # `elle ouvre le festival` where the source has `le festival ouvre avec elle`
    crossing = (
        *(p for p in here.subjects if any(like(p.head, q.head) for q in held)),
        *(p for p in given if any(like(p.head, q.head) for q in there.subjects)),
    )
    return (here.subjects[-1], there.subjects[-1], "subject") if crossing else None


def _given(clause: Clause) -> tuple[Phrase, ...]:
    received = (p for p in clause.others if p.preposition in _TO)
    return tuple(p for p in (*clause.objects, *received) if not p.time)


def exchanged(pairs: Sequence[tuple[Clause, Clause]]) -> Said | None:
    """Two fillers have changed seats, around one verb or two: `quitte Lens pour Séville`, `… Séville pour Lens`."""
    here = {seat: phrase for n, (mine, _) in enumerate(pairs) for seat, phrase in _seats(n, mine)}
    there = {seat: phrase for n, (_, theirs) in enumerate(pairs) for seat, phrase in _seats(n, theirs)}
    both = [seat for seat in here if seat in there and here[seat].head != there[seat].head]
    for index, one in enumerate(both):
        for other in both[index + 1 :]:
            if here[one].head == there[other].head and here[other].head == there[one].head:
                return here[one], there[one], one[1]
    return None


def _seats(verb: int, clause: Clause) -> Iterator[tuple[tuple[int, str], Phrase]]:
    """The first filler of each seat, the last one first, so that a dict keeps the first."""
    for phrase in reversed(clause.others):
        if not phrase.time:
            yield (verb, phrase.preposition), phrase
    if clause.objects:
        yield (verb, "object"), clause.objects[0]
    if clause.subjects:
        yield (verb, "subject"), clause.subjects[-1]
