"""`python -m tests.bench.workers [--each N] [--kills N]`: one, two and three workers on one Postgres, and workers that are killed.

Without `--kills`: so many articles a worker (60, three waves of calls in flight), a model of 5 s a call, 20 in flight each.
Told are articles a minute from the first call to the last article, as a share of as many times what one worker does, and of
what the model allows; CPU seconds of the workers and of Postgres an article; and how busy all processors of the machine
were: near 100 % it is they who end what more workers could do. Then the queue alone, with jobs that take as long as
articles do and nothing else: what it takes of processors, less what a worker takes that finds nothing to do. Of that is told
apart what each article adds, and what goes by time: signs of life and looks for lost workers, shared by what is under way.
Autovacuum is left out there.

With `--kills 10`: 200 articles on three workers, of which so many are ended by `kill -9` at random moments (`lost`). The
program ends with 1 where an article got lost, was taken over late, or an answer in the ledger was paid again. The server
writes as it would on a desk's machine (fsync); grammar is left out. Without Postgres it says so and ends with 0.
"""

import argparse
import multiprocessing
import os
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from pipeline.ledger import Ledger
from pipeline.workers.queue import prepared
from tests import postgres
from tests.bench import lost, scale
from tests.bench.hired import office, submitted
from tests.bench.killed import calls_of, family
from tests.bench.throughput import corpus, cpu_of

WORKERS = (1, 2, 3)
_GLANCE = 0.5  # seconds between two looks at what processes have used
_CALLS = 4  # an article, with the scripted model
_ENDED = "SELECT EXTRACT(EPOCH FROM max(ended))::float8 AS at, count(*) FILTER (WHERE status = 'written') AS n FROM work_items"


@dataclass(frozen=True, slots=True)
class Pace:
    workers: int
    articles: int
    written: int
    calls: int
    seconds: float
    """From the first call to the last article."""
    cpu: float
    """Seconds of all processes of the workers, from their start to their end."""
    server: float
    """The same of Postgres."""
    busy: float
    """Per cent of the machine, whoever used it."""

    @property
    def a_minute(self) -> float:
        return 60 * self.articles / self.seconds


@dataclass(frozen=True, slots=True)
class Taken:
    seconds: float
    worker: float
    """CPU seconds of its process, from its start to its end."""
    server: float
    """The same of Postgres."""

    def less(self, other: "Taken", parts: float) -> str:
        worker, server = ((self.worker - other.worker) / parts, (self.server - other.server) / parts)
        return f"{worker * 1e3:.1f} ms of a worker's processor and {server * 1e3:.1f} ms of Postgres'"


def played(server: postgres.Postgres, workers: int, given: Any) -> Pace:
    with office(server, workers * given.each, given.seconds, given.in_flight) as place:
        before = scale.server_seconds(server.port)
        psutil.cpu_percent()
        crowd = [place.start()[0] for _ in range(workers)]
        cpu, busy = used(crowd), psutil.cpu_percent()
        spent = scale.server_seconds(server.port) - before
        calls = [call for call in calls_of(place.log) if call["status"] == "answered"]
        ended, written = place.asked(_ENDED)[0]
        seconds = ended - min(call["t_received"] for call in calls)
    return Pace(workers, workers * given.each, written, len(calls), seconds, cpu, spent, busy)


def used(crowd: list[subprocess.Popen[bytes]]) -> float:
    """CPU seconds of the workers and their processes, once all have ended."""
    found: dict[int, float] = {}
    while any(one.poll() is None for one in crowd):
        for one in crowd:
            with suppress(OSError):
                for each in family(one.pid):
                    found[each] = cpu_of(each)
        time.sleep(_GLANCE)
    return sum(found.values())


def queue_alone(server: postgres.Postgres, jobs: int, seconds: float) -> Taken:
    """For so many jobs that take so long and nothing else."""
    context = multiprocessing.get_context("spawn")
    url, told = server.schema(), context.Queue()
    with TemporaryDirectory() as name, closing(prepared(Ledger(url))) as ledger:
        corpus(Path(name), jobs)
        submitted(ledger, Path(name))
        before = scale.server_seconds(server.port)
        one = context.Process(target=scale.process, args=(url, told, seconds))
        one.start()
        wall, cpu = told.get()
        one.join()
        return Taken(wall, cpu, scale.server_seconds(server.port) - before)


def show_paces(server: postgres.Postgres, given: Any) -> None:
    print(
        f"{given.seconds:g} s a call, {given.in_flight} in flight each, {given.each} articles a worker, without grammar, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    alone = 0.0
    for workers in WORKERS:
        pace = played(server, workers, given)
        alone = alone or pace.a_minute
        ideal = pace.calls * given.seconds / (given.in_flight * workers)
        print(
            f"{workers} workers: {pace.written} of {pace.articles} written, {pace.calls} calls in {pace.seconds:.1f} s; "
            f"{pace.a_minute:.1f} articles a minute, {pace.a_minute / workers / alone:.2f} of linear, "
            f"{ideal / pace.seconds:.2f} of what the model allows; {pace.cpu / pace.articles:.2f} CPU s an article, "
            f"Postgres {pace.server / pace.articles * 1e3:.0f} ms; the machine's processors {pace.busy:.0f} % busy",
            flush=True,
        )


def show_queue(server: postgres.Postgres, given: Any) -> None:
    # It comes once a minute, for all tables there are: some of these runs would have it and others not.
    server.sql("ALTER SYSTEM SET autovacuum = off")
    server.sql("SELECT pg_reload_conf()")
    # A quarter more articles than calls are under way, so each takes that much longer than its calls.
    seconds, jobs = 1.25 * _CALLS * given.seconds, given.each
    none, some = queue_alone(server, 0, seconds), queue_alone(server, jobs, seconds)
    wall = some.seconds - none.seconds
    one = queue_alone(server, 1, wall)  # as long as all of them: what a worker takes whatever it has to do
    a_job, a_second = some.less(none, jobs), one.less(none, wall)
    print(
        f"the queue alone, {jobs} jobs of {seconds:g} s: {a_job} an article, of which {some.less(one, jobs - 1)} its own; "
        f"the rest goes by time, {a_second} a second (a worker that finds nothing: {none.worker:.2f} s)",
        flush=True,
    )


def words_of(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.workers")
    parser.add_argument("--each", type=int, default=60, help="articles a worker")
    parser.add_argument("--seconds", type=float, default=5.0, help="a call takes")
    parser.add_argument("--in-flight", type=int, default=20, help="calls of each worker")
    parser.add_argument("--kills", type=int, default=0, help="workers to kill, instead of all else")
    parser.add_argument("--articles", type=int, default=200, help="with --kills")
    parser.add_argument("--seed", type=int, default=9, help="of the moments at which workers are killed")
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    given = words_of(words)
    programs, why = postgres.programs(), postgres.missing()
    if programs is None or why:
        print(f"workers: not measured, {why}")
        return 0
    server = postgres.Postgres(programs, safe=True)
    try:
        if given.kills:
            faults = list(lost.show(server, given))
            print("".join(f"    {fault}\n" for fault in faults), end="")
            return 1 if faults else 0
        show_paces(server, given)
        show_queue(server, given)
    finally:
        server.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
