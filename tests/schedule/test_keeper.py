"""A schedule through months of a clock that nobody waits for."""

import asyncio
from datetime import UTC, datetime, timedelta

from pipeline.schedule.keeper import Wanted, keep
from pipeline.schedule.times import Every, cron_of

START = datetime(2026, 1, 31, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Hands:
    """A clock that is set forward to what is waited for, and stops after so many waits. `sleeps` holds it up."""

    def __init__(self, waits, sleeps=()):
        self.moment, self.left, self.sleeps = START, waits, list(sleeps)

    def now(self):
        return self.moment

    async def reaches(self, moment):
        if self.left == 0:
            return False
        self.left -= 1
        self.moment = max(self.moment, moment) + (self.sleeps.pop(0) if self.sleeps else timedelta(0))
        return True

    def is_over(self):
        return False


class Seen:
    def __init__(self):
        self.due, self.codes, self.states = [], [], []

    def waits(self, due):
        self.due.append(due)

    def runs(self):
        self.states.append("runs")

    def ended(self, started, exit_code):
        self.codes.append(exit_code)
        self.states.append("ended")

    def stops(self):
        self.states.append("stops")


def kept(wanted, clock, *, last=None, codes=(), takes=timedelta(0)):
    seen, given, runs = Seen(), list(codes), []

    async def run():
        runs.append(clock.moment)
        clock.moment += takes
        return given.pop(0) if given else 0

    asyncio.run(keep(wanted, last, clock, run, seen))
    return runs, seen


def hourly(jitter=0.0, chance=0.5, at_once=False):
    return Wanted(Every(3600), jitter, lambda: chance, at_once=at_once)


def test_it_runs_at_each_time_and_tells_the_next():
    runs, seen = kept(hourly(), Hands(3))
    assert runs == [START + n * HOUR for n in (1, 2, 3)]
    assert seen.due == [START + n * HOUR for n in (1, 2, 3, 4)]
    assert seen.states == ["runs", "ended"] * 3 + ["stops"]


def test_it_runs_at_the_start_only_when_asked():
    assert kept(hourly(at_once=True), Hands(2))[0] == [START, START + HOUR]


def test_a_run_that_fails_ends_no_schedule():
    runs, seen = kept(hourly(), Hands(5), codes=[4, 1, -9, 2, 3])
    assert len(runs) == 5
    assert seen.codes == [4, 1, -9, 2, 3]


def test_times_that_pass_while_the_machine_sleeps_are_one_run():
    runs, _ = kept(hourly(), Hands(2, sleeps=[timedelta(hours=30, minutes=10)]))
    assert runs == [START + HOUR * 31 + timedelta(minutes=10), START + 32 * HOUR]


def test_times_that_pass_during_a_run_are_not_run_after_it():
    runs, _ = kept(hourly(), Hands(2), takes=timedelta(hours=2, minutes=30))
    assert runs == [START + HOUR, START + 4 * HOUR]


def test_jitter_makes_runs_late_and_skips_and_doubles_none():
    late = timedelta(minutes=5)
    runs, _ = kept(hourly(jitter=600, chance=0.5), Hands(24))
    assert runs == [START + n * HOUR + late for n in range(1, 25)]


def test_a_year_of_working_days_has_as_many_runs_as_the_calendar():
    wanted = Wanted(cron_of("0 6 * * 1-5", UTC), 300.0, lambda: 0.999, at_once=False)
    runs, _ = kept(wanted, Hands(260))
    assert len({r.date() for r in runs}) == 260
    assert {r.weekday() for r in runs} == {0, 1, 2, 3, 4}
    assert (runs[-1].date() - runs[0].date()).days == 51 * 7 + 4


def test_a_run_missed_before_the_start_is_made_up_for_at_once_and_once():
    runs, _ = kept(hourly(jitter=600), Hands(2), last=START - timedelta(days=9))
    assert runs == [START, START + HOUR + timedelta(minutes=5)]
