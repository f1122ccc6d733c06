"""How long the decision over many pieces of workers takes, and what memory: `python -m tests.bench.refresh_queue [PIECES]`.

One piece is made by hand and copied by Postgres; each has one article of background, and one in a thousand was written of
another year. First no source lies on this machine, then all do. CPU seconds are this process's: Postgres has its own.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from pipeline.ledger import Ledger
from pipeline.refresh.deciding import Asked
from pipeline.settings import Settings
from pipeline.workers.queue import prepared
from pipeline.workers.refreshing import has_submissions, round_over
from tests.postgres import Postgres, missing, programs
from tests.workers.pieces import MOMENT, TEXT, written

_STALE = "---\nslug: {slug}\n---\n# Les crèches\n\nLe mois dernier, Vannes a ouvert douze places de crèche.\n"
LATER = MOMENT + timedelta(days=60)
_COPIED = (
    """INSERT INTO pieces SELECT slug || '-' || n, replace(source, '.txt', '-' || n || '.txt'), source_sha256, fingerprint, files_sha256, date_published,
    date_modified, (entry::jsonb || jsonb_build_object('slug', slug || '-' || n))::json
    FROM pieces, generate_series(1, :most) n WHERE slug = CASE WHEN n % 1000 = 0 THEN 'signe' ELSE 'creche' END""",
    """INSERT INTO origins SELECT slug || '-' || n, number, CASE WHEN number = 1 THEN replace(source, '.txt', '-' || n || '.txt') ELSE source END, sha256,
    substance, size, mtime, etag, last_modified, piece, checks, said
    FROM origins, generate_series(1, :most) n WHERE slug = CASE WHEN n % 1000 = 0 THEN 'signe' ELSE 'creche' END""",
    """INSERT INTO work_items (digest, key, submission, ref, media, beside, sha256, job, status, verdict)
    SELECT digest, replace(key, '.txt', '-' || n || '.txt'), submission, ref, media, beside, sha256, job, status, verdict
    FROM work_items, generate_series(1, :most) n
    WHERE key LIKE CASE WHEN n % 1000 = 0 THEN '%/signe.txt' ELSE '%/creche.txt' END""",
    """INSERT INTO work_files SELECT slug || '-' || n, name, sha256, data
    FROM work_files, generate_series(1, :most) n WHERE slug = CASE WHEN n % 1000 = 0 THEN 'signe' ELSE 'creche' END""",
    """INSERT INTO procrastinate_jobs (queue_name, task_name, status, lock)
    SELECT 'marbre-3', 'marbre.article', 'succeeded', 'a' || n FROM generate_series(1, :most) n""",
    "ANALYZE",
)


def build(url: str, folder: Path, pieces: int) -> None:
    beside = folder / "voisin.txt"
    beside.write_text(TEXT.replace("douze", "vingt"), encoding="utf-8")
    with closing(prepared(Ledger(url))) as ledger:
        written(ledger, folder, beside=(beside,))
        written(ledger, folder, "signe", TEXT.replace("douze", "treize"), _STALE, (beside,))
        with ledger.connect() as connection:
            for statement in _COPIED:
                connection.execute(text(statement), {"most": pieces} if ":most" in statement else {})
    for path in folder.glob("*.txt"):
        path.rename(path.with_suffix(".away"))


def look(url: str, what: str, *, adds: bool = False) -> None:
    """In a process of its own, for its memory. `adds`: jobs for those that are due, too."""
    if child := os.fork():
        os.waitpid(child, 0)
        return
    with closing(Ledger(url)) as ledger:
        assert has_submissions(ledger)
        wall, cpu = time.perf_counter(), os.times()
        told = round_over(ledger, Settings(grammar=False), {}, Asked(), LATER, lambda: False, here=True)
        if adds:
            added = told.done(lambda _: None)
            looked_at, due = added.looked_at, added.added
        else:
            decided = [bool(d.reasons) for d in told.decisions()]
            looked_at, due = len(decided), sum(decided)
        done = os.times()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what}: {looked_at:,} pieces, {due:,} due: {done.user - cpu.user:.1f} s user, "
        f"{done.system - cpu.system:.1f} s system, {time.perf_counter() - wall:.1f} s in all, {most:.0f} MB",
        flush=True,
    )
    os._exit(0)


@contextmanager
def served(found: Path) -> Iterator[Postgres]:
    server = Postgres(found)
    try:
        yield server
    finally:
        server.remove()


def main() -> None:
    pieces = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    found, why = programs(), missing()
    if found is None or why:
        print(f"refresh over workers: not measured, {why}")
        return
    with served(found) as server, tempfile.TemporaryDirectory() as name:
        url, folder = server.schema(), Path(name)
        build(url, folder, pieces)
        look(url, "no source here")
        (folder / "voisin.away").rename(folder / "voisin.txt")
        told = {kind: (folder / f"{kind}.away").read_bytes() for kind in ("creche", "signe")}
        for n in range(1, pieces + 1):
            kind = "creche" if n % 1_000 else "signe"
            (folder / f"{kind}-{n}.txt").write_bytes(told[kind])
        look(url, "all sources here, a job added for each that is due", adds=True)


if __name__ == "__main__":
    main()
