"""Translated quotations as a writer gives them: `« Je veux rentrer » {Q6}`, the slot of the original after each.

The slot goes and the pair is kept, so that which original a translation stands for is certain, not guessed.
"""

import re
from collections.abc import Collection, Iterator

from pipeline.model import Dossier
from pipeline.text.fold import tokens
from pipeline.text.slots import quotations

LANGUAGES = {"en": "anglais"}
"""ISO 639-1 code to the French name."""
_GAP = r"[ \t\u00a0\u202f]"
_LONGEST = 2000
_TRANSLATED = re.compile(
    rf"(?P<said>«(?P<french>[^«»\n]{{1,{_LONGEST}}})»|“(?P<curly>[^“”\n]{{1,{_LONGEST}}})”|\"(?P<straight>[^\"\n]{{1,{_LONGEST}}})\")"
    rf"(?P<mark>[,.]?){_GAP}*\(?\{{\s*(?P<slot>(?:S\d{{1,3}})?Q\d{{1,4}})\s*\}}\)?"
)
Pairs = tuple[tuple[str, str], ...]


def foreign(dossier: Dossier) -> str | None:
    """The code of the first source that is not French."""
    return next((d.article.language for d in dossier.all if d.article.language != "fr"), None)


def taken(markdown: str, dossier: Dossier) -> tuple[str, Pairs]:
    """The text without the slots that follow a translation, and (slot, translation) for each."""
    if foreign(dossier) is None:
        return markdown, ()
    known = {name for name, _ in quotations(dossier)}
    pairs: list[tuple[str, str]] = []

    def keep(match: re.Match[str]) -> str:
        if match["slot"] not in known:
            return match.group()
        french = (match["french"] or match["curly"] or match["straight"]).strip(" \t\u00a0\u202f")
        pairs.append((match["slot"], french))
        return f"«\u00a0{french}\u00a0»{match['mark']}"

    return _TRANSLATED.sub(keep, markdown), tuple(pairs)


def standing(pairs: Collection[tuple[str, str]], markdown: str) -> Iterator[tuple[str, str]]:
    """The pairs whose translation is still in the text, each once."""
    if not pairs:
        return
    words = f" {' '.join(t.text for t in tokens(markdown))} "
    for slot, french in dict.fromkeys(pairs):
        form = " ".join(t.text for t in tokens(french))
        if form and f" {form} " in words:
            yield slot, french
