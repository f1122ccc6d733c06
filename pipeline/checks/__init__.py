"""The checks. `CHECKS` is all there is; `examine` plays them on a piece and says what that means.

To add one: write a function from a `Manuscript` to findings, and a `Check` value beside it, in the module
of its family. `marbre explain`, the test of examples and docs/checks.md find it by themselves.

What plays them is loaded when it is first needed: who has them played by other processes never needs it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.checks.check import Check, Manuscript
    from pipeline.model import CheckResult, Finding

CHECKS: "tuple[Check, ...]"


def __getattr__(name: str) -> "tuple[Check, ...]":
    if name == "CHECKS":
        from pipeline.checks.playing import checks

        return checks(with_source=True)
    raise AttributeError(name)


def examine(manuscript: "Manuscript") -> "CheckResult":
    """Play every check. The same manuscript gives the same result, findings in reading order."""
    from pipeline.checks import playing

    return playing.examine(manuscript)


def findings_of(manuscript: "Manuscript") -> "tuple[Finding, ...]":
    """What the checks of the piece find, each finding with its key and the acknowledgement that covers it."""
    from pipeline.checks import playing

    return playing.findings_of(manuscript)
