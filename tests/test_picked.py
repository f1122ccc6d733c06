"""Which sources are taken, in what order; and which of them failed last."""

import os
from contextlib import closing
from datetime import UTC, datetime

import pytest

from pipeline.errors import LedgerBusyError
from pipeline.failures import Failures, failed
from pipeline.items import Item
from pipeline.ledger import Ledger
from pipeline.model import NOT_TRIED, Failure, Outcome
from pipeline.picked import ordered, whose_last

NOW = datetime(2026, 1, 31, 9, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path):
    with closing(Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}")) as opened:
        yield opened


def item(name, path=None, date=None):
    def never():
        raise AssertionError("nothing is read to be put in order")

    return Item(name, f"/{name}", never, path, date=date)


def names(items):
    return [i.ref for i in items]


def test_files_and_pages_are_put_in_order_by_their_dates_those_without_come_last(tmp_path):
    file = tmp_path / "old"
    file.write_text("x")
    os.utime(file, (1_000, 1_000))
    items = [
        item("none"),
        item("new", date=3_000.0),
        item("old", file),
        item("gone", tmp_path / "no"),
        item("mid", date=2_000.0),
    ]
    assert names(ordered(items, "oldest")) == ["old", "mid", "new", "none", "gone"]
    assert names(ordered(items, "newest")) == ["new", "mid", "old", "none", "gone"]


def test_a_page_has_no_size_and_comes_last(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).write_text("x" * (1 if name == "a" else 2))
    items = [item("page", date=1.0), item("a", tmp_path / "a"), item("b", tmp_path / "b")]
    assert names(ordered(items, "largest")) == ["b", "a", "page"]
    assert names(ordered(items, "smallest")) == ["a", "b", "page"]
    assert names(ordered(items, None)) == ["page", "a", "b"]
    assert names(ordered(items, "name")) == ["a", "b", "page"]


def outcome(name, status="failed", code="too_short", why="failed"):
    error = Failure(code, "m", "r") if status == "failed" else None
    return Outcome(name, None, status, why=why, error=error)


def noted(ledger, *outcomes):
    failures = Failures(ledger, NOW)
    failures.expect([item(o.source) for o in outcomes])
    for each in outcomes:
        failures.note(each)
    failures.keep()


def test_a_failure_is_remembered_until_the_source_comes_to_something(ledger):
    noted(ledger, outcome("a"), outcome("b"), outcome("c", "written"))
    assert failed(ledger, ["/a", "/b", "/c"]) == {"/a", "/b"}
    noted(ledger, outcome("a", "unchanged"), outcome("b", code="no_answer"))
    assert failed(ledger, ["/a", "/b", "/c"]) == {"/b"}


def test_a_run_that_did_not_come_to_a_source_says_nothing_of_it(ledger):
    noted(ledger, outcome("a"))
    noted(
        ledger,
        outcome("a", code="interrupted", why=NOT_TRIED),
        outcome("b", code="budget"),
        outcome("c", why=NOT_TRIED),
    )
    assert failed(ledger, ["/a", "/b", "/c"]) == {"/a"}


def test_a_source_that_waits_for_a_batch_has_failed_until_it_has_come(ledger):
    """Else the same command with --only FAILED would not go on with it."""
    noted(ledger, outcome("a"))
    noted(ledger, outcome("a", "waiting"))
    assert failed(ledger, ["/a"]) == {"/a"}


def test_each_source_is_looked_up_once_however_many_are_under_way(ledger, monkeypatch):
    asked = []

    def looked_up(_, keys):
        asked.append(keys)
        return set()

    monkeypatch.setattr("pipeline.failures.failed", looked_up)
    failures = Failures(ledger, NOW)
    for name in "abc":
        failures.expect([item(name)])
    assert asked == [["/a"], ["/b"], ["/c"]]


def test_hundreds_of_failures_are_written_as_they_come(ledger):
    failures = Failures(ledger, NOW)
    some = [outcome(f"{n}") for n in range(120)]
    failures.expect([item(o.source) for o in some])
    for each in some:
        failures.note(each)
    assert len(failed(ledger, [f"/{n}" for n in range(120)])) == 100
    failures.keep()
    assert len(failed(ledger, [f"/{n}" for n in range(120)])) == 120


def test_a_locked_ledger_loses_the_note_and_nothing_else(ledger, monkeypatch):
    def locked():
        raise LedgerBusyError("ledger_busy", "locked", "wait")

    monkeypatch.setattr(ledger, "connect", locked)
    noted(ledger, outcome("a"))


def test_only_those_that_came_to_it_last_are_taken(ledger):
    noted(ledger, outcome("b"), outcome("d"))
    items = [item(name) for name in "abcd"]
    assert names(whose_last(iter(items), ("FAILED",), ledger)) == ["b", "d"]
    assert names(whose_last(iter(items), ("NEEDS_WORK",), ledger)) == []
