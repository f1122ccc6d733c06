"""How long the decision over many pieces takes, and what memory: `python -m tests.bench.refresh [PIECES]`.

Sources lie in one folder, a hundred of them with a new date and one in a thousand with a new figure; each piece has one
article of background. Prints CPU seconds (the disk's share is in `system`) and the most memory of the process.
"""

import os
import resource
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline import origins
from pipeline.ledger import Ledger, PieceRow
from pipeline.model import Brief
from pipeline.refresh.deciding import Asked
from pipeline.refresh.run import decided
from pipeline.settings import Settings
from pipeline.stages import clean, ingest
from pipeline.text.markdown import parse

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TEXT = (
    "La mairie de Vannes a ouvert {n} places de crèche cette année, a dit le maire. Les travaux ont duré six mois et coûté "
    "deux millions d’euros.\n\nLes familles attendaient depuis longtemps. Une réunion aura lieu au printemps avec les "
    "associations et les directrices des écoles du quartier.\n"
)


def build(folder: Path, pieces: int) -> None:
    """The ledger a batch over so many sources would leave, without the pieces' folders."""
    from pipeline.ledger_schema import ORIGINS, PIECES

    sources = folder / "in"
    sources.mkdir()
    ledger = Ledger(f"sqlite:///{_ledger(folder)}")
    path = sources / "s.txt"
    path.write_text(TEXT.format(n=12))
    article = clean.clean(ingest.read_file(path, str(path)))
    about = origins.about_of(
        parse("# Crèches\n\nCette année, la ville ouvre des places."),
        Brief(),
        ("plan/2", "write/2"),
        NOW,
        before=origins.About(),
    )
    checks, said = origins.blocking_checks(), origins.packed(article)
    base = origins.rows_of("s", str(path), [article, article], about, checks)
    entry: dict[str, Any] = dict.fromkeys(
        ("title", "page_title", "description", "keyphrase"), "places de crèche à Vannes"
    )
    entry |= {"slug": "", "verdict": "ready_for_review", "writer": "m", "source": "s", "not_run": []}
    entry |= dict.fromkeys(("words", "block", "warn", "info"), 0)
    for start in range(0, pieces, 5_000):
        rows, told = [], []
        for n in range(start, min(pieces, start + 5_000)):
            source = sources / f"{n:06}.txt"
            source.write_text(TEXT.format(n=13 if n % 1_000 == 500 else 12))
            found = source.stat()
            mtime = found.st_mtime_ns - (n % 1_000 in (500, 501))
            rows.append(
                asdict(
                    PieceRow(
                        f"p{n:06}", str(source), "0" * 64, "f", "x", NOW.isoformat(), NOW.isoformat(), entry
                    )
                )
            )
            for row in base:
                own = row["number"] == 1
                told.append(row | {"slug": f"p{n:06}", "said": said, "source": str(source if own else path)})
                told[-1] |= {"size": found.st_size, "mtime": mtime} if own else {}
        with ledger.connect() as connection:
            connection.execute(PIECES.insert(), rows)
            connection.execute(ORIGINS.insert(), told)
    ledger.close()


def _ledger(folder: Path) -> Path:
    path = folder / "out" / ".marbre" / "ledger.sqlite3"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def main() -> None:
    pieces = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: building takes memory that deciding does not.
        if (child := os.fork()) == 0:
            build(folder, pieces)
            os._exit(0)
        os.waitpid(child, 0)
        settings = Settings(out=folder / "out", grammar=False)
        wall, cpu = time.perf_counter(), os.times()
        due = sum(bool(d.reasons) for d in decided(settings, Asked(), "llm", NOW))
        done = os.times()
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{pieces:,} pieces, {due} due: {done.user - cpu.user:.1f} s user, {done.system - cpu.system:.1f} s system, "
            f"{time.perf_counter() - wall:.1f} s in all, {most:.0f} MB"
        )


if __name__ == "__main__":
    main()
