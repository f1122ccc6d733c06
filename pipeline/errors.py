"""One tree of errors. Each says what happened, on which article, and what to do next.

A command prints one line from it and ends with `exit_code`; a batch records it as the `Failure` of that
article and goes on with the others, unless `stops_the_run`.
"""

from datetime import datetime
from enum import IntEnum
from typing import Any, Literal

from pipeline.model import Failure


class ExitCode(IntEnum):
    """See docs: 0 all ready, 2 usage, 3 some need work, 4 some not written, 5 some wait for a batch, 130 interrupted."""

    READY = 0
    USAGE = 2
    NEEDS_WORK = 3
    NOT_WRITTEN = 4
    WAITING = 5
    INTERRUPTED = 130


class MarbreError(Exception):
    """Something the user can mend."""

    exit_code = ExitCode.NOT_WRITTEN
    stops_the_run = False

    def __init__(self, code: str, message: str, remedy: str, *, about: str | None = None) -> None:
        super().__init__(code, message, remedy)  # as given, so that it can be sent to another process
        self.code = code
        self.message = message
        self.remedy = remedy
        self.about = about

    def __str__(self) -> str:
        where = f"{self.about}: " if self.about else ""
        return f"{where}{self.message} {self.remedy}".replace("\n", " ")

    @property
    def failure(self) -> Failure:
        return Failure(self.code, self.message, self.remedy)


class UsageError(MarbreError):
    """A flag, a settings file or a folder that cannot be used."""

    exit_code = ExitCode.USAGE
    stops_the_run = True


class SourceError(MarbreError):
    """A source that cannot become an article: empty, binary, too large, not French."""

    lost: Literal["gone", "silent", ""] = ""
    """Of an address: `gone`, its server says that there is no such page; `silent`, nobody answers there, or a server that
    is ill and may recover. Empty for what says nothing of whether it is still there.
    """
    answer: Any = None
    """Of an address whose server answered with an error: that answer (`reading.fetch.Fetched`), for what its headers say."""


class PromptError(UsageError):
    """A prompt file that is missing, broken, or asks for a variable nobody gives."""


class WriterError(MarbreError):
    """The writer gave nothing usable for this article."""


class WaitingError(MarbreError):
    """Nothing went wrong: the next answer comes with a batch. No `WriterError`, so that nobody makes do without it."""

    def __init__(self) -> None:
        super().__init__("waiting", "Waits for a batch.", "Run the same command again.")


class EngineError(WriterError):
    """The model's server refuses every call (key, quota, unknown model): going on is no use."""

    stops_the_run = True


class BudgetError(EngineError):
    """The next call could cost more than is left."""

    until: datetime | None = None
    """When there is room again by itself; None where somebody must see to that."""


class RunStoppedError(EngineError):
    """An article in flight when another's error stopped the run: it makes no further call."""

    def __init__(self, first: MarbreError) -> None:
        super().__init__(first.code, f"Not finished: the run was stopped. {first.message}", first.remedy)


class InterruptedRunError(MarbreError):
    """Somebody stopped the run."""

    exit_code = ExitCode.INTERRUPTED

    def __init__(self) -> None:
        remedy = "Run the same command again: what was paid for is remembered."
        super().__init__("interrupted", "The run was interrupted.", remedy)


class StorageError(MarbreError):
    """A piece could not be written or read."""


class LedgerBusyError(StorageError):
    """Somebody else kept the ledger for too long. The next article is tried: each writes there before it pays."""


class LedgerLostError(StorageError):
    """The server of the ledger went away and was not back in time. The next article is tried, as with a busy one."""


class LedgerError(StorageError):
    """The ledger could not be used: to go on would be to pay for answers that nobody remembers."""

    stops_the_run = True


class DamagedError(LedgerError):
    """A row that no program of ours wrote; the others may be sound."""


class LedgerAddressError(LedgerError):
    """What was given as ledger is none, or its server does not let us in: its address, or what it stands for, is wrong."""

    exit_code = ExitCode.USAGE
