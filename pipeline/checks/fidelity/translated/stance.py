"""FID011 across languages: what an English sentence denies, leaves open or limits, told otherwise by the French one.

Compared is what stands on both sides: a verb of consent or refusal, a word under a denial, a clause under `may`. A
sentence that denies, doubts or limits in any way of its own is believed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.checks.fidelity.comparison import Comparison
from pipeline.checks.fidelity.translated.beside import Foreign, Pairing, paired
from pipeline.model import Finding
from pipeline.text.clause_verbs import FUTURE, PAST, PRESENT, Verb
from pipeline.text.clause_words import Word
from pipeline.text.english.clauses import Word as English
from pipeline.text.english.clauses import is_said as english_speech
from pipeline.text.english.clauses import denies as denies_in_english
from pipeline.text.stances import DENY, denies, is_unreal, shades
from pipeline.text.verb_forms import root
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
    here = [(w, side) for w in pairing.reading.words if (side := _side(w)) and pairing.told(w)]
    there = {side for w in pairing.foreign.words if (side := _english_side(pairing.foreign.words, w))}
    if len({side for _, side in here}) != 1 or len(there) != 1:
        return None
    word, side = here[0]
    others = {s for rival in pairing.rivals for w in rival.words if (s := _english_side(rival.words, w))}
    shared = sum(1 for at in pairing.meets if pairing.reading.words[at] is not word)
    if side in there or side in others or shared < 2:
        return None
    return word, f"source: “{pairing.foreign.shown}”; piece turns it (“{word.text}”)"


def _side(word: Word) -> int:
    """1 of a yes, -1 of a no, 0 of neither; a denied one is the other."""
    side = (word.root in _YES) - (word.root in _NO)
    return -side if word.denied else side


def _english_side(row: Sequence[English], word: English) -> int:
    side = (word.low in _ENGLISH_YES) - (word.low in _ENGLISH_NO)
    if word.low in ("rule", "ruled", "rules", "ruling", "turned"):
        after = next((w.low for w in row if w.start > word.start), "")
        side = -(after in (("down",) if word.low == "turned" else ("out",)))
    return -side if word.denied else side


def _undenied(pairing: Pairing) -> _Found:
    """A word that the source has only under a denial, and no denial of any sort in the French sentence."""
    if pairing.share < _ENOUGH or any(_denies_itself(pairing, at) for at in range(len(pairing.reading.words))):
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


def _denied(pairing: Pairing) -> _Found:
    """A verb denied here, and nothing denied in any way there."""
    if any(w.denied or denies_in_english(w.low) for w in pairing.foreign.words):
        return None
    for verb in pairing.reading.verbs:
        word = pairing.reading.words[verb.at]
        if word.denied and verb.at in pairing.meets and not _met(pairing.rivals, pairing.keys(verb.at), denied=True):
            return word, f"source: “{pairing.foreign.shown}”; piece denies “{word.text}”"
    return None


def _too_sure(pairing: Pairing) -> _Found:
    """What the source tells as possible, or as a plan, told as a fact or as done."""
    if _leaves_open(pairing):
        return None
    for verb in pairing.reading.verbs:
        word = pairing.reading.words[verb.at]
        if verb.mood not in (FUTURE, PRESENT, PAST) or verb.infinitive or not pairing.told(word) or _only_says(word):
            continue
        met = [pairing.foreign.words[n] for at in _around(pairing, verb) for n in pairing.meets[at][:1]]
        own = [pairing.foreign.words[n] for n in pairing.meets.get(verb.at, ())]
        if len(met) < 2:
            continue
        for mood, how in (("possible", "possible"), ("to come", "a plan")):
            most = sum(w.mood == mood for w in met) * 2 > len(met)
            its = bool(own) and all(w.mood == mood for w in own)
            if (most or its) and (mood == "possible" or verb.mood == PAST):
                return word, f"source tells it as {how}: “{pairing.foreign.shown}”; piece tells it as a fact"
    return None


def _leaves_open(pairing: Pairing) -> bool:
    """`selon` is none where the source says who says so too."""
    row = pairing.reading.words
    if any(w.root in _BLAMES for w in row):
        return True
    if not english_speech(pairing.foreign.words):
        return is_unreal(pairing.reading)
    return is_unreal(replace(pairing.reading, words=tuple(w for w in row if w.low != "selon")))


_BLAMES = _roots("reprocher accuser soupçonner présumer imputer redouter sembler paraître supposer suspecter")


def _only_says(word: Word) -> bool:
    return word.low in SPEECH or word.root in _DECIDES


_DECIDES = _roots("annoncer décider voter approuver adopter présenter dévoiler demander parler promettre dire indiquer")


def _around(pairing: Pairing, verb: Verb) -> Iterator[int]:
    """The words of the verb's stretch that meet others and are no names."""
    segment = pairing.reading.words[verb.at].segment
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
