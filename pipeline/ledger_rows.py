"""Rows of the ledger as values. The file may have been written by anybody, so each field is looked at as it is read."""

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.errors import DamagedError
from pipeline.model import VERDICTS, Call, Money, Outcome, Usage

REMEDY = "Look at its path, rights and disk space (marbre doctor), or give another with --ledger."
_DAMAGED = "Restore it from a copy, or give another with --ledger."
# A slug names a folder, which is written to and taken away.
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_TEXTS = ("title", "description", "keyphrase", "source", "writer")
_COUNTS = ("words", "block", "warn", "info")
_SHARES = ("readability", "shared")
_TOKENS = ("input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "cache_write_tokens")


@dataclass(frozen=True, slots=True)
class PieceRow:
    """What the ledger knows of a piece."""

    slug: str
    source: str
    """Resolved path or URL: who it was made from."""
    source_sha256: str
    fingerprint: str
    """Hash of all that decides the piece but the writer's answers."""
    files_sha256: str
    """Hash of the files as written; empty while the slug is only reserved."""
    date_published: str
    date_modified: str
    entry: dict[str, Any]
    """What the index page shows of it, and the hash of each file as written."""


PIECE_FIELDS = tuple(PieceRow.__slots__)


@contextmanager
def reading(what: str) -> Iterator[None]:
    """What is no row of ours ends in one line. Raises `DamagedError`."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        why = " ".join(str(error).split())[:100]
        raise DamagedError(
            "ledger", f"The ledger holds {what} that Marbre did not write ({why}).", _DAMAGED
        ) from None


def piece_of_row(row: Mapping[str, Any]) -> PieceRow:
    with reading("a piece"):
        piece = PieceRow(**row)
        for name in ("source", "source_sha256", "fingerprint", "files_sha256"):
            _must(isinstance(row[name], str), name)
        _must(is_slug(piece.slug), "slug")
        for moment in (piece.date_published, piece.date_modified):
            datetime.fromisoformat(moment)
        if piece.files_sha256:
            _check_entry(piece)
        return piece


def is_slug(told: object) -> bool:
    """Whether it may name a folder."""
    return isinstance(told, str) and _SLUG.fullmatch(told) is not None


def _check_entry(piece: PieceRow) -> None:
    entry = piece.entry
    _must(entry["slug"] == piece.slug, "slug of its entry")
    _must(entry["verdict"] in VERDICTS, "verdict")
    for name in _TEXTS:
        _must(isinstance(entry[name], str), name)
    for name in _COUNTS:
        _must(type(entry[name]) is int and entry[name] >= 0, name)
    _must(isinstance(entry["not_run"], list) and all(isinstance(n, str) for n in entry["not_run"]), "not_run")
    for name in _SHARES:
        _must(entry.get(name) is None or _is_number(entry[name]), name)
    if (cost := entry.get("cost")) is not None:
        amount, currency, _ = cost
        _must(_is_number(amount) and isinstance(currency, str), "cost")
    for spots in entry.get("spots", ()):
        _must(isinstance(spots, list) and all(type(spot) is int for spot in spots), "spots")
    for start, end, target in entry.get("links", ()):
        _must(type(start) is int and type(end) is int and isinstance(target, str), "links")


def _is_number(told: object) -> bool:
    return isinstance(told, float | int) and not isinstance(told, bool) and math.isfinite(told)


def standing(row: PieceRow, out: Path, why: str) -> Outcome:
    """A written piece that stays as it is, by what is known of it."""
    entry = row.entry
    with reading("a piece"):
        return Outcome(
            source=str(entry.get("source")),
            sha256=row.source_sha256,
            status="unchanged",
            folder=str(out / row.slug),
            verdict=entry["verdict"],
            words=entry["words"],
            findings=(("block", entry["block"]), ("warn", entry["warn"]), ("info", entry["info"])),
            not_run=tuple(entry["not_run"]),
            why=why,
        )


def call_of_row(row: Mapping[str, Any]) -> Call:
    """A remembered call: not paid again."""
    with reading("an answer"):
        names = ("key", "stage", "prompt", "model", "served", "answer", "finish")
        for name in names:
            _must(isinstance(row[name], str), name)
        for name in _TOKENS:
            _must(type(row[name]) is int and row[name] >= 0, name)
        amount = row["amount"]
        if amount is not None:
            _must(isinstance(amount, float | int) and math.isfinite(amount), "amount")
            _must(isinstance(row["currency"], str), "currency")
        cost = None if amount is None else Money(amount, row["currency"], bool(row["estimated"]))
        return Call(
            **{n: row[n] for n in names}, usage=Usage(*(row[n] for n in _TOKENS)), paid=False, cost=cost
        )


def text(told: object, name: str) -> str:
    """What must be text in a row. Raises `ValueError`."""
    if not isinstance(told, str):
        raise ValueError(f"its {name} cannot be")  # noqa: TRY004 - as `_must`
    return told


def _must(holds: bool, name: str) -> None:
    if not holds:
        raise ValueError(f"its {name} cannot be")


def row_of_call(
    call: Call, request: dict[str, Any], article: str, source: str, *, usable: bool, now: datetime | None
) -> dict[str, Any]:
    """A call as the table `calls` holds it."""
    return {
        "key": call.key,
        "usable": usable and bool(call.answer.strip()),
        "article": article,
        "source": source,
        "stage": call.stage,
        "prompt": call.prompt,
        "model": call.model,
        "served": call.served,
        "request": request,
        "answer": call.answer,
        "finish": call.finish,
        "input_tokens": call.usage.input,
        "cached_tokens": call.usage.cached,
        "cache_write_tokens": call.usage.cache_write,
        "output_tokens": call.usage.output,
        "reasoning_tokens": call.usage.reasoning,
        "amount": call.cost and call.cost.amount,
        "currency": call.cost and call.cost.currency,
        "estimated": bool(call.cost and call.cost.estimated),
        "at": (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds"),
    }
