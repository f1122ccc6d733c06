"""A record as Prometheus text, for node_exporter's textfile collector or whatever reads a file."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.schedule.record import Record

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

_RESULTS = ("ok", "failed", "interrupted")
_VERDICTS = ("ready_for_review", "needs_work", "rejected")


def text_of(record: Record, next_run: datetime | None = None) -> str:
    """The text exposition format 0.0.4. What is not known yet, a time or an exit code, is left out."""
    from prometheus_client.exposition import generate_latest

    return generate_latest(_Collected(record, next_run)).decode()


class _Collected:
    """What the library calls a collector."""

    def __init__(self, record: Record, next_run: datetime | None) -> None:
        self._record, self._next_run = record, next_run

    def collect(self) -> "Iterator[Metric]":
        r = self._record
        verdicts = dict.fromkeys(_VERDICTS, 0) | r.pieces
        yield _gauges("marbre_pieces", "Pieces by verdict.", "verdict", verdicts)
        results = dict.fromkeys(_RESULTS, 0) | {str(k): v for k, v in r.runs.items()}
        yield _counters("marbre_refresh_runs", "Refreshes that ended.", "result", results)
        for name, told, total in (
            ("due", "Pieces that were due.", r.total_due),
            ("written", "Pieces written again.", r.total_written),
            ("failed", "Pieces that were due and could not be written.", r.total_failed),
        ):
            yield _counter(f"marbre_refresh_pieces_{name}", told, total)
        yield _counter("marbre_refresh_calls", "Calls of a model that were paid.", r.total_calls)
        yield _counters(
            "marbre_refresh_spent", "What they cost, where it is known.", "currency", r.total_spent
        )
        yield _gauge("marbre_refresh_last_due", "Pieces due in the last refresh.", r.due)
        yield _gauge("marbre_refresh_last_written", "Pieces written again by the last refresh.", r.written)
        yield _gauge("marbre_refresh_last_failed", "Pieces that the last refresh could not write.", r.failed)
        yield _gauge("marbre_refresh_last_seconds", "How long the last refresh took.", r.seconds)
        if r.exit_code is not None:
            yield _gauge("marbre_refresh_last_exit_code", "Exit code of the last refresh.", r.exit_code)
        for name, told, moment in (
            ("last_end", "When the last refresh ended.", r.ended),
            ("last_success", "When the last refresh ended that failed at nothing.", r.succeeded),
            ("next_run", "When the next refresh is due.", self._next_run),
        ):
            if moment:
                yield _gauge(f"marbre_refresh_{name}_timestamp_seconds", told, moment.timestamp())


def _gauge(name: str, told: str, value: float) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(name, told, value=value)


def _counter(name: str, told: str, value: float) -> "Metric":
    from prometheus_client.core import CounterMetricFamily

    return CounterMetricFamily(name, told, value=value)


def _gauges(name: str, told: str, label: str, values: Mapping[str, float]) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(name, told, labels=[label])
    for key in sorted(values):
        family.add_metric([key], values[key])
    return family


def _counters(name: str, told: str, label: str, values: Mapping[str, float]) -> "Metric":
    from prometheus_client.core import CounterMetricFamily

    family = CounterMetricFamily(name, told, labels=[label])
    for key in sorted(values):
        family.add_metric([key], values[key])
    return family
