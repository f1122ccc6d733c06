"""What a run will take before it is paid: calls, tokens, money and time, each from the least to the most.

The least: no text needs repair, background is not used, every prompt is read from the provider's cache. The most: as many
repairs as the ledger has seen, all the background there may be. Pure arithmetic; what goes in is measured elsewhere.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.history import History
from pipeline.writers.models import Price

# Measured on 46 sources: numbered lines are 1.0 to 1.2 times as long as the text, the dossier .3 to .8 of it.
_MATERIAL = (1.3, 2.0)
_CHARACTERS = (3.0, 4.5)  # a token of French; writers/tokens.py
_FRAME = (
    5_000,
    9_000,
)  # characters around the material: house rules and order; then the plan, or a section with findings
_REPAIRS = 1.0  # an article, where nothing is known
_JUDGED = 1  # call of a second opinion, an article
_SECONDS = (3.0, 20.0)  # a call, where nothing is known
_PLAN = (150, 1_000)  # tokens
_A_WORD = (0.8, 3.5)  # tokens of a text for each word asked for: it may fall short, or be half as long again
_REASONING = {None: 0, "none": 0, "minimal": 500, "low": 2_000}
_MUCH_REASONING = 10_000
# What the ledger measured of answers, and of prompts, which are as long as their articles; what another folder may need.
_NEAR, _WIDE = (0.75, 1.35), (0.6, 1.6)
_OF_THIS_MACHINE = (0.0, 1.0)  # seconds an article: reading and checking, on one core
_START = (0.0, 15.0)  # seconds: the program, its processes, LanguageTool
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Range:
    low: float = 0
    high: float = 0

    @property
    def whole(self) -> dict[str, int]:
        return {"low": math.floor(self.low), "high": math.ceil(self.high)}


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to do."""

    articles: int = 0
    remembered: int = 0
    """Plans and texts that are answered already."""
    characters: int = 0
    """Of the articles' texts together."""
    background: int = 0
    """Of the articles that may give background, at most."""


@dataclass(frozen=True, slots=True)
class Terms:
    """By whom, and how fast."""

    words: int
    calls_an_article: int
    concurrency: int
    requests_per_minute: int | None = None
    effort: str | None = None
    price: Price | None = None
    judged: bool = False
    by_batches: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    calls: Range
    input: Range
    output: Range
    cost: Range | None
    """None when the price is not known."""
    currency: str | None
    seconds: Range | None
    """None when answers come by batches."""
    by: tuple[str, ...]
    """What it goes by, a line each."""

    def as_json(self) -> dict[str, Any]:
        cost = self.cost and {k: round(v, 6) for k, v in asdict(self.cost).items()} | {
            "currency": self.currency
        }
        tokens = {"input": self.input.whole, "output": self.output.whole}
        seconds = self.seconds and self.seconds.whole
        return {
            "calls": self.calls.whole,
            "tokens": tokens,
            "cost": cost,
            "seconds": seconds,
            "by": [*self.by],
        }


def estimate(work: Work, terms: Terms, past: History | None) -> Estimate:
    calls = _calls(work, terms, past)
    asked, answered = _input(work, calls, past), _output(calls, terms, past)
    return Estimate(
        calls,
        asked,
        answered,
        _cost(asked, answered, terms.price),
        terms.price.currency if terms.price else None,
        None if terms.by_batches else _seconds(work, calls, terms, past),
        tuple(_by(terms, past)),
    )


def _calls(work: Work, terms: Terms, past: History | None) -> Range:
    """Two an article where nothing is mended; an article may take `calls_an_article`, no more."""
    one = past.an_article if past else 2 + _REPAIRS
    most = min(max(2.0, one), terms.calls_an_article) + _JUDGED * terms.judged
    return Range(max(0, 2 * work.articles - work.remembered), math.ceil(work.articles * most))


def _input(work: Work, calls: Range, past: History | None) -> Range:
    if not work.articles:
        return Range()
    least = _FRAME[0] + _MATERIAL[0] * work.characters / work.articles
    most = _FRAME[1] + _MATERIAL[1] * (work.characters + work.background) / work.articles
    few, many = (past.characters * n for n in (0.9, 1.1)) if past else _CHARACTERS
    low, high = least / many, most / few
    near = [past.input * n for n in _WIDE] if past else []
    if near and near[0] < high and near[1] > low:
        low, high = max(low, near[0]), min(high, near[1])
    return Range(calls.low * low, calls.high * high)


def _output(calls: Range, terms: Terms, past: History | None) -> Range:
    if past:
        return Range(calls.low * past.output * _NEAR[0], calls.high * past.output * _NEAR[1])
    reasoned = _REASONING.get(terms.effort, _MUCH_REASONING)
    least, most = (plan + terms.words * word for plan, word in zip(_PLAN, _A_WORD, strict=True))
    return Range(calls.low / 2 * least, calls.high * (most + reasoned))


def _cost(asked: Range, answered: Range, price: Price | None) -> Range | None:
    if price is None:
        return None
    cheapest = min(price.input, price.input if price.cached is None else price.cached)
    dearest = max(price.input, price.cache_write or 0.0)
    return Range(
        (asked.low * cheapest + answered.low * price.output) / _MILLION,
        (asked.high * dearest + answered.high * price.output) / _MILLION,
    )


def _seconds(work: Work, calls: Range, terms: Terms, past: History | None) -> Range:
    """Calls go side by side, those of one article one after the other, and checks of this machine behind them."""
    if not calls.high:
        return Range()
    quick, slow = past.seconds if past else _SECONDS
    paced = calls.low * 60 / terms.requests_per_minute if terms.requests_per_minute else 0.0
    chain = math.ceil(calls.high / work.articles) * slow
    low = max(calls.low * quick / terms.concurrency, min(2, calls.low) * quick, paced - 60)
    high = max(calls.high * slow / terms.concurrency + chain, paced * calls.high / max(1, calls.low))
    return Range(
        low + work.articles * _OF_THIS_MACHINE[0] + _START[0],
        high + work.articles * _OF_THIS_MACHINE[1] + _START[1],
    )


def _by(terms: Terms, past: History | None) -> Sequence[str]:
    if past:
        source = (
            f"it goes by the last {past.calls} calls of this model in the ledger: {past.an_article:.2f} calls an article, "
            f"{past.characters:.1f} characters a token, {past.input:.0f} tokens a prompt, {past.output:.0f} an answer, "
            f"{past.seconds[0]:.0f} to {past.seconds[1]:.0f} s a call"
        )
    else:
        source = (
            "the ledger has too few calls of this model, so these are assumed: at most one repair an article, "
            f"{_SECONDS[0]:.0f} to {_SECONDS[1]:.0f} s a call, {_CHARACTERS[0]:g} to {_CHARACTERS[1]:g} characters a token"
        )
    told = [source]
    if terms.price is None:
        told.append("the price of this model is not known (marbre models)")
    elif terms.price.cached is None:
        told.append(
            "what prompts read from the provider's cache cost is not known (`cached` of the price): "
            "a run tells no cost once the server reports some"
        )
    if terms.by_batches:
        told.append("each step of an article takes a batch of up to a day")
    return told
