"""What is told of submitted work, for a person and as JSON."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline.model import Money
from pipeline.workers.export import Exported
from pipeline.workers.status import Left, Status
from pipeline.workers.told import archive_text, exported_text, status_json, status_text

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


def test_who_exports_reads_what_is_not_there_yet_and_how_what_is_left_out_comes_back():
    whole = Exported(3, {}, (), (), {}, 0, "", {})
    state = replace(STATUS, held={"budget": 1_000})
    assert "Not there yet: 7 waiting, 2 running, 1,000 held back; marbre status says more." in exported_text(
        whole, state, Path("out")
    )
    damaged = exported_text(replace(whole, damaged={"a": "It is cut."}), NOTHING, Path("out")).splitlines()
    assert damaged[1:] == [
        "  left out: a: It is cut.",
        "Restore the rows of what is left out from a dump that holds it whole (docs/operations.md, Backup).",
    ]
    assert exported_text(whole, NOTHING, Path("out")).count("\n") == 0


def test_who_exports_reads_why_the_exit_code_is_not_0():
    verdicts = {"ready_for_review": 1, "needs_work": 2}
    lines = exported_text(Exported(3, verdicts, (), (), {}, 0, "", {}), NOTHING, Path("out")).splitlines()
    assert lines == [
        "3 pieces in out, 0 of them written now; 2 needs work; 1 ready.",
        "Open out/index.html, and the report beside a piece: it says what to look at.",
    ]


def test_who_submits_an_archive_reads_how_much_of_it_is_looked_into():
    index: Any = SimpleNamespace(
        pieces=1, left_out=["big.md (larger than a piece can be)", "x\x1b.md (gone)"]
    )
    told = archive_text(Path("archive"), index)
    assert told == (
        "Archive archive: 1 piece. Left out: big.md (larger than a piece can be); x\\x1b.md (gone)."
    )
    assert archive_text(Path("a"), SimpleNamespace(pieces=0, left_out=())) == "Archive a: 0 pieces."  # type: ignore[arg-type]
