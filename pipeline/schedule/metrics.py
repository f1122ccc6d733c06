"""A record as Prometheus text."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline import prometheus
from pipeline.model import VERDICTS
from pipeline.prometheus import counter, counters, gauge, gauges
from pipeline.schedule.record import Record

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

_RESULTS = ("ok", "failed", "interrupted")


def text_of(record: Record, next_run: datetime | None = None) -> str:
    """The text exposition format 0.0.4. What is not known yet, a time or an exit code, is left out."""
    return prometheus.text_of(_of(record, next_run))


def _of(r: Record, next_run: datetime | None) -> "Iterator[Metric]":
    verdicts = dict.fromkeys(VERDICTS, 0) | r.pieces
    yield gauges("marbre_pieces", "Pieces by verdict.", "verdict", verdicts)
    results = dict.fromkeys(_RESULTS, 0) | {str(k): v for k, v in r.runs.items()}
    yield counters("marbre_refresh_runs", "Refreshes that ended.", "result", results)
    for name, told, total in (
        ("due", "Pieces that were due.", r.total_due),
        ("written", "Pieces written again.", r.total_written),
        ("failed", "Pieces that were due and could not be written.", r.total_failed),
    ):
        yield counter(f"marbre_refresh_pieces_{name}", told, total)
    yield counter("marbre_refresh_calls", "Calls of a model that were paid.", r.total_calls)
    yield counters("marbre_refresh_spent", "What they cost, where it is known.", "currency", r.total_spent)
    yield gauge("marbre_refresh_last_due", "Pieces due in the last refresh.", r.due)
    yield gauge("marbre_refresh_last_written", "Pieces written again by the last refresh.", r.written)
    yield gauge("marbre_refresh_last_failed", "Pieces that the last refresh could not write.", r.failed)
    yield gauge("marbre_refresh_last_seconds", "How long the last refresh took.", r.seconds)
    if r.exit_code is not None:
        yield gauge("marbre_refresh_last_exit_code", "Exit code of the last refresh.", r.exit_code)
    for name, told, moment in (
        ("last_end", "When the last refresh ended.", r.ended),
        ("last_success", "When the last refresh ended that failed at nothing.", r.succeeded),
        ("next_run", "When the next refresh is due.", next_run),
    ):
        if moment:
            yield gauge(f"marbre_refresh_{name}_timestamp_seconds", told, moment.timestamp())
