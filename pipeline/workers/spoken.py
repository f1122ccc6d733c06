"""What editors have said of pieces in an exported folder. No worker has heard it: an export honours it in what it brings."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import acknowledge, editors_word, review, written
from pipeline.claims import Claims
from pipeline.fallen import Word, fallen, word_on
from pipeline.linking.place import leading_to, unlinked
from pipeline.model import Acknowledgement
from pipeline.publish import folder
from pipeline.reported import result_of
from pipeline.shelf import LOOK, Shelf, look_of
from pipeline.text.markdown import parse
from pipeline.text.web_address import web_address


def word_at(out: Path, slug: str) -> Word:
    """What holds for the version that lies there; nothing where none does."""
    article = out / slug / "article.md"
    if not any(article.with_name(name).is_file() for name in (acknowledge.FILE, review.FILE)):
        return Word()  # of nearly all: reading them takes time
    text = folder.text_of(out, slug)
    return word_on(article, text, _bare(text)) if text else Word()


def honour(shelf: Shelf, slugs: Collection[str], before: Mapping[str, Word]) -> dict[str, tuple[str, ...]]:
    """Carry acknowledgements into the files of these pieces; of those that have just been written, what held `before` is known.

    Gives what of that has fallen, by slug, a line each.
    """
    told = {slug: _honoured(shelf, slug, before.get(slug)) for slug in sorted(slugs)}
    return {slug: fell for slug, fell in told.items() if fell}


def follow_reviews(shelf: Shelf, slugs: Collection[str], claims: Claims) -> None:
    """The pages of reviewed pieces say who has read them, as far as the settings want that, and no others do."""
    plain = look_of(shelf.site)
    for row in [row for row in shelf.ledger.pieces() if row.slug in slugs]:
        article = shelf.out / row.slug / "article.md"
        if review.told(article) or (row.entry.get(LOOK) != plain and _names_a_reviewer(article)):
            shelf.follow_settings(row, claims)


def _names_a_reviewer(article: Path) -> bool:
    """Whether the piece was read by somebody, whose review may have been taken back since."""
    told = written.told(article)
    match told and told.get("provenance"):
        case {"made": {"review": {}}}:
            return True
    return False


def _honoured(shelf: Shelf, slug: str, before: Word | None) -> tuple[str, ...]:
    article = shelf.out / slug / "article.md"
    spoken = before is not None and before != Word()
    entries = acknowledge.read(acknowledge.beside(article)).entries
    if not (entries or spoken):
        return ()
    text = folder.text_of(shelf.out, slug)
    fell = fallen(before, _bare(text), ()) if before is not None else None
    told = written.told(article)
    if told and (row := shelf.ledger.at(slug)) and not _says(told, text, entries, fell):
        editors_word.carried(article.parent, row, entries, None, shelf.ledger, shelf.site, fell)
    return fell or ()


def _says(
    told: Mapping[str, Any], text: str, entries: Sequence[Acknowledgement], fell: Sequence[str] | None
) -> bool:
    """Whether a report tells of all that already, or is of another text."""
    try:
        findings = result_of(told, text, entries).findings
        same = [f.acknowledged is None for f in findings] == [
            f["acknowledged"] is None for f in told["findings"]
        ]
    except (ValueError, TypeError, KeyError, AttributeError):
        return True
    return same and (fell is None or list(fell) == list(told.get("fell", ())))


def _bare(text: str) -> str:
    """Without links in the text, whoever placed them: code places them anew, by other pieces that come and go."""
    document = parse(text)
    targets = {web_address(t) or t for b in document.blocks if not b.apparatus for _, _, t in b.anchors}
    links = leading_to(document, targets)
    bare = None if links is None else unlinked(text, links)
    return text if bare is None else bare
