"""The work of a run that takes time and waits for nobody, done off the thread that sends.

Checks are pure and slow beside all else, and Python runs one thread at a time: done in threads they hold up the
calls of every other article, and push each other's intermediate results out of the caches. So each core has a
process, and each process does one thing at a time.
"""

import asyncio
import multiprocessing
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from importlib import import_module
from itertools import count
from multiprocessing.context import BaseContext
from threading import Thread
from typing import ParamSpec, Protocol, TypeVar

from pipeline.errors import EngineError
from pipeline.turns import Places

P = ParamSpec("P")
T = TypeVar("T")

ENDED = "worker"
"""The code of the error of an article whose own work a process did not survive."""
_FEW = 2  # articles; for so many, starting processes takes longer than they save
_MOST = 8  # processes; each takes some 100 MB
_AHEAD = 2  # one that is done, and one that lies ready beside it
# Values refer to none that refers to them: what Python collects by default every 700 objects took a sixth of the time.
_COLLECTIONS = 50_000, 20, 20
_QUIET = "ignore:resource_tracker"
_LOADED = (
    "pipeline.checks.playing", "pipeline.checks.fidelity", "pipeline.checks.judged",
    "pipeline.stages.finish", "pipeline.stages.dossier", "pipeline.stages.repair", "pipeline.shelf",
    "yaml", "markdown_it", "mdit_py_plugins.front_matter", "jinja2",
)  # fmt: skip
_LOADS = "forkserver"
"""How processes begin where the system knows it: one loads the checks once for all. Not `fork`: the run has threads by then."""


class Do(Protocol):
    """Calls a pure function with values that can be sent to another process."""

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]: ...


async def here(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Called at once, where nobody else waits for the thread."""
    return function(*args, **kwargs)


def collect_seldom() -> None:
    """For a process that reads and checks texts."""
    import gc

    gc.set_threshold(*_COLLECTIONS)


def load_ahead(articles: int) -> None:
    """Have the checks loaded beside the caller, who has a second's loading of its own to do before it needs a crew."""
    if articles <= _FEW or _LOADS not in multiprocessing.get_all_start_methods():
        return
    from multiprocessing import forkserver

    _context()
    with suppress(OSError):  # whoever needs a process is told then
        forkserver.ensure_running()


class Crew:
    """The processes of one run, started when they are first needed. For few articles it is one thread."""

    def __init__(self, articles: int) -> None:
        self.size = 1 if articles <= _FEW else min(articles, _cores(), _MOST)
        self._lanes = (
            [_Lane(ThreadPoolExecutor(1), _load)]
            if articles <= _FEW
            else [*map(_Lane, _processes(self.size))]
        )
        self._ranks = count(1)

    def start(self) -> None:
        """Have the processes started while the caller goes on."""
        for lane in self._lanes:
            lane.start()

    def lane(self) -> Do:
        """Where all the work of one article is done: what is worked out of its sources is at hand there.

        Articles have their turns in the order in which they came.
        """
        lane, rank = min(self._lanes, key=lambda each: each.articles), next(self._ranks)
        lane.articles += 1
        return partial(lane.do, rank)

    async def do(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Work that belongs to no article, before theirs."""
        return await min(self._lanes, key=lambda each: each.busy).do(0, function, *args, **kwargs)

    def close(self) -> None:
        """What is being done is done to its end, a second or two; what has not begun is left."""
        for lane in self._lanes:
            lane.close()


class _Lane:
    """One process or thread, which does one thing at a time."""

    def __init__(self, pool: Executor, later: Callable[[], None] | None = None) -> None:
        """`later` is done once, behind the second work that is asked for: an article is cleaned, its facts are read, and
        a model is asked what to do next.
        """
        self._pool, self._later = pool, later
        self._asked = 0
        self._started: Future[object] | None = None
        self._first: Future[int] | None = None
        self._places = Places(_AHEAD)
        self.busy = 0
        self.articles = 0

    def start(self) -> Future[object]:
        if self._started is None:
            # In a thread: whoever starts a process waits until its server has loaded the checks.
            self._started = starting = Future[object]()
            Thread(target=self._start, args=(starting,), daemon=True).start()
        return self._started

    def _start(self, starting: Future[object]) -> None:
        try:
            self._first = self._pool.submit(int)
        except Exception as error:  # noqa: BLE001 - whoever waits for the process is told
            starting.set_exception(error)
        else:
            starting.set_result(None)

    async def do(self, rank: int, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Raises what `function` raises; `EngineError` when the process that did it was killed."""
        work = partial(function, *args, **kwargs)
        started = self.start()
        if not started.done():  # to wait even for what is done would give a place kept to others
            await asyncio.shield(asyncio.wrap_future(started))
        started.result()
        self.busy += 1
        self._asked += 1
        try:
            async with self._places.one(rank):
                return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        except BrokenProcessPool:
            raise EngineError(
                ENDED if rank and self._was_well() else "crew",
                "A process that checks articles was ended from outside; it may have had too little memory.",
                "Run it again, nothing is paid twice; with less --concurrency if memory is short.",
            ) from None
        finally:
            self.busy -= 1
            if self._later and self._asked > 1:
                later, self._later = self._later, None
                with suppress(RuntimeError):  # the run has ended meanwhile
                    self._pool.submit(later)

    def _was_well(self) -> bool:
        """Whether it had begun to work: one that ends at once would end so with any article."""
        return self._first is not None and self._first.done() and self._first.exception() is None

    def close(self) -> None:
        if self._started is not None:
            wait([self._started])
        self._pool.shutdown(cancel_futures=True)


def _load() -> None:
    for name in _LOADED:
        import_module(name)


def _processes(size: int) -> list[Executor]:
    context = _context()
    return [ProcessPoolExecutor(1, context, _begin) for _ in range(size)]


def _context() -> BaseContext:
    """How processes begin, all in the same way."""
    way = _LOADS if _LOADS in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(way)
    context.set_forkserver_preload([*_LOADED])
    _cleared_up_quietly()
    return context


def _cleared_up_quietly() -> None:
    """Python has a process that clears up behind one that was ended where it stood; its user need not hear of that."""
    if os.name != "posix":
        return
    from multiprocessing import resource_tracker

    name, before = "PYTHONWARNINGS", os.environ.get("PYTHONWARNINGS")
    os.environ[name] = f"{before},{_QUIET}" if before else _QUIET
    try:
        resource_tracker.ensure_running()
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _cores() -> int:
    """Those this process may use: a container often has fewer than the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin() -> None:
    """The first thing a process of the crew does."""
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's to answer
    gc.freeze()  # modules stay: looking through them at each collection would take a tenth of the time
    collect_seldom()
    Thread(target=_end_with_the_run, daemon=True).start()


def _end_with_the_run() -> None:
    """A run that is killed says goodbye to nobody: without this its processes would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
