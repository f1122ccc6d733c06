"""What a worker tells: one line each, for a person or for programs, whatever a source is called."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Failure, Money, Outcome, Usage
from pipeline.workers.events import Event, json_line, of_article

NOW = datetime(2026, 1, 31, 9, tzinfo=UTC)


def told(outcome):
    return json.loads(json_line(of_article(outcome, 3, 7, 11), NOW))


def test_a_line_of_an_article_has_worker_submission_job_and_what_it_cost():
    usage = Usage(1_200, 0, 300)
    outcome = Outcome(
        "a.txt", "0" * 64, "written", "out/a", "ready_for_review", paid=2, remembered=1, usage=usage,
        cost=Money(0.25, "EUR"), seconds=1.23456,
    )  # fmt: skip
    assert told(outcome) == {
        "at": "2026-01-31T09:00:00.000+00:00", "event": "article", "message": "a.txt: written, ready_for_review",
        "worker": 3, "article": "a.txt", "submission": 7, "job": 11, "sha256": "0" * 64, "status": "written",
        "verdict": "ready_for_review", "code": None, "seconds": 1.235, "calls": {"paid": 2, "remembered": 1},
        "tokens": {"input": 1_200, "output": 300}, "cost": {"amount": 0.25, "currency": "EUR", "estimated": False},
    }  # fmt: skip


def test_an_article_that_was_not_written_says_why_with_its_code():
    gone = Outcome("a.txt", None, "failed", error=Failure("forgotten", "It is gone.", "Submit it again."))
    line = told(gone)
    assert (line["status"], line["code"], line["cost"]) == ("failed", "forgotten", None)
    assert line["message"] == "a.txt: failed, It is gone. Submit it again."


def test_what_is_about_no_article_has_the_same_fields_empty():
    line = json.loads(json_line(Event("note", "The queue was lost."), NOW))
    assert {name: value for name, value in line.items() if value is None} == dict.fromkeys(
        ("worker", "article", "submission", "job")
    )


@given(st.text())
def test_whatever_a_source_is_called_it_is_one_line_of_plain_ascii(name):
    line = json_line(of_article(Outcome(name, None, "skipped"), None, 1, 1), NOW)
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["article"] == name
