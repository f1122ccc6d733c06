"""Which sentences of the sources carry a sentence of the piece, and how much of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from pipeline.checks.fidelity.carried.content import Unit, units, within
from pipeline.checks.fidelity.comparison import Comparison, Source, Sources, once_for_sources, once_for_texts
from pipeline.model import Evidence
from pipeline.text.sentences import sentences

_MOST = 3
_LEAST = 0.08
"""Share of a statement's weight that a further source sentence must add."""
_COMMON = 100
"""A unit that more sentences hold tells none of them apart; passing over it keeps hostile text linear."""
# What a unit counts for by where it stands: in a carrier, only a word of its family there, elsewhere in the sources.
_HELD, _NEAR, _ELSEWHERE = 1.0, 0.6, 0.35


@dataclass(frozen=True, slots=True)
class Carrier:
    """A source sentence, `source.facts.passages[paragraph].text[start:end]`, that carries a statement."""

    source: Source
    paragraph: int
    start: int
    end: int
    stems: frozenset[str]
    """Keys of its units: stems of words, and values (pipeline/checks/fidelity/content.py)."""

    @property
    def whole(self) -> str:
        """The paragraph it stands in."""
        return self.source.facts.passages[self.paragraph].text

    @property
    def text(self) -> str:
        return self.whole[self.start : self.end]

    @property
    def evidence(self) -> Evidence:
        return self.source.evidence(self.paragraph, self.text)


@dataclass(frozen=True, slots=True)
class Support:
    """What carries a statement, the strongest first, and the share of its content that the sources hold."""

    carriers: tuple[Carrier, ...]
    share: float
    """0 to 1."""
    held: float = 0.0
    """The same as a weight: 1 is one content word."""
    total: float = 0.0
    """The weight of all the statement tells."""


_ROOT = 4
"""Letters that forms of one word have in common at least."""


class Lexicon:
    """The keys of some sentences, and whether a key, or one of its family, is among them."""

    def __init__(self, keys: frozenset[str]) -> None:
        self.keys = keys
        words = [k for k in keys if k[:1].isalpha()]
        self._beginnings = frozenset(k[:i] for k in words for i in range(_ROOT, len(k)))
        self._long = frozenset(k[: _ROOT + 1] for k in words if len(k) > _ROOT + 1)

    def holds_family(self, key: str) -> bool:
        """A stem that goes on, or breaks off, where the other does, or has its first five letters."""
        if len(key) < _ROOT or not key[0].isalpha():
            return False
        return (
            key in self._beginnings
            or any(key[:i] in self.keys for i in range(_ROOT, len(key)))
            or (len(key) > _ROOT + 1 and key[: _ROOT + 1] in self._long)
        )

    def holds(self, key: str) -> bool:
        return key in self.keys or self.holds_family(key)


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """The sources' sentences, ready to be looked through."""

    sentences: tuple[Carrier, ...]
    units: tuple[tuple[Unit, ...], ...]
    """Of each sentence."""
    lexicons: tuple["Lexicon", ...]
    """Of each sentence."""
    holding: dict[str, tuple[int, ...]]
    """Key to the sentences that hold it, in reading order."""
    weights: dict[str, float]
    """Of each of these keys, by rarity: one that a single sentence of many holds tells the most."""
    lexicon: Lexicon

    def weight(self, key: str) -> float:
        """0 of a key that no sentence holds."""
        return self.weights.get(key, 0.0)

    def nearest(self, keys: Iterable[str], most: int) -> list[int]:
        """The sentences that hold the most of some keys, the best first."""
        score: dict[int, float] = {}
        for key in keys:
            held = self.holding.get(key, ())
            if held and len(held) <= _COMMON:
                weight = self.weights[key]
                for index in held:
                    score[index] = score.get(index, 0.0) + weight
        best = sorted((-total, index) for index, total in score.items())
        return [index for _, index in best[:most]]


@once_for_sources
def ground(sources: Sources) -> Ground:
    known = tuple(_sentences(sources))
    holding: dict[str, list[int]] = {}
    for index, (carrier, _) in enumerate(known):
        for key in sorted(carrier.stems):
            holding.setdefault(key, []).append(index)
    return Ground(
        tuple(c for c, _ in known),
        tuple(u for _, u in known),
        tuple(Lexicon(c.stems) for c, _ in known),
        {key: tuple(found) for key, found in holding.items()},
        {key: log(1 + len(known) / len(found)) for key, found in holding.items()},
        Lexicon(frozenset(holding)),
    )


def _sentences(sources: Sources) -> Iterator[tuple[Carrier, tuple[Unit, ...]]]:
    for source in sources:
        for at, (passage, row) in enumerate(zip(source.facts.passages, units(source.facts), strict=True)):
            for start, end in sentences(passage.text):
                told = within(row, start, end)
                yield Carrier(source, at, start, end, frozenset(u.key for u in told)), told


@once_for_texts
def supports(comparison: Comparison) -> tuple[Support, ...]:
    """For each statement of the piece, in the order of `comparison.statements`."""
    known = ground(comparison.sources)
    rows = units(comparison.piece)
    return tuple(_support(within(rows[s.paragraph], s.start, s.end), known) for s in comparison.statements)


def _support(told: Sequence[Unit], known: Ground) -> Support:
    left = dict.fromkeys(u.key for u in told)
    absent = log(1 + len(known.sentences))
    total = sum(known.weight(key) or absent for key in left)
    chosen: list[int] = []
    while left and len(chosen) < _MOST:
        nearest = known.nearest(left, 1)
        if not nearest:
            break
        best = known.sentences[nearest[0]]
        gain = sum(known.weight(key) for key in left if key in best.stems)
        if gain < _LEAST * total:
            break
        chosen.append(nearest[0])
        left = {key: None for key in left if key not in best.stems}
    return _weighed(told, known, chosen)


def _weighed(told: Sequence[Unit], known: Ground, chosen: Sequence[int]) -> Support:
    near = [known.lexicons[index] for index in chosen]
    held = sum(u.weight * _level(u.key, near, known.lexicon) for u in told)
    total = sum(u.weight for u in told)
    carriers = tuple(known.sentences[index] for index in chosen)
    return Support(carriers, held / total if total else 1.0, held, total)


def _level(key: str, near: Sequence[Lexicon], known: Lexicon) -> float:
    if any(key in carrier.keys for carrier in near):
        return _HELD
    if any(carrier.holds_family(key) for carrier in near):
        return _NEAR
    return _ELSEWHERE if known.holds(key) else 0.0
