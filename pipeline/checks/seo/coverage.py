"""SEO: does the piece take up what its sources speak of most? A measure against them alone, no search engine's score."""

from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.seo.fields import FRONT
from pipeline.model import Finding
from pipeline.text.prominent import Term, coverage, prominent
from pipeline.text.translated import foreign

# The reference pieces have .77 to .92; a piece about one aspect of its source may well have less.
LEAST = 0.50
_STRONGEST = 8
_NAMED = 6


@lru_cache(maxsize=2)
def covered(manuscript: Manuscript) -> tuple[float, tuple[Term, ...], int] | None:
    """(share taken up, the strongest terms left out, articles compared); None without a source that says any twice."""
    if manuscript.dossier is None or foreign(manuscript.dossier):
        return None  # words of two languages cannot be counted against each other
    articles = tuple("\n".join(p.text for p in d.article.passages) for d in manuscript.dossier.all)
    terms = prominent(articles)
    if not terms:
        return None
    blocks = (b for b in manuscript.document.blocks if not b.apparatus and b.kind != "html")
    share, left_out = coverage(terms, (b.text for b in blocks))
    return share, tuple(t for t in terms[:_STRONGEST] if t in left_out), len(articles)


def find_left_out(manuscript: Manuscript) -> Iterator[Finding]:
    found = covered(manuscript)
    if found is None:
        return
    share, left_out, articles = found
    against = "vs source only" if articles == 1 else f"vs the source and {articles - 1} related"
    words = ", ".join(f"“{t.word}”" for t in left_out[:_NAMED])
    if share < LEAST:
        told = f" Never said: {words}." if words else ""
        message = f"The piece takes up {share:.0%} of what its source speaks of most ({against}).{told}"
        yield Finding("SEO021", "warn", message)
    elif left_out:
        message = f"The source often says {words}; the piece never does ({against})."
        yield Finding("SEO021", "info", message)


_SOURCE = (
    "Le sommet de Vilnius parle des munitions. Les munitions manquent à Vilnius. Le sommet veut des munitions. "
    "La Suède suit le sommet, et la Suède attend."
)

CHECKS = (
    Check(
        code="SEO021",
        name="prominent terms left out",
        severity="warn",
        why="What a source says again and again is what its readers look for; a piece may leave it out, but on purpose.",
        source="House rule. BM25 weights against the source and the related articles: no measure of what a search engine "
        "ranks, which nobody can take without its results.",
        bad=Example(FRONT + "# Otan\n\nLes alliés se retrouvent mardi en Lituanie.\n", source=_SOURCE),
        good=Example(
            FRONT + "# Otan\n\nLe sommet de Vilnius s’ouvre : les munitions manquent et la Suède attend.\n",
            source=_SOURCE,
        ),
        find=find_left_out,
        needs_source=True,
    ),
)
