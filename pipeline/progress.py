"""What a person sees while a run goes on: a bar on a terminal, one line an article on a pipe. On standard error only."""

import sys
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pipeline.console import line, money, span, word
from pipeline.model import NOT_TRIED, Money, Outcome, total_of

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_EYE = 0.1  # seconds
_RECENT = 50  # articles: those left alone come first and fast, so the pace is that of the last ones
_FIRST = ("ready", "needs work", "failed")
_MINUTE, _HOUR = 60.0, 3_600.0


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run is."""

    done: Mapping[str, int]
    """By what became of them."""
    total: int | None
    ended: Sequence[float]
    """When the latest came to their end, in seconds."""
    now: float
    spent: Money | None = None
    """None when nothing was paid, or a price is not known."""
    heard: int = 0
    """Characters of answers."""


def told(standing: Standing) -> str:
    """On one line: what became of articles, what was spent, how many an hour or minute, how long it will take."""
    done = standing.done
    names = [name for name in _FIRST if done.get(name)] + sorted(done.keys() - _FIRST)
    parts = [f"{done[name]} {name}" for name in names]
    if standing.spent:
        parts.append(f"{money(standing.spent)} spent")
    if rate := _rate(standing):
        parts.append(
            f"{rate * _HOUR:.0f} an hour" if rate * _MINUTE < 1 else f"{rate * _MINUTE:.0f} a minute"
        )
        left = (standing.total or 0) - sum(done.values())
        if left > 0:
            parts.append(f"{span(left / rate)} left")
    if standing.heard:
        parts.append(f"{standing.heard:,} characters written")
    return ", ".join(parts)


def _rate(standing: Standing) -> float:
    """Articles a second, by the latest; 0 when it cannot be said yet. A pause makes it fall."""
    if len(standing.ended) < 2:
        return 0.0
    seconds = standing.now - standing.ended[0]
    return (len(standing.ended) - 1) / seconds if seconds > 0 else 0.0


class Progress:
    """Told of each outcome as it comes."""

    def __init__(self, total: int | None, clock: Callable[[], float] = monotonic) -> None:
        """`total` is None as long as nobody knows how many there will be."""
        self._total, self._clock = total, clock
        self._done: Counter[str] = Counter()
        self._lines = 0
        self._ended: deque[float] = deque([clock()], maxlen=_RECENT)
        self._costs: Money | None = Money()
        self._paid = False
        self._bar: Bar | None = _bar() if sys.stderr.isatty() else None
        self._task = self._bar.add_task("", total=total) if self._bar else None
        self._heard, self._shown = 0, 0.0

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def tell(self, outcome: Outcome) -> None:
        self._done[word(outcome)] += 1
        self._ended.append(self._clock())
        if outcome.paid:
            self._paid, self._costs = True, total_of((self._costs, outcome.cost))
        if self._bar and self._task is not None:
            self._bar.update(self._task, advance=1)
            self._show()
        elif outcome.why != NOT_TRIED:
            self._lines += 1
            total = "" if self._total is None else f"/{self._total}"
            print(f"[{self._lines}{total}] {line(outcome)}", file=sys.stderr, flush=True)  # noqa: T201

    def say(self, text: str) -> None:
        """A line while nothing comes to an end."""
        if self._bar:
            self._bar.console.print(text, markup=False, highlight=False)
        else:
            print(text, file=sys.stderr, flush=True)  # noqa: T201

    def heard(self, characters: int) -> None:
        """So many characters of an answer have come; shown on a terminal only, and not more often than one can see."""
        self._heard += characters
        if self._bar and self._clock() - self._shown > _EYE:
            self._show()

    def _show(self) -> None:
        self._shown = self._clock()
        spent = self._costs if self._paid else None
        standing = Standing(self._done, self._total, self._ended, self._shown, spent, self._heard)
        if self._bar and self._task is not None:
            self._bar.update(self._task, description=told(standing))


def _bar() -> "Bar":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress
    from rich.table import Column

    return RichProgress(
        MofNCompleteColumn(),
        BarColumn(20),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False, table_column=Column(ratio=1, overflow="fold")),
        console=Console(stderr=True),
        expand=True,
    )
