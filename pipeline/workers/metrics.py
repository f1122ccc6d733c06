"""How far the workers are, as Prometheus text: numbers of the whole ledger, whoever asks for them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline import prometheus
from pipeline.model import VERDICTS
from pipeline.prometheus import counters, gauge, gauges
from pipeline.workers.status import Status

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric


def text_of(status: Status) -> str:
    """The text exposition format 0.0.4. An age that there is not is left out."""
    return prometheus.text_of(_of(status))


def _of(status: Status) -> "Iterator[Metric]":
    jobs = {
        "waiting": status.waiting,
        "running": status.running,
        "other_versions": status.others,
        "held": sum(status.held.values()),
    }
    yield gauges(
        "marbre_work_jobs",
        "Jobs that wait or run, of both those of other versions; and those that are held back.",
        "state",
        jobs,
    )
    yield gauges("marbre_work_held", "Jobs that are held back, by why.", "code", status.held)
    ended = {
        **dict.fromkeys(VERDICTS, 0),
        **status.verdicts,
        "none": status.done - sum(status.verdicts.values()),
        "failed": status.failed,
        "set_aside": status.set_aside,
    }
    yield gauges(
        "marbre_work_articles", "Articles that are done with, by verdict or why not.", "verdict", ended
    )
    yield gauge("marbre_work_workers", "Workers that gave a sign of life.", status.workers)
    yield gauge("marbre_work_rate_per_hour", "Articles an hour, over ten minutes.", status.rate)
    if status.oldest is not None:
        yield gauge("marbre_work_oldest_seconds", "For how long the oldest job waits.", status.oldest)
    spent = {money.currency: money.amount for money in status.spent}
    yield counters(
        "marbre_work_spent", "What all calls in the ledger cost, where it is known.", "currency", spent
    )
