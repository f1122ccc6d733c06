"""One limiter for all articles of a run: requests and tokens a minute, by the settings and by the server's headers.

Limits of the settings that several programs keep together are in the ledger (`pipeline/limits.py`); what the headers of a
server say is each program's own to learn.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pipeline.halt import Halt
from pipeline.limits import MINUTE, Limits, Turn
from pipeline.writers import tokens
from pipeline.writers.headers import Allowance, allowance
from pipeline.writers.request import Request

_USUAL_ANSWER = 1_500  # tokens; 900 words
_LOOK = 0.5  # seconds; a hold may end sooner than it was thought to


@dataclass(slots=True)
class _Sent:
    at: float
    amount: float


@dataclass(frozen=True, slots=True)
class Admitted:
    """A call that may go."""

    sent: _Sent
    turn: Turn | None


@dataclass(slots=True)
class Lane:
    """What may go in any minute: the smaller of the setting and of what the server says its limit is."""

    setting: float | None
    told: float | None = None
    """The limit in the newest headers."""
    sent: deque[_Sent] = field(default_factory=deque)
    held: float = 0.0
    """Nothing goes before this time, because the server said how little is left."""

    @property
    def limit(self) -> float | None:
        return min((n for n in (self.setting, self.told) if n), default=None)

    def wait(self, now: float, amount: float) -> float:
        """Seconds until `amount` may go. More than the limit in one call goes when nothing else has."""
        while self.sent and self.sent[0].at <= now - MINUTE:
            self.sent.popleft()
        if self.held > now:
            return self.held - now
        limit = self.limit
        if limit is None:
            return 0.0
        excess = sum(s.amount for s in self.sent) + min(amount, limit) - limit
        for sent in self.sent:
            if excess <= 0:
                break
            excess -= sent.amount
            until = sent.at + MINUTE
            if excess <= 0:
                return until - now
        return 0.0

    def book(self, now: float, amount: float) -> _Sent:
        self.sent.append(_Sent(now, amount))
        return self.sent[-1]

    def learn(self, now: float, told: Allowance) -> None:
        """The newest headers win: others may use the same key, and limits change within a day."""
        self.told = told.limit or self.told
        self.held = 0.0
        need = max((s.amount for s in self.sent), default=1.0)
        if told.remaining is None or told.remaining >= need or told.reset is None:
            return
        # What is used up comes back evenly over `reset`; more than a minute is left to a 429 to say.
        used = (told.limit or 0.0) - told.remaining
        share = min(1.0, (need - told.remaining) / used) if used > 0 else 1.0
        self.held = now + min(MINUTE, told.reset * share)


class Pace:
    """Calls go in the order they came."""

    def __init__(
        self,
        requests_per_minute: float | None,
        tokens_per_minute: float | None,
        halt: Halt,
        clock: Callable[[], float],
        limits: Limits | None = None,
    ) -> None:
        """`limits` are kept with other programs, in place of both numbers."""
        self._requests, self._tokens = (
            Lane(None if limits else most) for most in (requests_per_minute, tokens_per_minute)
        )
        self._halt, self._clock, self._limits = halt, clock, limits
        self._paused = 0.0
        self._turn = asyncio.Lock()

    async def admit(self, tokens: float) -> Admitted:
        """Waits until a call of about so many tokens may go. Raises `RunStoppedError` when the run is stopped.

        One call of a program at a time has a turn of the shared limits to wait for: the others are in nobody's way.
        """
        async with self._turn:
            await self._own(tokens)
            turn = self._limits.take(tokens) if self._limits else None
            while self._limits and turn and turn.wait > 0:
                await self._halt.sleep(turn.wait)
                await self._own(tokens)
                if not self._limits.paused():
                    break
                turn = self._limits.take(tokens)
            now = self._clock()
            self._requests.book(now, 1)
            return Admitted(self._tokens.book(now, tokens), turn)

    async def _own(self, tokens: float) -> None:
        while (wait := self._wait(tokens)) > 0:
            await self._halt.sleep(min(wait, _LOOK))

    def settle(self, admitted: Admitted, tokens: int) -> None:
        """What the call did take."""
        admitted.sent.amount = tokens
        if self._limits and admitted.turn:
            self._limits.settle(admitted.turn, tokens)

    def _wait(self, tokens: float) -> float:
        now = self._clock()
        return max(self._paused - now, self._requests.wait(now, 1), self._tokens.wait(now, tokens))

    def learn(self, headers: Mapping[str, str]) -> None:
        now = self._clock()
        self._requests.learn(now, allowance(headers, "requests"))
        self._tokens.learn(now, allowance(headers, "tokens"))

    def pause(self, seconds: float) -> None:
        """The server refused one call for its rate: it would refuse, and count, the others too."""
        self._paused = max(self._paused, self._clock() + seconds)
        if self._limits:
            self._limits.pause(seconds)


def tokens_of(request: Request) -> float:
    """About how many tokens a call will take, prompt and answer, as rate limits count them."""
    asked = tokens.estimate(request.messages)
    most = request.parameters.get("max_completion_tokens") or request.parameters.get("max_tokens")
    return asked + (most or _USUAL_ANSWER)
