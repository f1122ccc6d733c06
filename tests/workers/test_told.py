"""What is told of submitted work, for a person and as JSON."""

from dataclasses import replace

from pipeline.model import Money
from pipeline.workers.status import Left, Status
from pipeline.workers.told import status_json, status_text

STATUS = Status(
    waiting=7, running=2, others=1, workers=3, done=5, verdicts={"needs_work": 1, "ready_for_review": 3},
    failed=4, set_aside=1, oldest=61.5, rate=120.0, paid=20, unpriced=2,
    spent=(Money(1.5, "EUR"), Money(2.0, "USD", estimated=True)), left=(Left("a.txt", "It is empty.", "empty", 0),),
)  # fmt: skip
NOTHING = Status(0, 0, 0, 0, 0, {}, 0, 0, None, 0.0, 0, 0, (), ())


def test_the_state_of_the_work_is_told_as_the_contract_says_with_more_beside_it():
    told = status_json(STATUS)
    assert told["schema"] == "marbre.status/1"
    assert told["jobs"] == {"waiting": 7, "running": 2, "done": 5, "failed": 5}
    assert told["pieces"] == {"ready_for_review": 3, "needs_work": 1}
    assert told["calls"] == {"paid": 20}
    assert told["cost"] == {"amount": 1.5, "currency": "EUR", "estimated": False}
    assert [cost["currency"] for cost in told["costs"]] == ["EUR", "USD"]
    assert (told["set_aside"], told["other_versions"], told["workers"], told["unpriced"]) == (1, 1, 3, 2)
    assert told["left"] == [{"source": "a.txt", "why": "It is empty.", "code": "empty", "killed": 0}]


def test_no_cost_is_told_where_no_price_is_known_and_nothing_where_nothing_was_asked():
    assert status_json(replace(NOTHING, paid=3, unpriced=3))["cost"] is None
    told = status_json(NOTHING)
    assert told["cost"] == {"amount": 0.0, "currency": "USD", "estimated": False}
    assert told["pieces"] == {"ready_for_review": 0, "needs_work": 0}


def test_a_person_reads_what_was_spent_and_how_what_is_left_is_tried_again():
    lines = status_text(STATUS).splitlines()
    assert "failed   4, 1 set aside" in lines
    assert "spent    1.5000 EUR, about 2.0000 USD for 20 calls, 2 of them at a price not known" in lines
    assert "  a.txt: It is empty." in lines
    assert "marbre submit" in lines[-1]
    assert status_text(replace(NOTHING, paid=1, unpriced=1)).endswith("spent    price not known for 1 call")
    assert status_text(NOTHING).endswith("spent    0 for 0 calls")
