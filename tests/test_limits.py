"""Limits a minute that several programs keep together: the arithmetic, the row, and real programs at a real server."""

import asyncio
import math
import multiprocessing
import time
from collections import Counter
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.budget import Budget, Tariff
from pipeline.errors import EngineError, RunStoppedError
from pipeline.halt import Halt
from pipeline.ledger import Ledger
from pipeline.limits import Limits, Most, Sent, Traffic, admitted, as_row, corrected, limits_of, of_row
from pipeline.settings import Settings
from pipeline.writers.client import Client
from pipeline.writers.pace import Pace
from pipeline.writers.request import Request
from tests.model_server import ModelServer
from tests.model_server.conftest import SEED, messages

MINUTE = 60  # parts
NOBODY = Traffic()
CALLS = st.lists(st.tuples(st.floats(0, 30), st.integers(1, 900)), max_size=60)
LIMITS = st.builds(Most, st.none() | st.integers(1, 40), st.none() | st.integers(1, 2_000))


def goes_at(calls, most, traffic=NOBODY, now=1e9):
    """When each of the calls (pause before it, tokens) goes, and its tokens."""
    gone = []
    for pause, tokens in calls:
        now += pause
        traffic, start = admitted(traffic, now, tokens, most)
        gone.append((start, tokens))
        assert start >= now
    return gone


@given(calls=CALLS, most=LIMITS)
def test_in_no_minute_more_goes_than_the_limit_and_a_call_larger_than_it_goes_alone(calls, most):
    gone = goes_at(calls, most)
    for n, (start, _) in enumerate(gone):
        within = [tokens for at, tokens in gone[: n + 1] if at > start - MINUTE]
        assert most.requests is None or len(within) <= most.requests
        assert most.tokens is None or sum(within) <= most.tokens or len(within) == 1
        flood = sum(at > start - 6 for at, _ in gone[: n + 1])
        assert most.requests is None or flood <= math.ceil(most.requests * 7 / 60)


@given(calls=CALLS, most=LIMITS)
def test_calls_go_in_the_order_they_came(calls, most):
    starts = [start for start, _ in goes_at(calls, most)]
    assert starts == sorted(starts)


@given(calls=CALLS, most=LIMITS)
def test_nobody_waits_longer_than_a_minute_and_its_sixtieth_behind_the_call_before(calls, most):
    now, before = 1e9, 0.0
    for (pause, _), (start, _) in zip(calls, goes_at(calls, most), strict=True):
        now += pause
        assert start <= max(now, before + MINUTE + 1)
        before = start


@given(calls=CALLS)
def test_without_a_limit_nobody_waits(calls):
    now = 1e9
    for (pause, _), (start, _) in zip(calls, goes_at(calls, Most(None, None)), strict=True):
        now += pause
        assert start == now


@given(calls=CALLS, most=LIMITS)
def test_a_row_holds_all_there_is_to_know_and_no_more_than_can_still_matter(calls, most):
    traffic, now = NOBODY, 1e9
    for pause, tokens in calls:
        now += pause
        traffic, start = admitted(traffic, now, tokens, most)
        assert of_row(as_row(traffic)) == traffic
        assert len(traffic.sent) <= start - now + MINUTE + 2


def test_what_a_call_did_not_use_is_free_for_the_next():
    most = Most(None, 100)
    traffic, now = admitted(NOBODY, 1000.0, 90, most)
    assert admitted(traffic, now, 50, most)[1] == now + MINUTE + 1
    traffic = corrected(traffic, 1000, 40 - 90)
    assert admitted(traffic, now, 50, most)[1] == now
    assert corrected(traffic, 7, -5) == traffic, "a part that has left the minute"


def test_nothing_goes_while_the_server_wants_a_pause():
    traffic = Traffic((), held=1030.0)
    traffic, start = admitted(traffic, 1000.0, 1, Most(20, None))
    assert start == 1030.0
    assert admitted(traffic, 1031.0, 1, Most(20, None))[1] == 1031.0


def test_a_clock_that_was_wrong_stops_nobody():
    for wrong in (Traffic((Sent(10**9, 1, 1),)), Traffic((), held=1e12), Traffic((Sent(10**400, 1, 1),))):
        assert admitted(wrong, 1000.0, 1, Most(1, None))[1] == 1000.0


@pytest.mark.parametrize(
    "row",
    [None, [], {}, {"sent": 3, "held": 0}, {"sent": [[1, 2]], "held": 0}, {"sent": [], "held": "x"},
     {"sent": [], "held": float("nan")}, {"sent": [[float("inf"), 1, 1]], "held": 0}, {"sent": [["a", 1, 1]], "held": 0}],
)  # fmt: skip
def test_a_row_that_cannot_be_read_counts_for_nothing(row):
    assert of_row(row) == Traffic()


def test_a_limit_is_shared_only_where_one_is_set(ledger_url):
    ledger = Ledger(ledger_url)
    assert limits_of(ledger, Settings()) is None
    assert limits_of(ledger, Settings(tokens_per_minute=9)) is not None
    ledger.close()


@pytest.fixture
def ledger(ledger_url):
    opened = Ledger(ledger_url)
    yield opened
    opened.close()


def test_programs_count_what_the_others_send_to_that_server(ledger):
    first, second, other = (Limits(ledger, name, Most(None, 2)) for name in ("a", "a", "b"))
    assert [first.take(1).wait, second.take(1).wait] == [0, 0]
    assert 59 < first.take(1).wait <= 61
    assert 59 < second.take(1).wait <= 61
    assert 119 < second.take(1).wait <= 122
    assert other.take(1).wait == 0


def test_each_program_keeps_to_its_own_limit(ledger):
    small, large = Limits(ledger, "a", Most(None, 2)), Limits(ledger, "a", Most(None, 4))
    assert [large.take(1).wait for _ in range(3)] == [0, 0, 0]
    assert small.take(1).wait > 59


def test_tokens_that_were_not_used_come_back(ledger):
    limits = Limits(ledger, "a", Most(None, 1_000))
    turn = limits.take(900.2)
    limits.settle(turn, 100)
    assert limits.take(900).wait == 0
    assert limits.take(1).wait > 0


def test_a_turn_that_nobody_used_is_gone_after_a_minute(ledger):
    now = [1_000_000.0]
    limits = Limits(ledger, "a", Most(1, None), clock=lambda: now[0])
    assert limits.take(1).wait == 0
    now[0] += 62
    assert limits.take(1).wait == 0


def test_a_refusal_for_the_rate_holds_the_other_programs_too(ledger):
    async def go():
        halt = Halt()
        clock = asyncio.get_running_loop().time
        one, other = (Pace(20, None, halt, clock, Limits(ledger, "a", Most(20, None))) for _ in "ab")
        await other.admit(1)
        begin = time.monotonic()
        one.pause(0.4)
        await other.admit(1)
        return time.monotonic() - begin

    assert asyncio.run(go()) > 0.3


def test_who_waits_for_a_turn_when_another_is_refused_waits_for_that_too(ledger):
    async def go():
        halt = Halt()
        clock = asyncio.get_running_loop().time
        one, other = (
            Pace(1, None, halt, clock, Limits(ledger, "a", Most(1, None), minute=0.3)) for _ in "ab"
        )
        await one.admit(1)
        begin = time.monotonic()
        waiting = asyncio.create_task(other.admit(1))
        await asyncio.sleep(0.05)
        one.pause(0.8)
        await waiting
        return time.monotonic() - begin

    assert asyncio.run(go()) > 0.8


def test_a_stopped_run_ends_the_wait_for_a_turn(ledger):
    async def go():
        halt = Halt()
        pace = Pace(1, None, halt, time.monotonic, Limits(ledger, "a", Most(1, None)))
        await pace.admit(1)
        waiting = asyncio.create_task(pace.admit(1))
        await asyncio.sleep(0.05)
        halt.stop(EngineError("quota", "No credit.", "Add some."))
        await waiting

    with pytest.raises(RunStoppedError):
        asyncio.run(go())


def test_a_ledger_that_is_lost_after_the_answer_loses_no_answer(ledger):
    limits = Limits(ledger, "a", Most(1, 9))
    turn = limits.take(5)
    with ledger.connect() as connection:
        connection.exec_driver_sql("DROP TABLE traffic")
    limits.settle(turn, 1)
    limits.pause(1.0)


PROGRAMS, TASKS = 3, 20
SHORT = 1.0
"""Seconds of a minute in what follows."""
BOUND = 0.01


class Noted(Limits):
    """Remembers the turns it gave, in seconds since 1970."""

    def __init__(self, ledger, server, most):
        super().__init__(ledger, server, most, SHORT)
        self.turns = []

    def take(self, tokens):
        turn = super().take(tokens)
        self.turns.append(turn.part * SHORT / MINUTE)
        return turn


def _program(url, base_url, most, budget, ready, answers):
    ledger = Ledger(url)
    halt = Halt()
    settings = Settings(base_url=base_url, concurrency=TASKS, budget=budget)
    purse = Budget(ledger, Tariff(lambda _: BOUND, lambda *_: BOUND), settings, halt, run="together")
    limits = Noted(ledger, settings.server, most)

    async def go():
        asked = [Request("write", "w/1", "m", tuple(messages(source=f"{SEED} {n}"))) for n in range(TASKS)]
        async with Client(settings, halt, environ={}) as client:
            await client(asked[0])  # the first call of a program takes time: much is imported for it
        async with Client(settings, halt, purse, environ={}, limits=limits) as client:
            ready.wait(100)
            return await asyncio.gather(*(client(r) for r in asked), return_exceptions=True)

    answers.put(([type(result).__name__ for result in asyncio.run(go())], limits.turns))
    ledger.close()


def test_three_programs_of_twenty_tasks_keep_one_limit_and_one_budget(ledger_url):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    answers, ready = context.Queue(), context.Barrier(PROGRAMS)
    with ModelServer(latency=0.05) as server:
        given = (ledger_url, server.base_url, Most(20, None), 40 * BOUND, ready, answers)
        programs = [context.Process(target=_program, args=given) for _ in range(PROGRAMS)]
        for program in programs:
            program.start()
        results, turns = zip(*(answers.get(timeout=100) for _ in programs), strict=True)
        for program in programs:
            program.join()
        arrived = sorted(call.t_received for call in server.calls)[PROGRAMS:]
    told, due = Counter(chain(*results)), sorted(chain(*turns))
    assert len(arrived) == told["Call"] == 40
    assert 1 <= told["BudgetError"] <= PROGRAMS
    assert told["BudgetError"] + told["RunStoppedError"] == 20
    # A busy machine delivers calls late, none before its turn: that is what a server can count on.
    assert max(sum(at <= other < at + SHORT for other in due) for at in due) <= 20
    assert all(at > turn - 0.001 for at, turn in zip(arrived, due, strict=False))
    assert arrived[-1] - arrived[0] > SHORT
