"""How a piece reads: Kandel-Moles, lengths of sentences and paragraphs, openings, passives, transitions.

Measured on running text: paragraphs, list items and quotations; headings, tables and code are left out.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.text.grammar import ADVERBS, ARTICLES, CONTRACTED, DETERMINERS, FUNCTION_WORDS, plain
from pipeline.text.kept import kept
from pipeline.text.markdown import Block
from pipeline.text.sentences import sentences
from pipeline.text.syllables import count
from pipeline.text.words import word_spans

# Above this many words a sentence is long: the share of such sentences is what French press is compared by.
LONG = 25

_WORD = re.compile(r"[^\W_]+(?:['’]|(?:[-‑][^\W_]+)*)")
# The noun after these tells two openings apart, not they themselves.
_DETERMINERS = DETERMINERS | ARTICLES | CONTRACTED | frozenset("d' de à en".split())

_TO_BE = frozenset(
    "être est sont était étaient sera seront serait seraient fut furent soit soient fût suis es sommes êtes étais "
    "étions étiez serai seras serons serez serais serions seriez fus étant été".split()
)
_REFLEXIVE = frozenset("s' se m' me t' te".split())
# Verbs whose perfect is made with être, and participles that have become adjectives.
_NOT_PASSIVE = re.compile(
    r"(?:allé|arrivé|entré|rentré|resté|tombé|retombé|monté|remonté|retourné|passé|décédé|né|âgé|situé|désolé|"
    r"(?:re|de|par|inter|sur|pro|ad)?venu|devenu|parvenu|sorti|ressorti|parti|reparti|mort|descendu|redescendu|"
    r"éloigné|privé|aisé|usé|spécialisé|vrai|aussi|ainsi|ici|ceci|celui|lui|hui|merci|midi|jeudi|lundi|mardi|samedi|"
    r"mercredi|vendredi|demi|joli|poli|hardi|parmi|quasi|inouï|dû|nu|menu|aigu|tribu|absolu|confus|diffus|petit|"
    r"gratuit|droit|fortuit|inédit|subit|étroit|exact|intact|gris|précis|assis|exquis|indécis|concis|acquis)e?s?\Z"
)
_PARTICIPLE = re.compile(
    r"(?:é|i|(?<![qg])u|û|(?:[fp]|so|r)ait|dit|crit|[dtlr]uit|(?:v|fr|ff|l)ert|eint|oint|aint|clos|clus|mis|pris|quis|sis)"
    r"e?s?\Z"
)
_BETWEEN = ADVERBS | frozenset(
    "pas plus jamais encore toujours très bien mal tous toutes il elle ils elles on ce t désormais ainsi".split()
)

_TRANSITION_WORDS = (
    "ainsi alors aussi autrement bref car cependant certes concrètement conséquemment corollairement donc "
    "effectivement également enfin ensuite finalement globalement inversement justement lorsque lorsqu' mais "
    "malgré moyennant néanmoins notamment or outre parallèlement pareillement pourtant premièrement "
    "deuxièmement troisièmement puis puisque puisqu' quant quoique quoiqu' réciproquement semblablement similairement "
    "simultanément sinon subséquemment surtout tandis toutefois ultérieurement auparavant désormais parce"
)
_TRANSITION_PHRASES = (
    "pendant ce temps/pendant que/pendant qu'/afin de/afin d'/afin que/afin qu'/alors que/à cause/"
    "à condition/à l'inverse/à l'opposé/à mesure/à moins/à savoir/à son tour/après tout/après que/au contraire/"
    "au demeurant/au final/au lieu/au moment où/au même titre/au même moment/au passage/"
    "au surplus/au total/autant dire/autrement dit/avant tout/avant de/avant d'/avant que/bien entendu/"
    "bien que/bien qu'/bien sûr/c'est pourquoi/c'est à dire/c'est-à-dire/cela dit/cela étant/ce faisant/"
    "d'abord/d'ailleurs/d'autant/d'autre part/d'ici là/d'un côté/d'une part/dans ce cadre/dans ce contexte/"
    "dans ce cas/dans ces conditions/dans cette optique/dans l'ensemble/dans la foulée/dans le même temps/"
    "dans le même sens/dans tous les cas/dans un premier temps/dans un second temps/de ce fait/de ce point de vue/"
    "de fait/de la même manière/de la même façon/de manière générale/de même/de plus/de son côté/de leur côté/"
    "de sorte/de surcroît/de toute façon/de toute évidence/depuis lors/dès lors/dès que/du coup/du fait/du même coup/"
    "du moins/du reste/en ce sens/en clair/en conclusion/en conséquence/en d'autres termes/en définitive/en dépit/"
    "en effet/en fait/en fin de compte/en outre/en particulier/en parallèle/en premier lieu/en second lieu/"
    "en dernier lieu/en raison/en réalité/en revanche/en résumé/en somme/en tout cas/en tout état de cause/en vue/"
    "en attendant/en l'occurrence/en même temps/encore faut-il/entre temps/entre-temps/étant donné/et pour cause/"
    "grâce à/grâce au/grâce aux/même si/même s'/mieux encore/n'empêche/non seulement/"
    "par ailleurs/par conséquent/par contre/par exemple/par la suite/par rapport/par suite/pire encore/"
    "plus précisément/plus tard/pour autant/pour cette raison/pour conclure/pour commencer/pour finir/"
    "pour l'heure/pour l'instant/pour le moment/pour leur part/pour résumer/pour sa part/"
    "quoi qu'il en soit/quitte à/sans compter/sans oublier/sauf que/si bien/somme toute/sous réserve/tant que/"
    "tour à tour/tout compte fait/tout d'abord/tout de même/toujours est-il/toutes choses/"
    "vu que/reste que/reste à"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is measured."""

    block: Block
    start: int
    end: int
    """`block.text[start:end]`."""
    words: int
    opening: str
    """Its first word; after a determiner, with the next one: `il`, `le président`."""
    opens: tuple[int, int]
    """Where the opening stands in the block's text."""
    runs_on: bool
    """Nothing but white space stands between it and the sentence before: no heading, no list."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares are between 0 and 1; every measure of an empty text is 0."""

    words: int = 0
    kandel_moles: float = 0.0
    """207 − 1.015 × words/sentences − 73.6 × syllables/words (Kandel and Moles, 1958)."""
    mean_sentence: float = 0.0
    long_share: float = 0.0
    passive_share: float = 0.0
    transition_share: float = 0.0
    mean_paragraph: float = 0.0
    sentences: tuple[Sentence, ...] = field(default=(), repr=False)


def measures(blocks: Iterable[Block]) -> Measures:
    """Measure the blocks of a piece, given in reading order; headings among them tell where running text stops."""
    found: list[Sentence] = []
    syllables = passives = transitions = 0
    paragraphs: list[int] = []
    runs_on = False
    for block in blocks:
        if block.kind not in ("paragraph", "item", "quote"):
            runs_on = False
            continue
        read = _read(block.text)
        syllables += read.syllables
        passives += read.passives
        transitions += read.transitions
        if block.kind == "paragraph" and read.words:
            paragraphs.append(read.words)
        runs_on = runs_on and block.kind != "item"
        for start, end, words, opening, opens in read.sentences:
            found.append(Sentence(block, start, end, words, opening, opens, runs_on))
            runs_on = block.kind != "item"
        runs_on = block.kind != "item"
    return _sum_up(tuple(found), syllables, passives, transitions, paragraphs)


@dataclass(frozen=True, slots=True)
class _Read:
    """What is measured of a block."""

    words: int
    syllables: int
    passives: int
    transitions: int
    sentences: tuple[tuple[int, int, int, str, tuple[int, int]], ...]
    """Start, end, words, opening and where it stands."""


@kept
def _read(text: str) -> _Read:
    spans = list(word_spans(text))
    words_at = [a for a, _ in spans]
    passives = transitions = 0
    found = []
    for start, end in sentences(text):
        if words := bisect_left(words_at, end) - bisect_left(words_at, start):
            tokens = [plain(w) for w in _WORD.findall(text, start, end)]
            passives += is_passive(tokens)
            transitions += has_transition(tokens)
            found.append((start, end, words, *_opening(text, start, end)))
    syllables = sum(count(text[a:b]) for a, b in spans)
    return _Read(len(spans), syllables, passives, transitions, tuple(found))


def _opening(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    first = _WORD.search(text, start, end)
    if first is None:
        return "", (start, end)
    word = plain(first.group())
    second = _WORD.search(text, first.end(), end) if word in _DETERMINERS else None
    if second is None:
        return word, first.span()
    return f"{word} {plain(second.group())}", (first.start(), second.end())


def _sum_up(
    found: tuple[Sentence, ...], syllables: int, passives: int, transitions: int, paragraphs: list[int]
) -> Measures:
    if not found:
        return Measures()
    words, many = sum(s.words for s in found), len(found)
    return Measures(
        words=words,
        kandel_moles=207 - 1.015 * words / many - 73.6 * syllables / words,
        mean_sentence=words / many,
        long_share=sum(s.words > LONG for s in found) / many,
        passive_share=passives / many,
        transition_share=transitions / many,
        mean_paragraph=sum(paragraphs) / len(paragraphs) if paragraphs else 0.0,
        sentences=found,
    )


def openings_alike(found: Iterable[Sentence], at_least: int = 3) -> list[tuple[Sentence, ...]]:
    """Runs of neighbouring sentences that open alike."""
    runs: list[list[Sentence]] = [[]]
    for sentence in found:
        run = runs[-1]
        if not (run and sentence.runs_on and sentence.opening and sentence.opening == run[-1].opening):
            runs.append([])
        runs[-1].append(sentence)
    return [tuple(run) for run in runs if len(run) >= at_least]


def is_passive(words: Sequence[str]) -> bool:
    """A form of être and a participle, adverbs between them allowed; no reflexive (`s’est rendu`), no perfect of a
    verb of movement (`est arrivé`). Lower-case words, with the straight apostrophe.
    """
    for at, word in enumerate(words):
        if word.partition("-")[0] not in _TO_BE or (at and words[at - 1] in _REFLEXIVE):
            continue
        if at and words[at - 1] in ("nous", "vous") and words[at - 2 : at - 1] == [words[at - 1]]:
            continue
        if word == "été" and at and words[at - 1] in _DETERMINERS:
            continue
        after = at + 1
        while after < min(len(words) - 1, at + 5) and _may_stand_between(words[after]):
            after += 1
        if after < len(words) and _is_participle(words[after]):
            return True
    return False


def _may_stand_between(word: str) -> bool:
    return word in _BETWEEN or (word.endswith("ment") and len(word) > 6) or word == "été"


def _is_participle(word: str) -> bool:
    known = word in _TO_BE or word in FUNCTION_WORDS or "-" in word
    return (
        len(word) > 2 and not known and not _NOT_PASSIVE.match(word) and _PARTICIPLE.search(word) is not None
    )


def _by_first_word() -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {word: [()] for word in _TRANSITION_WORDS.split()}
    for phrase in _TRANSITION_PHRASES.split("/"):
        first, *rest = _WORD.findall(phrase)
        table.setdefault(first, []).append(tuple(rest))
    return {first: tuple(rests) for first, rests in table.items()}


_PHRASES = _by_first_word()


def has_transition(words: Sequence[str]) -> bool:
    """Holds a word or phrase that ties the sentence to the one before. Lower-case words, straight apostrophe."""
    for at, word in enumerate(words):
        for rest in _PHRASES.get(word, ()):
            if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                return True
    return False
