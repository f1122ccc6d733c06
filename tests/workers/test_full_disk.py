"""A worker whose disk takes nothing more: it ends, and no article fails for it."""

import asyncio
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.crew import Crew
from pipeline.items import items_of
from pipeline.ledger import Ledger
from pipeline.model import Failure, Outcome
from pipeline.settings import Settings
from pipeline.workers.content import content_of
from pipeline.workers.queue import prepared
from pipeline.workers.runs import Runs
from pipeline.workers.stored import task_of
from pipeline.workers.submit import submit
from pipeline.workers.work import Desk, GivenBackError
from tests.e2e.marbre import NOW

OFFLINE = Settings(writer="offline", grammar=False)


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
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "0.txt").write_text("Article\n\nLe conseil a voté le budget.\n", encoding="utf-8")
    (tmp_path / "full").write_text("no folder can be made here", encoding="utf-8")
    with closing(prepared(Ledger(postgres.schema()))) as ledger:
        items = items_of(tmp_path / "in", Path("elsewhere"))
        submit(ledger, items, content_of(OFFLINE), {}, datetime.fromisoformat(NOW))
        outcome, stopped = done(ledger, tmp_path / "full" / "out", code, last=True)
        assert outcome is None
        assert (stopped.code, stopped.exit_code) == ("output", 4)
        outcome, stopped = done(ledger, tmp_path / "out", code, last=True)
        assert (outcome.status, stopped) == ("failed", None), "there is room: it is the article's"
        assert list((tmp_path / "out").iterdir()) == []
