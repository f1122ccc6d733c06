"""FID014: causes, results and judgements that the source does not give."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.comparison import Sources, compare, once_for_sources
from pipeline.checks.fidelity.refound import once_for_words
from pipeline.checks.fidelity.related.judged import told_in_facts
from pipeline.checks.fidelity.related.readings import Faced, faced, told_by
from pipeline.checks.fidelity.related.side_by_side import debts, purposes, set_apart
from pipeline.model import Finding
from pipeline.text.clause_words import Word
from pipeline.text.clauses import Reading
from pipeline.text.fold import fold
from pipeline.text.stances import DENY
from pipeline.text.verb_forms import looks_participle, root

_LINKS = (
    "en raison de", "à cause de", "grâce à", "parce que", "du fait de", "à la suite de", "suite à", "faute de", "si bien que",
    "de sorte que", "à force de", "sous l' effet de", "en conséquence", "par conséquent", "d' où", "c' est pourquoi",
    "de ce fait", "ce qui explique", "en réponse à", "compte tenu de", "puisque",
)  # fmt: skip
_RESULT_VERBS = frozenset(
    root(v)
    for v in "provoquer entraîner engendrer causer occasionner déclencher susciter conduire mener aboutir".split()
)
_CAUSED = frozenset(root(v) for v in "provoquer entraîner engendrer causer occasionner déclencher".split())
_PERMITTING = frozenset("permettant provoquant entraînant engendrant suscitant causant déclenchant".split())


def _one(adjective: str) -> str:
    """Whatever its number: `regrettables`, but no form of `regretter`."""
    return fold(adjective).rstrip("sx")


_JUDGING = frozenset(
    _one(w)
    for w in "considérable historique inquiétant inquiétante remarquable spectaculaire exceptionnel exceptionnelle impressionnant "
    "impressionnante alarmant alarmante dramatique incontestable indéniable crucial cruciale colossal colossale "
    "extraordinaire formidable magnifique scandaleux scandaleuse choquant choquante "
    "préoccupant préoccupante ambitieux ambitieuse audacieux audacieuse regrettable déplorable "
    "vertigineux fulgurant retentissant retentissante inédit inédite emblématique incontournable époustouflant "
    "symbolique louable salutaire révolutionnaire indiscutable bouleversant mémorable".split()
)
_CLOSINGS = (
    "en conclusion", "en somme", "en définitive", "pour conclure", "en résumé", "force est de constater", "sans précédent",
    "il est clair que", "nul doute que", "sans aucun doute", "il va sans dire", "il convient de", "il est important de",
    "il est essentiel de", "reste à savoir", "l' avenir dira", "un tournant", "un défi majeur", "défi de taille",
    "un enjeu majeur", "souligne l' importance", "témoigne de l' importance", "dans les mémoires", "marque une étape",
    "à suivre de près", "ne laisse personne indifférent", "une chose est sûre", "on ne peut que",
)  # fmt: skip


@once_for_words
def find_cause(manuscript: Manuscript) -> Iterator[Finding]:
    comparison = compare(manuscript)
    closings = _closings(comparison.sources)
    for sentence in faced(comparison):
        found = (*_causes(sentence), *_judgements(sentence, closings))
        yield from found[:1]


@once_for_sources
def _closings(sources: Sources) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """Those that no source closes with itself, by their first words."""
    told = "\n".join(f" {' '.join(_spaced(r))} " for r in told_by(sources))
    found: dict[str, list[tuple[str, ...]]] = {}
    for closing in _ALL_CLOSINGS:
        if f" {' '.join(closing)} " not in told:
            found.setdefault(closing[0], []).append(closing)
    return found


def _causes(sentence: Faced) -> Iterator[Finding]:
    row = sentence.reading.words
    links = [*_links(sentence.reading), *debts(sentence.reading)]
    links = [link for link in links if not _denied_before(row, link[0])]
    for first, last in (*links, *purposes(sentence.reading)):
        if sentence.told(row[first]) and set_apart(sentence, (first, last)):
            yield _joined(sentence, first, last)


def _joined(sentence: Faced, first: int, last: int) -> Finding:
    row = sentence.reading.words
    words = sentence.statement.text[row[first].start : row[last].end]
    message = f"“{words}” joins two facts as cause, result or purpose; the source sets them side by side"
    return sentence.finding("FID014", message, row[first], row[last], sentence.carriers[0])


def _denied_before(row: Sequence[Word], first: int) -> bool:
    """`rien ne prouve qu'il soit mort à cause de`"""
    return any(w.low in DENY for w in row[:first])


def _links(reading: Reading) -> Iterator[tuple[int, int]]:
    """(first, last) word of each connector of cause or result."""
    row = reading.words
    spaced = _spaced(reading)
    for at, word in enumerate(row):
        for link in _starting(word.low):
            if spaced[at : at + len(link)] == link:
                yield at, at + len(link) - 1
        if (
            word.root in _CAUSED
            and looks_participle(word.low)
            and at + 1 < len(row)
            and row[at + 1].low == "par"
        ):
            yield at, at + 1
        if word.low in _PERMITTING and at and row[at - 1].text == ",":
            yield at, at
        if (
            word.root in _RESULT_VERBS
            and any(w.low == "qui" for w in row[max(0, at - 4) : at])
            and row[max(0, at - 5) : at]
        ):
            before = [w.low for w in row[max(0, at - 6) : at]]
            if "ce" in before:
                yield at, at


@lru_cache(maxsize=512)
def _spaced(reading: Reading) -> tuple[str, ...]:
    """The words, `d'` and `du` as `de`, `aux` as `à`, so that one form of a connector is enough."""
    same = {"d'": "de", "du": "de", "des": "de", "au": "à", "aux": "à", "qu'": "que"}
    return tuple(same.get(w.low, w.low) for w in reading.words)


_ALL_LINKS = tuple(tuple({"d'": "de", "qu'": "que"}.get(w, w) for w in link.split()) for link in _LINKS)
_ALL_CLOSINGS = tuple(tuple({"d'": "de", "qu'": "que"}.get(w, w) for w in link.split()) for link in _CLOSINGS)


@lru_cache(maxsize=2048)
def _starting(low: str) -> tuple[tuple[str, ...], ...]:
    same = {"d'": "de", "du": "de", "des": "de", "au": "à", "aux": "à"}.get(low, low)
    return tuple(link for link in _ALL_LINKS if link[0] == same)


def _judgements(sentence: Faced, closings: Mapping[str, Sequence[tuple[str, ...]]]) -> Iterator[Finding]:
    row = sentence.reading.words
    spaced = _spaced(sentence.reading)
    for at, word in enumerate(row):
        judges = word.root and word.root not in sentence.source_roots and _one(word.text) in _JUDGING
        closes = [c for c in closings.get(spaced[at], ()) if spaced[at : at + len(c)] == c]
        if not (judges or closes) or not sentence.told(word):
            continue
        if judges and not _none_of(row, at) and not _is_fact(sentence, word.text):
            yield _judged(sentence, word, word)
        for closing in (c for c in closes if not _is_fact(sentence, c[-1])):
            yield _judged(sentence, word, row[at + len(closing) - 1])


def _is_fact(sentence: Faced, judgement: str) -> bool:
    return any(told_in_facts(judgement, beside.carrier.text) for beside in sentence.carriers)


def _none_of(row: Sequence[Word], at: int) -> bool:
    """`rien d’inquiétant`: a judgement that is not made."""
    return row[at].denied or any(
        w.low in ("rien", "pas", "aucun", "aucune") for w in row[max(0, at - 3) : at]
    )


def _judged(sentence: Faced, first: Word, last: Word) -> Finding:
    words = sentence.statement.text[first.start : last.end]
    return sentence.finding(
        "FID014", f"“{words}”: a judgement that no source makes", first, last, sentence.carriers[0]
    )


_SOURCE = "Le festival a accueilli 4 000 personnes. La mairie avait fermé le parking."

CHECKS = (
    Check(
        code="FID014",
        name="cause or judgement of the writer's own",
        severity="warn",
        why="A model likes to explain and to conclude; a cause that nobody gave is an invented fact.",
        source="House rule; invented clauses were 41 of the 164 clear errors of a small model.",
        bad=Example(
            "# Le festival\n\nLe festival a accueilli 4 000 personnes grâce à la fermeture du parking.",
            source=_SOURCE,
        ),
        good=Example(
            "# Le festival\n\nLe festival a reçu 4 000 visiteurs ; le parking était fermé.", source=_SOURCE
        ),
        find=find_cause,
        needs_source=True,
    ),
)
