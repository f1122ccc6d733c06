"""What a piece is checked with, beside the piece itself."""

from asyncio import to_thread
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.checks.check import UNREAD, Desk, Proof
from pipeline.checks.grammar import Read, unread
from pipeline.crew import Do, here
from pipeline.model import NotRun, Opinion, Plan
from pipeline.text.markdown import parse

if TYPE_CHECKING:
    from pipeline.stages.doubts import Doubt


Judge = Callable[[Sequence["Doubt"]], Awaitable[tuple[Opinion, ...] | NotRun]]
"""A second opinion on sentences of a finished text (`writers.judge.Judge`)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of what is asked of a writer to mend a draft."""

    rounds: int = 2
    calls: int = 4


@dataclass(frozen=True, slots=True)
class Means:
    read: Read = unread
    desk: Desk = field(default_factory=Desk)
    do: Do = here
    """Where the work is done that takes time."""
    judge: Judge | None = None

    def about(self, plan: Plan) -> "Means":
        """Of the desk's other pieces only those that share something with this one: all of them are megabytes."""
        if self.desk.neighbours is None:
            return self
        near = self.desk.neighbours.about(plan.title, plan.description, plan.keyphrase)
        return replace(self, desk=replace(self.desk, neighbours=near))

    async def proof(self, text: Callable[[], str]) -> Proof:
        """What the proofreader says. In a thread: it is waited for, and other articles have their turn."""
        return UNREAD if self.read is unread else await to_thread(lambda: self.read(parse(text())))
