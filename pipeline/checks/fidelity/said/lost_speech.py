"""FID013: speech that lost its marks, and numbers that fell apart.

A model that retells a quotation leaves its `nous` behind; one that rewrites `quarante-sept` writes `quatre sept`.
"""

from bisect import bisect_left
from collections.abc import Iterator

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.comparison import Comparison, Sources, Statement, compare, once_for_sources
from pipeline.checks.fidelity.said.disguise import disguised, running
from pipeline.checks.fidelity.said.wording import At, wording, words_of
from pipeline.model import Finding
from pipeline.text.first_person import first_person
from pipeline.text.malformed import malformed_numbers

# So many words of a quotation in a row, the first person among them, are the quotation.
_RUN = 4


def find_lost_speech(manuscript: Manuscript) -> Iterator[Finding]:
    comparison = compare(manuscript)
    if not comparison.sources:
        return
    for statement in comparison.statements:
        yield from _first_person(comparison, statement)
        yield from _malformed(comparison, statement)


def _first_person(comparison: Comparison, statement: Statement) -> Iterator[Finding]:
    """The first that nobody is said to speak; none where a source tells in the first person itself."""
    text = statement.block.text
    found = [(statement.start + a, statement.start + b) for a, b in first_person(statement.text)]
    spoken = _spoken(comparison, statement) if found else []
    outside = [
        p for p in found if not comparison.is_quoted(statement.paragraph, p[0]) and not _within(spoken, p[0])
    ]
    if not outside or _narrator_speaks(comparison.sources):
        return
    start, end = outside[0]
    spot = _quoted_in_source(comparison, statement, start)
    if spot is not None:
        message = f"“{text[start:end]}” is a speaker’s in the source: these words lost their quotation marks."
        evidence = (spot.source.evidence(spot.paragraph),)
        yield comparison.finding("FID013", "block", message, statement, (start, end), evidence)
    else:
        message = f"“{text[start:end]}” outside quotation marks: it is not clear who speaks."
        yield comparison.finding("FID013", "warn", message, statement, (start, end))


def _spoken(comparison: Comparison, statement: Statement) -> list[tuple[int, int]]:
    """What else is no narration: speech in other dress, an open quotation (TYP001 blocks it), names."""
    paragraph = statement.paragraph
    row = comparison.piece.speeches[paragraph]
    last = [(row[-1].span.outer_start, row[-1].span.outer_end)] if row and not row[-1].span.closed else []
    names = ((a, b) for a, b, _ in comparison.mentions(statement))
    return sorted((*disguised(comparison, paragraph), *running(comparison).get(paragraph, ()), *last, *names))


def _within(spans: list[tuple[int, int]], at: int) -> bool:
    n = bisect_left(spans, (at + 1,))
    return any(at < end for _, end in spans[max(0, n - 3) : n])


@once_for_sources
def _narrator_speaks(sources: Sources) -> bool:
    """A source tells in the first person outside quotation marks: a blog, a letter, an interview."""
    for source in (s for s in sources if s.language == "fr"):
        for passage, row in zip(source.facts.passages, source.facts.speeches, strict=True):
            starts = [s.span.outer_start for s in row]
            for at, _ in first_person(passage.text):
                n = bisect_left(starts, at + 1) - 1
                if n < 0 or at >= row[n].span.outer_end:
                    return True
    return False


def _quoted_in_source(comparison: Comparison, statement: Statement, at: int) -> At | None:
    """Where a quotation of a source has these words around the first person."""
    words = words_of(statement.block.text, statement.start, statement.end)
    here = next((n for n, w in enumerate(words) if w.start <= at < w.end), None)
    if here is None:
        return None
    spoken = wording(comparison.sources).spoken
    for first in range(max(0, here - _RUN + 1), here + 1):
        run = [w.text for w in words[first : first + _RUN]]
        found = spoken.find(run) if len(run) == _RUN else None
        if found:
            return spoken.origin(found[0])
    return None


def _malformed(comparison: Comparison, statement: Statement) -> Iterator[Finding]:
    text = statement.block.text
    for start, end in malformed_numbers(text[statement.start : statement.end]):
        a, b = statement.start + start, statement.start + end
        words = [w.text for w in words_of(text, a, b)]
        if (
            comparison.is_quoted(statement.paragraph, a)
            or wording(comparison.sources).written.find(words) != []
        ):
            continue
        message = f"“{text[a:b]}” is no number of French."
        yield comparison.finding("FID013", "block", message, statement, (a, b))


CHECKS = (
    Check(
        code="FID013",
        name="speech without its marks, number that fell apart",
        severity="block",
        why="A retold quotation that keeps its “nous” makes the newspaper say it; the reader no longer knows who speaks.",
        source="House rule; of seventeen wrong speakers in texts of a small model, fifteen were lost, not swapped.",
        bad=Example(
            "# Budget\n\nSelon la maire, nous tenons nos promesses envers les habitants.",
            source="« Nous tenons nos promesses envers les habitants », a dit la maire.",
        ),
        good=Example(
            "# Budget\n\nSelon la maire, la ville tient ses promesses envers les habitants.",
            source="« Nous tenons nos promesses envers les habitants », a dit la maire.",
        ),
        find=find_lost_speech,
        needs_source=True,
    ),
)
