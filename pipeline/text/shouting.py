"""Lines in capitals throughout, as headlines sometimes are: whether one is, and how it reads as a sentence."""

from collections.abc import Iterable

from pipeline.text.fold import fold
from pipeline.text.sentences import sentences
from pipeline.text.tokens import tokens

_ENOUGH = 12
_MOST = 0.8
_LOOKED_AT = 2000
# Its letters change their number in small letters, so a place would be lost.
_CHANGING = "İ"


def shouts(text: str) -> bool:
    letters = [c for c in text[:_LOOKED_AT] if c.isalpha()]
    return len(letters) > _ENOUGH and sum(c.isupper() for c in letters) > _MOST * len(letters)


def calmed(line: str, texts: Iterable[str]) -> str:
    """A line of capitals in small letters, each word as the other texts write it inside a sentence; any other as it is."""
    if not shouts(line) or _CHANGING in line:
        return line
    written = _written(texts)
    parts, at = [], 0
    for token in tokens(line):
        parts += [line[at : token.start], written.get(fold(token.text), token.text.lower())]
        at = token.end
    calm = "".join((*parts, line[at:]))
    first = next((i for i, c in enumerate(calm) if c.isalpha()), 0)
    return calm[:first] + calm[first].upper() + calm[first + 1 :]


def _written(texts: Iterable[str]) -> dict[str, str]:
    """Folded words and how they are written: in small letters where they stand so anywhere."""
    found: dict[str, str] = {}
    for text in texts:
        if shouts(text):
            continue
        starts = {start for start, _ in sentences(text)}
        for token in tokens(text):
            key = fold(token.text)
            small = token.text.islower()
            if small or (key not in found and token.start not in starts):
                found[key] = token.text
    return found
