"""FID011 across languages: what an English sentence denies, leaves open or limits, told otherwise by the French one.

Compared is what stands on both sides: a verb of consent or refusal, a word under a denial, a clause under `may`. A
sentence that denies, doubts or limits in any way of its own is believed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.checks.fidelity.comparison import Comparison
from pipeline.checks.fidelity.translated.beside import Foreign, Pairing, paired
from pipeline.model import Finding
from pipeline.text.clause_verbs import FUTURE, PAST, PRESENT
from pipeline.text.clause_words import Word
from pipeline.text.english.clauses import Word as English
from pipeline.text.english.clauses import denies as denies_in_english
from pipeline.text.english.clauses import is_said
from pipeline.text.grammar import DETERMINERS, PREPOSITIONS
from pipeline.text.stances import DENY, denies, is_unreal, shades
from pipeline.text.verb_forms import looks_infinitive, root
from pipeline.text.verbs import SPEECH


def _roots(words: str) -> frozenset[str]:
    return frozenset(map(root, words.split()))


_YES = _roots(
    "accepter admettre admis reconnaître reconnu confirmer avouer concéder autoriser approuver permettre permis valider favorable "
    "consentir autorisation approbation"
)
_NO = _roots(
    "refuser refus rejeter rejet nier nie nient démentir démenti contester réfuter récuser exclure exclut écarter interdire interdit "
    "opposer décliner repousser interdiction"
)
_ENGLISH_YES = frozenset(
    "accept accepts accepted agree agrees agreed admit admits admitted acknowledge acknowledges acknowledged confirm confirms "
    "confirmed concede concedes conceded allow allows allowed permit permits permitted approve approves approved approval "
    "authorise authorised authorize authorized licensed".split()
)
_ENGLISH_NO = frozenset(
    "deny denies denied denying denial refuse refuses refused refusal reject rejects rejected rejection dispute disputes disputed "
    "contest contested oppose opposes opposed opposition decline declines declined banned ban forbids forbidden prohibited "
    "vetoed disagreed".split()
)
_FEWEST = 2
_ENOUGH = 0.4
"""Share of a sentence's words that meet one."""
_LIMITS = {
    "local": "local", "regional": "régional", "national": "national", "nationwide": "national", "international": "international",
    "european": "européen", "global": "mondial", "worldwide": "mondial", "world": "mondial", "municipal": "municipal",
    "provincial": "provincial", "federal": "fédéral",
}  # fmt: skip
_LIMIT_OF = {root(french): french for french in _LIMITS.values()} | {root("nationaux"): "national"}


def find_stance(comparison: Comparison) -> Iterator[Finding]:
    for pairing in paired(comparison):
        for find in (_turned, _undenied, _denied, _too_sure, _other_limit):
            if found := find(pairing):
                word, message = found
                start = pairing.statement.start
                span = (start + word.start, start + word.end)
                yield comparison.finding(
                    "FID011", "warn", message, pairing.statement, span, (pairing.foreign.evidence,)
                )
                break


_Found = tuple[Word, str] | None


def _turned(pairing: Pairing) -> _Found:
    """`refused` told as `a accepté`."""
    here = [(w, pole) for w in pairing.reading.words if (pole := side(w)) and pairing.told(w)]
    there = sides(pairing.foreign)
    if len({pole for _, pole in here}) != 1 or len(there) != 1:
        return None
    word, told = here[0]
    shared = sum(1 for at in pairing.meets if pairing.reading.words[at] is not word)
    if shared < _FEWEST or told in there or any(told in sides(rival) for rival in pairing.rivals):
        return None
    return word, f"source: “{pairing.foreign.shown}”; piece turns it (“{word.text}”)"


def side(word: Word) -> int:
    """1 of a yes, -1 of a no, 0 of neither; a denied one is the other."""
    pole = (word.root in _YES) - (word.root in _NO)
    return -pole if word.denied else pole


def sides(foreign: Foreign) -> set[int]:
    """Those of a sentence of a source."""
    return {pole for w in foreign.words if (pole := english_side(foreign.words, w))}


def english_side(row: Sequence[English], word: English) -> int:
    """`side` of an English word, in its sentence."""
    pole = (word.low in _ENGLISH_YES) - (word.low in _ENGLISH_NO)
    if word.low in ("rule", "ruled", "rules", "ruling", "turned"):
        after = next((w.low for w in row if w.start > word.start), "")
        pole = -(after == ("down" if word.low == "turned" else "out"))
    return -pole if word.denied else pole


def _undenied(pairing: Pairing) -> _Found:
    """A word that the source has only under a denial, and no denial of any sort in the French sentence."""
    if pairing.share < _ENOUGH or any(
        _denies_itself(pairing, at) for at in range(len(pairing.reading.words))
    ):
        return None
    for at, theirs in pairing.meets.items():
        word, rows = pairing.reading.words[at], [pairing.foreign.words[n] for n in theirs]
        if word.text[0].isupper() or word.text[0].isdigit() or not all(w.denied for w in rows):
            continue
        if not _met(pairing.rivals, pairing.keys(at), denied=False):
            return word, f"source denies “{rows[0].text}”: “{pairing.foreign.shown}”; piece does not"
    return None


def _denies_itself(pairing: Pairing, at: int) -> bool:
    """A denial that is not only the sense of a word which the source has too: `fermer` of `no plans to close`."""
    word = pairing.reading.words[at]
    return word.denied or word.low in DENY or (at not in pairing.meets and (denies(word) or shades(word)))


_LACKS = frozenset(
    "fail failed fails failing lack lacks lacked unable avoid avoided prevent prevented stop stopped stops refuse cancelled "
    "canceled only few little less rather instead unlikely impossible free unchanged despite spared escaped".split()
)


def _denied(pairing: Pairing) -> _Found:
    """A verb denied here, and nothing denied in any way there."""
    row = pairing.foreign.words
    if -1 in sides(pairing.foreign) or any(
        w.denied or denies_in_english(w.low) or w.low in _LACKS for w in row
    ):
        return None
    for verb in pairing.reading.verbs:
        word = pairing.reading.words[verb.at]
        if (
            word.denied
            and verb.at in pairing.meets
            and not _met(pairing.rivals, pairing.keys(verb.at), denied=True)
        ):
            return word, f"source: “{pairing.foreign.shown}”; piece denies “{word.text}”"
    return None


def _too_sure(pairing: Pairing) -> _Found:
    """What the source tells as possible, or as a plan, told as a fact or as done."""
    if _leaves_open(pairing):
        return None
    for at, mood in _asserted(pairing):
        word = pairing.reading.words[at]
        for kind, how in (("possible", "possible"), ("to come", "a plan")):
            if (kind == "possible" or mood == PAST) and _all_of(pairing, at, kind):
                return word, f"source tells it as {how}: “{pairing.foreign.shown}”; piece tells it as a fact"
    return None


def _asserted(pairing: Pairing) -> Iterator[tuple[int, int]]:
    """(index, mood) of the verbs that vouch for what they tell."""
    row = pairing.reading.words
    for verb in pairing.reading.verbs:
        word = row[verb.at]
        says = word.low in SPEECH or word.root in _DECIDES
        if verb.mood in (FUTURE, PRESENT, PAST) and not verb.infinitive and not says and pairing.told(word):
            yield verb.at, verb.mood or PRESENT
    known = {verb.at for verb in pairing.reading.verbs}
    for at, theirs in pairing.meets.items():
        # A bare present is told from a noun by the verb after `may` that it stands for.
        bare = at > 0 and at not in known and row[at].low[-1] in "te" and row[at].text[0].islower()
        governed = row[at - 1].low in DETERMINERS | PREPOSITIONS
        if bare and not governed and any(_may_before(pairing, n) for n in theirs):
            yield at, PRESENT


def _may_before(pairing: Pairing, n: int) -> bool:
    return n > 0 and pairing.foreign.words[n - 1].low in ("may", "might", "could")


def _all_of(pairing: Pairing, at: int, mood: str) -> bool:
    """Most of what stands with a verb is told so, or what it stands for itself, with more in its stretch."""
    met = {other: pairing.foreign.words[pairing.meets[other][0]] for other in _around(pairing, at)}
    own = met.get(at)
    if len(met) < _FEWEST:
        return False
    if own and own.mood == mood and sum(w.segment == own.segment for w in met.values()) >= _FEWEST:
        return True
    return sum(w.mood == mood for w in met.values()) * 2 > len(met)


def _leaves_open(pairing: Pairing) -> bool:
    """`selon` is none where the source says who says so too; nor is a word that the source has as it is."""
    row = pairing.reading.words
    if any(w.root in _BLAMES for w in row):
        return True
    given = {"selon"} if is_said(pairing.foreign.words) else set()
    plain = {
        at
        for at, theirs in pairing.meets.items()
        if all(pairing.foreign.words[n].mood == "fact" for n in theirs)
    }
    plain |= {at for at, w in enumerate(row) if at and w.low in _THINGS and row[at - 1].low in DETERMINERS}
    # `pour 6 millions` is no purpose
    plain |= {
        at
        for at, (w, after) in enumerate(pairwise(row))
        if w.low == "pour" and not looks_infinitive(after.low)
    }
    left = (w for at, w in enumerate(row) if w.low not in given and at not in plain)
    return is_unreal(replace(pairing.reading, words=tuple(left)))


_THINGS = frozenset("étude études demande demandes risque risques".split())
"""Nouns that the verbs which leave something open share their roots with."""
_BLAMES = _roots("reprocher accuser soupçonner présumer imputer redouter sembler paraître supposer suspecter")


_DECIDES = _roots(
    "annoncer décider voter approuver adopter présenter dévoiler demander parler promettre dire indiquer"
)


def _around(pairing: Pairing, verb: int) -> Iterator[int]:
    """The words of the verb's stretch that meet others and are no names."""
    segment = pairing.reading.words[verb].segment
    for at in pairing.meets:
        word = pairing.reading.words[at]
        if word.segment == segment and not word.text[0].isupper():
            yield at


def _other_limit(pairing: Pairing) -> _Found:
    """`regional` told as `national`."""
    here = [(w, _LIMIT_OF[w.root]) for w in pairing.reading.words if w.root in _LIMIT_OF and pairing.told(w)]
    there = {_LIMITS[w.low] for w in pairing.foreign.words if w.low in _LIMITS}
    if len(here) != 1 or len(there) != 1 or here[0][1] in there:
        return None
    word, limit = here[0]
    if any(w.low in _LIMITS and _LIMITS[w.low] == limit for rival in pairing.rivals for w in rival.words):
        return None
    return word, f"source: “{pairing.foreign.shown}”; piece: “{word.text}”"


def _met(rivals: Sequence[Foreign], keys: frozenset[str], *, denied: bool) -> bool:
    return any(
        keys & theirs and word.denied == denied
        for rival in rivals
        for word, theirs in zip(rival.words, rival.keys, strict=True)
    )
