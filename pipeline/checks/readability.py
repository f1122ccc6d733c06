"""LIS: is the piece easy to read? Never blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.model import Finding, Place
from pipeline.text.markdown import Block, Document
from pipeline.text.readability import LONG, Measures, measures, openings_alike
from pipeline.text.syllables import COUNTER
from pipeline.text.words import count_words

# Five extracts of French press measured 45 to 62 with another counter of syllables, the finished pieces kept as a
# reference 57 to 64 with ours. A gate at 60 would reject ordinary press.
LOWEST_KANDEL_MOLES = 45.0
# Those pieces have 11 to 23 long sentences in 100.
MOST_LONG = 0.30
MOST_ALIKE = 3
LONGEST_SENTENCE = 45
# Those pieces have 2 to 15 passives and 24 to 45 transitions in 100 sentences.
MOST_PASSIVE = 0.25
FEWEST_TRANSITIONS = 0.10
LONGEST_PARAGRAPH = 150
# Shares and scores of shorter texts say little: the extracts have 149 words and more.
FEWEST_WORDS = 100
_HOUSE = "House band: nothing is wrong by itself."


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document, told from others by its text alone: what is in its blocks follows from that."""

    text: str
    document: Document = field(compare=False)


@lru_cache(maxsize=2)
def _measured(reading: _Reading) -> Measures:
    return measures(b for b in reading.document.blocks if not b.apparatus)


def measured(document: Document) -> Measures:
    return _measured(_Reading(document.text, document))


def metrics(document: Document) -> tuple[tuple[str, float], ...]:
    """The measures of a piece. The name of the first says which counter of syllables it rests on."""
    m = measured(document)
    values = (
        (f"kandel_moles_{COUNTER.replace('-', '_')}", m.kandel_moles, 1),
        ("mean_sentence_words", m.mean_sentence, 1),
        ("long_sentence_share", m.long_share, 3),
        ("passive_share", m.passive_share, 3),
        ("transition_share", m.transition_share, 3),
        ("mean_paragraph_words", m.mean_paragraph, 1),
        ("repeated_openings", float(len(openings_alike(m.sentences, MOST_ALIKE))), 0),
    )
    return tuple((name, round(value, digits)) for name, value, digits in values)


def find_hard(manuscript: Manuscript) -> Iterator[Finding]:
    m = measured(manuscript.document)
    if m.words >= FEWEST_WORDS and m.kandel_moles < LOWEST_KANDEL_MOLES:
        message = (
            f"Kandel-Moles {m.kandel_moles:.1f} (syllables by {COUNTER}), under {LOWEST_KANDEL_MOLES:.0f}: shorter "
            f"sentences or shorter words would help. {_HOUSE}"
        )
        yield Finding("LIS001", "warn", message)


def find_many_long(manuscript: Manuscript) -> Iterator[Finding]:
    m = measured(manuscript.document)
    if m.words >= FEWEST_WORDS and m.long_share > MOST_LONG:
        longest = max(m.sentences, key=lambda s: s.words)
        message = (
            f"{m.long_share:.0%} of the sentences have more than {LONG} words (band: {MOST_LONG:.0%}); the longest, "
            f"here, has {longest.words}. {_HOUSE}"
        )
        place = manuscript.document.place_in(longest.block, longest.start, longest.end)
        yield Finding("LIS002", "warn", message, place)


def find_openings_alike(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for run in openings_alike(measured(document).sentences, MOST_ALIKE):
        last = run[-1]
        message = (
            f"{len(run)} sentences in a row open with “{last.opening}” (band: {MOST_ALIKE - 1}). {_HOUSE}"
        )
        yield Finding("LIS003", "warn", message, document.place_in(last.block, *last.opens))


def find_very_long(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for s in measured(document).sentences:
        if s.words > LONGEST_SENTENCE:
            message = f"A sentence of {s.words} words (band: {LONGEST_SENTENCE}). {_HOUSE}"
            yield Finding("LIS004", "info", message, document.place_in(s.block, s.start, s.end))


def find_many_passives(manuscript: Manuscript) -> Iterator[Finding]:
    m = measured(manuscript.document)
    if m.words >= FEWEST_WORDS and m.passive_share > MOST_PASSIVE:
        message = f"{m.passive_share:.0%} of the sentences are passive (band: {MOST_PASSIVE:.0%}). {_HOUSE}"
        yield Finding("LIS005", "info", message)


def find_few_transitions(manuscript: Manuscript) -> Iterator[Finding]:
    m = measured(manuscript.document)
    if m.words >= FEWEST_WORDS and m.transition_share < FEWEST_TRANSITIONS:
        message = (
            f"{m.transition_share:.0%} of the sentences hold a transition word (band: {FEWEST_TRANSITIONS:.0%} at "
            f"least). {_HOUSE}"
        )
        yield Finding("LIS006", "info", message)


def find_long_paragraph(manuscript: Manuscript) -> Iterator[Finding]:
    for block in manuscript.document.prose:
        may_be_long = block.kind == "paragraph" and len(block.text) > 2 * LONGEST_PARAGRAPH
        if may_be_long and (words := count_words(block.text)) > LONGEST_PARAGRAPH:
            message = f"A paragraph of {words} words (band: {LONGEST_PARAGRAPH}). {_HOUSE}"
            yield Finding("LIS007", "info", message, _whole(manuscript.document, block))


def _whole(document: Document, block: Block) -> Place:
    return document.place_in(block, 0, len(block.text))


_EASY = (
    "# Otan\n\nLe sommet s’ouvre mardi à Vilnius. Trente-deux pays y prennent part. Mais la Suède attend encore. "
    "Son dossier avance, toutefois, plus vite que prévu."
)


def _long_enough(*sentences: str) -> str:
    """A piece that repeats sentences until shares mean something."""
    return "# Otan\n\n" + " ".join(sentences * (FEWEST_WORDS // 4))


CHECKS = (
    Check(
        code="LIS001",
        name="hard to read",
        severity="warn",
        why="Long sentences made of long words lose readers on a screen.",
        source="Kandel and Moles (1958): 207 − 1.015 × words/sentences − 73.6 × syllables/words. The band is ours.",
        bad=Example(
            _long_enough(
                "L’internationalisation institutionnelle complexifie considérablement l’interopérabilité "
                "opérationnelle."
            )
        ),
        good=Example(_long_enough("Le sommet s’ouvre mardi.", "Trente pays y prennent part.")),
        find=find_hard,
    ),
    Check(
        code="LIS002",
        name="many long sentences",
        severity="warn",
        why=f"A sentence of more than {LONG} words asks to be held in mind; one after the other tires.",
        source="House band: French press extracts have sentences of 20 to 30 words on average.",
        bad=Example(
            _long_enough(
                "Le sommet, qui s’ouvre mardi à Vilnius sous une forte garde, doit dire si la Suède, dont le "
                "dossier attend depuis un an à Ankara, peut enfin entrer dans l’alliance."
            )
        ),
        good=Example(_long_enough("Le sommet s’ouvre mardi à Vilnius.", "La Suède y attend une réponse.")),
        find=find_many_long,
    ),
    Check(
        code="LIS003",
        name="sentences open alike",
        severity="warn",
        why="Three sentences in a row with the same first word read like a list; machine text has this tic.",
        source="House rule, as most editors and style checkers have it; rhetoric does it on purpose.",
        bad=Example("# Otan\n\nIl arrive mardi. Il parle mercredi. Il repart jeudi."),
        good=Example(_EASY),
        find=find_openings_alike,
    ),
    Check(
        code="LIS004",
        name="very long sentence",
        severity="info",
        why="It may be cut in two without loss.",
        source="House band.",
        bad=Example("# Otan\n\nLe sommet traite " + "de la Suède et " * 15 + "de l’Ukraine."),
        good=Example(_EASY),
        find=find_very_long,
    ),
    Check(
        code="LIS005",
        name="many passive sentences",
        severity="info",
        why="The passive hides who acts; a reader of news wants to know.",
        source="House band, measured on five finished pieces: 2 to 15 in 100 sentences.",
        bad=Example(_long_enough("Le sommet a été ouvert mardi.", "Les invités seront reçus ensuite.")),
        good=Example(_long_enough("Le sommet a ouvert mardi.", "Vilnius reçoit les invités ensuite.")),
        find=find_many_passives,
    ),
    Check(
        code="LIS006",
        name="few transition words",
        severity="info",
        why="Words such as “mais”, “ainsi” or “en revanche” say how two sentences belong together.",
        source="House band, measured on five finished pieces: 24 to 45 in 100 sentences.",
        bad=Example(_long_enough("Le sommet s’ouvre mardi.", "La Suède attend.")),
        good=Example(_long_enough("Le sommet s’ouvre mardi.", "La Suède, elle, attend pourtant.")),
        find=find_few_transitions,
    ),
    Check(
        code="LIS007",
        name="very long paragraph",
        severity="info",
        why="On a telephone it fills more than a screen.",
        source="House band.",
        bad=Example("# Otan\n\n" + "Le sommet s’ouvre mardi à Vilnius, en Lituanie. " * 20),
        good=Example(_EASY),
        find=find_long_paragraph,
    ),
)
