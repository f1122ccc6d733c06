"""A piece whose sources changed: the parts that rest on the change are written again, the others keep their bytes."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Brief, Dossier, Draft, Plan, PlannedSection
from pipeline.refresh.parts import Touched
from pipeline.stages import sections, settled
from pipeline.stages.means import Limits, Means
from pipeline.stages.written import Written
from pipeline.text.markdown import Document
from pipeline.writers import Writer


def body_of(document: Document) -> tuple[str, int]:
    """The body of a finished piece without front matter, sources and disclosure, and where it starts in the file."""
    own = [b for b in document.blocks if not b.apparatus]
    closing = next((b.start for b in document.blocks if b.apparatus), len(document.text))
    start = own[0].start if own else closing
    return document.text[start:closing].strip(), start


def plan_of(document: Document) -> Plan:
    """The plan as far as a finished piece still shows it."""

    def said(name: str) -> str:
        value = document.front.get(name)
        return value if isinstance(value, str) else ""

    told = document.front.get("synonyms")
    heads = [h for h in document.headings if h.level in (2, 3)]
    headline = next((h.text for h in document.headings if h.level == 1), said("title"))
    return Plan(
        keyphrase=said("keyphrase"),
        title=said("title"),
        headline=headline,
        description=said("description"),
        slug=said("slug"),
        sections=tuple(PlannedSection(h.text, h.level) for h in heads),
        synonyms=tuple(s for s in told if isinstance(s, str)) if isinstance(told, list) else (),
    )


async def renew_article(
    dossier: Dossier,
    brief: Brief,
    plan: Plan,
    body: str,
    touched: Sequence[Touched],
    writer: Writer,
    limits: Limits,
    means: Means = Means(),  # noqa: B008 - frozen
) -> Written | None:
    """The piece with those parts written again, checked and repaired as a whole; None when the writer does no parts.

    A part that touches nothing stays; with none touched the piece is only checked and repaired.
    """
    parts = sections.cut(body)
    headings = [p.splitlines()[0].lstrip("# ") for p in parts]
    for part in touched:
        outline = [h for i, h in enumerate(headings) if i not in (0, part.index)]
        section = parts[part.index].strip()
        renewed = await writer.refresh(dossier, brief, section, part.changes, outline)
        if renewed is None:
            return None
        parts[part.index] = renewed
    whole = "\n\n".join(p.strip() for p in parts) if touched else body
    left = replace(limits, calls=max(0, limits.calls - len(touched)))
    return await settled(dossier, brief, plan, Draft(whole), writer, left, means.about(plan))
