"""`une quinquagénaire` of somebody of 27: the decade of an age, as a noun, against the ages that the sources tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.checks.fidelity.comparison import Comparison, Sources, once_for_sources
from pipeline.model import Evidence, Finding, Severity
from pipeline.text.fold import fold

_DECADES = {
    "trentenaire": 30, "quadragénaire": 40, "quinquagénaire": 50, "sexagénaire": 60, "septuagénaire": 70,
    "octogénaire": 80, "nonagénaire": 90,
}  # fmt: skip
_WORD = re.compile(rf"(?<![\w-])(?P<word>{'|'.join(_DECADES)})s?(?!\w)", re.IGNORECASE)
_BORN = re.compile(r"[nN](?<!\w.)(?i:ée?s?|aissance|aquit)(?!\w)")
_OLDEST = 120


def is_age_alone(words: str) -> bool:
    """`septuagénaire`: no office, whoever bears it; its figure is compared here."""
    return fold(words).removesuffix("s") in _FOLDED


_FOLDED = frozenset(map(fold, _DECADES))


@dataclass(frozen=True, slots=True)
class _Ages:
    """What the sources tell of ages."""

    years: frozenset[float]
    """Every span told in years, ages among them: some are no ages, which only makes the check milder."""
    words: frozenset[str]
    born: bool
    """A birth is told, from which an age may follow."""
    evidence: tuple[Evidence, ...]


@once_for_sources
def _ages(sources: Sources) -> _Ages:
    told = [
        (figure.value, source.evidence(at))
        for source in sources
        for at, row in enumerate(source.facts.figures)
        for figure in row
        if figure.unit == "year" and figure.value <= _OLDEST
    ]
    texts = [passage.text for source in sources for passage in source.facts.passages]
    words = frozenset(m["word"].lower() for text in texts for m in _named(text))
    born = any(_BORN.search(text) for text in texts)
    return _Ages(frozenset(value for value, _ in told), words, born, tuple(e for _, e in told[:1]))


def _named(text: str) -> Iterator[re.Match[str]]:
    """Most texts are ruled out by an ending, which is found far sooner."""
    found = _WORD.finditer(text) if "naire" in text.lower() else ()
    # Whatever the case, an `ı` without its dot is an `i` to a pattern.
    return (match for match in found if match["word"].lower() in _DECADES)


def findings(comparison: Comparison) -> Iterator[Finding]:
    """Blocks where the sources tell ages and none of that decade; warns where they tell none."""
    known = _ages(comparison.sources)
    for statement in comparison.statements:
        for match in _named(statement.text):
            low = _DECADES[match["word"].lower()]
            if match["word"].lower() in known.words or any(low <= age < low + 10 for age in known.years):
                continue
            start, end = (statement.start + at for at in match.span())
            if known.born or comparison.is_quoted(statement.paragraph, start):
                continue
            message = f"No source gives anybody this age (piece: {match.group()})."
            severity: Severity = "block" if known.years else "warn"
            yield comparison.finding("FID004", severity, message, statement, (start, end), known.evidence)
