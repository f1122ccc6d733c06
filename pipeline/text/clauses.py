"""A sentence read lightly: its words with their polarity and mood, its verbs with what stands around them.

No parser and no lexicon: closed classes, endings and order. What cannot be told stays None, so that a reader
of clauses can keep silent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text.clause_verbs import Verb, verbs
from pipeline.text.clause_words import Word, words
from pipeline.text.noun_phrases import Phrase, phrases


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with its seats. An active verb's subject and a passive one's agent are both `subjects`."""

    verb: Verb
    subjects: tuple[Phrase, ...]
    """A name and its apposition both stand here; empty when a pronoun or nothing does."""
    objects: tuple[Phrase, ...]
    others: tuple[Phrase, ...]
    """Governed by a preposition."""


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """Compared by identity: `read` gives the same one for the same sentence."""

    words: tuple[Word, ...]
    verbs: tuple[Verb, ...]
    phrases: tuple[Phrase, ...]
    clauses: tuple[Clause, ...]
    roots: frozenset[str]
    stretches: tuple[frozenset[str], ...]
    """The roots of each stretch between commas and conjunctions, by `Word.segment`."""


@lru_cache(maxsize=512)
def read(sentence: str) -> Reading:
    """A sentence longer than anyone writes is read as far as the limit."""
    row = tuple(words(sentence[:_LONGEST]))
    found = tuple(verbs(row))
    nouns = tuple(phrases(row, found))
    clauses = tuple(_clauses(row, found, nouns))
    return Reading(row, found, nouns, clauses, frozenset(w.root for w in row if w.root), _stretches(row))


def _stretches(row: Sequence[Word]) -> tuple[frozenset[str], ...]:
    found: list[set[str]] = [set() for _ in range(row[-1].segment + 1)] if row else []
    for word in row:
        if word.root:
            found[word.segment].add(word.root)
    return tuple(frozenset(s) for s in found)


_LONGEST = 1200
_BREAKS = frozenset(". ; : ! ? ( ) – —".split())
_JOINS = frozenset("que qu' qui où dont lorsque lorsqu' quand mais car tandis puisque si".split())


def _clauses(row: Sequence[Word], found: Sequence[Verb], nouns: Sequence[Phrase]) -> Iterator[Clause]:
    inherited: tuple[Phrase, ...] = ()
    receiver: tuple[Phrase, ...] = ()
    for number, verb in enumerate(found):
        floor = found[number - 1].last + 1 if number else 0
        ceiling = found[number + 1].first if number + 1 < len(found) else len(row)
        before = _before(row, verb, floor, nouns)
        after, governed = _after(row, verb, ceiling, nouns)
        if before is None and after and _inverted(row, verb):
            before, after = after, ()
        if before is None and number and _coordinated(row, found[number - 1], verb):
            before = inherited
        if not before and verb.infinitive and number and _governed_by(row, found[number - 1], verb):
            before = receiver or inherited
        inherited = before or inherited if verb.infinitive else before or ()
        receiver = tuple(p for p in governed if p.preposition == "à" and p.last == ceiling - 1)
        yield _seated(verb, before or (), after, governed)


def _seated(
    verb: Verb, before: tuple[Phrase, ...], after: tuple[Phrase, ...], governed: tuple[Phrase, ...]
) -> Clause:
    if not verb.passive:
        return Clause(verb, before, after, governed)
    agents = tuple(p for p in governed if p.preposition == "par")
    return Clause(verb, agents, before, tuple(p for p in governed if p.preposition != "par"))


def _before(
    row: Sequence[Word], verb: Verb, floor: int, nouns: Sequence[Phrase]
) -> tuple[Phrase, ...] | None:
    """The ungoverned phrases between the clause's beginning and its verb; None where there is none."""
    start = floor
    for at in range(verb.first - 1, floor - 1, -1):
        if row[at].text in _BREAKS or (row[at].low in _JOINS and row[at].low != "qui"):
            start = at + 1
            break
        if row[at].low == "qui":
            return _antecedent(at, nouns) if at == verb.first - 1 else None
    if verb.infinitive or verb.pronoun:
        return () if verb.pronoun else None
    own = tuple(p for p in nouns if start <= p.first and p.last <= verb.first and p.free)
    if start == floor and floor and own and row[floor].text != ",":
        own = own[1:] if _is_object_of_last(row, own[0], floor) else own
    return own or None


def _is_object_of_last(row: Sequence[Word], phrase: Phrase, floor: int) -> bool:
    """`a promis un emprunt et le maire signe`: what follows the earlier verb at once belongs to it."""
    return all(
        row[at].text not in ",;" and row[at].low not in ("et", "ou") for at in range(floor, phrase.first)
    )


def _inverted(row: Sequence[Word], verb: Verb) -> bool:
    """`« … », a souligné le maire`: the subject follows."""
    return verb.first > 0 and row[verb.first - 1].text in _BEFORE_INCISE


_BEFORE_INCISE = frozenset(', » " ”'.split())


def _antecedent(at: int, nouns: Sequence[Phrase]) -> tuple[Phrase, ...] | None:
    last = [p for p in nouns if p.last <= at]
    return (last[-1],) if last and at - last[-1].last <= 1 else None


def _coordinated(row: Sequence[Word], former: Verb, verb: Verb) -> bool:
    between = row[former.last : verb.first]
    lows = {w.low for w in between}
    return (
        bool({"et", "puis", "mais"} & lows)
        and not (lows & {"que", "qu'", "qui", "dont"})
        and not verb.pronoun
    )


def _governed_by(row: Sequence[Word], former: Verb, verb: Verb) -> bool:
    """`promet à la ville d'acheter`: the infinitive has no subject of its own."""
    between = row[former.last : verb.first]
    return row[verb.first - 1].low in ("de", "d'", "à") and not any(
        w.text in _BREAKS or w.text == "," for w in between
    )


def _after(
    row: Sequence[Word], verb: Verb, ceiling: int, nouns: Sequence[Phrase]
) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """(the direct object, what prepositions govern), up to the next verb or the clause's end."""
    end = ceiling
    for at in range(verb.last, ceiling):
        if row[at].text in _BREAKS or row[at].low in _JOINS:
            end = at
            break
    near = [p for p in nouns if verb.last <= p.first and p.last <= end]
    comma = next((at for at in range(verb.last, end) if row[at].text == ","), end)
    free = [p for p in near if p.free and p.last <= comma]
    takes_object = not verb.passive and not verb.reflexive and not verb.copula
    share = [p for p in near[:1] if p.preposition == "de" and _is_share(row[verb.last : p.first])]
    objects = (*free[:1], *share[: not free], *_apposed(near, comma))
    return tuple(objects if takes_object and (free or share) else ()), tuple(p for p in near if p.preposition)


def _is_share(between: Sequence[Word]) -> bool:
    """`possède 70 % du fonds`"""
    return bool(between) and all(w.text[0].isdigit() or w.text in "%," for w in between)


def _apposed(near: Sequence[Phrase], comma: int) -> tuple[Phrase, ...]:
    """`la ministre du Kavir, Leïla Sarafian`: the name after the first comma."""
    beside = any(p.last == comma for p in near)
    return tuple(p for p in near if beside and p.first == comma + 1 and p.named and p.free)
