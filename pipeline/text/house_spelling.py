"""How a desk spells names: every other spelling of a listed name is set in the desk's own.

`Otan` stands for the spellings that the fidelity checks take for one name (`OTAN`, `Zelenskyy` and `Zelenskiy`);
`Kyiv=Kiev` sets another form too. Within quotation marks, where the words are somebody else's, only case and accents
change.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.text.fold import fold
from pipeline.text.name_forms import spelling_key
from pipeline.text.tokens import Token, tokens
from pipeline.text.typography_sheet import Change

_NAME = re.compile(r"[^\W\d_](?:[ .’'-]?[^\W_]){1,60}\.?")
_BETWEEN = ("", " ", "\u00a0", "\u202f")


def parted(entry: str) -> tuple[str, str]:
    """(another form, the desk's own) of `Kyiv=Kiev`, or of `Otan`, whose other forms are spellings. Raises ValueError."""
    other, is_pair, own = (part.strip() for part in entry.partition("="))
    own = own if is_pair else other
    if not all(_NAME.fullmatch(name) and name[0].isupper() for name in (other, own)):
        raise ValueError(
            "write a name as the desk spells it, Otan, or another name and the desk's, Kyiv=Kiev"
        )
    return other, own


def house_spelled(
    text: str, spellings: tuple[str, ...], quoted: Sequence[tuple[int, int]]
) -> Iterator[Change]:
    """The changes that a text needs, in order; `quoted` are its quotations, in order and apart."""
    known, longest = _known(spellings)
    stream = [t for t in tokens(text) if t.is_word]
    spans, at = iter(quoted), 0
    span = next(spans, None)
    while at < len(stream):
        found = next(
            (
                run
                for size in range(longest, 0, -1)
                if (run := _run(text, stream, at, size)) and spelling_key(run[2]) in known
            ),
            None,
        )
        if found is None:
            at += 1
            continue
        start, end, written, size = found
        own = known[spelling_key(written)]
        while span is not None and span[1] <= start:
            span = next(spans, None)
        theirs = span is not None and span[0] <= start
        if written != own and (not theirs or fold(written) == fold(own)):
            yield Change(start, end, own)
        at += size


@lru_cache(maxsize=4)
def _known(spellings: tuple[str, ...]) -> tuple[dict[str, str], int]:
    pairs = [parted(entry) for entry in spellings]
    known = {
        spelling_key(form): own for pair in pairs for form, own in ((pair[0], pair[1]), (pair[1], pair[1]))
    }
    return known, max((len(tokens(form)) for pair in pairs for form in pair), default=0)


def _run(text: str, stream: Sequence[Token], at: int, size: int) -> tuple[int, int, str, int] | None:
    """So many words in a row, the first with a capital."""
    words = stream[at : at + size]
    if len(words) < size or not words[0].text[0].isupper():
        return None
    if any(text[one.end : other.start] not in _BETWEEN for one, other in pairwise(words)):
        return None
    start, end = words[0].start, words[-1].end
    return start, end, text[start:end].replace("\u00a0", " ").replace("\u202f", " "), size
