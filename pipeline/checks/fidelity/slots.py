"""FID001: every quotation slot has been filled."""

from collections.abc import Iterator

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.model import Finding
from pipeline.text.slots import SLOT


def find_open_slot(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    foreign = manuscript.dossier is not None and any(
        d.article.language != "fr" for d in manuscript.dossier.all
    )
    for block in (b for b in document.blocks if b.kind not in ("html", "code")):
        for match in SLOT.finditer(block.text):
            message = f"The slot {match.group()} stands for no quotation of the sources."
            if foreign:
                message = f"The slot {match.group()} has no translation before it, or no original: « … » {match.group()}."
            yield Finding("FID001", "block", message, document.place_in(block, *match.span()))


CHECKS = (
    Check(
        code="FID001",
        name="quotation slot left open",
        severity="block",
        why="The writer places quotations by number; a number the dossier does not have is an invented quotation.",
        source="House rule: quotations are slots.",
        bad=Example("# Otan\n\n{Q99}, a déclaré le ministre."),
        good=Example("# Otan\n\n« Nous viendrons », a déclaré le ministre."),
        find=find_open_slot,
    ),
)
