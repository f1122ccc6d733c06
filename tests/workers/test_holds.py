"""A submission that no worker can do is held back, with why, and stops no other."""

import asyncio
import json
import shutil
from contextlib import closing
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text

from pipeline import crew
from pipeline.crew import Crew
from pipeline.errors import EngineError, UsageError
from pipeline.items import items_of
from pipeline.settings import Settings
from pipeline.workers import holds, worker
from pipeline.workers.content import content_of
from pipeline.workers.export import Exported
from pipeline.workers.metrics import text_of
from pipeline.workers.runs import Runs
from pipeline.workers.status import status_of
from pipeline.workers.stored import task_of
from pipeline.workers.submit import submit
from pipeline.workers.told import exported_json, status_json, status_text
from pipeline.workers.work import GivenBackError
from tests.e2e.marbre import SEEDS, marbre
from tests.model_server import Fault, ModelServer
from tests.workers.pieces import rows as named
from tests.workers.pieces import written
from tests.workers.queued import MOMENT, registered, rows, submitted, taken_by, task_at
from tests.workers.test_refreshing import change, jobs, refreshed

FIRST, SECOND = sorted(SEEDS.glob("*.txt"))[:2]
NO_MODEL = EngineError("unknown_model", "The server knows no model 'm'.", "Give another --model.")
TODAY = EngineError("budget_day", "The budget of 1.0000 USD for today is reached.", "Raise it.")

PRICE = {"input": 1.0, "output": 1.0, "date": "2026-01-01", "source": "a test"}
PRICED = {"scripted": {"price": PRICE, "token_limit": "max_completion_tokens"}}


@pytest.fixture
def url(ledger):
    return ledger.address.render_as_string(hide_password=False)


def entered(ledger, tmp_path, source, **own):
    """A submission of one source; its number."""
    folder = tmp_path / f"in-{source.stem}"
    folder.mkdir(exist_ok=True)
    shutil.copy(source, folder)
    settings = Settings(grammar=False, calls_per_article=2, **own)
    items = items_of(folder, tmp_path / "elsewhere")
    return submit(ledger, items, content_of(settings), {}, MOMENT).submission


def worked(url, tmp_path, server, **own):
    """A worker until nothing waits: what it told."""
    told: list[Any] = []
    settings = Settings(
        out=tmp_path / "scratch", ledger=url, base_url=server.base_url, retries=0, **{"concurrency": 1, **own}
    )
    wanted = worker.Wanted(until_empty=True, grace=1, tell=told.append)
    try:
        asyncio.run(worker.work(settings, wanted))
    except EngineError as error:
        told.append(error)
    return told


def states(ledger):
    return [row.status for row in rows(ledger, "SELECT status::text FROM procrastinate_jobs ORDER BY id")]


def test_a_model_that_the_server_does_not_know_holds_back_what_names_it_and_nothing_else(
    ledger, url, tmp_path
):
    number = entered(ledger, tmp_path, FIRST, model="nobody")
    entered(ledger, tmp_path, SECOND, model="scripted")
    with ModelServer([Fault("unknown_model", seed=FIRST.stem)]) as server:
        told = worked(url, tmp_path, server)
        assert (told[-1].code, told[-1].exit_code) == ("unknown_model", 4)
        assert f"marbre resume {number}" in str(told[-1])
        (event,) = [each for each in told[:-1] if each.name == "held"]
        assert (event.submission, event.message) == (number, str(told[-1]))
        state = status_of(ledger)
        (waits,) = state.submissions
        assert (waits.submission, waits.model, waits.waiting, waits.held) == (number, "nobody", 0, 1)
        assert (waits.code, waits.until) == ("unknown_model", None)
        assert "knows no model 'nobody'" in waits.why
        assert (state.waiting, state.done, state.failed) == (0, 1, 0)
        asked = len(server.calls)
        assert worked(url, tmp_path, server) == []
        assert len(server.calls) == asked, "what is held back is not asked for again"
    with ModelServer() as server:
        assert holds.resume(ledger, number) == 1
        assert [each.outcome.status for each in worked(url, tmp_path, server)] == ["written"]
    assert status_of(ledger).submissions == ()


def test_articles_that_were_under_way_together_are_held_back_together_and_fail_nowhere(
    ledger, url, tmp_path, monkeypatch
):
    monkeypatch.setattr(crew, "_FEW", 99)  # threads do
    *several, good = sorted(SEEDS.glob("*.txt"))
    for source in several:
        number = entered(ledger, tmp_path, source, model="nobody")
    entered(ledger, tmp_path, good, model="scripted")
    refused = [Fault("unknown_model", seed=source.stem) for source in several]
    with ModelServer(refused, latency=0.3) as server:
        told = worked(url, tmp_path, server, concurrency=4)
        assert len(server.calls) < len(several) + 10
    assert told[-1].code == "unknown_model"
    state = status_of(ledger)
    assert (state.done, state.failed, state.waiting, state.running) == (1, 0, 0, 0)
    assert state.held == {"unknown_model": len(several)}
    assert len({each.submission for each in state.submissions}) == len(several) == number


def test_what_is_held_back_waits_again_when_it_is_submitted_again(ledger, sources):
    assert submitted(ledger, sources) == (3, 0, 0)
    assert holds.hold(ledger, 1, NO_MODEL).is_new
    assert not holds.hold(ledger, 1, NO_MODEL).is_new
    assert status_of(ledger).waiting == 0
    assert submitted(ledger, sources) == (0, 3, 0)
    (waits,) = status_of(ledger).submissions
    assert (waits.submission, waits.waiting, waits.held, waits.code) == (2, 3, 0, "")


def test_a_price_that_nobody_knows_holds_back_its_submission_where_workers_have_a_budget(
    ledger, url, tmp_path
):
    entered(ledger, tmp_path, FIRST, model="dear")
    entered(ledger, tmp_path, SECOND, model="scripted", models=PRICED)
    with ModelServer() as server:
        told = worked(url, tmp_path, server, budget=5.0)
    assert told[-1].code == "no_price"
    assert [(each.held, each.code) for each in status_of(ledger).submissions] == [(1, "no_price")]
    assert status_of(ledger).done == 1


def test_a_budget_that_is_spent_holds_back_what_it_is_for_and_a_days_until_the_day_is_over(
    ledger, url, tmp_path
):
    entered(ledger, tmp_path, FIRST, model="scripted", models=PRICED)
    with ModelServer() as server:
        assert worked(url, tmp_path, server, budget=0.000001)[-1].code == "budget"
        assert holds.resume(ledger, 1) == 1
        assert worked(url, tmp_path, server, budget_day=0.000001)[-1].code == "budget_day"
        (waits,) = status_of(ledger).submissions
        assert waits.until
        assert waits.until.astimezone(UTC).time().isoformat() == "00:00:00"
        assert 0 < (waits.until - datetime.now(UTC)).total_seconds() <= 86_400
        assert server.calls == ()
        rows(ledger, "UPDATE work_holds SET until = now()")  # the next day
        assert [each.outcome.status for each in worked(url, tmp_path, server)] == ["written"]


def test_what_no_submission_is_to_blame_for_ends_the_worker_and_holds_nothing_back(ledger, url, tmp_path):
    entered(ledger, tmp_path, FIRST, model="scripted")
    with ModelServer() as server:
        elsewhere = SimpleNamespace(base_url=f"{server.base_url}/elsewhere")
        told = worked(url, tmp_path, elsewhere)
    assert told[-1].code == "wrong_address"
    with ModelServer([Fault("unauthorized")]) as server:
        assert worked(url, tmp_path, server)[-1].code == "unauthorized"
    with ModelServer([Fault("quota")]) as server:
        assert worked(url, tmp_path, server)[-1].code == "quota"
    assert worked(url, tmp_path, server)[-1].code == "unreachable"
    assert (status_of(ledger).waiting, status_of(ledger).held) == (1, {})


def test_a_job_that_is_under_way_when_its_submission_is_held_back_is_held_back_too(
    ledger, sources, url, tmp_path
):
    submitted(ledger, sources, settings=Settings(writer="offline", grammar=False))
    job = taken_by(ledger, registered(ledger))
    holds.hold(ledger, 1, NO_MODEL)
    assert states(ledger) == ["doing", "cancelled", "cancelled"]
    floor = worker._Floor(Settings(out=tmp_path / "out", ledger=url), ledger, Crew(1), wanted([]))
    with closing(floor.crew):
        asyncio.run(floor.article(context(job), task_at(ledger, job).id))
    assert states(ledger) == ["cancelled"] * 3
    assert floor.held
    assert floor.held.code == "unknown_model"
    assert holds.resume(ledger, 1) == 3
    assert states(ledger) == ["todo"] * 3


def wanted(told):
    return worker.Wanted(until_empty=True, grace=1, tell=told.append)


def context(job) -> Any:
    return SimpleNamespace(job=SimpleNamespace(id=job, attempts=0, worker_id=1))


def test_a_job_is_given_back_when_its_submission_goes_on_meanwhile(ledger, sources, url, tmp_path):
    """Else nobody would release it any more."""
    submitted(ledger, sources)
    job = taken_by(ledger, registered(ledger))
    held = holds.hold(ledger, 1, NO_MODEL)
    holds.resume(ledger, 1)
    floor = worker._Floor(Settings(out=tmp_path / "out", ledger=url), ledger, Crew(1), wanted([]))
    with closing(floor.crew), pytest.raises(GivenBackError):
        asyncio.run(floor._hold_back(held, job))
    assert states(ledger) == ["doing", "todo", "todo"]


def test_a_day_that_is_over_lets_go_on_what_it_held_back_and_nothing_else(ledger, sources, tmp_path):
    submitted(ledger, sources)
    other = entered(ledger, tmp_path, FIRST, model="m")
    holds.hold(ledger, 1, TODAY)
    holds.hold(ledger, other, NO_MODEL)
    holds.release_due(ledger)
    assert status_of(ledger).held == {"budget_day": 3, "unknown_model": 1}
    rows(ledger, "UPDATE work_holds SET until = now() WHERE until IS NOT NULL")
    holds.release_due(ledger)
    assert (status_of(ledger).waiting, status_of(ledger).held) == (3, {"unknown_model": 1})
    assert holds.standing(ledger, 1) is None


def test_what_another_worker_is_letting_go_on_just_now_is_not_waited_for(ledger, sources):
    submitted(ledger, sources)
    holds.hold(ledger, 1, TODAY)
    rows(ledger, "UPDATE work_holds SET until = now()")
    with ledger.connect() as other:
        other.execute(text("SELECT submission FROM work_holds FOR UPDATE"))
        holds.release_due(ledger)
        assert states(ledger) == ["cancelled"] * 3
    holds.release_due(ledger)
    assert states(ledger) == ["todo"] * 3


def test_what_is_withdrawn_is_as_if_it_had_not_been_submitted(ledger, sources, tmp_path):
    submitted(ledger, sources)
    other = entered(ledger, tmp_path, FIRST, model="m")
    rows(ledger, "INSERT INTO work_prints SELECT id, 7 FROM work_items")
    rows(ledger, "INSERT INTO work_seen SELECT digest, md5(ref), ref FROM work_items")
    running = taken_by(ledger, registered(ledger))
    assert holds.withdraw(ledger, 1) == 2
    left = {each.submission: each.waiting for each in status_of(ledger).submissions}
    assert left == {other: 1}, "what runs goes on, and so do others"
    assert rows(ledger, "SELECT count(*) AS n FROM work_prints")[0].n == 2
    assert rows(ledger, "SELECT count(*) AS n FROM work_seen")[0].n == 2
    rows(ledger, "SELECT procrastinate_finish_job_v1(:job, 'succeeded', false)", job=running)
    rows(ledger, "UPDATE work_items SET status = 'written' WHERE job = :job", job=running)
    assert submitted(ledger, sources) == (0, 2, 1)
    assert holds.withdraw(ledger, 1) == 0


def test_what_was_held_back_can_be_withdrawn(ledger, sources):
    submitted(ledger, sources)
    holds.hold(ledger, 1, NO_MODEL)
    assert holds.withdraw(ledger, 1) == 3
    assert status_of(ledger).submissions == ()
    assert states(ledger) == []


def test_a_refresh_is_held_back_and_taken_back_by_itself(ledger, tmp_path):
    change(written(ledger, tmp_path))
    refreshed(ledger)
    (told,) = named(ledger, "SELECT submission FROM work_refreshes")
    assert told["submission"] != 1
    assert holds.withdraw(ledger, 1) == 0, "what was submitted was done"
    holds.hold(ledger, told["submission"], NO_MODEL)
    assert jobs(ledger) == []
    assert holds.resume(ledger, told["submission"]) == len(jobs(ledger)) == 1
    assert holds.withdraw(ledger, told["submission"]) == 1
    assert (jobs(ledger), named(ledger, "SELECT item FROM work_refreshes")) == ([], [])
    assert (status_of(ledger).done, status_of(ledger).waiting) == (1, 0)
    refreshed(ledger)
    assert len(jobs(ledger)) == 1, "it is due again"


def test_what_goes_on_anew_has_the_same_grammar(ledger, sources, tmp_path):
    """A server of its own for each would take a gigabyte each time."""
    submitted(ledger, sources, settings=Settings(writer="offline"))
    submitted(ledger, sources, settings=Settings(writer="offline", words=900))
    items = [row.id for row in rows(ledger, "SELECT id FROM work_items WHERE key LIKE '%/0.txt' ORDER BY id")]

    async def go():
        with closing(Crew(1)) as crew:
            runs = Runs(Settings(out=tmp_path / "out"), ledger, crew, "worker-1")
            first, _ = await runs.of(task_of(ledger, items[0]))
            runs.drop(first)
            opened = [(await runs.of(task_of(ledger, item)))[0] for item in items]
            assert opened[0].halt is not first.halt
            assert {id(run.grammar) for run in opened} == {id(first.grammar)}
            await runs.close()

    asyncio.run(go())


def test_a_submission_that_there_is_not_or_that_is_not_held_back_is_told_in_one_line(ledger, sources, url):
    submitted(ledger, sources)
    with pytest.raises(UsageError, match="no submission 9"):
        holds.withdraw(ledger, 9)
    with pytest.raises(UsageError, match="Submission 1 is not held back"):
        holds.resume(ledger, 1)
    ran = marbre("resume", "1", "--ledger", url)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert marbre("withdraw", "0", "--ledger", url).code == 2


def test_both_commands_tell_what_they_did(ledger, sources, url):
    submitted(ledger, sources)
    holds.hold(ledger, 1, NO_MODEL)
    ran = marbre("resume", "1", "--ledger", url, "--format", "json")
    assert (ran.code, ran.json) == (0, {"schema": "marbre.resumed/1", "submission": 1, "jobs": 3})
    ran = marbre("withdraw", "1", "--ledger", url)
    assert (ran.code, ran.out) == (0, "Submission 1: 3 jobs taken back.\n")


def test_what_is_held_back_is_told_in_text_json_and_metrics(ledger, sources, tmp_path):
    submitted(ledger, sources)
    other = entered(ledger, tmp_path, FIRST, model="m")
    holds.hold(ledger, 1, EngineError("budget_day", "Spent.\n\x1b[2J", "Wait."))
    state = status_of(ledger)
    lines = status_text(state).splitlines()
    assert "held     3" in lines
    (why,) = [line for line in lines if "held back" in line]
    assert why.startswith("  submission 1 (")
    assert "\x1b" not in why
    assert why.endswith("00:00 UTC.")
    assert f"  submission {other} (m), 1 waiting" in lines
    told = json.loads(json.dumps(status_json(state)))
    assert (told["held"], told["jobs"]["waiting"]) == (3, 1)
    assert [each["submission"] for each in told["submissions"]] == [1, other]
    assert told["submissions"][0]["code"] == "budget_day"
    assert told["submissions"][0]["until"].endswith("T00:00:00+00:00")
    assert told["submissions"][1]["until"] is None
    assert 'marbre_work_held{code="budget_day"} 3.0' in text_of(state)
    assert 'marbre_work_jobs{state="held"} 3.0' in text_of(state)
    exported = Exported(0, {}, (), (), {}, 0, "", {})
    assert exported_json(exported, state, tmp_path)["held"] == 3


def test_a_ledger_that_an_older_program_made_gets_the_table_of_what_is_held_back(ledger):
    from pipeline.workers.queue import prepared

    rows(ledger, "DROP TABLE work_holds")
    prepared(ledger)
    assert rows(ledger, "SELECT submission FROM work_holds") == []
