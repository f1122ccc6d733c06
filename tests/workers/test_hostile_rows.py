"""Rows that somebody else wrote: no path is taken from them, and they end no worker and hold up no other article."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.crew import Crew
from pipeline.errors import LedgerError, UsageError
from pipeline.items import items_of
from pipeline.settings import Settings
from pipeline.workers import takeover
from pipeline.workers.beside import Background
from pipeline.workers.content import content_of, settings_with
from pipeline.workers.holds import standing
from pipeline.workers.runs import submission_of
from pipeline.workers.status import status_of
from pipeline.workers.stored import task_of
from pipeline.workers.submit import submit
from tests.e2e.marbre import NOW
from tests.workers.queued import registered, rows, taken_by

ROW = {"scripted": {"nonsense": 1}}


@pytest.fixture
def task(ledger, tmp_path):
    """Of the one source that was submitted."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "0.txt").write_text("Article\n\nLe conseil a voté le budget.\n", encoding="utf-8")
    items = items_of(tmp_path / "in", Path("elsewhere"))
    submit(ledger, items, content_of(Settings(model="nobody-sells-it")), {}, datetime.fromisoformat(NOW))
    return task_of(ledger, rows(ledger, "SELECT id FROM work_items")[0].id)


def test_no_file_of_the_workers_machine_gives_background(ledger, task, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("Ce que personne ne doit lire.\n", encoding="utf-8")
    for told in (str(secret.with_suffix("")), "../../../secret"):
        rows(ledger, "ALTER TABLE work_items ALTER sha256 TYPE text")
        rows(ledger, "UPDATE work_items SET sha256 = :told", told=told)
        with closing(Crew(1)) as crew:
            out = tmp_path / "a" / "out"
            found = [place.path for place in Background(ledger, out, crew, task.digest)._places()]
        assert [path for path in found if path.resolve() == secret] == []


def test_no_file_of_the_workers_machine_is_a_submissions_model():
    with pytest.raises(LedgerError, match="a file of this machine"):
        settings_with(Settings(), {"model": "/home/anne/model.gguf"})
    served = settings_with(Settings(base_url="http://model.example/v1"), {"model": "model.gguf"})
    assert served.model == "model.gguf"


def test_a_row_of_models_that_cannot_be_is_refused_where_it_is_submitted_and_ends_no_worker():
    with pytest.raises(UsageError, match=r"models\.scripted\.nonsense"):
        content_of(Settings(models=ROW))
    with pytest.raises(LedgerError, match="nonsense"):
        settings_with(Settings(), {"models": ROW})


@pytest.mark.parametrize("told", ["[" * 3_000 + "]" * 3_000, "[1]", '"words"', "5", '{"words": []}'])
def test_settings_that_are_none_are_told_in_one_line(ledger, task, told):
    rows(ledger, "UPDATE work_submissions SET settings = CAST(:told AS json)", told=told)
    with pytest.raises(LedgerError, match="did not write"):
        settings_with(Settings(), submission_of(ledger, task.submission).content)


def test_what_a_source_is_called_moves_no_cursor_and_adds_no_line(ledger, task):
    told = "x\x1b[31m\nmarbre: all is well\u202e"
    rows(
        ledger,
        "UPDATE work_items SET ref = :told, why = :why, status = 'failed', killed = 1",
        told=told,
        why=told,
    )
    (left,) = status_of(ledger).left
    assert (left.source + left.why + task_of(ledger, task.id).ref).isprintable()
    assert "marbre: all is well" in left.source


@pytest.mark.parametrize("args", ["[1]", "null", '"x"'])
def test_a_job_that_is_about_nothing_ends(ledger, task, args):
    """The queue's own program stumbles over it, and the worker never hears of it: it would go round for ever."""
    worker = registered(ledger)
    job = taken_by(ledger, worker)
    rows(
        ledger,
        "UPDATE procrastinate_jobs SET args = CAST(:args AS jsonb) WHERE id = :job",
        args=args,
        job=job,
    )
    assert takeover.look(ledger, worker, [job]).mine == frozenset()
    assert (status_of(ledger).waiting, status_of(ledger).running) == (0, 0)


@pytest.mark.parametrize(
    "settings",
    [
        '{"model": "\\u0000"}',
        '{"model": "m", "tone": "\\ud800"}',
        "[1]",
        '"x"',
        "null",
        "[" * 3_000 + "]" * 3_000,
    ],
)
def test_settings_that_the_server_cannot_read_hide_no_other_submission(ledger, task, tmp_path, settings):
    """It refuses a NUL, and half a character, anywhere in a text it is asked for a part of."""
    items = items_of(tmp_path / "in", Path("elsewhere"))
    submit(ledger, items, content_of(Settings(model="m", words=900)), {}, datetime.fromisoformat(NOW))
    rows(ledger, "UPDATE work_submissions SET settings = CAST(:told AS json) WHERE id = 1", told=settings)
    first, second = status_of(ledger).submissions
    assert (first.waiting, second.waiting, second.model) == (1, 1, "m")
    assert first.model.isprintable()


@pytest.mark.parametrize(
    "until", ["infinity", "-infinity", "0044-03-15 BC", "20000-01-01", "9999-12-31 23:59-10"]
)
def test_a_time_that_no_date_has_holds_up_no_look(ledger, task, until):
    rows(ledger, "UPDATE procrastinate_jobs SET status = 'cancelled'")
    rows(ledger, "INSERT INTO work_holds VALUES (1, 'c', 'w', CAST(:until AS timestamptz))", until=until)
    (held,) = status_of(ledger).submissions
    assert (held.held, held.until) == (1, None)
    standing(ledger, 1)


def test_why_a_submission_is_held_back_moves_no_cursor_and_fills_no_screen(ledger, task):
    rows(ledger, "UPDATE procrastinate_jobs SET status = 'cancelled'")
    rows(ledger, "INSERT INTO work_holds VALUES (1, 'c', repeat(:why, 100000), NULL)", why="\x1b[2J\n")
    held, (told,) = standing(ledger, 1), status_of(ledger).submissions
    assert held
    for each in (str(held.error), told.why):
        assert each.isprintable()
        assert len(each) < 50_000
