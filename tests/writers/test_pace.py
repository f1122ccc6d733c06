import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import EngineError, RunStoppedError
from pipeline.halt import Halt
from pipeline.limits import MINUTE
from pipeline.writers.headers import Allowance
from pipeline.writers.pace import Lane, Pace


def goes_at(lane, amounts, now=0.0):
    """When calls of these amounts go, one after the other, each as soon as it may."""
    times = []
    for amount in amounts:
        while (wait := lane.wait(now, amount)) > 0:
            now += wait
        lane.book(now, amount)
        times.append(now)
    return times


def test_without_a_limit_nothing_waits():
    assert goes_at(Lane(None), [1] * 5) == [0.0] * 5


def test_the_first_calls_go_at_once_and_the_others_when_a_minute_has_passed():
    assert goes_at(Lane(3), [1] * 7) == [0, 0, 0, 60, 60, 60, 120]


def test_a_call_larger_than_the_limit_goes_alone():
    assert goes_at(Lane(100), [50, 500, 10]) == [0, 60, 120]


@given(limit=st.integers(1, 20), amounts=st.lists(st.integers(1, 20), max_size=40))
def test_in_no_minute_more_goes_than_the_limit(limit, amounts):
    amounts = [min(a, limit) for a in amounts]
    times = goes_at(Lane(limit), amounts)
    for start in times:
        within = [a for t, a in zip(times, amounts, strict=True) if start <= t < start + MINUTE - 1e-6]
        assert sum(within) <= limit


def test_the_server_may_lower_the_limit_and_raise_it_again_up_to_the_setting():
    lane = Lane(10)
    lane.learn(0, Allowance(limit=2))
    assert goes_at(lane, [1, 1, 1]) == [0, 0, 60]
    lane.learn(60, Allowance(limit=500))
    assert lane.limit == 10


def test_when_others_have_used_the_limit_up_a_call_waits_until_its_share_is_back():
    lane = Lane(None)
    lane.learn(0, Allowance(limit=60, remaining=0, reset=60))
    assert lane.wait(0, 1) == pytest.approx(1)
    lane.learn(1, Allowance(limit=60, remaining=30, reset=30))
    assert lane.wait(1, 1) == 0


def test_a_reset_of_hours_is_no_reason_to_sit_still():
    lane = Lane(None)
    lane.learn(0, Allowance(limit=200, remaining=0, reset=86_400))
    assert lane.wait(0, 1) <= MINUTE


def test_a_refusal_for_the_rate_holds_all_calls_and_a_stopped_run_ends_the_wait():
    async def go():
        halt = Halt()
        pace = Pace(None, None, halt, asyncio.get_running_loop().time)
        pace.pause(30)
        waiting = [asyncio.create_task(pace.admit(1)) for _ in range(5)]
        await asyncio.sleep(0.01)
        assert not any(t.done() for t in waiting)
        halt.stop(EngineError("quota", "No credit.", "Add some."))
        return await asyncio.gather(*waiting, return_exceptions=True)

    results = asyncio.run(go())
    assert all(isinstance(r, RunStoppedError) for r in results)
