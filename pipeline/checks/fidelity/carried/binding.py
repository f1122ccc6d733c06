"""FID009: a value of the source stands with what the source gives it to.

For each value of a sentence, every place where the sources have it is weighed by the words it shares with the
sentence, the nearer to the value on both sides the more. When another value of the same sort fits clearly better,
the sentence does not have it, and the words beside it prove it (proof.py), the two may have been exchanged. Two values
that stand in one sentence of the piece are also tried the other way round (exchanged.py).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from math import log
from operator import itemgetter
from typing import NamedTuple

from pipeline.checks.check import Check, Example, Manuscript
from pipeline.checks.fidelity.alignment import Ground, ground
from pipeline.checks.fidelity.carried.content import Unit, units, within
from pipeline.checks.fidelity.carried.exchanged import Place, are_alike, compared
from pipeline.checks.fidelity.carried.proof import Told, is_shown
from pipeline.checks.fidelity.carried.spans import is_end, is_out_of, is_part, is_part_or_next
from pipeline.checks.fidelity.carried.values import MEASURES, Value, between, piece_values, source_values
from pipeline.checks.fidelity.comparison import (
    Comparison,
    Sources,
    Statement,
    compare,
    once_for_sources,
    once_for_texts,
)
from pipeline.model import Finding
from pipeline.text.fold import fold, tokens
from pipeline.text.stems import stem

_REACH = 25
"""Characters in which nearness falls by half."""
_FAR = 0.25
"""What a shared word counts for at any distance in the sentence."""
_BESIDE = 0.125
"""What it counts for in the sentence before or after."""
_GENERAL = 0.4
_AROUND = 40
"""Units on each side of a value that are looked at."""
_NEARBY = 6
"""Source sentences that are nearest to a statement: where its values may come from."""
_PLACES = 16
"""Places of one value that are weighed, those in the nearest sentences first."""
_KEPT = 200
"""Places of one value that are known at all: a bound for hostile text."""
_REMEMBERED = 1_000
"""Places of the sources of which it is remembered what stands around them: an article has a few hundred."""
# By how much a rival must fit better, in units of the rarest word's weight. Measured on faithful sentences in nine
# subjects; persons and places are told by pronouns and other names, and need more.
_MARGIN = {"person": 0.3, "place": 0.65}
_OTHER_MARGIN = 0.2
_FIGURES = ("figure", *sorted(f"figure {m}" for m in MEASURES))
"""What a figure may be that does not say what it counts: `9,8 millions d’euros, et 21,4 millions`."""
_SWAP_REACH = 5
_SWAP_MARGIN = 0.1


class Occurrence(NamedTuple):
    """A value where a source has it."""

    value: Value
    sentence: int
    """Index in `Ground.sentences`."""


@dataclass(frozen=True, eq=False, slots=True)
class _Sources:
    """What the sources give to what."""

    ground: Ground
    values: tuple[tuple[Value, ...], ...]
    """Of each of the ground's sentences."""
    places: dict[tuple[str, str], tuple[Occurrence, ...]]
    """(sort, key) to where the sources have it, with where only a pronoun stands for a person."""
    beside: tuple[frozenset[str], ...]
    """For each of the ground's sentences, the keys of those before and after it in its paragraph."""
    around: dict[tuple[int, int, int, str, int], dict[str, float]] = field(default_factory=dict)
    """What stands around their values, as far as it was asked for: each is held against many sentences of a piece."""


@once_for_sources
def _sources(sources: Sources) -> _Sources:
    known = ground(sources)
    rows = {
        (source.label, at): row
        for source, found in zip(sources, source_values(sources), strict=True)
        for at, row in enumerate(found)
    }
    values = tuple(between(rows[c.source.label, c.paragraph], c.start, c.end) for c in known.sentences)
    places: dict[tuple[str, str], list[Occurrence]] = {}
    for index, row in enumerate(values):
        for value in (*row, *_meant(known, values, index)):
            for key in sorted(value.keys):
                found = places.setdefault((value.sort, key), [])
                if len(found) < _KEPT:
                    found.append(Occurrence(value, index))
    beside = tuple(
        frozenset().union(
            *(
                other.stems
                for other in (*known.sentences[max(0, i - 1) : i], *known.sentences[i + 1 : i + 2])
                if other.source is here.source and other.paragraph == here.paragraph
            )
        )
        for i, here in enumerate(known.sentences)
    )
    return _Sources(known, values, {key: tuple(found) for key, found in places.items()}, beside)


def _meant(known: Ground, values: Sequence[Sequence[Value]], index: int) -> Iterator[Value]:
    """Persons of the two sentences before, for whom a pronoun may stand in this one: at its beginning."""
    here = known.sentences[index]
    for back in range(max(0, index - 2), index):
        if known.sentences[back].source is here.source:
            for value in values[back]:
                if value.sort == "person":
                    yield Value("person", value.keys, here.start, here.start, value.text)


def find_misbound(manuscript: Manuscript) -> Iterator[Finding]:
    comparison = compare(manuscript)
    if not comparison.sources:
        return
    for statement, found in zip(comparison.statements, _misbound(comparison), strict=True):
        for value, own, rival in found:
            message = f"“{value.text}” may belong elsewhere; source: {rival.value.text}; piece: {value.text}."
            known = ground(comparison.sources).sentences
            evidence = (known[rival.sentence].evidence, known[own.sentence].evidence)
            span = (value.start, value.end)
            yield comparison.finding(
                "FID009", "warn", message, statement, span, tuple(dict.fromkeys(evidence))
            )


@once_for_texts
def _misbound(comparison: Comparison) -> tuple[tuple[tuple[Value, Occurrence, Occurrence], ...], ...]:
    """For each statement of the piece."""
    return tuple(() if s.is_heading else tuple(misbound(comparison, s)) for s in comparison.statements)


def misbound(comparison: Comparison, statement: Statement) -> Iterator[tuple[Value, Occurrence, Occurrence]]:
    """Values of the statement, each with a place where the sources have it and what they have in its stead."""
    row = between(piece_values(comparison)[statement.paragraph], statement.start, statement.end)
    mine = [v for v in row if not comparison.is_quoted(statement.paragraph, v.start)]
    told = within(units(comparison.piece)[statement.paragraph], statement.start, statement.end)
    text = statement.block.text
    fit = _Fit(_sources(comparison.sources), Told(text, statement.start, statement.end, told))
    turned = list(_turned(mine, text, fit))
    yield from turned
    # One finding for the two that are exchanged, and one for a date that is a day and a year.
    known = {v.start for v, _, _ in turned} | {
        v.start for v in mine for _, _, rival in turned if v.keys & rival.value.keys
    }
    for value in mine:
        if value.start not in known and (better := _better(value, mine, fit) or _parted(value, text, fit)):
            known.add(value.start)
            yield (value, *better)


class _Fit:
    """How well a value of a statement fits a place in the sources."""

    def __init__(self, sources: _Sources, here: Told) -> None:
        self.sources = sources
        self.here = here
        self.text = here.text
        self.units = here.units
        self.scale = log(1 + len(sources.ground.sentences))
        self._nearest: list[int] | None = None
        self._seen: dict[tuple[int, int, str, int], _Weighed] = {}
        self._places: dict[tuple[str, frozenset[str]], list[Occurrence]] = {}

    @property
    def nearest(self) -> list[int]:
        if self._nearest is None:
            self._nearest = self.sources.ground.nearest([u.key for u in self.units], _NEARBY)
        return self._nearest

    def told(self, sentence: int) -> Told:
        known = self.sources.ground
        carrier = known.sentences[sentence]
        return Told(carrier.whole, carrier.start, carrier.end, known.units[sentence])

    def is_rare(self, key: str) -> bool:
        return len(self.sources.ground.holding.get(key, ())) == 1

    def stands(self, value: Value) -> list[Place]:
        """Where the sources have it; a pronoun's place is nobody's for sure."""
        return [
            Place(self.told(o.sentence), o.value, self._alike(o), o.sentence)
            for o in self.places(value)
            if o.value.start < o.value.end
        ]

    def _alike(self, place: Occurrence) -> list[Value]:
        return [v for v in self.sources.values[place.sentence] if are_alike(v, place.value)]

    def text_of(self, place: Occurrence) -> str:
        """The paragraph a place stands in."""
        return self.sources.ground.sentences[place.sentence].whole

    def places(self, value: Value) -> list[Occurrence]:
        told = value.sort, value.keys
        if told not in self._places:
            self._places[told] = self._found(value)
        return self._places[told]

    def _found(self, value: Value) -> list[Occurrence]:
        sorts: tuple[str, ...] = (value.sort,)
        if value.sort.startswith("figure "):
            sorts = (value.sort, "figure")
        if value.sort == "figure" and value.noun is None:
            sorts = _FIGURES
        found = [
            o for s in sorts for key in sorted(value.keys) for o in self.sources.places.get((s, key), ())
        ]
        near = frozenset(self.nearest)
        return sorted(found, key=lambda p: p.sentence not in near)[:_PLACES]

    def __call__(self, value: Value, place: Occurrence, reach: int = _REACH, far: float = _FAR) -> float:
        near = self._there(place, reach)
        beside = self.sources.beside[place.sentence] if far else frozenset()
        total = 0.0
        for key, weight, here in self._here(value, reach):
            there = near.get(key)
            if there is not None:
                if far or key[0] != "=":  # of two figures that may be exchanged, neither speaks for the other
                    total += weight * (far + (1 - far) * here * there)
            elif key in beside:
                total += weight * _BESIDE
        return total

    def _here(self, value: Value, reach: int) -> "_Weighed":
        place = (value.start, value.end, value.sort, reach)
        if place not in self._seen:
            self._seen[place] = self._weighed(value, reach)
        return self._seen[place]

    def _weighed(self, value: Value, reach: int) -> "_Weighed":
        """What no source has stands beside none of its places."""
        weights = self.sources.ground.weights
        nearest = _nearest(self.units, value, reach)
        return [
            (key, weights[key] * (_GENERAL if unit.kind == "generic" else 1.0), nearness)
            for key, (nearness, unit) in nearest.items()
            if key in weights
        ]

    def _there(self, place: Occurrence, reach: int) -> dict[str, float]:
        value, around = place.value, self.sources.around
        told = (place.sentence, value.start, value.end, value.sort, reach)
        if (known := around.get(told)) is not None:
            return known
        nearest = _nearest(self.sources.ground.units[place.sentence], value, reach)
        found = {key: nearness for key, (nearness, _) in nearest.items()}
        if len(around) < _REMEMBERED:
            around[told] = found
        return found


_Weighed = list[tuple[str, float, float]]
"""Key, its weight by rarity and kind, and its nearness to a value."""


def _nearest(units: Sequence[Unit], value: Value, reach: int) -> dict[str, tuple[float, Unit]]:
    """Key to its nearness to a value, and the nearest unit. A value's own words are left out; what it counts is not."""
    found: dict[str, tuple[float, Unit]] = {}
    counts = value.sort.startswith("figure")
    at = bisect_left(units, value.start, key=lambda u: u.start)
    start, end = value.start, value.end
    for unit in units[max(0, at - _AROUND) : at + _AROUND]:
        if start <= unit.start < end and not (counts and unit.kind != "figure"):
            continue
        distance = max(unit.start - end, start - unit.end, 0)
        nearness = reach / (reach + distance)
        known = found.get(unit.key)
        if known is None or nearness > known[0]:
            found[unit.key] = (nearness, unit)
    return found


def _better(value: Value, mine: Sequence[Value], fit: _Fit) -> tuple[Occurrence, Occurrence] | None:
    places = fit.places(value)
    if not places:
        return None
    counted = any(_same_count(value, p.value) for p in places)
    told = frozenset(key for v in mine for key in v.keys)
    there = {(p.sentence, key) for p in places for key in p.value.keys}
    rivals = [
        Occurrence(other, index)
        for index in fit.nearest
        for other in fit.sources.values[index]
        if (other.sort == value.sort or _are_sums(other, value))
        and other.keys.isdisjoint(told)
        and (value.shapes & other.shapes or not value.shapes)
        and (not counted or _same_count(value, other))
        and not any(_bare(v, other) for v in mine)
        and not any((index, key) in there for key in other.keys)
        and _comparable(value, other, fit.told(index), fit.here)
    ]
    if not rivals:
        return None
    if any(_vouched(value, other, places, fit) for other in mine):
        return None
    own, fits = max(((p, fit(value, p)) for p in places), key=itemgetter(1))
    rival, fits_better = max(((p, fit(value, p)) for p in rivals), key=itemgetter(1))
    if _ends_a_span(value, own, fit) and not is_end(fit.text_of(rival), rival.value.start):
        return None
    margin = _MARGIN.get(value.sort, _OTHER_MARGIN) * fit.scale
    return (own, rival) if fits_better - fits > margin and _shown(value, mine, places, rival, fit) else None


def _shown(
    value: Value, mine: Sequence[Value], places: Sequence[Occurrence], rival: Occurrence, fit: _Fit
) -> bool:
    def is_telling(unit: Unit) -> bool:
        """Of a person told by the full name a source has many figures."""
        return fit.is_rare(unit.key) and not any(
            v.sort == "person" and " " in v.text and v.start <= unit.start < v.end for v in mine
        )

    own = next((p.value for p in places if p.sentence == rival.sentence), None)
    others = [fit.told(p.sentence) for p in places if p.sentence != rival.sentence]
    there = fit.told(rival.sentence)
    alike = [v for v in mine if are_alike(v, value)]
    return is_shown(fit.here, value, there, rival.value, alike, others, own, is_telling)


def _are_sums(one: Value, other: Value) -> bool:
    """`1,9 million` may be euros; `7` is no kilometres."""
    return are_alike(one, other) and all("milli" in v.text for v in (one, other))


def _comparable(value: Value, other: Value, there: Told, here: Told) -> bool:
    """Not `sept journées` with `51 points`; not `Rennes` with a town named beside the `Stade rennais`."""
    if value.noun is not None and other.noun is not None and not _same_count(value, other):
        counted, meant = stem(other.noun), stem(value.noun)
        return (
            _ANYBODY in (counted, meant)
            or any(u.key == counted for u in here.around(value))
            or any(u.key == meant for u in there.around(other))
        )
    if value.sort == "figure year" and _is_age(there.text, other):
        return _is_age(here.text, value) or _MAY_BE_AGE.search(here.text, 0, value.start) is not None
    return value.sort not in _MARGIN or not _is_adjective_of(value, there)


def _is_age(text: str, years: Value) -> bool:
    """`Ana Roy, 34 ans, …`"""
    return text[: years.start].endswith((", ", "(")) and text[years.end : years.end + 1] in (",", ")", ".")


_MAY_BE_AGE = re.compile(r"(?:\bde|\bà|[,(])\s?\Z")


def _is_adjective_of(name: Value, there: Told) -> bool:
    """A word that is made from a name of one word: `rennais`, `lyonnaise`."""
    root = fold(name.text)
    if not root.isalpha() or len(root) <= _ROOT:
        return False
    beginning = root[: max(_ROOT, len(root) - 2)]
    return any(
        t.text.startswith(beginning) and t.text != root for t in tokens(there.text[there.start : there.end])
    )


_ANYBODY = stem("personne")
_ROOT = 4
"""Letters that an adjective keeps of its name at least."""


def _bare(value: Value, other: Value) -> bool:
    """`sur 3,2` of 3,2 millions."""
    return value.sort == "figure" and other.sort == "figure EUR" and other.text.split()[0] == value.text


def _ends_a_span(value: Value, own: Occurrence, fit: "_Fit") -> bool:
    return (
        value.sort in ("day", "month", "year")
        and is_end(fit.text, value.start)
        and is_end(fit.text_of(own), own.value.start)
    )


def _vouched(value: Value, other: Value, places: Sequence[Occurrence], fit: _Fit) -> bool:
    """`du 8 avril au 10 mai`: the two stand side by side in the source too."""
    if other is value or other.sort != value.sort or _gap(value, other) > _SIDE_BY_SIDE:
        return False
    there = {p.sentence: p.value for p in fit.places(other)}
    return any(p.sentence in there and 0 <= _gap(p.value, there[p.sentence]) <= _SIDE_BY_SIDE for p in places)


_SIDE_BY_SIDE = 8
"""Characters between two values."""


def _gap(one: Value, two: Value) -> int:
    return max(two.start - one.end, one.start - two.end)


def _same_count(value: Value, other: Value) -> bool:
    """The source counts the same things with the same number."""
    return value.noun is not None and other.noun is not None and stem(value.noun) == stem(other.noun)


def _parted(value: Value, text: str, fit: _Fit) -> tuple[Occurrence, Occurrence] | None:
    """The noun before a place (`sommet de Vilnius`, `soldats ukrainiens`) has another place in the sources."""
    places = fit.places(value)
    noun = _noun_before(fit.units, value, text) if value.sort == "place" and places else None
    if noun is None:
        return None
    known = fit.sources.ground
    here = known.holding.get(noun, ())[:_PLACES]
    paired = [
        Occurrence(v, i)
        for i in here
        for v in fit.sources.values[i]
        if v.sort == "place" and _noun_before(known.units[i], v, known.sentences[i].whole) == noun
    ]
    if not paired or any(value.keys & p.value.keys for p in paired):
        return None
    if any(_in_its_country(p, own) for p in paired for own in places):
        return None
    rival = next((p for p in paired if p.sentence in fit.nearest[:3]), None)
    return (places[0], rival) if rival else None


def _in_its_country(city: Occurrence, country: Occurrence) -> bool:
    """`l’usine belge` of `l’usine de Gand, en Belgique`."""
    if city.sentence != country.sentence or city.value.shapes & country.value.shapes:
        return False
    return 0 <= country.value.start - city.value.end <= _SIDE_BY_SIDE


def _noun_before(units: Sequence[Unit], value: Value, text: str) -> str | None:
    at = bisect_left(units, value.start, key=lambda u: u.start) - 1
    if at < 0 or units[at].kind not in ("word", "generic"):
        return None
    return units[at].key if _LINK.fullmatch(text, units[at].end, value.start) else None


_LINK = re.compile(r"\s(?:(?:d[eu]|de la|des|en|à|au|aux)\s|d[’'])?(?:l[’'])?")


def _turned(mine: Sequence[Value], text: str, fit: _Fit) -> Iterator[tuple[Value, Occurrence, Occurrence]]:
    """Two values that have changed places: one finding for the two."""
    kept = set[tuple[int, int]]()
    for pair in compared(fit.here, mine, fit.stands):
        if pair.crossed is not None:
            one, two = pair.crossed
            yield pair.first, Occurrence(one.value, one.sentence), Occurrence(two.value, two.sentence)
            return
        kept.add((pair.first.start, pair.second.start))
    yield from islice(_exchanged(mine, text, fit, frozenset(kept)), 1)


def _exchanged(
    mine: Sequence[Value], text: str, fit: _Fit, kept: frozenset[tuple[int, int]]
) -> Iterator[tuple[Value, Occurrence, Occurrence]]:
    """Two values of a sort that a source sentence has too, and that fit it better the other way round."""
    figures = [
        v for v in mine if v.sort.startswith("figure") or v.sort in ("year", "weekday", "day", "month")
    ]
    for first, bare in pairwise(figures):
        second = _in_the_sort_of(first, bare)
        if first.sort != second.sort or (first.start, second.start) in kept:
            continue
        for one, two in _together(first, second, fit):
            if _crosswise(first, second, one, two, fit):
                yield first, one, two
                break
            straight = fit(first, one, _SWAP_REACH, 0) + fit(second, two, _SWAP_REACH, 0)
            crossed = fit(first, two, _SWAP_REACH, 0) + fit(second, one, _SWAP_REACH, 0)
            told = text[first.end : second.start]
            there = fit.text_of(one)
            if one.value.start < two.value.start:
                alike = is_part_or_next(told)
            else:
                alike = is_part(told) or is_out_of(told, there[two.value.end : one.value.start])
            if crossed - straight > _SWAP_MARGIN * fit.scale and not alike:
                yield first, one, two
                break


def _in_the_sort_of(first: Value, second: Value) -> Value:
    """`huit ans pour l’aîné et vingt-cinq pour le cadet`: the unit is told once."""
    told_once = second.sort == "figure" and second.noun is None and first.sort.startswith("figure ")
    return second._replace(sort=first.sort) if told_once else second


def _crosswise(first: Value, second: Value, one: Occurrence, two: Occurrence, fit: _Fit) -> bool:
    """Each stands right before what the source has right behind the other."""
    mine = (_behind(fit.units, first), _behind(fit.units, second))
    theirs = tuple(_behind(fit.sources.ground.units[o.sentence], o.value) for o in (two, one))
    return None not in mine and mine[0] != mine[1] and mine == theirs


def _behind(units: Sequence[Unit], value: Value) -> str | None:
    """The first word that tells something behind a value."""
    at = bisect_left(units, value.end, key=lambda u: u.start)
    word = units[at] if at < len(units) and units[at].start - value.end <= _RIGHT_BEHIND else None
    return word.key if word is not None and word.kind != "figure" else None


_RIGHT_BEHIND = 16
"""Characters: `contre`, `pour chacun des`."""


def _together(first: Value, second: Value, fit: _Fit) -> Iterator[tuple[Occurrence, Occurrence]]:
    there = {p.sentence: p for p in fit.places(second)}
    for one in fit.places(first):
        two = there.get(one.sentence)
        if two is not None and two.value.start != one.value.start:
            yield one, two


_SOURCE = (
    "La rénovation de l’école mobilisera 3,2 millions d’euros jusqu’en 2027. La toiture de la halle sera refaite à "
    "l’automne pour 480 000 euros."
)
CHECKS = (
    Check(
        code="FID009",
        name="value bound to the wrong thing",
        severity="warn",
        why="A figure, day, place or name of the source that is given to something else is as wrong as an invented one.",
        source="House rule; measured on exchanged values, see the module.",
        bad=Example("# La halle\n\nLa toiture de la halle coûtera 3,2 millions d’euros.", source=_SOURCE),
        good=Example("# La halle\n\nPour la toiture de la halle, il faudra 480 000 euros.", source=_SOURCE),
        find=find_misbound,
        needs_source=True,
    ),
)
