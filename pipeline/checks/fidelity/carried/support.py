"""FID012: every sentence, and every clause added to one, tells something that the sources tell.

Measured on 180 faithful sentences in eleven subjects: all but 3 have .42 of what they tell in the sources, or the
weight of one content word; of 81 invented ones, 77 have neither (71 where the source is a whole article of 500 words).
A phrase added to a true sentence shows by having no word in the sources at all: 31 of 48 are found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.alignment import Support, ground, supports
from pipeline.checks.fidelity.carried.content import Unit, units, within
from pipeline.checks.fidelity.comparison import Comparison, Sources, Statement, compare, once_for_sources
from pipeline.checks.fidelity.counted.figures import tells_a_known_figure
from pipeline.checks.fidelity.refound import once_for_words
from pipeline.model import Finding, Severity
from pipeline.text.grammar import AUXILIARIES, DETERMINERS, PRONOUNS, plain
from pipeline.text.language import is_foreign
from pipeline.text.people import is_role
from pipeline.text.stems import stem
from pipeline.text.synonyms import senses
from pipeline.text.toponyms import citizens, toponyms
from pipeline.text.verb_forms import root
from pipeline.text.verbs import SPEECH

_SHARE = 0.42
_HELD = 1.05
_HELD_SHARE = 0.15
"""Long sentences find a word or two anywhere: so much of the whole counts as nothing."""
_NOTHING, _MUCH = 0.05, 2.2
"""A sentence that states so much, none of it the sources', blocks: 0 of 162 faithful ones, 18 of 48 invented ones."""
_SLIGHT = 0.85
"""Three general words: less states nothing that could be looked for."""
_RETOLD = 0.6
"""What a word counts for that the sources have in another word."""
_PROOF = 2
_PLACES = 100
_SHORT = 2.0
"""Weight of a sentence that says too little to be judged by it, when the sources have any of it."""
# A clause may be added only to something: so much of the sentence before it must be true.
_TRUE_BEFORE = 1.0
# Weight of an added clause without support: after what introduces a circumstance, after what may also introduce a
# complement of the verb, and what is only worth a look.
_CIRCUMSTANCE, _COMPLEMENT, _WORTH_A_LOOK = 1.25, 1.95, 1.25
_ADDS = re.compile(
    r"(?P<comma>,)|(?<!\w)(?:(?P<circumstance>avec|sous|devant|après|avant|malgré|grâce|faute|autour|lors|parmi|sans|"
    r"pendant|parce|car|afin|chez|(?:à cause|à proximité|à côté|au détriment|au terme|au prix|au grand|en échange|"
    r"en raison|en présence)(?=\s))|(?:et|mais|pour|dans|contre|par|vers|sur|entre))(?!\w)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[,;:()–—«»“”]|(?<!\w)(?:et|mais|ou|qui|que|où|dont|tandis|car|puis|selon|d['’]après)(?!\w)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_DO = "add the source that tells it, or cut it"
# Words for the course of any affair: a short sentence of nothing else leads on and tells no fact.
_COURSE = frozenset(
    stem(w)
    for w in "jouer jeux rebondir trancher clore clos close sceller acquis acquise tarder peser basculer aboutir traîner "
    "patienter apaiser éclaircir dénouer résoudre régler boucler figer bouger piétiner patiner enliser bataille bras "
    "fer feuilleton suspense incertitude flou calendrier échéance épilogue dénouement rebondissement pari équation "
    "casse-tête constat tableau inconnue répit compte rebours bout loin mystère énigme clé clef écrire".split()
)
_LINKING = 9
"""Words of such a sentence at most."""
# What begins a clause of its own, or an idiom of manner (`, à l’abri`).
_NO_PHRASE = (PRONOUNS - set("le la les l' tout tous même plus moins".split())) | set(
    "l c j s à au aux".split()
)


@dataclass(frozen=True, slots=True)
class Clause:
    """`block.text[start:end]` of its statement: a phrase of which the sources have no word."""

    start: int
    end: int
    weight: float
    circumstance: bool


@once_for_words
def find_unsupported(manuscript: Manuscript) -> Iterator[Finding]:
    comparison = compare(manuscript)
    if not comparison.sources:
        return
    for statement, support in zip(comparison.statements, supports(comparison), strict=True):
        severity = _unsupported(comparison, statement, support)
        if severity in ("block", "warn") and _is_linking(comparison, statement):
            severity = "info"
        known = severity in ("block", "warn") and (
            tells_a_known_figure(comparison, statement)
            or is_proved(comparison, statement)
            or (severity == "block" and _is_at_home(comparison, statement))
        )
        if known:
            severity = "warn" if severity == "block" else "info"
        clauses = [] if severity in ("warn", "block") else list(_clauses(comparison, statement, support))
        yield from clauses
        if severity and not clauses:
            message = f"The sources hold {support.share:.0%} of what this sentence tells: {_DO}."
            evidence = tuple(c.evidence for c in support.carriers[:1])
            yield comparison.finding("FID012", severity, message, statement, None, evidence)


def _is_bare(statement: Statement) -> bool:
    """A heading, a question or the words before a list may name things loosely."""
    return statement.is_heading or statement.text.rstrip(" »”\"'\u00a0\u202f").endswith(("?", ":"))


def _unsupported(comparison: Comparison, statement: Statement, support: Support) -> Severity | None:
    if support.share >= _SHARE or support.total < _SLIGHT or is_foreign(statement.text):
        return None  # in another language nothing can be looked up: that is LNG001's to say
    everything = _units(comparison, statement)
    told = [u for u in everything if u.kind != "quoted"]
    if len(told) < len(everything) / 2:
        return None  # a quotation is looked for word by word, not here
    if len(told) < len(everything) and sum(not _is_of_speech(statement, u) for u in told) < 2:
        return None  # `« … », reconnaît le musicien`
    loose = all(u.kind == "generic" for u in told) and support.held > 0
    held = support.held + _RETOLD * sum(u.weight for u in told if _is_retold(comparison, statement, u))
    if support.total and held / support.total >= _SHARE:
        return None
    little = held < max(_HELD, _HELD_SHARE * support.total)
    if _is_bare(statement):
        return "info" if support.held == 0 and support.total >= 2 * _HELD else None
    if held / support.total <= _NOTHING and support.total >= _MUCH:
        return "block"
    if held > 0 and support.total < _SHORT:
        return "info"
    return "warn" if little and not loose else "info"


def _is_linking(comparison: Comparison, statement: Statement) -> bool:
    """`Rien n’est joué.`, `Le dossier peut encore rebondir.`"""
    told = _units(comparison, statement)
    if len(_WORD.findall(statement.text)) > _LINKING or any(
        u.kind not in ("word", "generic", "date") for u in told
    ):
        return False
    words = [u.key for u in told if u.kind == "word"]
    return bool(words) and _COURSE.issuperset(words)


def is_proved(comparison: Comparison, statement: Statement) -> bool:
    """Its figures, dates and names, two at least, stand together in one source sentence."""
    told = {u.key: u.kind for u in _units(comparison, statement) if u.kind in ("figure", "date", "name")}
    values = [key for key, kind in told.items() if kind != "name"]
    if not values or len(values) + ("name" in told.values()) < _PROOF:
        return False
    known = ground(comparison.sources)
    return any(told.keys() <= known.sentences[at].stems for at in known.holding.get(values[0], ())[:_PLACES])


def _is_at_home(comparison: Comparison, statement: Statement) -> bool:
    """It speaks of `Bretagne` where the sources have `breton`."""
    keys = ground(comparison.sources).lexicon.keys
    return any(stem(form) in keys for place in toponyms(statement.text) for form in _people_of(place.words))


@lru_cache(maxsize=500)
def _people_of(place: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form for form, home in citizens().items() if home == place)


def _is_of_speech(statement: Statement, unit: Unit) -> bool:
    """A verb of speech: it tells who speaks, no fact."""
    return statement.block.text[unit.start : unit.end].lower() in SPEECH


def _is_retold(comparison: Comparison, statement: Statement, unit: Unit) -> bool:
    """The sources have another word that may mean the same."""
    if unit.kind not in ("word", "generic") or ground(comparison.sources).lexicon.holds(unit.key):
        return False
    return not _meant(comparison.sources).isdisjoint(
        senses(root(statement.block.text[unit.start : unit.end]))
    )


@once_for_sources
def _meant(sources: Sources) -> frozenset[str]:
    """The senses of every word of the sources."""
    known = ground(sources)
    words = {
        sentence.whole[u.start : u.end]
        for sentence, units in zip(known.sentences, known.units, strict=True)
        for u in units
        if u.kind not in ("figure", "date", "name")
    }
    return frozenset(sense for word in words for sense in senses(root(word)))


def _clauses(comparison: Comparison, statement: Statement, support: Support) -> Iterator[Finding]:
    found = [] if _is_bare(statement) else list(added_clauses(comparison, statement))
    covered = -1
    for clause in found:
        if clause.start < covered:
            continue
        covered = clause.end
        least = _CIRCUMSTANCE if clause.circumstance else _COMPLEMENT
        severity: Severity = "warn" if clause.weight >= least else "info"
        words = comparison.blocks[statement.paragraph].text[clause.start : clause.end].strip(" ,.;:")
        message = f"No source speaks of “{words}”: {_DO}."
        evidence = tuple(c.evidence for c in support.carriers[:1])
        yield comparison.finding("FID012", severity, message, statement, (clause.start, clause.end), evidence)


def added_clauses(comparison: Comparison, statement: Statement) -> Iterator[Clause]:
    """In reading order; they may overlap, the longest of those that end together first."""
    row = _units(comparison, statement)
    lexicon = ground(comparison.sources).lexicon
    text = statement.block.text
    unheld = [not lexicon.holds(u.key) and not _is_retold(comparison, statement, u) for u in row]
    if not any(unheld):
        return
    ends = [m.start() for m in _ENDS.finditer(text, statement.start, statement.end)] + [statement.end]
    true, passed, at = 0.0, 0, 0
    for match in _ADDS.finditer(text, statement.start, statement.end):
        start = match.start()
        while passed < len(row) and row[passed].start < start:
            true += 0 if unheld[passed] else row[passed].weight
            passed += 1
        while ends[at] <= start:
            at += 1
        last = passed
        while last < len(row) and row[last].start < ends[at]:
            last += 1
        inside = row[passed:last]
        weight = sum(u.weight for u in inside)
        stated = all(u.kind in ("word", "generic") for u in inside) and all(unheld[passed:last])
        if (
            true >= _TRUE_BEFORE
            and weight >= _WORTH_A_LOOK
            and stated
            and _is_added(text[match.end() : ends[at]], match)
        ):
            yield Clause(start, ends[at], weight, _is_circumstance(match, text[match.end() : ends[at]]))


def _is_added(phrase: str, match: re.Match[str]) -> bool:
    """No clause of its own with subject and verb, nobody's title, nobody's word."""
    words = [plain(w) for w in _WORD.findall(phrase[:200])]
    if not words or _INFINITIVE.fullmatch(words[0]) or _says(words[:3]):
        return False
    if match["comma"] is None:
        return True
    own_verb = any(w in AUXILIARIES for w in words[:5])
    return words[0] not in _NO_PHRASE and not own_verb and not any(map(is_role, words[:2]))


def _says(words: list[str]) -> bool:
    """`a martelé le chef`; not the noun of `une alarme`."""
    return any(w in SPEECH and before not in DETERMINERS for before, w in pairwise(["", *words]))


def _is_circumstance(match: re.Match[str], phrase: str) -> bool:
    if match["comma"] is None:
        return match["circumstance"] is not None
    first = _WORD.search(phrase)
    return first is not None and _ADDED_PARTICIPLE.fullmatch(first.group()) is not None


_INFINITIVE = re.compile(r"\w{2,}(?:er|ir|oir|re)")
_ADDED_PARTICIPLE = re.compile(r"\w{2,}(?:ée?s?|ie?s?|ue?s?|ant|ment)")


def _units(comparison: Comparison, statement: Statement) -> tuple[Unit, ...]:
    return within(units(comparison.piece)[statement.paragraph], statement.start, statement.end)


_SOURCE = (
    "Le conseil municipal de Guingamp a voté lundi un budget de 14 millions d’euros. La toiture de la halle sera "
    "refaite à l’automne pour 480 000 euros."
)
CHECKS = (
    Check(
        code="FID012",
        name="sentence or clause without support",
        severity="block",
        why="A writer that runs out of facts adds what sounds likely: a reason, a reaction, a detail, a closing word.",
        source="Measured: it warns of 1 faithful sentence in 60 and of 9 invented ones in 10, and blocks 4 in 10 of those; see the module.",
        bad=Example(
            "# Guingamp\n\nLe conseil municipal a voté lundi un budget de 14 millions d’euros. Les supporters ont "
            "envahi la pelouse au coup de sifflet.",
            source=_SOURCE,
        ),
        good=Example(
            "# Guingamp\n\nRéunis lundi, les élus de Guingamp ont adopté un budget de 14 millions d’euros. La halle "
            "recevra à l’automne une toiture neuve, pour 480 000 euros.",
            source=_SOURCE,
        ),
        find=find_unsupported,
        needs_source=True,
    ),
)
