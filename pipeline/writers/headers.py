"""What a server's headers say about how soon it may be asked again. Headers come from outside: none is trusted."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

_PART = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h|d)")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


@dataclass(frozen=True, slots=True)
class Allowance:
    """`x-ratelimit-{limit,remaining,reset}-…` of requests or tokens; None where the server does not say."""

    limit: float | None = None
    """A minute."""
    remaining: float | None = None
    reset: float | None = None
    """Seconds until all of the limit is there again."""


def allowance(headers: Mapping[str, str], kind: str) -> Allowance:
    """`kind` is `requests` or `tokens`."""
    limit, remaining = (_number(headers.get(f"x-ratelimit-{name}-{kind}")) for name in ("limit", "remaining"))
    return Allowance(limit, remaining, duration(headers.get(f"x-ratelimit-reset-{kind}") or ""))


def duration(text: str) -> float | None:
    """Seconds in `1s`, `6m0s`, `20ms`, `1h2m3.5s` or a plain number; None for anything else."""
    parts = _PART.findall(text)
    if parts and "".join(n + unit for n, unit in parts) == text.strip():
        return sum(float(n) * _UNITS[unit] for n, unit in parts)
    return _number(text)


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds the server asks to wait: `retry-after-ms`, `retry-after` (seconds or a date), else the reset of
    whatever is used up. `now` is seconds since 1970.
    """
    if (milliseconds := _number(headers.get("retry-after-ms"))) is not None:
        return milliseconds / 1000
    said = headers.get("retry-after")
    if (seconds := _number(said)) is not None:
        return seconds
    if said:
        try:
            return max(0.0, parsedate_to_datetime(said).timestamp() - now)
        except (ValueError, OverflowError):
            pass
    used_up = [a for a in (allowance(headers, "requests"), allowance(headers, "tokens")) if a.remaining == 0]
    return max((a.reset for a in used_up if a.reset is not None), default=None)


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None
