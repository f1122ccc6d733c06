"""Quotations as slots: the writer places `{Q3}`, the pipeline puts the exact words back.

An altered quotation is then impossible, not just detected.
"""

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.model import Dossier, Quotation

SLOT = re.compile(r"\{\s*((?:S(\d{1,3}))?Q(\d{1,4}))\s*\}")
_MARKS_AROUND = re.compile(r"[«“\"]\s*(\{\s*(?:S\d{1,3})?Q\d{1,4}\s*\})\s*[»”\"]")
_INNER = str.maketrans({"«": "“", "»": "”", "„": "“"})
_NBSP = "\u00a0"
_LONGEST_SIGLE = 5
_MOST = 3  # times that a text has a slot; a second time already is noted (writers/placing.py)


def label(number: int, item: str) -> str:
    """`Q3` of the source itself, `S2Q3` of a related article (`number` counts from 1)."""
    return item if number == 1 else f"S{number}{item}"


def quotations(dossier: Dossier) -> Iterator[tuple[str, Quotation]]:
    """Every quotation a piece may use, with its slot's label."""
    for number, each in enumerate(dossier.all, start=1):
        for quotation in each.quotations:
            yield label(number, quotation.id), quotation


def _number(name: str) -> int:
    """Of the source: 1 for `Q3`, 2 for `S2Q3`."""
    return int(name[1:].partition("Q")[0]) if name.startswith("S") else 1


def fill(markdown: str, dossier: Dossier) -> str:
    """Put the quotations back. A slot nobody knows stays as it is: FID001 finds it.

    So does one of a source in another language: the writer gives its translation (pipeline/text/translated.py). What is
    there three times is left out from then on: a model that says one slot for ever makes no endless text of it.
    """
    french = [d.article.language == "fr" for d in dossier.all]
    known = {name: q for name, q in quotations(dossier) if french[_number(name) - 1]}
    put_back: Counter[str] = Counter()

    def put(match: re.Match[str]) -> str:
        name = match.group(1)
        put_back[name] += 1
        if put_back[name] > _MOST:
            return ""
        quotation = known.get(name)
        return quoted(quotation.text) if quotation else match.group()

    return SLOT.sub(put, _MARKS_AROUND.sub(r"\1", markdown))


def quoted(words: str) -> str:
    """A quotation in French marks, inner quotations in “ ”, Markdown's own signs escaped."""
    if words.isupper() and len(words) > _LONGEST_SIGLE:
        words = words.lower()  # a headline in capitals; the words are what was said
    inner = _straight_inside(words.strip().rstrip(",;").removesuffix(".").translate(_INNER))
    return f"«{_NBSP}{escape(inner)}{_NBSP}»"


def escape(text: str) -> str:
    """So that a source's `*`, `_`, `[` or `<` stays a sign and never becomes markup."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def _straight_inside(words: str) -> str:
    """Pair up straight marks inside a quotation; an odd one is left alone."""
    parts = words.split('"')
    if len(parts) % 2 == 0:
        return words
    return "".join(part if i == 0 else ("“" if i % 2 else "”") + part for i, part in enumerate(parts))
