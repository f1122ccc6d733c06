"""A run over sources that are all finished: `python -m tests.bench.rerun [SOURCES]`. Nothing is to be asked or written.

The pieces are not written by the pipeline, which would take an hour: the ledger is told of them, and their folders hold
what a run looks at.
"""

import asyncio
import hashlib
import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from pipeline import batch
from pipeline.items import items_of
from pipeline.journal import HASHES
from pipeline.ledger import Ledger, PieceRow, sqlite_url
from pipeline.publish import folder
from pipeline.reading.request import read_request
from pipeline.reasons import fingerprint_of
from pipeline.remembered import READ, note_of
from pipeline.settings import Settings
from pipeline.shelf import LOOK, hash_of_files, hashes_of, look_of
from pipeline.stages import clean, ingest
from pipeline.stages.brief import make_brief

SEED = Path(__file__).parents[2] / "seeds" / "002_44b7f2dba8646b0b.txt"
NOW = datetime(2026, 1, 31, 9, tzinfo=UTC)


def settings_in(root: Path) -> Settings:
    return Settings(out=root / "outputs", grammar=False)


def prepare(root: Path, sources: int) -> None:
    """So many sources, and what a run would have left of them."""
    settings = settings_in(root)
    text = SEED.read_text(encoding="utf-8")
    (root / "sources").mkdir()
    for n in range(sources):
        (root / "sources" / f"{n:06}.txt").write_text(f"{text}\n\nDépêche numéro {n}.\n", encoding="utf-8")
    ledger = Ledger(sqlite_url(settings.out))
    from pipeline.ledger_schema import PIECES

    article = clean.clean(ingest.read_file(SEED, "seed"))
    rows = [_row(item, settings, article) for item in items_of(root / "sources", settings.out)]
    with ledger.connect() as connection:
        connection.execute(PIECES.insert(), rows)
    ledger.close()


def _row(item, settings, article):
    sha256 = hashlib.sha256(item.path.read_bytes()).hexdigest()
    brief = make_brief(settings, read_request(article.instructions), {}, None)
    slug = f"piece-{Path(item.ref).stem}"
    (settings.out / slug).mkdir()
    files = dict.fromkeys(folder.FILES, f"{slug}\n")
    for name, text in files.items():
        (settings.out / slug / name).write_text(text)
    entry = {
        "slug": slug,
        "title": f"Titre {slug}",
        "page_title": f"Titre {slug}",
        "description": f"Description {slug}",
        "keyphrase": slug,
        "verdict": "ready_for_review",
        "words": 700,
        "block": 0,
        "warn": 1,
        "info": 2,
        "not_run": [],
        "source": item.ref,
        "writer": "m",
        LOOK: look_of(settings.site),
        HASHES: hashes_of(files),
        READ: note_of(article) | {"content": sha256},
    }
    fingerprint = fingerprint_of(sha256, brief, "offline", None, None)
    stamp = NOW.isoformat()
    fields = (slug, item.key, sha256, fingerprint, hash_of_files(files), stamp, stamp, entry)
    return dict(zip(PieceRow.__slots__, fields, strict=True))


async def rerun(settings: Settings, sources: Path) -> list[str]:
    items = list(items_of(sources, settings.out))
    async with batch.open_run(settings, {}, "offline", NOW, lambda: iter(()), articles=len(items)) as run:
        return [o.status for o in await batch.process(run, items, lambda _: None)]


def turn(root: Path, sources: int, name: str) -> None:
    started, cpu = time.monotonic(), time.process_time()
    statuses = asyncio.run(rerun(settings_in(root), root / "sources"))
    seconds, cpu = time.monotonic() - started, time.process_time() - cpu
    unchanged = statuses.count("unchanged")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name}: {unchanged} of {sources} unchanged, {seconds:.1f} s, {cpu:.1f} s CPU, {memory} MB",
        flush=True,
    )


def main() -> None:
    sources = int(sys.argv[1]) if sys.argv[1:] else 10_000
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        # Each in a process of its own: the memory told is that turn's. The first makes the page of all pieces too.
        for work, told in ((prepare, ()), (turn, ("first",)), (turn, ("second",))):
            process = multiprocessing.get_context("spawn").Process(target=work, args=(root, sources, *told))
            process.start()
            process.join()


if __name__ == "__main__":
    main()
