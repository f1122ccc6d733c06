"""How earlier calls of a model went, as the ledger has them: what an estimate goes by instead of assumptions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import fmean, quantiles
from typing import Any

from pipeline.ledger import Ledger
from pipeline.ledger_rows import reading
from pipeline.writers import tokens

_LATEST = 400
"""Calls looked at: as many as two hundred articles take without repair."""
_FEWEST = 5  # articles: of fewer nothing is known that holds for others
_LONGEST_GAP = 600.0  # seconds; a longer one is two runs
_OF_A_PIECE = ("plan", "write", "repair")


@dataclass(frozen=True, slots=True)
class History:
    calls: int
    an_article: float
    """Calls of an article that came to its text."""
    characters: float
    """Of a prompt, to a token."""
    input: float
    """Tokens of a prompt."""
    output: float
    """Tokens of an answer, reasoning included."""
    seconds: tuple[float, float]
    """Of a call: a quarter of them took less than the first, a quarter more than the second."""


def history(ledger: Ledger, model: str) -> History | None:
    """None when it has hardly any."""
    from sqlalchemy import select

    from pipeline.ledger_schema import CALLS

    c = CALLS.c
    wanted = (c.article, c.stage, c.at, c.request, c.input_tokens, c.output_tokens)
    query = (
        select(*wanted).where(c.model == model, c.stage.in_(_OF_A_PIECE)).order_by(c.id.desc()).limit(_LATEST)
    )
    with ledger.connect() as connection, reading("a call"):
        return _read([dict(row) for row in connection.execute(query).mappings()][::-1])


def _read(rows: Sequence[Mapping[str, Any]]) -> History | None:
    by_article: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_article[row["article"]].append(row)
    whole = [calls for calls in by_article.values() if {"plan", "write"} <= {call["stage"] for call in calls}]
    counted = [row for row in rows if row["input_tokens"] and row["request"].get("messages")]
    gaps = [gap for calls in whole for gap in _gaps(calls)]
    if len(whole) < _FEWEST or not counted:
        return None
    said = sum(len(tokens.text_of(m)) for row in counted for m in row["request"]["messages"])
    low, _, high = quantiles(gaps, n=4, method="inclusive") if len(gaps) > 1 else (0.0, 0.0, 0.0)
    return History(
        calls=len(rows),
        an_article=fmean(map(len, whole)),
        characters=said / sum(row["input_tokens"] for row in counted),
        input=fmean(row["input_tokens"] for row in counted),
        output=fmean(row["output_tokens"] for row in counted),
        seconds=(low, high + 1.0),
    )


def _gaps(calls: Sequence[Mapping[str, Any]]) -> Iterable[float]:
    """Seconds from each answer of an article to the next: what is between them is the call, and a check."""
    times = [datetime.fromisoformat(call["at"]) for call in calls]
    found = ((after - before).total_seconds() for before, after in pairwise(times))
    return [gap for gap in found if gap <= _LONGEST_GAP]


def remembered(ledger: Ledger, model: str, articles: Sequence[str]) -> int:
    """How many first plans and texts of some hundred articles (sha256) are answered already: not paid again."""
    from sqlalchemy import select

    from pipeline.ledger_schema import CALLS

    c = CALLS.c
    asked = (c.article.in_(articles), c.model == model, c.usable, c.stage.in_(_OF_A_PIECE[:2]))
    with ledger.connect() as connection:
        found = Counter(tuple(row) for row in connection.execute(select(c.article, c.stage).where(*asked)))
    return len(found)
