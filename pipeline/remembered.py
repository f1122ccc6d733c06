"""What the ledger remembers of reading a source, so that one that is finished is not cleaned again to see that it is."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.ledger_rows import PieceRow
from pipeline.model import Article
from pipeline.refresh.substance import of_article
from pipeline.stages.ingest import MAX_BYTES
from pipeline.wording import PRINTS, prints

READ = "read"
"""In a piece's entry of the ledger."""


@dataclass(frozen=True, slots=True)
class Remembered:
    content: str
    """Hash of the article's text."""
    asks: tuple[str, ...]
    """What the document asks of the rewriter."""


def content_of(article: Article) -> str:
    return hashlib.sha256(article.text.encode()).hexdigest()


def note_of(article: Article) -> dict[str, Any]:
    """What is kept of an article; it holds for this version of the program."""
    return {
        "by": __version__,
        "content": content_of(article),
        "said": _said(article),
        "asks": list(article.instructions),
        "prints": prints([p.text for p in article.passages]),
    }


def recall(row: PieceRow, path: Path) -> Remembered | None:
    """None unless the piece was made of this very file, and the reading of it is remembered."""
    noted = _noted(row.entry)
    if not noted or _digest(path) != row.source_sha256:
        return None
    return Remembered(noted["content"], tuple(noted["asks"]))


def sha256_as_known(row: PieceRow, article: Article) -> str:
    """The hash of an article's source; where only white space, furniture or markup of it changed, the hash of the bytes the
    piece was made of.
    """
    noted = row.entry.get(READ)
    same = isinstance(noted, dict) and noted.get("by") == __version__ and noted.get("said") == _said(article)
    return row.source_sha256 if same else article.sha256


def _said(article: Article) -> str:
    """What a piece tells and whom it names for it, whatever the bytes."""
    credit = json.dumps(asdict(article.credit), sort_keys=True, default=str)
    return hashlib.sha256(f"{of_article(article)} {credit}".encode()).hexdigest()


def is_noted(row: PieceRow) -> bool:
    return bool(_noted(row.entry))


def prints_of(row: PieceRow) -> tuple[int, ...]:
    """The fingerprints of what a piece was made of; none where an earlier program wrote it."""
    noted = row.entry.get(READ)
    told = noted.get("prints") if isinstance(noted, dict) else None
    return (
        tuple(n for n in told[:PRINTS] if type(n) is int and 0 <= n < 1 << 32)
        if isinstance(told, list)
        else ()
    )


def _noted(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    noted = entry.get(READ)
    return (
        noted
        if isinstance(noted, dict) and noted.get("by") == __version__ and {"prints", "said"} <= noted.keys()
        else {}
    )


def _digest(path: Path) -> str:
    """Of the bytes; empty for what has to be looked at closely."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return ""
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
