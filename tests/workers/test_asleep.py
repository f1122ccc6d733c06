"""A worker that slept, and wakes up when others have what it had."""

import asyncio
from contextlib import closing
from datetime import UTC, datetime

import pytest
from procrastinate.jobs import Status

from pipeline.crew import Crew
from pipeline.errors import RunStoppedError
from pipeline.settings import Settings
from pipeline.workers import takeover
from pipeline.workers.queue import app_of
from pipeline.workers.runs import Runs
from pipeline.workers.stored import task_of
from pipeline.workers.worker import Wanted, _Floor
from tests.workers.queued import lost, registered, rows, submitted, taken_by


def test_a_worker_that_was_taken_for_lost_leaves_the_jobs_that_others_have_alone(
    ledger, sources, monkeypatch
):
    submitted(ledger, sources)
    asleep = registered(ledger)
    job = taken_by(ledger, asleep)
    with monkeypatch.context() as patched:
        lost(ledger, patched)
        takeover.look(ledger, 0, [])
    other = registered(ledger)
    assert taken_by(ledger, other) == job
    url = ledger.address.render_as_string(hide_password=False)

    async def ended_by(worker, status):
        async with app_of(url, lambda: worker).open_async() as app:
            for _ in range(2):  # who asks again, since the server went away, may have ended it already
                await app.job_manager.finish_job_by_id_async(job, status, delete_job=False)
            await app.job_manager.retry_job_by_id_async(job, datetime.now(UTC))

    def now():
        return rows(ledger, "SELECT status::text FROM procrastinate_jobs WHERE id = :job", job=job)[0].status

    asyncio.run(ended_by(asleep, Status.SUCCEEDED))
    assert now() == "doing"
    asyncio.run(ended_by(other, Status.SUCCEEDED))
    assert now() == "succeeded"


def test_a_worker_that_was_taken_for_lost_asks_for_nothing_more(ledger, sources, tmp_path):
    submitted(ledger, sources, settings=Settings(writer="offline", grammar=False))
    (first, *_) = rows(ledger, "SELECT id FROM work_items ORDER BY id")

    async def go():
        with closing(Crew(1)) as crew:
            floor = _Floor(Settings(out=tmp_path), ledger, crew, Wanted(False, 0, lambda _: None))
            floor.runs = Runs(Settings(out=tmp_path), ledger, crew, "worker-1")
            run, _ = await floor.runs.of(task_of(ledger, first.id))
            floor.give_up()
            await floor.runs.close()
            with pytest.raises(RunStoppedError, match="took this worker for lost"):
                run.halt.check()
            assert floor.over is False, "it begins anew"

    asyncio.run(go())
