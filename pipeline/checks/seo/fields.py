"""SEO: what a page of results shows and a site asks for: title, description, slug, keyphrase. None may be missing."""

from collections.abc import Callable, Iterator

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.model import Finding
from pipeline.text.front import front_block
from pipeline.text.markdown import Block, Document

FRONT = (
    "---\ntitle: Le sommet de Vilnius ouvre sans accord\n"
    "description: Qui vient, de quoi l’on parle et ce qui divise encore les alliés, le sommet de Vilnius en détail "
    "avant la première séance de mardi.\n"
    "slug: sommet-vilnius\nkeyphrase: sommet de Vilnius\n---\n\n"
)
"""A front matter without fault, for the examples."""


def field(manuscript: Manuscript, name: str) -> Block | None:
    """A field of the front matter; None where it is missing, empty or no text."""
    return front_block(manuscript.document, name)


def headline(document: Document) -> Block | None:
    return next((h for h in document.headings if h.level == 1), None)


def keyphrase_of(manuscript: Manuscript) -> str | None:
    """The piece's own keyphrase, else the one that was asked for."""
    block = field(manuscript, "keyphrase")
    return block.text.strip() if block else manuscript.brief.keyphrase


def without(name: str) -> str:
    """The faultless front matter without one field."""
    return "".join(line for line in FRONT.splitlines(keepends=True) if not line.startswith(name))


def _find_missing(name: str, code: str) -> Callable[[Manuscript], Iterator[Finding]]:
    def find(manuscript: Manuscript) -> Iterator[Finding]:
        document = manuscript.document
        if not document.front:
            # Broken front matter is SAF's; without any, the piece may be set in a publishing system of its own.
            if name == "title" and document.front_error is None:
                message = (
                    "No front matter: title, description, slug and keyphrase are not checked. To have them checked, "
                    "put them between two lines --- at the top of the file."
                )
                yield Finding(code, "info", message)
        elif field(manuscript, name) is None and not (name == "keyphrase" and manuscript.brief.keyphrase):
            yield Finding(code, "block", f"The front matter has no {name}.")

    return find


_BODY = "# Otan\n\nUn sommet.\n"
_WHY = {
    "title": "Search engines link a page by its title; without one they take what they find.",
    "description": "Without a description the line under the link is whatever the engine cuts from the text.",
    "slug": "The address of a page is chosen once: a reader and an engine see it, and links are made to it.",
    "keyphrase": "Without it nobody has said what readers should find the piece by, and nothing can be checked.",
}
_SOURCE = {
    "title": "Google’s advice on title links: every page has a title of its own. Bing says that one without counts less in its answers.",
    "description": "Google and Bing advise one of each page’s own; it is no obligation, the block is a house rule.",
    "slug": "House rule: our folders and addresses are made of it. Search engines only ask for a readable address.",
    "keyphrase": "House rule, as in the SEO plug-ins that editors know; no search engine reads such a field.",
}

CHECKS = tuple(
    Check(
        code=code,
        name=f"no {name}",
        severity="block",
        why=_WHY[name],
        source=_SOURCE[name],
        bad=Example(without(name) + _BODY),
        good=Example(FRONT + _BODY),
        find=_find_missing(name, code),
    )
    for code, name in (
        ("SEO001", "title"),
        ("SEO002", "description"),
        ("SEO003", "slug"),
        ("SEO004", "keyphrase"),
    )
)
