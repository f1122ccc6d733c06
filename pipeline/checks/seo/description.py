"""SEO: the description: long enough to say something, whole, one sentence, not a copy, about the keyphrase."""

from collections.abc import Iterator

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.seo.fields import FRONT, field, headline
from pipeline.checks.seo.mentions import mentions
from pipeline.model import Finding
from pipeline.text.fold import tokens
from pipeline.text.sentences import sentences

# Characters. Engines show more or less; between those a line or two is filled and nothing is cut.
SHORTEST, LONGEST = 121, 156
_ENDS = '.!?»”")'
_HABIT = "A habit of the trade, no rule of a search engine."


def find_length(manuscript: Manuscript) -> Iterator[Finding]:
    description = field(manuscript, "description")
    if description is None or SHORTEST <= len(description.text) <= LONGEST:
        return
    message = (
        f"The description has {len(description.text)} characters (band: {SHORTEST} to {LONGEST}). {_HABIT}"
    )
    place = manuscript.document.place_in(description, 0, len(description.text))
    yield Finding("SEO008", "warn", message, place)


def find_not_one_sentence(manuscript: Manuscript) -> Iterator[Finding]:
    description = field(manuscript, "description")
    if description is None:
        return
    text = description.text.rstrip()
    place = manuscript.document.place_in(description, 0, len(text))
    if text.endswith(("…", "...")) or text[-1] not in _ENDS:
        yield Finding("SEO009", "warn", "The description is cut: it does not end like a sentence.", place)
    elif (count := len(sentences(text))) > 1:
        message = f"The description has {count} sentences; one makes one click. {_HABIT}"
        yield Finding("SEO009", "info", message, place)


def find_copy(manuscript: Manuscript) -> Iterator[Finding]:
    """Of the title, the headline, or the first sentence of the text."""
    description, document = field(manuscript, "description"), manuscript.document
    if description is None:
        return
    told = _words(description.text)
    lede = next((b.text for b in document.prose if b.kind == "paragraph"), "")
    first = next((lede[a:b] for a, b in sentences(lede[:2000])), "")
    others = {"title": field(manuscript, "title"), "headline": headline(document)}
    copies = [name for name, block in others.items() if block and _words(block.text) == told]
    if first and (_words(first) == told or _starts(_words(lede[:2000]), told)):
        copies.append("first sentence of the text")
    if copies:
        message = (
            f"The description is the {copies[0]} again; engines take their lines from the text by themselves."
        )
        yield Finding("SEO010", "warn", message, document.place_in(description, 0, len(description.text)))


def find_keyphrase_in_description(manuscript: Manuscript) -> Iterator[Finding]:
    description, found = field(manuscript, "description"), mentions(manuscript)
    if description is None or found is None or found.meant_in(description.text):
        return
    message = (
        f"The description says neither the keyphrase “{found.phrase.text}” nor a synonym of it; results print the "
        f"searched words in bold. {_HABIT}"
    )
    place = manuscript.document.place_in(description, 0, len(description.text))
    yield Finding("SEO011", "warn", message, place)


def _words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def _starts(text: list[str], told: list[str]) -> bool:
    """A beginning of the lede, long enough to be no chance."""
    return len(told) > 8 and text[: len(told)] == told


def _with(description: str, body: str = "# Otan\n\nUn sommet.\n") -> Example:
    head, _, rest = FRONT.partition("description: ")
    return Example(f"{head}description: {description}\n{rest[rest.index('slug: ') :]}{body}")


_GOOD = Example(FRONT + "# Otan\n\nUn sommet s’ouvre mardi.\n")

CHECKS = (
    Check(
        code="SEO008",
        name="description length",
        severity="warn",
        why="A short description leaves its line half empty, a long one loses its end.",
        source="Habit of the trade (121 to 156 characters); Google states that it sets no limit.",
        bad=_with("Le sommet de Vilnius en bref."),
        good=_GOOD,
        find=find_length,
    ),
    Check(
        code="SEO009",
        name="description that is not one whole sentence",
        severity="warn",
        why="A cut description reads as one that nobody looked at; several sentences make no single reason to click.",
        source="House rule; Google asks for descriptions that people can read.",
        bad=_with(
            "Au sommet de Vilnius, les alliés parleront de l’Ukraine, du budget commun et de la place que la Suède "
            "pourrait bientôt…"
        ),
        good=_GOOD,
        find=find_not_one_sentence,
    ),
    Check(
        code="SEO010",
        name="description that copies",
        severity="warn",
        why="A description that says the title or the first sentence again tells the reader nothing new.",
        source="Google: descriptions are each page’s own, and lines are mostly made from the text itself.",
        bad=_with("Un sommet s’ouvre mardi.", "# Otan\n\nUn sommet s’ouvre mardi.\n"),
        good=_GOOD,
        find=find_copy,
    ),
    Check(
        code="SEO011",
        name="keyphrase in the description",
        severity="warn",
        why="The words a reader searched are printed in bold where the description has them.",
        source="Habit of the trade; Google does not rank by descriptions.",
        bad=_with("Les alliés ouvrent mardi une réunion attendue."),
        good=_GOOD,
        find=find_keyphrase_in_description,
    ),
)
