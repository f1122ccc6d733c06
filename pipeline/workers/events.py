"""What a worker tells while it works: a line for a person, or a line of JSON for programs."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from pipeline.model import Outcome
from pipeline.report import cost_json
from pipeline.workers.refreshing import Deferred

Name = Literal["article", "refresh", "taken_over", "set_aside", "held", "note", "error"]


@dataclass(frozen=True, slots=True)
class Event:
    name: Name
    message: str
    """For a person, in one line."""
    worker: int | None = None
    """Its number in the queue; None before it has one."""
    article: str | None = None
    submission: int | None = None
    job: int | None = None
    outcome: Outcome | None = None
    counts: dict[str, int] = field(default_factory=dict)
    """Of a look at all pieces: how many were looked at, are due, and were deferred."""


def of_article(outcome: Outcome, worker: int | None, submission: int, job: int) -> Event:
    error = outcome.error
    what = f"{error.message} {error.remedy}".rstrip() if error else outcome.verdict or outcome.why
    message = f"{outcome.source}: {outcome.status}, {what}"
    return Event("article", message, worker, outcome.source, submission, job, outcome)


def of_round(told: Deferred, worker: int | None, job: int) -> Event:
    counts = {"looked_at": told.looked_at, "due": len(told.outcomes), "deferred": told.added}
    message = f"Looked at {told.looked_at:,} pieces: {len(told.outcomes):,} are due, {told.added:,} jobs were added."
    return Event("refresh", message, worker, job=job, counts=counts)


def json_line(event: Event, moment: datetime) -> str:
    """One line without its end, ASCII alone: what a source is called breaks no line and moves no cursor."""
    told: dict[str, Any] = {
        "at": moment.astimezone(UTC).isoformat(timespec="milliseconds"),
        "event": event.name,
        "message": event.message,
        "worker": event.worker,
        "article": event.article,
        "submission": event.submission,
        "job": event.job,
    }
    return json.dumps(told | _became(event.outcome) | event.counts)


def _became(outcome: Outcome | None) -> dict[str, Any]:
    if outcome is None:
        return {}
    return {
        "sha256": outcome.sha256,
        "status": outcome.status,
        "verdict": outcome.verdict,
        "code": outcome.error.code if outcome.error else None,
        "seconds": round(outcome.seconds, 3),
        "calls": {"paid": outcome.paid, "remembered": outcome.remembered},
        "tokens": {"input": outcome.usage.input, "output": outcome.usage.output},
        "cost": cost_json(outcome.cost),
    }
