"""The piece that a `report.json` tells of, whole again: what `report.piece_json` wrote, read back.

The file may have been edited, so all of it is held against the text it is about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from pipeline.checks.acknowledged import covers
from pipeline.checks.check import Manuscript
from pipeline.model import (
    Acknowledgement,
    Brief,
    Call,
    CheckResult,
    Dossier,
    Draft,
    Evidence,
    Finding,
    Money,
    NotRun,
    Piece,
    Place,
    Plan,
    PlannedSection,
    Repair,
    Usage,
)
from pipeline.pages.edition import Edition
from pipeline.stages.finish import evidence_of
from pipeline.text.markdown import parse

SCHEMA = "marbre.report/1"


def result_of(told: Mapping[str, Any], text: str, entries: Sequence[Acknowledgement]) -> CheckResult:
    """What the checks said of the text, with what is acknowledged since.

    Raises `ValueError`, `TypeError` or `KeyError` where the report is not of this text, or no report.
    """
    if told["schema"] != SCHEMA:
        raise ValueError("no report")
    for sentence in told["evidence"]:
        if text[sentence["start"] : sentence["end"]] != sentence["text"]:
            raise ValueError("a sentence is not where it was")
    findings = tuple(_acknowledged(_finding(row, text), entries) for row in told["findings"])
    not_run = tuple(NotRun(str(row["family"]), str(row["why"])) for row in told["not_run"])
    ready = not not_run and not any(f.blocks for f in findings)
    return CheckResult(
        "ready_for_review" if ready else "needs_work",
        int(told["words"]),
        findings,
        not_run,
        tuple(
            (str(name), value) for name, value in told["metrics"].items() if isinstance(value, int | float)
        ),
    )


def _finding(row: Mapping[str, Any], text: str) -> Finding:
    where, given, severity = row["where"], row["acknowledged"], row["severity"]
    if severity not in ("block", "warn", "info"):
        raise ValueError("no severity")
    place = where and Place(
        int(where["line"]), int(where["start"]), int(where["end"]), str(where["text"]), where["section"]
    )
    if place and text[place.start : place.end] != place.text:
        raise ValueError("a finding is not where it was")
    code, sentence = str(row["code"]), str(row["sentence"])
    evidence = tuple(Evidence(str(e["source"]), str(e["paragraph"]), str(e["text"])) for e in row["evidence"])
    fix = None if row["fix"] is None else str(row["fix"]["replacement"])
    word = given and Acknowledgement(code, sentence, str(given["by"]), str(given["when"]), str(given["why"]))
    return Finding(code, severity, str(row["message"]), place, evidence, fix, sentence, word)


def _acknowledged(finding: Finding, entries: Sequence[Acknowledgement]) -> Finding:
    theirs = (
        e for e in entries if (e.code, e.sentence) == (finding.code, finding.sentence) and covers(e, finding)
    )
    return replace(finding, acknowledged=next(theirs, None))


def piece_of(
    told: Mapping[str, Any], text: str, edition: Edition, result: CheckResult, dossier: Dossier
) -> Piece:
    """The piece as a whole, with another result. Raises as `result_of`."""
    brief, front = told["brief"], parse(text).front
    made = Brief(
        words=int(brief["words"]),
        keyphrase=brief["keyphrase"],
        tone=brief["tone"],
        typography=str(brief["typography"]),
        spellings=tuple(map(str, brief.get("spellings", ()))),
        instructions=brief["instructions"],
        origins=tuple((str(k), str(v)) for k, v in brief["origins"].items()),
    )
    carried, facts, translations = evidence_of(Manuscript(parse(text), made, dossier))
    provenance = told["provenance"]
    return Piece(
        dossier=dossier,
        brief=made,
        plan=_plan(told, edition, str(front.get("keyphrase") or "")),
        draft=Draft("", working=edition.working, notes=tuple(map(str, told["notes"]))),
        result=result,
        markdown=text,
        writer=str(told["writer"]),
        date_published=datetime.fromisoformat(provenance["date_published"]),
        date_modified=datetime.fromisoformat(provenance["date_modified"]),
        calls=tuple(_call(row) for row in told["calls"]),
        repairs=tuple(_repair(row) for row in told["repairs"]),
        evidence=carried,
        facts=facts,
        translations=translations,
        fell=tuple(map(str, told.get("fell", ()))),
    )


def _plan(told: Mapping[str, Any], edition: Edition, keyphrase: str) -> Plan:
    sections = tuple(
        PlannedSection(str(s["heading"]), int(s["level"]), tuple(map(str, s["evidence"])))
        for s in told["plan"]
    )
    return Plan(
        keyphrase,
        edition.title,
        edition.headline,
        edition.description,
        edition.slug,
        sections,
        tuple(w for w in edition.keywords[1:] if isinstance(w, str)),
    )


def _call(row: Mapping[str, Any]) -> Call:
    tokens, cost = row["tokens"], row["cost"]
    names = ("key", "stage", "prompt", "model", "served", "finish")
    return Call(
        **{name: str(row[name]) for name in names},
        answer="",
        usage=Usage(**{name: int(tokens[name]) for name in ("input", "cached", "output", "reasoning")}),
        paid=False,
        cost=cost and Money(float(cost["amount"]), str(cost["currency"]), bool(cost["estimated"])),
    )


def _repair(row: Mapping[str, Any]) -> Repair:
    by: Literal["code", "writer"] = "writer" if row["by"] == "writer" else "code"
    return Repair(by, row["section"], tuple(map(str, row["codes"])), bool(row["kept"]), str(row["why"]))
