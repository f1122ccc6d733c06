"""FID014: causes, results and judgements that the source does not give."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.comparison import Sources, compare, once_for_sources
from pipeline.checks.fidelity.refound import once_for_words
from pipeline.checks.fidelity.related.judged import told_in_facts
from pipeline.checks.fidelity.related.readings import Faced, faced, told_by
from pipeline.model import Finding
from pipeline.text.clause_words import Word
from pipeline.text.clauses import Reading
from pipeline.text.fold import fold
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
# What may stand for a link in the source; wider than what asks for one.
_GIVES = frozenset(
    root(w)
    for w in "raison cause grâce suite effet conséquence motif origine permettre provoquer entraîner engendrer causer "
    "déclencher susciter conduire expliquer explication résulter résultat aboutir dû pousser forcer contraindre obliger "
    "imposer valoir lier lié motiver justifier réaction réagir réponse répondre victime viser "
    "".split()
)
_GIVES_LOW = frozenset(
    "car parce puisque comme donc ainsi pour afin faute grâce : ; après depuis face devant suite alors vu malgré sous "
    "conséquent pourquoi par quand lorsque lorsqu' si trop jugé jugée jugés jugées devenu devenue devenus devenues".split()
)
_WEAK = frozenset(
    "pour : ; après depuis face devant alors par quand lorsque lorsqu' si comme sous "
    "trop jugé jugée jugés jugées devenu devenue devenus devenues".split()
)


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
    for first, last in _links(sentence.reading):
        row = sentence.reading.words
        shown = row[first].low == "puisque" and _shows(sentence, row[last])
        if sentence.told(row[first]) and not shown and not _given(sentence, row[last]):
            words = sentence.statement.text[row[first].start : row[last].end]
            message = f"“{words}”: what carries the sentence gives no such cause or result"
            yield sentence.finding("FID014", message, row[first], row[last], sentence.carriers[0])


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


def _given(sentence: Faced, link: Word) -> bool:
    """A carrier links things itself, and holds a word of what follows here; a weak link must hold two stretches."""
    after = frozenset(
        w.root
        for w in sentence.reading.words
        if w.start >= link.end and w.root and (w.segment == link.segment or link.segment)
    )
    before = sentence.roots - after
    lack = any(
        w.low == "faute" for w in sentence.reading.words if link.start - _BACK <= w.start <= link.start
    )
    for beside in sentence.carriers:
        strong = any(
            w.root in _GIVES or (w.low in _GIVES_LOW and w.low not in _WEAK) or _is_gerund(w)
            for w in beside.reading.words
        )
        strong = (
            strong or _weighs(beside.reading) or (lack and any(w.root == _LACK for w in beside.reading.words))
        )
        if strong and (
            not after or after & beside.roots or (before & beside.roots and _elsewhere(sentence, after))
        ):
            return True
        weak = any(w.low in _WEAK for w in beside.reading.words)
        if weak and after & beside.roots and before & beside.roots:
            return True
    return False


def _shows(sentence: Faced, link: Word) -> bool:
    """`puisque le personnel absorbe 58 % du coût`: a figure of the source that bears a remark out, no cause."""
    begins = sentence.statement.start + link.end
    figures = [f for f in sentence.comparison.figures(sentence.statement) if f.start >= begins]
    return any(f"={f.value:g}" in beside.carrier.stems for f in figures for beside in sentence.carriers)


_LACK = root("manquer")
_BACK = 8
"""Characters from `faute` to the end of `faute de`."""


def _weighs(reading: Reading) -> bool:
    """`a tenu compte du fait que`."""
    row = reading.words
    return any(word.low == "compte" and at and row[at - 1].low in _TAKES for at, word in enumerate(row))


_TAKES = frozenset("tenu tenir tient tiennent tenant tenait tenaient tiendra".split())


def _elsewhere(sentence: Faced, after: frozenset[str]) -> bool:
    """What follows the link is told in other words, near enough: the source's cause cannot be compared word by word."""
    return not after & sentence.source_roots


def _is_gerund(word: Word) -> bool:
    return word.low in ("étant", "ayant") or (
        bool(word.root) and word.low.endswith("ant") and len(word.low) > 5
    )


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
