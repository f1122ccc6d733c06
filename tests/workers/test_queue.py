"""What lies in the queue: sources once, with their settings; what lost workers had; who comes first."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from procrastinate.exceptions import ConnectorException
from sqlalchemy import text

from pipeline.claims import Claims
from pipeline.cli import cli
from pipeline.crew import Crew
from pipeline.errors import MarbreError, SourceError, UsageError
from pipeline.items import Item, items_of
from pipeline.model import Money, Outcome, Removal, Source, Visit
from pipeline.settings import Settings
from pipeline.spending import forget
from pipeline.stages.ingest import SUFFIXES
from pipeline.workers import takeover
from pipeline.workers.content import CONTENT, content_of, digest_of, settings_with
from pipeline.workers.queue import EDITOR, app_of, ledger_url
from pipeline.workers.rooms import SUSPECT
from pipeline.workers.runs import Runs
from pipeline.workers.status import status_of
from pipeline.workers.stored import item_of, task_of
from pipeline.workers.submit import submit
from pipeline.workers.takeover import MOST_KILLED
from pipeline.workers.work import note
from tests.stages.test_ingest import docx
from tests.workers.queued import (
    ALL,
    CALL,
    MOMENT,
    alone_in,
    lost,
    registered,
    rows,
    submitted,
    taken_by,
    task_at,
)

OWN = {
    "out", "ledger", "keyphrases", "base_url", "concurrency", "timeout", "timeout_connect",
    "timeout_first_token", "timeout_silence", "stream", "retries", "requests_per_minute", "tokens_per_minute",
    "budget", "budget_day", "economy", "wait", "languagetool_url", "links_from", "allow_private_urls", "tdm",
    "host_pause", "time_zone", "ledger_wait",
}  # fmt: skip


def test_each_source_has_one_job_and_a_second_submit_adds_nothing(ledger, sources):
    assert submitted(ledger, sources) == (3, 0, 0)
    assert submitted(ledger, sources) == (0, 0, 3)
    assert len(rows(ledger, ALL)) == 3


def test_a_source_that_changed_or_failed_waits_again_once(ledger, sources):
    submitted(ledger, sources)
    (sources / "0.txt").write_text("Article 0\n\nLe conseil a rejeté le budget.\n", encoding="utf-8")
    assert submitted(ledger, sources) == (0, 1, 2)
    assert len(rows(ledger, ALL)) == 3, "the job that waits is for what it says now"
    worker = registered(ledger)
    job = taken_by(ledger, worker)
    item = task_of(ledger, rows(ledger, "SELECT id FROM work_items WHERE job = :job", job=job)[0].id)
    error = UsageError("why", "It was too short.", "Give more.").failure
    note(ledger, item, Outcome("in/0.txt", None, "failed", why="failed", error=error))
    rows(ledger, "SELECT procrastinate_finish_job_v1(:job, 'succeeded', false)", job=job)
    assert status_of(ledger).failed == 1
    assert submitted(ledger, sources) == (0, 1, 2)
    assert (status_of(ledger).failed, status_of(ledger).waiting) == (0, 3)


def test_who_submits_again_after_an_interruption_gets_a_job_for_each_source(ledger, sources, monkeypatch):
    def interrupted():
        yield from items_of(sources, Path("elsewhere"))
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.workers.submit._AT_ONCE", 2)
    with pytest.raises(KeyboardInterrupt):
        submit(ledger, interrupted(), content_of(Settings()), {}, MOMENT)
    assert rows(ledger, ALL) == [], "background comes from all of them, so none is begun"
    assert submitted(ledger, sources) == (1, 2, 0)
    assert len(rows(ledger, ALL)) == 3


def test_a_source_whose_job_ended_without_a_word_waits_again(ledger, sources):
    submitted(ledger, sources)
    job = taken_by(ledger, registered(ledger))
    assert submitted(ledger, sources) == (0, 0, 3), "one is being written"
    rows(ledger, "SELECT procrastinate_finish_job_v1(:job, 'failed', false)", job=job)
    assert submitted(ledger, sources) == (0, 1, 2)
    assert status_of(ledger).waiting == 3


def test_what_became_of_older_bytes_is_not_told_of_newer_ones(ledger, sources):
    submitted(ledger, sources)
    job = taken_by(ledger, registered(ledger))
    (item,) = rows(ledger, "SELECT id FROM work_items WHERE job = :job", job=job)
    older = task_of(ledger, item.id)
    (sources / "0.txt").write_text("Article 0\n\nLe conseil a rejeté le budget.\n", encoding="utf-8")
    assert submitted(ledger, sources) == (0, 1, 2)
    note(ledger, older, Outcome(older.ref, older.sha256, "written", verdict="ready_for_review"))
    assert status_of(ledger).done == 0
    note(ledger, task_of(ledger, item.id), Outcome(older.ref, None, "written", verdict="ready_for_review"))
    assert status_of(ledger).done == 1


def test_a_lost_workers_job_for_older_bytes_ends_so_that_the_newer_ones_have_their_turn(
    ledger, sources, monkeypatch
):
    submitted(ledger, sources)
    job = taken_by(ledger, registered(ledger))
    (sources / "0.txt").write_text("Article 0\n\nLe conseil a rejeté le budget.\n", encoding="utf-8")
    assert submitted(ledger, sources) == (0, 1, 2)
    with monkeypatch.context() as patched:
        lost(ledger, patched)
        assert takeover.look(ledger, 0, []).taken == ()
    assert status_of(ledger).running == 0
    worker = registered(ledger)
    taken = {taken_by(ledger, worker) for _ in range(3)}
    assert len(taken) == 3
    assert job not in taken


@pytest.mark.parametrize("is_submitted_before", [True, False])
def test_what_a_lost_worker_of_another_version_had_can_be_submitted_again(
    ledger, sources, monkeypatch, is_submitted_before
):
    """While it counted as under way nobody came to what was submitted again of its source."""
    submitted(ledger, sources)
    rows(ledger, "UPDATE procrastinate_jobs SET queue_name = 'marbre-older'")
    older = registered(ledger)
    fetched = "SELECT id FROM procrastinate_fetch_job_v2(ARRAY['marbre-older']::varchar[], :worker)"
    job = rows(ledger, fetched, worker=older)[0].id
    if is_submitted_before:
        assert submitted(ledger, sources) == (0, 3, 0)
    with monkeypatch.context() as patched:
        lost(ledger, patched)
        taken = takeover.look(ledger, 0, []).taken
    (left,) = rows(ledger, "SELECT status::text FROM procrastinate_jobs WHERE id = :job", job=job)
    if is_submitted_before:
        assert (taken, left.status) == ((), "failed")
    else:
        assert ([killed for _, killed in taken], left.status) == ([1], "todo")
        assert submitted(ledger, sources) == (0, 3, 0)
    worker = registered(ledger)
    assert len({taken_by(ledger, worker) for _ in range(3)}) == 3


def test_a_job_for_older_bytes_that_is_given_back_ends_and_the_newer_one_waits(ledger, sources):
    """Two that wait for one source cannot be: the look failed, and with it the worker's signs of life."""
    submitted(ledger, sources)
    worker = registered(ledger)
    job = taken_by(ledger, worker)
    (sources / "0.txt").write_text("Article 0\n\nLe conseil a rejeté le budget.\n", encoding="utf-8")
    assert submitted(ledger, sources) == (0, 1, 2)
    assert takeover.look(ledger, worker, [job]).mine == frozenset()
    assert (status_of(ledger).waiting, status_of(ledger).running) == (3, 0)


def test_other_settings_are_other_work(ledger, sources):
    submitted(ledger, sources)
    assert submitted(ledger, sources, settings=Settings(words=900)) == (3, 0, 0)


def test_who_is_waited_for_comes_first_even_when_it_waited_already(ledger, sources):
    submitted(ledger, sources)
    (last,) = rows(ledger, "SELECT job FROM work_items WHERE ref LIKE '%2.txt'")
    (sources / "0.txt").unlink()
    (sources / "1.txt").unlink()
    assert submitted(ledger, sources, EDITOR) == (0, 0, 1)
    assert taken_by(ledger, registered(ledger)) == last.job


def test_a_source_is_read_elsewhere_as_it_was_here(ledger, sources):
    submitted(ledger, sources)
    (here, *_) = items_of(sources, Path("elsewhere"))
    (first, *_) = rows(ledger, "SELECT id FROM work_items ORDER BY id")
    there = item_of(ledger, task_of(ledger, first.id))
    expected = here.read()
    (sources / "0.txt").unlink()
    assert (there.ref, there.key, there.path) == (here.ref, here.key, None)
    assert there.read() == expected


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_source_of_every_type_that_is_read_can_be_submitted(ledger, tmp_path, suffix):
    text = "Le conseil a voté le budget."
    data = docx(("Title", "Le budget"), (None, text)) if suffix == ".docx" else text.encode()
    (tmp_path / f"a{suffix}").write_bytes(data)
    assert submitted(ledger, tmp_path) == (1, 0, 0)
    (here,) = items_of(tmp_path, Path("elsewhere"))
    (first,) = rows(ledger, "SELECT id FROM work_items")
    assert item_of(ledger, task_of(ledger, first.id)).read() == here.read()


def test_a_page_is_fetched_once_and_read_by_workers_as_it_was(ledger):
    visit = Visit("https://a.example/1", reserved=("header tdm-reservation",), etag='"1"')
    page = Source("https://a.example/1", "text/html", "<p>Été\u00a0: l’« or »</p>", "0" * 64, "utf-8",
                  (Removal("Ã©", "mojibake"),), visit)  # fmt: skip
    gone = SourceError("robots", "robots.txt forbids it.", "Ask its publisher.", about="https://a.example/2")

    def refused():
        raise gone

    items = [
        Item(page.ref, page.ref, lambda: page),
        Item("https://a.example/2", "https://a.example/2", refused),
    ]
    told = submit(ledger, items, content_of(Settings()), {}, MOMENT)
    assert (told.sources, told.new, told.unread) == (1, 1, (gone,))
    (row,) = rows(ledger, "SELECT id FROM work_items")
    assert item_of(ledger, task_of(ledger, row.id)).read() == page


def test_what_is_forgotten_is_no_more_read_by_workers(ledger, sources):
    submitted(ledger, sources)
    (here, *_) = items_of(sources, Path("elsewhere"))
    (first, second, _) = rows(ledger, "SELECT id FROM work_items ORDER BY id")
    forget(ledger, [here.key])
    with pytest.raises(SourceError, match="forget this source"):
        item_of(ledger, task_of(ledger, first.id)).read()
    assert item_of(ledger, task_of(ledger, second.id)).read()


def test_every_setting_goes_with_the_submission_or_is_the_workers_own():
    assert set(Settings.model_fields) == CONTENT | OWN
    assert not CONTENT & OWN


def test_settings_come_back_as_they_were_and_hold_no_secret():
    given = Settings(
        base_url="https://user:s3cret@model.example/v1", ledger="postgresql://anne:s3cret@host/base", words=900,
        licences=(("AFP", "contrat"),), format_out=("hugo",), hugo_fields=(("date_published", "date"),),
    )  # fmt: skip
    content = content_of(given)
    assert "s3cret" not in str(content)
    told = settings_with(Settings(concurrency=3), content)
    assert (told.words, told.licences, told.hugo_fields, told.concurrency) == (
        900,
        given.licences,
        given.hugo_fields,
        3,
    )
    assert told.writer == "llm", "a worker without a key writes no working drafts unasked"
    assert digest_of(content, {}) == digest_of(content_of(given), {})


def test_what_waits_for_workers_of_another_version_is_this_ones_when_it_is_submitted_again(ledger, sources):
    submitted(ledger, sources)
    rows(ledger, "UPDATE procrastinate_jobs SET queue_name = 'marbre-1'")
    assert (status_of(ledger).waiting, status_of(ledger).others) == (3, 3)
    assert submitted(ledger, sources) == (0, 3, 0)
    assert (status_of(ledger).waiting, status_of(ledger).others) == (3, 0)
    assert len(rows(ledger, ALL)) == 3


def test_lost_workers_jobs_are_taken_over_and_a_source_that_loses_three_is_set_aside(
    ledger, sources, monkeypatch
):
    submitted(ledger, sources)
    for killed in range(1, MOST_KILLED + 1):
        assert status_of(ledger).set_aside == 0
        job = ended_at_work(ledger, monkeypatch, alone=killed > SUSPECT)
        assert rows(ledger, "SELECT count(*) AS n FROM procrastinate_workers")[0].n == 0
    told = status_of(ledger)
    assert (told.set_aside, told.failed, told.waiting) == (1, 0, 2)
    assert f"{MOST_KILLED} workers ended at the same place" in told.left[0].why
    assert "Submit it again" in told.left[0].why
    assert job not in [row.id for row in rows(ledger, ALL) if row.status == "todo"]
    assert submitted(ledger, sources) == (0, 1, 2)
    assert (status_of(ledger).set_aside, status_of(ledger).left, status_of(ledger).waiting) == (0, (), 3)
    taken = [taken_by(ledger, registered(ledger)) for _ in range(3)]
    assert [task_at(ledger, each).killed for each in taken] == [0, 0, 0]


def ended_at_work(ledger, monkeypatch, *, alone, answered=None):
    """A worker takes the first article and is lost with it; `answered` is what the model tells it before."""
    worker = registered(ledger)
    job = taken_by(ledger, worker)
    if alone:
        alone_in(ledger, worker, job)
    if answered:
        ledger.remember(replace(CALL, key=answered), {}, "0" * 64, task_at(ledger, job).key)
    with monkeypatch.context() as patched:
        lost(ledger, patched)
        takeover.look(ledger, 0, [])
    return job


@pytest.mark.parametrize("alone", [False, True])
def test_an_article_that_gets_further_each_time_does_not_end_its_workers(ledger, sources, monkeypatch, alone):
    """They were killed for another reason: what an article is to blame for happens at the same place again."""
    submitted(ledger, sources)
    for n in range(2 * MOST_KILLED):
        job = ended_at_work(ledger, monkeypatch, alone=alone, answered=f"{n}")
        assert (task_at(ledger, job).killed, task_at(ledger, job).lost) == (1, n + 1)
    ended_at_work(ledger, monkeypatch, alone=alone)
    assert task_at(ledger, job).killed == SUSPECT
    assert status_of(ledger).waiting == 3


def test_who_stood_in_line_behind_one_that_is_done_alone_is_not_blamed(ledger, sources, monkeypatch):
    submitted(ledger, sources)
    most = MOST_KILLED - 1
    rows(ledger, "UPDATE work_items SET killed = :n WHERE id < (SELECT max(id) FROM work_items)", n=most)
    worker = registered(ledger)
    alone, *_ = [taken_by(ledger, worker) for _ in range(3)]
    alone_in(ledger, worker, alone)
    lost(ledger, monkeypatch)
    seen = takeover.look(ledger, 0, [])
    assert sorted(n for _, n in seen.taken) == [0, most, MOST_KILLED]
    assert [row.status for row in rows(ledger, ALL)] == ["failed", "todo", "todo"]
    assert (status_of(ledger).set_aside, status_of(ledger).waiting) == (1, 2)


def test_who_had_not_begun_an_article_since_another_was_to_be_done_alone_is_not_blamed(
    ledger, sources, monkeypatch
):
    """Else one suspect that waits makes suspects of all that wait behind it."""
    submitted(ledger, sources)
    worker = registered(ledger)
    at_work, *waits = [task_at(ledger, taken_by(ledger, worker)) for _ in range(3)]
    for task in waits:
        claims = Claims(ledger, run=f"worker-{worker}", place="elsewhere - 1")
        assert claims.take(takeover.in_line(task.id))
    lost(ledger, monkeypatch)
    assert dict(takeover.look(ledger, 0, []).taken) == {at_work.ref: 1, **{task.ref: 0 for task in waits}}
    assert status_of(ledger).waiting == 3


def test_a_suspect_that_only_waited_in_a_lost_worker_waits_again(ledger, sources, monkeypatch):
    submitted(ledger, sources)
    rows(ledger, "UPDATE work_items SET killed = 2")
    taken_by(ledger, registered(ledger))
    lost(ledger, monkeypatch)
    assert [n for _, n in takeover.look(ledger, 0, []).taken] == [2]
    assert status_of(ledger).waiting == 3


def test_who_looks_while_another_takes_a_lost_workers_jobs_over_waits_for_nobody(
    ledger, sources, monkeypatch
):
    """Else each would wait for the other's locks, and the server would throw one of them out."""
    submitted(ledger, sources)
    worker = registered(ledger)
    taken_by(ledger, worker)
    lost(ledger, monkeypatch)
    with ledger.connect() as other, ThreadPoolExecutor(1) as pool:
        other.execute(text("SELECT 1 FROM procrastinate_workers FOR UPDATE"))
        try:
            assert pool.submit(takeover.look, ledger, 0, []).result(timeout=10).taken == ()
        finally:
            other.rollback()
    assert len(takeover.look(ledger, 0, []).taken) == 1


def test_what_a_lost_worker_had_claimed_is_free_at_once(ledger, sources, monkeypatch):
    submitted(ledger, sources)
    worker = registered(ledger)
    taken_by(ledger, worker)
    assert Claims(ledger, run=f"worker-{worker}", place="elsewhere - 1").take("a")
    assert not Claims(ledger).take("a")
    lost(ledger, monkeypatch)
    takeover.look(ledger, 0, [])
    assert Claims(ledger).take("a")


def test_a_worker_that_gives_signs_of_life_keeps_its_jobs_and_one_it_never_heard_of_is_given_back(
    ledger, sources
):
    submitted(ledger, sources)
    worker = registered(ledger)
    job = taken_by(ledger, worker)
    seen = takeover.look(ledger, worker, [])
    assert (seen.alive, seen.left, seen.taken, seen.mine) == (True, True, (), frozenset({job}))
    assert takeover.look(ledger, worker, [job]).mine == frozenset()
    assert not takeover.look(ledger, worker + 1, []).alive


def test_paid_answers_are_counted_and_what_they_cost_is_told_by_currency(ledger):
    assert (status_of(ledger).paid, status_of(ledger).unpriced, status_of(ledger).spent) == (0, 0, ())
    prices = (
        Money(0.25, "USD"),
        Money(0.5, "EUR"),
        Money(0.5, "EUR", estimated=True),
        Money(0.0, "CHF"),
        None,
    )
    for n, price in enumerate(prices):
        ledger.remember(replace(CALL, key=f"{n}", cost=price), {}, "0" * 64, usable=n > 0)
    told = status_of(ledger)
    assert (told.paid, told.unpriced) == (5, 1)
    assert told.spent == (Money(1.0, "EUR", estimated=True), Money(0.25, "USD"))
    rows(ledger, "DELETE FROM calls WHERE amount > 0")
    assert status_of(ledger).spent == (Money(0.0, "CHF"),), "what is known to cost nothing"


def test_jobs_of_a_newer_program_are_left_alone(ledger, sources):
    submitted(ledger, sources)
    rows(
        ledger,
        "UPDATE procrastinate_jobs SET queue_name = 'marbre-999' WHERE id = (SELECT min(id) FROM procrastinate_jobs)",
    )
    worker = registered(ledger)
    newer = rows(ledger, "SELECT id FROM procrastinate_jobs WHERE queue_name = 'marbre-999'")[0].id
    assert newer not in (taken_by(ledger, worker), taken_by(ledger, worker))
    told = status_of(ledger)
    assert (told.waiting, told.running, told.others) == (1, 2, 1)


def test_the_queue_asks_again_while_the_server_is_away_and_not_for_what_is_wrong(postgres):
    async def go():
        async with app_of(postgres.by_network()).open_async() as app:
            ask = app.connector.execute_query_one_async
            before = await ask("SELECT pg_postmaster_start_time() AS at")
            postgres.stop()
            asking = asyncio.create_task(ask("SELECT pg_postmaster_start_time() AS at"))
            await asyncio.sleep(0.1)
            postgres.start()  # of this thread: the server ends with the one that starts it
            assert (await asking)["at"] > before["at"]
            with pytest.raises(ConnectorException):
                await ask("SELECT nonsense")

    asyncio.run(go())


@pytest.mark.parametrize("words", [["submit", "seeds"], ["worker"], ["status"], ["export"]])
def test_without_a_ledger_on_postgres_one_line_says_what_is_needed(words, tmp_path):
    ran = CliRunner().invoke(cli, [*words, "--ledger", f"sqlite:///{tmp_path}/l.sqlite3"])
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1
    assert "--ledger postgresql://" in ran.stderr


def test_without_the_extra_one_line_names_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "procrastinate", None)
    with pytest.raises(UsageError, match=r"pip install '\.\[workers\]'"):
        ledger_url(Settings(ledger="postgresql://anne@host/base"))


def test_answers_that_take_a_day_cannot_be_submitted_and_the_line_says_why():
    with pytest.raises(UsageError, match="--economy cannot be submitted: a job ends with its article"):
        content_of(Settings(economy=True))


def test_a_submission_that_somebody_changed_is_told_in_one_line():
    with pytest.raises(MarbreError, match="did not write"):
        settings_with(Settings(), {"words": "many"})


def test_the_server_knows_how_much_waits_once_it_was_submitted(ledger, sources):
    """Else it looks through all of it for each job, until its own upkeep comes by."""
    submitted(ledger, sources)
    query = "SELECT 1 FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'procrastinate_jobs'"
    assert rows(ledger, query)


def test_workers_spend_the_budget_of_what_was_submitted_under_the_same_settings(ledger, sources, tmp_path):
    offline = Settings(writer="offline", grammar=False, out=tmp_path)
    submitted(ledger, sources, settings=offline)
    submitted(ledger, sources, settings=offline.model_copy(update={"words": 900}))
    tasks = [task_of(ledger, row.id) for row in rows(ledger, "SELECT id FROM work_items ORDER BY id")]

    async def purses(name):
        with closing(Crew(1)) as crew:
            runs = Runs(offline, ledger, crew, name)
            told = [(await runs.of(task))[0].purse for task in tasks]
            await runs.close()
            return told

    mine, theirs = asyncio.run(purses("worker-1")), asyncio.run(purses("worker-2"))
    assert mine == theirs
    assert [mine.count(purse) for purse in dict.fromkeys(mine)] == [3, 3]
    assert "" not in mine
