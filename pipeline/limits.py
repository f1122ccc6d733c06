"""Requests and tokens a minute, over all programs on one ledger: a row of it for each server of a model.

The row tells what has gone in the last minute, second by second, and what has been given a turn to come. A call takes
its turn in one transaction and waits for it by itself; so nobody asks twice, and all go in the order they came. Who dies
with a turn leaves at most that one unused. The time is the database's. A program that keeps to other limits counts
what all have sent, and holds that against its own.
"""

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.errors import MarbreError
from pipeline.ledger import Ledger
from pipeline.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

MINUTE = 60.0
_PARTS = 60
"""Of a minute. What is counted by seconds leaves a second late, so a sixtieth of the limit is never used."""
_BURST = 6
"""Parts in which only their share of the requests goes: no flood at the start of a run, nor after a pause."""
_AHEAD = 60 * _PARTS
"""A turn more than an hour away is one of a clock that was wrong."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes in one part of a minute."""

    part: int
    """Counted since 1970."""
    requests: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Traffic:
    """What the programs on a ledger send to one server."""

    sent: tuple[Sent, ...] = ()
    """The earliest first."""
    held: float = 0.0
    """Nothing goes before this time: in parts of a minute since 1970, as all times here."""


@dataclass(frozen=True, slots=True)
class Most:
    """In any minute; None where there is no limit."""

    requests: int | None
    tokens: int | None


@dataclass(frozen=True, slots=True)
class Turn:
    """When a call may go."""

    wait: float
    """Seconds from now."""
    part: int
    tokens: int


def admitted(traffic: Traffic, now: float, tokens: int, most: Most) -> tuple[Traffic, float]:
    """The traffic with one call more, and the earliest time it may go.

    It goes behind all others. Requests are spread over the minute; tokens are not, since most calls take fewer than was
    thought. A call with more of them than the limit goes when nothing else has for a minute.
    """
    sent = tuple(s for s in traffic.sent if int(now) - _PARTS <= s.part <= now + _AHEAD)
    held = traffic.held if traffic.held <= now + _AHEAD else 0.0
    start = max(now, held, float(sent[-1].part) if sent else 0.0)
    part = int(start)
    if most.requests is not None:
        gone = [(s.part, s.requests) for s in sent]
        share = math.ceil(most.requests * (_BURST + 1) / _PARTS)
        part = max(part, _free_at(gone, 1, most.requests, _PARTS), _free_at(gone, 1, share, _BURST))
    if most.tokens is not None:
        part = max(part, _free_at([(s.part, s.tokens) for s in sent], tokens, most.tokens, _PARTS))
    *before, last = (*sent, Sent(part, 0, 0)) if not sent or sent[-1].part != part else sent
    last = Sent(part, last.requests + 1, last.tokens + tokens)
    return Traffic((*before, last), held), max(start, float(part))


def _free_at(sent: list[tuple[int, int]], amount: int, limit: int, span: int) -> int:
    """The first part in which `amount` may go: by then enough of what was sent lies `span` parts back."""
    first = sent[-1][0] - span if sent else 0
    excess = sum(n for part, n in sent if part >= first) + min(amount, limit) - limit
    free = 0
    for part, n in sent:
        if excess <= 0:
            break
        if part >= first:
            excess -= n
            free = part + span + 1
    return free


def corrected(traffic: Traffic, part: int, tokens: int) -> Traffic:
    """With so many tokens more, or fewer, in a part; what lies a minute back is not there any more."""
    return replace(
        traffic,
        sent=tuple(
            replace(s, tokens=max(0, s.tokens + tokens)) if s.part == part else s for s in traffic.sent
        ),
    )


def as_row(traffic: Traffic) -> dict[str, Any]:
    return {"held": traffic.held, "sent": [[s.part, s.requests, s.tokens] for s in traffic.sent]}


def of_row(row: Any) -> Traffic:
    """What cannot be read counts for nothing: a minute later it would not count anyway."""
    try:
        sent = sorted((Sent(*(max(0, int(n)) for n in s)) for s in row["sent"]), key=lambda s: s.part)
        held = float(row["held"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return Traffic()
    return Traffic(tuple(sent), held if math.isfinite(held) else 0.0)


class Limits:
    """Those of one server, for one run."""

    def __init__(
        self,
        ledger: Ledger,
        server: str,
        most: Most,
        minute: float = MINUTE,
        clock: Callable[[], float] | None = None,
    ) -> None:
        """`minute` in seconds; `clock` in place of the database's, in seconds since 1970."""
        self._ledger, self._server, self._most, self._clock = ledger, server, most, clock
        self._part = minute / _PARTS

    def take(self, tokens: float) -> Turn:
        """A turn for one call of about so many tokens. It is the caller's, used or not."""
        amount = math.ceil(tokens)

        def work(connection: "Connection") -> Turn:
            traffic = self._locked(connection)
            now = self._now(connection)
            after, start = admitted(traffic, now, amount, self._most)
            self._write(connection, after)
            return Turn((start - now) * self._part, int(start), amount)

        return self._ledger.doing(work)

    def settle(self, turn: Turn, tokens: int) -> None:
        """What the call really took. Where the ledger cannot be had, what was thought stays."""
        if self._most.tokens is None or tokens == turn.tokens:
            return
        with suppress(MarbreError), self._ledger.connect() as connection:
            traffic = self._locked(connection)
            self._write(connection, corrected(traffic, turn.part, tokens - turn.tokens))

    def pause(self, seconds: float) -> None:
        """The server refused a call for its rate: it would refuse those of the other programs too."""
        with suppress(MarbreError), self._ledger.connect() as connection:
            traffic = self._locked(connection)
            until = self._now(connection) + seconds / self._part
            self._write(connection, replace(traffic, held=max(traffic.held, until)))

    def paused(self) -> bool:
        """Whether nothing may go, so that a turn that has come is a turn no more."""
        from sqlalchemy import select

        from pipeline.ledger_schema import TRAFFIC

        mine = select(TRAFFIC.c.sent).where(TRAFFIC.c.server == self._server)

        def work(connection: "Connection") -> bool:
            return of_row(connection.execute(mine).scalar()).held > self._now(connection)

        return self._ledger.doing(work)

    def _locked(self, connection: "Connection") -> Traffic:
        """The row, which nobody else reads to change it before this transaction ends."""
        from pipeline.dialects import locked, not_held_up
        from pipeline.ledger_schema import TRAFFIC

        not_held_up(connection)
        row = locked(connection, TRAFFIC, {"server": self._server, "sent": as_row(Traffic())})
        return of_row(row.sent)

    def _write(self, connection: "Connection", traffic: Traffic) -> None:
        from pipeline.ledger_schema import TRAFFIC

        change = TRAFFIC.update().where(TRAFFIC.c.server == self._server)
        connection.execute(change.values(sent=as_row(traffic)))

    def _now(self, connection: "Connection") -> float:
        """In parts of a minute."""
        from pipeline.dialects import now

        seconds = self._clock() if self._clock else now(connection).timestamp()
        return seconds / self._part


def limits_of(ledger: Ledger, settings: Settings) -> Limits | None:
    """None where no limit is set: then a call needs no turn."""
    most = Most(settings.requests_per_minute, settings.tokens_per_minute)
    return None if most == Most(None, None) else Limits(ledger, settings.server, most)
