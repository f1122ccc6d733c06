"""Where a piece comes from, for machines: the block in its page and report, and the question whether a file is ours.

A mark that anybody can copy proves nothing; what proves a piece is that the ledger knows its bytes.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline import __version__, review
from pipeline.model import Piece
from pipeline.stages.front import source_fields
from pipeline.text.markdown import parse

State = Literal["unchanged", "changed", "unknown"]
_BLOCK = re.compile(r'<script type="application/json" id="provenance">([^<]{2,200000})</script>')
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,200}")
_SHOWN = ("publisher", "author", "title", "url", "date", "licence", "sha256")


def made(piece: Piece) -> dict[str, Any]:
    """How a piece came about, as `report.json` and its page tell it; no review is known yet."""
    document = parse(piece.markdown)
    models = {"asked": piece.writer, "served": list(dict.fromkeys(c.served for c in piece.calls))}
    return {
        "schema": "marbre.provenance/1",
        "program": f"marbre {__version__}",
        "slug": str(document.front.get("slug", "")),
        "writer": models,
        "prompts": list(dict.fromkeys(c.prompt for c in piece.calls)),
        "sources": [_source(d.article) for d in piece.dossier.all],
        "published": piece.date_published.isoformat(timespec="seconds"),
        "modified": piece.date_modified.isoformat(timespec="seconds"),
        "text_sha256": review.text_hash(document),
        "review": None,
    }


def _source(article: Any) -> dict[str, str]:
    """Without the name of a file: a published page tells nobody's folders."""
    credit = article.credit
    told = {**source_fields(article), "author": credit.author, "licence": credit.licence}
    return {name: told[name] for name in _SHOWN if told.get(name)}


def with_review(told: Mapping[str, Any], text_sha256: str, found: review.Review | None) -> dict[str, Any]:
    """The same for the text as it stands now."""
    shown = found and {"by": found.by, "when": found.when, "sha256": found.sha256}
    return {**told, "text_sha256": text_sha256, "review": shown}


def read_report(report: str) -> dict[str, Any] | None:
    """A `report.json`; None for what is none."""
    try:
        told = json.loads(report)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def of_report(report: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What a report tells of it; None for one of an older version."""
    try:
        told = report["provenance"]["made"] if report else None
    except (KeyError, TypeError):
        return None
    return told if isinstance(told, dict) else None


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Verified:
    state: State
    told: str
    """One line: what the ledger knows of the file."""
    slug: str | None = None
    file: str | None = None
    """The piece's file that it is, or once was."""
    source: str | None = None
    writer: str | None = None


def verified(data: bytes, name: str, folder: str, entries: Iterable[Mapping[str, Any]]) -> Verified:
    """Is a file one that the ledger wrote, byte for byte, wherever it lies now?

    `name` and `folder` are where it lies; they, and what it says of itself, only help to name a changed one.
    """
    digest, text = sha256(data), data.decode("utf-8", "replace")
    said = {folder, _slug_in(text)}
    same_text, near = None, None
    for entry in entries:
        hashes = entry.get("hashes") or {}
        found = next((file for file, known in hashes.items() if known == digest), None)
        if found:
            return Verified(
                "unchanged", f"{found} of the piece {entry['slug']}, as it was written.", *_of(entry, found)
            )
        if entry.get("slug") in said and entry.get("slug"):
            near = near or entry
        if entry.get("text_sha256") and name.endswith(".md") and entry.get("slug") in said:
            same_text = entry["text_sha256"] == review.text_hash(parse(text))
    if near is None:
        return Verified("unknown", "The ledger has never written this file.")
    file = name if name in (near.get("hashes") or {}) else None
    why = {
        True: "its text is the same, other bytes are not",
        False: "its text was changed",
        None: "its bytes differ",
    }
    return Verified(
        "changed", f"A file of the piece {near['slug']}, changed since: {why[same_text]}.", *_of(near, file)
    )


def as_json(path: str, told: Verified) -> dict[str, Any]:
    """`marbre.verified/1`, a file."""
    return {
        "path": path,
        "state": told.state,
        "told": told.told,
        "slug": told.slug,
        "file": told.file,
        "source": told.source,
        "writer": told.writer,
    }


def _of(entry: Mapping[str, Any], file: str | None) -> tuple[str, str | None, str | None, str | None]:
    return str(entry["slug"]), file, entry.get("source"), entry.get("writer")


def _slug_in(text: str) -> str | None:
    """The slug a page or a Markdown file claims to have."""
    if block := _BLOCK.search(text):
        try:
            told = json.loads(block[1]).get("slug")
        except (ValueError, RecursionError, AttributeError):
            return None
    else:
        told = parse(text).front.get("slug") if text.startswith("---") else None
    return told if isinstance(told, str) and _SLUG.fullmatch(told) else None
