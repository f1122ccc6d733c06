"""A question in the form its model takes: its parameters, the mark for the cache, room for the answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.errors import WriterError
from pipeline.model import Call
from pipeline.writers import tokens
from pipeline.writers.models import Row
from pipeline.writers.request import Request

# A piece may come to three times the words asked for, at two tokens a French word; a plan or a section is shorter.
_TOKENS_A_WORD, _LEAST_LIMIT = 6, 4_000
# What a model may reason before it answers: OpenAI advises to leave 25,000 tokens at first; little effort takes less.
_REASONING = {None: 0, "none": 0, "minimal": 2_000, "low": 8_000}
_MOST_REASONING = 25_000
_TEMPERATURE = 0.3  # low: close to the material


def shaped(request: Request, row: Row, words: int, schema: Mapping[str, Any] | None = None) -> Request:
    """The request as its model takes it; for a model of no row, as it is. `words` are those of the brief.

    Raises `WriterError` when prompt and answer cannot both fit: it is told before it is paid.
    """
    parameters: dict[str, Any] = dict(request.parameters)
    if schema is not None and row.json_schema:
        parameters["response_format"] = schema
    if row.effort:
        parameters["reasoning_effort"] = row.effort
    if row.temperature == "always" or (row.temperature == "effort_none" and row.effort == "none"):
        parameters["temperature"] = _TEMPERATURE
    limit = _limit(request, row, words)
    if row.token_limit:
        parameters[row.token_limit] = limit
    messages = request.messages
    if row.cache == "breakpoint":
        # Without it the mark is set behind the article, which nobody sends twice, and every prompt pays a write.
        parameters["prompt_cache_options"] = {"mode": "explicit"}
        messages = (_marked(messages[0]), *messages[1:])
    return replace(request, messages=messages, parameters=parameters, row=row.name)


def _marked(message: dict[str, Any]) -> dict[str, Any]:
    """The stable part of a prompt, its end marked."""
    mark = {"prompt_cache_breakpoint": {"mode": "explicit"}}
    return {**message, "content": [{"type": "text", "text": tokens.text_of(message), **mark}]}


def _limit(request: Request, row: Row, words: int) -> int:
    """The most tokens of the answer, reasoning included, as far as the context has room for them."""
    answer = max(_LEAST_LIMIT, words * _TOKENS_A_WORD)
    limit = answer + _REASONING.get(row.effort, _MOST_REASONING)
    limit = min(limit, row.max_output or limit)
    if row.context is None:
        return limit
    prompt = tokens.estimate(request.messages)
    room = row.context - prompt
    if room < answer // 3:
        raise WriterError(
            "too_long",
            f"The prompt is too long for {request.model}: about {prompt:,} tokens, and the context of "
            f"{row.context:,} must hold the answer too ({request.stage}); nothing was sent.",
            f"Use a larger model, fewer related articles, or mend `context` of its row (models.{row.name}).",
        )
    return min(limit, room)


def is_truncated(call: Call, request: Request) -> bool:
    """Whether the server has read less than it was sent, as Ollama does with a prompt beyond its context.

    Some servers count only what they had not in their cache: what was asked before proves nothing there.
    """
    asked_before = request.stage in ("repair", "refresh") or any(
        m["role"] == "assistant" for m in request.messages
    )
    read = call.usage.input + call.usage.cached
    return not asked_before and read > 0 and tokens.are_too_few(read, request.messages)
