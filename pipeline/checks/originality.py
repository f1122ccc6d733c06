"""ORI: is the text the writer's own? Quotations are set aside: they must be word for word.

Thresholds: measured on faithful rewrites (content runs 2 to 5, containment .02 to .13) and on copies with
one sentence lifted (6 to 18, .10 to .20); see docs/architecture.md, "Originality".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.model import Evidence, Finding, Severity
from pipeline.text.fold import Token, tokens
from pipeline.text.markdown import Block
from pipeline.text.overlap import Index, content_words, narration, ngrams

CONTENT_RUN = {"block": 8, "warn": 6}
WORD_RUN = {"block": 20, "warn": 17}
CONTAINMENT = {"block": 0.25, "warn": 0.15}


@dataclass(frozen=True, slots=True)
class Shared:
    """A stretch of the piece that stands in a source."""

    block: Block
    tokens: tuple[Token, ...]
    content: int
    evidence: Evidence


@lru_cache(maxsize=2)
def shared_stretches(manuscript: Manuscript) -> tuple[Shared, ...]:
    """Every run of four words or more that the piece's narration shares with a source paragraph."""
    evidence = [
        Evidence(f"S{n}", p.id, p.text)
        for n, dossier in enumerate(manuscript.dossier.all if manuscript.dossier else (), start=1)
        for p in dossier.article.paragraphs
    ]
    index = Index.of(e.text for e in evidence)
    found = []
    for block, stretch in _narration(manuscript):
        for run in index.runs([t.text for t in stretch]):
            same = tuple(stretch[run.start : run.end])
            found.append(Shared(block, same, content_words(same, block.text), evidence[run.paragraph]))
    return tuple(found)


@lru_cache(maxsize=2)
def containment(manuscript: Manuscript) -> float:
    """The share of the narration's 5-grams that a source holds too."""
    dossiers = manuscript.dossier.all if manuscript.dossier else ()
    texts = (p.text for d in dossiers for p in d.article.paragraphs)
    known = {gram for text in texts for gram in ngrams([t.text for t in tokens(text)])}
    own = [gram for _, stretch in _narration(manuscript) for gram in ngrams([t.text for t in stretch])]
    return sum(gram in known for gram in own) / len(own) if own else 0.0


@lru_cache(maxsize=2)
def _narration(manuscript: Manuscript) -> tuple[tuple[Block, list[Token]], ...]:
    """The running text outside quotations, a stretch at a time."""
    return tuple((b, stretch) for b in manuscript.document.shown for stretch in narration(b.text))


def find_copied_run(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    told: set[tuple[int, int]] = set()
    for shared in sorted(shared_stretches(manuscript), key=lambda s: -len(s.tokens)):
        severity = _severity(shared)
        place = document.place_in(shared.block, shared.tokens[0].start, shared.tokens[-1].end)
        if severity is None or any(a < place.end and place.start < b for a, b in told):
            continue
        told.add((place.start, place.end))
        message = (
            f"{len(shared.tokens)} words in a row ({shared.content} content words) stand in "
            f"{shared.evidence.source} {shared.evidence.paragraph}: tell it in other words, or quote it."
        )
        yield Finding("ORI001", severity, message, place, (shared.evidence,))


def _severity(shared: Shared) -> Severity | None:
    for severity in ("block", "warn"):
        if shared.content >= CONTENT_RUN[severity] or len(shared.tokens) >= WORD_RUN[severity]:
            return severity
    return None


def find_containment(manuscript: Manuscript) -> Iterator[Finding]:
    share = containment(manuscript)
    for severity in ("block", "warn"):
        if share > CONTAINMENT[severity]:
            message = f"{share:.0%} of the text's five-word sequences stand in the sources."
            yield Finding("ORI002", severity, message)
            return


def find_working_draft(manuscript: Manuscript) -> Iterator[Finding]:
    if manuscript.document.front.get("stage") == "working_draft":
        message = (
            "A working draft: an editor's material, arranged from the source and not yet written. "
            "Write the running text, then take the line “stage: working_draft” out of the front matter."
        )
        yield Finding("ORI003", "block", message)


_SOURCE = (
    "Le maire a promis jeudi devant une salle comble que la vieille piscine rouvrirait avant la fin du printemps "
    "grâce à un emprunt voté par le conseil."
)

CHECKS = (
    Check(
        code="ORI001",
        name="copied wording",
        severity="block",
        why="A sentence of the source outside quotation marks is a copy: a right infringed, a page demoted.",
        source="Spam policies on scraping; measured thresholds: 8 content words or 20 words block.",
        bad=Example(
            "# La piscine\n\nOn apprend que la vieille piscine rouvrirait avant la fin du printemps grâce à un "
            "emprunt voté par le conseil.",
            source=_SOURCE,
        ),
        good=Example(
            "# La piscine\n\nUn emprunt des élus doit rendre le bassin aux nageurs dès la belle saison, assure "
            "la mairie.",
            source=_SOURCE,
        ),
        find=find_copied_run,
        needs_source=True,
    ),
    Check(
        code="ORI002",
        name="too much shared wording",
        severity="block",
        why="Many short borrowings make a patchwork even where no single one is long.",
        source="Measured: faithful rewrites share 2 to 13 % of their five-word sequences with the source.",
        bad=Example("# La piscine\n\n" + _SOURCE, source=_SOURCE),
        good=Example(
            "# La piscine\n\nUn emprunt des élus doit rendre le bassin aux nageurs dès la belle saison.",
            source=_SOURCE,
        ),
        find=find_containment,
        needs_source=True,
    ),
    Check(
        code="ORI003",
        name="working draft",
        severity="block",
        why="The offline writer arranges what the source holds; it does not write. An editor or a model must.",
        source="House rule.",
        bad=Example("---\nstage: working_draft\n---\n\n# La piscine\n\nUne note."),
        good=Example("# La piscine\n\nUne note."),
        find=find_working_draft,
    ),
)
