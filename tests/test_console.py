"""What a person reads at the end of a run."""

import pytest

from pipeline.console import summary
from pipeline.model import EDITED, Outcome
from pipeline.settings import Settings


def told(capsys, *outcomes, writer="llm"):
    summary(outcomes, Settings(), writer, 1.0)
    return capsys.readouterr().out


def piece(status="unchanged", verdict="needs_work", why="nothing changed"):
    return Outcome("a.txt", None, status, folder="outputs/a", verdict=verdict, why=why)


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
    ],
)
def test_nobody_is_told_so_of_a_piece_that_is_new_ready_edited_or_a_working_draft(capsys, outcome, writer):
    assert "as before" not in told(capsys, outcome, writer=writer)
