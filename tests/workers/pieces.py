"""Pieces as workers leave them in a ledger, without the work: as far as a refresh looks."""

import hashlib
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from pipeline import origins
from pipeline.items import Item, item_of_file
from pipeline.ledger import PieceRow
from pipeline.model import Brief, Outcome
from pipeline.settings import Settings
from pipeline.stages import clean
from pipeline.text.markdown import parse
from pipeline.workers.content import content_of
from pipeline.workers.stored import packed, task_of
from pipeline.workers.submit import submit
from pipeline.workers.work import note
from tests.e2e.marbre import NOW

MOMENT = datetime.fromisoformat(NOW)
TEXT = (
    "Le conseil municipal de Vannes a voté lundi la construction de douze places de crèche, a dit le maire Luc Morel.\n\n"
    "Les travaux coûteront deux millions d’euros. Le préfet Jean Bart a salué la décision du conseil de Vannes, attendue par les familles du quartier."
)
PIECE = "---\nslug: {slug}\n---\n# Les crèches\n\nLuc Morel annonce douze places de crèche pour deux millions d’euros.\n"


def rows(ledger, statement, **told):
    with ledger.connect() as connection:
        result = connection.execute(text(statement), told)
        return result.mappings().all() if result.returns_rows else []


def submitted(ledger, *paths, settings=None):
    return submit(ledger, map(item_of_file, paths), content_of(settings or Settings()), {}, MOMENT)


def ended(ledger, outcome="written"):
    """All that waits was done, with that outcome."""
    for row in rows(ledger, "SELECT id, ref, job FROM work_items WHERE status IS NULL"):
        note(
            ledger, task_of(ledger, row["id"]), Outcome(row["ref"], None, outcome, verdict="ready_for_review")
        )
        taken = "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = :job"
        rows(ledger, taken, job=row["job"])


def written(ledger, folder: Path, slug="creche", said=TEXT, piece=PIECE, beside=(), settings=None) -> Path:
    """A source that was submitted and written by a worker elsewhere, with its piece's text in the ledger."""
    path = folder / f"{slug}.txt"
    path.write_text(said, encoding="utf-8")
    submitted(ledger, path, settings=settings)
    ended(ledger)
    enter(ledger, item_of_file(path), slug, piece.format(slug=slug), beside)
    filed_as(ledger, slug, piece.format(slug=slug))
    return path


def filed_as(ledger, slug: str, piece: str) -> None:
    """The text of a piece, as a worker keeps it."""
    from pipeline.workers.tables import FILES

    data = piece.encode()
    row = {
        "slug": slug,
        "name": "article.md",
        "sha256": hashlib.sha256(data).hexdigest(),
        "data": packed(data),
    }
    with ledger.connect() as connection:
        connection.execute(FILES.insert(), [row])


def enter(ledger, item: Item, slug: str, piece: str, beside=()) -> None:
    """Its row, and those of its sources; `beside` are paths of background."""
    from pipeline.ledger_schema import ORIGINS, PIECES

    articles = [clean.clean(each.read()) for each in (item, *map(item_of_file, beside))]
    entry: dict[str, object] = dict.fromkeys(("title", "description"), "Les crèches")
    entry |= {"slug": slug, "keyphrase": "places de crèche", "verdict": "ready_for_review", "writer": "m"}
    entry |= {"source": item.ref, "not_run": [], "words": 9, "block": 0, "warn": 0, "info": 0}
    row = PieceRow(slug, item.key, articles[0].sha256, "f", "x", NOW, NOW, entry)
    about = origins.about_of(parse(piece), Brief(), ("write/2",), MOMENT, before=origins.About())
    said = origins.rows_of(slug, item.key, articles, about, origins.blocking_checks())
    for each in said:  # the worker was on another machine
        each |= {"size": None, "mtime": None}
    with ledger.connect() as connection:
        connection.execute(PIECES.insert(), [asdict(row)])
        connection.execute(ORIGINS.insert(), said)
