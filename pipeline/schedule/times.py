"""When a scheduled refresh runs: a rule and a moment -> the next moment. No clock is read here."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from pipeline.errors import UsageError

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_FIELDS = "Write minute, hour, day of the month, month and day of the week, like “0 6 * * 1-5”."
_SHOWN = 100  # characters of what was given
_LONGEST = 366 * 86_400  # seconds; who waits longer than a year has no schedule

Numbers = frozenset[int]
Weekdays = frozenset[int | tuple[int, int]]


def seconds_of(text: str) -> int:
    """`90s`, `15m`, `6h`, `1d`, `2w`, from 1 second to 366 days. Raises `UsageError`."""
    found = re.fullmatch(r"([0-9]{1,9})([smhdw])", text.strip())
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    if not 1 <= seconds <= _LONGEST:
        raise UsageError(
            "duration", f"{text!r} is no time to wait.", "Write it like 90s, 15m, 6h, 1d or 2w; 366d at most."
        )
    return seconds


@dataclass(frozen=True, slots=True)
class Every:
    """Runs as far apart as asked, counted from the first; the clocks' change of hour moves none."""

    seconds: int

    def after(self, slot: datetime, now: datetime) -> datetime:
        """The first time after `now` of those that follow `slot`: what passed meanwhile is not made up for."""
        slot, step = slot.astimezone(UTC), timedelta(seconds=self.seconds)
        passed = max(0, (now.astimezone(UTC) - slot) // step)
        return slot + step * (passed + 1)

    def __str__(self) -> str:
        return f"every {self.seconds} s"


@dataclass(frozen=True, slots=True)
class Cron:
    """A crontab's five fields. What falls into the hour that spring leaves out runs right after it, what falls into the
    hour that autumn repeats runs once, as in Debian's cron.
    """

    expression: str
    zone: tzinfo

    def after(self, slot: datetime, now: datetime) -> datetime:
        """The first time after both. Raises `UsageError` where there never is one."""
        from cronsim import CronSim, CronSimError

        try:
            return next(CronSim(self.expression, max(slot, now).astimezone(self.zone))).astimezone(UTC)
        except (
            CronSimError,
            StopIteration,
            ValueError,
        ) as error:  # a number of thousands of digits is the last
            why = str(error).partition(";")[0] or "that day never comes"
            raise UsageError(
                "cron",
                f"The cron expression {self.expression[:_SHOWN]!r} will not do: {why}.",
                _FIELDS,
            ) from None

    def sets(self) -> "tuple[Numbers, Numbers, Numbers, Numbers, Weekdays, bool]":
        """Minutes, hours, days of the month (below 0: the last), months, days of the week (0 and 7 are Sunday, a pair is
        the nth), and whether one of the two kinds of day is enough.
        """
        from cronsim import CronSim

        parsed = CronSim(self.expression, datetime(2000, 1, 1, tzinfo=UTC))
        plain = (parsed.minutes, parsed.hours, parsed.days, parsed.months)
        minutes, hours, days, months = (frozenset(each) for each in plain)
        return minutes, hours, days, months, frozenset(parsed.weekdays), not parsed.day_and

    def __str__(self) -> str:
        return f"cron {self.expression}"


When = Every | Cron


def cron_of(expression: str, zone: tzinfo) -> Cron:
    """Raises `UsageError` for anything but five fields that come true some day."""
    cron = Cron(" ".join(expression.split()), zone)
    if len(cron.expression.split()) != 5:  # a sixth would be seconds, which no crontab has
        raise UsageError(
            "cron", f"The cron expression {cron.expression[:_SHOWN]!r} has not five fields.", _FIELDS
        )
    start = datetime(2000, 1, 1, tzinfo=UTC)
    cron.after(start, start)
    return cron


def first(when: When, last: datetime | None, now: datetime) -> datetime:
    """When a schedule that starts now runs first: at its next time; at once where a time has passed since the `last`
    run, however many did.
    """
    if last is None or last > now:
        return when.after(now, now)
    return max(when.after(last, last), now)


def zone_of(name: str | None) -> tzinfo:
    """The zone of that name, by default this machine's. Raises `UsageError` where the machine does not tell."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if name:
        return ZoneInfo(name)
    from tzlocal import get_localzone

    try:
        return get_localzone()
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(
            "time_zone", f"This machine's time zone is not known: {error}.", "Give --time-zone Europe/Paris."
        ) from None
