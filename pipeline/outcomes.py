"""What became of an article, for who ran it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.errors import (
    InterruptedRunError,
    MarbreError,
    RunStoppedError,
    SourceError,
)
from pipeline.items import Item
from pipeline.ledger import PieceRow
from pipeline.ledger_rows import standing
from pipeline.model import (
    NOT_TRIED,
    Call,
    Failure,
    Money,
    Outcome,
    Piece,
    Source,
    Usage,
    total_of,
)
from pipeline.run import Run


def fault(error: Exception) -> Failure:
    """What is told of a fault of ours."""
    return Failure("internal", f"{type(error).__name__}: {error}.", "Please report it with this source.")


def written(item: Item, piece: Piece, path: Path, why: str) -> Outcome:
    result = piece.result
    return Outcome(
        source=item.ref,
        sha256=piece.dossier.article.sha256,
        status="written",
        folder=str(path),
        verdict=result.verdict,
        words=result.words,
        findings=(
            ("block", result.count("block")),
            ("warn", result.count("warn")),
            ("info", result.count("info")),
        ),
        not_run=tuple(n.family for n in result.not_run),
        repairs=len(piece.repairs),
        why=why,
        fell=piece.fell,
    )


def unchanged(run: Run, item: Item, known: PieceRow, why: str) -> Outcome:
    return replace(standing(known, run.settings.out, why), source=item.ref)


def failed(run: Run, item: Item, source: Source | None, error: MarbreError) -> Outcome:
    """The outcome of an article that could not be written; it may stop the run."""
    if error.stops_the_run:
        run.halt.stop(error)
    unusable = isinstance(error, SourceError) and (
        source is None or error.code in ("empty", "too_short", "unread_language")
    )
    skipped = error.code == "unknown_type" and item.may_be_skipped
    why = NOT_TRIED if isinstance(error, RunStoppedError | InterruptedRunError) else "failed"
    return Outcome(
        source=item.ref,
        sha256=source.sha256 if source else None,
        status="skipped" if skipped else "failed",
        verdict="rejected" if unusable and not skipped else None,
        why="cannot be used" if unusable else why,
        error=error.failure,
    )


def not_tried(item: Item, error: MarbreError) -> Outcome:
    """An article that the run did not come to, or not to the end of."""
    failure = Failure(error.code, f"Not tried: the run was stopped. {error.message}", error.remedy)
    return Outcome(item.ref, None, "failed", why=NOT_TRIED, error=failure, cost=Money())


def with_calls(outcome: Outcome, calls: Sequence[Call]) -> Outcome:
    paid = [c for c in calls if c.paid]
    return replace(
        outcome,
        paid=len(paid),
        remembered=len(calls) - len(paid),
        usage=sum((c.usage for c in paid), Usage()),
        cost=total_of(c.cost for c in paid),
    )
