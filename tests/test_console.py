"""What a person reads at the end of a run."""

import pytest

from pipeline.console import summary
from pipeline.model import EDITED, Outcome
from pipeline.settings import Settings


def told(capsys, *outcomes, writer="llm"):
    summary(outcomes, Settings(), writer, 1.0)
    return capsys.readouterr().out


def piece(status="unchanged", verdict="needs_work", why="nothing changed", **more):
    found = {"findings": (("block", 1), ("warn", 0), ("info", 0))} | more
    return Outcome("a.txt", None, status, folder="outputs/a", verdict=verdict, why=why, **found)


UNREAD = {"findings": (("block", 0), ("warn", 2), ("info", 0)), "not_run": ("GRA",)}


def test_pieces_that_need_work_and_cannot_become_otherwise_by_running_again_are_told_with_what_can_be_done(
    capsys,
):
    assert "1 that needs work stays as before" in told(capsys, piece())
    assert "2 that need work stay as before" in told(capsys, piece(), piece())


@pytest.mark.parametrize(
    ("outcome", "writer"),
    [
        (piece("written"), "llm"),
        (piece(verdict="ready_for_review"), "llm"),
        (piece(why=f"{EDITED} here"), "llm"),
        (piece(), "offline"),
        (piece(why=f"source_changed: S1; {EDITED}"), "llm"),
        (piece(why="source_changed: S1; the new text was no better"), "llm"),
        (piece(**UNREAD), "llm"),
    ],
)
def test_nobody_is_told_so_of_a_piece_that_is_new_ready_edited_due_unread_or_a_working_draft(
    capsys, outcome, writer
):
    assert "as before" not in told(capsys, outcome, writer=writer)


def test_who_did_without_grammar_is_told_that_a_run_with_it_makes_pieces_ready(capsys):
    summary([piece(**UNREAD)], Settings(grammar=False), "llm", 1.0)
    assert "(--no-grammar, or grammar = false); a run that asks reads it" in capsys.readouterr().out
