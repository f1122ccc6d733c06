"""Parts of a text packed into requests of a bounded size, and the way back."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.languagetool.match import Match

# An article is one request, so that rules on whole texts see it; a book is many, and each ends in time.
LONGEST = 15_000
_BETWEEN = "\n\n"
_CUTS = (". ", "! ", "? ", " ")


@dataclass(frozen=True, slots=True)
class _Piece:
    part: int
    offset: int
    """Where it starts in its part."""
    text: str


@dataclass(frozen=True, slots=True)
class Chunk:
    text: str
    pieces: tuple[_Piece, ...]
    starts: tuple[int, ...]

    def home(self, match: Match) -> tuple[int, Match] | None:
        """The part a match belongs to, and the match as counted there; None when it stands between parts."""
        index = bisect_right(self.starts, match.start) - 1
        piece, start = self.pieces[index], self.starts[index]
        first, last = match.start - start, min(match.end - start, len(piece.text))
        if first >= last:
            return None
        return piece.part, replace(match, start=piece.offset + first, end=piece.offset + last)


def chunks(parts: Sequence[str]) -> Iterator[Chunk]:
    """Every part, in order, a blank line between them."""
    packed: list[_Piece] = []
    size = 0
    for piece in _pieces(parts):
        if packed and size + len(piece.text) > LONGEST:
            yield _chunk(packed)
            packed, size = [], 0
        packed.append(piece)
        size += len(piece.text) + len(_BETWEEN)
    if packed:
        yield _chunk(packed)


def _pieces(parts: Sequence[str]) -> Iterator[_Piece]:
    for number, text in enumerate(parts):
        start = 0
        while start < len(text):
            end = _cut(text, start)
            yield _Piece(number, start, text[start:end])
            start = end


def _cut(text: str, start: int) -> int:
    """Where a piece that starts there ends: with the part, or after a sentence, or between two words."""
    end = start + LONGEST
    if end >= len(text):
        return len(text)
    for mark in _CUTS:
        found = text.rfind(mark, start + LONGEST // 2, end)
        if found >= 0:
            return found + len(mark)
    return end


def _chunk(pieces: Sequence[_Piece]) -> Chunk:
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.text) + len(_BETWEEN)
    return Chunk(_BETWEEN.join(p.text for p in pieces), tuple(pieces), tuple(starts))
