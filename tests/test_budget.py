"""A budget is never exceeded: not by many calls at once, not by two programs on one ledger, not after a crash."""

import asyncio
import multiprocessing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from pipeline.budget import Budget, Tariff, budget_of, tariff_of
from pipeline.errors import BudgetError, EngineError, RunStoppedError, UsageError, WriterError
from pipeline.halt import Halt
from pipeline.ledger import Ledger
from pipeline.model import Usage
from pipeline.settings import Settings
from pipeline.writers.client import Client
from pipeline.writers.models import UNKNOWN, Price, Row
from pipeline.writers.request import Request
from tests.model_server import Fault, ModelServer
from tests.model_server.conftest import messages

BOUND = 0.01
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
REQUEST = Request("write", "write/1", "m", tuple(messages()))


def tariff(price=BOUND):
    """Every call may cost a cent, and costs `price`."""
    return Tariff(lambda _: BOUND, lambda _request, _usage: price)


_OPENED: list[Ledger] = []


@pytest.fixture(autouse=True)
def all_closed():
    yield
    while _OPENED:
        _OPENED.pop().close()


def _ledger(url):
    _OPENED.append(Ledger(url))
    return _OPENED[-1]


def opened(ledger_url, price=BOUND, clock=lambda: NOON, halt=None, **settings):
    return Budget(_ledger(ledger_url), tariff(price), Settings(**settings), halt or Halt(), clock)


def spent(ledger_url):
    """Everything in the ledger, reservations included, in units of the currency."""
    from sqlalchemy import func, select

    from pipeline.ledger_schema import SPENDING, SUMS

    under_way = select(func.sum(SPENDING.c.amount))
    settled = select(func.sum(SUMS.c.amount)).where(SUMS.c.name.startswith("day "))
    with _ledger(ledger_url).connect() as connection:
        return sum(int(connection.execute(q).scalar() or 0) for q in (under_way, settled)) / 1e9


def reserve(budget, times=1):
    async def go():
        return [await budget.reserve(REQUEST) for _ in range(times)]

    return asyncio.run(go())


def test_a_call_is_reserved_at_its_bound_and_settled_at_its_price(ledger_url):
    budget = opened(ledger_url, price=0.002)
    (held,) = reserve(budget)
    assert spent(ledger_url) == pytest.approx(0.01)
    budget.settle(held, Usage(1, 0, 1))
    assert spent(ledger_url) == pytest.approx(0.002)


def test_a_call_that_was_refused_costs_nothing_and_one_that_broke_off_its_bound(ledger_url):
    budget = opened(ledger_url, price=0.002)
    first, second = reserve(budget, 2)
    budget.release(first)
    budget.settle(second, None)
    assert spent(ledger_url) == pytest.approx(0.01)


def test_the_error_says_what_was_spent_and_how_to_go_on(ledger_url):
    budget = opened(ledger_url, price=0.004, budget=0.013)
    (held,) = reserve(budget)
    budget.settle(held, Usage(1, 0, 1))
    with pytest.raises(BudgetError) as error:
        reserve(budget, 1)
    assert str(error.value) == (
        "The budget of 0.0130 USD for this run is reached: 0.0040 USD spent, the next call may cost 0.0100 USD. "
        "Run it again with another --budget: what was paid for is remembered and not paid again."
    )


def test_sums_are_exact_to_the_last_call(ledger_url):
    budget = opened(ledger_url, budget=0.11)
    for held in reserve(budget, 11):
        budget.settle(held, Usage(1, 0, 1))
    with pytest.raises(BudgetError):
        reserve(budget)


def test_a_day_ends_at_midnight_utc_and_a_run_does_not(ledger_url):
    now = [NOON]
    budget = opened(ledger_url, clock=lambda: now[0], budget_day=0.01, budget=0.02)
    for _ in range(2):
        (held,) = reserve(budget)
        budget.settle(held, Usage(1, 0, 1))
        with pytest.raises(BudgetError):
            reserve(budget)
        now[0] += timedelta(days=1)
    with pytest.raises(BudgetError, match="for this run"):
        reserve(budget)


def test_a_days_budget_says_when_there_is_room_again_and_one_that_is_too_small_never(ledger_url):
    (held,) = reserve(opened(ledger_url, budget_day=0.01))
    for most, until in ((0.01, NOON.replace(day=1, month=2, hour=0)), (0.009, None)):
        late = opened(
            ledger_url, clock=lambda: NOON.astimezone(timezone(timedelta(hours=9))), budget_day=most
        )
        with pytest.raises(BudgetError) as refused:
            reserve(late)
        assert refused.value.until == until
    with pytest.raises(BudgetError) as refused:
        reserve(opened(ledger_url, budget=0.001))
    assert refused.value.until is None
    assert held


def test_each_currency_has_a_days_budget_of_its_own(ledger_url):
    """Sums of different currencies are no sum."""
    euros = replace(tariff(), currency="EUR")
    settings = Settings(budget_day=0.01)
    assert reserve(opened(ledger_url, budget_day=0.01))
    other = Budget(_ledger(ledger_url), euros, settings, Halt(), lambda: NOON)
    (held,) = reserve(other)
    other.settle(held, Usage(1, 0, 1))
    with pytest.raises(BudgetError, match=r"0\.0100 EUR spent, the next call may cost 0\.0100 EUR"):
        reserve(other)
    with pytest.raises(BudgetError, match=r"0\.0100 USD spent, 0\.0100 USD of it held"):
        reserve(opened(ledger_url, budget_day=0.01))


def test_what_a_killed_run_reserved_counts_until_its_calls_cannot_be_under_way_any_more(ledger_url):
    reserve(opened(ledger_url, timeout=600, budget_day=0.01))
    for minutes, room in ((0, False), (10, False), (12, True)):
        later = opened(ledger_url, clock=lambda m=minutes: NOON + timedelta(minutes=m), budget_day=0.01)
        if room:
            assert reserve(later)
        else:
            with pytest.raises(BudgetError, match="held by calls of other runs"):
                reserve(later)


def test_a_call_waits_while_another_in_flight_may_leave_room(ledger_url):
    budget = opened(ledger_url, price=0.001, budget=0.015)

    async def go():
        held = await budget.reserve(REQUEST)
        waiting = asyncio.create_task(budget.reserve(REQUEST))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        budget.settle(held, Usage(1, 0, 1))
        return await waiting

    assert asyncio.run(go())


def test_in_a_stopped_run_room_is_given_to_nobody(ledger_url):
    halt = Halt()
    budget = opened(ledger_url, halt=halt, budget=0.01)

    async def go():
        held = await budget.reserve(REQUEST)
        waiting = asyncio.create_task(budget.reserve(REQUEST))
        await asyncio.sleep(0.01)
        halt.stop(EngineError("quota", "No credit.", "Add some."))
        budget.release(held)
        await waiting

    with pytest.raises(RunStoppedError):
        asyncio.run(go())


def test_a_budget_without_a_price_is_refused_at_the_start(ledger_url):
    ledger = _ledger(ledger_url)
    assert budget_of(ledger, None, Settings(), Halt()) is None
    for setting in ({"budget": 1.0}, {"budget_day": 1.0}):
        with pytest.raises(UsageError, match="not known"):
            budget_of(ledger, None, Settings(**setting), Halt())


ROW = Row(
    name="m",
    token_limit="max_tokens",
    price=Price(currency="EUR", input=2, output=10, up_to=5_000, date=NOON.date(), source="s"),
)


def replace_row(**values):
    return ROW.model_copy(update=values)


def test_a_row_of_the_table_is_a_tariff_when_it_has_a_price():
    found = tariff_of(ROW)
    assert found
    assert found.currency == "EUR"
    assert found.price(REQUEST, Usage(1_000, 0, 100)) == pytest.approx(0.003)
    assert found.bound(REQUEST) is None, "the answer has no limit"
    assert (found.bound(replace(REQUEST, parameters={"max_tokens": 100})) or 0) > 0.001
    assert tariff_of(UNKNOWN) is None


@pytest.mark.parametrize("setting", [{"budget": 1}, {"budget_day": 1}])
def test_a_budget_with_a_row_whose_answers_nothing_limits_is_refused_before_the_first_article(
    ledger_url, setting
):
    endless, ledger = replace_row(token_limit=None), _ledger(ledger_url)
    with pytest.raises(UsageError, match=r"models\.m") as error:
        budget_of(ledger, tariff_of(endless), Settings(**setting), Halt())
    assert error.value.exit_code == 2
    with pytest.raises(UsageError, match=r"models\.m"):
        budget_of(ledger, tariff_of(ROW, {"judge": endless}), Settings(**setting), Halt())
    assert budget_of(ledger, tariff_of(endless), Settings(), Halt())
    assert budget_of(
        ledger, tariff_of(replace_row(token_limit=None, max_output=9)), Settings(**setting), Halt()
    )


def test_a_call_that_may_cost_anything_goes_without_a_budget_and_fails_its_article_with_one(ledger_url):
    endless = Tariff(lambda _: None, lambda _request, _usage: 0.002)
    free = Budget(_ledger(ledger_url), endless, Settings(), Halt(), lambda: NOON)
    (held,) = reserve(free)
    free.settle(held, Usage(1, 0, 1))
    assert spent(ledger_url) == pytest.approx(0.002)
    kept = Budget(_ledger(ledger_url), endless, Settings(budget=1), Halt(), lambda: NOON)
    with pytest.raises(WriterError, match="not known") as error:
        reserve(kept)
    assert not error.value.stops_the_run


def calling(base_url, budget, halt, calls, **settings):
    async def go():
        async with Client(Settings(base_url=base_url, **settings), halt, budget, environ={}) as client:
            asked = (Request("write", "w/1", "m", (*REQUEST.messages, *said(n))) for n in range(calls))
            return await asyncio.gather(*(client(r) for r in asked), return_exceptions=True)

    return asyncio.run(go())


def said(n):
    return ({"role": "user", "content": f"Numéro {n}."},)


@pytest.mark.parametrize(
    ("faults", "answered"),
    [([], 11), ([Fault("unavailable", every=3, times=6)], 11), ([Fault("reset", variant="mid", times=2)], 9)],
    ids=["sound", "refused", "broken"],
)
def test_twenty_calls_in_flight_and_a_budget_for_eleven(ledger_url, faults, answered):
    """What was refused costs nothing; what broke off may be on the bill, and is counted so."""
    halt = Halt()
    budget = opened(ledger_url, halt=halt, budget=11 * BOUND)
    with ModelServer(faults, latency=0.2) as server:
        results = calling(server.base_url, budget, halt, 20, concurrency=20)
        assert len(server.answered()) == answered
        assert sum(c.status in ("answered", "dropped") for c in server.calls) == 11
    assert spent(ledger_url) == pytest.approx(11 * BOUND)
    assert sum(isinstance(r, BudgetError) for r in results) == 1
    assert sum(isinstance(r, RunStoppedError) for r in results) == 20 - answered - 1


def test_what_calls_do_not_use_up_goes_to_others(ledger_url):
    halt = Halt()
    budget = opened(ledger_url, price=BOUND / 4, halt=halt, budget=5 * BOUND)
    with ModelServer(latency=0.05) as server:
        results = calling(server.base_url, budget, halt, 30, concurrency=30)
        answered = len(server.answered())
    assert 16 <= answered <= 17, "17 quarters and a whole one fit, no more"
    assert spent(ledger_url) <= 5 * BOUND
    assert any(isinstance(r, BudgetError) for r in results)


def _program(url, base_url, answers):
    budget = opened(url, clock=lambda: datetime.now(UTC), budget_day=11 * BOUND)
    results = calling(base_url, budget, Halt(), 12, concurrency=12)
    answers.put(sum(not isinstance(r, Exception) for r in results))


def test_two_programs_on_one_ledger_keep_one_day_s_budget(ledger_url):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    answers = context.Queue()
    with ModelServer(latency=0.1) as server:
        programs = [
            context.Process(target=_program, args=(ledger_url, server.base_url, answers)) for _ in "ab"
        ]
        for program in programs:
            program.start()
        told = [answers.get(timeout=60) for _ in programs]
        for program in programs:
            program.join()
        assert len(server.answered()) == sum(told) == 11
    assert spent(ledger_url) == pytest.approx(11 * BOUND)
