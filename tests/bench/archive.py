"""`python -m tests.bench.archive [PIECES]`: what an archive takes, in a file beside the pieces and in the ledger's Postgres.

Pieces of some 700 words are invented, all different but for their last line. Told are seconds of a core for entering them, once
and again, rows and bytes a piece, and milliseconds for a look: of this process, of the server's, and in all.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from pipeline.archive import Index, open_archive
from pipeline.archive.shared import enter, open_shared
from pipeline.ledger import Ledger
from pipeline.text.fold import tokens
from pipeline.workers.queue import prepared
from tests import postgres
from tests.bench.scale import server_seconds
from tests.reprints import SEEDS, paragraphs

LOOKS = 100
STOCK = "Cet article a été rédigé par la rédaction à partir des sources citées ci-dessous, puis relu."
TABLES = ("archive_pieces", "archive_paragraphs", "archive_prints")


def invented(folder: Path, number: int) -> list[list[str]]:
    """Pieces in a folder, and the words of the first of them."""
    chance = random.Random(1)
    vocabulary = sorted({w for seed in SEEDS for p in paragraphs(seed) for w in p.split()})
    words = []
    for n in range(number):
        texts = [" ".join(chance.choices(vocabulary, k=70)) + "." for _ in range(10)] + [STOCK]
        place = folder / f"piece-{n:06}"
        place.mkdir(parents=True)
        front = f"---\ntitle: Titre {n}\nslug: piece-{n:06}\n---\n\n# Titre {n}\n\n"
        (place / "article.md").write_text(front + "\n\n".join(texts) + "\n", encoding="utf-8")
        if n < LOOKS:
            words.append([token.text for t in texts for token in tokens(t)])
    return words


def told(what: str, work: Callable[[], object], times: int = 1, port: int = 0) -> None:
    own, server, whole = time.process_time(), server_seconds(port) if port else 0, time.perf_counter()
    work()
    spent = [
        time.process_time() - own,
        (server_seconds(port) if port else 0) - server,
        time.perf_counter() - whole,
    ]
    unit, factor = ("s", 1) if times == 1 else ("ms", 1000 / times)
    here, there, all_ = (f"{each * factor:6.2f} {unit}" for each in spent)
    print(f"  {what:28} {here} here, {there} of the server, {all_} in all")


def looked(index: Index, words: Sequence[Sequence[str]]) -> None:
    others = index.without(["piece-000000"])
    for n in range(LOOKS):
        assert others.pieces
        others.alike([words[n % len(words)]])


def in_a_file(folder: Path, words: Sequence[Sequence[str]], number: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        print("In a file:")
        told("enter", lambda: open_archive(folder, out).close())
        told("again", lambda: open_archive(folder, out).close())
        size = sum(path.stat().st_size for path in out.rglob("*.sqlite3*"))
        print(f"  {size / number:,.0f} bytes a piece")
        with closing(open_archive(folder, out)) as index:
            told("look", lambda: looked(index, words), LOOKS)


def on_a_server(folder: Path, words: Sequence[Sequence[str]], number: int) -> None:
    programs = postgres.programs()
    if programs is None:
        print("No Postgres here.")
        return
    server = postgres.Postgres(programs, safe=True)
    try:
        with closing(prepared(Ledger(server.schema()))) as ledger:
            print("In the ledger's Postgres:")
            told("enter", lambda: enter(ledger, folder), port=server.port)
            told("again", lambda: enter(ledger, folder), port=server.port)
            with ledger.connect() as connection:
                for table in TABLES:
                    rows = connection.scalar(text(f"SELECT count(*) FROM {table}"))
                    size = connection.scalar(
                        text("SELECT pg_total_relation_size(CAST(:t AS regclass))"), {"t": table}
                    )
                    print(f"  {table:20} {rows / number:8.1f} rows, {size / number:8,.0f} bytes a piece")
            index = open_shared(ledger, Path(str(enter(ledger, folder))))
            told("look", lambda: looked(index, words), LOOKS, server.port)
    finally:
        server.remove()


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "archive"
        words = invented(folder, number)
        in_a_file(folder, words, number)
        on_a_server(folder, words, number)


if __name__ == "__main__":
    main()
