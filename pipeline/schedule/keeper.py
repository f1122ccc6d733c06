"""Waits for the next time, runs, and waits again, until it is asked to stop. One run at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from pipeline.schedule.times import When, first

_LOOK = 30.0  # seconds: a machine that slept or whose clock was set is late by no more


class Clock(Protocol):
    """Time as a schedule sees it."""

    def now(self) -> datetime: ...

    async def reaches(self, moment: datetime) -> bool:
        """Waits for it; False as soon as the schedule is to end."""
        ...

    def is_over(self) -> bool: ...


class Diary(Protocol):
    """Who is told what happens."""

    def waits(self, due: datetime) -> None: ...

    def runs(self) -> None: ...

    def ended(self, started: datetime, exit_code: int) -> None: ...

    def stops(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """When to run. `chance` gives a number from 0 to 1 for each run, of `jitter` seconds."""

    when: When
    jitter: float
    chance: Callable[[], float]
    at_once: bool = False

    def late(self, slot: datetime) -> datetime:
        return slot + timedelta(seconds=self.jitter * self.chance())


async def keep(
    wanted: Wanted, last: datetime | None, clock: Clock, run: Callable[[], Awaitable[int]], diary: Diary
) -> None:
    """`last` is when a refresh last ended, `run` gives its exit code; whatever it is, the schedule goes on.

    Times that pass during a run, or while the machine sleeps, are one run and not several.
    """
    now = clock.now()
    slot = now if wanted.at_once else first(wanted.when, last, now)
    due = wanted.late(slot) if slot > now else slot
    diary.waits(due)
    while await clock.reaches(due):
        started = clock.now()
        diary.runs()
        diary.ended(started, await run())
        if clock.is_over():
            break
        slot = wanted.when.after(slot, clock.now())
        due = wanted.late(slot)
        diary.waits(due)
    diary.stops()


class RealClock:
    """This machine's, until `over`."""

    def __init__(self, over: asyncio.Event) -> None:
        self._over = over

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def reaches(self, moment: datetime) -> bool:
        while not self._over.is_set() and (left := (moment - self.now()).total_seconds()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), min(left, _LOOK))
        return not self._over.is_set()

    def is_over(self) -> bool:
        return self._over.is_set()
