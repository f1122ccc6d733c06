"""The ledger's own cost on both databases: `python -m tests.bench.ledger [PIECES]`. Postgres with its writes made safe.

Milliseconds are wall time, for who waits for another program; a busy machine makes them longer.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.budget import Budget, Tariff
from pipeline.claims import Claims
from pipeline.halt import Halt
from pipeline.ledger import Ledger, PieceRow, key_of, sqlite_url
from pipeline.model import Call, Money, Usage
from pipeline.moving import copy
from pipeline.settings import Settings
from tests.postgres import Postgres, programs

CALLS = 300
CALL = Call(
    "", "write", "write/3", "luna", "luna-1", "Une phrase de la réponse. " * 200, "stop", Usage(6000, 4000, 1800),
    paid=True, cost=Money(0.01),
)  # fmt: skip
REQUEST = {"model": "luna", "messages": [{"role": "user", "content": "Une phrase de l’article. " * 900}]}
NOW = "2026-01-31T09:00:00+01:00"


def each(name: str, times: int, do: Callable[[int], object]) -> None:
    started, busy = time.perf_counter(), time.process_time()
    for n in range(times):
        do(n)
    wall, busy = time.perf_counter() - started, time.process_time() - busy
    print(f"  {name:<34} {1000 * wall / times:8.2f} ms  {1000 * busy / times:8.2f} ms of the processor")


def pieces(count: int) -> list[dict[str, Any]]:
    entry = {
        "title": "Un titre de soixante signes, comme en ont les articles", "description": "d" * 150,
        "keyphrase": "aide militaire", "verdict": "needs_work", "words": 800, "block": 1, "warn": 2, "info": 0,
        "not_run": [], "source": "a.txt", "writer": "llm", "page_title": "t" * 60, "files": {"article.md": "f" * 64},
    }  # fmt: skip
    return [
        {
            "slug": f"piece-{n}", "source": f"/textes/{n:06}.txt", "source_sha256": f"{n:064}",
            "fingerprint": "f" * 64, "files_sha256": "f" * 64, "date_published": NOW, "date_modified": NOW,
            "entry": entry | {"slug": f"piece-{n}"},
        }
        for n in range(count)
    ]  # fmt: skip


def measure(ledger: Ledger, count: int) -> None:
    from pipeline.ledger_schema import PIECES

    rows = pieces(count)

    def fill(_: int) -> None:
        with ledger.connect() as connection:
            for start in range(0, count, 1_000):
                connection.execute(PIECES.insert(), rows[start : start + 1_000])

    keys = [key_of(REQUEST | {"n": n}) for n in range(CALLS)]
    budget = Budget(ledger, Tariff(lambda _: 0.01, lambda *_: 0.01), Settings(budget_day=1e6), Halt())
    claims = Claims(ledger)
    each(f"enter {count:,} pieces", 1, fill)
    each(
        "remember a call (30 kB)",
        CALLS,
        lambda n: ledger.remember(replace(CALL, key=keys[n]), REQUEST, "a" * 64),
    )
    each("recall a call", CALLS, lambda n: ledger.recall(keys[n]))
    each("recall what nobody asked", CALLS, lambda n: ledger.recall(f"{n:064}"))
    each("reserve money for a call", CALLS, lambda _: budget._try(1))
    each("claim a source", CALLS, lambda n: claims.take(f"/{n}"))
    each("leave it", CALLS, lambda n: claims.leave(f"/{n}"))
    each("one piece by its source", CALLS, lambda n: ledger.piece_of(rows[n % count]["source"], ""))
    each("500 pieces by their sources", 5, lambda n: ledger.pieces_of([r["source"] for r in rows[:500]]))
    each(f"all {count:,} pieces", 1, lambda _: sum(1 for _ in ledger.pieces()))
    row = PieceRow(**rows[0])
    each("record a piece", CALLS, lambda n: ledger.record(replace(row, fingerprint=f"{n:064}")))


def main(count: int) -> None:
    found = programs()
    if found is None:
        sys.exit("needs Postgres 15: apt install postgresql")
    server = Postgres(found, safe=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            urls = {"SQLite": sqlite_url(Path(folder)), "Postgres": server.schema()}
            for name, url in urls.items():
                print(name)
                with closing(Ledger(url)) as ledger:
                    measure(ledger, count)
            print("Copy")
            with closing(Ledger(urls["SQLite"])) as ours, closing(Ledger(server.schema())) as other:
                each("SQLite to Postgres", 1, lambda _: copy(ours, other))
                each("the same again", 1, lambda _: copy(ours, other))
            with (
                closing(Ledger(urls["Postgres"])) as ours,
                closing(Ledger(sqlite_url(Path(folder) / "b"))) as other,
            ):
                each("Postgres to SQLite", 1, lambda _: copy(ours, other))
            size = (Path(folder) / ".marbre/ledger.sqlite3").stat().st_size
            print(f"SQLite's file: {size:,} bytes; Postgres: {server.size():,}")
    finally:
        server.remove()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
