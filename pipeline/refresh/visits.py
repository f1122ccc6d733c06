"""Pages of many pieces asked ahead: several hosts at a time, each host as its manners want, and what many ask for once."""

from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar
from urllib.parse import urlsplit

A = TypeVar("A", bound=Hashable)
T = TypeVar("T")
_HOSTS = 8  # at a time


def by_host(
    asked: Iterable[A], host: Callable[[A], str], visit: Callable[[A], T], stop: Callable[[], bool]
) -> dict[A, T]:
    """What `visit` gives for each, once. Those of one host follow one another in their order; without those that were not
    begun before it was to stop.
    """
    queues: dict[str, list[A]] = {}
    for each in dict.fromkeys(asked):
        queues.setdefault(host(each), []).append(each)
    over = Event()

    def all_of(queue: list[A]) -> list[tuple[A, T]]:
        return [(each, visit(each)) for each in queue if not over.is_set() and not stop()]

    if not queues:
        return {}
    with ThreadPoolExecutor(min(_HOSTS, len(queues))) as pool:
        try:
            return dict(pair for found in pool.map(all_of, queues.values()) for pair in found)
        finally:
            over.set()  # Ctrl-C: what is being read is read to its end, no more


def host_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
