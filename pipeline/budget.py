"""What a run and a day may cost. A call is reserved at its upper bound before it is sent, and settled after.

Reservations lie in the ledger, so that two runs on one ledger keep one day's budget. The reservation of a
run that was killed expires when its call cannot be under way any more.
"""

import asyncio
import math
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pipeline.errors import BudgetError, MarbreError, UsageError, WriterError
from pipeline.halt import Halt
from pipeline.ledger import Ledger
from pipeline.model import Money, Usage
from pipeline.settings import Settings
from pipeline.writers.models import Row, price_of, upper_bound
from pipeline.writers.request import Request

if TYPE_CHECKING:
    from sqlalchemy import Connection, Delete, Update

_UNIT = 1_000_000_000  # a token of the cheapest models costs 50 billionths
_SMALL = 0.001  # what is less has no meaning with four decimals
_MARGIN = 60.0  # seconds; clocks of two machines differ


@dataclass(frozen=True, slots=True)
class Tariff:
    """The prices of a run's models, in units of `currency`."""

    bound: Callable[[Request], float | None]
    """The most a call can cost, whatever is answered."""
    price: Callable[[Request, Usage], float | None]
    """What it did cost."""
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class Reservation:
    request: Request
    row: int
    amount: int


@dataclass(frozen=True, slots=True)
class _Sums:
    """Billionths, reservations included; `held` is what other calls of the day have reserved."""

    run: int
    day: int
    held: int


class Budget:
    """All calls of one run go through it, budget or not, so that a day's sum is whole."""

    def __init__(
        self,
        ledger: Ledger,
        tariff: Tariff,
        settings: Settings,
        halt: Halt,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        """`clock`: where the time is not to be the ledger's."""
        self._ledger, self._tariff, self._halt, self._clock = ledger, tariff, halt, clock
        self._run = uuid.uuid4().hex
        self._most_run, self._most_day = _units(settings.budget), _units(settings.budget_day)
        self._lasts = settings.timeout + _MARGIN
        self._in_flight = 0
        self._settled = asyncio.Event()

    async def reserve(self, request: Request) -> Reservation:
        """Room for one attempt. While calls of this run are in flight, their settling may make some: it waits.

        Raises `BudgetError` when nothing is in flight and there is no room, `WriterError` for a call with no bound.
        """
        bound = self._tariff.bound(request)
        if bound is None and (self._most_run is not None or self._most_day is not None):
            raise _unbounded(request)
        amount = math.ceil((bound or 0.0) * _UNIT)
        while (row := self._try(amount)) is None:
            if not self._in_flight:
                raise self._reached(amount, self._ledger.doing(lambda c: self._sums(c, self._now(c))))
            await self._settled.wait()
            self._halt.check()
        self._in_flight += 1
        return Reservation(request, row, amount)

    def hold(self, connection: "Connection", requests: Sequence[Request]) -> list[int | MarbreError]:
        """Rooms for the calls of a batch, as many as there are, in the caller's transaction; rows of `spending`.

        They count until `settlement`, however long that takes. Whoever gets none is told why.
        """
        from pipeline.dialects import alone
        from pipeline.ledger_schema import SPENDING

        alone(connection)  # as in `_try`
        now = self._now(connection)
        sums = self._sums(connection, now)
        rooms: list[int | MarbreError] = []
        reached: MarbreError | None = None
        for request in requests:
            bound = self._tariff.bound(request)
            if bound is None and (self._most_run is not None or self._most_day is not None):
                rooms.append(_unbounded(request))
                continue
            amount = math.ceil((bound or 0.0) * _UNIT)
            after = replace(sums, run=sums.run + amount, day=sums.day + amount)
            if reached is None and not self._fits(after):
                reached = self._reached(amount, sums)
            if reached:
                rooms.append(reached)
                continue
            values = {"run": self._run, "day": _day(now), "amount": amount, "expires": None}
            key: Any = connection.execute(SPENDING.insert().values(**values)).inserted_primary_key
            rooms.append(key[0])
            sums = after
        return rooms

    def _fits(self, sums: _Sums) -> bool:
        limits = ((sums.run, self._most_run), (sums.day, self._most_day))
        return all(most is None or spent <= most for spent, most in limits)

    def settle(self, reservation: Reservation, usage: Usage | None) -> None:
        """Replace the bound by the price. With no usage to go by, the bound stays: it may have been billed."""
        from pipeline.ledger_schema import SPENDING

        price = self._tariff.price(reservation.request, usage) if usage else None
        amount = reservation.amount if price is None else math.ceil(price * _UNIT)
        change = SPENDING.update().values(amount=amount, expires=None)
        self._end(change.where(SPENDING.c.id == reservation.row))

    def release(self, reservation: Reservation) -> None:
        """The call was refused, or never sent: it costs nothing."""
        from pipeline.ledger_schema import SPENDING

        self._end(SPENDING.delete().where(SPENDING.c.id == reservation.row))

    def _end(self, change: "Update | Delete") -> None:
        try:
            self._ledger.doing(lambda connection: connection.execute(change))
        finally:
            self._in_flight -= 1
            # All who wait for room look again; who waits after that waits for the next call.
            self._settled.set()
            self._settled = asyncio.Event()

    def _try(self, amount: int) -> int | None:
        """Look and reserve in one transaction; the row of the reservation.

        Where the server went away just then there may be a second one, which counts until it expires.
        """
        return self._ledger.doing(lambda connection: self._room(connection, amount))

    def _room(self, connection: "Connection", amount: int) -> int | None:
        from pipeline.dialects import alone
        from pipeline.ledger_schema import SPENDING

        alone(connection)  # so that two runs never look at the same sum and both find room
        now = self._now(connection)
        sums = self._sums(connection, now)
        if not self._fits(replace(sums, run=sums.run + amount, day=sums.day + amount)):
            return None
        values = {
            "run": self._run,
            "day": _day(now),
            "amount": amount,
            "expires": now.timestamp() + self._lasts,
        }
        key: Any = connection.execute(SPENDING.insert().values(**values)).inserted_primary_key
        return int(key[0])

    def _now(self, connection: "Connection") -> datetime:
        from pipeline.dialects import now

        return self._clock() if self._clock else now(connection)

    def _sums(self, connection: "Connection", now: datetime) -> _Sums:
        from sqlalchemy import func, or_, select

        from pipeline.ledger_schema import SPENDING

        row = SPENDING.c
        total = select(func.coalesce(func.sum(row.amount), 0))
        alive = row.expires > now.timestamp()
        counts = total.where(or_(row.expires.is_(None), alive))
        asked = (counts.where(row.run == self._run), counts.where(row.day == _day(now)))
        held = total.where(alive, row.day == _day(now), row.run != self._run)
        run, day, others = (int(connection.execute(q).scalar_one()) for q in (*asked, held))
        return _Sums(run, day, others)

    def _reached(self, amount: int, sums: _Sums) -> BudgetError:
        next_call = f"the next call may cost {self._money(amount)}"
        for name, most, spent in (
            ("budget", self._most_run, sums.run),
            ("budget_day", self._most_day, sums.day),
        ):
            if most is not None and not spent and amount > most:
                return BudgetError(
                    name,
                    f"The budget of {self._money(most)} is too small for one call, which may cost up to "
                    f"{self._money(amount)}: nothing was sent.",
                    f"Give a `{name}` of that at least; an article takes two calls or more.",
                )
        if self._most_run is not None and sums.run + amount > self._most_run:
            return BudgetError(
                "budget",
                f"The budget of {self._money(self._most_run)} for this run is reached: "
                f"{self._money(sums.run)} spent, {next_call}.",
                "Run it again with another --budget: what was paid for is remembered and not paid again.",
            )
        held = f", {self._money(sums.held)} of it held by calls of other runs" if sums.held else ""
        return BudgetError(
            "budget_day",
            f"The budget of {self._money(self._most_day or 0)} for today is reached: "
            f"{self._money(sums.day)} spent{held}, {next_call}.",
            "Run it again after midnight UTC, or raise `budget_day`: what was paid for is not paid again.",
        )

    def _money(self, units: int) -> str:
        amount = units / _UNIT
        told = f"{amount:.4f}" if not units or amount >= _SMALL else f"{amount:.9f}".rstrip("0")
        return f"{told} {self._tariff.currency}"


def settlement(row: int, cost: Money | None) -> "Update":
    """What a call of a batch cost stands for what was held for it; where that is not known, the bound stays."""
    from pipeline.ledger_schema import SPENDING

    spent = {} if cost is None else {"amount": math.ceil(cost.amount * _UNIT)}
    return SPENDING.update().where(SPENDING.c.id == row).values(expires=None, **spent)


def withdrawal(rows: Sequence[int]) -> "Delete":
    """What was held for calls that nobody answered is free again."""
    from pipeline.ledger_schema import SPENDING

    return SPENDING.delete().where(SPENDING.c.id.in_(rows))


def tariff_of(row: Row, others: Mapping[str, Row] = MappingProxyType({})) -> Tariff | None:
    """What the rows of the table say; None when that of the writer has no price. `others` are rows by model."""
    if row.price is None:
        return None
    currency = row.price.currency

    def amount(money: Money | None) -> float | None:
        return money.amount if money and money.currency == currency else None

    return Tariff(
        lambda request: amount(upper_bound(request, others.get(request.model, row))),
        lambda request, usage: amount(price_of(usage, others.get(request.model, row))),
        currency,
    )


def budget_of(ledger: Ledger, tariff: Tariff | None, settings: Settings, halt: Halt) -> Budget | None:
    """None when no price is known. Raises `UsageError` when a budget is set all the same."""
    if tariff is not None:
        return Budget(ledger, tariff, settings, halt)
    if settings.budget is not None or settings.budget_day is not None:
        raise no_price(settings.model)
    return None


def no_price(model: str) -> UsageError:
    return UsageError(
        "no_price",
        f"The price of {model!r} is not known, so no budget can be kept.",
        "Add its price in marbre.toml (marbre models shows the rows), or leave the budget out.",
    )


def _unbounded(request: Request) -> WriterError:
    return WriterError(
        "no_price",
        f"What this call may cost is not known ({request.stage}): its prompt is longer than the prices of its row hold "
        f"for, or its answer has no limit (models.{request.row}).",
        "Give `up_to`, `token_limit` or `max_output` of that row in marbre.toml, or leave the budget out.",
    )


def _units(amount: float | None) -> int | None:
    return None if amount is None else math.floor(amount * _UNIT + 1e-3)


def _day(now: datetime) -> str:
    return now.astimezone(UTC).date().isoformat()
