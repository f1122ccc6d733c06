"""How refreshes went: written by themselves, read by whoever watches."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from pipeline.errors import MarbreError, SourceError, StorageError
from pipeline.model import Money, Outcome
from pipeline.refresh.run import Refreshed
from pipeline.schedule.metrics import text_of
from pipeline.schedule.record import Record, begun, ended, place_of, read, recorded, result_of, write
from pipeline.settings import Settings

NOW = datetime(2026, 1, 31, 9, tzinfo=UTC)
LATER = NOW + timedelta(seconds=90)


def outcome(status="written", paid=2, amount=0.25):
    return Outcome("a.txt", "0" * 64, status, None, "ready_for_review", paid=paid, cost=Money(amount, "EUR"))


def result(*outcomes, stayed=3, **more):
    return Refreshed(tuple(outcomes), stayed, pieces={"ready_for_review": 4, "needs_work": 1}, **more)


def desk(folder):
    (folder / ".marbre").mkdir()
    (folder / ".marbre" / "ledger.sqlite3").write_bytes(b"")
    return Settings(out=folder)


def clock(*moments):
    return iter(moments).__next__


def samples(text):
    return {
        (s.name, *s.labels.values()): s.value
        for family in text_string_to_metric_families(text)
        for s in family.samples
    }


def test_a_run_counts_what_was_due_written_failed_and_spent():
    first = ended(begun(Record(), NOW), LATER, 4, result(outcome(), outcome("failed", 1, 0.5)))
    second = ended(begun(first, LATER), LATER, 0, result())
    assert (first.due, first.written, first.failed, first.calls, first.seconds) == (2, 1, 1, 3, 90.0)
    assert first.succeeded is None
    assert second.succeeded == LATER
    assert (second.due, second.total_due, second.total_calls) == (0, 2, 3)
    assert second.total_spent == {"EUR": 0.75}
    assert second.runs == {"failed": 1, "ok": 1}


def test_pieces_that_need_work_are_no_failure_of_the_run():
    assert ended(begun(Record(), NOW), LATER, 3, result()).succeeded == LATER


def test_a_run_that_was_killed_is_a_failure_by_the_next():
    killed = begun(Record(), NOW)
    assert begun(killed, LATER).runs == {"failed": 1}


@pytest.mark.parametrize(
    ("code", "result"),
    [
        (0, "ok"),
        (3, "ok"),
        (1, "failed"),
        (2, "failed"),
        (4, "failed"),
        (-9, "failed"),
        (130, "interrupted"),
        (-15, "interrupted"),
    ],
)
def test_a_run_is_known_by_how_it_ended(code, result):
    assert result_of(code) == result


def test_a_run_that_was_stopped_leaves_the_count_of_pieces_as_it_was():
    before = ended(begun(Record(), NOW), LATER, 0, result())
    after = ended(begun(before, NOW), LATER, 130, Refreshed((), 1, stopped=True))
    assert after.pieces == before.pieces
    assert after.runs == {"ok": 1, "interrupted": 1}


def test_what_is_written_is_read_again_and_what_is_no_record_is_an_empty_one(tmp_path):
    path = tmp_path / "r.json"
    record = ended(begun(Record(), NOW), LATER, 0, result(outcome()))
    write(path, record)
    assert read(path) == record
    assert '"schema": "marbre.refresh/1"' in path.read_text()
    for text in ("", "[]", "null", '{"due": "many"}', '{"started": "2026-01-31"}', "{" * 5000):
        path.write_text(text)
        assert read(path) == Record()


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (SystemExit(3), 3),
        (KeyboardInterrupt(), 130),
        (SourceError("x", "y", "z"), 4),
        (ValueError(), 1),
    ],
)
def test_however_a_run_ends_its_end_is_written_down(tmp_path, end, code):
    settings, metrics = desk(tmp_path), tmp_path / "marbre.prom"

    def run():
        with recorded(settings, metrics, clock(NOW, LATER)) as running:
            running.result = result(outcome())
            raise end

    with pytest.raises(type(end)):
        run()
    record = read(place_of(settings).record)
    assert (record.exit_code, record.ended, record.written) == (code, LATER, 1)
    assert samples(metrics.read_text())["marbre_refresh_last_exit_code",] == code


def test_two_refreshes_of_a_ledger_do_not_overlap_and_the_second_leaves_no_mark(tmp_path):
    settings = desk(tmp_path)
    with recorded(settings, None, clock(NOW, LATER)):
        before = read(place_of(settings).record)
        with pytest.raises(StorageError, match="Another refresh of this ledger"):
            recorded(settings, None, clock()).__enter__()
        assert read(place_of(settings).record) == before


def test_files_lie_beside_the_ledger_wherever_it_is(tmp_path):
    (tmp_path / "desk.db").write_bytes(b"")
    place = place_of(Settings(out=tmp_path / "out", ledger=f"sqlite:///{tmp_path}/desk.db"))
    assert place.lock == tmp_path / "desk.refresh.lock"
    with pytest.raises(MarbreError, match="There is no ledger"):
        place_of(Settings(out=tmp_path))


def test_metrics_are_read_by_the_parser_of_those_who_made_the_format():
    record = ended(begun(Record(), NOW), LATER, 3, result(outcome(), outcome("failed")))
    text = text_of(record, LATER + timedelta(hours=1))
    assert samples(text) == {
        ("marbre_pieces", "needs_work"): 1.0,
        ("marbre_pieces", "ready_for_review"): 4.0,
        ("marbre_pieces", "rejected"): 0.0,
        ("marbre_refresh_runs_total", "failed"): 0.0,
        ("marbre_refresh_runs_total", "interrupted"): 0.0,
        ("marbre_refresh_runs_total", "ok"): 1.0,
        ("marbre_refresh_pieces_due_total",): 2.0,
        ("marbre_refresh_pieces_written_total",): 1.0,
        ("marbre_refresh_pieces_failed_total",): 1.0,
        ("marbre_refresh_calls_total",): 4.0,
        ("marbre_refresh_spent_total", "EUR"): 0.5,
        ("marbre_refresh_last_due",): 2.0,
        ("marbre_refresh_last_written",): 1.0,
        ("marbre_refresh_last_failed",): 1.0,
        ("marbre_refresh_last_seconds",): 90.0,
        ("marbre_refresh_last_exit_code",): 3.0,
        ("marbre_refresh_last_end_timestamp_seconds",): LATER.timestamp(),
        ("marbre_refresh_last_success_timestamp_seconds",): LATER.timestamp(),
        ("marbre_refresh_next_run_timestamp_seconds",): LATER.timestamp() + 3600,
    }
    assert text == text_of(record, LATER + timedelta(hours=1))
    assert text.endswith("\n")
    assert "_created" not in text


def test_before_the_first_run_nothing_is_told_that_nobody_knows():
    known = samples(text_of(Record()))
    assert not [name for name, *_ in known if "timestamp" in name or "exit_code" in name]


def test_a_verdict_or_a_currency_of_a_damaged_record_breaks_no_line():
    hostile = 'a"b\\c\nmarbre_pieces 7'
    text = text_of(Record(pieces={hostile: 1}, total_spent={hostile: 2.0}))
    assert samples(text)["marbre_pieces", hostile] == 1.0
    assert samples(text)["marbre_refresh_spent_total", hostile] == 2.0


@pytest.mark.parametrize(
    "told",
    [
        {"started": "0001-01-01T00:00:00Z"},
        {"succeeded": "9999-12-31T23:59:59Z"},
        {"total_due": 10**400},
        {"exit_code": -(10**30)},
        {"seconds": "NaN"},
        {"total_spent": {"USD": "Infinity"}},
        {"pieces": {"needs_work": 10**30}},
    ],
)
def test_what_no_clock_shows_and_nobody_counts_is_no_record(tmp_path, told):
    """It was a traceback in each refresh and look at its health."""
    path = tmp_path / "ledger.refresh.json"
    path.write_text(json.dumps({"schema": "marbre.refresh/1"} | told))
    assert read(path) == Record()


def test_a_clock_that_was_set_back_during_a_run_loses_no_count(tmp_path):
    path = tmp_path / "ledger.refresh.json"
    write(path, ended(begun(Record(), LATER), NOW, 0, result(outcome())))
    assert (read(path).total_due, read(path).seconds) == (1, -90.0)
