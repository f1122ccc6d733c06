"""Workers for `tests.bench.workers`: the real program on a real Postgres, with articles submitted and a scripted model."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.items import items_of
from pipeline.ledger import Ledger
from pipeline.settings import Settings
from pipeline.workers.content import content_of
from pipeline.workers.queue import prepared
from pipeline.workers.submit import submit
from tests import postgres
from tests.bench.killed import environment
from tests.bench.throughput import ROOT, corpus, model

SUBMITTED = Settings(model="scripted", grammar=False, near_duplicates="write")


@dataclass(frozen=True, slots=True)
class Hired:
    process: subprocess.Popen[bytes]
    number: int
    """In the queue."""
    told: Path


@dataclass(frozen=True, slots=True)
class Office:
    """A ledger with articles to write, and a model that answers to `log`."""

    folder: Path
    url: str
    ledger: Ledger
    model: str
    log: Path
    articles: int
    in_flight: int

    def asked(self, statement: str, **told: Any) -> list[Any]:
        from sqlalchemy import text

        with self.ledger.connect() as connection:
            return list(connection.execute(text(statement), told).all())

    def done(self) -> int:
        return int(self.asked("SELECT count(*) FROM work_items WHERE status IS NOT NULL")[0][0])

    def hire(self) -> Hired:
        """A worker that has come to the queue; none other may come meanwhile."""
        known = self._numbers()
        process, told = self.start()
        while not (new := self._numbers() - known):
            if process.poll() is not None:
                sys.exit(f"a worker ended at once: {told.read_text(encoding='utf-8')}")
            time.sleep(0.05)
        return Hired(process, new.pop(), told)

    def start(self) -> tuple[subprocess.Popen[bytes], Path]:
        """A worker, and where it tells what it does: an object a line."""
        told = self.folder / f"{time.time_ns()}.jsonl"
        words = ("worker", "--until-empty", "--log", "json", "--ledger", self.url, "--base-url", self.model)
        more = ("--concurrency", str(self.in_flight))
        with told.open("wb") as lines:
            process = subprocess.Popen(
                [sys.executable, "-m", "pipeline", *words, *more],
                cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=lines, start_new_session=True,
            )  # fmt: skip
        return process, told

    def _numbers(self) -> set[int]:
        return {row.id for row in self.asked("SELECT id FROM procrastinate_workers")}


@contextmanager
def office(server: postgres.Postgres, articles: int, latency: float, in_flight: int) -> Iterator[Office]:
    url = server.schema()
    with (
        tempfile.TemporaryDirectory() as name,
        closing(prepared(Ledger(url))) as ledger,
        model(Path(name), latency) as (address, log),
    ):
        folder = Path(name)
        (folder / "in").mkdir()
        corpus(folder / "in", articles)
        submitted(ledger, folder / "in")
        yield Office(folder, url, ledger, address, log, articles, in_flight)


def submitted(ledger: Ledger, folder: Path) -> None:
    submit(ledger, items_of(folder, Path("nowhere")), content_of(SUBMITTED), {}, datetime.now(UTC))
