"""Why a piece is written, or left as it is."""

import hashlib
import json
from typing import Any

from pipeline.ledger import ADOPTED, PieceRow
from pipeline.model import (
    NOTHING_CHANGED,
    Article,
    Brief,
    Source,
)
from pipeline.publish import folder
from pipeline.run import Run
from pipeline.shelf import OFFLINE


def why_leave(run: Run, known: PieceRow, sha256: str, fingerprint: str) -> str | None:
    """The reason to leave a piece as it is, if there is one."""
    if not known.files_sha256 or not folder.is_whole(run.settings.out, known.slug):
        return None
    is_draft = known.entry.get("writer") == OFFLINE and run.writer == "llm"
    if known.fingerprint == ADOPTED and known.source_sha256 == sha256 and not is_draft:
        return "its source is the same; what else decided it is not known"
    not_run = known.entry["not_run"]
    can_be_read = "GRA" in not_run and run.grammar and run.grammar.can_start()
    can_be_judged = "JUG" in not_run and run.judge_row
    if known.fingerprint == fingerprint and not (can_be_read or can_be_judged):
        return NOTHING_CHANGED
    was_written = known.entry.get("writer") != OFFLINE
    if run.writer == "offline" and was_written and not run.writer_is_asked_for:
        return "written by a model before; a working draft does not replace it (--writer offline would)"
    return None


def why_written(known: PieceRow | None, source: Source, writer: str, fingerprint: str) -> str:
    if known is None or not known.files_sha256:
        return "new"
    if known.source_sha256 != source.sha256:
        return "source changed"
    if known.entry.get("writer") != writer:
        return f"another writer: {writer}"
    if known.fingerprint != fingerprint:
        return "brief or related articles changed"
    missing = {"GRA": "grammar was not checked", "JUG": "there was no second opinion"}
    return next((why for family, why in missing.items() if family in known.entry["not_run"]), "files missing")


def fingerprint_of(
    sha256: str, brief: Brief, writer: str, related: tuple[Article, ...] | None, judge: str | None
) -> str:
    """What decides a piece. Background found in the same folder does not: a new neighbour is no reason
    to pay for a piece again; `marbre refresh` looks at that.
    """
    decided: dict[str, Any] = {
        "source": sha256,
        "brief": [
            brief.words,
            brief.keyphrase,
            brief.tone,
            brief.instructions,
            brief.typography,
            *brief.grammar_blocks,
            *(f"spelt {name}" for name in brief.spellings),
        ],
        "writer": writer,
        "related": None if related is None else [a.sha256 for a in related],
    }
    if judge:
        decided["judge"] = judge
    return hashlib.sha256(json.dumps(decided, sort_keys=True).encode()).hexdigest()
