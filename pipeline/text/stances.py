"""Where a sentence denies what it tells, and where it tells it as no fact: the places, and what each covers.

A denial is open (`ne … pas`, `sans`) or lies in a word (`refuser`, `interdit`). What is asked for, feared, planned or
only possible is no fact yet. Both cover the words after them in their stretch; of a passive, its subject.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.text.clause_verbs import DUE, EXPECTED, FUTURE, POSSIBLE, Verb
from pipeline.text.clause_words import Word
from pipeline.text.clauses import Reading
from pipeline.text.grammar import DETERMINERS, TIME_WORDS
from pipeline.text.units import unit_at
from pipeline.text.verb_forms import looks_participle, root

Kind = Literal["denied", "unreal", "due"]
"""`due` is what is to come: a plan, a duty, the future."""


@dataclass(frozen=True, slots=True)
class Stance:
    kind: Kind
    at: int
    """Index of the word it lies in, or of the first word under it."""
    open: bool
    """Told by a grammatical word, not by the sense of one; always so of moods."""
    covered: tuple[Word, ...]


def _roots(words: str) -> frozenset[str]:
    return frozenset(map(root, words.split()))


REFUSING = _roots(
    "nie nient niait niaient niant nié absence défaut refuser refus rejeter rejet rejette interdire interdiction débouter exclure renoncer nier démentir démenti dément démentent démentait "
    "empêcher déconseiller annuler annulation échouer échec abandonner priver prohiber opposer"
)
NEGATIVE = REFUSING | _roots(
    "repousser absence absent manque manquer éviter impossible incapable nul dénué dépourvu contester contestation ignorer cesser arrêter "
    "arrêt suspendre suspension faible faux écarter échapper hostile difficile difficulté disparaître disparition fermer "
    "fermeture report reporter couper coupure bloquer blocage interrompre interruption supprimer suppression perdre perte "
    "indemne inchangé intact exempter exonérer exempt exemption épargner privé fini terminer rare rareté insuffisant contraire inverse "
    "différer décaler ajourner tarder barrer dénoncer critiquer condamner critique regretter déplorer mauvais pire tort vain dommage hélas dispenser taire silence secret "
    "muet stopper paralyser geler figer chuter baisser baisse diminuer reculer recul limiter menacer privation mécontent déçu "
    "désaccord inaccessible invisible inédit inconnu inutile opposition adversaire échoué non-lieu retard "
    "loin veto stable stabilité contre conflit fermé"
)
RESTORING = _roots("retrouver rétablir récupérer recouvrer restituer")
"""What is got back was away."""
DENY = frozenset("ne n' pas jamais aucun aucune rien ni sans non".split())
SHADED = frozenset(
    "peu guère loin trop moins seul seule seuls seules seulement uniquement sauf hormis hors malgré rarement mal faute "
    "contre excepté sinon autre autres plutôt toujours reste restent restera restait demeure contrairement hélas tort avant toutefois pourtant".split()
)
_NEGATIVE_BEGINNINGS = ("in", "im", "ir", "il", "dé", "non", "mé", "mal", "anti")
_LONG = 7

_UNREAL = _roots(
    "éventuel éventuellement possible probable probablement possibilité projet risque risquer envisager prévoir prévu "
    "espérer espoir souhaiter souhait vouloir veut hypothèse craindre crainte condition menacer projeter redouter "
    "ambition objectif viser promettre promesse engager promis demander demande réclamer exiger plaider proposer "
    "proposition appeler inviter solliciter rêver étudier réfléchir intention but tenter essayer vœu soupçonner prétendre "
    "présumer supposer imaginer attendre"
)
_ASKS = _roots(
    "envisager espérer souhaiter vouloir veut craindre projeter redouter viser promettre demander réclamer exiger "
    "plaider proposer solliciter rêver tenter risquer ambitionner"
)
_UNREAL_LOW = frozenset(
    "si s'il selon peut-être sans-doute pourrait pourraient devrait devraient doit doivent devra devront peut peuvent "
    "pourra pourront pouvait aurait auraient serait seraient voudrait voudraient faudrait faut faudra pour afin pouvoir "
    "faudrait veut veulent voulait voulaient mieux semble semblent vers jusqu' d'ici doute accusé accusée".split()
)
_UNREAL_ENDINGS = ("rait", "raient")
_REACH = 12
_NEXT = 4
"""Words that tell something; what stands further on is hardly denied."""


@lru_cache(maxsize=1024)
def stances(reading: Reading) -> tuple[Stance, ...]:
    return (*_denials(reading), *_unreals(reading))


def denies(word: Word) -> bool:
    """Openly, or by its sense."""
    return word.denied or word.low in DENY or word.root in NEGATIVE


def shades(word: Word) -> bool:
    """Anything else that may deny: a faithful rewrite denies in many ways."""
    return word.low in SHADED or (
        bool(word.root) and len(word.low) > _LONG and word.low.startswith(_NEGATIVE_BEGINNINGS)
    )


def is_unreal(reading: Reading) -> bool:
    """Anything in the sentence that may tell it as no fact."""
    return any(
        w.low in _UNREAL_LOW
        or w.root in _UNREAL
        or (w.denied and w.root in NEGATIVE)
        or (w.low.endswith(_UNREAL_ENDINGS) and bool(w.root))
        for w in reading.words
    )


def _denials(reading: Reading) -> Iterator[Stance]:
    row = reading.words
    for at, word in enumerate(row):
        if word.denied and not (at and row[at - 1].denied):
            if _affirms(row, at):
                continue
            yield Stance("denied", at, True, (*_subject_of(reading, at), *_covered(row, at)))
        elif word.low == "faute" and at + 1 < len(row) and row[at + 1].low in ("de", "d'"):
            yield Stance("denied", at, False, _covered(row, at + 1))
        elif word.root in REFUSING and not word.denied and _takes(row, at):
            yield Stance("denied", at, False, _of_passive(reading, at) or _covered(row, at + 1))


_LITOTES = NEGATIVE | _roots(
    "cacher dissimuler douter doute cesse cesser tarder hésiter moindre relâche peine problème souci encombre incident heurt "
    "surprise gêner déplaire ignorer négliger oublier sauver fin compter"
)


def _affirms(row: Sequence[Word], at: int) -> bool:
    """`n'a pas tardé`, `n'ouvrira pas avant mai`, `jamais été aussi haut`, `si les cours ne remontent pas`."""
    segment = row[at].segment
    around = [w.low for w in row[max(0, at - _REACH) : at + _REACH] if w.segment == segment]
    return row[at].root in _LITOTES or not _HALVES.isdisjoint(around)


_HALVES = frozenset("cesse avant que aussi autant si s' s'il seulement uniquement".split())


def _takes(row: Sequence[Word], at: int) -> bool:
    """A noun covers only what hangs on it: `le refus de signer`."""
    is_noun = at > 0 and row[at - 1].low in DETERMINERS
    return not is_noun or (at + 1 < len(row) and row[at + 1].low in ("de", "d'", "du", "des"))


def _covered(row: Sequence[Word], at: int) -> tuple[Word, ...]:
    """The words that tell, from here to the end of the stretch; a clause with `que` at once after it too."""
    found: list[Word] = []
    segment = row[at].segment if at < len(row) else -1
    for word in row[at : at + _REACH]:
        if word.segment != segment and not (word.low in ("que", "qu'") and not found):
            break
        segment = word.segment
        if _tells(word):
            found.append(word)
    return tuple(found[:_NEXT])


def _tells(word: Word) -> bool:
    return bool(word.root) and word.low not in TIME_WORDS and unit_at(word.low, 0) is None


def _subject_of(reading: Reading, at: int) -> tuple[Word, ...]:
    """Of a verb that has no object: all that is denied is said of it."""
    clause = next((c for c in reading.clauses if c.verb.at == at and not c.verb.passive), None)
    if clause is None:
        return _of_passive(reading, at)
    if clause.objects or clause.others:
        return ()
    return tuple(w for p in clause.subjects for w in reading.words[p.first : p.last] if _tells(w))


def _of_passive(reading: Reading, at: int) -> tuple[Word, ...]:
    row = reading.words
    if not looks_participle(row[at].low):
        return ()
    verb = next((v for v in reading.verbs if v.at == at and v.passive), None)
    if verb is None:
        return ()
    segment = row[at].segment
    return tuple(w for w in row[max(0, at - _REACH) : at] if w.segment == segment and _tells(w))


def _unreals(reading: Reading) -> Iterator[Stance]:
    row = reading.words
    for verb in reading.verbs:
        if verb.mood == POSSIBLE:
            yield Stance("unreal", verb.at, True, _around_verb(row, verb))
        elif verb.mood in (EXPECTED, DUE, FUTURE):
            yield Stance("due", verb.at, True, _around_verb(row, verb))
    for at, word in enumerate(row):
        if word.root in _ASKS and not word.denied:
            yield Stance("unreal", at, False, _covered(row, at + 1))


def _around_verb(row: Sequence[Word], verb: Verb) -> tuple[Word, ...]:
    """What a verb tells: itself and what follows; of a passive, its subject too."""
    after = _covered(row, verb.at)
    if not verb.passive:
        return after
    segment = row[verb.at].segment
    return (
        *(w for w in row[max(0, verb.first - _REACH) : verb.first] if w.segment == segment and _tells(w)),
        *after,
    )
