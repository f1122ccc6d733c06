"""The edge to a model's server: one question, the answer as a `Call`, tried again where that can help.

This is the only retry layer. The SDK's is switched off, because it cannot do what is needed here: it asks again
after `insufficient_quota`, which never heals; it is done once the headers are there, so a stream that dies is not
tried again; and its waits know nothing of the limiter, of the budget or of a run that was stopped.
"""

import os
import random
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl, urlsplit

from pipeline.budget import Budget, Reservation
from pipeline.errors import EngineError, MarbreError, RunStoppedError
from pipeline.halt import Halt
from pipeline.limits import Limits
from pipeline.model import Call, Usage
from pipeline.settings import Settings
from pipeline.turns import Places
from pipeline.writers.exchange import Exchange, Heard
from pipeline.writers.pace import Pace, tokens_of
from pipeline.writers.refusals import AttemptError
from pipeline.writers.request import Request

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_WAITS = 0.5, 8.0  # seconds, the first and the longest, doubling; what the SDK uses
_RATE_WAITS = 4.0, 32.0  # four of them last a minute, after which a limit a minute is open again
_LONGEST_ASKED = 600.0  # seconds; a server that asks for more is done with us for today
_GOES_ON, _BEGINS = range(2)  # ranks of calls
_BILLED_TRIES = 2  # an attempt that broke off may be on the bill


def connected(
    settings: Settings, environ: Mapping[str, str], timeout: float | None, retries: int
) -> "AsyncOpenAI":
    """The SDK's client of the server in the settings. Raises `EngineError` when there is none to ask."""
    from openai import AsyncOpenAI, Timeout

    key = environ.get("OPENAI_API_KEY")
    if not key and not settings.base_url:
        raise EngineError(
            "no_key",
            "No key and no base URL: there is no model to ask.",
            "Set OPENAI_API_KEY, give --base-url of your own server, or use --writer offline.",
        )
    return AsyncOpenAI(
        api_key=key or "none",  # local servers ask for none, the SDK insists on one
        timeout=Timeout(timeout, connect=settings.timeout_connect),
        max_retries=retries,
        **addressed(settings),
    )


def addressed(settings: Settings) -> dict[str, Any]:
    """The server as the SDK takes it: a query belongs behind every path, not behind the base."""
    if settings.base_url is None:
        return {"base_url": None}
    parts = urlsplit(settings.base_url)
    base = parts._replace(query="", fragment="").geturl()
    return {"base_url": base, "default_query": dict(parse_qsl(parts.query))}


class Client:
    """One server for all articles of a run. Use as `async with`."""

    def __init__(
        self,
        settings: Settings,
        halt: Halt,
        budget: Budget | None = None,
        heard: Heard = lambda _: None,
        environ: Mapping[str, str] = os.environ,
        chance: Callable[[], float] = random.random,
        limits: Limits | None = None,
    ) -> None:
        """`limits` a minute are those that other programs keep too, in place of the settings'."""
        self._client = connected(settings, environ, timeout=None, retries=0)
        self._halt, self._budget, self._chance = halt, budget, chance
        most = settings.requests_per_minute, settings.tokens_per_minute
        self._pace = Pace(*most, halt, time.monotonic, limits)
        self._exchange = Exchange(self._client, settings, heard, self._pace.learn)
        self._retries = settings.retries
        self._places = Places(settings.concurrency)
        self._was_reached = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.close()

    async def __call__(self, request: Request) -> Call:
        """Raises `EngineError` when every further call would fail too, `WriterError` when only this one did.

        The first error that stops the run stops the other articles too: `RunStoppedError`, with no further call.
        """
        failures = 0
        try:
            while True:
                self._halt.check()
                try:
                    return await self._attempt(request)
                except AttemptError as failure:
                    failures += 1
                    wait = self._wait(failure, failures)
                await self._halt.sleep(wait)
        except MarbreError as error:
            if error.stops_the_run and not isinstance(error, RunStoppedError):
                self._halt.stop(error)
            raise

    async def _attempt(self, request: Request) -> Call:
        """One attempt, when there is a place for it: going on with an article comes before beginning one, so that
        articles come to their ends, and are checked, one after the other. Who goes on at once keeps the place.
        """
        async with self._places.one(_rank(request)):
            self._halt.check()
            return await self._sent(request)

    async def _sent(self, request: Request) -> Call:
        """One attempt at its turn, inside the budget."""
        admitted = await self._pace.admit(tokens_of(request))
        self._halt.check()
        reserved = await self._budget.reserve(request) if self._budget else None
        try:
            call = await self._exchange.once(request)
        except AttemptError as failure:
            self._was_reached |= not _unreached(failure)
            self._settle(reserved, None, billed=failure.billed)
            raise
        except BaseException:
            self._settle(reserved, None, billed=True)  # interrupted: the server may have worked
            raise
        self._was_reached = True
        # A server that counts nothing has answered all the same.
        usage = None if call.usage == Usage() else call.usage
        self._settle(reserved, usage, billed=True)
        if usage:
            self._pace.settle(admitted, usage.input + usage.output)
        return call

    def _settle(self, reserved: Reservation | None, usage: Usage | None, *, billed: bool) -> None:
        if self._budget and reserved:
            if billed:
                self._budget.settle(reserved, usage)
            else:
                self._budget.release(reserved)

    def _wait(self, failure: AttemptError, failures: int) -> float:
        """Seconds until the next try. Raises what the article is told when there is none."""
        most = self._retries
        if failure.billed:
            most = min(most, _BILLED_TRIES)
        elif _unreached(failure) and not self._was_reached:
            most = min(most, 1)  # rather a wrong address than a server that is being started again
        asked = failure.wait
        if asked is not None and asked > _LONGEST_ASKED:
            raise EngineError(
                "rate_limit",
                f"{failure.error.message} It asks to wait {asked / 60:.0f} minutes.",
                "Run it again then; what was paid for is remembered.",
            )
        if not failure.heals or failures > most:
            raise failure.error
        wait = self._pause(failure, failures)
        if failure.error.code == "rate_limit":
            self._pace.pause(wait)
        return wait

    def _pause(self, failure: AttemptError, failures: int) -> float:
        """Never sooner than asked; longer each time, since what was asked did not do."""
        unasked_limit = failure.error.code == "rate_limit" and failure.wait is None
        first, longest = _RATE_WAITS if unasked_limit else _WAITS
        doubled: float = min(longest, first * 2.0 ** (failures - 1)) * (0.5 + self._chance() / 2)
        if failure.wait is None:
            return doubled
        asked = failure.wait + min(1.0, failure.wait / 4) * self._chance()
        return asked if failures == 1 else max(asked, doubled)


def _rank(request: Request) -> int:
    begins = request.stage == "plan" and not any(m["role"] == "assistant" for m in request.messages)
    return _BEGINS if begins else _GOES_ON


def _unreached(failure: AttemptError) -> bool:
    return failure.error.code == "unreachable"
