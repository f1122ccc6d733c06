"""SEO: how often the text speaks of the keyphrase, and where: too seldom, too often (which blocks), in one part only."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.seo.fields import FRONT, field
from pipeline.checks.seo.mentions import Mentions, Said, mentions
from pipeline.model import Finding

# Of shorter texts shares say little.
FEWEST_WORDS = 100
# A mention, synonyms included, in so many words at least. The reference pieces have one in 100 to 160.
WORDS_A_MENTION = 250
# Stuffing: the share of sentences that say the keyphrase or a synonym word for word, by its number of telling words.
# Twelve press texts, each with twenty phrases of its own, have at most .56 for a single name and .17 for two words.
STUFFED = {1: 0.75}
STUFFED_PHRASE = 0.34
FEWEST_SAID = 6
_IN_ONE_SENTENCE = 3
# Recalled is the keyphrase by half of its words. The longest stretch without is .20 to .38 of the reference pieces.
LONGEST_GAP = 0.45
_SPREAD_FROM = 300
_RECALLED = 0.5
_HABIT = "A habit of the trade, no rule of a search engine."


def find_seldom(manuscript: Manuscript) -> Iterator[Finding]:
    found = mentions(manuscript)
    if found is None or found.words < FEWEST_WORDS:
        return
    meant, least = sum(s.meant for s in found.said), max(1, found.words // WORDS_A_MENTION)
    if meant < least:
        message = (
            f"The keyphrase “{found.phrase.text}”, in any form, or a synonym of it is said {meant} times in "
            f"{found.words} words (band: {least} at least). {_HABIT} Google knows no ideal density."
        )
        yield Finding("SEO018", "warn", message)


def find_stuffing(manuscript: Manuscript) -> Iterator[Finding]:
    found = mentions(manuscript)
    if found is None:
        return
    document = manuscript.document
    most = _IN_ONE_SENTENCE + (len(found.phrase.words) == 1)
    for name in ("title", "description"):
        block = field(manuscript, name)
        if block and (times := found.verbatim_in(block.text)) >= most:
            message = f"The {name} says the keyphrase “{found.phrase.text}” {times} times."
            yield Finding("SEO019", "block", message, document.place_in(block, 0, len(block.text)))
    for said in found.said:
        if said.verbatim >= most and said.words < 20 * said.verbatim:
            message = f"One sentence says the keyphrase “{found.phrase.text}” {said.verbatim} times."
            yield Finding("SEO019", "block", message, document.place_in(said.block, said.start, said.end))
    sentences = found.sentences
    stuffed = [s for s in sentences if s.verbatim]
    limit = STUFFED.get(len(found.phrase.words), STUFFED_PHRASE)
    share = len(stuffed) / len(sentences) if sentences else 0.0
    if share > limit and found.words >= FEWEST_WORDS and len(stuffed) >= FEWEST_SAID:
        message = (
            f"{share:.0%} of the sentences say the keyphrase “{found.phrase.text}” or a synonym word for word (at "
            f"most {limit:.0%}): say it another way, or leave it out."
        )
        for said in _one_a_section(manuscript, stuffed):
            yield Finding("SEO019", "block", message, document.place_in(said.block, said.start, said.end))


def _one_a_section(manuscript: Manuscript, stuffed: Sequence[Said]) -> Iterator[Said]:
    """The first of each section that has two: every section that must change is named, none twice."""
    starts = manuscript.document.heading_starts
    by_section: dict[int, list[Said]] = {}
    for said in stuffed:
        by_section.setdefault(bisect_right(starts, said.block.start), []).append(said)
    named = [group[0] for group in by_section.values() if len(group) > 1]
    return iter(named or stuffed[:1])


def find_uneven(manuscript: Manuscript) -> Iterator[Finding]:
    found = mentions(manuscript)
    if found is None or found.words < _SPREAD_FROM:
        return
    silent = [
        name for name, count in zip(("first", "second", "last"), _thirds(found), strict=True) if not count
    ]
    start, end = longest_gap(found)
    if silent:
        message = (
            f"The {' and the '.join(silent)} third of the text recalls nothing of the keyphrase “{found.phrase.text}”: "
            f"does it still speak of it? {_HABIT}"
        )
        yield Finding("SEO020", "warn", message)
    elif end - start > LONGEST_GAP * found.words:
        share = (end - start) / found.words
        message = f"{share:.0%} of the text in a row recalls nothing of the keyphrase “{found.phrase.text}”. {_HABIT}"
        yield Finding("SEO020", "info", message)


def longest_gap(found: Mentions) -> tuple[int, int]:
    """(first, last) word of the longest stretch between two sentences that recall the keyphrase."""
    places = [0, *(s.before for s in found.said if s.share >= _RECALLED), found.words]
    return max(pairwise(places), key=lambda pair: pair[1] - pair[0])


def _thirds(found: Mentions) -> tuple[int, int, int]:
    """Sentences and headings that recall the keyphrase, in each third of the words."""
    counts = [0, 0, 0]
    for said in found.said:
        middle = said.before + said.words / 2
        counts[min(2, int(3 * middle / found.words))] += said.share >= _RECALLED
    return counts[0], counts[1], counts[2]


_FILLER = "Les ministres arrivent lundi soir, et chacun apporte ses demandes, ses réserves et ses chiffres. "
_HEAD = FRONT + "# Otan\n\n"
_SAID = "Le sommet de Vilnius s’ouvre mardi. "

CHECKS = (
    Check(
        code="SEO018",
        name="keyphrase too seldom",
        severity="warn",
        why="A text that hardly says what it is to be found by is either about something else or too allusive.",
        source="Habit of the trade; Google “does not have a notion of optimal keyword density”, but being explicit matters.",
        bad=Example(_HEAD + _FILLER * 10),
        good=Example(_HEAD + _SAID + _FILLER * 10),
        find=find_seldom,
    ),
    Check(
        code="SEO019",
        name="keyphrase stuffing",
        severity="block",
        why="A text that says one phrase again and again is written for a machine, and machines count that against it.",
        source="Google’s spam policies name keyword stuffing and give no number; the thresholds are house rules, measured "
        "on press text.",
        bad=Example(_HEAD + (_SAID + "Un sommet de Vilnius attendu. " + _FILLER) * 8),
        good=Example(_HEAD + (_SAID + _FILLER * 4) * 3),
        find=find_stuffing,
    ),
    Check(
        code="SEO020",
        name="keyphrase in one part of the text only",
        severity="warn",
        why="Where a third of a text recalls nothing of its keyphrase, it has left its subject or does not name it.",
        source="Habit of the trade. Recalled is a keyphrase by half of its words.",
        bad=Example(_HEAD + _SAID * 2 + _FILLER * 24),
        good=Example(_HEAD + (_SAID + _FILLER * 6) * 4),
        find=find_uneven,
    ),
)
