"""A refresh over workers: what is due by what lies in the ledger, one job for each piece, and nothing for a second one."""

from contextlib import closing
from datetime import timedelta
from io import BytesIO
from unittest.mock import Mock

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from pipeline import origins
from pipeline.cli import cli
from pipeline.errors import LedgerError, SourceError, UsageError
from pipeline.items import item_of, item_of_file
from pipeline.ledger import Ledger
from pipeline.model import Article, Outcome, Paragraph
from pipeline.refresh.deciding import Asked
from pipeline.refresh.due import Reason, Seen, Sight
from pipeline.refresh.where import Here
from pipeline.settings import Settings, load
from pipeline.spending import forget
from pipeline.workers import takeover
from pipeline.workers.content import content_of, expressly_of
from pipeline.workers.orders import Beside, Told, order_of, packed_of, told_in
from pipeline.workers.queue import EDITOR, REFRESH, cron_of, prepared
from pipeline.workers.refreshing import has_submissions, look_as_worker, round_over
from pipeline.workers.runs import submission_of
from pipeline.workers.status import status_of
from pipeline.workers.stored import data_of, packed, task_of
from pipeline.workers.stored import item_of as stored_item
from pipeline.workers.submit import submit
from pipeline.workers.tables import QUEUE, QUEUES, REFRESHES_QUEUE
from pipeline.workers.work import note_renewed
from tests.sources.site import answer, serving
from tests.workers.pieces import MOMENT, TEXT, ended, enter, filed_as, rows, submitted, written

LATER = MOMENT + timedelta(days=9)
JOBS = "SELECT id, queue_name, priority, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id"


@pytest.fixture
def ledger(postgres):
    with closing(prepared(Ledger(postgres.schema()))) as opened:
        yield opened


def refreshed(ledger, asked=Asked(), now=LATER, here=True, **own):  # noqa: B008 - frozen
    settings = Settings(grammar=False) if not own else Settings(**own)
    expressly = expressly_of(settings) if own else {}
    return round_over(ledger, settings, expressly, asked, now, lambda: False, here=here).done(lambda _: None)


def jobs(ledger, queue=REFRESHES_QUEUE):
    return [row for row in rows(ledger, JOBS) if row["queue_name"] == queue]


def change(path, was="deux millions", now="trois millions"):
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now), encoding="utf-8")
    return path


def taken(ledger, worker, *queues):
    fetched = (
        "SELECT id FROM procrastinate_fetch_job_v2(CAST(:queues AS varchar[]), :worker) WHERE id IS NOT NULL"
    )
    return [row["id"] for row in rows(ledger, fetched, queues=[*queues], worker=worker)]


def registered(ledger):
    return rows(ledger, "SELECT worker_id FROM procrastinate_register_worker_v1()")[0]["worker_id"]


def order_in(ledger):
    (job,) = jobs(ledger)
    return order_of(ledger, task_of(ledger, job["args"]["item"]), job["id"])


def test_nothing_due_adds_no_job_and_no_submission(ledger, tmp_path):
    written(ledger, tmp_path)
    told = refreshed(ledger)
    assert (told.stayed, told.outcomes, told.added, told.exit_code) == (1, (), 0, 0)
    assert jobs(ledger) == []
    assert len(rows(ledger, "SELECT id FROM work_submissions")) == 1


def test_a_source_that_says_something_else_is_one_job_and_a_second_refresh_adds_none(ledger, tmp_path):
    change(written(ledger, tmp_path))
    told = refreshed(ledger)
    (outcome,) = told.outcomes
    assert (outcome.status, outcome.folder, told.added, told.exit_code) == ("waiting", "creche", 1, 0)
    assert outcome.why.startswith("source_changed: S1, 1 paragraphe modifié")
    (job,) = jobs(ledger)
    assert job["priority"] == REFRESH
    again = refreshed(ledger)
    assert (again.stayed, again.added, len(jobs(ledger))) == (1, 0, 1)
    state = status_of(ledger)
    assert (state.waiting, state.done, state.others) == (1, 0, 0)


def test_a_worker_reads_the_source_as_it_was_when_it_was_found_due(ledger, tmp_path):
    path = change(written(ledger, tmp_path))
    refreshed(ledger)
    path.unlink()
    order = order_in(ledger)
    assert order
    assert "trois millions" in data_of(ledger, order.task.sha256).decode()
    told = submission_of(ledger, order.task.submission)
    assert (told.now, told.content["words"]) == (LATER, 700)
    known = origins.known_of(ledger, "creche")
    assert known
    assert order.told.is_about(known)
    decision = order.told.decision(known)
    assert [reason.code for reason in decision.reasons] == ["source_changed"]
    assert decision.beside == ()


def test_a_file_that_does_not_lie_here_is_as_it_was_submitted(ledger, tmp_path):
    written(ledger, tmp_path).unlink()
    told = refreshed(ledger)
    assert (told.stayed, told.added) == (1, 0)


def test_a_worker_looks_at_no_file_of_its_machine_but_at_signs_and_goes_by_the_submission(ledger, tmp_path):
    change(written(ledger, tmp_path))
    sign = (
        "---\nslug: {slug}\n---\n# Les crèches\n\nLe mois dernier, Vannes a ouvert douze places de crèche.\n"
    )
    written(ledger, tmp_path, "signe", TEXT.replace("douze", "treize"), sign)
    told = look_as_worker(ledger, Settings(grammar=False, words=50), lambda: False)
    assert [(o.folder, o.why.split(":")[0]) for o in told.outcomes] == [("signe", "stale_sign")]
    assert told.looked_at == 2
    order = order_in(ledger)
    assert order
    assert submission_of(ledger, order.task.submission).content["words"] == 700


def test_what_was_told_expressly_wins_over_the_submission(ledger, tmp_path):
    change(written(ledger, tmp_path, settings=Settings(words=900, tone="sobre")))
    own = load({"model": "autre", "tone": None}, {}, None)
    told = round_over(ledger, own, expressly_of(own), Asked(), LATER, lambda: False, here=True)
    assert told.done(lambda _: None).added == 1
    order = order_in(ledger)
    assert order
    content = submission_of(ledger, order.task.submission).content
    assert (content["model"], content["words"], content["tone"], content["writer"]) == (
        "autre",
        900,
        "sobre",
        "llm",
    )


def test_a_source_that_is_submitted_again_is_its_article_jobs(ledger, tmp_path):
    path = change(written(ledger, tmp_path))
    submitted(ledger, path)
    told = refreshed(ledger)
    assert (told.stayed, told.added, jobs(ledger)) == (1, 0, [])
    ended(ledger, "failed")
    assert (refreshed(ledger).added, jobs(ledger)) == (0, []), "that job failed, and is what is tried again"


def test_a_refresh_that_waits_while_its_source_is_submitted_again_has_nothing_to_do(ledger, tmp_path):
    path = change(written(ledger, tmp_path))
    refreshed(ledger)
    (job,) = jobs(ledger)
    task = task_of(ledger, job["args"]["item"])
    submitted(ledger, change(path, "douze", "treize"))
    assert len(jobs(ledger, QUEUE)) == 1
    assert order_of(ledger, task_of(ledger, task.id), job["id"]) is None


def test_of_two_that_refresh_at_once_one_adds_the_job(ledger, tmp_path):
    change(written(ledger, tmp_path))
    rounds = [round_over(ledger, Settings(), {}, Asked(), LATER, lambda: False, here=True) for _ in range(2)]
    decided = [[d for d in one.decisions() if d.reasons] for one in rounds]
    outcomes = [list(one._deferred(due)) for one, due in zip(rounds, decided, strict=True)]
    assert [[o.status for o in each] for each in outcomes] == [["waiting"], ["unchanged"]]
    assert len(jobs(ledger)) == 1


def test_once_it_is_written_the_newer_bytes_are_those_that_were_submitted(ledger, tmp_path):
    path = change(written(ledger, tmp_path))
    refreshed(ledger)
    (job,) = jobs(ledger)
    task = task_of(ledger, job["args"]["item"])
    order = order_of(ledger, task, job["id"])
    assert order
    note_renewed(ledger, task, job["id"], Outcome("a", None, "written", verdict="ready_for_review"), order)
    assert order_of(ledger, task, job["id"]) is None
    assert rows(ledger, "SELECT item FROM work_refreshes") == []
    assert task_of(ledger, task.id).sha256 == order.task.sha256
    assert submitted(ledger, path).known == 1
    assert status_of(ledger).verdicts == {"ready_for_review": 1}


def test_background_is_as_it_is_now_and_goes_along(ledger, tmp_path):
    beside = tmp_path / "voisin.txt"
    beside.write_text(TEXT.replace("douze", "vingt"), encoding="utf-8")
    submitted(ledger, beside)
    ended(ledger)
    change(written(ledger, tmp_path, beside=(beside,)))
    change(beside, "préfet", "sous-préfet")
    submitted(ledger, beside)
    ended(ledger)
    beside.unlink()
    assert refreshed(ledger).added == 1
    order = order_in(ledger)
    assert order
    (each,) = order.told.beside
    assert each.source == str(beside)
    assert "sous-préfet" in each.article.text
    assert each.article.ref == str(beside), "named as it was given"


def test_what_marbre_batch_wrote_is_counted_and_not_looked_at(ledger, tmp_path):
    path = written(ledger, tmp_path)
    other = path.with_name("autre.txt")
    other.write_text(TEXT, encoding="utf-8")
    enter(ledger, item_of_file(other), "autre", "# Autre\n")
    other.unlink()
    told = refreshed(ledger)
    assert (told.looked_at, told.elsewhere) == (1, 1)


def test_a_refresh_of_a_folder_leaves_the_pieces_of_workers_to_them(ledger, tmp_path):
    """Their files lie in the ledger: who wrote another version elsewhere would have two of one piece."""
    path = written(ledger, tmp_path)
    other = path.with_name("autre.txt")
    other.write_text(TEXT, encoding="utf-8")
    enter(ledger, item_of_file(other), "autre", "# Autre\n")
    here = Here(ledger, Settings(out=tmp_path / "out"), "m")
    assert [[each.row.slug for each in some] for some in here.pieces()] == [["autre"]]
    assert here.of_workers == 1


def test_a_page_is_asked_for_and_goes_along_as_it_was_read(ledger, tmp_path):
    own = Settings(grammar=False, allow_private_urls=True, host_pause=0.0)
    with serving() as site:
        site.pages["/page"] = answer(TEXT)
        item = item_of(f"{site.url}/page", own, BytesIO())
        submit(ledger, [item], content_of(own), {}, MOMENT)
        ended(ledger)
        enter(ledger, item, "page", "# Page\n")
        filed_as(ledger, "page", "# Page\n")
        site.pages["/page"] = answer(TEXT.replace("deux millions", "trois millions"))
        told = round_over(ledger, own, {}, Asked(), LATER, lambda: False, here=True).done(lambda _: None)
    assert [o.why.split(":")[0] for o in told.outcomes] == ["source_changed"]
    order = order_in(ledger)
    assert order
    source = stored_item(ledger, order.task).read()
    assert ("trois millions" in source.text, source.ref) == (True, f"{site.url}/page")


def test_a_source_that_cannot_be_read_when_it_is_due_fails_and_adds_no_job(ledger, tmp_path, monkeypatch):
    change(written(ledger, tmp_path))
    gone = SourceError("unreadable", "It cannot be read.", "Check its rights.", about="creche.txt")
    monkeypatch.setattr("pipeline.workers.refreshing.Round._source", Mock(side_effect=gone))
    (outcome,) = refreshed(ledger).outcomes
    assert (outcome.status, outcome.error) == ("failed", gone.failure)
    assert jobs(ledger) == []


def test_at_most_so_many_are_added(ledger, tmp_path):
    for slug in ("a", "b", "c"):
        change(written(ledger, tmp_path, slug, f"{TEXT} {slug}"))
    told = refreshed(ledger, Asked(limit=2))
    assert [o.status for o in told.outcomes] == ["waiting", "waiting", "unchanged"]
    assert told.outcomes[2].why.endswith("left for a later run (--limit)")


def test_who_waits_comes_before_refreshes_and_these_before_what_was_submitted(ledger, tmp_path):
    due = change(written(ledger, tmp_path))
    paths = [due.with_name(f"{n}.txt") for n in range(2)]
    for path in paths:
        path.write_text(f"{TEXT} {path.name}", encoding="utf-8")
    submitted(ledger, paths[0])
    refreshed(ledger)
    submit(ledger, [item_of_file(paths[1])], {}, {}, MOMENT, EDITOR)
    (batch, first) = (row["id"] for row in jobs(ledger, QUEUE))
    (refresh,) = (row["id"] for row in jobs(ledger))
    worker = registered(ledger)
    assert [taken(ledger, worker, *QUEUES) for _ in range(3)] == [[first], [refresh], [batch]]


def test_a_worker_of_an_older_program_leaves_refreshes_alone(ledger, tmp_path):
    """It listens to the articles' queue alone, and would end a job it does not know."""
    change(written(ledger, tmp_path))
    refreshed(ledger)
    assert taken(ledger, registered(ledger), QUEUE) == []
    assert len(jobs(ledger)) == 1


def test_a_lost_workers_refresh_is_taken_over_and_set_aside_once_it_has_lost_three(
    ledger, tmp_path, monkeypatch
):
    change(written(ledger, tmp_path))
    refreshed(ledger)
    monkeypatch.setattr(takeover, "LOST", -1.0)
    monkeypatch.setattr(takeover, "SUSPECT", 9)
    for killed in (1, 2, 3):
        assert len(taken(ledger, registered(ledger), *QUEUES)) == 1
        rows(ledger, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
        assert [n for _, n in takeover.look(ledger, 0, []).taken] == [killed]
    assert (status_of(ledger).set_aside, jobs(ledger)) == (1, [])


def test_what_is_forgotten_is_not_refreshed_from_what_was_kept_of_it(ledger, tmp_path):
    beside = tmp_path / "voisin.txt"
    beside.write_text(TEXT.replace("douze", "vingt"), encoding="utf-8")
    change(written(ledger, tmp_path, beside=(beside,)))
    refreshed(ledger)
    (job,) = jobs(ledger)
    forget(ledger, [str(beside)])
    assert rows(ledger, "SELECT item FROM work_refreshes") == []
    assert order_of(ledger, task_of(ledger, job["args"]["item"]), job["id"]) is None
    (left,) = status_of(ledger).left
    assert left.code == "forgotten"


def test_a_ledger_that_an_older_program_made_gets_the_new_tables(ledger):
    rows(ledger, "DROP TABLE work_refreshes")
    rows(ledger, "DROP INDEX work_items_by_key")
    with pytest.raises((LedgerError, DBAPIError)):
        rows(ledger, "SELECT item FROM work_refreshes")
    prepared(ledger)
    assert rows(ledger, "SELECT item FROM work_refreshes") == []
    assert rows(ledger, "SELECT 1 WHERE to_regclass('work_items_by_key') IS NOT NULL")
    assert not has_submissions(ledger)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(texts, texts, texts, st.booleans())
def test_what_a_worker_is_told_is_what_was_decided(one, two, three, gone):
    sight = Sight("S1", "gone" if gone else "changed", one, two)
    article = Article(one, "0" * 64, None if gone else two, "fr", (Paragraph("P1", three, "quote"),))
    told = Told(
        "creche", one, ("f", two, three), (Reason("source_changed", one),), Seen((sight,), (one,), (two,), (three,)),
        "", three, (Beside(two, article),),
    )  # fmt: skip
    assert told_in(packed_of(told)) == told


@pytest.mark.parametrize("damaged", [b"{}", b"null", b"[" * 5_000, b'{"slug": "a"'])
def test_what_nobody_of_ours_wrote_is_told_in_one_line(damaged):
    with pytest.raises(LedgerError, match="did not write"):
        told_in(packed(damaged))


def test_a_slug_that_is_a_path_is_none():
    with pytest.raises(LedgerError, match="its slug cannot be"):
        told_in(packed_of(Told("../../etc", "a", ("", "", ""), (), Seen(), "", "", ())))


@pytest.mark.parametrize(
    "expression", ["0 6 * *", "0 6 * * 1-5 2030", "61 * * * *", "every day", "0 0 30 2 *"]
)
def test_a_cron_expression_that_never_comes_true_is_told_before_a_worker_starts(expression):
    with pytest.raises(UsageError):
        cron_of(expression)


@pytest.mark.parametrize(
    "words",
    [
        ["--budget", "1"],
        ["--base-url", "http://model/v1"],
        ["--every", "6h"],
        ["--metrics", "a"],
        ["--overwrite-edited"],
        ["--archive", "."],
    ],
    ids=" ".join,
)
def test_an_option_that_nobody_would_heed_is_refused_in_one_line(words, postgres, tmp_path):
    url = postgres.schema()
    with closing(prepared(Ledger(url))) as ledger:
        written(ledger, tmp_path)
    ran = CliRunner().invoke(cli, ["refresh", "--ledger", url, *words])
    assert (ran.exit_code, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert words[0] in ran.stderr


def test_five_fields_are_taken_as_a_crontab_has_them():
    assert cron_of(" 0  6 * * 1-5 ") == "0 6 * * 1-5"
