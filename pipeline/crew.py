"""The work of a run that takes time and waits for nobody, done off the thread that sends.

Checks are pure and slow beside all else, and Python runs one thread at a time: done in threads they hold up the
calls of every other article, and push each other's intermediate results out of the caches. So each core has a
process, and each process does one thing at a time.
"""

import asyncio
import multiprocessing
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, Protocol, TypeVar

from pipeline.errors import EngineError

P = ParamSpec("P")
T = TypeVar("T")

_FEW = 2  # articles; for so many, starting processes takes longer than they save
_MOST = 8  # processes; each takes some 100 MB
_LOADED = ("pipeline.stages.finish", "pipeline.stages.dossier", "pipeline.shelf")


class Do(Protocol):
    """Calls a pure function with values that can be sent to another process."""

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]: ...


async def here(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Called at once, where nobody else waits for the thread."""
    return function(*args, **kwargs)


class Crew:
    """The processes of one run, started when they are first needed. For few articles it is one thread."""

    def __init__(self, articles: int) -> None:
        self.size = 1 if articles <= _FEW else min(articles, _cores(), _MOST)
        self._pool: Executor = ThreadPoolExecutor(1) if articles <= _FEW else _processes(self.size)

    async def do(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Raises what `function` raises; `EngineError` when the process that did it was killed."""
        from functools import partial

        work = partial(function, *args, **kwargs)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        except BrokenProcessPool:
            raise EngineError(
                "worker",
                "A process that checks articles was ended from outside; it may have had too little memory.",
                "Run it again, nothing is paid twice; with less --concurrency if memory is short.",
            ) from None

    def close(self) -> None:
        """What is being done is done to its end, a second or two; what has not begun is left."""
        self._pool.shutdown(cancel_futures=True)


def _processes(size: int) -> ProcessPoolExecutor:
    # Not `fork`: the run has threads by then. The server of `forkserver` loads the checks once for all.
    way = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(way)
    context.set_forkserver_preload([*_LOADED])
    return ProcessPoolExecutor(size, context, _begin)


def _cores() -> int:
    """Those this process may use: a container often has fewer than the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin() -> None:
    """The first thing a process of the crew does."""
    import gc
    import signal
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's to answer
    gc.freeze()  # modules stay: looking through them at each collection would take a tenth of the time
    Thread(target=_end_with_the_run, daemon=True).start()


def _end_with_the_run() -> None:
    """A run that is killed says goodbye to nobody: without this its processes would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
