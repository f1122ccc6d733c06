"""What a run and a day may cost, each currency by itself. A call is reserved at its upper bound before it is sent, and settled
after.

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
from typing import TYPE_CHECKING

from pipeline import sums
from pipeline.errors import BudgetError, MarbreError, UsageError, WriterError
from pipeline.halt import Halt
from pipeline.ledger import Ledger
from pipeline.model import Money, Usage
from pipeline.settings import Settings
from pipeline.writers.models import Row, price_of, upper_bound
from pipeline.writers.request import Request

if TYPE_CHECKING:
    from sqlalchemy import Connection

_UNIT = 1_000_000_000  # a token of the cheapest models costs 50 billionths
_SMALL = 0.001  # what is less has no meaning with four decimals
_MARGIN = 60.0  # seconds; an answer may come, and its settling wait for the ledger, after its time is up
_LOOK = 0.5  # seconds between two looks at what other programs have in flight


@dataclass(frozen=True, slots=True)
class Tariff:
    """The prices of a run's models, in units of `currency`."""

    bound: Callable[[Request], float | None]
    """The most a call can cost, whatever is answered."""
    price: Callable[[Request, Usage], float | None]
    """What it did cost."""
    currency: str = "USD"
    endless: str = ""
    """The name of a row whose answers nothing limits: what a call to it may cost is never known."""


@dataclass(frozen=True, slots=True)
class Reservation:
    request: Request
    row: int
    amount: int


class Budget:
    """All calls of one run go through it, budget or not, so that a day's sum is whole."""

    def __init__(
        self,
        ledger: Ledger,
        tariff: Tariff,
        settings: Settings,
        halt: Halt,
        clock: Callable[[], datetime] | None = None,
        run: str = "",
    ) -> None:
        """`clock` in place of the database's. Programs that do one run together give the same `run`."""
        self._ledger, self._tariff, self._halt, self._clock = ledger, tariff, halt, clock
        self._run = run or uuid.uuid4().hex
        self._most_run, self._most_day = _units(settings.budget), _units(settings.budget_day)
        self._limited = self._most_run is not None or self._most_day is not None
        self._lasts = settings.timeout + _MARGIN
        self._in_flight = 0
        self._settled = asyncio.Event()

    async def reserve(self, request: Request) -> Reservation:
        """Room for one attempt. While calls of this run are in flight, their settling may make some: it waits.

        Raises `BudgetError` when nothing is in flight and there is no room, `WriterError` for a call with no bound.
        """
        bound = self._tariff.bound(request)
        if bound is None and self._limited:
            raise _unbounded(request)
        amount = math.ceil((bound or 0.0) * _UNIT)
        while not isinstance(room := self._try(amount), int):
            if self._in_flight:
                await self._settled.wait()
                self._halt.check()
            elif room.shared:  # by the other programs of this run
                await self._halt.sleep(_LOOK)
            else:
                raise self._reached(amount, room)
        self._in_flight += 1
        return Reservation(request, room, amount)

    def hold(self, connection: "Connection", requests: Sequence[Request]) -> list[int | MarbreError]:
        """Rooms for the calls of a batch, as many as there are, in the caller's transaction; rows of `spending`.

        They count until `settle_row`, however long that takes. Whoever gets none is told why.
        """
        now = self._now(connection)
        found = self._looked_at(connection, now)
        rooms: list[int | MarbreError] = []
        reached: MarbreError | None = None
        for request in requests:
            bound = self._tariff.bound(request)
            if bound is None and self._limited:
                rooms.append(_unbounded(request))
                continue
            amount = math.ceil((bound or 0.0) * _UNIT)
            if reached is None and not self._fits(found, amount):
                reached = self._reached(amount, found)
            if reached:
                rooms.append(reached)
                continue
            rooms.append(sums.reserved(connection, self._run, self._day(now), amount, None))
            found = replace(found, run=found.run + amount, day=found.day + amount)
        return rooms

    def _fits(self, found: sums.Sums, amount: int) -> bool:
        limits = ((found.run, self._most_run), (found.day, self._most_day))
        return all(most is None or spent + amount <= most for spent, most in limits)

    def settle(self, reservation: Reservation, usage: Usage | None) -> None:
        """Replace the bound by the price. With no usage to go by, the bound stays: it may have been billed."""
        price = self._tariff.price(reservation.request, usage) if usage else None
        amount = None if price is None else math.ceil(price * _UNIT)
        self._end(lambda connection: sums.settled(connection, reservation.row, amount))

    def release(self, reservation: Reservation) -> None:
        """The call was refused, or never sent: it costs nothing."""
        self._end(lambda connection: sums.withdrawn(connection, [reservation.row]))

    def _end(self, change: "Callable[[Connection], None]") -> None:
        try:
            self._ledger.doing(change)
        finally:
            self._in_flight -= 1
            # All who wait for room look again; who waits after that waits for the next call.
            self._settled.set()
            self._settled = asyncio.Event()

    def _try(self, amount: int) -> int | sums.Sums:
        """Look and reserve in one transaction: the row of the reservation, or the sums that leave no room.

        Where the server went away just then there may be a second row, which counts until it expires.
        """

        def work(connection: "Connection") -> int | sums.Sums:
            now = self._now(connection)
            found = self._looked_at(connection, now)
            if not self._fits(found, amount):
                return found
            expires = now.timestamp() + self._lasts
            return sums.reserved(connection, self._run, self._day(now), amount, expires)

        return self._ledger.doing(work)

    def _looked_at(self, connection: "Connection", now: datetime) -> sums.Sums:
        """Nothing, where there is no budget that it could matter for."""
        if not self._limited:
            return sums.NOTHING
        return sums.looked_at(connection, self._run, self._day(now), now.timestamp())

    def _now(self, connection: "Connection") -> datetime:
        from pipeline.dialects import now

        return self._clock() if self._clock else now(connection)

    def _day(self, now: datetime) -> str:
        """What the day is known by: each currency has a sum of its own. That of what has none named is without its name,
        as it stands in older ledgers.
        """
        day, currency = now.astimezone(UTC).date().isoformat(), self._tariff.currency
        return day if currency == Money().currency else f"{day} {currency}"

    def _reached(self, amount: int, found: sums.Sums) -> BudgetError:
        next_call = f"the next call may cost {self._money(amount)}"
        for name, most, spent in (
            ("budget", self._most_run, found.run),
            ("budget_day", self._most_day, found.day),
        ):
            if most is not None and not spent and amount > most:
                return BudgetError(
                    name,
                    f"The budget of {self._money(most)} is too small for one call, which may cost up to "
                    f"{self._money(amount)}: nothing was sent.",
                    f"Give a `{name}` of that at least; an article takes two calls or more.",
                )
        if self._most_run is not None and found.run + amount > self._most_run:
            return BudgetError(
                "budget",
                f"The budget of {self._money(self._most_run)} for this run is reached: "
                f"{self._money(found.run)} spent, {next_call}.",
                "Run it again with another --budget: what was paid for is remembered and not paid again.",
            )
        held = f", {self._money(found.held)} of it held by calls of other runs" if found.held else ""
        return BudgetError(
            "budget_day",
            f"The budget of {self._money(self._most_day or 0)} for today is reached: "
            f"{self._money(found.day)} spent{held}, {next_call}.",
            "Run it again after midnight UTC, or raise `budget_day`: what was paid for is not paid again.",
        )

    def _money(self, units: int) -> str:
        amount = units / _UNIT
        told = f"{amount:.4f}" if not units or amount >= _SMALL else f"{amount:.9f}".rstrip("0")
        return f"{told} {self._tariff.currency}"


def settle_row(connection: "Connection", row: int, cost: Money | None) -> None:
    """What a call of a batch cost stands for what was held for it; where that is not known, the bound stays."""
    sums.settled(connection, row, None if cost is None else math.ceil(cost.amount * _UNIT))


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
        next((r.name for r in (row, *others.values()) if not (r.token_limit or r.max_output)), ""),
    )


def budget_of(
    ledger: Ledger, tariff: Tariff | None, settings: Settings, halt: Halt, run: str = ""
) -> Budget | None:
    """None when no price is known. Raises `UsageError` when a budget is set that could not be kept."""
    is_set = settings.budget is not None or settings.budget_day is not None
    if is_set and tariff is None:
        raise no_price(settings.model)
    if is_set and tariff and tariff.endless:
        raise _no_limit(tariff.endless)
    return Budget(ledger, tariff, settings, halt, run=run) if tariff else None


def no_price(model: str) -> UsageError:
    return UsageError(
        "no_price",
        f"The price of {model!r} is not known, so no budget can be kept.",
        "Add its price in marbre.toml (marbre models shows the rows), or leave the budget out.",
    )


def _no_limit(name: str) -> UsageError:
    return UsageError(
        "no_limit",
        f"Nothing limits the answers of models.{name}, so what a call may cost is not known and no budget can be kept.",
        "Give `token_limit` or `max_output` of that row in marbre.toml, or leave the budget out.",
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
