"""What a setting may be at most: no run can go by more, and no file or database holds it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from pipeline.text.web_address import names_a_host

_DAY = 86_400.0


def _asked_at(address: str) -> str:
    if not names_a_host(address):
        raise ValueError("it names no host that can be asked")
    return address


Address = Annotated[str, Field(pattern=r"^https?://[^\s/]+"), AfterValidator(_asked_at)]
Seconds = Annotated[float, Field(gt=0, le=7 * _DAY)]
# Sums are kept in billionths, in 64 bits.
Amount = Annotated[float, Field(gt=0, le=1e9)]


def texts(value: object) -> Iterator[str]:
    """All text in a value of the settings."""
    if isinstance(value, str | Path):
        yield str(value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from (*texts(key), *texts(inner))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def is_text(text: str) -> bool:
    """False for what no file, database or page can hold: a NUL, half a character."""
    return "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
