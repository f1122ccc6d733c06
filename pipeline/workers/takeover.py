"""Signs of life, and the jobs of workers that give none any more. Only the database's clock decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.files import printable
from pipeline.ledger import Ledger
from pipeline.workers.rooms import SUSPECT

BEAT = 2.0
"""Seconds between two signs of life."""
LOST = 20.0
"""Seconds without one, then a worker's jobs are others'."""
MOST_KILLED = SUSPECT + 1
"""Workers that an article may take with it, at the same place, before it is set aside."""
ASIDE = "set_aside"

# A server that was away has heard nobody: silence counts from its start. Of several that look at once one has a lost
# worker and all that was its; else they would wait for each other's locks.
_SILENT = """
SELECT id FROM procrastinate_workers
WHERE GREATEST(last_heartbeat, pg_postmaster_start_time()) < now() - make_interval(secs => :lost)
"""
_LOST = f"{_SILENT} FOR UPDATE SKIP LOCKED"
_BEAT = "UPDATE procrastinate_workers SET last_heartbeat = now() WHERE id = :me"
# What an article ends its workers with comes at the same place each time, since all that was answered is remembered: one
# that has got further is as good as new, whoever pulled the plug. Who is done alone claims that (`alone`): what else its
# worker had only stood in line, as had what claims that (`in_line`); and a suspect is blamed for nothing that ended others
# beside it.
_BLAMED = """
CASE WHEN claim.source <> 'alone ' || item.id OR EXISTS (
        SELECT 1 FROM claims line
        WHERE line.run = 'worker-' || stranded.worker_id AND line.source = 'in line ' || item.id) THEN item.killed
    WHEN loss.answers <> known.answers THEN 1
    WHEN claim.source IS NULL THEN GREATEST(item.killed, LEAST(item.killed + 1, :suspect))
    ELSE item.killed + 1 END
"""
# A job whose source was submitted again with other bytes is nobody's: it ends, else the newer one waits for it. Those of
# workers of another version too: nobody of theirs may be left to look, and what is under way holds up all of its source.
# Put together from constants above. One statement: of two workers that look at once the second finds nothing left.
_TAKE_OVER = f"""
WITH lost AS ({_LOST}),
stranded AS (
    SELECT job.id, job.worker_id FROM procrastinate_jobs job
    WHERE job.status = 'doing' AND job.queue_name LIKE 'marbre-%'
      AND (job.worker_id IS NULL OR job.worker_id IN (SELECT id FROM lost))
    FOR UPDATE SKIP LOCKED
),
judged AS (
    SELECT item.id, {_BLAMED} AS killed, known.answers FROM stranded
    JOIN work_items item ON item.job = stranded.id
    LEFT JOIN work_losses loss ON loss.item = item.id
    LEFT JOIN claims claim ON claim.run = 'worker-' || stranded.worker_id AND claim.source LIKE 'alone %'
    CROSS JOIN LATERAL (
        SELECT count(*) AS answers FROM calls WHERE calls.source = item.key AND calls.usable) known
),
noted AS (
    INSERT INTO work_losses AS loss (item, answers, times) SELECT id, answers, 1 FROM judged
    ON CONFLICT (item) DO UPDATE SET answers = excluded.answers, times = loss.times + 1
),
counted AS (
    UPDATE work_items item SET
        killed = judged.killed,
        status = CASE WHEN judged.killed >= :most THEN '{ASIDE}' ELSE status END,
        why = CASE WHEN judged.killed >= :most
            THEN judged.killed || ' workers ended at the same place of it, the last of them with nothing else in hand. '
                || 'Submit it again to have it tried again.' ELSE why END,
        code = CASE WHEN judged.killed >= :most THEN 'worker' ELSE code END,
        ended = CASE WHEN judged.killed >= :most THEN now() ELSE ended END
    FROM judged WHERE item.id = judged.id
    RETURNING item.job, item.ref, item.killed
)
SELECT counted.ref, counted.killed,
    CASE WHEN killed < :most THEN procrastinate_retry_job_v2(id, NULL, NULL, NULL, NULL)
    ELSE procrastinate_finish_job_v1(id, 'failed', false) END
FROM stranded LEFT JOIN counted ON counted.job = stranded.id
"""  # noqa: S608
# An article whose checks ended a process of a worker that lives on: what takes the memory is done there.
_ENDED = f"""
UPDATE work_items SET
    killed = killed + 1,
    status = CASE WHEN killed + 1 >= :most THEN '{ASIDE}' END,
    why = CASE WHEN killed + 1 >= :most THEN killed + 1 || ' workers lost a process that was at work on it' END,
    code = CASE WHEN killed + 1 >= :most THEN 'worker' END,
    ended = CASE WHEN killed + 1 >= :most THEN now() END
WHERE id = :item AND status IS NULL RETURNING killed >= :most
"""  # noqa: S608
_BURY = f"DELETE FROM procrastinate_workers WHERE id IN ({_LOST})"  # noqa: S608
# What a lost worker held is free at once, not when its claim runs out.
_FREE = """
DELETE FROM claims WHERE run LIKE 'worker-%' AND NOT EXISTS (
    SELECT 1 FROM procrastinate_workers worker WHERE 'worker-' || worker.id = claims.run)
"""
# Handed to this worker, but it never heard of it: the connection went away with the answer. Or given back while a newer
# job of its source waits: then it ends, since of these only one can wait. So does one that is about nothing: whoever took
# it would not hear of it either.
_UNHEARD = """
SELECT CASE WHEN EXISTS (
        SELECT 1 FROM procrastinate_jobs newer WHERE newer.queueing_lock = job.queueing_lock AND newer.status = 'todo')
        OR jsonb_typeof(job.args) <> 'object'
    THEN procrastinate_finish_job_v1(id, 'failed', false)
    ELSE procrastinate_retry_job_v2(id, NULL, NULL, NULL, NULL) END
FROM procrastinate_jobs job WHERE status = 'doing' AND worker_id = :me AND id = ANY(:jobs)
"""
# All that a look asks for while nothing has happened, which is nearly always: a worker does it every two seconds, whatever
# it has to do. What has happened is seen to by statements that look again. Whose own jobs are under way need not ask
# whether any are left.
# It holds a row of its own as `not_held_up` has it, in the same statement.
_GLANCE = f"""
WITH sign AS ({_BEAT} RETURNING id),
mine AS (SELECT coalesce(array_agg(id), '{{}}') AS jobs FROM procrastinate_jobs WHERE status = 'doing' AND worker_id = :me)
SELECT set_config('idle_in_transaction_session_timeout', :held, true),
    EXISTS (SELECT 1 FROM sign) AS alive, mine.jobs AS mine,
    EXISTS (SELECT 1 FROM ({_SILENT}) AS silent WHERE id <> :me)
        OR EXISTS (SELECT 1 FROM procrastinate_jobs
            WHERE status = 'doing' AND worker_id IS NULL AND queue_name LIKE 'marbre-%') AS lost,
    EXISTS (SELECT 1 FROM work_holds WHERE until <= now()) AS due,
    mine.jobs <> '{{}}' OR EXISTS (SELECT 1 FROM procrastinate_jobs
        WHERE queue_name = ANY(:queues) AND status IN ('todo', 'doing')) AS left_over
FROM mine
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look into the queue shows."""

    alive: bool
    """False when others took this worker for lost, and have its jobs."""
    left: bool
    """Whether a job waits or runs anywhere."""
    due: bool
    """Whether a submission was held back until now: then its jobs wait again once it is released."""
    taken: tuple[tuple[str, int], ...]
    """The articles taken over from lost workers, and how many workers they have lost by now."""
    mine: frozenset[int]
    """The jobs this worker is said to be at work on."""


def alone(item: int) -> str:
    """What a worker claims that does an article alone."""
    return f"alone {item}"


def in_line(item: int) -> str:
    """What a worker claims that has not begun an article, since another is to be done alone."""
    return f"in line {item}"


def is_known(ledger: Ledger, me: int) -> bool:
    """Give a sign of life; False when others took this worker for lost, and have its jobs."""
    from sqlalchemy import text

    return ledger.doing(lambda connection: connection.execute(text(_BEAT), {"me": me}).rowcount > 0)


def blamed(ledger: Ledger, item: int) -> bool:
    """Count a process that an article has ended; whether it is set aside for that."""
    from sqlalchemy import text

    told = {"item": item, "most": MOST_KILLED}
    return bool(ledger.doing(lambda connection: connection.execute(text(_ENDED), told).scalar()))


def look(ledger: Ledger, me: int, unheard: Sequence[int]) -> Seen:
    """Give a sign of life, take over what lost workers had, give back `unheard`."""
    from sqlalchemy import text

    from pipeline.dialects import HELD
    from pipeline.workers.tables import QUEUES

    told = {"me": me, "lost": LOST, "queues": [*QUEUES], "held": str(HELD)}
    with ledger.connect() as connection:
        seen = connection.execute(text(_GLANCE), told).one()
    taken = _taken_over(ledger) if seen.lost else ()
    if unheard:
        _give_back(ledger, me, unheard)
    return Seen(seen.alive, seen.left_over, seen.due, taken, frozenset(seen.mine) - frozenset(unheard))


def _taken_over(ledger: Ledger) -> tuple[tuple[str, int], ...]:
    from sqlalchemy import text

    from pipeline.dialects import not_held_up

    with ledger.connect() as connection:
        not_held_up(connection)
        told = {"lost": LOST, "most": MOST_KILLED, "suspect": SUSPECT}
        stranded = connection.execute(text(_TAKE_OVER), told).all()
        connection.execute(text(_BURY), {"lost": LOST})
        if stranded:
            connection.execute(text(_FREE))
    return tuple((printable(ref), killed) for ref, killed, _ in stranded if ref is not None)


def _give_back(ledger: Ledger, me: int, jobs: Sequence[int]) -> None:
    from sqlalchemy import text

    from pipeline.dialects import not_held_up

    with ledger.connect() as connection:
        not_held_up(connection)
        connection.execute(text(_UNHEARD), {"me": me, "jobs": list(jobs)})
