from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.schedule.times import Every, cron_of, first, seconds_of, zone_of

PARIS = ZoneInfo("Europe/Paris")
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def at(text):
    return datetime.fromisoformat(text)


def times(cron, start, number):
    found, moment = [], at(start)
    for _ in range(number):
        moment = cron.after(moment, moment)
        found.append(moment.astimezone(PARIS).isoformat())
    return found


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("15m", 900), ("6h", 21_600), ("1d", 86_400), (" 2w ", 1_209_600)]
)
def test_a_time_is_a_number_and_a_unit(text, seconds):
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "6", "h", "0s", "-1h", "1.5h", "6 h", "6H", "367d", "9" * 30 + "s", "٣h"]
)
def test_what_is_no_time_is_told_with_an_example(text):
    with pytest.raises(UsageError, match="Write it like 90s, 15m"):
        seconds_of(text)


def test_working_days_are_monday_to_friday():
    friday = "2026-11-20T06:00:00+01:00"
    assert times(cron_of("0 6 * * 1-5", PARIS), friday, 2) == [
        "2026-11-23T06:00:00+01:00",
        "2026-11-24T06:00:00+01:00",
    ]


def test_an_hour_that_spring_leaves_out_runs_right_after_it():
    assert times(cron_of("30 2 * * *", PARIS), "2026-03-28T12:00:00+01:00", 2) == [
        "2026-03-29T03:00:00+02:00",
        "2026-03-30T02:30:00+02:00",
    ]


def test_an_hour_that_autumn_repeats_runs_once():
    assert times(cron_of("30 2 * * *", PARIS), "2026-10-24T12:00:00+02:00", 2) == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-26T02:30:00+01:00",
    ]


def test_every_few_hours_goes_by_hours_that_pass_and_not_by_the_clock_on_the_wall():
    slot = at("2026-03-28T21:00:00+01:00")
    assert Every(21_600).after(slot, slot).astimezone(PARIS) == at("2026-03-29T04:00:00+02:00")


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "0 6 * *",
        "0 0 6 * * 1-5",
        "61 * * * *",
        "0 6 * * lundi",
        "0 0 31 2 *",
        "* * * * *\n* *",
        "@daily",
        "1" * 5_000 + " * * * *",
    ],
)
def test_an_expression_that_never_comes_true_is_told(expression):
    with pytest.raises(UsageError, match="0 6"):
        cron_of(expression, PARIS)


@given(MOMENTS, st.integers(1, 10**6), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_the_next_time_is_after_now_by_no_more_than_the_step_and_on_the_grid(slot, seconds, passed):
    now = slot + passed
    due = Every(seconds).after(slot, now)
    assert now < due <= now + timedelta(seconds=seconds)
    assert (due - slot) % timedelta(seconds=seconds) == timedelta(0)


@given(MOMENTS, st.sampled_from(["*/7 3-9 * * *", "0 6 * * 1-5", "30 2 * * *", "15 0 1,15 * fri"]))
def test_the_next_time_of_a_crontab_is_after_now(now, expression):
    due = cron_of(expression, PARIS).after(now, now)
    assert due > now
    assert due.astimezone(PARIS).second == 0


def test_without_a_run_before_the_first_is_at_the_next_time():
    now = at("2026-01-31T09:00:00+00:00")
    assert first(Every(3600), None, now) == at("2026-01-31T10:00:00+00:00")


def test_runs_missed_while_nobody_ran_are_made_up_for_by_one_at_once():
    now = at("2026-01-31T09:00:00+00:00")
    assert first(Every(3600), now - timedelta(days=3), now) == now
    assert first(cron_of("0 6 * * *", UTC), now - timedelta(days=3), now) == now


def test_after_a_restart_the_time_since_the_last_run_counts():
    now = at("2026-01-31T09:00:00+00:00")
    assert first(Every(3600), now - timedelta(minutes=20), now) == now + timedelta(minutes=40)


def test_a_last_run_in_the_future_of_a_clock_that_was_set_back_holds_nothing_up():
    now = at("2026-01-31T09:00:00+00:00")
    assert first(Every(3600), now + timedelta(days=300), now) == now + timedelta(hours=1)


def test_the_machine_has_a_zone_and_another_may_be_named():
    assert zone_of("Europe/Paris") is PARIS
    assert zone_of(None).utcoffset(datetime(2026, 1, 1)) is not None  # noqa: DTZ001
