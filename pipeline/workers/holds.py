"""What holds one submission back while the others go on: a cause that lies in its settings, or in money.

Its waiting jobs are `cancelled`, which the queue hands to nobody, and wait again once they are released: by a person, by the
day, or with a new submission of their sources. So does a job that was under way then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.errors import EngineError, MarbreError, PromptError, UsageError
from pipeline.files import printable
from pipeline.ledger import Ledger
from pipeline.workers.queue import REFRESH_TASK

if TYPE_CHECKING:
    from sqlalchemy import Connection

_DAY = "budget_day"
# What a server, or a budget, says of what was submitted: its model, the rows of its models, what it has cost.
_ITS_OWN = frozenset(
    {"unknown_model", "model_refused", "bad_request", "no_price", "no_limit", "budget", _DAY}
)
PARKED = "cancelled"
"""The state of a job that is held back, in the queue."""

# Put together from a constant of ours. Jobs of which nothing has become yet, and the submission each goes by: that of a
# piece which is due is its refresh's.
OPEN = f"""
SELECT item.id AS item, job.id AS job, job.status AS status, job.task_name = '{REFRESH_TASK}' AS is_due,
    CASE WHEN job.task_name = '{REFRESH_TASK}' THEN refresh.submission ELSE item.submission END AS submission
FROM work_items item JOIN procrastinate_jobs job ON job.id = item.job
LEFT JOIN work_refreshes refresh ON refresh.item = item.id WHERE item.status IS NULL
"""  # noqa: S608
# What is spent today is none of tomorrow's; all other causes a person mends.
_HELD = """
INSERT INTO work_holds AS hold (submission, code, why, until) VALUES (:submission, :code, :why, CASE WHEN :is_for_today
    THEN (date_trunc('day', now() AT TIME ZONE 'UTC') + interval '1 day') AT TIME ZONE 'UTC' END)
ON CONFLICT (submission) DO UPDATE SET code = excluded.code, why = excluded.why, until = excluded.until
WHERE hold.until <= now() RETURNING submission
"""
_PARK_ALL = f"""
UPDATE procrastinate_jobs SET status = '{PARKED}' WHERE status = 'todo' AND id IN (
    SELECT job FROM ({OPEN}) AS open WHERE submission = :submission AND status = 'todo')
"""  # noqa: S608
_STANDING = (
    "SELECT code, why FROM work_holds WHERE submission = :submission AND (until IS NULL OR until > now())"
)
# Who releases them waits for this, or this sees that there is no hold any more.
_PARK = f"""
UPDATE procrastinate_jobs SET status = '{PARKED}' WHERE id = :job AND status = 'doing' AND EXISTS (
    {_STANDING} FOR SHARE)
"""  # noqa: S608
# Of several workers that look at once one releases it, and nobody waits.
_DUE = """
DELETE FROM work_holds WHERE submission IN (
    SELECT submission FROM work_holds WHERE until <= now() FOR UPDATE SKIP LOCKED) RETURNING submission
"""
_LIFTED = "DELETE FROM work_holds WHERE submission = :submission RETURNING submission"
_RELEASE = f"""
UPDATE procrastinate_jobs job SET status = 'todo', attempts = 0
FROM ({OPEN}) AS open
WHERE open.job = job.id AND open.submission = ANY(:submissions) AND job.status = '{PARKED}' AND NOT EXISTS (
    SELECT 1 FROM procrastinate_jobs newer WHERE newer.queueing_lock = job.queueing_lock AND newer.status = 'todo')
"""  # noqa: S608
_TAKEN_OUT = f"""
WITH waits AS (
    SELECT item, job, is_due FROM ({OPEN}) AS open
    WHERE submission = :submission AND status IN ('todo', '{PARKED}')
), gone AS (
    DELETE FROM procrastinate_jobs job USING waits
    WHERE job.id = waits.job AND job.status IN ('todo', '{PARKED}') RETURNING waits.item, waits.is_due
)
SELECT item, is_due FROM gone
"""  # noqa: S608
# As a `submit` leaves them that was interrupted: they wait again when they are submitted again. What they said is no reason
# to leave others out.
_NOT_DEFERRED = "UPDATE work_items SET job = NULL WHERE id = ANY(:items)"
_UNTOLD = "DELETE FROM work_prints WHERE item = ANY(:items)"
_UNSEEN = """
DELETE FROM work_seen seen USING work_items item
WHERE item.id = ANY(:items) AND seen.digest = item.digest AND seen.ref = item.ref
"""
# The piece is there: the next refresh finds it due again.
_NOT_RENEWED = """
UPDATE work_items SET status = 'skipped', why = 'its refresh was taken back', ended = now() WHERE id = ANY(:items)
"""
_NO_ORDER = "DELETE FROM work_refreshes WHERE item = ANY(:items)"
_KNOWN = "SELECT EXISTS (SELECT 1 FROM work_submissions WHERE id = :submission)"
# Counted before it is told of: there are few submissions and many jobs.
_STATE = f"""
WITH counted AS (
    SELECT submission, count(*) FILTER (WHERE status = 'todo') AS waiting,
        count(*) FILTER (WHERE status = '{PARKED}') AS held
    FROM ({OPEN}) AS open WHERE status IN ('todo', '{PARKED}') GROUP BY submission
)
SELECT counted.*, told.settings ->> 'model' AS model, hold.code, hold.why, hold.until
FROM counted JOIN work_submissions told ON told.id = counted.submission
LEFT JOIN work_holds hold ON hold.submission = counted.submission
ORDER BY counted.held = 0, counted.submission LIMIT :most
"""  # noqa: S608


class HeldBackError(Exception):
    """The submission that a job goes by is held back."""

    def __init__(self, submission: int, error: MarbreError, *, is_new: bool) -> None:
        """`is_new`: whether nobody else has found that out before."""
        super().__init__(error.message)
        self.submission, self.is_new = submission, is_new
        self.error = EngineError(
            error.code, f"Submission {submission} is held back: {error.message}", _remedy(submission, error)
        )


def _remedy(submission: int, error: MarbreError) -> str:
    if error.code == _DAY:
        return f"It goes on by itself after midnight UTC, or with marbre resume {submission}."
    return (
        f"{error.remedy} Once that is mended marbre resume {submission} lets it go on; "
        f"marbre withdraw {submission} takes it back."
    )


@dataclass(frozen=True, slots=True)
class Waits:
    """A submission of which something waits, or is held back."""

    submission: int
    model: str
    waiting: int
    held: int
    code: str = ""
    """Why it is held back, as an error code; empty where it is not."""
    why: str = ""
    until: datetime | None = None
    """When it goes on by itself; None where somebody must see to that."""


def is_its_own(error: MarbreError) -> bool:
    """Whether what stops a run comes with what was submitted: another submission may be done all the same."""
    if isinstance(error, UsageError):  # its settings cannot be followed; prompts are the program's
        return not isinstance(error, PromptError)
    return error.code in _ITS_OWN


def hold(ledger: Ledger, submission: int, error: MarbreError) -> HeldBackError:
    """Hold back what waits of a submission."""
    from sqlalchemy import text

    why = printable(f"{error.message} {error.remedy}")
    told = {"submission": submission, "code": error.code, "why": why, "is_for_today": error.code == _DAY}

    def once(connection: "Connection") -> bool:
        if connection.execute(text(_HELD), told).first() is None:
            return False
        connection.execute(text(_PARK_ALL), {"submission": submission})
        return True

    return HeldBackError(submission, error, is_new=ledger.doing(once))


def standing(ledger: Ledger, submission: int) -> HeldBackError | None:
    """What holds a submission back now."""
    from sqlalchemy import text

    row = ledger.doing(
        lambda connection: connection.execute(text(_STANDING), {"submission": submission}).first()
    )
    return HeldBackError(submission, EngineError(row.code, row.why, ""), is_new=False) if row else None


def park(ledger: Ledger, submission: int, job: int) -> bool:
    """Hold a job back that is under way; False where its submission goes on by now."""
    from sqlalchemy import text

    told = {"submission": submission, "job": job}
    return ledger.doing(lambda connection: connection.execute(text(_PARK), told).rowcount > 0)


def release_due(ledger: Ledger) -> None:
    """Let what was held back until now go on; with many jobs that takes seconds."""
    from sqlalchemy import text

    ledger.doing(lambda connection: _release(connection, connection.execute(text(_DUE)).scalars().all()))


def resume(ledger: Ledger, submission: int) -> int:
    """Let what is held back of a submission go on; how many jobs. Raises `UsageError` where it is not held back."""
    from sqlalchemy import text

    def once(connection: "Connection") -> int | None:
        lifted = connection.execute(text(_LIFTED), {"submission": submission}).scalars().all()
        return _release(connection, lifted) if lifted else None

    released = ledger.doing(once)
    if released is None:
        raise UsageError(
            "submission", f"Submission {submission} is not held back.", "marbre status lists those that are."
        )
    return released


def _release(connection: "Connection", submissions: Sequence[int]) -> int:
    from sqlalchemy import text

    if not submissions:
        return 0
    return connection.execute(text(_RELEASE), {"submissions": [*submissions]}).rowcount


def withdraw(ledger: Ledger, submission: int) -> int:
    """Take back what waits of a submission, as if it had not been submitted; how many jobs. What runs just now goes on.

    Raises `UsageError` for a submission that there is not.
    """
    from sqlalchemy import text

    def once(connection: "Connection") -> int | None:
        told = {"submission": submission}
        if not connection.execute(text(_KNOWN), told).scalar():
            return None
        gone = connection.execute(text(_TAKEN_OUT), told).all()
        articles = {"items": [row.item for row in gone if not row.is_due]}
        for change in (_NOT_DEFERRED, _UNTOLD, _UNSEEN):
            connection.execute(text(change), articles)
        due = {"items": [row.item for row in gone if row.is_due]}
        for change in (_NOT_RENEWED, _NO_ORDER):
            connection.execute(text(change), due)
        return len(gone)

    taken = ledger.doing(once)
    if taken is None:
        raise UsageError(
            "submission", f"There is no submission {submission}.", "marbre status lists those that wait."
        )
    return taken


def waits(connection: "Connection", most: int) -> tuple[Waits, ...]:
    """The submissions of which something waits, those that are held back before the others."""
    from sqlalchemy import text

    rows = connection.execute(text(_STATE), {"most": most}).all()
    return tuple(
        Waits(row.submission, printable(row.model or ""), row.waiting, row.held)
        if not row.held
        else Waits(
            row.submission, printable(row.model or ""), row.waiting, row.held,
            row.code or "", printable(row.why or ""), row.until,
        )
        for row in rows
    )  # fmt: skip
