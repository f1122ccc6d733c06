"""Which piece links to which, and by which words. The same pieces give the same links, in whatever order they came.

First every new piece that nothing leads to gets a link from its nearest relative, then those that have room lead to
theirs. Earlier pieces keep their links; one of them gets another only where it is the only one that can lead to a new
piece.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import islice
from math import log

from pipeline.corpus import ALIKE, SAME
from pipeline.linking.about import About, Anchor
from pipeline.linking.listed import Page

MOST = 3
"""Links of one piece to others: more is a list, not a text."""
_RAREST = 16  # terms by which relatives are looked for
_WIDEST = 150  # pieces that may say one of these
_NEAREST = 24
_SURE = 2  # words of its very topic that lead to a piece; one must do where nothing else leads there
_WAYS = (
    (_SURE, False),
    (1, False),
    (_SURE, True),
    (1, True),
)  # to lead to a piece that nothing else leads to
_LEAST_TOLD = 0.5  # of a listed page's title, by weight, what an anchor must say
_AT_HOME = {"ready_for_review": 2, "needs_work": 1}


@dataclass(frozen=True, slots=True)
class Link:
    """`target` is a slug, or the address of a listed page; `[start:end]` as in `Anchor`."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Linkable:
    """A piece as far as links go."""

    slug: str
    verdict: str
    working: bool
    about: About
    new: bool
    """True while no links have been chosen for it."""
    links: tuple[Link, ...] = ()
    open: bool = True
    """False for a piece that must stay as it is: edited, or reviewed."""

    @property
    def rank(self) -> int:
        """Nobody publishes a page that leads to one which is less finished than itself."""
        return 0 if self.working else _AT_HOME.get(self.verdict, 0)


@dataclass(slots=True)
class _Board:
    """The links as far as they are chosen."""

    pieces: Mapping[str, Linkable]
    weights: Mapping[str, float]
    chosen: dict[str, list[Link]] = field(default_factory=dict)
    led_to: Counter[str] = field(default_factory=Counter)

    def place(
        self,
        giver: Linkable,
        target: str,
        about: About | frozenset[str],
        least: int = _SURE,
        others: frozenset[str] = frozenset(),
        *,
        strangers: bool = False,
    ) -> bool:
        """Link a piece to a target, where it has room and words for it; of a listed page only the title is known.

        With `strangers` the words may stand beside names that the target does not tell of; never beside one of `others`,
        which other pieces are about, unless the target is too.
        """
        links = self.chosen[giver.slug]
        if len(links) >= MOST or not giver.open or any(k.target == target for k in links):
            return False
        blocks = {a.block for a in giver.about.anchors for k in links if a.start == k.start}
        free = [a for a in giver.about.anchors if a.block not in blocks]
        if isinstance(about, About):
            anchor = self.fitting(free, about, least, others, strangers=strangers)
        else:
            anchor = self.naming(free, about)
        if anchor is None:
            return False
        links.append(Link(anchor.start, anchor.end, target))
        self.led_to[target] += 1
        return True

    def fitting(
        self,
        anchors: Sequence[Anchor],
        about: About,
        least: int,
        others: frozenset[str],
        *,
        strangers: bool,
    ) -> Anchor | None:
        """The words that say most of what a piece is about: all of them speak of it, some of its very topic.

        A visit to the Pentagon leads to no piece on a visit to Kyiv: the names beside the words are the target's too.
        """
        topic, every, foreign = about.topic, about.topic | about.wider, others - about.topic
        fit = [a for a in anchors if len(topic.intersection(a.stems)) >= least and every.issuperset(a.stems)]
        odd = {a: sum(s not in every for s in a.around) for a in fit}
        fit = [a for a in fit if (strangers or not odd[a]) and foreign.isdisjoint(a.around)]
        return min(fit, key=lambda a: (odd[a], -self.told(a.stems), a.start), default=None)

    def naming(self, anchors: Sequence[Anchor], title: frozenset[str]) -> Anchor | None:
        """Of a page of which only the title is known, words that say half of it."""
        whole = self.told(title)
        fit = [a for a in anchors if title.issuperset(a.stems) and self.told(a.stems) >= _LEAST_TOLD * whole]
        return min(fit, key=lambda a: (-self.told(a.stems), a.start), default=None)

    def told(self, stems: Sequence[str] | frozenset[str]) -> float:
        return sum(self.weights.get(s, 1.0) for s in sorted(set(stems)))


def choose(pieces: Sequence[Linkable], listed: Sequence[Page] = ()) -> dict[str, tuple[Link, ...]]:
    """The links of each piece that has new ones, by slug; a new piece without any has an empty tuple."""
    known = {p.slug: p for p in sorted(pieces, key=lambda p: p.slug)}
    fresh = [p for p in known.values() if p.new]
    if not fresh:
        return {}
    board = _Board(known, _weights([p.about.topic for p in known.values()] + [p.stems for p in listed]))
    board.chosen = {slug: [] if p.new else list(p.links) for slug, p in known.items()}
    board.led_to = Counter(link.target for links in board.chosen.values() for link in links)
    near = _Relatives.of(list(known.values()))
    relatives = {p.slug: near.nearest(p) for p in fresh}
    _lead_to_each(board, fresh, relatives)
    for piece in fresh:
        others = _topics(relatives[piece.slug]) - piece.about.topic
        for other in relatives[piece.slug]:
            if other.rank >= piece.rank:
                least = _SURE if board.led_to[other.slug] else 1
                board.place(piece, other.slug, other.about, least, others)
    _to_listed(board, fresh, listed)
    return {
        slug: tuple(sorted(links, key=lambda link: link.start))
        for slug, links in board.chosen.items()
        if known[slug].new or len(links) > len(known[slug].links)
    }


def _lead_to_each(
    board: _Board, fresh: Sequence[Linkable], relatives: Mapping[str, Sequence[Linkable]]
) -> None:
    for piece in fresh:
        if not board.led_to[piece.slug]:
            # New pieces first: earlier ones change only where nobody else can lead there.
            givers = sorted(relatives[piece.slug], key=lambda p: not p.new)
            able = [(g, *how) for how in _WAYS for g in givers if g.rank <= piece.rank]
            others = _topics(givers)
            placed = (
                board.place(g, piece.slug, piece.about, least, others - g.about.topic, strangers=strangers)
                for g, least, strangers in able
            )
            any(placed)


def _topics(pieces: Sequence[Linkable]) -> frozenset[str]:
    return frozenset().union(*(p.about.topic for p in pieces))


def _to_listed(board: _Board, fresh: Sequence[Linkable], listed: Sequence[Page]) -> None:
    by_stem: defaultdict[str, list[Page]] = defaultdict(list)
    for page in listed:
        for stem in page.stems:
            by_stem[stem].append(page)
    whole = {page.address: board.told(page.stems) or 1.0 for page in listed}
    for piece in fresh if listed else ():
        if len(board.chosen[piece.slug]) >= MOST:
            continue
        said = {stem for anchor in piece.about.anchors for stem in anchor.stems}
        for page in _likeliest(board, said, by_stem, whole):
            board.place(piece, page.address, page.stems)


def _likeliest(
    board: _Board, said: set[str], by_stem: Mapping[str, list[Page]], whole: Mapping[str, float]
) -> Iterator[Page]:
    """The few listed pages whose title a piece says most of."""
    score: defaultdict[str, float] = defaultdict(float)
    found: dict[str, Page] = {}
    for stem in sorted((s for s in said if s in by_stem), key=lambda s: (len(by_stem[s]), s))[:_RAREST]:
        for page in islice(by_stem[stem], _WIDEST):
            found[page.address] = page
            score[page.address] += board.weights.get(stem, 1.0)
    best = nsmallest(_NEAREST, found, key=lambda a: (-score[a] / whole[a], a))
    yield from (found[a] for a in best)


def _weights(topics: Sequence[frozenset[str]]) -> dict[str, float]:
    """What few pages are about tells them apart."""
    spread = Counter(stem for topic in topics for stem in topic)
    return {stem: log(1 + len(topics) / count) for stem, count in spread.items()}


@dataclass(frozen=True, slots=True)
class _Relatives:
    pieces: Sequence[Linkable]
    weights: Mapping[int, float]
    said_in: Mapping[int, Sequence[int]]

    @classmethod
    def of(cls, pieces: Sequence[Linkable]) -> "_Relatives":
        said_in: defaultdict[int, list[int]] = defaultdict(list)
        for number, piece in enumerate(pieces):
            for term in piece.about.terms:
                said_in[term].append(number)
        weights = {t: 1.0 + log(1 + len(pieces) / len(numbers)) for t, numbers in said_in.items()}
        return cls(pieces, weights, said_in)

    def nearest(self, piece: Linkable) -> list[Linkable]:
        """By the weighted Jaccard likeness of `corpus`, nearest first; looked for by the rarest terms alone."""
        score: Counter[int] = Counter()
        shared = [t for t in piece.about.terms if len(self.said_in[t]) > 1]
        for term in sorted(shared, key=lambda t: (len(self.said_in[t]), t))[:_RAREST]:
            for number in self.said_in[term][:_WIDEST]:
                score[number] += 1
        ranked = sorted(score, key=lambda n: (-score[n], n))[: _NEAREST + 1]
        alike = [
            (self._likeness(piece, other), other) for n in ranked if (other := self.pieces[n]) is not piece
        ]
        found = [(likeness, other) for likeness, other in alike if ALIKE <= likeness < SAME]
        return [other for _, other in sorted(found, key=lambda pair: (-pair[0], pair[1].slug))]

    def _likeness(self, one: Linkable, other: Linkable) -> float:
        mine, theirs = one.about.terms, other.about.terms
        both = sum(self.weights[t] for t in mine & theirs)
        either = sum(self.weights[t] for t in mine | theirs)
        return both / either if either else 0.0
