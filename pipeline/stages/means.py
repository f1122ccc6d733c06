"""What a piece is checked with, beside the piece itself."""

from asyncio import to_thread
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.checks.check import UNREAD, Desk, Proof
from pipeline.checks.grammar import Read, unread
from pipeline.crew import Do, here
from pipeline.model import NotRun, Opinion
from pipeline.text.markdown import parse

if TYPE_CHECKING:
    from pipeline.stages.doubts import Doubt


Judge = Callable[[Sequence["Doubt"]], Awaitable[tuple[Opinion, ...] | NotRun]]
"""A second opinion on sentences of a finished text (`writers.judge.Judge`)."""


@dataclass(frozen=True, slots=True)
class Means:
    read: Read = unread
    desk: Desk = field(default_factory=Desk)
    do: Do = here
    """Where the work is done that takes time."""
    judge: Judge | None = None

    async def proof(self, text: Callable[[], str]) -> Proof:
        """What the proofreader says. In a thread: it is waited for, and other articles have their turn."""
        return UNREAD if self.read is unread else await to_thread(lambda: self.read(parse(text())))
