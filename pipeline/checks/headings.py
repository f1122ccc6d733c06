"""HEA: does the skeleton of headings hold?"""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.model import Finding
from pipeline.text.fold import tokens
from pipeline.text.markdown import Block
from pipeline.text.words import count_words

# Yoast's band, and a habit of web editors: a reader who scans finds no hold in a longer stretch.
LONGEST_SECTION = 300
_HASHES = re.compile(r" {0,3}(#{1,6})")


def find_no_subheading(manuscript: Manuscript) -> Iterator[Finding]:
    if not any(h.level == 2 for h in manuscript.document.headings):
        yield Finding("HEA001", "block", "No second-level heading (##): the piece has no subheadings.")


def find_title_count(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    titles = [h for h in document.headings if h.level == 1]
    if not titles:
        yield Finding("HEA002", "block", "No title (# …) in the body: a piece has exactly one.")
    elif document.headings[0].level != 1:
        title = titles[0]
        place = document.place_in(title, 0, len(title.text))
        yield Finding("HEA002", "block", f"The title “{title.text}” does not come first.", place)
    for extra in titles[1:]:
        start, end, hashes = _marks(manuscript, extra)
        yield Finding(
            "HEA002",
            "block",
            f"A second title: “{extra.text}”. A piece has exactly one.",
            document.place(start, end),
            fix="##" if hashes else None,
        )


def find_skipped_level(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for above, heading in pairwise(document.headings):
        if heading.level > above.level + 1:
            start, end, hashes = _marks(manuscript, heading)
            yield Finding(
                "HEA003",
                "block",
                f"“{heading.text}” is a level-{heading.level} heading right under a level-{above.level} one.",
                document.place(start, end),
                fix="#" * (above.level + 1) if hashes else None,
            )


def find_empty_section(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    blocks = [b for b in document.blocks if not b.apparatus]
    headings = [i for i, b in enumerate(blocks) if b.kind == "heading"]
    for here, after in pairwise([*headings, len(blocks)]):
        heading = blocks[here]
        content = any(count_words(b.text) for b in blocks[here + 1 : after] if b.kind != "html")
        goes_deeper = after < len(blocks) and blocks[after].level > heading.level
        if not content and not goes_deeper:
            message = f"Nothing stands under “{heading.text}”."
            yield Finding("HEA004", "block", message, document.place_in(heading, 0, len(heading.text)))


def find_alike(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    seen: dict[tuple[str, ...], Block] = {}
    for heading in document.headings:
        key = tuple(t.text for t in tokens(heading.text))
        if key in seen:
            message = f"“{heading.text}” says the same as an earlier heading."
            yield Finding("HEA005", "block", message, document.place_in(heading, 0, len(heading.text)))
        elif key:
            seen[key] = heading


def find_long_section(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for section in document.sections():
        words = sum(count_words(b.text) for b in section.blocks if b.kind in ("paragraph", "item", "quote"))
        if words > LONGEST_SECTION and section.blocks:
            anchor = section.heading or section.blocks[0]
            message = f"{words} words without a heading (more than {LONGEST_SECTION})."
            yield Finding("HEA006", "warn", message, document.place_in(anchor, 0, len(anchor.text)))


def _marks(manuscript: Manuscript, heading: Block) -> tuple[int, int, bool]:
    """The place of a heading's `##`; of its text where it is underlined instead, which no fix can mend."""
    match = _HASHES.match(manuscript.document.text, heading.start, heading.end)
    if match:
        return match.start(1), match.end(1), True
    start, end = heading.span(0, len(heading.text))
    return start, end, False


_WELL_MADE = (
    "# Otan\n\nUn sommet.\n\n## Le calendrier\n\nIl s’ouvre mardi.\n\n### Les invités\n\nIls sont 32."
)

CHECKS = (
    Check(
        code="HEA001",
        name="no subheadings",
        severity="block",
        why="The brief asks for subheadings; readers who scan, screen readers and search engines use them.",
        source="The brief; WCAG 2.4.10.",
        bad=Example("# Otan\n\nLe sommet s’ouvre mardi."),
        good=Example(_WELL_MADE),
        find=find_no_subheading,
    ),
    Check(
        code="HEA002",
        name="not exactly one title",
        severity="block",
        why="One H1 says what the page is about; two leave it open, none leaves it unsaid.",
        source="Accessibility practice (W3C tutorials); publishing systems expect one.",
        bad=Example("# Otan\n\nUn sommet.\n\n# Vilnius\n\nUne ville.\n\n## La suite\n\nMardi."),
        good=Example(_WELL_MADE),
        find=find_title_count,
    ),
    Check(
        code="HEA003",
        name="skipped heading level",
        severity="block",
        why="A reader who moves by headings takes a jump from level 2 to 4 for a missing part.",
        source="WCAG technique G141. Search engines do not mind.",
        bad=Example("# Otan\n\nUn sommet.\n\n## Le calendrier\n\nMardi.\n\n#### Les invités\n\nIls sont 32."),
        good=Example(_WELL_MADE),
        find=find_skipped_level,
    ),
    Check(
        code="HEA004",
        name="empty section",
        severity="block",
        why="A heading promises text; a cut answer or a lost repair leaves it alone.",
        source="House rule.",
        bad=Example("# Otan\n\nUn sommet.\n\n## Le calendrier\n\n## Les invités\n\nIls sont 32."),
        good=Example(_WELL_MADE),
        find=find_empty_section,
    ),
    Check(
        code="HEA005",
        name="two headings alike",
        severity="block",
        why="Two sections of the same name cannot be told apart in a table of contents.",
        source="WCAG 2.4.6; house rule.",
        bad=Example("# Otan\n\nUn sommet.\n\n## L’essentiel\n\nMardi.\n\n## L’Essentiel !\n\nIls sont 32."),
        good=Example(_WELL_MADE),
        find=find_alike,
    ),
    Check(
        code="HEA006",
        name="long stretch without a heading",
        severity="warn",
        why="Beyond 300 words a reader who scans finds no hold.",
        source="Yoast’s band, a habit of web editors and no rule of a search engine.",
        bad=Example("# Otan\n\nUn sommet.\n\n## Le calendrier\n\n" + "Il s’ouvre mardi à Vilnius. " * 61),
        good=Example(_WELL_MADE),
        find=find_long_section,
    ),
)
