"""A question to a model, as a value; whoever can answer it is an `Ask`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from pipeline.model import Call


@dataclass(frozen=True, slots=True)
class Request:
    stage: str
    """`plan`, `write`, `repair` or `refresh`."""
    prompt: str
    """Id and version of the prompt file."""
    model: str
    messages: tuple[dict[str, Any], ...]
    """As chat completions takes them: the content is a string, or a list of parts where one is marked."""
    parameters: dict[str, Any] = field(default_factory=dict)
    row: str = ""
    """The row of the table of models that shaped it."""

    def decides(self) -> dict[str, Any]:
        """All that decides the answer: what the ledger's key is made of."""
        return {"model": self.model, "messages": list(self.messages), **self.parameters}


Ask = Callable[[Request], Awaitable[Call]]
