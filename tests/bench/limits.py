"""`python -m tests.bench.limits [SECONDS]`: limits that three programs keep together, twenty tasks each, and what they cost.

In the first table a minute has 10 seconds (or SECONDS), so that several pass: 60 calls, or 100,000 tokens, or money for
101 calls at their price. Each program makes calls for three such minutes, as fast as it may; the scripted model answers
after half a second. Told is the most that reached the model in any minute; what a busy machine sends late is in it.
In the last rows one call is refused for its rate, with a wish for a pause of half a minute: told is also how many
calls came within it, from 0.3 s after the refusal. The second table is one connection in one thread: what a turn, and what
reserving and settling, take a call.
"""

import asyncio
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.budget import Budget, Tariff
from pipeline.errors import MarbreError
from pipeline.halt import Halt
from pipeline.ledger import Ledger, sqlite_url
from pipeline.limits import Limits, Most
from pipeline.model import Usage
from pipeline.settings import Settings
from pipeline.writers.client import Client
from pipeline.writers.request import Request
from tests import postgres
from tests.model_server import Fault, ModelServer
from tests.model_server.conftest import SEED, messages

PROGRAMS, TASKS, MINUTES = 3, 20, 3
BOUND = 0.01
ROUNDS = 200


@contextmanager
def ledgers() -> Iterator[Iterator[tuple[str, str]]]:
    """The name of a database and the address of a new ledger there, for each that can be had."""
    programs = postgres.programs()
    server = postgres.Postgres(programs) if programs else None
    with tempfile.TemporaryDirectory() as folder:
        places = [("SQLite", sqlite_url(Path(folder) / "a"))]
        places += [("Postgres", server.schema())] if server else []
        yield iter(places)
    if server:
        server.remove()


def asked(*said: object) -> Request:
    text = " ".join(map(str, (SEED, *said)))
    return Request("write", "w/1", "m", tuple(messages(source=text)), {"max_tokens": 1_500})


def program(given: dict[str, Any], number: int, ready: Any, told: Any) -> None:
    minute, most = given["minute"], Most(given["requests"], given["tokens"])
    settings = Settings(base_url=given["base_url"], concurrency=TASKS, budget=given["budget"])
    halt, used = Halt(), []

    async def task(client: Client, n: int, until: float) -> None:
        k = 0
        with suppress(MarbreError):
            while time.monotonic() < until:
                k += 1
                call = await client(asked(number, n, k))
                used.append(call.usage.input + call.usage.output)

    async def go(purse: Budget, limits: Limits | None) -> None:
        async with Client(settings, halt, environ={}) as client:
            await client(asked())  # much is imported for the first call of a program
        async with Client(settings, halt, purse, environ={}, limits=limits) as client:
            ready.wait(100)
            until = time.monotonic() + MINUTES * minute
            tasks = [asyncio.create_task(task(client, n, until)) for n in range(TASKS)]
            await asyncio.sleep(MINUTES * minute)
            for one in tasks:
                one.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    with closing(Ledger(given["ledger"])) as ledger:
        limits = Limits(ledger, settings.server, most, minute) if most != Most(None, None) else None
        purse = Budget(ledger, Tariff(lambda _: BOUND, lambda *_: BOUND / 2), settings, halt, run="together")
        asyncio.run(go(purse, limits))
    told.put(used)


def played(database: str, given: dict[str, Any]) -> None:
    context = multiprocessing.get_context("spawn")
    ready, told = context.Barrier(PROGRAMS), context.Queue()
    minute, pause = given["minute"], given["minute"] / 2
    faults = [Fault("rate_limit", on=30, seconds=pause)] if given["refused"] else []
    with ModelServer(faults, latency=0.5) as server:
        given = {"base_url": server.base_url, **given}
        programs = [context.Process(target=program, args=(given, n, ready, told)) for n in range(PROGRAMS)]
        for one in programs:
            one.start()
        used = [tokens for _ in programs for tokens in told.get(timeout=300)]
        for one in programs:
            one.join()
        calls = sorted(server.calls, key=lambda call: call.t_received)[PROGRAMS:]
    at = [call.t_received for call in calls]
    most = max(sum(start <= other < start + minute for other in at) for start in at)
    each = sum(used) / len(used)
    late = [call.t_done for call in calls if call.status == "refused"]
    within = [sum(end + 0.3 < other < end + pause for other in at) for end in late if end]
    limit = next(f"{given[name]:,} {name}" for name in ("requests", "tokens", "budget") if given[name])
    print(
        f"{database:9} {limit:16} {len(at):5} calls in {at[-1] - at[0]:5.1f} s, at most {most:4} and "
        f"{most * each:8,.0f} tokens a minute, {len(used) * BOUND / 2:.3f} spent"
        + "".join(f"; {n} of them in the pause" for n in within),
        flush=True,
    )


def timed(what: Callable[[], object]) -> str:
    what()
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(ROUNDS):
        what()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return f"{wall / ROUNDS * 1e3:6.2f} ms ({cpu / ROUNDS * 1e3:.2f} of this program's processor)"


def one_call(budget: Budget) -> None:
    budget.settle(asyncio.run(budget.reserve(asked())), Usage(1, 0, 1))


def costs(database: str, url: str) -> None:
    tariff = Tariff(lambda _: BOUND, lambda *_: BOUND / 2)
    with closing(Ledger(url)) as ledger:
        limits = Limits(ledger, "somewhere", Most(1_000_000, 1_000_000_000))
        print(f"{database:9} a turn                         {timed(lambda: limits.take(1_000))}")
        for settings in (Settings(), Settings(budget=1e6, budget_day=1e6)):
            name = "with a budget" if settings.budget else "no budget"
            budget = Budget(ledger, tariff, settings, Halt(), run="r")
            print(
                f"{database:9} reserve and settle, {name:13} {timed(partial(one_call, budget))}",
                flush=True,
            )


def main() -> None:
    minute = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    nothing: dict[str, Any] = {
        "minute": minute,
        "requests": None,
        "tokens": None,
        "budget": None,
        "refused": False,
    }
    cases: list[dict[str, Any]] = [
        {"requests": 60},
        {"tokens": 100_000},
        {"budget": 101 * BOUND / 2},
        {"requests": 60, "refused": True},
    ]
    for case in cases:
        with ledgers() as found:
            for database, url in found:
                played(database, {**nothing, **case, "ledger": url})
    with ledgers() as found:
        for database, url in found:
            costs(database, url)


if __name__ == "__main__":
    main()
