"""What each model takes and costs: `models.toml`, and the rows the settings add. Nothing here asks a server."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import UsageError
from pipeline.model import Call, Money, Usage
from pipeline.writers import tokens
from pipeline.writers.request import Request

_MILLION = 1_000_000
_MOST_TOKENS = 1_000_000_000
Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]


# A price beyond it is a slip, and with a long prompt more than the sums of the ledger hold.
PerMillion = Annotated[float, Field(ge=0, le=1e6)]


class Price(BaseModel):
    """Per million tokens, on a day, as somebody said. What is None bills nobody knows how much."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    currency: str = Field("USD", pattern="^[A-Z]{3}$")
    input: PerMillion
    cached: PerMillion | None = None
    cache_write: PerMillion | None = None
    """None: what is written to the cache is billed as other input."""
    output: PerMillion
    up_to: int | None = Field(None, gt=0)
    """The most tokens of a prompt these prices hold for."""
    date: date
    source: str


class Economy(BaseModel):
    """A Batch API: answers within a day for a share of the price, on a day, as somebody said."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    factor: float = Field(gt=0, le=1)
    date: date
    source: str


class Row(BaseModel):
    """What a family of models takes. The fields are explained in `models.toml`; the defaults are the least."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    match: tuple[str, ...] = ()
    token_limit: Literal["max_completion_tokens", "max_tokens"] | None = None
    max_output: int | None = Field(None, gt=0, le=_MOST_TOKENS)
    context: int | None = Field(None, gt=0, le=_MOST_TOKENS)
    temperature: Literal["always", "never", "effort_none"] = "never"
    efforts: tuple[Effort, ...] = ()
    effort: Effort | None = None
    json_schema: bool = False
    cache: Literal["breakpoint"] | None = None
    price: Price | None = None
    economy: Economy | None = None

    @model_validator(mode="after")
    def _effort_is_one_of_its_own(self) -> "Row":
        if self.effort and self.effort not in self.efforts:
            raise ValueError(f"effort {self.effort!r} is not among efforts {list(self.efforts)}")
        return self


UNKNOWN = Row(name="unknown")


def table(added: Mapping[str, Mapping[str, Any]] | None = None) -> tuple[Row, ...]:
    """All rows, in the order they are tried: new ones of the settings first.

    `added` is what `[models.NAME]` tables hold. Raises `UsageError` that names the row and the field.
    """
    built_in, added = _built_in(), added or {}
    new = [name for name in added if name not in built_in]
    return tuple(_row(name, {**built_in.get(name, {}), **added.get(name, {})}) for name in [*new, *built_in])


def row_of(model: str, rows: Sequence[Row]) -> Row:
    """The row a model goes by; `UNKNOWN`, which has nothing, for one that no row names."""
    name = model.lower()
    return next((r for r in rows if any(fnmatchcase(name, p.lower()) for p in r.match)), UNKNOWN)


@lru_cache(maxsize=1)
def _built_in() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("pipeline.writers").joinpath("models.toml").read_text(encoding="utf-8"))


def _row(name: str, fields: Mapping[str, Any]) -> Row:
    try:
        return Row(**{"match": (name,), **fields, "name": name})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(["models", name, *map(str, first["loc"])])
        known = ", ".join(n for n in Row.model_fields if n != "name")
        raise UsageError(
            "settings", f"{where} will not do: {first['msg']}.", f"Mend that table; its fields are: {known}."
        ) from None


def price_of(usage: Usage, row: Row) -> Money | None:
    """What a call cost by its usage; None when that is not known: never a guess.

    `usage.input` counts all tokens of the prompt, those read from the cache and those written to it among them.
    """
    price = row.price
    if price is None or not usage.input or (price.up_to and usage.input > price.up_to):
        return None
    if usage.cached and price.cached is None:
        return None
    written = price.input if price.cache_write is None else price.cache_write
    plain = max(0, usage.input - usage.cached - usage.cache_write)
    amount = (
        plain * price.input
        + usage.cached * (price.cached or 0.0)
        + usage.cache_write * written
        + usage.output * price.output
    )
    return Money(amount / _MILLION, price.currency)


def economical(row: Row) -> Row | None:
    """The row at the prices of its Batch API; None when it has none, as far as the table knows."""
    if row.economy is None:
        return None
    if row.price is None:
        return row
    parts = row.price.model_dump(include={"input", "cached", "cache_write", "output"}, exclude_none=True)
    lower = {name: amount * row.economy.factor for name, amount in parts.items()}
    return row.model_copy(update={"price": row.price.model_copy(update=lower)})


def cost_of(call: Call, request: Request, row: Row) -> Money | None:
    """What a call cost; told as an estimate, from the length of the texts, when the server gave no usage."""
    if call.usage.input:
        return price_of(call.usage, row)
    guessed = price_of(
        Usage(input=tokens.estimate(request.messages), output=tokens.of(call.answer)),
        row,
    )
    return guessed and Money(guessed.amount, guessed.currency, estimated=True)


def upper_bound(request: Request, row: Row) -> Money | None:
    """The most a request can cost, to be reserved before it is sent; None when that is not known.

    No tokenizer makes more tokens than there are bytes; the answer has the limit that the request sets.
    """
    price = row.price
    limit = request.parameters.get(row.token_limit or "", row.max_output)
    most = tokens.most(request.messages, request.parameters)
    if price is None or limit is None or (price.up_to and most > price.up_to):
        return None
    dearest = max(price.input, price.cached or 0.0, price.cache_write or 0.0)
    return Money((most * dearest + limit * price.output) / _MILLION, price.currency)
