"""What a failed call means: for the article, for the run, and whether asking again can help."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.errors import EngineError, MarbreError, WriterError
from pipeline.writers.headers import retry_after
from pipeline.writers.request import Request

if TYPE_CHECKING:
    from openai import APIStatusError

# How providers say that the account has nothing left: OpenAI, OpenRouter and DeepSeek (402).
_NO_CREDIT = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
_NO_KEY = frozenset({"invalid_api_key", "account_deactivated"})
# Which field of a row in the table of models makes a parameter be sent.
_FIELDS = {
    "max_completion_tokens": "token_limit",
    "max_tokens": "token_limit",
    "response_format": "json_schema",
    "reasoning_effort": "effort",
    "prompt_cache_options": "cache",
    "prompt_cache_breakpoint": "cache",
}
_AGAIN = "Run it again; what was paid for is remembered and not paid again."


class AttemptError(Exception):
    """One attempt came to nothing."""

    def __init__(
        self,
        error: MarbreError,
        *,
        heals: bool = False,
        wait: float | None = None,
        billed: bool = False,
        parameter: str | None = None,
    ) -> None:
        super().__init__(error.message)
        self.error = error
        """What the article is told if nothing helps."""
        self.heals = heals
        self.wait = wait
        """Seconds the server asks to wait; None when it does not say."""
        self.billed = billed
        """True when the server may have worked, and ask money for it."""
        self.parameter = parameter
        """The parameter the server refused."""


def of_status(error: "APIStatusError", request: Request, where: str, now: float) -> AttemptError:
    """`now` is seconds since 1970: `retry-after` may be a date."""
    status, headers, said = error.status_code, error.response.headers, _said(error.body, error.message)
    if (failure := _of_code(_codes(error.body, error.code), said, where)) is not None:
        return failure
    if status == 402:
        return AttemptError(_no_credit(said))
    if status in (401, 403, 404):
        speaks_of_it = _speaks_of_the_model(error, request)
        return AttemptError(_not_let_in(status, request, said, where, speaks_of_it=speaks_of_it))
    if error.code == "context_length_exceeded":
        text = f"The article is too long for {request.model}: {said}"
        return AttemptError(WriterError("too_long", text, "Use a larger model."))
    if status in (400, 422):
        return _bad_request(error, request, said, where)
    heals = _heals(status, headers)
    wait = retry_after(headers, now) if heals else None
    if status == 429:
        text, remedy = f"{where} limits the rate: {said}", "Lower --concurrency and run it again."
        return AttemptError(WriterError("rate_limit", text, remedy), heals=heals, wait=wait)
    failed = WriterError("server", f"{where} failed with status {status}: {said}", _AGAIN)
    return AttemptError(failed, heals=heals, wait=wait)


def of_event(body: Any, where: str) -> AttemptError:
    """An error told in the middle of a stream, or with a status of 200."""
    said = _said(body, "no reason given")
    failure = _of_code(_codes(body), said, where)
    return failure or AttemptError(
        WriterError("server", f"{where} failed while it answered: {said}", _AGAIN), heals=True, billed=True
    )


def unreachable(cause: BaseException, where: str) -> AttemptError:
    """No connection: no article can have one, so the run stops when asking again does not help."""
    text = f"{where} cannot be reached: {printable(str(cause)) or type(cause).__name__}."
    error = EngineError(
        "unreachable", text, "Look at --base-url, and whether the server runs; then run it again."
    )
    return AttemptError(error, heals=True)


def broken(why: str, where: str) -> AttemptError:
    """The connection ended before the answer did."""
    return AttemptError(
        WriterError("broken", f"{where} broke off its answer: {printable(why)}.", _AGAIN),
        heals=True,
        billed=True,
    )


def too_slow(what: str, setting: str, seconds: float, where: str) -> AttemptError:
    text = f"{where} gave {what} in {seconds:g} s."
    remedy = f"Run it again; raise `{setting}` in marbre.toml if the model is slow."
    return AttemptError(WriterError("timeout", text, remedy), heals=True, billed=True)


def nonsense(why: str, where: str) -> AttemptError:
    text = f"{where} answered what is no chat completion: {printable(why)}."
    return AttemptError(WriterError("bad_answer", text, "Look at --base-url and --model."), billed=True)


def _not_let_in(status: int, request: Request, said: str, where: str, *, speaks_of_it: bool) -> EngineError:
    """With another model it may go well, with another key or address all may."""
    if status != 404:
        if not speaks_of_it:
            return _unauthorized(said, where)
        text = f"{where} does not let this key use the model {request.model!r}: {said}"
        return EngineError("model_refused", text, "Give another --model, or a key that may use it.")
    if not speaks_of_it:
        remedy = "Look at --base-url: most servers want it to end in /v1."
        return EngineError("wrong_address", f"{where} has nothing at its address: {said}", remedy)
    remedy = "Give another --model, or look at --base-url: most servers want it to end in /v1."
    return EngineError("unknown_model", f"{where} knows no model {request.model!r}: {said}", remedy)


def _speaks_of_the_model(error: "APIStatusError", request: Request) -> bool:
    """Whether a server says that it is the model that it does not have, or give: by a field, a word, or its name."""
    told = f"{error.body} {error.message}"[: 100 * _MOST]
    named = re.search(rf"(?<!\w){re.escape(request.model)}(?!\w)", told, re.IGNORECASE)
    return (
        error.param == "model"
        or named is not None
        or re.search(r"\bmodels?\b", told, re.IGNORECASE) is not None
    )


def _bad_request(error: "APIStatusError", request: Request, said: str, where: str) -> AttemptError:
    parameter = _parameter(error, (*request.parameters, "stream_options", "stream"))
    if parameter is None or parameter == "messages":
        text = f"{where} refuses the request: {said}"
        return AttemptError(EngineError("bad_request", text, "Give another --model."))
    text = f"{where} refuses the parameter {parameter!r} for {request.model}: {said}"
    return AttemptError(EngineError("bad_request", text, _mended(parameter, request)), parameter=parameter)


def _mended(parameter: str, request: Request) -> str:
    """The setting that keeps a parameter from being sent."""
    if parameter in ("stream", "stream_options"):
        return "Set `stream = false` in marbre.toml."
    field = _FIELDS.get(parameter, parameter)
    return f'Mend `{field}` of the row [models."{request.row or request.model}"] in marbre.toml; marbre models shows it.'


def _parameter(error: "APIStatusError", sent: Iterable[str]) -> str | None:
    """The parameter a server complains of: in its own field (OpenAI), or by name in the text (vLLM, Mistral)."""
    if error.param:
        return str(error.param).split(".")[0]
    text = f"{error.body} {error.message}"
    return next((name for name in sent if re.search(rf"\b{re.escape(name)}\b", text)), None)


def _of_code(codes: frozenset[str], said: str, where: str) -> AttemptError | None:
    if codes & _NO_CREDIT:
        return AttemptError(_no_credit(said))
    return AttemptError(_unauthorized(said, where)) if codes & _NO_KEY else None


def _no_credit(said: str) -> EngineError:
    remedy = "Add credit, then run it again; what was paid for is remembered."
    return EngineError("quota", f"The account has no credit left: {said}", remedy)


def _unauthorized(said: str, where: str) -> EngineError:
    return EngineError(
        "unauthorized", f"{where} refuses the key: {said}", "Set OPENAI_API_KEY to a valid key."
    )


def _heals(status: int, headers: Mapping[str, str]) -> bool:
    """As the SDK sees it: 408, 409, 429 and 5xx, unless the server says otherwise."""
    asked = headers.get("x-should-retry")
    return asked == "true" if asked in ("true", "false") else status in (408, 409, 429) or status >= 500


def _codes(body: Any, code: str | None = None) -> frozenset[str]:
    told = (code, body.get("code"), body.get("type")) if isinstance(body, dict) else (code,)
    return frozenset(str(c) for c in told if c)


# Some servers repeat the header or the address they refuse.
_SECRET = re.compile(
    r"\bbearer\s+\S+|\bbasic\s+[\w+/=]{8,}|\bsk-[\w-]{6,}|(?<=://)[^\s/?#@]{1,300}(?=@)"
    r"|(?<=[?&])(?:[\w-]{0,30}(?:key|token|secret|password|sig))=[^\s&\"']+",
    re.IGNORECASE,
)
_MOST = 300  # characters of what a server says


def _said(body: Any, otherwise: str) -> str:
    text = body.get("message") if isinstance(body, dict) else None
    return printable(str(text or otherwise)).rstrip(".") + "."


def printable(text: str) -> str:
    """What a server or a library says, on one line that a terminal only shows; keys and passwords are left out."""
    line = " ".join(text[: 100 * _MOST].split())
    return "".join(c if c.isprintable() else "\ufffd" for c in _SECRET.sub("(key)", line)[:_MOST])
