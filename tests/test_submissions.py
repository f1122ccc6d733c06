"""Batches in the ledger: entered before they are sent, each key asked in one, each answer taken once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.budget import Budget, Tariff
from pipeline.errors import BudgetError
from pipeline.halt import Halt
from pipeline.ledger import Ledger, key_of
from pipeline.model import Call, Failure, Money, Usage
from pipeline.settings import Settings
from pipeline.spending import spent
from pipeline.submissions import Asked, Submissions
from pipeline.writers.request import Request

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WHY = Failure("unanswered", "The batch expired.", "Run it again.")


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ledger(ledger_url):
    ledger = Ledger(ledger_url)
    yield ledger
    ledger.close()


@pytest.fixture
def submissions(ledger, clock):
    return Submissions(ledger, "http://a/v1", None, 60.0, clock)


def asked(n):
    request = Request("plan", "plan/2", "m", ({"role": "user", "content": f"{n}"},), {"max_tokens": 9}, "r")
    return Asked(key_of(request.decides()), request, f"{n}" * 64, f"/{n}.txt")


def call_for(line):
    return Call(
        line.key, "plan", "plan/2", "m", "m", "Oui.", "stop", Usage(10, 0, 5), paid=True, cost=Money(0.002)
    )


def test_a_line_comes_back_as_it_was_asked(submissions):
    entered = submissions.enter([asked(1)])
    (line,) = submissions.lines(entered.batch)
    assert (line.request, line.source, line.article) == (asked(1).request, "/1.txt", "1" * 64)
    assert submissions.open() == [entered.batch]


def test_what_one_batch_asks_no_other_asks_until_it_is_closed(submissions):
    first = submissions.enter([asked(1), asked(2)])
    second = submissions.enter([asked(2), asked(3)])
    assert [a.key for a in second.lines] == [asked(3).key]
    assert submissions.asking(asked(2).key) == first.batch
    assert submissions.enter([asked(1)]).batch is None


def test_many_runs_at_once_ask_each_key_once(submissions):
    with ThreadPoolExecutor(8) as pool:
        entered = list(pool.map(lambda _: submissions.enter([asked(n) for n in range(20)]), range(8)))
    assert sorted(len(e.lines) for e in entered) == [0] * 7 + [20]


def test_an_answer_is_taken_and_paid_once_however_often_it_is_collected(submissions, ledger):
    batch = submissions.enter([asked(1)]).batch
    (line,) = submissions.lines(batch)
    assert submissions.answered(line, call_for(line), usable=True)
    assert not submissions.answered(line, call_for(line), usable=True)
    assert ledger.recall(line.key).answer == "Oui."
    assert [s.calls for s in spent(ledger, "model")] == [1]
    assert submissions.lines(batch) == []
    assert submissions.enter([asked(1)]).batch is None, "it has an answer"


def test_a_batch_that_was_never_sent_is_as_if_it_had_not_been_entered(submissions, ledger, clock):
    entered = submissions.enter([asked(1)])
    submissions.withdraw(entered.batch)
    assert submissions.open() == []
    assert submissions.problem(asked(1).key) is None
    assert submissions.enter([asked(1)]).batch is not None


def test_a_call_without_an_answer_is_asked_in_one_more_batch_and_then_told_once(submissions):
    for told in (None, WHY):
        batch = submissions.enter([asked(1)]).batch
        submissions.unanswered(submissions.lines(batch)[0], WHY, heals=True)
        submissions.close(batch)
        assert submissions.problem(asked(1).key) == told
    assert submissions.problem(asked(1).key) is None, "the run after that tries again"


def test_what_is_refused_is_told_at_once(submissions):
    batch = submissions.enter([asked(1)]).batch
    submissions.unanswered(submissions.lines(batch)[0], WHY, heals=False)
    assert submissions.problem(asked(1).key) == WHY


def budgeted(ledger, clock, amount):
    budget = Budget(
        ledger,
        Tariff(lambda _: 0.01, lambda _request, _usage: 0.01),
        Settings(budget_day=amount),
        Halt(),
        clock,
    )
    return Submissions(ledger, "http://a/v1", budget, 60.0, clock)


def test_a_batch_takes_the_calls_that_the_budget_has_room_for(ledger, clock):
    entered = budgeted(ledger, clock, 0.025).enter([asked(n) for n in range(4)])
    assert [a.key for a in entered.lines] == [asked(0).key, asked(1).key]
    assert entered.refused.keys() == {asked(2).key, asked(3).key}
    assert all(isinstance(e, BudgetError) for e in entered.refused.values())


def test_what_is_held_for_a_batch_does_not_expire_and_is_settled_at_its_price(ledger, clock):
    submissions = budgeted(ledger, clock, 0.02)
    batch = submissions.enter([asked(1), asked(2)]).batch
    clock.now += timedelta(hours=11)
    assert submissions.enter([asked(3)]).batch is None
    first, second = submissions.lines(batch)
    submissions.answered(first, call_for(first), usable=True)  # 0.002
    assert submissions.enter([asked(3)]).batch is None
    submissions.unanswered(second, WHY, heals=True)
    assert len(submissions.enter([asked(3)]).lines) == 1
