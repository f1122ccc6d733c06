"""How the work grows with what it is given. What it takes in seconds is the benches' business: others use this machine too."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def assert_linear(work: Callable[[T], object], some: T, four_times: T) -> None:
    """Four times as much takes no more than ten times as long: where time grows with the square it is sixteen times."""
    assert _spent(work, four_times) < 10 * _spent(work, some) + 1


def _spent(work: Callable[[T], object], given: T) -> float:
    """Seconds of the processor."""
    begun = time.process_time()
    work(given)
    return time.process_time() - begun
