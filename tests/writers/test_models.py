from datetime import date

import pytest

from pipeline.errors import UsageError
from pipeline.model import Call, Money, Usage, total_of
from pipeline.writers.models import UNKNOWN, Price, Row, cost_of, price_of, row_of, table, upper_bound
from pipeline.writers.request import Request

PRICE = Price(
    currency="EUR",
    input=2,
    cached=0.2,
    cache_write=2.5,
    output=10,
    up_to=1000,
    date=date(2026, 1, 1),
    source="s",
)
ROW = Row(name="m", match=("m",), token_limit="max_tokens", price=PRICE)
REQUEST = Request("write", "write/1", "m", ({"role": "user", "content": "été " * 10},), {"max_tokens": 300})


def call(usage, answer="Bonjour."):
    return Call("k", "write", "write/1", "m", "m", answer, "stop", usage, paid=True)


@pytest.mark.parametrize(
    ("model", "row"),
    [
        ("gpt-6-luna", "gpt-6-luna"),
        ("GPT-6-Luna-2026-09-22", "gpt-6-luna"),
        ("gpt-6.2-astra", "gpt-6.2-astra"),
        ("gpt-6.3-sol", "gpt-6"),
        ("gpt-5.6", "gpt-5.6-sol"),
        ("gpt-5.4-mini", "gpt-5.4-mini"),
        ("gpt-5.4-nano", "gpt-5"),
        ("mistral-small:24b", "mistral"),
        ("scripted", "unknown"),
        ("qwen3:8b", "unknown"),
        ("openai/gpt-6-luna", "unknown"),
        ("gpt-oss:20b", "unknown"),
    ],
)
def test_a_model_goes_by_the_first_row_that_names_it(model, row):
    assert row_of(model, table()).name == row


def test_every_price_of_the_table_says_when_and_where_it_was_read():
    prices = [r.price for r in table() if r.price and r.price.output]  # one's own machine sends no bill
    assert len(prices) > 8
    assert all(p.source.startswith("https://") and p.date.year >= 2026 for p in prices)
    assert all((p.cached or 0) < p.input < p.output for p in prices)


def test_a_model_that_never_takes_no_effort_never_gets_a_temperature():
    for row in table():
        if row.efforts and "none" not in row.efforts:
            assert row.temperature == "never", row.name


def test_a_family_that_is_billed_for_cache_writes_has_the_mark_and_only_such():
    for row in table():
        if row.price:
            assert (row.price.cache_write is not None) == (row.cache == "breakpoint"), row.name


def test_the_settings_add_rows_and_change_fields_of_those_there_are():
    rows = table({"mine": {"context": 8192}, "gpt-6-luna": {"effort": "high"}})
    assert rows[0] == Row(name="mine", match=("mine",), context=8192)
    luna = row_of("gpt-6-luna", rows)
    assert (luna.effort, luna.token_limit) == ("high", "max_completion_tokens")
    assert len(rows) == len(table()) + 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"contxt": 1}, "models.mine.contxt"),
        ({"effort": "low"}, "not among efforts"),
        ({"price": {"input": 1}}, "models.mine.price.output"),
        ({"temperature": 0.2}, "models.mine.temperature"),
    ],
)
def test_a_row_that_will_not_do_is_named_with_its_field(fields, said):
    with pytest.raises(UsageError, match=said) as error:
        table({"mine": fields})
    assert "\n" not in str(error.value)


def test_a_call_costs_what_was_read_written_to_the_cache_cached_and_answered():
    usage = Usage(input=900, cached=200, output=50, reasoning=10, cache_write=100)
    assert price_of(usage, ROW) == Money((600 * 2 + 200 * 0.2 + 100 * 2.5 + 50 * 10) / 1e6, "EUR")


@pytest.mark.parametrize(
    ("usage", "row"),
    [
        (Usage(900, 0, 50), UNKNOWN),
        (Usage(1001, 0, 50), ROW),
        (Usage(), ROW),
        (Usage(900, 1, 50), ROW.model_copy(update={"price": PRICE.model_copy(update={"cached": None})})),
    ],
    ids=["no price", "beyond the prompts it holds for", "no usage", "price of cached input not known"],
)
def test_a_cost_that_is_not_known_is_not_guessed(usage, row):
    assert price_of(usage, row) is None


def test_without_usage_the_cost_is_told_as_an_estimate():
    cost = cost_of(call(Usage()), REQUEST, ROW)
    assert cost is not None
    assert cost.estimated
    assert cost.amount > 0
    assert cost_of(call(Usage()), REQUEST, UNKNOWN) is None


def test_no_call_costs_more_than_its_upper_bound():
    most = upper_bound(REQUEST, ROW)
    assert most is not None
    # A token for every byte, all of it written to the cache, and the longest answer.
    worst = price_of(Usage(input=50, cache_write=50, output=300), ROW)
    assert worst is not None
    assert most.amount > worst.amount
    assert most.currency == "EUR"


@pytest.mark.parametrize(
    ("request_", "row"),
    [
        (REQUEST, UNKNOWN),
        (Request("write", "w", "m", REQUEST.messages), ROW),
        (Request("write", "w", "m", ({"role": "user", "content": "a" * 2000},), {"max_tokens": 3}), ROW),
    ],
    ids=["no price", "no limit", "a prompt the price does not hold for"],
)
def test_a_bound_that_is_not_known_is_none(request_, row):
    assert upper_bound(request_, row) is None


def test_a_sum_with_something_unknown_or_two_currencies_is_not_known():
    assert total_of([]) == Money()
    assert total_of([Money(1), Money(2, estimated=True)]) == Money(3, estimated=True)
    assert total_of([Money(), Money(2, "EUR")]) == Money(2, "EUR")
    assert total_of([Money(0, "EUR")]) == Money(0, "EUR")
    assert total_of([Money(1), None]) is None
    assert total_of([Money(1), Money(2, "EUR")]) is None
