"""What the queue calls: the tasks of a worker, when they are tried again, and those that its schedule adds."""

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.workers.queue import LOOK_TASK, REFRESH, REFRESH_TASK, TASK
from pipeline.workers.work import GivenBackError

if TYPE_CHECKING:
    from procrastinate import App, JobContext


class Worker(Protocol):
    """Who does them. `item` is a row of `work_items`."""

    async def article(self, context: "JobContext", item: int) -> None: ...

    async def refresh(self, context: "JobContext", item: int) -> None: ...

    async def look(self, context: "JobContext", timestamp: int) -> None: ...


def give_tasks(app: "App", worker: Worker, cron: str | None) -> None:
    """`cron` says, in UTC, when a look at all pieces is added: by one of all workers that are told so."""
    from pipeline.workers.tables import QUEUE, REFRESHES_QUEUE

    app.task(name=TASK, queue=QUEUE, pass_context=True, retry=_retrying())(worker.article)
    app.task(name=REFRESH_TASK, queue=REFRESHES_QUEUE, pass_context=True, retry=_retrying())(worker.refresh)
    look = app.task(
        name=LOOK_TASK, queue=REFRESHES_QUEUE, pass_context=True, priority=REFRESH, lock=LOOK_TASK,
        queueing_lock=LOOK_TASK,
    )(worker.look)  # fmt: skip
    if cron:
        app.periodic(cron=cron)(look)


def _retrying() -> Any:
    from procrastinate import BaseRetryStrategy, RetryDecision

    class Again(BaseRetryStrategy):
        def get_retry_decision(self, *, exception: BaseException, job: Any) -> RetryDecision | None:  # noqa: ARG002
            """At once, and by no clock of ours."""
            back = isinstance(exception, (GivenBackError, asyncio.CancelledError))
            return RetryDecision() if back else None

    return Again()
