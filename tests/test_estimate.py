"""Arithmetic of an estimate: what it does with a history, a price, and with neither."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.estimate import Terms, Work, estimate
from pipeline.history import History
from pipeline.writers.models import Price

PRICE = Price(currency="EUR", input=1.0, cached=0.1, output=4.0, date=date(2026, 1, 1), source="a contract")
TERMS = Terms(words=700, calls_an_article=6, concurrency=8, price=PRICE)
WORK = Work(articles=100, characters=400_000)
PAST = History(calls=400, an_article=2.4, characters=4.0, input=3_000, output=900, seconds=(4.0, 9.0))


def test_without_a_history_it_says_what_it_assumes():
    found = estimate(WORK, TERMS, None)
    assert found.calls.whole == {"low": 200, "high": 300}
    assert "assumed" in found.by[0]


def test_with_a_history_it_goes_by_its_repairs_and_its_pace():
    found = estimate(WORK, TERMS, PAST)
    assert found.calls.whole == {"low": 200, "high": 240}
    assert "400 calls" in found.by[0]
    assert found.seconds
    assert found.seconds.low == pytest.approx(200 * 4 / 8)
    assert found.output.high < estimate(WORK, TERMS, None).output.high


def test_calls_that_are_answered_already_cost_nothing():
    assert estimate(replace(WORK, remembered=150), TERMS, None).calls.low == 50


def test_a_price_that_is_not_known_is_none():
    found = estimate(WORK, replace(TERMS, price=None), None)
    assert (found.cost, found.currency, found.as_json()["cost"]) == (None, None, None)
    assert "price" in found.by[-1]


def test_a_price_without_one_for_what_is_cached_is_told():
    """Such a call has no known cost: the estimate names one, and the run that follows would not."""
    bare = Price(currency="EUR", input=1.0, output=4.0, date=date(2026, 1, 1), source="a contract")
    assert "cached" in estimate(WORK, replace(TERMS, price=bare), None).by[-1]
    assert not any("cached" in told for told in estimate(WORK, TERMS, None).by)


def test_batches_take_days_and_not_seconds():
    found = estimate(WORK, replace(TERMS, by_batches=True), None)
    assert found.seconds is None
    assert found.as_json()["seconds"] is None


def test_a_second_opinion_and_a_limit_of_calls_count():
    assert estimate(WORK, replace(TERMS, judged=True), None).calls.high == 400
    assert estimate(WORK, replace(TERMS, calls_an_article=2), PAST).calls.high == 200


def test_a_rate_limit_takes_the_time_it_takes():
    found = estimate(WORK, replace(TERMS, requests_per_minute=2), PAST)
    assert found.seconds
    assert found.seconds.low >= 99 * 60


def test_nothing_to_do_takes_nothing():
    told = estimate(Work(), TERMS, PAST).as_json()
    assert told["calls"] == told["seconds"] == told["tokens"]["input"] == {"low": 0, "high": 0}
    assert told["cost"] == {"low": 0, "high": 0, "currency": "EUR"}


@given(
    st.builds(
        Work,
        articles=st.integers(0, 10**6),
        remembered=st.integers(0, 10**6),
        characters=st.integers(0, 10**10),
        background=st.integers(0, 10**10),
    ),
    st.sampled_from([None, PAST, replace(PAST, seconds=(0.0, 0.0), input=1.0)]),
    st.integers(1, 1_000),
    st.sampled_from([None, 1, 500]),
)
def test_the_least_is_never_more_than_the_most(work, past, concurrency, rate):
    terms = replace(TERMS, concurrency=concurrency, requests_per_minute=rate)
    found = estimate(work, terms, past)
    assert found.cost
    assert found.seconds
    for each in (found.calls, found.input, found.output, found.cost, found.seconds):
        assert 0 <= each.low <= each.high
