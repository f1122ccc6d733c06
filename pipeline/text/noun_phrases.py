"""The noun phrases of a sentence by order and closed classes: preposition, determiner, noun, what hangs on it by `de`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.text.clause_verbs import Verb
from pipeline.text.clause_words import Word
from pipeline.text.fold import fold
from pipeline.text.grammar import DETERMINERS, PREPOSITIONS, TIME_WORDS, looks_adjectival

_HEAD = 8


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun with what belongs to it."""

    first: int
    last: int
    head: str
    """Its noun, folded and without its ending; of a name, the last word of it."""
    text: str
    preposition: str
    """Empty when nothing governs it; `du` is `de`, `aux` is `à`."""
    named: bool
    time: bool
    complements: frozenset[str]
    """Heads of what hangs on it by `de`."""

    @property
    def free(self) -> bool:
        return not self.preposition and not self.time


_SIMPLE = {"d'": "de", "du": "de", "des": "des", "au": "à", "aux": "à", "jusqu'": "jusque"}
_DOUBLE = {"auprès": "à", "face": "contre"}
"""With the `de` or `à` after them: what they say."""
_LINKS = frozenset("de d' du des à au aux".split())
_PARTICLES = frozenset("de d' du des la le van von ben el al saint".split())
_BEFORE_NOUNS = frozenset(
    "ancien ancienne anciens anciennes nouveau nouvel nouvelle nouveaux nouvelles premier première premiers premières "
    "dernier dernière derniers dernières petit petite petits petites grand grande grands grandes jeune jeunes futur "
    "future futurs futures prochain prochaine prochains prochaines actuel actuelle actuels actuelles seul seule seuls "
    "seules même mêmes autre autres bon bonne bons bonnes mauvais mauvaise principal principale principaux principales "
    "ex vaste double simple long longue haut haute deuxième troisième second seconde certain certaine plusieurs "
    "véritable vrai vraie fort forte forts fortes lourd lourde belle beau beaux quelque quelques".split()
)


def noun_key(word: str) -> str:
    """`élève` and `élèves` are the same noun; `département` and `départ` are two."""
    folded = fold(word)
    bare = folded.rstrip("sx") or folded
    return bare[:_HEAD].rstrip("e") or bare


def phrases(row: Sequence[Word], found: Sequence[Verb]) -> Iterator[Phrase]:
    taken = {place for verb in found for place in range(verb.first, verb.last)}
    pending: Phrase | None = None
    at = 0
    while at < len(row):
        phrase = _phrase_at(row, at, taken)
        if phrase is None:
            at += 1
            continue
        at = phrase.last
        if (
            pending
            and phrase.preposition in ("de", "des")
            and phrase.first == pending.last
            and not phrase.time
        ):
            pending = _joined(pending, phrase)
            continue
        if pending and _names(row, pending, phrase):
            pending = _joined(pending, phrase)
            continue
        if pending:
            yield pending
        pending = phrase
    if pending:
        yield pending


def _names(row: Sequence[Word], owner: Phrase, name: Phrase) -> bool:
    """`le fonds Alderon`: a name right after a noun is the noun's."""
    bare = name.named and not name.preposition and row[name.first].text[0].isupper()
    return bare and name.first == owner.last and not owner.named and not owner.time


_AMOUNTS = frozenset(
    map(
        noun_key,
        "dizaine douzaine quinzaine vingtaine trentaine quarantaine cinquantaine centaine millier millions milliards million "
        "milliard moitié tiers quart majorité plupart nombre ensemble reste partie totalité".split(),
    )
)


def _joined(owner: Phrase, owned: Phrase) -> Phrase:
    head = owned.head if owner.head in _AMOUNTS else owner.head
    return Phrase(
        owner.first, owned.last, head, f"{owner.text} {owned.text}", owner.preposition, owner.named, owner.time,
        owner.complements | {owned.head} | owned.complements,
    )  # fmt: skip


def _phrase_at(row: Sequence[Word], at: int, taken: set[int]) -> Phrase | None:
    """A phrase that begins here: a preposition, a determiner, or a bare noun or name."""
    if at in taken or not row[at].text[0].isalnum():
        return None
    place, preposition = at, ""
    if row[place].low in PREPOSITIONS and row[place].low not in ("voici", "voilà"):
        preposition = _SIMPLE.get(row[place].low, row[place].low)
        place += 1
        if preposition in _DOUBLE and place < len(row) and row[place].low in _LINKS:
            preposition = _DOUBLE[preposition]
            place += 1
        if preposition == "jusque" and place < len(row) and row[place].low in PREPOSITIONS:
            place += 1
    determined = False
    while (
        place < len(row)
        and place not in taken
        and (row[place].low in DETERMINERS or row[place].low in _BEFORE_NOUNS or row[place].text[0].isdigit())
    ):
        determined = True
        place += 1
    if place >= len(row) or place in taken or not (row[place].root or row[place].low in TIME_WORDS):
        return None
    if row[at].low == "des" and not determined:
        determined = True
    end = _end(row, place, taken)
    named = row[place].text[0].isupper() and (place > 0 or end - place > 1)
    if not named and not determined and not preposition and place > 0:
        return None
    head = noun_key(row[end - 1].text) if named else noun_key(row[place].text)
    time = row[place].low in TIME_WORDS
    text = " ".join(w.text for w in row[at:end])
    return Phrase(at, end, head, text, preposition, named, time, frozenset())


def _end(row: Sequence[Word], place: int, taken: set[int]) -> int:
    """One past the run of a name, or past the noun and its adjectives."""
    end = place + 1
    if row[place].text[0].isupper():
        while (
            end < len(row) and end not in taken and row[end].text[0].isupper() and row[end].text[0].isalpha()
        ):
            end += 1
        if end > place + 1 or place > 0:
            return end
    while (
        end < len(row)
        and end not in taken
        and row[end].root
        and not row[end].text[0].isupper()
        and looks_adjectival(row[end].low)
    ):
        end += 1
    return end
