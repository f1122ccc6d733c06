"""A refresh as a service and a timer of systemd: systemd.exec(5), systemd.timer(5), systemd.time(7)."""

from pipeline.errors import UsageError
from pipeline.schedule.times import Cron, Every, When
from pipeline.schedule.words import ENVIRONMENT, Job, check

NAME = "marbre-refresh"
_STOP = 120  # seconds: the pieces under way are finished, an answer of a model may take a minute
_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FIRST = 300  # seconds after the timer starts


def units(job: Job, when: When, jitter: int, zone: str | None) -> dict[str, str]:
    """The two files by name. `jitter` is in seconds. Raises `UsageError` for what cannot be said there."""
    return {f"{NAME}.service": _service(job, zone), f"{NAME}.timer": _timer(when, jitter, zone)}


def _service(job: Job, zone: str | None) -> str:
    folder = str(job.folder)
    check((*job.command, *job.arguments, folder))
    check(job.command[:1], "$\\\"'", "the path of a systemd unit's program")
    if folder.endswith(("\\", " ")) or folder.startswith(" "):
        check((folder,), "\\ ", "a systemd unit's folder")
    start = " ".join(map(_quoted, (*job.command, *job.arguments)))
    time = f"Environment=TZ={zone}\n" if zone else ""
    # 3: some pieces need work, 130: asked to stop. Neither is a failure of the service.
    return f"""[Unit]
Description=Look at what Marbre wrote, and write again what its sources no longer say

[Service]
Type=oneshot
WorkingDirectory={folder.replace("%", "%%")}
{time}EnvironmentFile=-%h/{ENVIRONMENT}
ExecStart={start}
SuccessExitStatus=3 130
KillMode=mixed
TimeoutStopSec={_STOP}
NoNewPrivileges=true
Nice=10
"""


def _quoted(word: str) -> str:
    """One word of a command line: no variable, no specifier, no separator."""
    inner = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{inner}"'


def _timer(when: When, jitter: int, zone: str | None) -> str:
    if isinstance(when, Every):
        # The first soon: a machine that is off at night would else never come to the end of a long while.
        times = [f"OnActiveSec={_FIRST}", f"OnUnitActiveSec={when.seconds}"]
    else:
        times = [f"OnCalendar={calendar}" for calendar in _calendars(when, zone)]
        times.append("Persistent=true")
    late = [f"RandomizedDelaySec={jitter}"] if jitter else []
    lines = "\n".join([*times, *late, "AccuracySec=1s"])
    return f"""[Unit]
Description=When Marbre looks at what it wrote

[Timer]
{lines}

[Install]
WantedBy=timers.target
"""


def _calendars(cron: Cron, zone: str | None) -> list[str]:
    """One line, or two where a crontab means “this day of the month or that day of the week”."""
    minutes, hours, days, months, weekdays, either = cron.sets()
    plain = sorted(n for n in weekdays if isinstance(n, int))
    if len(plain) < len(weekdays) or any(n < 0 for n in days):
        raise UsageError(
            "cron",
            f"systemd has no word for {cron.expression!r}.",
            "Leave out L and #, or keep the schedule in the foreground: marbre refresh --cron.",
        )
    clock = f"{_listed(hours, 24)}:{_listed(minutes, 60)}:00" + (f" {zone}" if zone else "")
    week = ",".join(dict.fromkeys(_DAYS[n] for n in plain))
    on_days = f"*-{_listed(months, 12)}-{_listed(days, 31)} {clock}"
    on_week = f"{week} *-{_listed(months, 12)}-* {clock}"
    if len(set(week.split(","))) == 7:
        return [on_days]
    return [on_week, on_days] if either else [f"{week} {on_days}"]


def _listed(numbers: frozenset[int], most: int) -> str:
    return "*" if len(numbers) == most else ",".join(f"{n:02}" for n in sorted(numbers))
