"""`python -m tests.bench.fidelity --data FILE.jsonl`: what the FID checks see in labelled rewrites.

A row is a rewrite with its source, its label and, when it is corrupted, the place of the wrong words; see
tests/bench/data/README.md. Each rewrite is examined as `marbre check` would examine a piece of that text.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.checks import CHECKS, findings_of
from pipeline.checks.check import Manuscript
from pipeline.model import Article, Brief, Dossier, Finding, Paragraph
from pipeline.reading.blocks import blocks_of_text
from pipeline.text.markdown import parse
from pipeline.text.sentences import sentences

FIDELITY = tuple(c for c in CHECKS if c.family == "FID")


@dataclass(frozen=True, slots=True)
class Row:
    """One rewrite to judge."""

    id: str
    source: str
    rewrite: str
    kind: str | None
    """What was falsified; None when the rewrite is faithful."""
    sub: str
    span: tuple[int, int] | None
    """The wrong words: `rewrite[start:end]`; None when the row does not say."""
    language: str = "fr"
    """Of the source."""

    @property
    def sentences(self) -> list[tuple[int, int]]:
        return sentences(self.rewrite)

    @property
    def wrong(self) -> list[tuple[int, int]]:
        """The sentences that the span touches; all of them when the row has none."""
        if self.span is None:
            return self.sentences
        start, end = self.span
        return [(a, b) for a, b in self.sentences if a < max(end, start + 1) and start < b]


@dataclass(frozen=True, slots=True)
class Verdict:
    row: Row
    findings: tuple[Finding, ...]
    """Of severity block or warn."""

    def hit(self, spans: list[tuple[int, int]], *, block: bool) -> list[tuple[int, int]]:
        """The spans that a finding touches; with `block`, a blocking one."""
        places = [f.where for f in self.findings if f.where and (f.severity == "block" or not block)]
        return [(a, b) for a, b in spans if any(p.start < b and a < max(p.end, p.start + 1) for p in places)]

    def caught(self, *, block: bool) -> bool:
        """A finding lies on a wrong sentence; in a faithful rewrite, there is a finding at all."""
        if self.row.kind is None or self.row.span is None:
            return any(f.severity == "block" or not block for f in self.findings)
        return bool(self.hit(self.row.wrong, block=block))


def read_rows(path: Path) -> list[Row]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [_row(json.loads(line), number) for number, line in enumerate(lines, 1) if line.strip()]


def _row(raw: dict[str, Any], number: int) -> Row:
    span = raw.get("span")
    return Row(
        str(raw.get("id", number)),
        raw["source_text"],
        raw["rewrite"],
        None if raw["label"] == "faithful" else raw.get("kind") or "none",
        raw.get("sub") or "none",
        (int(span[0]), int(span[1])) if span else None,
        raw.get("language", "fr"),
    )


def judge(row: Row) -> Verdict:
    """The row's findings. The rewrite is a passage without a heading; places are offsets in it."""
    blocks = enumerate(blocks_of_text(row.source), 1)
    paragraphs = tuple(Paragraph(f"P{n}", b.text, b.kind) for n, b in blocks)
    article = Article(row.id, "", None, row.language, paragraphs)
    manuscript = Manuscript(parse(row.rewrite), Brief(), Dossier(article))
    if row.language != "fr":
        # Every translated quotation and every such piece has its warning, true or false.
        played = (
            f for f in findings_of(manuscript) if f.family == "FID" and f.code not in ("FID016", "FID017")
        )
        return Verdict(row, tuple(f for f in played if f.severity != "info"))
    found = (f for check in FIDELITY for f in check.find(manuscript))
    return Verdict(row, tuple(f for f in found if f.severity != "info"))


def _counts(verdicts: list[Verdict]) -> dict[str, Any]:
    return {
        "n": len(verdicts),
        "block": sum(v.caught(block=True) for v in verdicts),
        "warn": sum(v.caught(block=False) for v in verdicts),
    }


def summary(verdicts: list[Verdict], seconds: float) -> dict[str, Any]:
    """What `--json` prints; `warn` counts rows with a warning or worse."""
    faithful = [v for v in verdicts if v.row.kind is None]
    spans = [(v, v.row.sentences) for v in faithful]
    kinds: dict[str, Any] = {}
    for kind in sorted({v.row.kind for v in verdicts if v.row.kind is not None}):
        of_kind = [v for v in verdicts if v.row.kind == kind]
        subs = sorted({v.row.sub for v in of_kind})
        parts = {sub: _counts([v for v in of_kind if v.row.sub == sub]) for sub in subs}
        kinds[kind] = {**_counts(of_kind), "sub": parts}
    return {
        "faithful": {
            **_counts(faithful),
            "sentences": sum(len(s) for _, s in spans),
            "sentences_block": sum(len(v.hit(s, block=True)) for v, s in spans),
            "sentences_warn": sum(len(v.hit(s, block=False)) for v, s in spans),
        },
        "kinds": kinds,
        "seconds_per_item": round(seconds / max(len(verdicts), 1), 5),
    }


def table(counts: dict[str, Any]) -> Iterator[str]:
    """The summary for a person: recall by kind, then false alarms."""
    yield f"{'corrupted':22} {'n':>5} {'block':>8} {'block or warn':>14}"
    for kind, of_kind in counts["kinds"].items():
        yield _line(kind, of_kind["n"], of_kind["block"], of_kind["warn"])
        for sub, part in of_kind["sub"].items():
            yield _line(f"  {sub}", part["n"], part["block"], part["warn"])
    faithful = counts["faithful"]
    yield "faithful: false alarms"
    yield _line("  rewrites", faithful["n"], faithful["block"], faithful["warn"])
    yield _line("  sentences", *(faithful[k] for k in ("sentences", "sentences_block", "sentences_warn")))
    yield f"{counts['seconds_per_item']:.4f} s a rewrite"


def _line(name: str, n: int, block: int, warn: int) -> str:
    return f"{name:22} {n:5} {block / max(n, 1):8.1%} {warn / max(n, 1):14.1%}"


def shown(verdicts: list[Verdict], which: str) -> Iterator[str]:
    """The corrupted rows that no finding marks, or the faithful rows that one does, with their findings."""
    for verdict in verdicts:
        row = verdict.row
        if verdict.caught(block=False) != (row.kind is None) or (row.kind is None) != (which == "alarms"):
            continue
        wrong = f"  [{row.rewrite[slice(*row.span)]}]" if row.span else ""
        yield f"{row.id}  {row.kind or 'faithful'}/{row.sub}{wrong}"
        yield f"  source:  {row.source}"
        yield f"  rewrite: {row.rewrite}"
        for found in verdict.findings:
            place = f" at “{found.where.text}”" if found.where else ""
            yield f"  {found.severity} {found.code}: {found.message}{place}"
        yield ""


def main(words: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fidelity", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="rows, one JSON object a line")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    parser.add_argument("--show", choices=("misses", "alarms"), help="print the rows behind the counts")
    asked = parser.parse_args(words)
    rows = read_rows(asked.data)
    started = time.perf_counter()
    verdicts = [judge(row) for row in rows]
    counts = summary(verdicts, time.perf_counter() - started)
    if asked.json:
        sys.stdout.write(json.dumps(counts, ensure_ascii=False) + "\n")
    elif asked.show:
        sys.stdout.writelines(line + "\n" for line in shown(verdicts, asked.show))
    else:
        sys.stdout.writelines(line + "\n" for line in table(counts))


if __name__ == "__main__":
    main()
