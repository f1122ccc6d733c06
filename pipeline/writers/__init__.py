"""Who writes. A writer turns a dossier into a plan and a draft, and mends a section when asked.

`llm` speaks to a model; `offline` arranges the dossier into a working draft, with no model at all.
"""

from collections.abc import Sequence
from typing import Protocol

from pipeline.model import Brief, Dossier, Draft, Finding, Plan


class Writer(Protocol):
    @property
    def name(self) -> str:
        """What the piece says it was written by: `offline`, or the model."""
        ...

    async def plan(self, dossier: Dossier, brief: Brief) -> Plan: ...

    async def write(self, dossier: Dossier, brief: Brief, plan: Plan) -> Draft: ...

    async def mend(
        self,
        dossier: Dossier,
        brief: Brief,
        section: str,
        findings: Sequence[Finding],
        outline: Sequence[str],
    ) -> str | None:
        """The section again, mended; None when this writer cannot or may not do more."""
        ...

    async def refresh(
        self,
        dossier: Dossier,
        brief: Brief,
        section: str,
        changes: Sequence[str],
        outline: Sequence[str],
    ) -> str | None:
        """A part of a published piece again, as its sources now are; None when this writer cannot do parts."""
        ...
