"""What is wrong with a machine, and what is wrong with an article: a full disk fails nobody, a deadly one is set aside."""

import asyncio
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.crew import ENDED, Crew
from pipeline.errors import EngineError
from pipeline.items import items_of
from pipeline.ledger import Ledger
from pipeline.model import Failure, Outcome
from pipeline.settings import Settings
from pipeline.workers.content import content_of
from pipeline.workers.queue import prepared
from pipeline.workers.runs import Runs
from pipeline.workers.status import status_of
from pipeline.workers.stored import task_of
from pipeline.workers.submit import submit
from pipeline.workers.takeover import MOST_KILLED
from pipeline.workers.work import Desk, GivenBackError
from tests.e2e.marbre import NOW
from tests.workers.pieces import written
from tests.workers.test_refreshing import change, jobs, refreshed

OFFLINE = Settings(writer="offline", grammar=False)


def submitted_one(ledger, folder):
    (folder / "in").mkdir()
    (folder / "in" / "0.txt").write_text("Article\n\nLe conseil a voté le budget.\n", encoding="utf-8")
    items = items_of(folder / "in", Path("elsewhere"))
    submit(ledger, items, content_of(OFFLINE), {}, datetime.fromisoformat(NOW))


def done(ledger, out, code, *, last):
    """Of an article that came to nothing with that error: what stopped the worker's runs, and what is noted."""

    async def made(_, run, item, task):
        return Outcome(task.ref, None, "failed", why="failed", error=Failure(code, "No.", "Look."))

    async def go():
        with closing(Crew(1)) as crew, pytest.MonkeyPatch.context() as patched:
            patched.setattr(Desk, "_made", made)
            runs = Runs(OFFLINE.model_copy(update={"out": out}), ledger, crew, "worker-1")
            with ledger.connect() as connection:
                item = connection.execute(text("SELECT id FROM work_items")).scalar_one()
            try:
                return await Desk(runs, ledger, out).do(task_of(ledger, item), last=last), runs.stopped
            except GivenBackError:
                return None, runs.stopped
            finally:
                await runs.close()

    return asyncio.run(go())


@pytest.mark.parametrize("code", ["output", "internal"])
def test_a_worker_that_cannot_write_gives_its_article_back_and_ends(postgres, tmp_path, code):
    (tmp_path / "full").write_text("no folder can be made here", encoding="utf-8")
    with closing(prepared(Ledger(postgres.schema()))) as ledger:
        submitted_one(ledger, tmp_path)
        outcome, stopped = done(ledger, tmp_path / "full" / "out", code, last=True)
        assert outcome is None
        assert (stopped.code, stopped.exit_code) == ("output", 4)
        outcome, stopped = done(ledger, tmp_path / "out", code, last=True)
        assert (outcome.status, stopped) == ("failed", None), "there is room: it is the article's"
        assert list((tmp_path / "out").iterdir()) == []


def test_an_article_that_ends_a_process_of_each_worker_is_set_aside(postgres, tmp_path):
    """What takes the memory is done there; the worker itself lives on, and says goodbye."""
    with closing(prepared(Ledger(postgres.schema()))) as ledger:
        submitted_one(ledger, tmp_path)
        told = [done(ledger, tmp_path / "out", ENDED, last=False)[0] for _ in range(MOST_KILLED)]
        assert [outcome is None for outcome in told] == [True] * (MOST_KILLED - 1) + [False]
        state = status_of(ledger)
        assert (state.set_aside, state.left[0].killed) == (1, MOST_KILLED)


def test_so_is_a_piece_whose_refresh_ends_a_process_of_each_worker(postgres, tmp_path):
    with closing(prepared(Ledger(postgres.schema()))) as ledger:
        change(written(ledger, tmp_path, settings=OFFLINE))
        refreshed(ledger)
        (job,) = jobs(ledger)
        told = [renewed(ledger, tmp_path / "out", job) for _ in range(MOST_KILLED)]
        assert [outcome is None for outcome in told] == [True] * (MOST_KILLED - 1) + [False]
        state = status_of(ledger)
        assert (state.set_aside, state.failed, state.left[0].killed) == (1, 0, MOST_KILLED)


def renewed(ledger, out, job):
    """What a worker tells of a refresh that ends one of its processes; None where it gives it back."""

    async def made(_, run, item, task, told):
        run.halt.stop(EngineError(ENDED, "No.", "Look."))
        return Outcome(task.ref, None, "failed", why="failed", error=Failure(ENDED, "No.", "Look."))

    async def go():
        with closing(Crew(1)) as crew, pytest.MonkeyPatch.context() as patched:
            patched.setattr(Desk, "_renewed", made)
            runs = Runs(OFFLINE.model_copy(update={"out": out}), ledger, crew, "worker-1")
            try:
                task = task_of(ledger, job["args"]["item"])
                return await Desk(runs, ledger, out).renew(task, job["id"], last=False)
            except GivenBackError:
                return None
            finally:
                await runs.close()

    return asyncio.run(go())
