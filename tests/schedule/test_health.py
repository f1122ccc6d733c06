"""What a schedule says of itself, and of runs that could not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pipeline.schedule import health, record
from pipeline.schedule.lock import held
from pipeline.schedule.record import Place, Record

NOW = datetime(2026, 1, 31, 9, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def place(tmp_path):
    names = ("refresh.json", "refresh.lock", "schedule.json", "schedule.lock")
    return Place(*(tmp_path / name for name in names))


def diary(place, said, now=NOW, metrics=None):
    return health.Writer(place, "every 6 h", PARIS, metrics, lambda: now, said.append)


def test_it_tells_when_it_runs_next_in_its_zone(place):
    said: list[str] = []
    diary(place, said).waits(NOW + timedelta(hours=6))
    assert said == ["next run at 2026-01-31T16:00:00+01:00"]
    assert health.read(place.schedule).next_run == NOW + timedelta(hours=6)


def test_a_run_that_wrote_itself_down_is_told_in_one_line(place):
    said: list[str] = []
    writer = diary(place, said)
    record.write(place.record, record.ended(record.begun(Record(), NOW), NOW + timedelta(seconds=3), 3))
    writer.runs()
    writer.ended(NOW, 3)
    writer.waits(NOW + timedelta(hours=6))
    assert said == [
        "the refresh ended with exit code 3 after 3.0 s: 0 due, 0 written, 0 failed; next run at 2026-01-31T16:00:00+01:00"
    ]


@pytest.mark.parametrize("before", [Record(), record.begun(Record(), NOW)])
def test_a_run_that_was_killed_or_never_came_to_begin_is_written_down_for_it(place, before):
    said: list[str] = []
    record.write(place.record, before)
    writer = diary(place, said, NOW + timedelta(seconds=5))
    writer.ended(NOW, -9)
    writer.stops()
    told = record.read(place.record)
    assert (told.exit_code, told.runs, told.ended) == (-9, {"failed": 1}, NOW + timedelta(seconds=5))
    assert said == ["the refresh ended with signal 9 after 5.0 s: 0 due, 0 written, 0 failed; stopped"]


def test_another_refresh_under_way_is_told_and_its_record_left_alone(place):
    said: list[str] = []
    record.write(place.record, record.begun(Record(), NOW - timedelta(minutes=1)))
    before = place.record.read_bytes()
    writer = diary(place, said)
    with held(place.lock, "A test"):
        writer.ended(NOW, 4)
    writer.stops()
    assert said == ["exit code 4, another refresh is under way; stopped"]
    assert place.record.read_bytes() == before


def test_a_file_that_cannot_be_written_is_told_and_ends_no_schedule(place, tmp_path):
    said: list[str] = []
    diary(place, said, metrics=tmp_path / "gone" / "m.prom").waits(NOW)
    assert "m.prom cannot be written" in said[0]
    assert said[1].startswith("next run at")


def test_it_is_well_while_it_waits_or_runs_and_ill_when_it_is_gone_or_late(place):
    diary(place, []).waits(NOW)
    assert health.ills(place, NOW) == "no schedule is running"
    with held(place.schedule_lock, "A test"):
        assert health.ills(place, NOW + timedelta(minutes=4)) == ""
        assert (
            health.ills(place, NOW + timedelta(minutes=6))
            == "the run of 2026-01-31T09:00:00+00:00 has not begun"
        )
        diary(place, []).runs()
        assert health.ills(place, NOW + timedelta(days=1)) == ""


def test_the_line_tells_of_the_last_run_and_the_last_success(place):
    good = record.ended(record.begun(Record(), NOW), NOW, 0)
    bad = record.ended(record.begun(good, NOW), NOW + timedelta(hours=6), 4)
    state = health.State(state="waiting", next_run=NOW + timedelta(hours=12))
    assert health.line(state, bad, PARIS) == (
        "waiting, next run at 2026-01-31T22:00:00+01:00; the last refresh ended with exit code 4 after 21600.0 s: 0 due, "
        "0 written, 0 failed at 2026-01-31T16:00:00+01:00; last success: 2026-01-31T10:00:00+01:00"
    )
    assert health.line(health.State(), Record(), PARIS) == "stopped; no refresh has ended yet"


def test_a_damaged_state_is_a_stopped_one(place):
    place.schedule.write_text("{")
    assert health.read(place.schedule) == health.State()


def test_a_schedule_that_is_ended_while_it_waits_tells_its_last_run_no_second_time(place):
    said: list[str] = []
    writer = diary(place, said)
    writer.ended(NOW, 0)
    writer.waits(NOW + timedelta(hours=6))
    writer.stops()
    assert said[1:] == ["stopped"]
