"""SAF: is there anything in the piece that neither source nor settings gave?"""

from collections.abc import Iterator

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.model import Finding


def find_html(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for start, end in document.html:
        message = "Raw HTML: a piece is plain Markdown, so that no page runs or hides what a model wrote."
        yield Finding("SAF001", "block", message, document.place(start, end))


def find_broken_front_matter(manuscript: Manuscript) -> Iterator[Finding]:
    if error := manuscript.document.front_error:
        yield Finding("SAF002", "block", f"The front matter cannot be read: {error}.")


CHECKS = (
    Check(
        code="SAF001",
        name="raw HTML",
        severity="block",
        why="HTML in a text can run, load, hide or forge; checks and readers see something else than the page.",
        source="OWASP: improper output handling.",
        bad=Example("# Otan\n\nLe sommet <span hidden>secret</span> s’ouvre mardi."),
        good=Example("# Otan\n\nLe sommet *secret* s’ouvre mardi."),
        find=find_html,
    ),
    Check(
        code="SAF002",
        name="front matter unreadable",
        severity="block",
        why="What cannot be read cannot be checked, and marks such as `stage: working_draft` would be lost.",
        source="House rule.",
        bad=Example("---\ntitle: a: b: c\n---\n\n# Otan\n\nLe sommet s’ouvre mardi."),
        good=Example("---\ntitle: 'a: b: c'\n---\n\n# Otan\n\nLe sommet s’ouvre mardi."),
        find=find_broken_front_matter,
    ),
)
