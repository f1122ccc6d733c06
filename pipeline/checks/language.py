"""LNG: is every sentence and heading French?"""

from collections.abc import Iterator

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.model import Finding
from pipeline.text.language import is_foreign, language_of
from pipeline.text.sentences import sentences
from pipeline.text.words import count_words

# Shorter bits are too short to judge: a name, a brand, `Prudence relative`.
SHORTEST = 25
FEWEST = 40  # words; the language of less text cannot be told for sure


def find_foreign_sentence(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for block in document.shown:
        for start, end in sentences(block.text):
            sentence = block.text[start:end]
            if len(sentence) >= SHORTEST and is_foreign(sentence):
                message = "This sentence is not French."
                yield Finding("LNG001", "block", message, document.place_in(block, start, end))


def find_foreign_heading(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for heading in document.headings:
        if len(heading.text) >= SHORTEST and is_foreign(heading.text):
            message = f"The heading “{heading.text}” is not French."
            yield Finding("LNG002", "block", message, document.place_in(heading, 0, len(heading.text)))


def find_foreign_piece(manuscript: Manuscript) -> Iterator[Finding]:
    text = "\n".join(b.text for b in manuscript.document.prose)
    if count_words(text) < FEWEST:
        return
    found = language_of(text)
    if found != "fr":
        message = f"The text as a whole is not French (it reads as {found!r})."
        yield Finding("LNG004", "block", message)


def find_foreign_field(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for name in ("title", "description"):
        value = document.front.get(name)
        if isinstance(value, str) and len(value) >= SHORTEST and is_foreign(value):
            at = document.text.find(value)
            place = document.place(at, at + len(value)) if at >= 0 else None
            yield Finding("LNG003", "block", f"The {name} “{value}” is not French.", place)


CHECKS = (
    Check(
        code="LNG001",
        name="sentence not in French",
        severity="block",
        why="A model drifts into English, or copies a sentence of the source’s furniture.",
        source="The brief: be in French. Names and quotations are set aside; bits under 25 characters pass.",
        bad=Example("# Otan\n\nUn sommet.\n\n## Suite\n\nThe alliance will stand by Ukraine for years."),
        good=Example(
            "# Otan\n\nUn sommet.\n\n## Suite\n\nAvec Google Cloud et Amazon, le marché français grandit."
        ),
        find=find_foreign_sentence,
    ),
    Check(
        code="LNG002",
        name="heading not in French",
        severity="block",
        why="Headings are what readers and search engines see first.",
        source="The brief: be in French.",
        bad=Example("# Otan\n\nUn sommet.\n\n## What the leaders said in Vilnius\n\nRien."),
        good=Example("# Otan\n\nUn sommet.\n\n## Ce que les dirigeants ont dit à Vilnius\n\nRien."),
        find=find_foreign_heading,
    ),
    Check(
        code="LNG003",
        name="title or description not in French",
        severity="block",
        why="They are the piece’s face in a list of results.",
        source="The brief: be in French.",
        bad=Example("---\ntitle: What the leaders said in Vilnius\n---\n\n# Otan\n\n## Suite\n\nRien."),
        good=Example(
            "---\ntitle: Ce que les dirigeants ont dit à Vilnius\n---\n\n# Otan\n\n## Suite\n\nRien."
        ),
        find=find_foreign_field,
    ),
    Check(
        code="LNG004",
        name="piece not in French",
        severity="block",
        why="A whole text in a language nobody thought of, or in none, passes sentence by sentence.",
        source="The brief: be in French.",
        bad=Example(
            "# Otan\n\n## Suite\n\n" + "Lorem ipsum dolor sit amet, consectetur adipiscing elit. " * 8
        ),
        good=Example("# Otan\n\n## Suite\n\n" + "Le sommet s’ouvre mardi à Vilnius, la capitale. " * 8),
        find=find_foreign_piece,
    ),
)
