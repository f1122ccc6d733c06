"""What a worker asks of Postgres whatever it has to do: little, and no less than it must."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event, text

from pipeline.workers import holds, keeper, takeover
from pipeline.workers.keeper import Keeper
from pipeline.workers.queue import app_of
from pipeline.workers.tables import QUEUES
from tests.waiting import wait_for
from tests.workers.queued import ALL, lost, registered, rows, submitted, taken_by
from tests.workers.test_holds import held_back, of_today


@pytest.fixture
def asked(ledger):
    """The statements that the ledger's server gets, and the ends of transactions."""
    told = []
    event.listen(ledger._engine, "before_cursor_execute", lambda *its: told.append(its[2]))
    event.listen(ledger._engine, "commit", lambda _: told.append("COMMIT"))
    return told


def statuses(ledger):
    return [row.status for row in rows(ledger, ALL)]


def test_a_look_while_nothing_has_happened_is_one_statement(ledger, sources, asked):
    submitted(ledger, sources)
    worker = registered(ledger)
    job = taken_by(ledger, worker)
    asked.clear()
    seen = takeover.look(ledger, worker, [])
    assert len(asked) == 2, asked
    assert seen == takeover.Seen(True, True, False, (), frozenset({job}))


def test_a_worker_stopped_in_its_look_keeps_its_row_no_longer_than_the_server_lets_it(ledger):
    """Else nobody could take its jobs over."""
    told, limit = [], "SHOW idle_in_transaction_session_timeout"
    event.listen(ledger._engine, "commit", lambda its: told.append(its.exec_driver_sql(limit).scalar()))
    takeover.look(ledger, 0, [])
    assert told == ["10s"]


def test_a_worker_that_was_silent_for_long_and_whom_nobody_took_for_lost_keeps_its_jobs(
    ledger, sources, monkeypatch
):
    submitted(ledger, sources)
    worker = registered(ledger)
    job = taken_by(ledger, worker)
    lost(ledger, monkeypatch)
    monkeypatch.setattr(takeover, "LOST", 0.0)
    seen = takeover.look(ledger, worker, [])
    assert (seen.alive, seen.taken, seen.mine) == (True, (), frozenset({job}))


def test_a_job_that_nobody_has_is_taken_over_though_no_worker_is_lost(ledger, sources):
    """One that was ended in order, and had not given it back."""
    submitted(ledger, sources)
    gone, worker = registered(ledger), registered(ledger)
    taken_by(ledger, gone)
    rows(ledger, "SELECT procrastinate_unregister_worker_v1(:gone)", gone=gone)
    assert len(takeover.look(ledger, worker, []).taken) == 1
    assert statuses(ledger) == ["todo"] * 3


def test_nothing_is_left_once_all_that_waited_was_done_and_what_others_do_is(ledger, sources):
    submitted(ledger, sources)
    me, other = registered(ledger), registered(ledger)
    jobs = [taken_by(ledger, other) for _ in range(3)]
    assert takeover.look(ledger, me, []).left
    for job in jobs:
        rows(ledger, "SELECT procrastinate_finish_job_v1(:job, 'succeeded', false)", job=job)
    assert not takeover.look(ledger, me, []).left


def test_what_was_held_back_until_now_goes_on_and_no_worker_ends_before_it(ledger, sources, monkeypatch):
    submitted(ledger, sources)
    held_back(ledger, 1, of_today())
    rows(ledger, "UPDATE work_holds SET until = now()")
    monkeypatch.setattr(takeover, "BEAT", 0.01)
    released: Any = holds.release_due
    told: list[Any] = []

    def slowly(ledger):
        told.append("released")
        released(ledger)

    monkeypatch.setattr(keeper, "release_due", slowly)
    worker: Any = SimpleNamespace(worker_id=registered(ledger))
    keeping = Keeper(ledger, worker, set(), told.append, lambda: None, lambda: told.append("emptied"))

    async def go():
        async with keeping.at_work():
            await asyncio.to_thread(wait_for, lambda: "todo" in statuses(ledger))
            await asyncio.sleep(0.1)

    asyncio.run(asyncio.wait_for(go(), 30))
    assert told == ["released"], "once, and nothing was over"
    assert statuses(ledger) == ["todo"] * 3
    assert holds.standing(ledger, 1) is None


def url_of(ledger):
    return ledger.address.render_as_string(hide_password=False)


def test_a_statement_of_the_queue_is_a_transaction_of_its_own(ledger):
    async def go():
        async with app_of(url_of(ledger)).open_async() as app:
            ask = app.connector.execute_query_one_async
            first = await ask("SELECT pg_backend_pid() AS pid")
            (last,) = await asyncio.to_thread(
                rows, ledger, "SELECT state, query FROM pg_stat_activity WHERE pid = :pid", pid=first["pid"]
            )
            assert last.query.startswith("SELECT pg_backend_pid"), "no COMMIT came after it"
            assert last.state == "idle"

    asyncio.run(go())


def test_the_queue_asks_again_when_all_its_connections_were_ended(ledger):
    async def go():
        async with app_of(url_of(ledger)).open_async() as app:
            ask = app.connector.execute_query_one_async
            both = await asyncio.gather(
                *(ask("SELECT pg_backend_pid() AS pid, pg_sleep(0.2)") for _ in range(3))
            )
            pids = [each["pid"] for each in both]
            rows(ledger, "SELECT pg_terminate_backend(pid) FROM unnest(CAST(:pids AS int[])) pid", pids=pids)
            assert (await ask("SELECT pg_backend_pid() AS pid"))["pid"] not in pids

    asyncio.run(asyncio.wait_for(go(), 30))


def test_a_worker_with_nothing_to_do_hears_of_a_new_job_at_once(ledger, sources):
    async def go():
        heard = asyncio.Event()

        async def hear(**_):
            heard.set()

        async with app_of(url_of(ledger)).open_async() as app:
            listening = asyncio.create_task(
                app.job_manager.listen_for_jobs(on_notification=hear, queues=[*QUEUES])
            )
            await asyncio.to_thread(wait_for, lambda: listens(ledger))
            await asyncio.to_thread(submitted, ledger, sources)
            await asyncio.wait_for(heard.wait(), 20)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    asyncio.run(asyncio.wait_for(go(), 60))


def listens(ledger):
    with ledger.connect() as connection:
        query = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%refresh%' AND pid <> pg_backend_pid()"
        return connection.execute(text(query)).scalar() > 0
