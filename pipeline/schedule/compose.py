"""A refresh as a service of a compose file, for the image that `deploy/Dockerfile` builds."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.schedule.words import Job, check

_PLACES = ("--out", "--ledger", "--settings")
"""What says which ledger it is."""
_STOP = "90s"  # more than the schedule's own grace, less than a host waits


def service(job: Job, user: str, zone: str | None, elsewhere: Sequence[Path]) -> str:
    """YAML. The folder has its own path inside: the ledger knows sources by where they lie. So have those `elsewhere`.

    `user` is `uid:gid`, whose the files will be.
    """
    import yaml

    paths = [job.folder, *elsewhere]
    check((*job.arguments, *map(str, paths)))
    made: dict[str, Any] = {
        "image": "marbre",
        "init": True,
        "user": user,
        "working_dir": _literal(str(job.folder)),
        "command": [_literal(word) for word in job.arguments],
        "environment": {"TZ": zone} if zone else {},
        "env_file": [{"path": "marbre.env", "required": False}],
        "volumes": [{"type": "bind", "source": _literal(str(p)), "target": _literal(str(p))} for p in paths],
        # Of a health check only 0 and 1 mean something.
        "healthcheck": {"test": ["CMD", "sh", "-c", '"$$@" || exit 1', "sh", *_health(job)]},
        "restart": "unless-stopped",
        "stop_grace_period": _STOP,
    }
    services = {"marbre": {name: value for name, value in made.items() if value}}
    return yaml.safe_dump({"services": services}, sort_keys=False, allow_unicode=True, width=10_000)


def _health(job: Job) -> list[str]:
    places = [word for word in job.arguments if word.split("=")[0] in _PLACES]
    return ["marbre", "schedule", "health", *map(_literal, places)]


def _literal(text: str) -> str:
    """Compose puts the environment's values in place of `$NAME`."""
    return text.replace("$", "$$")
