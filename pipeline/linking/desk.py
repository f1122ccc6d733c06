"""At the end of a run: choose the links of all new pieces, and write them into their files.

What was chosen is known to the ledger, so a run that changes nothing touches nothing, and one that was killed is
finished by the next.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager

from pipeline import journal
from pipeline.claims import Claims
from pipeline.ledger import Ledger, PieceRow
from pipeline.linking.about import of_entry
from pipeline.linking.choose import Link, Linkable, choose
from pipeline.linking.listed import Page
from pipeline.shelf import ABOUT, LINKS, Shelf

_AT_ONCE = 50  # pieces whose rows are written in one transaction


def link_pieces(shelf: Shelf, listed: Sequence[Page], claims: Claims) -> None:
    """Raises `StorageError` for files that cannot be written."""
    # The latest come first, and so do those that are new.
    with closing(shelf.ledger.pieces()) as latest_first:
        if not any(map(_is_new, latest_first)):
            return
    rows = {row.slug: row for row in shelf.ledger.pieces()}
    pieces = list(_linkable(shelf, rows.values()))
    chosen = choose(pieces, listed)
    dates = {slug: row.date_published for slug, row in rows.items()}
    todo = sorted(chosen.items())
    for at in range(0, len(todo), _AT_ONCE):
        some = dict(todo[at : at + _AT_ONCE])
        with _held(shelf.ledger, claims, [rows[slug] for slug in some]) as ours:
            shelf.ledger.record_all(shelf.linked(row, some[row.slug], dates) for row in ours)
            journal.cross_out(shelf.out, (row.slug for row in ours))


@contextmanager
def _held(ledger: Ledger, claims: Claims, rows: Sequence[PieceRow]) -> Iterator[list[PieceRow]]:
    """Those at which no other run is at work, nor was since the rows were read; the others are its to link."""
    with claims.held(*(row.source for row in rows)) as mine:
        now = ledger.pieces_of(sorted(mine))
        yield [row for row in rows if row.source in mine and now.get(row.source) == row]


def _is_new(row: PieceRow) -> bool:
    return LINKS not in row.entry and ABOUT in row.entry


def _linkable(shelf: Shelf, rows: Iterable[PieceRow]) -> Iterator[Linkable]:
    for row in rows:
        about = of_entry(row.entry.get(ABOUT))
        if about is not None:
            new = _is_new(row)
            links = tuple(Link(*told) for told in row.entry.get(LINKS, ()))
            working = bool(row.entry.get("working"))
            yield Linkable(
                row.slug, str(row.entry["verdict"]), working, about, new, links, shelf.may_be_linked(row)
            )
