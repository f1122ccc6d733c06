"""Translated quotations: paired, they wait for a person's word; without an original, they are invented."""

import re
from collections.abc import Iterator

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.comparison import Comparison, compare
from pipeline.checks.fidelity.translated.pairs import Original, Pair, called, named, originals, pairs
from pipeline.checks.fidelity.translated.values import by_passage, strange_values
from pipeline.model import Evidence, Finding, Severity, SourceSpan, Translation
from pipeline.text.english.places import places
from pipeline.text.toponyms import toponyms

_SHOWN = 160


def find_quotations(manuscript: Manuscript) -> Iterator[Finding]:
    """FID002 for one that no source has, FID003 for one of somebody else, FID016 for the others."""
    comparison = compare(manuscript)
    quoted = {n for o in originals(comparison) for n in called(o.speech)}
    for pair in pairs(manuscript):
        original = pair.original
        if original is None:
            yield _finding(comparison, pair, "FID002", "block", _invented(pair, quoted))
        elif fault := _fault(comparison, pair, original):
            yield _finding(comparison, pair, *fault)
        elif pair.how != "word for word":
            yield _finding(comparison, pair, "FID016", "warn", _waits(pair, original))


def _invented(pair: Pair, quoted: set[str]) -> str:
    speaker = pair.spoken.speech.speaker
    if speaker and named(pair.spoken.speech) and not named(pair.spoken.speech) & quoted:
        return f"No source quotes {speaker}: there is nothing that this quotation translates."
    if pair.crowded:
        return "The sources have fewer quotations than the piece: there is nothing left that this one translates."
    return "No source has a quotation that this one translates."


def _fault(comparison: Comparison, pair: Pair, original: Original) -> tuple[str, Severity, str] | None:
    mine, theirs = named(pair.spoken.speech), named(original.speech)
    if mine and theirs and not mine & theirs:
        says = f"{original.speech.speaker} says this in the source, not {pair.spoken.speech.speaker}"
        return (
            "FID003",
            "block" if pair.spoken.speech.certainty == "sure" and pair.how != "nearer" else "warn",
            f"{says} ({original.id}).",
        )
    span = original.speech.span
    row = by_passage(comparison).get((original.source.label, original.paragraph), ())
    own = [q for q in row if span.start <= q.figure.start < span.end]
    if strange := strange_values(comparison, pair.spoken.statement, pair.spoken.speech.span, own):
        told = ", ".join(q.text for q in strange)
        return (
            "FID002",
            "block",
            f"The original of this quotation ({original.id}) does not say “{told}”: “{_cut(original.text)}”.",
        )
    if place := _strange_place(pair, original):
        return (
            "FID002",
            "block",
            f"The original of this quotation ({original.id}) does not speak of “{place}”: “{_cut(original.text)}”.",
        )
    return None


def _strange_place(pair: Pair, original: Original) -> str | None:
    """A country that the translation names and the original does not."""
    if original.source.language != "en":
        return None
    there = {code for p in places(original.text) for code in p.codes}
    for p in toponyms(pair.spoken.text):
        if (
            p.sense in ("name", "people")
            and not there & set(p.codes)
            and " ".join(p.words) not in original.text.lower()
        ):
            return pair.spoken.text[p.start : p.end]
    return None


def _waits(pair: Pair, original: Original) -> str:
    by = f" by {original.speech.speaker}" if original.speech.speaker else ""
    sure = "" if pair.how == "slot" else ", the likeliest one"
    return f"Translated quotation: a person compares it with the original, {original.id}{by}{sure}: “{_cut(original.text)}”."


def _cut(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + "…"


def _finding(comparison: Comparison, pair: Pair, code: str, severity: Severity, message: str) -> Finding:
    evidence: tuple[Evidence, ...] = ()
    if pair.original:
        evidence = (pair.original.source.evidence(pair.original.paragraph, pair.original.text),)
    span = (pair.spoken.start, pair.spoken.end)
    return comparison.finding(code, severity, message, pair.spoken.statement, span, evidence)


def translations(manuscript: Manuscript) -> tuple[Translation, ...]:
    """Each translated quotation of the piece with its original, in reading order."""
    comparison = compare(manuscript)
    return tuple(
        _translation(comparison, pair, pair.original)
        for pair in pairs(manuscript)
        if pair.original and pair.how != "word for word"
    )


def _translation(comparison: Comparison, pair: Pair, original: Original) -> Translation:
    where = comparison.place(pair.spoken.statement.block, pair.spoken.start, pair.spoken.end)
    passage = original.source.facts.passages[original.paragraph]
    span = original.speech.span
    return Translation(
        where.start,
        where.end,
        where.text,
        SourceSpan(original.source.label, passage.id, span.start, span.end, original.text),
        original.item,
        original.source.language,
        original.speech.speaker,
        certain=pair.how == "slot",
    )
