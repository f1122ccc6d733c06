"""What `submit`, `status` and `export` tell: a few lines for a person, or JSON for a program."""

from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.console import money
from pipeline.files import printable
from pipeline.model import Money
from pipeline.report import cost_json

if TYPE_CHECKING:
    from pipeline.archive.index import Index
    from pipeline.workers.export import Exported
    from pipeline.workers.status import Status
    from pipeline.workers.submit import Submitted

_SHOWN = 20
_RESTORED = (
    "Restore the rows of what is left out from a dump that holds it whole (docs/operations.md, Backup)."
)
_VERDICTS = ("ready_for_review", "needs_work")


def submitted_text(told: "Submitted") -> str:
    again = f", {told.again:,} once more (changed, failed or left over)" if told.again else ""
    passed = f" {told.passed_over:,} files are of no type that is read." if told.passed_over else ""
    none = " Nothing was added." if not (told.new or told.again) else ""
    return f"Submission {told.submission}, {told.sources:,} source{'' if told.sources == 1 else 's'}: {told.new:,} new{again}, {told.known:,} known already.{none}{passed}"


def submitted_json(told: "Submitted") -> dict[str, Any]:
    unread = [
        {"source": e.about, "code": e.code, "message": e.message, "remedy": e.remedy} for e in told.unread
    ]
    return {
        "schema": "marbre.submitted/1",
        "submission": told.submission,
        "sources": told.sources,
        "new": told.new,
        "again": told.again,
        "known": told.known,
        "passed_over": told.passed_over,
        "unread": unread,
    }


def archive_text(folder: Path, archive: "Index") -> str:
    """How much of it is looked into, and which files are not."""
    left = [printable(each) for each in archive.left_out]
    out = f" Left out: {'; '.join(left)}." if left else ""
    pieces = archive.pieces
    return f"Archive {folder}: {pieces:,} piece{'' if pieces == 1 else 's'}.{out}"


def archive_json(archive: "Index") -> dict[str, Any]:
    return {"archive": {"pieces": archive.pieces, "left_out": [*archive.left_out]}}


def status_text(told: "Status") -> str:
    waits = f", the oldest for {told.oldest:,.0f} s" if told.oldest is not None else ""
    others = f" ({told.others:,} for another version of Marbre)" if told.others else ""
    verdicts = ", ".join(f"{n:,} {name}" for name, n in told.verdicts.items())
    price = ", ".join(map(money, told.spent)) or (money(None) if told.paid else "0")
    unpriced = f", {told.unpriced:,} of them at a price not known" if told.spent and told.unpriced else ""
    lines = [
        f"waiting  {told.waiting:,}{waits}{others}",
        f"running  {told.running:,} on {told.workers:,} workers",
        *_held_lines(told),
        f"done     {told.done:,}" + (f" ({verdicts})" if verdicts else ""),
        f"failed   {told.failed:,}" + (f", {told.set_aside:,} set aside" if told.set_aside else ""),
        f"rate     {told.rate:,.0f} an hour",
        f"spent    {price} for {told.paid:,} call{'' if told.paid == 1 else 's'}{unpriced}",
    ]
    lines += [f"  {each.source}: {each.why}" for each in told.left[:_SHOWN]]
    if told.left:
        lines.append("marbre submit with the same sources and settings has them tried again.")
    return "\n".join(lines)


def _held_lines(told: "Status") -> list[str]:
    """What of which submission is held back, and why; where several wait, how many jobs of each."""
    held = [each for each in told.submissions if each.held]
    waiting = [each for each in told.submissions if each.waiting]
    lines = [f"held     {sum(told.held.values()):,}"] if held else []
    for each in held[:_SHOWN]:
        until = f" Until {each.until.astimezone(UTC):%Y-%m-%d %H:%M} UTC." if each.until else ""
        lines.append(
            f"  submission {each.submission} ({each.model}), {each.held:,} held back: {each.why}{until}"
        )
    if held:
        lines.append("  marbre resume NUMBER lets one go on, marbre withdraw NUMBER takes it back.")
    several = waiting if len(told.submissions) > 1 else []
    return lines + [
        f"  submission {each.submission} ({each.model}), {each.waiting:,} waiting"
        for each in several[:_SHOWN]
    ]


def changed_json(what: str, submission: int, jobs: int) -> dict[str, Any]:
    """`what`: `resumed` or `withdrawn`."""
    return {"schema": f"marbre.{what}/1", "submission": submission, "jobs": jobs}


def status_json(told: "Status") -> dict[str, Any]:
    cost = told.spent[0] if told.spent else None if told.paid else Money()
    return {
        "schema": "marbre.status/1",
        "jobs": {
            "waiting": told.waiting,
            "running": told.running,
            "done": told.done,
            "failed": told.failed + told.set_aside,
        },
        "pieces": dict.fromkeys(_VERDICTS, 0) | told.verdicts,
        "calls": {"paid": told.paid},
        "cost": cost_json(cost),
        "costs": [cost_json(each) for each in told.spent],
        "unpriced": told.unpriced,
        "set_aside": told.set_aside,
        "other_versions": told.others,
        "workers": told.workers,
        "oldest_seconds": told.oldest,
        "rate_per_hour": told.rate,
        "held": sum(told.held.values()),
        "submissions": [
            {**asdict(each), "until": each.until and each.until.astimezone(UTC).isoformat()}
            for each in told.submissions
        ],
        "left": _left(told),
    }


def exported_text(told: "Exported", state: "Status", out: Path) -> str:
    names = {"ready_for_review": "ready", "needs_work": "needs work"}
    verdicts = "".join(f"; {n:,} {names.get(v, v)}" for v, n in sorted(told.verdicts.items()) if n)
    lines = [f"{told.pieces:,} pieces in {out}, {len(told.written):,} of them written now{verdicts}."]
    if told.verdicts.get("needs_work"):
        lines.append(f"Open {out / 'index.html'}, and the report beside a piece: it says what to look at.")
    if told.edited:
        lines.append(f"Edited here, and left as they are: {', '.join(told.edited[:_SHOWN])}.")
    if told.elsewhere:
        lines.append(
            f"{told.elsewhere:,} pieces were written by marbre batch: they lie where that wrote them."
        )
    lines += [f"{slug}: {'; '.join(fell)}." for slug, fell in list(told.fell.items())[:_SHOWN]]
    lines += [f"  left out: {slug}: {why}" for slug, why in [*told.damaged.items()][:_SHOWN]]
    if told.damaged:
        lines.append(_RESTORED)
    lines += [f"  not written: {each.source}: {each.why}" for each in state.left[:_SHOWN]]
    coming = ((state.waiting, "waiting"), (state.running, "running"), (sum(state.held.values()), "held back"))
    if some := ", ".join(f"{n:,} {what}" for n, what in coming if n):
        lines.append(f"Not there yet: {some}; marbre status says more.")
    return "\n".join(lines)


def exported_json(told: "Exported", state: "Status", out: Path) -> dict[str, Any]:
    return {
        "schema": "marbre.export/1",
        "out": str(out),
        "pieces": told.pieces,
        "verdicts": told.verdicts,
        "written": list(told.written),
        "edited": list(told.edited),
        "fell": {slug: list(fell) for slug, fell in told.fell.items()},
        "damaged": [{"slug": slug, "why": why} for slug, why in told.damaged.items()],
        "elsewhere": told.elsewhere,
        "waiting": state.waiting,
        "running": state.running,
        "held": sum(state.held.values()),
        "failed": state.failed + state.set_aside,
        "set_aside": state.set_aside,
        "left": _left(state),
    }


def _left(told: "Status") -> list[dict[str, Any]]:
    return [asdict(each) for each in told.left]
