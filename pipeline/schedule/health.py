"""What a schedule writes down of itself, and whether it is alive."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import MarbreError
from pipeline.publish.folder import put_page
from pipeline.schedule import record as records
from pipeline.schedule.lock import held, is_held
from pipeline.schedule.metrics import text_of
from pipeline.schedule.record import Place, Record

_LATE = timedelta(minutes=5)  # a machine that has just woken up looks at its clock within half a minute


class State(BaseModel):
    """What the schedule is doing."""

    model_config = ConfigDict(frozen=True)

    schema_: Literal["marbre.schedule/1"] = Field("marbre.schedule/1", alias="schema")
    state: Literal["waiting", "running", "stopped"] = "stopped"
    since: AwareDatetime | None = None
    when: str = ""
    next_run: AwareDatetime | None = None


def read(path: Path) -> State:
    """A stopped one where there is none that can be read."""
    try:
        return State.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return State()


def ills(place: Place, now: datetime) -> str:
    """What is wrong with the schedule; nothing when it is well. That a run failed is no illness of the schedule."""
    state = read(place.schedule)
    if not is_held(place.schedule_lock):
        return "no schedule is running"
    if state.state == "waiting" and state.next_run and now > state.next_run + _LATE:
        return f"the run of {state.next_run.isoformat(timespec='seconds')} has not begun"
    return ""


def line(state: State, record: Record, zone: tzinfo) -> str:
    """What it does, and how the last run went."""
    doing = f"waiting, {_next(state.next_run, zone)}" if state.next_run else state.state
    if record.ended is None:
        return f"{doing}; no refresh has ended yet"
    success = _shown(record.succeeded, zone) if record.succeeded else "never"
    return (
        f"{doing}; the last refresh {_went(record)} at {_shown(record.ended, zone)}; last success: {success}"
    )


class Writer:
    """The diary of a schedule: a line a run, and the files for who watches."""

    def __init__(
        self,
        place: Place,
        when: str,
        zone: tzinfo,
        metrics: Path | None,
        now: Callable[[], datetime],
        say: Callable[[str], None],
    ) -> None:
        self._place, self._when, self._zone, self._metrics = place, when, zone, metrics
        self._now, self._say = now, say
        self._told = ""

    def waits(self, due: datetime) -> None:
        self._note("waiting", due)
        self._say(f"{self._told}{_next(due, self._zone)}")
        self._told = ""

    def runs(self) -> None:
        self._note("running", None)

    def ended(self, started: datetime, exit_code: int) -> None:
        record = self._settled(started, exit_code)
        if record is None:
            self._told = f"exit code {exit_code}, another refresh is under way; "
        else:
            self._told = f"the refresh {_went(record)}; "

    def stops(self) -> None:
        self._note("stopped", None)
        self._say(f"{self._told}stopped")

    def _settled(self, started: datetime, exit_code: int) -> Record | None:
        """The record with this run in it, also when it broke off before it could say so; None when another has the lock."""
        try:
            with held(self._place.lock, "Another refresh of this ledger"):
                record = records.read(self._place.record)
                if record.started is None or record.started < started:
                    record = records.begun(record, started)
                if record.ended is None:
                    record = records.ended(record, self._now(), exit_code)
                    records.write(self._place.record, record)
                return record
        except MarbreError as error:
            if error.code != "busy":
                self._say(f"marbre: {error}")
            return None

    def _note(self, state: Literal["waiting", "running", "stopped"], due: datetime | None) -> None:
        """A disk that is full is told, and ends no schedule."""
        now = State(state=state, since=self._now(), when=self._when, next_run=due)
        try:
            put_page(self._place.schedule, now.model_dump_json(indent=2, by_alias=True) + "\n")
            if self._metrics:
                put_page(self._metrics, text_of(records.read(self._place.record), due))
        except MarbreError as error:
            self._say(f"marbre: {error}")


def _went(record: Record) -> str:
    done = f"{record.due} due, {record.written} written, {record.failed} failed"
    code = record.exit_code or 0
    name = f"exit code {code}" if code >= 0 else f"signal {-code}"
    return f"ended with {name} after {record.seconds:.1f} s: {done}"


def _next(due: datetime, zone: tzinfo) -> str:
    return f"next run at {_shown(due, zone)}"


def _shown(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")
