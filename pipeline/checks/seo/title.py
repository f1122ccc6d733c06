"""SEO: the page title: as wide as a page of results shows, about the keyphrase, and not the headline again."""

from collections.abc import Iterator

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.seo.fields import FRONT, field, headline
from pipeline.checks.seo.mentions import mentions
from pipeline.model import Finding
from pipeline.text.fold import tokens
from pipeline.text.glyphs import width

# What desktop results are seen to show before they cut (580 to 600 px in Arial at 20 px); a title under half of the
# usual fifty characters leaves room unused.
WIDEST = 600.0
NARROWEST = 220.0
# The share of the title that may stand before the keyphrase begins.
_NEAR = 0.5
_HABIT = "A habit of the trade, no rule of a search engine."


def find_width(manuscript: Manuscript) -> Iterator[Finding]:
    title = field(manuscript, "title")
    if title is None:
        return
    pixels = width(title.text)
    place = manuscript.document.place_in(title, 0, len(title.text))
    if pixels > WIDEST:
        message = (
            f"The title is {pixels:.0f} pixels wide; results show about {WIDEST:.0f} on a desktop, so that its end is "
            f"cut. {_HABIT}"
        )
        yield Finding("SEO005", "warn", message, place)
    elif pixels < NARROWEST:
        message = f"The title is {pixels:.0f} pixels wide, of about {WIDEST:.0f} that are shown. {_HABIT}"
        yield Finding("SEO005", "info", message, place)


def find_keyphrase_in_title(manuscript: Manuscript) -> Iterator[Finding]:
    title, found = field(manuscript, "title"), mentions(manuscript)
    if title is None or found is None:
        return
    place = manuscript.document.place_in(title, 0, len(title.text))
    heard = found.ear.hear(title.text)
    if not found.phrase.among(heard):
        missing = [
            w for w, stem in zip(found.phrase.words, found.phrase.stems, strict=True) if stem not in heard
        ]
        message = f"The title lacks {', '.join(missing)} of the keyphrase “{found.phrase.text}”. {_HABIT}"
        yield Finding("SEO006", "warn", message, place)
        return
    before = next(i for i, each in enumerate(heard) if each in found.phrase.stems) / len(heard)
    if before > _NEAR:
        message = f"The keyphrase “{found.phrase.text}” comes late in the title. {_HABIT}"
        yield Finding("SEO006", "info", message, place)


def find_copied_headline(manuscript: Manuscript) -> Iterator[Finding]:
    title, h1 = field(manuscript, "title"), headline(manuscript.document)
    if title is None or h1 is None:
        return
    if [t.text for t in tokens(title.text)] == [t.text for t in tokens(h1.text)]:
        message = (
            "The title is the headline again: two chances to be found for two wordings, and one is not taken."
        )
        place = manuscript.document.place_in(title, 0, len(title.text))
        yield Finding("SEO007", "warn", message, place)


def _with_title(title: str, body: str = "# Otan\n\nUn sommet.\n") -> Example:
    return Example(FRONT.replace("Le sommet de Vilnius ouvre sans accord", title) + body)


_GOOD = Example(FRONT + "# Otan : les alliés divisés à Vilnius\n\nUn sommet.\n")

CHECKS = (
    Check(
        code="SEO005",
        name="title width",
        severity="warn",
        why="Results cut a title where the line is full, often before what makes one click. Letters differ: pixels count.",
        source="Google sets no length and cuts to the device; 600 pixels is what the trade measures on desktops.",
        bad=_with_title(
            "Le sommet de Vilnius s’ouvre mardi sans que les alliés soient d’accord sur une adhésion de l’Ukraine"
        ),
        good=_GOOD,
        find=find_width,
    ),
    Check(
        code="SEO006",
        name="keyphrase in the title",
        severity="warn",
        why="Readers look in the title, from its beginning, for the words they searched.",
        source="Habit of the trade; Google only asks for descriptive, concise titles.",
        bad=_with_title("Les alliés ouvrent une réunion sans accord"),
        good=_GOOD,
        find=find_keyphrase_in_title,
    ),
    Check(
        code="SEO007",
        name="title that copies the headline",
        severity="warn",
        why="The headline speaks to who is on the page, the title to who is not yet: one wording seldom serves both.",
        source="House rule; to Google the headline is another input for the link, and the same words are no fault.",
        bad=_with_title(
            "Le sommet de Vilnius sans accord", "# Le sommet de Vilnius sans accord\n\nUn sommet.\n"
        ),
        good=_GOOD,
        find=find_copied_headline,
    ),
)
