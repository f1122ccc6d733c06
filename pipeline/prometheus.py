"""Numbers as Prometheus text, for node_exporter's textfile collector or whatever reads a file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from prometheus_client.metrics_core import Metric


_BEGIN = b"# HELP marbre_"


def is_ours(file: "Path") -> bool:
    """Whether a file may be replaced by metrics: there is none yet, it is empty, or it holds ours. Raises `OSError`."""
    if not file.exists():
        return not file.is_symlink()
    if not file.is_file():
        return False
    with file.open("rb") as there:
        return there.read(len(_BEGIN)) in (_BEGIN, b"")


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
