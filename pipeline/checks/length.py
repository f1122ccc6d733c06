"""LEN: is the piece as long as the brief asks?"""

from collections.abc import Iterator

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.model import Finding
from pipeline.text.fold import tokens
from pipeline.text.overlap import ngrams
from pipeline.text.sentences import sentences
from pipeline.text.stopwords import STOP_WORDS
from pipeline.text.words import count_words

# Below this share of the words asked for, a source (with its related articles) cannot carry the piece
# without padding. House rule: the five reference pieces are at most 1.8 times as long as their own source.
THIN = 0.6
# A piece this many times as long as all its material was padded, or invented.
PADDED = 2.5
# Share of five-word sequences that were said before. The five reference pieces have at most .018, the five
# working drafts .008.
REPEATED = 0.10
FEWEST = 60  # sequences; a few lines may well repeat a name
_ENDS = ".!?…:"
_LONGEST_CREDIT = 8
_AFTER_THE_END = ' \n\t\u00a0\u202f»”")]*_'


def body_words(manuscript: Manuscript) -> int:
    """The words of paragraphs, lists and quotations: no headings, tables, sources or disclosure."""
    return sum(count_words(block.text) for block in manuscript.document.prose)


def source_words(manuscript: Manuscript) -> int:
    """The words of the sources' paragraphs, related articles included."""
    if manuscript.dossier is None:
        return 0
    return sum(count_words(p.text) for d in manuscript.dossier.all for p in d.article.paragraphs)


def find_short(manuscript: Manuscript) -> Iterator[Finding]:
    words, asked = body_words(manuscript), manuscript.brief.words
    if words < asked:
        missing = asked - words
        message = f"{words} words, {asked} asked for: {missing} missing."
        yield Finding("LEN001", "block", message)


def find_thin(manuscript: Manuscript) -> Iterator[Finding]:
    asked, there, words = manuscript.brief.words, source_words(manuscript), body_words(manuscript)
    if not there:
        return
    remedy = "Give related articles (--related FOLDER) or ask for fewer words (--words N)."
    if words > there * PADDED:
        message = (
            f"The material is too thin: {words} words were made of {there} words of source. "
            f"What was added is padding, or invented. {remedy}"
        )
        yield Finding("LEN002", "block", message)
    elif words < asked and there < asked * THIN:
        message = (
            f"The material is too thin: the source holds {there} words for the {asked} asked for. {remedy}"
        )
        yield Finding("LEN002", "warn", message)


def find_cut_off(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    if not document.prose or document.prose[-1].kind != "paragraph":
        return
    last = document.prose[-1]
    text = last.text.rstrip(_AFTER_THE_END)
    if text and text[-1] not in _ENDS and _is_torn(text):
        start = max(0, len(text) - 60)
        message = "The text stops in mid-sentence: an answer was cut off."
        yield Finding("LEN003", "block", message, document.place_in(last, start, len(text)))


def find_repetition(manuscript: Manuscript) -> Iterator[Finding]:
    said = [gram for b in manuscript.document.prose for gram in ngrams([t.text for t in tokens(b.text)])]
    again = 1 - len(set(said)) / len(said) if said else 0.0
    if again > REPEATED and len(said) >= FEWEST:
        message = f"{again:.0%} of the five-word sequences are said before: the length is made by repetition."
        yield Finding("LEN004", "block", message)


def _is_torn(text: str) -> bool:
    """A last line without a full stop may be a result or a credit; a torn sentence is long, or ends on a small word."""
    fragment = text[sentences(text)[-1][0] :]
    words = tokens(fragment)
    return (
        text[-1] in ",;-–(" or len(words) > _LONGEST_CREDIT or (bool(words) and words[-1].text in STOP_WORDS)
    )


CHECKS = (
    Check(
        code="LEN001",
        name="fewer words than asked",
        severity="block",
        why="The brief sets a minimum. Only the text a reader reads counts: paragraphs, list items, quotations.",
        source="The brief (700 words unless it says otherwise). Search engines set no length.",
        bad=Example("# Otan\n\nLe sommet s’ouvre à Vilnius.", words=6),
        good=Example("# Otan\n\nLe sommet de l’Otan s’ouvre à Vilnius.", words=6),
        find=find_short,
    ),
    Check(
        code="LEN002",
        name="material too thin",
        severity="block",
        why="A short source cannot carry a long piece: what would be added is padding, or invented.",
        source="House rule; spam policies name text that adds nothing.",
        bad=Example(
            "# Otan\n\nCe sommet est un moment fort, que beaucoup attendent avec une certaine impatience.",
            source="Le sommet s’ouvre mardi.",
        ),
        good=Example("# Otan\n\nLe sommet s’ouvre.", source="Le sommet s’ouvre mardi."),
        find=find_thin,
        needs_source=True,
    ),
    Check(
        code="LEN003",
        name="text cut off",
        severity="block",
        why="A model that reaches its limit stops in mid-sentence; what is missing is the end of the story.",
        source="House rule.",
        bad=Example("# Otan\n\nLe sommet s’ouvre mardi. Les alliés y parleront de la"),
        good=Example("# Otan\n\nLe sommet s’ouvre mardi. « Nous y parlerons de tout. »"),
        find=find_cut_off,
    ),
    Check(
        code="LEN004",
        name="padded by repetition",
        severity="block",
        why="The same sentences again make words, not an article.",
        source="House rule; measured on the reference pieces.",
        bad=Example("# Otan\n\n" + "Le sommet s’ouvre mardi à Vilnius, la capitale. " * 12),
        good=Example("# Otan\n\nLe sommet s’ouvre mardi. Les alliés y parleront de l’Ukraine et du budget."),
        find=find_repetition,
    ),
)
