"""One question over HTTP, one answer read as it is written. Answers come from outside: no field is trusted."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.ledger import key_of
from pipeline.model import Call, Usage
from pipeline.settings import Settings
from pipeline.writers import refusals
from pipeline.writers.refusals import AttemptError
from pipeline.writers.request import Request

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI

# Seconds by which a bell rings late when something else kept the program busy; and to read what came.
_HELD_UP = 0.5
LONGEST_ANSWER = 500_000  # characters; 20,000 words are a quarter of it
# Ways to ask, the best first: a server that refuses one is asked the next for the rest of the run.
_WAYS: tuple[dict[str, Any], ...] = (
    {"stream": True, "stream_options": {"include_usage": True}},
    {"stream": True},
    {},
)

Heard = Callable[[int], None]
"""Told how many characters have just come."""


@dataclass(slots=True)
class _Answer:
    """What has come so far."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    refusal: str = ""
    finish: str = ""
    served: str = ""
    usage: Usage | None = None


class Exchange:
    """One server. A call ends with an answer, or with an `AttemptError`."""

    def __init__(
        self,
        client: "AsyncOpenAI",
        settings: Settings,
        heard: Heard,
        learn: Callable[[Mapping[str, str]], None],
    ) -> None:
        self._client, self._settings = client, settings
        self._heard, self._learn = heard, learn
        self._where = settings.server
        self._way = 0 if settings.stream else len(_WAYS) - 1

    async def once(self, request: Request) -> Call:
        way = self._way
        try:
            return _call(await self._answer(request, _WAYS[way]), request)
        except AttemptError as failure:
            # Any of the articles under way may have found it out first.
            if failure.parameter not in _WAYS[way]:
                raise
            self._way = max(self._way, len(_WAYS) - 1 if failure.parameter == "stream" else way + 1)
        return await self.once(request)

    def read(self, data: Any, request: Request) -> Call:
        """An answer that came whole, in a batch. Raises `AttemptError` when it is none."""
        return _call(self._whole(data, _Answer()), request)

    async def _answer(self, request: Request, way: Mapping[str, Any]) -> _Answer:
        import httpx2
        import openai

        from pipeline.writers.unhurried import Unhurried

        answer, clock = _Answer(), _Clock(self._settings, streams=bool(way))
        try:
            async with clock.running():
                raw = await self._client.chat.completions.with_raw_response.create(
                    model=request.model,
                    messages=request.messages,  # type: ignore[arg-type]
                    **request.parameters,
                    **way,
                )
                self._learn(raw.headers)
                response = raw.http_response
                try:
                    if "event-stream" not in response.headers.get("content-type", ""):
                        self._way = len(_WAYS) - 1  # its first word comes with the last: no hurry from now on
                        return self._whole(await _body(response), answer)
                    if isinstance(response.stream, httpx2.AsyncByteStream):
                        response.stream = Unhurried(response.stream)
                    # Plain JSON objects: models of each chunk would cost more time than all the rest of a call.
                    chunks = raw.parse(to=openai.AsyncStream[object])
                    return await self._streamed(chunks, answer, clock)
                finally:
                    await response.aclose()
        except TimeoutError:
            raise refusals.too_slow(*clock.missed(), self._where) from None
        except openai.APIStatusError as error:
            raise refusals.of_status(error, request, self._where, time.time()) from None
        except openai.APIConnectionError as error:
            raise _disconnected(error, self._where) from None
        except openai.APIError as error:
            raise refusals.of_event(error.body, self._where) from None
        except (openai.OpenAIError, ValueError, RecursionError) as error:
            raise refusals.nonsense(str(error)[:200], self._where) from None

    def _whole(self, data: Any, answer: _Answer) -> _Answer:
        self._take(data, answer, "message")
        return answer

    async def _streamed(self, chunks: AsyncIterator[object], answer: _Answer, clock: "_Clock") -> _Answer:
        async for chunk in chunks:
            clock.tick(begun=self._take(chunk, answer, "delta"))
            if answer.length > LONGEST_ANSWER:
                answer.finish = "length"
                break
        if not answer.finish and answer.usage is None:
            raise refusals.broken("it ended without a finish reason", self._where)
        return answer

    def _take(self, data: Any, answer: _Answer, name: str) -> bool:
        """Adds a message or a part of one; True when something was said in it."""
        if not isinstance(data, dict):
            raise refusals.nonsense("no JSON object", self._where)
        if data.get("error"):
            raise refusals.of_event(data["error"], self._where)
        answer.usage = _usage(data.get("usage")) or answer.usage
        answer.served = answer.served or str(data.get("model") or "")
        choices = data.get("choices")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
            if name == "message":
                raise refusals.nonsense("it has no choices", self._where)
            return False
        said = choices[0].get(name) or {}
        if not isinstance(said, dict):
            raise refusals.nonsense(f"its {name} is no object", self._where)
        text = said.get("content") or ""
        answer.finish = str(choices[0].get("finish_reason") or answer.finish)
        answer.refusal += str(said.get("refusal") or "")
        if isinstance(text, str) and text:
            answer.text.append(text)
            answer.length += len(text)
            self._heard(len(text))
        # Some servers stream their reasoning in a field of their own: that is a sign of life too.
        return any(value for key, value in said.items() if key != "role")


@dataclass(slots=True)
class _Clock:
    """When an attempt is given up: no first word, silence after it, or too long in all."""

    settings: Settings
    streams: bool
    begun: bool = False
    end: float = 0.0
    due: float = 0.0

    def __post_init__(self) -> None:
        now = asyncio.get_running_loop().time()
        self.end = now + self.settings.timeout
        first = self.settings.timeout_first_token if self.streams else self.settings.timeout
        self.due = min(now + first, self.end)

    def tick(self, *, begun: bool) -> None:
        """Something has come. Signs of life are no first word."""
        self.begun = self.begun or begun
        if self.begun:
            self.due = min(asyncio.get_running_loop().time() + self.settings.timeout_silence, self.end)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Raises `TimeoutError` when it is due: but where this program itself was held up (it waited for the ledger's server),
        what came meanwhile is read first.
        """
        loop = asyncio.get_running_loop()
        bell: asyncio.TimerHandle

        def ring() -> None:
            nonlocal bell
            now = loop.time()
            if now - bell.when() > _HELD_UP:
                self.due = max(self.due, now + _HELD_UP)
            if self.due > now:
                bell = loop.call_at(self.due, ring)
            else:
                timer.reschedule(now)

        bell = loop.call_at(self.due, ring)
        try:
            async with asyncio.timeout(None) as timer:
                yield
        finally:
            bell.cancel()

    def missed(self) -> tuple[str, str, float]:
        """What did not come, the setting that says so, and its seconds."""
        if self.due >= self.end:
            return "no whole answer", "timeout", self.settings.timeout
        name = "timeout_silence" if self.begun else "timeout_first_token"
        what = "nothing more" if self.begun else "no first word"
        return what, name, getattr(self.settings, name)


async def _body(response: "httpx2.Response") -> Any:
    try:
        return json.loads(await response.aread())
    except (ValueError, RecursionError):
        raise ValueError("it is no JSON") from None


def _disconnected(error: Exception, where: str) -> AttemptError:
    import httpx2

    cause = error.__cause__ or error
    if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.PoolTimeout):
        return refusals.unreachable(cause, where)
    return refusals.broken(str(cause) or type(cause).__name__, where)


def _call(answer: _Answer, request: Request) -> Call:
    text = "".join(answer.text)
    refused = bool(answer.refusal) and not text
    return Call(
        key=key_of(request.decides()),
        stage=request.stage,
        prompt=request.prompt,
        model=request.model,
        served=_sendable(answer.served)[:_NAME] or request.model,
        answer="" if refused else _sendable(text),
        finish="refusal" if refused else _sendable(answer.finish)[:_NAME] or "stop",
        usage=answer.usage or Usage(),
        paid=True,
    )


_MOST_TOKENS = 1_000_000_000  # more than any prompt has, and no more than a database holds
_NAME = 200  # characters of what a server calls itself


def _sendable(text: str) -> str:
    """Text that can be written down and sent back: no lone surrogates, no more than any article has."""
    return text.encode("utf-8", "replace").decode()[:LONGEST_ANSWER]


def _usage(data: Any) -> Usage | None:
    if not isinstance(data, dict):
        return None
    return Usage(
        input=_count(data, "prompt_tokens"),
        cached=_count(data.get("prompt_tokens_details"), "cached_tokens"),
        output=_count(data, "completion_tokens"),
        reasoning=_count(data.get("completion_tokens_details"), "reasoning_tokens"),
        cache_write=_count(data.get("prompt_tokens_details"), "cache_write_tokens"),
    )


def _count(data: Any, name: str) -> int:
    value = data.get(name) if isinstance(data, dict) else None
    return min(value, _MOST_TOKENS) if isinstance(value, int) and value >= 0 else 0
