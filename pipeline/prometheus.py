"""Numbers as Prometheus text, for node_exporter's textfile collector or whatever reads a file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric


def text_of(metrics: "Iterable[Metric]") -> str:
    """The text exposition format 0.0.4."""
    from prometheus_client.exposition import generate_latest

    return generate_latest(_Collected(tuple(metrics))).decode()


class _Collected:
    """What the library calls a collector."""

    def __init__(self, metrics: "tuple[Metric, ...]") -> None:
        self._metrics = metrics

    def collect(self) -> "Iterator[Metric]":
        yield from self._metrics


def gauge(name: str, told: str, value: float) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(name, told, value=value)


def counter(name: str, told: str, value: float) -> "Metric":
    from prometheus_client.core import CounterMetricFamily

    return CounterMetricFamily(name, told, value=value)


def gauges(name: str, told: str, label: str, values: Mapping[str, float]) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(name, told, labels=[label])
    for key in sorted(values):
        family.add_metric([key], values[key])
    return family


def counters(name: str, told: str, label: str, values: Mapping[str, float]) -> "Metric":
    from prometheus_client.core import CounterMetricFamily

    family = CounterMetricFamily(name, told, labels=[label])
    for key in sorted(values):
        family.add_metric([key], values[key])
    return family
