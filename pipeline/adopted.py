"""A piece that lies in its folder and that no ledger knows, as a row of one."""

import hashlib
import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline import written
from pipeline.bounds import is_text
from pipeline.files import FileError, name_of, read_bounded
from pipeline.ledger import ADOPTED
from pipeline.ledger_rows import PieceRow
from pipeline.pages.edition import read_edition
from pipeline.publish import folder
from pipeline.shelf import hash_of_files

_LARGEST = 20_000_000  # bytes of a source
_SHA256 = re.compile(r"[0-9a-f]{64}")


def row_of(place: Path) -> PieceRow | None:
    """A piece as its folder tells of it. Both files may be anybody's: they are taken only in the shape that is written.

    None where they do not tell of one. Raises `OSError`.
    """
    edition = read_edition((place / "article.md").read_text(encoding="utf-8", errors="replace"))
    match edition and edition.slug == place.name and written.told(place / "article.md"):
        case {
            "provenance": {"sources": [{"sha256": str(sha256), **source}, *_], **origin},
            "writer": str(writer), "findings": [*findings], "not_run": [*not_run],
        } if edition:  # fmt: skip
            pass
        case _:
            return None
    counts = [str(f.get("severity")) for f in findings if isinstance(f, dict) and not f.get("acknowledged")]
    entry = {
        "slug": place.name,
        "title": edition.headline,
        "page_title": edition.title,
        "description": edition.description,
        "keyphrase": edition.keywords[0],
        "verdict": edition.verdict,
        "words": edition.words,
        **{severity: counts.count(severity) for severity in ("block", "warn", "info")},
        "not_run": [str(n.get("family")) for n in not_run if isinstance(n, dict)],
        "source": str(source.get("file") or source.get("url") or ""),
        "writer": writer,
    }
    # Half a character is in no database, and a hash has 64 digits.
    if not is_text(json.dumps([entry, source], ensure_ascii=False)) or not _SHA256.fullmatch(sha256):
        return None
    dates = edition.published.isoformat(timespec="seconds"), edition.modified.isoformat(timespec="seconds")
    return PieceRow(
        place.name,
        _key_of(source, sha256),
        sha256,
        ADOPTED,
        _hash_as_written(place, origin.get("made")),
        *dates,
        entry,
    )


def _hash_as_written(place: Path, made: object) -> str:
    """Of the files; a hash of nothing where the text is another than the report was made of: it counts as edited."""
    from pipeline.review import text_hash
    from pipeline.text.markdown import parse

    files = folder.read(place.parent, place.name)
    known = made.get("text_sha256") if isinstance(made, dict) else None
    if known not in (None, text_hash(parse(files["article.md"]))):
        return hashlib.sha256().hexdigest()
    return hash_of_files(files)


def _key_of(source: dict[Any, Any], sha256: str) -> str:
    """What a batch would call the source: the file where it still lies there, else its address, else its content."""
    file, url = source.get("file"), source.get("url")
    with suppress(FileError):
        if isinstance(file, str):
            found = hashlib.sha256(read_bounded(Path(file), _LARGEST)).hexdigest()
            if found == sha256:
                return name_of(Path(file).resolve())
    return url if isinstance(url, str) and not file else f"sha256:{sha256}"
