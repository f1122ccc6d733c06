"""Faults on request: what goes wrong, and on which calls."""

import threading
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Literal

from tests.model_server.answers import Answer, cut
from tests.model_server.prompt import STAGES, Prompt, Stage
from tests.model_server.spoilers import REFUSAL, SPOILERS

_ALL: tuple[Stage, ...] = STAGES
_TEXT: tuple[Stage, ...] = ("write", "repair")

USUAL: dict[str, tuple[Stage, ...]] = {
    "rate_limit": _ALL,
    "quota": _ALL,
    "unauthorized": _ALL,
    "server_error": _ALL,
    "unavailable": _ALL,
    "bad_parameter": _ALL,
    "unknown_model": _ALL,
    "context_length": _ALL,
    "reset": _ALL,
    "timeout": _ALL,
    "slow": _ALL,
    "truncated_prompt": _ALL,
    "stream_error": _ALL,
    "no_stream": _ALL,
    "no_usage": _ALL,
    "cut": ("write",),
    "cut_silent": ("write",),
    "trimmed_rest": ("continue",),
    "repeated_rest": ("continue",),
    "restarted_rest": ("continue",),
    "announced_rest": ("continue",),
    "refusal": _ALL,
    "empty": _ALL,
    "bad_json": ("plan",),
    "chatter": _TEXT,
    "front_matter": ("write",),
    "invented_fact": _TEXT,
    "altered_quote": _TEXT,
    "doubled_slot": _TEXT,
    "missing_slot": _TEXT,
    "no_headings": ("write",),
    "skipped_level": ("write",),
    "short": ("write",),
    "html": _TEXT,
    "prompt_leak": _TEXT,
    "self_talk": _TEXT,
    "labels": _TEXT,
    "rich_markdown": ("write",),
    "address": _TEXT,
    "english": _TEXT,
    "english_paragraph": _TEXT,
}
"""Each fault, and the stages it strikes when none is named."""

REFUSED = frozenset(list(USUAL)[:8])
"""Faults that are an HTTP error instead of an answer."""
# Applied to JSON, the other faults of text would only be a bad_json in disguise.
_PROSE_ONLY = frozenset(SPOILERS) - {"bad_json", "chatter", "empty"}

VARIANTS: dict[str, tuple[str, ...]] = {
    "bad_json": ("broken", "fence", "prose", "fields"),
    "refusal": ("field", "text"),
    "rate_limit": ("retry_after", "date", "reset", "bare"),
    "reset": ("before", "mid", "end"),
    "timeout": ("before", "mid", "comments", "held"),
    "no_headings": ("sections", "all"),
    "empty": ("nothing", "blank"),
    "self_talk": ("inside", "end"),
    "bad_parameter": (
        "response_format",
        "max_completion_tokens",
        "max_tokens",
        "temperature",
        "stream_options",
        "stream",
    ),
}
"""The first is what happens when none is named; `bad_parameter` then takes the first the request has, but none of
the last two, which every streamed request has.
"""


@dataclass(frozen=True, slots=True)
class Fault:
    kind: str
    on: tuple[int, ...] | int | None = None
    """Only these of the calls that `seed` and `stage` let through, counted from 1."""
    times: int | None = None
    """At most so often; None for always."""
    seed: str | None = None
    """Only calls whose seed begins so."""
    stage: Stage | None = None
    """Only calls of this kind; None for those in `USUAL`."""
    every: int = 1
    """Only every nth of the calls that `seed` and `stage` let through."""
    per: Literal["server", "source"] = "server"
    """Whether `on`, `times` and `every` count over all calls or afresh for each source."""
    variant: str = ""
    seconds: float | None = None
    """`rate_limit`: what its headers ask for (0.01); `timeout`: the silence (60); `slow`: between chunks (0.05)."""

    def __post_init__(self) -> None:
        if self.kind not in USUAL:
            raise ValueError(f"unknown fault {self.kind!r}; known: {', '.join(USUAL)}")
        if self.stage is not None and self.stage not in STAGES:
            raise ValueError(f"unknown stage {self.stage!r}; known: {', '.join(STAGES)}")
        if self.stage == "plan" and self.kind in _PROSE_ONLY:
            raise ValueError(f"{self.kind} is a fault of a text, not of a plan")
        if self.kind == "bad_json" and self.stage not in {None, "plan"}:
            raise ValueError("bad_json is a fault of a plan")
        if self.variant and self.variant not in VARIANTS.get(self.kind, ()):
            raise ValueError(f"{self.kind} has no variant {self.variant!r}")
        if self.per not in {"server", "source"} or self.every < 1:
            raise ValueError("per is server or source; every is at least 1")

    def concerns(self, prompt: Prompt, name: str, request: dict[str, Any]) -> bool:
        stages = (self.stage,) if self.stage else USUAL[self.kind]
        if self.kind == "bad_parameter" and not self.parameter(request):
            return False
        return prompt.kind in stages and name.startswith(self.seed or "")

    def parameter(self, request: dict[str, Any]) -> str | None:
        """The parameter a `bad_parameter` complains of, if the request has it."""
        wanted = (self.variant,) if self.variant else VARIANTS["bad_parameter"][:-2]
        return next((p for p in wanted if request.get(p) is not None), None)

    def strikes(self, nth: int, struck: int) -> bool:
        """Whether it hits the nth call that concerns it, having hit `struck` before."""
        on = (self.on,) if isinstance(self.on, int) else self.on
        return (
            (on is None or nth in on)
            and nth % self.every == 0
            and (self.times is None or struck < self.times)
        )


class Script:
    """The faults of a server, with the counts of what each has seen and struck."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        self._lock = threading.Lock()
        self._seen: Counter[tuple[int, str]] = Counter()
        self._struck: Counter[tuple[int, str]] = Counter()

    def strike(self, prompt: Prompt, name: str, request: dict[str, Any]) -> tuple[Fault, ...]:
        """The faults that hit this call: one HTTP error alone, or all the others in their order."""
        with self._lock:
            hits: list[tuple[tuple[int, str], Fault]] = []
            for index, fault in enumerate(self.faults):
                if fault.concerns(prompt, name, request):
                    key = (index, name if fault.per == "source" else "")
                    self._seen[key] += 1
                    if fault.strikes(self._seen[key], self._struck[key]):
                        hits.append((key, fault))
            refused = [hit for hit in hits if hit[1].kind in REFUSED][:1]
            hits = refused or hits
            self._struck.update(key for key, _ in hits)
            return tuple(fault for _, fault in hits)


def spoil(answer: Answer, prompt: Prompt, faults: tuple[Fault, ...]) -> Answer:
    """The answer with its faults; cuts come last, since they end what the others wrote."""
    for fault in sorted(faults, key=lambda f: f.kind in {"cut", "cut_silent"}):
        if fault.kind in SPOILERS:
            answer = replace(answer, text=SPOILERS[fault.kind](answer.text, prompt, fault.variant))
        elif fault.kind == "refusal":
            answer = Answer(REFUSAL) if fault.variant == "text" else Answer("", refusal=REFUSAL)
        elif fault.kind in {"cut", "cut_silent"}:
            answer = Answer(cut(answer.text, 0.6), "length" if fault.kind == "cut" else "stop")
    return answer


def parse_fault(text: str) -> Fault:
    """`cut:stage=write:times=2`, a comma as good as a colon; `on=1+3`. Raises ValueError."""
    kind, *options = text.replace(",", ":").split(":")
    given: dict[str, Any] = {}
    for option in options:
        name, equals, value = option.partition("=")
        if not equals or name not in _READERS:
            raise ValueError(
                f"{option!r} in {text!r}: write one of {', '.join(_READERS)}, then = and a value"
            )
        given[name] = _READERS[name](value)
    return Fault(kind, **given)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split("+"))


_READERS: dict[str, Any] = {
    "on": _numbers,
    "times": int,
    "seed": str,
    "stage": str,
    "every": int,
    "per": str,
    "variant": str,
    "seconds": float,
}
