"""What is told of pieces that a refresh leaves as they are. `out` is where they lie."""

from dataclasses import replace
from pathlib import Path

from pipeline.ledger_rows import standing
from pipeline.model import Outcome
from pipeline.refresh.deciding import Decision

TRIED = "tried before, and nothing has changed since"
EDITED = "somebody has edited it since it was written (--overwrite-edited would replace it)"
UNREAD = "it was proofread, and is not replaced by a text that nobody proofreads (--no-grammar)"


def stays(decision: Decision, out: Path) -> Outcome:
    """A piece that is not due, or is left for a later run."""
    return standing(decision.known.row, out, decision.why)


def later(decision: Decision, out: Path, reason: str) -> Outcome:
    return replace(stays(decision, out), why=f"{decision.why}; left for a later run ({reason})")


def must_be_seen(decision: Decision, out: Path, why: str) -> Outcome:
    """Due, and nothing that a writer may do: a person must look."""
    return replace(stays(decision, out), verdict="needs_work", why=f"{decision.why}; {why}")
