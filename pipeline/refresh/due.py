"""Which pieces are due, and why. Pure: a row of the ledger, what was seen of its sources, the time.

Age alone is never a reason, and nor is a file's date.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.refresh.signs import Sign, stale
from pipeline.refresh.traffic import Traffic, decay

Code = Literal[
    "source_changed",
    "related_changed",
    "new_related",
    "stale_sign",
    "event_passed",
    "dead_link",
    "decay",
    "new_blocking_check",
    "prompt",
    "model",
]


@dataclass(frozen=True, slots=True)
class Reason:
    code: Code
    sentence: str

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the ledger keeps of a piece for this."""

    slug: str
    writer: str
    signs: tuple[Sign, ...] = ()
    prompts: tuple[str, ...] = ()
    """`write/2`, … of the answers it was made of."""
    tried: str = ""
    """The key of the reasons that were tried last and led to nothing."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A source as it was found: `same`; `changed`, and how; `gone`, when it cannot be read any more."""

    label: str
    """`S1` is the source itself."""
    state: Literal["same", "changed", "gone"] = "same"
    told: str = ""
    """Of a changed one the difference in a line, of one that is gone the reason."""
    substance: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    sources: tuple[Sight, ...] = ()
    new: tuple[str, ...] = ()
    """Articles that bring facts on the piece's subject, each in a line."""
    dead: tuple[str, ...] = ()
    """Addresses in the piece that lead nowhere."""
    blocking: tuple[str, ...] = ()
    """Checks that did not exist when it was written and block now."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`also`: the model and the prompts in force, given where another one is to be a reason."""

    model: str | None = None
    prompts: tuple[str, ...] = ()


def due(
    row: Remembered,
    seen: Seen,
    now: datetime,
    traffic: Traffic | None = None,
    wanted: Wanted = Wanted(),
) -> tuple[Reason, ...]:
    """The reasons to write a piece again, the strongest first; none when it may stay."""
    return tuple(_reasons(row, seen, now, traffic, wanted))


def _reasons(
    row: Remembered, seen: Seen, now: datetime, traffic: Traffic | None, wanted: Wanted
) -> Iterable[Reason]:
    for sight in seen.sources:
        if sight.state == "changed":
            own = sight.label == "S1"
            yield Reason("source_changed" if own else "related_changed", f"{sight.label}, {sight.told}")
    for line in seen.new:
        yield Reason("new_related", line)
    for sign in stale(row.signs, now.date()):
        yield Reason(sign.code, f"« {sign.words} », since {sign.since}")
    for address in seen.dead:
        yield Reason("dead_link", f"{address} leads nowhere")
    if traffic and (why := decay(traffic)):
        yield Reason("decay", why)
    for check in seen.blocking:
        yield Reason("new_blocking_check", check)
    if row.writer != "offline":
        yield from _asked(row, wanted)


def _asked(row: Remembered, wanted: Wanted) -> Iterable[Reason]:
    if wanted.model and wanted.model != row.writer:
        yield Reason("model", f"written by {row.writer}, now {wanted.model}")
    known = dict(p.rsplit("/", 1) for p in row.prompts if "/" in p)
    changed = [
        p for p in wanted.prompts if known.get(p.rsplit("/", 1)[0], "") not in ("", p.rsplit("/", 1)[1])
    ]
    if changed:
        yield Reason("prompt", f"{', '.join(changed)} in place of older ones")


def key_of(reasons: Sequence[Reason], seen: Seen, by: str) -> str:
    """What makes two attempts the same: the reasons, the state of the sources, who writes."""
    import hashlib

    told = (by, *map(str, reasons), *(f"{s.label} {s.substance}" for s in seen.sources))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
