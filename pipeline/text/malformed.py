"""Number words in a row that make no number: `quatre sept`, `trente douze`."""

from collections.abc import Iterator

from pipeline.text.kept import kept
from pipeline.text.numerals import SCALES, TENS, UNITS, Words

_CARDINALS = {*UNITS, *TENS, *SCALES, "cent"} - {"k", "K", "M", "Md", "Mrd"}
# Fixed phrases of two numbers: shifts, a département, a car, the agent.
_FIXED = {("trois", "huit"), ("neuf", "trois"), ("quatre", "quatre"), ("zéro", "zéro"), ("neuf", "un")}


def malformed_numbers(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each such row. `un` may be the article and `neuf` the adjective: they prove nothing.

    Two units tied by a hyphen are a score or an estimate: `deux-un`, `quatre-cinq`.
    """
    return iter(_malformed(text))


@kept
def _malformed(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(_rows(text))


def _rows(text: str) -> Iterator[tuple[int, int]]:
    words = Words(text)
    tokens = words.tokens
    at = 0
    while at < len(tokens):
        if tokens[at].word not in _CARDINALS:
            at += 1
            continue
        value, used = words.integer(at)
        after = at + max(used, 1)
        if used and after < len(tokens) and _clashes(text, words, at, after, value):
            end = after + max(words.integer(after)[1], 1)
            yield tokens[at].start, tokens[end - 1].end
            after = end
        at = after


def _clashes(text: str, words: Words, at: int, after: int, value: int) -> bool:
    first, second = words.tokens[after - 1], words.tokens[after]
    if not second.linked or second.word not in _CARDINALS - {"un", "une"} or value == 1:
        return False
    if (first.word, second.word) in _FIXED or (first.word == "neuf" and after - at == 1):
        return False
    if words.inside_a_name(at, after - at + max(words.integer(after)[1], 1)):
        return False
    small = value < 20 and UNITS.get(second.word, 99) < 20
    tied = text[second.start - 1] in "-‑"
    return not (small and tied)
