"""A worker and one of its jobs: whatever goes wrong, the article is told of."""

import asyncio
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.crew import Crew
from pipeline.errors import EngineError, LedgerBusyError, LedgerError, LedgerLostError
from pipeline.settings import Settings
from pipeline.workers import worker
from pipeline.workers.events import Event
from pipeline.workers.filed import FiledLedger
from pipeline.workers.status import status_of
from pipeline.workers.work import Desk, GivenBackError
from tests.workers.queued import registered, rows, submitted, taken_by, task_at

BUSY = LedgerBusyError("ledger_busy", "The ledger was locked.", "Run it again.")


class Tried:
    """An article that is tried for the n-th time, and something goes wrong with it."""

    def __init__(self, ledger, job, out, monkeypatch):
        self.job, self.said = job, list[Event]()
        self.item = task_at(ledger, job).id
        self._own = Settings(out=out, ledger=ledger.address.render_as_string(hide_password=False))
        self._patch = monkeypatch

    def __call__(self, error, number):
        async def fails(*_, **__):
            raise error

        self._patch.setattr(Desk, "do", fails)
        context: Any = SimpleNamespace(job=SimpleNamespace(id=self.job, attempts=number - 1, worker_id=1))
        wanted = worker.Wanted(until_empty=True, grace=1, tell=self.said.append)
        with closing(FiledLedger(str(self._own.ledger), self._own.out)) as filed, closing(Crew(1)) as crew:
            asyncio.run(worker._Floor(self._own, filed, crew, wanted).article(context, self.item))


@pytest.fixture
def tried(ledger, sources, tmp_path, monkeypatch):
    submitted(ledger, sources)
    return Tried(ledger, taken_by(ledger, registered(ledger)), tmp_path / "scratch", monkeypatch)


def test_what_may_pass_is_tried_again_by_whoever_comes_next(tried, ledger):
    for number in range(1, worker._TRIES):
        with pytest.raises(GivenBackError):
            tried(BUSY, number)
    assert tried.said == []
    assert status_of(ledger).failed == 0


@pytest.mark.parametrize(
    ("error", "code"), [(BUSY, "ledger_busy"), (ZeroDivisionError("by zero"), "internal")]
)
def test_an_article_whose_tries_are_used_up_is_told_as_failed_and_tried_again_when_submitted_again(
    tried, ledger, sources, error, code
):
    tried(error, worker._TRIES)
    rows(ledger, "SELECT procrastinate_finish_job_v1(:job, 'succeeded', false)", job=tried.job)
    (left,) = status_of(ledger).left
    assert (status_of(ledger).failed, left.code) == (1, code)
    assert left.why.startswith(str(error.message if code == "ledger_busy" else "ZeroDivisionError: by zero."))
    assert tried.said[0].outcome.status == "failed"
    assert submitted(ledger, sources) == (0, 1, 2)
    assert (status_of(ledger).failed, status_of(ledger).left, status_of(ledger).waiting) == (0, (), 3)


def test_a_job_whose_end_cannot_be_noted_waits_again(tried, ledger, monkeypatch):
    """Else it would end without a word: in no count, and waited for by nobody."""

    def away(*_):
        raise LedgerLostError("ledger_lost", "The server went away.", "Run it again.")

    monkeypatch.setattr("pipeline.workers.work.note", away)
    with pytest.raises(GivenBackError):
        tried(BUSY, worker._TRIES)


def test_a_worker_that_cannot_go_on_ends_and_blames_no_article(tried, ledger):
    error = EngineError("no_key", "There is no key.", "Give one.")
    with pytest.raises(GivenBackError):
        tried(error, worker._TRIES)
    assert status_of(ledger).failed == 0


def test_a_memory_that_fails_with_one_article_time_and_again_fails_because_of_it(tried, ledger, tmp_path):
    """It stops the run each time: without an end the queue would hand it out for ever."""
    error = LedgerError("ledger", "The ledger failed.", "Look at its log.")

    class Failing:
        stopped = error

        async def of(self, _):
            raise error

    runs: Any = Failing()
    desk, task = Desk(runs, ledger, tmp_path), task_at(ledger, tried.job)
    with pytest.raises(GivenBackError):
        asyncio.run(desk.do(task, last=False))
    assert asyncio.run(desk.do(task, last=True)).status == "failed"
    assert status_of(ledger).failed == 1


def test_a_job_about_nothing_ends(tried, ledger):
    rows(ledger, "DELETE FROM work_items WHERE id = :item", item=tried.item)
    with pytest.raises(LedgerError, match="no source"):
        tried(BUSY, 1)


def test_what_a_submission_asks_in_vain_ends_no_worker_for_good(ledger, sources, tmp_path):
    """Exit code 2 says that a worker's own settings are to be mended, and nobody starts it again; others wait there too."""
    submitted(ledger, sources, settings=Settings(model="nobody-knows-its-price"))
    url = ledger.address.render_as_string(hide_password=False)
    own = Settings(out=tmp_path / "scratch", ledger=url, base_url="http://127.0.0.1:9/v1", budget=1.0)
    with pytest.raises(EngineError, match="price of 'nobody-knows-its-price' is not known") as told:
        asyncio.run(worker.work(own, worker.Wanted(until_empty=True, grace=1, tell=lambda _: None)))
    assert (told.value.code, told.value.exit_code) == ("no_price", 4)
    assert status_of(ledger).held == {"no_price": 3}
