"""Playing the checks on a piece, and what that means."""

from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from pipeline.checks import (
    acknowledged,
    grammar,
    heading_style,
    headings,
    language,
    legal,
    length,
    linked,
    originality,
    readability,
    safety,
    seo,
    typography,
)
from pipeline.checks.check import Check, Manuscript
from pipeline.model import CheckResult, Finding, NotRun


@cache
def checks(*, with_source: bool) -> tuple[Check, ...]:
    """In the order they are played. The fidelity family, half of all there is to load, has nothing to say without
    a source, and is left where it is until there is one.
    """
    told: tuple[Check, ...] = ()
    if with_source:
        from pipeline.checks import fidelity, judged

        told = (*fidelity.CHECKS, *judged.CHECKS)
    return (
        *length.CHECKS,
        *headings.CHECKS,
        *heading_style.CHECKS,
        *language.CHECKS,
        *grammar.CHECKS,
        *told,
        *originality.CHECKS,
        *safety.CHECKS,
        *typography.CHECKS,
        *readability.CHECKS,
        *seo.CHECKS,
        *linked.CHECKS,
        *legal.CHECKS,
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
    with_source = manuscript.dossier is not None
    foreign: Callable[[Manuscript], Iterator[Finding]] | None = None
    one_language: frozenset[str] = frozenset()
    if with_source:
        from pipeline.checks.fidelity import translated

        if translated.is_translated(manuscript):
            foreign, one_language = translated.findings, translated.ONE_LANGUAGE
    for check in checks(with_source=with_source):
        if (
            check.family != "ACK"
            and (with_source or not check.needs_source)
            and check.code not in one_language
        ):
            yield from check.find(manuscript)
    if foreign:
        yield from foreign(manuscript)


def _reading_order(finding: Finding) -> tuple[int, int, str]:
    return (finding.where.start, finding.where.end, finding.code) if finding.where else (-1, -1, finding.code)


def _not_run(manuscript: Manuscript) -> tuple[NotRun, ...]:
    """The families whose blocking checks lack what they need."""
    asked = (manuscript.proof, manuscript.desk.opinions)
    unread = tuple(answer for answer in asked if isinstance(answer, NotRun))
    if manuscript.dossier is not None:
        return unread
    alone = (c for c in checks(with_source=False) if c.needs_source and c.severity == "block")
    missing = {"FID", *(c.family for c in alone)} - {"LEN"}  # LEN001 answers without a source
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
