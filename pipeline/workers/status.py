"""How far the work is: what waits, runs, is done, failed; how fast it goes, and what it has cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.files import printable
from pipeline.ledger import Ledger
from pipeline.model import Money
from pipeline.workers.holds import Waits, waits
from pipeline.workers.takeover import ASIDE

_LISTED = 100
_MINUTES = 10
"""What `rate` looks back on."""

_JOBS = """
SELECT count(*) FILTER (WHERE status = 'todo') AS waiting, count(*) FILTER (WHERE status = 'doing') AS running,
    count(*) FILTER (WHERE status IN ('todo', 'doing') AND queue_name <> ALL(:queues)) AS others,
    (SELECT count(*) FROM procrastinate_workers) AS workers
FROM procrastinate_jobs WHERE queue_name LIKE 'marbre-%' AND status IN ('todo', 'doing')
"""
_OLDEST = """
SELECT EXTRACT(EPOCH FROM now() - event.at) FROM procrastinate_jobs job JOIN procrastinate_events event ON event.job_id = job.id
WHERE job.id = (SELECT min(id) FROM procrastinate_jobs WHERE status = 'todo' AND queue_name LIKE 'marbre-%')
ORDER BY event.at LIMIT 1
"""
_DONE = """
SELECT coalesce(status, '') AS status, coalesce(verdict, '') AS verdict, count(*) AS n FROM work_items
WHERE status IS NOT NULL GROUP BY 1, 2
"""
# From when the first of them was begun, if its job is still there: five that took a minute together end in a second.
_RECENT = """
WITH recent AS (SELECT job, ended FROM work_items WHERE ended > now() - make_interval(mins => :minutes)),
    first AS (SELECT job, ended FROM recent ORDER BY ended LIMIT 1),
    begun AS (
        SELECT least(min(first.ended), min(event.at)) AS at FROM first
        LEFT JOIN procrastinate_events event ON event.job_id = first.job AND event.type = 'started')
SELECT (SELECT count(*) FROM recent) AS n,
    EXTRACT(EPOCH FROM now() - greatest(at, now() - make_interval(mins => :minutes))) AS seconds FROM begun
"""
# Each answer that was paid for has a row, whatever became of it.
_PAID = """
SELECT currency, count(*) AS calls, sum(amount) AS amount, bool_or(estimated) AS estimated FROM calls
GROUP BY currency ORDER BY currency NULLS LAST
"""
_LEFT = "SELECT ref, why, code, killed FROM work_items WHERE status = :status ORDER BY id LIMIT :most"


@dataclass(frozen=True, slots=True)
class Left:
    """An article that was not written, and why."""

    source: str
    why: str
    code: str
    killed: int


@dataclass(frozen=True, slots=True)
class Status:
    waiting: int
    running: int
    others: int
    """Of those that wait or run, the jobs of other versions of the program."""
    workers: int
    done: int
    verdicts: dict[str, int]
    failed: int
    set_aside: int
    oldest: float | None
    """Seconds for which the oldest job waits; None when none does."""
    rate: float
    """Articles an hour over the last ten minutes, or since the first that ended in them was begun."""
    paid: int
    """Answers of a model that were paid for, whoever asked."""
    unpriced: int
    """Of these, answers whose price is not known."""
    spent: tuple[Money, ...]
    """A sum for each currency; none when no price is known."""
    left: tuple[Left, ...]
    """Some of those that failed, or were set aside."""
    submissions: tuple[Waits, ...] = ()
    """Some of those of which something waits, or is held back."""

    @property
    def held(self) -> dict[str, int]:
        """How many jobs are held back, by why."""
        codes: dict[str, int] = {}
        for each in self.submissions:
            if each.held:
                codes[each.code] = codes.get(each.code, 0) + each.held
        return codes


def status_of(ledger: Ledger) -> Status:
    from sqlalchemy import text

    from pipeline.workers.tables import QUEUES

    with ledger.connect() as connection:
        jobs = connection.execute(text(_JOBS), {"queues": [*QUEUES]}).one()
        oldest = connection.execute(text(_OLDEST)).scalar()
        done = connection.execute(text(_DONE)).all()
        recent = connection.execute(text(_RECENT), {"minutes": _MINUTES}).one()
        paid = connection.execute(text(_PAID)).all()
        left = [
            row
            for status in (ASIDE, "failed")
            for row in connection.execute(text(_LEFT), {"status": status, "most": _LISTED}).all()
        ]
        submissions = waits(connection, _LISTED)
    counts: dict[str, int] = {}
    verdicts: dict[str, int] = {}
    for status, verdict, n in done:
        counts[status] = counts.get(status, 0) + n
        if verdict and status not in ("failed", ASIDE):
            verdicts[verdict] = verdicts.get(verdict, 0) + n
    failed, aside = counts.pop("failed", 0), counts.pop(ASIDE, 0)
    seconds = max(float(recent.seconds or 0), 1.0)
    return Status(
        jobs.waiting, jobs.running, jobs.others, jobs.workers, sum(counts.values()), dict(sorted(verdicts.items())),
        failed, aside, None if oldest is None else round(float(oldest), 1),
        round(recent.n * 3_600 / seconds, 1),
        sum(row.calls for row in paid), sum(row.calls for row in paid if row.currency is None), _spent(paid),
        tuple(Left(printable(row.ref), printable(row.why or ""), row.code or "", row.killed) for row in left),
        submissions,
    )  # fmt: skip


def _spent(paid: Sequence[Any]) -> tuple[Money, ...]:
    """What cost nothing in a currency is told only when nothing else is: as a run tells its cost."""
    known = [
        Money(float(row.amount), row.currency, bool(row.estimated))
        for row in paid
        if row.currency is not None
    ]
    return tuple(money for money in known if money.amount) or tuple(known[:1])
