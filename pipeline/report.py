"""The same results as JSON and as text. The shapes are a contract: docs/interfaces.md."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline import __version__
from pipeline.model import (
    NOT_TRIED,
    Acknowledgement,
    Article,
    Carried,
    CheckResult,
    Dossier,
    Finding,
    Money,
    Outcome,
    Piece,
    Place,
    Translation,
    Usage,
    total_of,
)
from pipeline.provenance import made
from pipeline.stages.front import source_fields

_NO_BREAK = "\u00a0\u202f"


def check_json(result: CheckResult) -> dict[str, Any]:
    """`marbre.check/1`."""
    return {
        "schema": "marbre.check/1",
        "verdict": result.verdict,
        "words": result.words,
        "findings": [finding_json(f) for f in result.findings],
        "not_run": [{"family": n.family, "why": n.why} for n in result.not_run],
        "metrics": dict(result.metrics),
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "family": finding.family,
        "severity": finding.severity,
        "message": finding.message,
        "where": _place_json(finding.where),
        "evidence": [
            {"source": e.source, "paragraph": e.paragraph, "text": e.text} for e in finding.evidence
        ],
        "fix": None if finding.fix is None else {"replacement": finding.fix},
        "sentence": finding.sentence,
        "acknowledged": _acknowledged_json(finding.acknowledged),
    }


def _acknowledged_json(told: Acknowledgement | None) -> dict[str, str] | None:
    return None if told is None else {"by": told.by, "when": told.when, "why": told.why}


def _place_json(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "line": place.line,
        "start": place.start,
        "end": place.end,
        "text": place.text,
        "section": place.section,
    }


def piece_json(piece: Piece) -> dict[str, Any]:
    """`report.json`: the check result, where the piece comes from, and what it took to write it."""
    article = piece.dossier.article
    return {
        **check_json(piece.result),
        "schema": "marbre.report/1",
        "program": f"marbre {__version__}",
        "writer": piece.writer,
        "brief": {
            "words": piece.brief.words,
            "keyphrase": piece.brief.keyphrase,
            "tone": piece.brief.tone,
            "typography": piece.brief.typography,
            "spellings": list(piece.brief.spellings),
            "instructions": piece.brief.instructions,
            "origins": dict(piece.brief.origins),
        },
        "provenance": {
            "sources": [source_fields(d.article) | _visit_json(d.article) for d in piece.dossier.all],
            "licence": article.credit.licence,
            "removed": [{"text": r.text, "why": r.why} for r in article.removed],
            "instructions": list(article.instructions),
            "date_published": piece.date_published.isoformat(timespec="seconds"),
            "date_modified": piece.date_modified.isoformat(timespec="seconds"),
            "made": made(piece),
        },
        "plan": [
            {"heading": s.heading, "level": s.level, "evidence": list(s.evidence)}
            for s in piece.plan.sections
        ],
        "evidence": [_carried_json(c) for c in piece.evidence],
        "translations": [_translation_json(t) for t in piece.translations],
        "notes": list(piece.draft.notes),
        "fell": list(piece.fell),
        "calls": [
            {
                "stage": c.stage,
                "prompt": c.prompt,
                "model": c.model,
                "served": c.served,
                "finish": c.finish,
                "key": c.key,
                "tokens": _usage_json(c.usage),
                "cost": cost_json(c.cost),
            }
            for c in piece.calls
        ],
        "cost": cost_json(total_of(c.cost for c in piece.calls)),
        "repairs": [
            {"by": r.by, "section": r.section, "codes": list(r.codes), "kept": r.kept, "why": r.why}
            for r in piece.repairs
        ],
    }


def with_provenance(told: dict[str, Any], made_of: Mapping[str, Any]) -> dict[str, Any]:
    """A `report.json` with what is known now of how its piece came about."""
    return told | {"provenance": told["provenance"] | {"made": dict(made_of)}}


def dumped(told: dict[str, Any]) -> str:
    """As it lies beside a piece."""
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _visit_json(article: Article) -> dict[str, Any]:
    """How a page was read; nothing for a file."""
    visit = article.visit
    if visit is None:
        return {}
    told = {
        "read_at": visit.url,
        "through": visit.through,
        "why": visit.why,
        "robots": visit.robots,
        "reserved": list(visit.reserved),
    }
    return {"visit": {name: value for name, value in told.items() if value}}


def _translation_json(told: Translation) -> dict[str, Any]:
    original = told.original
    return {
        "start": told.start,
        "end": told.end,
        "text": told.text,
        "paired": "slot" if told.certain else "content",
        "original": {
            "language": told.language,
            "source": original.source,
            "quotation": told.item,
            "speaker": told.speaker,
            **_span(original),
            "text": original.text,
        },
    }


def _carried_json(carried: Carried) -> dict[str, Any]:
    return {
        "start": carried.start,
        "end": carried.end,
        "text": carried.text,
        "share": carried.share,
        "sources": [{"source": s.source, **_span(s), "text": s.text} for s in carried.sources],
    }


def dossier_json(dossier: Dossier) -> dict[str, Any]:
    """`marbre.dossier/1`."""
    article = dossier.article
    return {
        "schema": "marbre.dossier/1",
        "title": article.title,
        "language": article.language,
        "paragraphs": [{"id": p.id, "text": p.text, "kind": p.kind} for p in article.passages],
        "removed": [{"text": r.text, "why": r.why} for r in article.removed],
        "instructions": list(article.instructions),
        "credit": {name: getattr(article.credit, name) for name in article.credit.__slots__},
        "quotations": [
            {"id": q.id, "text": q.text, "speaker": q.speaker, **_span(q)} for q in dossier.quotations
        ],
        "figures": [
            {"id": f.id, "text": f.text, "value": f.value, "unit": f.unit, **_span(f)}
            for f in dossier.figures
        ],
        "dates": [{"id": d.id, "text": d.text, "value": d.value, **_span(d)} for d in dossier.dates],
        "names": [
            {
                "id": n.id,
                "text": n.text,
                "kind": n.kind,
                "role": n.role,
                "aliases": list(n.aliases),
                **_span(n),
            }
            for n in dossier.names
        ],
    }


def _span(item: Any) -> dict[str, Any]:
    return {"paragraph": item.paragraph, "start": item.start, "end": item.end}


def run_json(outcomes: Sequence[Outcome], seconds: float) -> dict[str, Any]:
    """`marbre.run/1`."""
    return {
        "schema": "marbre.run/1",
        "pieces": [_outcome_json(o) for o in outcomes],
        "totals": {
            "written": sum(o.status == "written" for o in outcomes),
            "unchanged": sum(o.status == "unchanged" for o in outcomes),
            "skipped": sum(o.status == "skipped" for o in outcomes),
            "near_duplicates": sum(o.status == "near_duplicate" for o in outcomes),
            "ready_for_review": sum(o.verdict == "ready_for_review" for o in outcomes),
            "needs_work": sum(o.verdict == "needs_work" for o in outcomes),
            "rejected": sum(o.verdict == "rejected" for o in outcomes),
            "waiting": sum(o.status == "waiting" for o in outcomes),
            "failed": sum(o.status == "failed" for o in outcomes),
            "not_tried": sum(o.why == NOT_TRIED for o in outcomes),
            "calls": {
                "paid": sum(o.paid for o in outcomes),
                "remembered": sum(o.remembered for o in outcomes),
            },
            "tokens": _usage_json(sum((o.usage for o in outcomes), Usage())),
            "cost": cost_json(total_of(o.cost for o in outcomes)),
            "seconds": round(seconds, 3),
        },
    }


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    error = outcome.error
    return {
        "source": outcome.source,
        "sha256": outcome.sha256,
        "status": outcome.status,
        "folder": outcome.folder,
        "verdict": outcome.verdict,
        "words": outcome.words,
        "findings": dict(outcome.findings),
        "not_run": list(outcome.not_run),
        "calls": {"paid": outcome.paid, "remembered": outcome.remembered},
        "tokens": _usage_json(outcome.usage),
        "cost": cost_json(outcome.cost),
        "seconds": round(outcome.seconds, 3),
        "repairs": outcome.repairs,
        "why": outcome.why,
        "resembles": outcome.resembles,
        "fell": list(outcome.fell),
        "error": error and {"code": error.code, "message": error.message, "remedy": error.remedy},
    }


def _usage_json(usage: Usage) -> dict[str, int]:
    return {
        "input": usage.input,
        "cached": usage.cached,
        "output": usage.output,
        "reasoning": usage.reasoning,
    }


def cost_json(cost: Money | None) -> dict[str, Any] | None:
    """None when the price of the model is not known: never a guess shown as a fact."""
    if cost is None:
        return None
    return {"amount": round(cost.amount, 9), "currency": cost.currency, "estimated": cost.estimated}


def check_text(result: CheckResult, name: str) -> str:
    """The result for a terminal: a line a finding, `file:line: severity CODE message [sentence]`."""
    lines = [f"{name}:{f.where.line if f.where else 1}: {_finding_text(f)}" for f in result.findings]
    lines += [_shown(f"{name}: {n.family} not run: {n.why}") for n in result.not_run]
    blocks, warns = result.count("block"), result.count("warn")
    lifted = sum(f.acknowledged is not None for f in result.findings)
    told = f", {lifted} acknowledged" if lifted else ""
    lines.append(f"{result.verdict}: {result.words} words, {blocks} blocking, {warns} warnings{told}")
    return "\n".join(lines)


def _finding_text(finding: Finding) -> str:
    line = f"{finding.severity} {finding.code} {finding.message}"
    if finding.sentence:
        line += f" [{finding.sentence}]"
    if told := finding.acknowledged:
        line += f" Acknowledged by {told.by}, {told.when}: {told.why}"
    return _shown(" ".join(line.split("\n")))


def _shown(line: str) -> str:
    """Nothing that a terminal would obey: what a finding quotes was written by anybody."""
    return "".join(c if c.isprintable() or c in _NO_BREAK else repr(c)[1:-1] for c in line)


def dossier_text(dossier: Dossier) -> str:
    """The dossier for a terminal."""
    article = dossier.article
    lines = [article.title or "(no title)", ""]
    lines += [f"{p.id:>4}  {p.text}" for p in article.paragraphs]
    for name, rows in (
        (
            "Quotations",
            [f"{q.id} ({q.paragraph}) « {q.text} » — {q.speaker or '?'}" for q in dossier.quotations],
        ),
        (
            "Figures",
            [f"{f.id} ({f.paragraph}) {f.text} = {f.value:.15g} {f.unit or ''}" for f in dossier.figures],
        ),
        ("Dates", [f"{d.id} ({d.paragraph}) {d.text} = {d.value}" for d in dossier.dates]),
        ("Names", [f"{n.id} ({n.paragraph}) {n.text}, {n.kind}: {n.role or ''}" for n in dossier.names]),
        ("Set aside", [f"{r.text} ({r.why})" for r in article.removed]),
        ("Asked by the document", list(article.instructions)),
    ):
        if rows:
            lines += ["", f"{name}:", *(f"  {row.rstrip(': ')}" for row in rows)]
    return "\n".join(lines)
