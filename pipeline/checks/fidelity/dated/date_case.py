"""A mention of time in the piece, with all that is needed to judge it."""

from dataclasses import dataclass

from pipeline.checks.fidelity.comparison import Comparison, Statement
from pipeline.checks.fidelity.dated.almanac import Almanac
from pipeline.model import Severity
from pipeline.text.dates import DateSpan
from pipeline.text.moments import Moment


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a mention of time; `what` opens the message."""

    severity: Severity
    what: str


@dataclass(frozen=True, slots=True)
class Case:
    """A mention of the piece with all that is needed to judge it."""

    comparison: Comparison
    known: Almanac
    statement: Statement
    span: DateSpan
    said: Moment

    @property
    def text(self) -> str:
        return self.statement.block.text[self.span.start : self.span.end]

    @property
    def before(self) -> str:
        return self.statement.block.text[max(0, self.span.start - 20) : self.span.start]
