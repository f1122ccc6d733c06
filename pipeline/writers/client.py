"""The edge to a model's server: one question over HTTP, the answer as a `Call`.

The SDK retries what can heal (connection, 408, 409, 429 with retry-after, 5xx); there is no second layer.
"""

import os
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pipeline.errors import EngineError, MarbreError, WriterError
from pipeline.ledger import key_of
from pipeline.model import Call, Usage
from pipeline.settings import Settings
from pipeline.writers.request import Request

if TYPE_CHECKING:
    from openai import APIStatusError
    from openai.types import CompletionUsage


_LONGEST_ANSWER = 500_000  # characters; 20,000 words are a quarter of it


class Client:
    """A connection pool to one server. Use as `async with`."""

    def __init__(self, settings: Settings, environ: Mapping[str, str] = os.environ) -> None:
        from openai import AsyncOpenAI, Timeout

        key = environ.get("OPENAI_API_KEY")
        if not key and not settings.base_url:
            raise EngineError(
                "no_key",
                "No key and no base URL: there is no model to ask.",
                "Set OPENAI_API_KEY, give --base-url of your own server, or use --writer offline.",
            )
        self._where = settings.base_url or "the default server"
        self._client = AsyncOpenAI(
            api_key=key or "none",  # local servers ask for none, the SDK insists on one
            base_url=settings.base_url,
            timeout=Timeout(settings.timeout, connect=min(10.0, settings.timeout)),
            max_retries=settings.retries,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.close()

    async def __call__(self, request: Request) -> Call:
        """Raises `EngineError` when every further call would fail too, `WriterError` when only this one did."""
        import openai

        try:
            answer = await self._client.chat.completions.create(
                model=request.model,
                messages=request.messages,  # type: ignore[arg-type]
                **request.parameters,
            )
        except openai.APIStatusError as error:
            raise _refused(error, request.model, self._where) from None
        except openai.APITimeoutError:
            raise WriterError(
                "timeout",
                f"{self._where} gave no answer in time ({request.stage}).",
                "Run it again; raise `timeout` in marbre.toml if the model is slow.",
            ) from None
        except openai.APIConnectionError as error:
            cause = error.__cause__ or error
            raise WriterError(
                "unreachable",
                f"{self._where} cannot be reached: {cause}.",
                "Look at --base-url, then run it again.",
            ) from None
        except (openai.OpenAIError, ValueError) as error:
            raise WriterError(
                "bad_answer", f"{self._where} answered nonsense: {error}.", "Run it again."
            ) from None
        return _call(answer, request)


def _call(answer: Any, request: Request) -> Call:
    if not getattr(answer, "choices", None):
        raise WriterError(
            "bad_answer", "The server answered without choices.", "Is it a chat completions server?"
        )
    choice = answer.choices[0]
    refused = getattr(choice.message, "refusal", None) and not choice.message.content
    return Call(
        key=key_of(request.decides()),
        stage=request.stage,
        prompt=request.prompt,
        model=request.model,
        served=str(answer.model or request.model),
        answer="" if refused else _sendable(str(choice.message.content or "")),
        finish="refusal" if refused else str(choice.finish_reason or "stop"),
        usage=_usage(answer.usage),
        paid=True,
    )


def _sendable(text: str) -> str:
    """Text that can be written down and sent back: no lone surrogates, no more than any article has."""
    return text.encode("utf-8", "replace").decode()[:_LONGEST_ANSWER]


def _usage(usage: "CompletionUsage | None") -> Usage:
    if usage is None:
        return Usage()
    prompt, completion = usage.prompt_tokens_details, usage.completion_tokens_details
    return Usage(
        input=usage.prompt_tokens or 0,
        cached=(prompt.cached_tokens or 0) if prompt else 0,
        output=usage.completion_tokens or 0,
        reasoning=(completion.reasoning_tokens or 0) if completion else 0,
        cache_write=(getattr(prompt, "cache_write_tokens", None) or 0) if prompt else 0,
    )


def _refused(error: "APIStatusError", model: str, where: str) -> MarbreError:
    """What a status code means for this article and for the run."""
    code, said = str(error.code or ""), _said(error)
    if error.status_code in (401, 403):
        return EngineError(
            "unauthorized", f"{where} refuses the key: {said}", "Set OPENAI_API_KEY to a valid key."
        )
    if code == "insufficient_quota":
        return EngineError(
            "quota", f"The account has no credit left: {said}", "Add credit, then run it again."
        )
    if error.status_code == 404:
        return EngineError(
            "unknown_model", f"{where} knows no model {model!r}: {said}", "Give another --model."
        )
    if code == "context_length_exceeded":
        return WriterError("too_long", f"The article is too long for {model}: {said}", "Use a larger model.")
    if error.status_code in (400, 422):
        return EngineError("bad_request", f"{where} refuses the request: {said}", "Give another --model.")
    if error.status_code == 429:
        return WriterError(
            "rate_limit", f"{where} limits the rate: {said}", "Lower --concurrency and run it again."
        )
    return WriterError(
        "server",
        f"{where} failed with status {error.status_code}: {said}",
        "Run it again; nothing is paid twice.",
    )


def _said(error: "APIStatusError") -> str:
    body = error.body
    text = body.get("message") if isinstance(body, dict) else None
    return " ".join(str(text or error.message).split())[:300].rstrip(".") + "."
