"""What a piece is checked with, beside the piece itself."""

from asyncio import to_thread
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.checks.check import UNREAD, Desk, Proof
from pipeline.checks.grammar import Read, unread
from pipeline.crew import Do, here
from pipeline.text.markdown import parse


@dataclass(frozen=True, slots=True)
class Means:
    read: Read = unread
    desk: Desk = field(default_factory=Desk)
    do: Do = here
    """Where the work is done that takes time."""

    async def proof(self, text: Callable[[], str]) -> Proof:
        """What the proofreader says. In a thread: it is waited for, and other articles have their turn."""
        return UNREAD if self.read is unread else await to_thread(lambda: self.read(parse(text())))
