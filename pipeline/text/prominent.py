"""The terms that articles speak of most, and how far a text takes them up.

A term's weight is BM25's: it grows ever more slowly with how often an article says it, and less in a long article
than in a short one. BM25 also holds a term against a collection; where there is none but a source and a few related
articles, the general vocabulary of telling the news (`generic.py`) stands for it and weighs nothing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text.fold import fold
from pipeline.text.generic import is_generic
from pipeline.text.people import FIRST_NAMES
from pipeline.text.stems import content_stems

# The usual constants of BM25.
_K1, _B = 1.2, 0.75
_MOST = 30
_SHORTEST = 3
# What a related article says tells less of the subject than the source itself.
_RELATED = 0.3
_FIRST = frozenset(map(fold, FIRST_NAMES))


@dataclass(frozen=True, slots=True)
class Term:
    stem: str
    word: str
    """The form that is said most."""
    weight: float
    often: float
    """Times in a thousand telling words of the source."""


@lru_cache(maxsize=8)
def prominent(articles: tuple[str, ...]) -> tuple[Term, ...]:
    """Of the source, which comes first, and its related articles: the heaviest terms first, at most 30.

    A term is said twice in the source at least.
    """
    read = [_terms(text) for text in articles]
    mean = sum(total for _, _, total in read) / len(read) if read else 0.0
    weights: dict[str, float] = {}
    for number, (said, _, total) in enumerate(read):
        long = total / mean if mean else 1.0
        for term, times in said.items():
            share = _RELATED if number else 1.0
            weights[term] = weights.get(term, 0.0) + share * _saturated(times, long)
    own, forms, total = read[0] if read else (Counter(), {}, 0)
    known = [t for t in own if own[t] > 1]
    known.sort(key=lambda t: (-weights[t], t))
    return tuple(Term(t, forms[t], weights[t], 1000 * own[t] / total) for t in known[:_MOST])


def coverage(terms: Sequence[Term], texts: Iterable[str]) -> tuple[float, tuple[Term, ...]]:
    """Of the weight of the terms, the share that a text takes up (0 to 1), and those that it does not say at all.

    A term that is said as often as in the source, in proportion, counts whole.
    """
    said = Counter(found for text in texts for found, _, _ in content_stems(text))
    total = sum(said.values()) or 1
    taken = sum(t.weight * min(1.0, _share(said[t.stem], total, t.often)) for t in terms)
    whole = sum(t.weight for t in terms)
    return (taken / whole if whole else 1.0), tuple(t for t in terms if not said[t.stem])


def _share(times: int, total: int, often: float) -> float:
    return _saturated(1000 * times / total, 10.0) / _saturated(often, 10.0) if times else 0.0


def _saturated(times: float, long: float) -> float:
    return times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * long))


@lru_cache(maxsize=16)  # of a related article again for the next piece; its values must not be changed
def _terms(text: str) -> tuple[Counter[str], dict[str, str], int]:
    """How often each term is said, the form it has most, and how many telling words the text has."""
    said: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    found_stems = content_stems(text)
    for found, start, end in found_stems:
        word = text[start:end]
        if (
            len(word) >= _SHORTEST
            and word.isalpha()
            and fold(word) not in _FIRST
            and not is_generic(fold(word))
        ):
            said[found] += 1
            forms.setdefault(found, Counter())[word] += 1
    return said, {stem: max(f, key=lambda w: (f[w], w)) for stem, f in forms.items()}, len(found_stems)
