"""The table of models, for `marbre models`."""

from collections.abc import Sequence
from typing import Any

from pipeline.writers.models import UNKNOWN, Price, Row, row_of

_TEMPERATURE = {
    "always": "temperature",
    "never": "no temperature",
    "effort_none": "temperature while it does not reason",
}


def as_json(rows: Sequence[Row], model: str) -> dict[str, Any]:
    """`marbre.models/1`. `row` is what the model in force goes by, null when it gets the least."""
    row = row_of(model, rows)
    return {
        "schema": "marbre.models/1",
        "model": model,
        "row": None if row is UNKNOWN else row.name,
        "models": [r.model_dump(mode="json") for r in rows],
    }


def as_text(rows: Sequence[Row], model: str) -> str:
    row = row_of(model, rows)
    told = "no row: it gets no parameter, and its cost is not known" if row is UNKNOWN else f"row {row.name}"
    return "\n".join([f"{model} goes by {told}.", *(line for r in rows for line in ("", *_lines(r)))])


def _lines(row: Row) -> list[str]:
    """A family in a few lines; what is not known is left out."""
    told = [
        row.token_limit and f"limit {row.token_limit}",
        row.max_output and f"answer up to {row.max_output:,}",
        row.context and f"context {row.context:,}",
        _TEMPERATURE[row.temperature],
        row.effort and f"effort {row.effort} (of {', '.join(row.efforts)})",
        "JSON schema" if row.json_schema else "no JSON schema",
        row.cache and f"cache {row.cache}",
        row.economy and f"--economy at {row.economy.factor:.0%} of the price ({row.economy.date})",
    ]
    return [
        f"{row.name}: {' '.join(row.match)}",
        f"  {'; '.join(t for t in told if t)}",
        f"  {_price(row.price)}",
    ]


def _price(price: Price | None) -> str:
    if price is None:
        return "price not known"
    cached = "cached not known" if price.cached is None else f"cached {price.cached:g}"
    written = "" if price.cache_write is None else f", cache write {price.cache_write:g}"
    limit = f", prompts up to {price.up_to:,}" if price.up_to else ""
    return (
        f"{price.currency} a million: input {price.input:g}, {cached}{written}, output {price.output:g}{limit} "
        f"({price.date}, {price.source})"
    )
