"""`python -m tests.bench.scale [JOBS [PROCESSES]]`: the queue alone, with jobs of 1 ms: 100,000 of them, two processes, a real Postgres.

Told is how long submitting takes (new, and once more, when all is known), how fast the processes empty the queue, what an
article takes there of their processors and of the server's, bytes of tables and of WAL an article, connections, and how
long `marbre status` takes: while all waits, while they work, and at the end with five rows of calls an article in the
ledger. The server writes as it would on a desk's machine (fsync). Everything but the article's own work is the program's:
claims of jobs, signs of life, what became of it. docs/scale.md has what was measured.
"""

import asyncio
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.items import items_of
from pipeline.ledger import Ledger
from pipeline.model import Outcome
from pipeline.settings import Settings
from pipeline.workers import worker
from pipeline.workers.content import content_of
from pipeline.workers.queue import prepared
from pipeline.workers.status import status_of
from pipeline.workers.stored import Task
from pipeline.workers.submit import submit
from pipeline.workers.work import note
from tests import postgres

JOBS, PROCESSES = 100_000, 2
SECONDS = 0.001
IN_FLIGHT = 20
CALLS = 5
_A_FOLDER = 1_000  # sources in each: a folder of 100,000 is slow everywhere
_TEXT = (
    "Le conseil a voté le budget de la ville, et le maire a promis des travaux avant la fin de l’année.\n\n"
    * 20
)
_FILL = """
INSERT INTO calls (key, usable, article, source, stage, prompt, model, served, request, answer, finish, input_tokens,
    cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, amount, currency, estimated, at)
SELECT sha256(n::text::bytea)::text, true, md5(n::text) || md5(n::text), 'a source', 'write', 'write/1', 'm', 'm', '{}',
    repeat(md5(n::text), 6), 'stop', 2000, 0, 0, 800, 0, 0.001, 'USD', false, '2026-01-31T09:00:00+00:00'
FROM generate_series(1, :rows) AS n
"""
_WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"
_CONNECTIONS = (
    "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Stands for the worker's: so many seconds, and what became of the article."""

    seconds: float
    runs: Any
    ledger: Ledger
    out: Path

    async def do(self, task: Task, *, last: bool) -> Outcome:
        await asyncio.sleep(self.seconds)
        outcome = Outcome(task.ref, None, "written", verdict="ready_for_review")
        note(self.ledger, task, outcome)
        return outcome


def process(url: str, told: Any, seconds: float = SECONDS) -> None:
    worker.Desk = partial(Desk, seconds)  # type: ignore[attr-defined, assignment]
    settings = Settings(ledger=url, concurrency=IN_FLIGHT, grammar=False)
    wanted = worker.Wanted(until_empty=True, grace=60, tell=lambda _: None)
    began, begun = time.monotonic(), time.process_time()
    asyncio.run(worker.work(settings, wanted))
    told.put((time.monotonic() - began, time.process_time() - begun))


def sources(folder: Path, jobs: int) -> None:
    for n in range(jobs):
        if n % _A_FOLDER == 0:
            (folder / f"{n // _A_FOLDER:04}").mkdir()
        path = folder / f"{n // _A_FOLDER:04}" / f"{n:06}.txt"
        path.write_text(f"Article {n}\n\nLe budget {n}.\n\n{_TEXT}", encoding="utf-8")


def asked(ledger: Ledger, statement: str, **told: int) -> int:
    from sqlalchemy import text

    with ledger.connect() as connection:
        done = connection.execute(text(statement), told)
        return int(done.scalar_one()) if done.returns_rows else 0


def timed_status(ledger: Ledger) -> float:
    began = time.perf_counter()
    status_of(ledger)
    return time.perf_counter() - began


def submitted(ledger: Ledger, folder: Path) -> str:
    began, begun = time.perf_counter(), time.process_time()
    told = submit(ledger, items_of(folder, Path("nowhere")), content_of(Settings()), {}, datetime.now(UTC))
    return (
        f"submit: {told.new:,} new, {told.known:,} known in {time.perf_counter() - began:.1f} s "
        f"({time.process_time() - begun:.1f} of this processor)"
    )


def drained(ledger: Ledger, url: str, processes: int, jobs: int) -> None:
    context = multiprocessing.get_context("spawn")
    told, looks, most, wal = context.Queue(), list[float](), 0, asked(ledger, _WAL)
    crowd = [context.Process(target=process, args=(url, told)) for _ in range(processes)]
    began = time.perf_counter()
    for one in crowd:
        one.start()
    while any(one.is_alive() for one in crowd):
        looks.append(timed_status(ledger))
        most = max(most, asked(ledger, _CONNECTIONS))
        time.sleep(1)
    took = time.perf_counter() - began
    ends = [told.get(timeout=60) for _ in crowd]
    each = sum(cpu for _, cpu in ends) / jobs * 1e3
    wal = (asked(ledger, _WAL) - wal) // jobs
    print(
        f"{processes} processes, {IN_FLIGHT} calls each: {jobs:,} jobs in {took:.1f} s, {jobs / took:.0f} a second; "
        f"{each:.2f} ms of their processors each, {wal:,} bytes of WAL; at most {most} connections",
        flush=True,
    )
    print(f"status while they work: median {statistics.median(looks):.2f} s, at most {max(looks):.2f} s")


def server_seconds(port: int) -> float:
    """CPU seconds of the server's processes, those that ended among them: they come with their parent."""
    seen: dict[int, list[int]] = {}
    parent = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            seen[int(stat.parent.name)] = [int(fields[n]) for n in (1, 11, 12, 13, 14)]
            if f"port={port}".encode() in (stat.parent / "cmdline").read_bytes():
                parent = int(stat.parent.name)
    ticks = [sum(told[1:3]) for told in seen.values() if told[0] == parent]
    return (sum(ticks) + sum(seen[parent][1:])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    jobs = int(sys.argv[1]) if sys.argv[1:] else JOBS
    processes = int(sys.argv[2]) if sys.argv[2:] else PROCESSES
    programs = postgres.programs()
    if programs is None:
        sys.exit("needs Postgres 15: apt install postgresql")
    server = postgres.Postgres(programs, safe=True)
    try:
        with tempfile.TemporaryDirectory() as name:
            folder, url = Path(name), server.schema()
            sources(folder, jobs)
            with closing(prepared(Ledger(url))) as ledger:
                print(submitted(ledger, folder), flush=True)
                print(submitted(ledger, folder), flush=True)
                print(f"status of {jobs:,} that wait: {timed_status(ledger):.2f} s", flush=True)
                before = server_seconds(server.port)
                drained(ledger, url, processes, jobs)
                spent = (server_seconds(server.port) - before) / jobs * 1e3
                print(
                    f"the server: {spent:.2f} ms of its processor a job, {server.size() / jobs:,.0f} bytes of tables"
                )
                asked(ledger, _FILL, rows=jobs * CALLS)
                print(f"status with {jobs * CALLS:,} calls in the ledger: {timed_status(ledger):.2f} s")
    finally:
        server.remove()


if __name__ == "__main__":
    main()
