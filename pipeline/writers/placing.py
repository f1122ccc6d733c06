"""Whether the slots of a text are those of its plan: each quotation once, none of the planned ones forgotten."""

import re

from pipeline.model import Plan
from pipeline.text.sentences import sentences
from pipeline.text.slots import SLOT

_INTRODUCTION = 14  # words beside the slot; a longer sentence tells more than who said it


def once(text: str, plan: Plan) -> tuple[str, tuple[str, ...]]:
    """The text with each slot once, and what an editor should know of it.

    A sentence that only brings a quotation a second time goes; one that tells more stays, and is told.
    """
    seen: set[str] = set()
    notes: list[str] = []
    paragraphs = []
    for paragraph in text.split("\n\n"):
        kept = paragraph
        for start, end in reversed(_again(paragraph, seen)):
            sentence = paragraph[start:end]
            names = ", ".join(m.group(1) for m in SLOT.finditer(sentence))
            if len(SLOT.sub("", sentence).split()) > _INTRODUCTION:
                notes.append(f"The quotation {names} is placed twice.")
                continue
            kept = f"{kept[:start].rstrip(' ')} {kept[end:].lstrip(' ')}".strip(" ")
            notes.append(f"A sentence that placed {names} a second time was taken out: {sentence}")
        if kept.strip() or not paragraph.strip():
            paragraphs.append(kept)
    missing = [
        e for s in plan.sections for e in s.evidence if re.fullmatch(r"(?:S\d+)?Q\d+", e) and e not in seen
    ]
    if missing:
        notes.append(f"Planned quotations that the text does not place: {', '.join(dict.fromkeys(missing))}.")
    return "\n\n".join(paragraphs), tuple(notes)


def _again(paragraph: str, seen: set[str]) -> list[tuple[int, int]]:
    """The sentences whose slots all stood before; `seen` takes in those of the paragraph."""
    found = []
    for start, end in sentences(paragraph):
        slots = [m.group(1) for m in SLOT.finditer(paragraph, start, end)]
        if slots and all(slot in seen for slot in slots):
            found.append((start, end))
        seen.update(slots)
    return found
