"""The writer that asks a model: a plan as JSON, the text as Markdown, a section again when it fails.

It only builds questions and reads answers. Who answers, and what is remembered, is decided by `ask`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline import prompts
from pipeline.errors import WriterError
from pipeline.model import Brief, Call, Dossier, Draft, Finding, Plan
from pipeline.text import slots
from pipeline.writers import answers, context, models
from pipeline.writers.outline import plan_by_code
from pipeline.writers.request import Ask, Request
from pipeline.writers.schema import PLAN_SCHEMA
from pipeline.writers.shape import shaped

CONTINUATIONS = 2
_MATERIAL = frozenset({"source", "related", "dossier", "wishes"})
_GIVEN = {
    "plan": _MATERIAL | {"words"},
    "write": _MATERIAL | {"plan", "words"},
    "continue": frozenset({"tail"}),
    "repair": _MATERIAL | {"section", "findings", "outline"},
}
_TAIL = 200  # characters of a cut answer shown again, so that the model finds the place


def check_prompts() -> None:
    """Every prompt against what it will be given, before any call is paid. Raises `PromptError`."""
    for name, given in _GIVEN.items():
        prompts.load(name).fill(**dict.fromkeys(given, ""))


@dataclass(frozen=True, slots=True)
class LLMWriter:
    model: str
    ask: Ask
    row: models.Row = models.UNKNOWN
    """What the model takes; by default the least."""

    @property
    def name(self) -> str:
        return self.model

    async def plan(self, dossier: Dossier, brief: Brief) -> Plan:
        """Two tries at JSON; after that the plan is made by code, which is better than none."""
        prompt = prompts.load("plan")
        messages = prompt.fill(**_material(dossier), words=str(brief.words), wishes=context.wishes(brief))
        for _ in range(2):
            call = await self._answer("plan", prompt.name, messages, brief.words, PLAN_SCHEMA)
            try:
                return answers.read_plan(call.answer, dossier, brief)
            except answers.NotAPlanError as error:
                messages = [
                    *messages,
                    {"role": "assistant", "content": call.answer},
                    {
                        "role": "user",
                        "content": f"{error} Répondez par un seul objet JSON, sans texte autour.",
                    },
                ]
        return plan_by_code(dossier, brief)

    async def write(self, dossier: Dossier, brief: Brief, plan: Plan) -> Draft:
        prompt = prompts.load("write")
        messages = prompt.fill(
            **_material(dossier),
            plan=context.plan(plan),
            words=str(brief.words),
            wishes=context.wishes(brief),
        )
        text, notes = await self._whole("write", prompt.name, messages, brief.words)
        return Draft(slots.fill(answers.article(text, plan), dossier), notes=notes)

    async def mend(
        self,
        dossier: Dossier,
        brief: Brief,
        section: str,
        findings: Sequence[Finding],
        outline: Sequence[str],
    ) -> str | None:
        prompt = prompts.load("repair")
        messages = prompt.fill(
            **_material(dossier),
            section=context.inert(section),
            findings=context.findings(tuple(findings)),
            outline=context.inert(json.dumps(list(outline), ensure_ascii=False)),
            wishes=context.wishes(brief),
        )
        text, _ = await self._whole("repair", prompt.name, messages, brief.words)
        mended = answers.section(text, section)
        return slots.fill(mended, dossier) if mended else None

    async def _whole(
        self, stage: str, prompt: str, messages: list[dict[str, str]], words: int
    ) -> tuple[str, tuple[str, ...]]:
        """An answer to its end: one that was cut is continued from the cut."""
        call = await self._answer(stage, prompt, messages, words)
        text, notes = call.answer, []
        for _ in range(CONTINUATIONS):
            if call.finish != "length":
                break
            notes.append(f"The {stage} answer was cut off and continued.")
            go_on = prompts.load("continue")
            asked = go_on.fill(tail=context.inert(text[-_TAIL:]))
            call = await self._answer(
                stage,
                go_on.name,
                [
                    *messages,
                    {"role": "assistant", "content": text},
                    {"role": "user", "content": "\n".join(m["content"] for m in asked)},
                ],
                words,
            )
            text = answers.joined(text, call.answer, messages[-1]["content"])
        if call.finish == "length":
            notes.append(f"The {stage} answer was still cut off after {CONTINUATIONS} continuations.")
        return text, tuple(notes)

    async def _answer(
        self,
        stage: str,
        prompt: str,
        messages: list[dict[str, str]],
        words: int,
        schema: Mapping[str, Any] | None = None,
    ) -> Call:
        """One answer that is not empty; a refusal or silence is asked once more."""
        request = shaped(Request(stage, prompt, self.model, tuple(messages)), self.row, words, schema)
        for _ in range(2):
            call = await self.ask(request)
            if call.answer.strip():
                return call
        said = "refused" if call.finish == "refusal" else "gave an empty answer"
        raise WriterError(
            "no_answer",
            f"The model {said} twice ({stage}, finish reason {call.finish!r}).",
            "Try again later, or another --model.",
        )


def _material(dossier: Dossier) -> dict[str, str]:
    return {
        "source": context.source(dossier),
        "related": context.related(dossier),
        "dossier": context.dossier(dossier),
    }
