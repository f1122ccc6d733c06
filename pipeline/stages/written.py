"""A draft that was checked and repaired: what the last stage makes a piece of."""

from dataclasses import dataclass, field

from pipeline.checks.check import Desk
from pipeline.model import Brief, Call, CheckResult, Dossier, Draft, Plan, Repair


@dataclass(frozen=True, slots=True)
class Written:
    """What the writer and the repair left, before it has a folder."""

    dossier: Dossier
    brief: Brief
    plan: Plan
    draft: Draft
    writer: str
    calls: tuple[Call, ...] = ()
    repairs: tuple[Repair, ...] = ()
    desk: Desk = field(default_factory=Desk)
    guess: CheckResult | None = None
    """What the checks will say, as far as the repair has seen it."""
    update: str | None = None
    """What changed since the piece was first published, in one line for its readers."""
