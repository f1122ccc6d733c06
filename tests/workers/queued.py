"""What happens to a queue, done by hand: sources come, workers take jobs and are lost."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from pipeline.claims import Claims
from pipeline.items import items_of
from pipeline.model import Call, Usage
from pipeline.settings import Settings
from pipeline.workers import takeover
from pipeline.workers.content import content_of
from pipeline.workers.queue import BATCH
from pipeline.workers.stored import task_of
from pipeline.workers.submit import submit
from pipeline.workers.tables import QUEUE
from tests.e2e.marbre import NOW

MOMENT = datetime.fromisoformat(NOW)
CALL = Call("k" * 64, "plan", "plan/1", "m", "m-1", "réponse", "stop", Usage(10, 2, 5, 1), paid=True)
ALL = "SELECT id, status::text AS status, priority FROM procrastinate_jobs ORDER BY id"


def submitted(ledger, folder, priority=BATCH, settings=None):
    items = items_of(folder, Path("elsewhere"))
    told = submit(ledger, items, content_of(settings or Settings()), {}, MOMENT, priority)
    return told.new, told.again, told.known


def rows(ledger, statement, **told):
    with ledger.connect() as connection:
        result = connection.execute(text(statement), told)
        return result.all() if result.returns_rows else []


def taken_by(ledger, worker):
    """Hand the next job to a worker, as Procrastinate does."""
    fetched = "SELECT id FROM procrastinate_fetch_job_v2(ARRAY[:queue]::varchar[], :worker)"
    return rows(ledger, fetched, queue=QUEUE, worker=worker)[0].id


def registered(ledger):
    return rows(ledger, "SELECT worker_id FROM procrastinate_register_worker_v1()")[0].worker_id


def task_at(ledger, job):
    (item,) = rows(ledger, "SELECT id FROM work_items WHERE job = :job", job=job)
    return task_of(ledger, item.id)


def alone_in(ledger, worker, job):
    """As a worker has one that is suspected of ending workers."""
    task = task_at(ledger, job)
    assert Claims(ledger, run=f"worker-{worker}", place="elsewhere - 1").take(takeover.alone(task.id))


def lost(ledger, monkeypatch):
    """All who are registered: the server of the tests may be young, and silence counts from its start."""
    rows(ledger, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    monkeypatch.setattr(takeover, "LOST", -1.0)
