"""The edge to a provider's Batch API: a file of requests goes up, files of answers come down within a day.

Unlike calls of their own (`client.py`), these few go through the SDK's own retries, but for the one that makes a
batch: made twice, it would be paid twice.
"""

import json
import os
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pipeline.errors import EngineError, MarbreError, WriterError
from pipeline.model import Call
from pipeline.settings import Settings
from pipeline.writers import refusals
from pipeline.writers.client import connected
from pipeline.writers.exchange import Exchange
from pipeline.writers.refusals import AttemptError
from pipeline.writers.request import Request

if TYPE_CHECKING:
    from openai.types import Batch

MOST_LINES = 50_000
MOST_BYTES = 200 * 1024 * 1024
MARK = "marbre"
"""The name in a batch's metadata under which its mark stands."""
_ENDED = frozenset({"completed", "expired", "cancelled", "failed"})
_MOST_LISTED = 1_000  # batches; older ones than that are not looked at for a mark


class UnsureError(EngineError):
    """Nobody knows whether the batch was made."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A batch as the server tells it."""

    name: str
    status: str
    files: tuple[str, ...]
    """Of answers and of errors."""
    sent: str
    """The file that was uploaded."""
    why: str
    """What a batch that failed says of itself; else empty."""

    @property
    def ended(self) -> bool:
        return self.status in _ENDED


def line_of(key: str, request: Request) -> bytes:
    """One request as a line of a batch."""
    line = {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": request.decides()}
    return json.dumps(line, ensure_ascii=False).encode() + b"\n"


class BatchApi:
    """One server. Use as `async with`. Every method raises `EngineError` when the server cannot be asked."""

    def __init__(self, settings: Settings, environ: Mapping[str, str] = os.environ) -> None:
        self._client = connected(settings, environ, settings.timeout, settings.retries)
        self._exchange = Exchange(self._client, settings, lambda _: None, lambda _: None)
        self._model = settings.model
        self.server = settings.base_url or ""
        self.where = settings.base_url or "the default server"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.close()

    async def upload(self, lines: bytes) -> str:
        """The name of the file."""
        import openai

        try:
            return (await self._client.files.create(file=("marbre.jsonl", lines), purpose="batch")).id
        except openai.OpenAIError as error:
            raise self._told(error) from None

    async def create(self, file: str, mark: str) -> str:
        """The name of the batch. Raises `UnsureError` when there may be one all the same."""
        import openai

        try:
            made = await self._client.with_options(max_retries=0).batches.create(
                input_file_id=file,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata={MARK: mark},
            )
        except openai.OpenAIError as error:
            told = self._told(error)
            if isinstance(error, openai.APIStatusError) and error.status_code < 500:
                raise told from None
            raise UnsureError(told.code, told.message, told.remedy) from None
        return made.id

    async def find(self, mark: str) -> str | None:
        """The name of the batch that bears a mark."""
        import openai

        seen = 0
        try:
            async for batch in self._client.batches.list(limit=100):
                seen += 1
                if (batch.metadata or {}).get(MARK) == mark:
                    return batch.id
                if seen >= _MOST_LISTED:
                    break
        except openai.OpenAIError as error:
            raise self._told(error) from None
        return None

    async def look(self, name: str) -> Remote | None:
        """How a batch stands; None when the server knows none of that name."""
        import openai

        try:
            return _remote(await self._client.batches.retrieve(name))
        except openai.NotFoundError:
            return None
        except openai.OpenAIError as error:
            raise self._told(error) from None

    async def results(self, remote: Remote) -> dict[str, Any]:
        """The lines of its answers and errors by their ids; what is no line is left out.

        A file that is gone has none: another run may just have collected it, and deleted it then.
        """
        import openai

        found: dict[str, Any] = {}
        for file in remote.files:
            try:
                content = await self._client.files.content(file)
            except openai.NotFoundError:
                continue
            except openai.OpenAIError as error:
                raise self._told(error) from None
            for line in _objects(content.content.splitlines()):
                found.setdefault(str(line.get("custom_id")), line)
        return found

    def read(self, line: Any, request: Request) -> Call:
        """The answer in a line. Raises `AttemptError` with what the server says instead."""
        response = line.get("response")
        if not isinstance(response, dict):
            error = line.get("error")
            said = error.get("message") if isinstance(error, dict) else None
            failure = WriterError(
                "unanswered", f"The batch ended without this answer ({request.stage}): {said}", ""
            )
            raise AttemptError(failure, heals=True)
        status, body = response.get("status_code"), response.get("body")
        if status == 200:
            return self._exchange.read(body, request)
        raise refusals.of_status(_status_error(status, body), request, self.where, time.time())

    async def clear(self, remote: Remote) -> None:
        """Its files hold articles, and are not needed any more. Where they cannot be deleted they stay."""
        import openai

        for file in (remote.sent, *remote.files):
            with suppress(openai.OpenAIError):
                await self._client.files.delete(file)

    def _told(self, error: Exception) -> MarbreError:
        """What an error of these endpoints means: no batch can be sent or collected."""
        import openai

        if isinstance(error, openai.APIStatusError):
            if error.status_code in (404, 405, 501):
                return EngineError(
                    "no_batch_api",
                    f"{self.where} has no Batch API: {error.message.rstrip('.')}.",
                    "Run it without --economy.",
                )
            asked = Request("batch", "", self._model, ())
            failure = refusals.of_status(error, asked, self.where, time.time()).error
            return EngineError(failure.code, failure.message, failure.remedy)
        if isinstance(error, openai.APIConnectionError):
            failure = refusals.unreachable(error.__cause__ or error, self.where).error
            return EngineError(failure.code, failure.message, failure.remedy)
        return EngineError("server", f"{self.where} failed: {error}.", "Run it again.")


def _remote(batch: "Batch") -> Remote:
    files = tuple(f for f in (batch.output_file_id, batch.error_file_id) if f)
    told = [e.message or e.code or "" for e in (batch.errors.data if batch.errors else None) or ()]
    return Remote(batch.id, batch.status, files, batch.input_file_id, " ".join(told)[:300])


def _objects(lines: Iterable[bytes]) -> Iterable[dict[str, Any]]:
    for line in lines:
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            yield value


def _status_error(status: Any, body: Any) -> Any:
    """As the SDK would have raised it, had the line been a call of its own."""
    import httpx2
    import openai

    told = body.get("error", body) if isinstance(body, dict) else body
    said = told.get("message") if isinstance(told, dict) else None
    response = httpx2.Response(
        status if isinstance(status, int) else 500, request=httpx2.Request("POST", "http://batch")
    )
    return openai.APIStatusError(str(said or "no reason given"), response=response, body=told)
