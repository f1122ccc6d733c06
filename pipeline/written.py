"""What `report.json` beside a piece says of the run that wrote it: its sources, its flags, its findings.

The file may have been edited or be somebody else's, so every field is taken only in the shape that
`report.py` writes.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.model import Finding, Place

FILE = "report.json"
_LARGEST = 20_000_000
_FLAGS = {"words": int, "keyphrase": str}


@dataclass(frozen=True, slots=True)
class Report:
    sources: tuple[Mapping[str, Any], ...] = ()
    """All that the writer was given, S1 first: `file`, `sha256`, `title`, …"""
    flags: Mapping[str, Any] = field(default_factory=dict)
    """What was asked for on the command line, and would be lost without the report."""
    findings: tuple[Finding, ...] = ()
    """With place, words and key; those that were acknowledged then are left out."""


def read(piece: Path) -> Report | None:
    """The report beside a piece; None where there is none that can be read."""
    report = told(piece)
    if report is None:
        return None
    return Report(
        tuple(s for s in _list(_dict(report.get("provenance")).get("sources")) if isinstance(s, dict)),
        dict(_flags(_dict(report.get("brief")))),
        tuple(f for row in _list(report.get("findings")) if (f := _finding(row))),
    )


def told(piece: Path) -> dict[str, Any] | None:
    """The same as it stands there."""
    path = piece.with_name(FILE)
    try:
        if str(piece) == "-" or not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        report = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return report if isinstance(report, dict) and report.get("schema") == "marbre.report/1" else None


def is_older(piece: Path) -> bool:
    """True when the piece was changed after its report was written."""
    try:
        return piece.with_name(FILE).stat().st_mtime_ns < piece.stat().st_mtime_ns
    except OSError:
        return False


def _flags(brief: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    origins = _dict(brief.get("origins"))
    for name, kind in _FLAGS.items():
        if origins.get(name) == "flags" and type(brief.get(name)) is kind:
            yield name, brief[name]


def _finding(row: Any) -> Finding | None:
    match row:
        case {
            "code": str(code), "severity": "block" | "warn" | "info" as severity, "message": str(message),
            "where": where, "sentence": str(sentence), "acknowledged": None,
        }:  # fmt: skip
            place = _place(where)
            known = place or where is None
            return Finding(code, severity, message, place, sentence=sentence) if known else None
    return None


def _place(told: Any) -> Place | None:
    match told:
        case {"line": int(line), "start": int(start), "end": int(end), "text": str(text)}:
            return Place(line, start, end, text)
    return None


def _dict(told: Any) -> Mapping[str, Any]:
    return told if isinstance(told, dict) else {}


def _list(told: Any) -> list[Any]:
    return told if isinstance(told, list) else []
