"""The checks. `CHECKS` is all there is; `examine` plays them on a piece and says what that means.

To add one: write a function from a `Manuscript` to findings, and a `Check` value beside it, in the module
of its family. `marbre explain`, the test of examples and docs/checks.md find it by themselves.
"""

from pipeline.checks import (
    fidelity,
    grammar,
    heading_style,
    headings,
    language,
    length,
    originality,
    readability,
    safety,
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
)


def examine(manuscript: Manuscript) -> CheckResult:
    """Play every check. The same manuscript gives the same result, findings in reading order."""
    can_run = [c for c in CHECKS if manuscript.dossier is not None or not c.needs_source]
    findings = sorted((f for c in can_run for f in c.find(manuscript)), key=_reading_order)
    not_run = _not_run(manuscript)
    ready = not not_run and all(f.severity != "block" for f in findings)
    return CheckResult(
        verdict="ready_for_review" if ready else "needs_work",
        words=length.body_words(manuscript),
        findings=tuple(findings),
        not_run=not_run,
        metrics=_metrics(manuscript),
    )


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
    return (*_shared(manuscript), *_grammar(manuscript), *readability.metrics(manuscript.document))


def _shared(manuscript: Manuscript) -> tuple[tuple[str, float], ...]:
    if manuscript.dossier is None:
        return ()
    longest = max((s.content for s in originality.shared_stretches(manuscript)), default=0)
    return (
        ("longest_content_run", longest),
        ("fivegram_containment", round(originality.containment(manuscript), 4)),
    )


def _grammar(manuscript: Manuscript) -> tuple[tuple[str, float], ...]:
    rate = grammar.rate(manuscript)
    return () if rate is None else (("grammar_per_1000", rate),)
