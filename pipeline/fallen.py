"""A person's word about a piece that its next version no longer bears: their review, and what they acknowledged.

Both are bound to words. When a run replaces these, that is said, so that nobody takes a text for reviewed that no person has read.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from pipeline import acknowledge, review
from pipeline.checks.acknowledged import keys_of
from pipeline.model import Acknowledgement, Finding
from pipeline.review import Review
from pipeline.text.markdown import parse


@dataclass(frozen=True, slots=True)
class Word:
    """What holds for the version there is."""

    review: Review | None = None
    bare: str = ""
    """The hash of the reviewed text without the links that code placed in it: they are placed anew."""
    entries: tuple[Acknowledgement, ...] = ()
    """Those whose sentence stands in it."""


def word_on(article: Path, text: str, bare: str) -> Word:
    """`text` is what lies at `article`, `bare` the same without the links that code placed."""
    entries = acknowledge.read(acknowledge.beside(article)).entries
    found = review.told(article)
    if not entries and not found:
        return Word()
    document = parse(text)
    keys = keys_of(document) if entries else frozenset()
    holds = found is not None and found.sha256 == review.text_hash(document)
    return Word(
        found if holds else None,
        review.text_hash(parse(bare)) if holds else "",
        tuple(e for e in entries if e.sentence in keys),
    )


def fallen(word: Word, text: str, findings: Collection[Finding]) -> tuple[str, ...]:
    """What no longer holds for a new version, before links are placed in it, a line each."""
    if word == Word():
        return ()
    document = parse(text)
    lines = []
    if word.review and word.bare != review.text_hash(document):
        lines.append(f"{_named(word.review)} no longer holds")
    covering = {f.sentence for f in findings if f.acknowledged} | keys_of(document)
    if lost := sum(e.sentence not in covering for e in word.entries):
        lines.append(
            f"{_counted(lost)} no longer {'hold' if lost > 1 else 'holds'}, the sentence has changed"
        )
    return tuple(lines)


def at_stake(word: Word) -> tuple[str, ...]:
    """The same before anything is written: which sentences will change is not known then."""
    lines = []
    if word.review:
        lines.append(f"{_named(word.review)} would no longer hold")
    if word.entries:
        lines.append(f"{_counted(len(word.entries))} would hold only where the sentence stays")
    return tuple(lines)


def _named(found: Review) -> str:
    return f"the review by {found.by} of {found.when[:10]}"


def _counted(number: int) -> str:
    return f"{number} acknowledgement{'s' if number > 1 else ''}"
