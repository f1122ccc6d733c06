"""The bytes of the OpenAI chat completions protocol, as plain values."""

import json
import time
from collections.abc import Iterator
from email.utils import formatdate
from typing import Any

from tests.model_server.answers import Answer
from tests.model_server.faults import Fault

CHUNK = 24
"""Characters in one piece of a stream: about six tokens."""


def tokens(text: str) -> int:
    """Four characters a token, rounded up."""
    return -(-len(text) // 4)


def usage(prompt: int, cached: int, answer: Answer) -> dict[str, Any]:
    completion = tokens(answer.text or answer.refusal or "")
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    }


def _envelope(kind: str, n: int, model: str, created: int) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-scripted-{n:06d}",
        "object": kind,
        "created": created,
        "model": model,
        "system_fingerprint": "fp_scripted",
    }


def completion(
    n: int, model: str, created: int, answer: Answer, used: dict[str, Any] | None
) -> dict[str, Any]:
    message = {
        "role": "assistant",
        "content": None if answer.refusal else answer.text,
        "refusal": answer.refusal,
    }
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": answer.finish}
    counted = {} if used is None else {"usage": used}
    return {**_envelope("chat.completion", n, model, created), "choices": [choice], **counted}


def events(n: int, model: str, created: int, answer: Answer, used: dict[str, Any] | None) -> Iterator[bytes]:
    """Server-sent events; the last are the usage, if it was asked for, and `[DONE]`."""

    def event(choices: list[dict[str, Any]], usage: dict[str, Any] | None = None) -> bytes:
        chunk = {**_envelope("chat.completion.chunk", n, model, created), "choices": choices}
        return _event(chunk if used is None else {**chunk, "usage": usage})

    def choice(delta: dict[str, Any], finish: str | None = None) -> list[dict[str, Any]]:
        return [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]

    field, text = ("refusal", answer.refusal) if answer.refusal else ("content", answer.text)
    yield event(choice({"role": "assistant", "content": None if answer.refusal else "", "refusal": None}))
    for start in range(0, len(text), CHUNK):
        yield event(choice({field: text[start : start + CHUNK]}))
    yield event(choice({}, answer.finish))
    if used is not None:
        yield event([], used)
    yield b"data: [DONE]\n\n"


def _event(value: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


FAILED = _event({"error": {"message": "The server had an error while answering.", "type": "server_error"}})
"""What stands in the middle of a stream when the server fails after its headers are sent."""
COMMENT = b": still there\n\n"
"""A sign of life that is no answer."""


def framed(event: bytes) -> bytes:
    return f"{len(event):x}\r\n".encode() + event + b"\r\n"


def error(message: str, kind: str, code: str | None = None, param: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


_BAD = "invalid_request_error"
_ERRORS: dict[str, tuple[int, str, str, str | None, str | None]] = {
    "rate_limit": (
        429,
        "Rate limit reached for {model}. Try again.",
        "requests",
        "rate_limit_exceeded",
        None,
    ),
    "quota": (
        429,
        "You exceeded your current quota, please check your plan and billing details.",
        "insufficient_quota",
        "insufficient_quota",
        None,
    ),
    "unauthorized": (401, "Incorrect API key provided.", _BAD, "invalid_api_key", None),
    "server_error": (
        500,
        "The server had an error while processing your request.",
        "server_error",
        None,
        None,
    ),
    "unavailable": (503, "The server is overloaded. Try again later.", "server_error", None, None),
    "unknown_model": (404, "The model `{model}` does not exist.", _BAD, "model_not_found", "model"),
    "context_length": (
        400,
        "This model's maximum context length is 8192 tokens. Please reduce the length of the messages.",
        _BAD,
        "context_length_exceeded",
        "messages",
    ),
    "bad_parameter": (
        400,
        "Unsupported parameter: '{name}' is not supported with this model.",
        _BAD,
        "unsupported_parameter",
        "{name}",
    ),
}
"""Status, message, type, code and param, as OpenAI words them."""


def refused(fault: Fault, request: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Status, body and headers of the HTTP error a fault stands for."""
    status, message, kind, code, param = _ERRORS[fault.kind]
    given = {"model": request.get("model", ""), "name": fault.parameter(request)}
    body = error(message.format_map(given), kind, code, param and param.format_map(given))
    if fault.kind != "rate_limit":
        return status, body, {}
    return status, body, _when(fault.variant, 0.01 if fault.seconds is None else fault.seconds)


def _when(variant: str, wait: float) -> dict[str, str]:
    """How a refusal for the rate says when to come back, if it does."""
    match variant:
        case "bare":
            return {}
        case "date":
            return {"retry-after": formatdate(time.time() + wait, usegmt=True)}
        case "reset":
            return {
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": f"{wait * 1000:g}ms",
            }
        case _:
            return {"retry-after": f"{wait:g}", "x-ratelimit-remaining-requests": "0"}
