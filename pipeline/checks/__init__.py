"""The checks. `CHECKS` is all there is; `examine` plays them on a piece and says what that means.

To add one: write a function from a `Manuscript` to findings, and a `Check` value beside it, in the module
of its family. `marbre explain`, the test of examples and docs/checks.md find it by themselves.
"""

from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks import (
    acknowledged,
    fidelity,
    grammar,
    heading_style,
    headings,
    language,
    length,
    originality,
    readability,
    safety,
    seo,
    typography,
)
from pipeline.checks.check import Check, Manuscript
from pipeline.model import CheckResult, Finding, NotRun

CHECKS: tuple[Check, ...] = (
    *length.CHECKS,
    *headings.CHECKS,
    *heading_style.CHECKS,
    *language.CHECKS,
    *grammar.CHECKS,
    *fidelity.CHECKS,
    *originality.CHECKS,
    *safety.CHECKS,
    *typography.CHECKS,
    *readability.CHECKS,
    *seo.CHECKS,
    *acknowledged.CHECKS,
)


def examine(manuscript: Manuscript) -> CheckResult:
    """Play every check. The same manuscript gives the same result, findings in reading order."""
    told = (f for c in acknowledged.CHECKS for f in c.find(manuscript))
    findings = sorted((*findings_of(manuscript), *told), key=_reading_order)
    not_run = _not_run(manuscript)
    ready = not not_run and not any(f.blocks for f in findings)
    return CheckResult(
        verdict="ready_for_review" if ready else "needs_work",
        words=length.body_words(manuscript),
        findings=tuple(findings),
        not_run=not_run,
        metrics=_metrics(manuscript),
    )


@lru_cache(maxsize=2)
def findings_of(manuscript: Manuscript) -> tuple[Finding, ...]:
    """What the checks of the piece find, each finding with its key and the acknowledgement that covers it."""
    return tuple(
        acknowledged.honoured(manuscript.document, _played(manuscript), manuscript.desk.acknowledgements)
    )


def _played(manuscript: Manuscript) -> Iterator[Finding]:
    for check in CHECKS:
        if check.family != "ACK" and (manuscript.dossier is not None or not check.needs_source):
            yield from check.find(manuscript)


def _reading_order(finding: Finding) -> tuple[int, int, str]:
    return (finding.where.start, finding.where.end, finding.code) if finding.where else (-1, -1, finding.code)


def _not_run(manuscript: Manuscript) -> tuple[NotRun, ...]:
    """The families whose blocking checks lack what they need."""
    unread = (manuscript.proof,) if isinstance(manuscript.proof, NotRun) else ()
    if manuscript.dossier is not None:
        return unread
    missing = {c.family for c in CHECKS if c.needs_source and c.severity == "block"}
    missing -= {"LEN"}  # LEN001 answers the family's question without a source
    sourceless = (NotRun(family, "no source given; add --source SOURCE") for family in missing)
    return tuple(sorted((*sourceless, *unread), key=lambda n: n.family))


def _metrics(manuscript: Manuscript) -> tuple[tuple[str, float], ...]:
    return (
        *originality.metrics(manuscript),
        *_grammar(manuscript),
        *readability.metrics(manuscript.document),
        *seo.metrics(manuscript),
    )


def _grammar(manuscript: Manuscript) -> tuple[tuple[str, float], ...]:
    rate = grammar.rate(manuscript)
    return () if rate is None else (("grammar_per_1000", rate),)
