"""How refreshes went: one JSON file beside the ledger, kept by the refreshes themselves, whoever starts them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from signal import SIGTERM
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ExitCode, MarbreError
from pipeline.ledger import FILE
from pipeline.publish.folder import put_page
from pipeline.schedule.lock import held
from pipeline.settings import Settings
from pipeline.spending import ledger_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.model import Outcome
    from pipeline.refresh.run import Refreshed

Result = Literal["ok", "failed", "interrupted"]
_YEARS = range(1970, 9999)  # what every time zone can tell
_BEYOND = 2**63


def _tellable(moment: datetime) -> datetime:
    if moment.year not in _YEARS:
        raise ValueError("no zone can tell it")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_tellable)]
Count = Annotated[int, Field(gt=-_BEYOND, lt=_BEYOND)]


class Record(BaseModel):
    """Of the last run, and since the first. A run is `ok` with exit code 0 or 3: all was looked at, nothing failed."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    schema_: Literal["marbre.refresh/1"] = Field("marbre.refresh/1", alias="schema")
    started: Moment | None = None
    ended: Moment | None = None
    """None while it goes on, and after it was killed."""
    seconds: float = 0.0
    exit_code: Count | None = None
    stayed: Count = 0
    due: Count = 0
    written: Count = 0
    failed: Count = 0
    calls: Count = 0
    """Paid ones."""
    succeeded: Moment | None = None
    """The end of the last run that was `ok`."""
    pieces: dict[str, Count] = {}
    """How many have which verdict, after the last run that looked at all."""
    runs: dict[Result, Count] = {}
    total_due: Count = 0
    total_written: Count = 0
    total_failed: Count = 0
    total_calls: Count = 0
    total_spent: dict[str, float] = {}
    """By currency; calls whose price is not known are in none."""


@dataclass(frozen=True, slots=True)
class Place:
    """The files beside the ledger that refreshes and their schedule keep."""

    record: Path
    lock: Path
    schedule: Path
    schedule_lock: Path


def place_of(settings: Settings) -> Place:
    """Raises `UsageError` where there is no ledger."""
    ledger = ledger_file(settings) or settings.out / FILE
    names = ("refresh.json", "refresh.lock", "schedule.json", "schedule.lock")
    return Place(*(ledger.with_suffix(f".{name}") for name in names))


def read(path: Path) -> Record:
    """An empty one where there is none yet, or none that can be read: nothing rests on it but what is shown."""
    try:
        return Record.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return Record()


def write(path: Path, record: Record) -> None:
    """Whole or not at all, for who holds the lock. Raises `StorageError`."""
    put_page(path, record.model_dump_json(indent=2, by_alias=True) + "\n", alone=True)


def begun(record: Record, now: datetime) -> Record:
    """A run that began and never ended was killed."""
    if record.started and record.ended is None:
        record = ended(record, record.started, ExitCode.NOT_WRITTEN)
    return record.model_copy(update={"started": now, "ended": None, "exit_code": None})


def ended(record: Record, now: datetime, exit_code: int, told: "Refreshed | None" = None) -> Record:
    """`told` is None for a run that broke off: how many pieces have which verdict is then as it was."""
    outcomes = told.outcomes if told else ()
    result = result_of(exit_code)
    written = sum(o.status == "written" for o in outcomes)
    failed = sum(o.status == "failed" for o in outcomes)
    calls = sum(o.paid for o in outcomes)
    return record.model_copy(
        update={
            "ended": now,
            "seconds": round((now - (record.started or now)).total_seconds(), 3),
            "exit_code": int(exit_code),
            "stayed": told.stayed if told else 0,
            "due": len(outcomes),
            "written": written,
            "failed": failed,
            "calls": calls,
            "succeeded": now if result == "ok" else record.succeeded,
            "pieces": dict(told.pieces) if told and not told.stopped else record.pieces,
            "runs": {**record.runs, result: record.runs.get(result, 0) + 1},
            "total_due": record.total_due + len(outcomes),
            "total_written": record.total_written + written,
            "total_failed": record.total_failed + failed,
            "total_calls": record.total_calls + calls,
            "total_spent": _with(record.total_spent, outcomes),
        }
    )


def result_of(exit_code: int) -> Result:
    if exit_code in (ExitCode.READY, ExitCode.NEEDS_WORK):
        return "ok"
    return "interrupted" if exit_code in (ExitCode.INTERRUPTED, -SIGTERM) else "failed"


def _with(spent: Mapping[str, float], outcomes: "tuple[Outcome, ...]") -> dict[str, float]:
    sums = dict(spent)
    for cost in (o.cost for o in outcomes if o.paid and o.cost):
        sums[cost.currency] = round(sums.get(cost.currency, 0.0) + cost.amount, 9)
    return sums


class Running:
    """The refresh that holds the lock; `result` is set once it has come to its end."""

    def __init__(self) -> None:
        self.result: Refreshed | None = None


@contextmanager
def recorded(settings: Settings, metrics: Path | None, clock: "Callable[[], datetime]") -> Iterator[Running]:
    """One refresh of a ledger at a time, written down for who watches. Raises `StorageError` with the code `busy`."""
    place, running = place_of(settings), Running()
    with held(place.lock, "Another refresh of this ledger"):
        write(place.record, begun(read(place.record), clock()))
        exit_code: int = ExitCode.READY
        try:
            yield running
        except BaseException as end:
            exit_code = _code_of(end)
            raise
        finally:
            record = ended(read(place.record), clock(), exit_code, running.result)
            write(place.record, record)
            if metrics:
                from pipeline.schedule.metrics import text_of

                put_page(metrics, text_of(record))


def _code_of(end: BaseException) -> int:
    if isinstance(end, MarbreError):
        return end.exit_code
    if isinstance(end, SystemExit) and isinstance(end.code, int):
        return end.code
    return ExitCode.INTERRUPTED if isinstance(end, KeyboardInterrupt) else 1
