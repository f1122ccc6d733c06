"""The way to Procrastinate: the ledger's own Postgres, and patience when it is away for a while."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import UsageError
from pipeline.ledger import Ledger
from pipeline.settings import Settings

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.jobs import Job
    from psycopg import AsyncConnection
    from psycopg_pool import AsyncConnectionPool
    from sqlalchemy import Connection

T = TypeVar("T")

TASK, REFRESH_TASK, LOOK_TASK = "marbre.article", "marbre.refresh", "marbre.look"
"""An article is written; one that is due is written again; all pieces are looked at."""
BATCH, REFRESH, EDITOR = 0, 5, 10
"""Priorities: the highest first, and of those alike the oldest."""
_AWAY = 300.0  # seconds the queue may be away before a worker begins anew
_AGAIN = 0.5  # seconds between two tries
_CONNECTIONS = 4
_LOOKS_UP = 30.0  # seconds, where nothing comes in
_BUSY = "SELECT lock FROM procrastinate_jobs WHERE lock = ANY(:locks) AND status IN ('todo', 'doing')"
# A worker that was taken for lost and wakes up has jobs that others are at work on; and who asks again after the server
# went away may have ended its job already.
_OF_MINE = " FROM procrastinate_jobs WHERE id = %(job_id)s AND status = 'doing' AND worker_id = %(me)s"


def ledger_url(settings: Settings) -> str:
    """Raises `UsageError` unless the ledger is on Postgres and the libraries for it are installed."""
    if not (settings.ledger or "").startswith("postgres"):
        raise UsageError(
            "ledger",
            "Workers share a ledger on Postgres, and none is named.",
            "Give --ledger postgresql://USER@HOST/DATABASE, or set MARBRE_LEDGER.",
        )
    try:
        import procrastinate  # noqa: F401
        import psycopg_pool  # noqa: F401
    except ImportError:
        raise UsageError(
            "no_driver",
            "Workers need Procrastinate and psycopg, which are not installed.",
            "Install them, in the folder of Marbre's sources: pip install '.[workers]'.",
        ) from None
    return str(settings.ledger)


def cron_of(expression: str) -> str:
    """Raises `UsageError` for what is none to a schedule of ours, or to the queue, which has another library for it."""
    from datetime import UTC

    from croniter import croniter  # type: ignore[import-untyped]

    from pipeline.schedule.times import cron_of

    told = cron_of(expression, UTC).expression
    if not croniter.is_valid(told):
        message = f"The queue cannot follow the cron expression {told!r}."
        raise UsageError("cron", message, "Write it with numbers, *, commas, - and / alone.")
    return told


def prepared(ledger: Ledger) -> Ledger:
    """The same, with the tables of queue and workers in it."""
    from pipeline.workers.tables import prepare

    with ledger.connect() as connection:
        prepare(connection)
    return ledger


def opened(settings: Settings) -> Ledger:
    """The ledger of the settings. Raises `UsageError` unless it is on Postgres, with what workers need."""
    return prepared(Ledger(ledger_url(settings), settings.ledger_wait))


def app_of(url: str, me: Callable[[], int | None] = lambda: None) -> "App":
    """Procrastinate over the ledger's database. Its own log is silent: what matters is told in the worker's lines.

    `me`: the number of the worker whose jobs it ends or gives back. Another's, it leaves alone.
    """
    from procrastinate import App

    from pipeline.dialects import address_of

    for name in ("procrastinate", "psycopg.pool"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    plain = address_of(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connector = _patient(me)(
        conninfo=plain, min_size=1, max_size=_CONNECTIONS, configure=_each_by_itself, pool_factory=_unchecked
    )
    return App(connector=connector)


async def _each_by_itself(connection: "AsyncConnection") -> None:
    """The queue asks one statement at a time: each is a transaction, without a BEGIN and a COMMIT of its own."""
    await connection.set_autocommit(True)


def _unchecked(**given: Any) -> "AsyncConnectionPool":
    """Whether a connection is alive shows when it is asked, and then it is asked again: not before each statement, too.

    What comes in wakes who waits for it at once. Looking up ten times a second, for who might have interrupted a program
    without a loop, took a third of what a worker took that had nothing to do.
    """
    from psycopg import AsyncConnection
    from psycopg_pool import AsyncConnectionPool

    class Calm(AsyncConnection[Any]):
        async def wait(self, gen: Any, interval: float = _LOOKS_UP, timeout: float | None = None) -> Any:  # noqa: ASYNC109 - as there
            return await super().wait(gen, interval=interval, timeout=timeout)

    return AsyncConnectionPool(**given | {"check": None, "connection_class": Calm})


def job_of(item: int, lock: str, priority: int) -> "Job":
    """A job that works on a row of `work_items`; of one source two are never under way at once."""
    from procrastinate.jobs import Job

    from pipeline.workers.tables import QUEUE

    return Job(
        queue=QUEUE, priority=priority, lock=lock, queueing_lock=lock_of(item), task_name=TASK,
        task_kwargs={"item": item},
    )  # fmt: skip


def lock_of(item: int) -> str:
    """Of the jobs for one source under one set of settings only one waits."""
    return f"marbre-{item}"


def refresh_job_of(item: int, lock: str) -> "Job":
    """A job that writes the piece of a row of `work_items` again."""
    from procrastinate.jobs import Job

    from pipeline.workers.tables import REFRESHES_QUEUE

    return Job(
        queue=REFRESHES_QUEUE, priority=REFRESH, lock=lock, queueing_lock=f"marbre-refresh-{item}",
        task_name=REFRESH_TASK, task_kwargs={"item": item},
    )  # fmt: skip


def busy(connection: "Connection", locks: Sequence[str]) -> frozenset[str]:
    """Those of these locks that a job has which waits or runs."""
    from sqlalchemy import text

    return frozenset(connection.execute(text(_BUSY), {"locks": [*locks]}).scalars())


def deferred(connection: "Connection", jobs: "Sequence[Job]") -> list[int]:
    """The numbers of new jobs, in the transaction that enters what they are about."""
    from procrastinate import SyncPsycopgConnector
    from procrastinate.manager import JobManager

    if not jobs:
        return []
    manager = JobManager(SyncPsycopgConnector())
    entered = manager.batch_defer_jobs([*jobs], connection=connection.connection.driver_connection)
    return [job.id or 0 for job in entered]


def _patient(me: Callable[[], int | None]) -> type:
    """A connector that asks again while Postgres is away: a worker that lost it would drop what it has in hand."""
    import psycopg
    from procrastinate import PsycopgConnector
    from procrastinate.exceptions import ConnectorException

    async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
        until = monotonic() + _AWAY
        while True:
            try:
                return await ask()
            except ConnectorException as error:
                lost = isinstance(error.__cause__, (psycopg.OperationalError, psycopg.InterfaceError))
                if not lost or monotonic() > until:
                    raise
            await asyncio.sleep(_AGAIN)

    class Patient(PsycopgConnector):
        async def execute_query_async(self, query: Any, **arguments: Any) -> None:
            if "job_id" in arguments:
                query, arguments = query.rstrip("; \n") + _OF_MINE, arguments | {"me": me()}
            await patiently(lambda: super(Patient, self).execute_query_async(query, **arguments))

        async def execute_query_one_async(self, query: Any, **arguments: Any) -> dict[str, Any]:
            return await patiently(lambda: super(Patient, self).execute_query_one_async(query, **arguments))

        async def execute_query_all_async(self, query: Any, **arguments: Any) -> list[dict[str, Any]]:
            return await patiently(lambda: super(Patient, self).execute_query_all_async(query, **arguments))

        async def listen_notify(self, on_notification: Any, channels: Iterable[str]) -> None:
            await patiently(lambda: super(Patient, self).listen_notify(on_notification, channels))

    return Patient
