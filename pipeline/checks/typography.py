"""TYP: is the text set as French printers set it?"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.model import Finding
from pipeline.text.quotes import quotations
from pipeline.text.typography import Edit, Setting, profile_of, setting
from pipeline.text.typography_signs import incise_dashes

# One incise takes two dashes; more of them is what readers know machine text by. House rule.
MOST_DASHES = 2
# A text with more to say than this is no French article: it is told what comes first, and soon.
_MOST_FINDINGS = 1000
_NAMES = {
    "\u00a0": "[no-break space]",
    "\u202f": "[narrow no-break space]",
    "\u2009": "[thin space]",
    " ": "[space]",
}
_BEFORE = re.compile(r"\S{0,12}\Z")
_AFTER = re.compile(r"\S{0,12}")


@lru_cache(maxsize=1)
def _setting(manuscript: Manuscript) -> Setting:
    """Worked out once for all checks of a manuscript."""
    return setting(manuscript.document, profile_of(manuscript.brief.typography, manuscript.brief.spellings))


def find_open_quotation(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for start, end, why in islice(_setting(manuscript).unpaired_quotes, _MOST_FINDINGS):
        message = f"The quotation mark {document.text[start:end]} is {why}."
        yield Finding("TYP001", "block", message, document.place(start, end))


def find_unclear_number(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for start, end in islice(_setting(manuscript).unclear_numbers, _MOST_FINDINGS):
        message = (
            f"“{document.text[start:end]}” can be read with thousands or with decimals: write 12 000 or 12,5."
        )
        yield Finding("TYP002", "warn", message, document.place(start, end))


def find_wrong_setting(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    for edit in islice(_setting(manuscript).edits, _MOST_FINDINGS):
        message = f"{edit.rule[0].upper()}{edit.rule[1:]}: {_told(document.text, edit)}."
        place = document.place(edit.start, edit.end)
        yield Finding("TYP003", "warn", message, place, fix=edit.replacement)


def find_many_dashes(manuscript: Manuscript) -> Iterator[Finding]:
    document = manuscript.document
    dashes = []
    for block in document.prose:
        if not any(dash in block.text for dash in "–—-"):
            continue
        quoted = [(q.outer_start, q.outer_end) for q in quotations(block.text)]
        dashes += [
            (block, at)
            for at in incise_dashes(block.text)
            if not any(start < at < end for start, end in quoted)
        ]
    if len(dashes) > MOST_DASHES:
        block, at = dashes[MOST_DASHES]
        message = f"{len(dashes)} dashes set words apart in this article; more than {MOST_DASHES} read like a machine’s."
        yield Finding("TYP004", "info", message, document.place_in(block, at, at + 1))


def _told(text: str, edit: Edit) -> str:
    """Before and after, with the word around them, and spaces by name."""
    before = _BEFORE.search(text, max(0, edit.start - 12), edit.start)
    after = _AFTER.match(text, edit.end)
    head, tail = before.group() if before else "", after.group() if after else ""
    old, new = _named(text[edit.start : edit.end]), _named(edit.replacement)
    return f"“{head}{old}{tail}” → “{head}{new}{tail}”"


def _named(text: str) -> str:
    return "".join(_NAMES.get(char, char) for char in text)


_WELL_SET = (
    "# Otan\u00a0: l’heure des choix\n\n«\u00a0L’effort continue\u00a0», a dit M.\u00a0Dupont le 12\u00a0juillet. "
    "Il coûte 12\u202f000\u00a0euros, soit 10\u00a0% du budget\u202f; est-ce trop\u202f?"
)

CHECKS = (
    Check(
        code="TYP001",
        name="quotation marks left open or mixed",
        severity="block",
        why="Where a quotation ends decides who says what; code cannot know what was meant.",
        source="House rule; a quotation of several paragraphs opens each of them, or closes in a later one.",
        bad=Example("# Otan\n\nIl a dit « oui, et il est parti."),
        good=Example(_WELL_SET),
        find=find_open_quotation,
    ),
    Check(
        code="TYP002",
        name="number that can be read two ways",
        severity="warn",
        why="12,000 is twelve thousand in English and twelve in French; a thousandfold error hides there.",
        source="Lexique de l’Imprimerie nationale: a comma for decimals, a thin space for thousands.",
        bad=Example("# Otan\n\nPlus de 12,000 soldats sont venus."),
        good=Example("# Otan\n\nPlus de 12\u202f000 soldats sont venus, soit 12,5\u00a0% de plus."),
        find=find_unclear_number,
    ),
    Check(
        code="TYP003",
        name="not set as the typographic profile asks",
        severity="warn",
        why="Straight marks, missing no-break spaces and 2ème tell a careless hand; all of them have a sure fix.",
        source="Lexique de l’Imprimerie nationale, Lacroux; OQLF and the EU style guide for their profiles.",
        bad=Example("# Otan\n\nL'Etat paie 10% pour la 2ème fois !"),
        good=Example(_WELL_SET),
        find=find_wrong_setting,
    ),
    Check(
        code="TYP004",
        name="many dashes",
        severity="info",
        why="Machine text sets words apart by dashes where French writes commas or a new sentence.",
        source="House rule.",
        bad=Example("# Otan\n\nLe sommet –\u00a0le dernier\u00a0– a eu lieu. Une réussite – ou presque."),
        good=Example("# Otan\n\nLe sommet –\u00a0le dernier\u00a0– a eu lieu. Une réussite, ou presque."),
        find=find_many_dashes,
    ),
)
