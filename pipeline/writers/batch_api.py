"""The edge to a provider's Batch API: a file of requests goes up, files of answers come down within a day.

Unlike calls of their own (`client.py`), these few go through the SDK's own retries, but for the one that makes a
batch: made twice, it would be paid twice.
"""

import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pipeline.errors import EngineError, MarbreError, WriterError
from pipeline.model import Call
from pipeline.settings import Settings
from pipeline.text.web_address import without_secrets
from pipeline.writers import refusals
from pipeline.writers.client import connected
from pipeline.writers.exchange import Exchange
from pipeline.writers.refusals import AttemptError, printable
from pipeline.writers.request import Request

if TYPE_CHECKING:
    from openai.types import Batch

MOST_LINES = 50_000
MOST_BYTES = 200 * 1024 * 1024
MARK = "marbre"
"""The name in a batch's metadata under which its mark stands."""
_ENDED = frozenset({"completed", "expired", "cancelled", "failed"})
_NO_SHAPE = (AttributeError, KeyError, TypeError, ValueError, RecursionError)
"""What reading an answer raises that has not the shape it should have."""
_NAME = re.compile(r"[\w.:=/+-]{1,255}", re.ASCII)
_MOST_ERRORS = 20  # of a batch that failed; the first say why
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
        self.server = without_secrets(settings.base_url or "")
        self.where = settings.server

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.close()

    async def upload(self, lines: bytes) -> str:
        """The name of the file."""
        with self._asked():
            return _id(await self._client.files.create(file=("marbre.jsonl", lines), purpose="batch"))

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
            return _id(made)
        except (openai.OpenAIError, *_NO_SHAPE) as error:
            told = self._told(error)
            if isinstance(error, openai.APIStatusError) and error.status_code < 500:
                raise told from None
            raise UnsureError(told.code, told.message, told.remedy) from None

    async def find(self, mark: str) -> str | None:
        """The name of the batch that bears a mark."""
        seen = 0
        with self._asked():
            async for batch in self._client.batches.list(limit=100):
                seen += 1
                told = batch.metadata
                if isinstance(told, Mapping) and told.get(MARK) == mark:
                    return _id(batch)
                if seen >= _MOST_LISTED:
                    break
        return None

    async def look(self, name: str) -> Remote | None:
        """How a batch stands; None when the server knows none of that name."""
        import openai

        with self._asked():
            try:
                return _remote(await self._client.batches.retrieve(name))
            except openai.NotFoundError:
                return None

    async def results(self, remote: Remote) -> dict[str, Any]:
        """The lines of its answers and errors by their ids; what is no line is left out.

        A file that is gone has none: another run may just have collected it, and deleted it then.
        """
        import openai

        found: dict[str, Any] = {}
        for file in remote.files:
            with self._asked():
                try:
                    content = await self._client.files.content(file)
                except openai.NotFoundError:
                    continue
            for line in _objects(content.content.splitlines()):
                found.setdefault(str(line.get("custom_id")), line)
        return found

    def read(self, line: Any, request: Request) -> Call:
        """The answer in a line. Raises `AttemptError` with what the server says instead."""
        response = line.get("response")
        if not isinstance(response, dict):
            error = line.get("error")
            said = (
                printable(str(error.get("message") or "no reason given")) if isinstance(error, dict) else None
            )
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

        for file in filter(None, (remote.sent, *remote.files)):
            with suppress(openai.OpenAIError, *_NO_SHAPE):
                await self._client.files.delete(file)

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Whatever comes back, it ends in one line."""
        import openai

        try:
            yield
        except (openai.OpenAIError, *_NO_SHAPE) as error:
            raise self._told(error) from None

    def _told(self, error: Exception) -> MarbreError:
        """What an error of these endpoints means: no batch can be sent or collected."""
        import openai

        if isinstance(error, openai.APIStatusError):
            if error.status_code in (404, 405, 501):
                return EngineError(
                    "no_batch_api",
                    f"{self.where} has no Batch API: {printable(error.message).rstrip('.')}.",
                    "Run it without --economy.",
                )
            asked = Request("batch", "", self._model, ())
            failure = refusals.of_status(error, asked, self.where, time.time()).error
            return EngineError(failure.code, failure.message, failure.remedy)
        if isinstance(error, openai.APIConnectionError):
            failure = refusals.unreachable(error.__cause__ or error, self.where).error
            return EngineError(failure.code, failure.message, failure.remedy)
        if isinstance(error, _NO_SHAPE):
            return EngineError(
                "bad_answer",
                f"{self.where} answered what is no file and no batch.",
                "Look at --base-url, or run it without --economy.",
            )
        return EngineError("server", f"{self.where} failed: {printable(str(error))}.", "Run it again.")


def _remote(batch: "Batch") -> Remote:
    """The SDK validates nothing: what is not of its type is not there. Raises `ValueError` without a name or a status."""
    files = tuple(f for f in (batch.output_file_id, batch.error_file_id) if f and _is_name(f))
    told: Any = getattr(batch.errors, "data", None)
    said = [getattr(e, "message", None) or getattr(e, "code", None) for e in _list(told)[:_MOST_ERRORS]]
    sent = batch.input_file_id if _is_name(batch.input_file_id) else ""
    status: Any = batch.status
    if not isinstance(status, str):
        raise ValueError("it has no status")  # noqa: TRY004 - all that comes from a server is a value
    why = printable(" ".join(s for s in said if isinstance(s, str)))
    return Remote(_id(batch), printable(status), files, sent, why)


def _id(thing: Any) -> str:
    if not _is_name(thing.id):
        raise ValueError("it has no name")
    return str(thing.id)


def _is_name(told: Any) -> bool:
    """Names go into addresses, the ledger and onto a terminal."""
    return isinstance(told, str) and bool(_NAME.fullmatch(told)) and ".." not in told


def _list(told: Any) -> list[Any]:
    return told if isinstance(told, list) else []


def _objects(lines: Iterable[bytes]) -> Iterable[dict[str, Any]]:
    for line in lines:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
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
        status if isinstance(status, int) and 100 <= status < 600 else 500,
        request=httpx2.Request("POST", "http://batch"),
    )
    return openai.APIStatusError(str(said or "no reason given"), response=response, body=told)
