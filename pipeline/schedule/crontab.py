"""A refresh as a line of a crontab: crontab(5)."""

import re
import shlex

from pipeline.errors import UsageError
from pipeline.schedule.times import Cron, When
from pipeline.schedule.words import ENVIRONMENT, Job, check

_LONGEST = 990  # characters; Debian's cron takes 998 with the line break, and cuts what is longer
_PLAIN = re.compile(r"[0-9*,/-]+(?: [0-9*,/-]+){2}(?: (?:[0-9*,/-]|[A-Z]{3})+){2}")
_DAY, _HOUR = 86_400, 3_600


def line(job: Job, when: When, jitter: int) -> str:
    """Raises `UsageError` for what a crontab cannot say: half an hour's jitter, every 7 hours, a backslash."""
    if jitter:
        raise UsageError("jitter", "A crontab knows no jitter.", "Leave --jitter out, or take systemd.")
    words = (*job.command, *job.arguments)
    # How a backslash before % is read differs from one cron to another.
    check((*words, str(job.folder)), "\\", "a crontab")
    environment = f'"$HOME/{ENVIRONMENT}"'
    command = (
        f"cd {shlex.quote(str(job.folder))} && {{ set -a; [ ! -r {environment} ] || . {environment}; "
        f"exec {shlex.join(words)}; }}"
    )
    whole = f"{_fields(when)} {command}".replace("%", "\\%")
    if len(whole.encode()) > _LONGEST:
        raise UsageError(
            "quoting",
            f"The line would have {len(whole.encode())} characters, of which cron reads {_LONGEST}.",
            "Put options into marbre.toml.",
        )
    return whole + "\n"


def _fields(when: When) -> str:
    if isinstance(when, Cron):
        if not _PLAIN.fullmatch(when.expression.upper()):
            raise UsageError(
                "cron", f"Not every cron reads {when.expression!r}.", "Leave out L, W and # for a crontab."
            )
        return when.expression
    seconds = when.seconds
    if seconds == _DAY:
        return "0 0 * * *"
    if seconds % _HOUR == 0 and _DAY % seconds == 0:
        return f"0 {'*' if seconds == _HOUR else f'*/{seconds // _HOUR}'} * * *"
    if seconds % 60 == 0 and _HOUR % seconds == 0:
        return f"{'*' if seconds == 60 else f'*/{seconds // 60}'} * * * *"
    raise UsageError(
        "cron", f"A crontab cannot say {when}.", "Give --cron, or what divides an hour or a day: 15m, 6h, 1d."
    )
