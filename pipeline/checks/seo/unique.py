"""SEO: title, description and keyphrase that no other piece of the same desk has."""

from collections.abc import Iterator

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.seo.fields import FRONT, field
from pipeline.model import Finding

_SHOWN = 3


def find_shared_lines(manuscript: Manuscript) -> Iterator[Finding]:
    """Title and description."""
    for name in ("title", "description"):
        if others := _others(manuscript, name):
            message = f"The {name} is also that of {others}: each page has its own."
            yield from _finding(manuscript, "SEO022", name, message)


def find_shared_keyphrase(manuscript: Manuscript) -> Iterator[Finding]:
    if others := _others(manuscript, "keyphrase"):
        message = f"The keyphrase is also that of {others}: the pages compete for the same searches."
        yield from _finding(manuscript, "SEO023", "keyphrase", message)


def _others(manuscript: Manuscript, name: str) -> str:
    """The pieces that have the same, in words; empty where there is none."""
    block, neighbours = field(manuscript, name), manuscript.desk.neighbours
    slugs = neighbours.sharing(name, block.text) if block and neighbours else ()
    told = ", ".join(slugs[:_SHOWN])
    return f"{told} and {len(slugs) - _SHOWN} more" if len(slugs) > _SHOWN else told


def _finding(manuscript: Manuscript, code: str, name: str, message: str) -> Iterator[Finding]:
    block = field(manuscript, name)
    if block:
        yield Finding(code, "warn", message, manuscript.document.place_in(block, 0, len(block.text)))


_PIECE = FRONT + "# Otan\n\nUn sommet.\n"
_OTHER = "title: Autre titre\ndescription: Autre description.\nkeyphrase: grève des trains\n"

CHECKS = (
    Check(
        code="SEO022",
        name="title or description of another piece",
        severity="warn",
        why="Two results that read alike cannot be told apart, and one of them is often left out.",
        source="Google’s advice: titles and descriptions are each page’s own.",
        bad=Example(_PIECE, neighbour=FRONT),
        good=Example(_PIECE, neighbour=f"---\n{_OTHER}---\n"),
        find=find_shared_lines,
    ),
    Check(
        code="SEO023",
        name="keyphrase of another piece",
        severity="warn",
        why="Two pages for one search share its readers and its links; one that is kept up to date serves better.",
        source="Habit of the trade (“cannibalisation”), no rule of a search engine. Word forms and order do not tell apart.",
        bad=Example(_PIECE, neighbour=FRONT),
        good=Example(_PIECE, neighbour=f"---\n{_OTHER}---\n"),
        find=find_shared_keyphrase,
    ),
)
