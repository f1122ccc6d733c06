"""The writer that asks a model: a plan as JSON, the text as Markdown, a section again when it fails.

It only builds questions and reads answers. Who answers, and what is remembered, is decided by `ask`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline import prompts
from pipeline.errors import WriterError
from pipeline.model import Brief, Call, Dossier, Draft, Finding, Plan
from pipeline.text import slots, translated
from pipeline.text.talk import is_refusal
from pipeline.writers import answers, context, models, placing
from pipeline.writers.outline import plan_by_code
from pipeline.writers.request import Ask, Request
from pipeline.writers.schema import PLAN_SCHEMA
from pipeline.writers.shape import shaped

_MATERIAL = frozenset({"source", "related", "dossier", "wishes"})
_GIVEN = {
    "plan": _MATERIAL | {"words"},
    "write": _MATERIAL | {"plan", "words"},
    "continue": frozenset({"tail"}),
    "again": frozenset({"problem"}),
    "foreign": frozenset({"language"}),
    "repair": _MATERIAL | {"section", "findings", "outline"},
    "refresh": _MATERIAL | {"section", "changes", "outline"},
    "judge": frozenset({"sentences"}),
}
_TAIL = 200  # characters of a cut answer shown again, so that the model finds the place


def check_prompts() -> None:
    """Every prompt against what it will be given, before any call is paid. Raises `PromptError`."""
    for name, given in _GIVEN.items():
        prompts.load(name).fill(**dict.fromkeys(given, ""))


@dataclass(frozen=True, slots=True)
class LLMWriter:
    """The writer of one article."""

    model: str
    ask: Ask
    row: models.Row = models.UNKNOWN
    """What the model takes; by default the least."""
    calls: int = 6
    """After so many answers no section is mended any more; a text under way is still brought to its end."""
    _answered: list[str] = field(default_factory=list)
    """The stages of the answers so far."""

    @property
    def name(self) -> str:
        return self.model

    async def plan(self, dossier: Dossier, brief: Brief) -> Plan:
        """Two tries at JSON; after that the plan is made by code, which is better than none."""
        prompt = prompts.load("plan")
        messages = prompt.fill(**_material(dossier), words=str(brief.words), wishes=_wishes(dossier, brief))
        notes: tuple[str, ...] = ()
        for _ in range(prompt.times):
            call = await self._answer("plan", prompt, messages, brief.words, PLAN_SCHEMA)
            try:
                return replace(answers.read_plan(call.answer, dossier, brief), notes=notes)
            except answers.NotAPlanError as error:
                problem = "elle a été coupée avant la fin." if call.finish == "length" else str(error)
                notes = (*notes, f"An answer was no plan: {problem}")
                messages = _again(messages, call.answer, problem)
        return replace(plan_by_code(dossier, brief), notes=(*notes, "The plan was made by code."))

    async def write(self, dossier: Dossier, brief: Brief, plan: Plan) -> Draft:
        prompt = prompts.load("write")
        messages = prompt.fill(
            **_material(dossier),
            plan=context.plan(plan),
            words=str(brief.words),
            wishes=_wishes(dossier, brief),
        )
        text, notes = await self._whole("write", prompt, messages, brief.words)
        text, placed = placing.once(answers.article(text, plan), plan)
        return Draft(slots.fill(text, dossier), notes=(*plan.notes, *notes, *placed))

    async def mend(
        self,
        dossier: Dossier,
        brief: Brief,
        section: str,
        findings: Sequence[Finding],
        outline: Sequence[str],
    ) -> str | None:
        if len(self._answered) >= self.calls:
            return None
        prompt = prompts.load("repair")
        messages = prompt.fill(
            **_material(dossier),
            section=context.inert(section),
            findings=context.findings(tuple(findings)),
            outline=context.inert("\n".join(f"## {heading}" for heading in outline)) or "(aucun)",
            wishes=_wishes(dossier, brief),
        )
        text, _ = await self._whole("repair", prompt, messages, brief.words)
        mended = answers.section(text, section)
        return slots.fill(mended, dossier) if mended else None

    async def refresh(
        self,
        dossier: Dossier,
        brief: Brief,
        section: str,
        changes: Sequence[str],
        outline: Sequence[str],
    ) -> str | None:
        if len(self._answered) >= self.calls:
            return None
        prompt = prompts.load("refresh")
        messages = prompt.fill(
            **_material(dossier),
            section=context.inert(section),
            changes=context.inert("\n".join(f"- {line}" for line in changes)),
            outline=context.inert("\n".join(f"## {heading}" for heading in outline)) or "(aucun)",
            wishes=_wishes(dossier, brief),
        )
        text, _ = await self._whole("refresh", prompt, messages, brief.words)
        renewed = answers.section(text, section)
        return slots.fill(renewed, dossier) if renewed else None

    async def _whole(
        self, stage: str, prompt: prompts.Prompt, messages: list[dict[str, str]], words: int
    ) -> tuple[str, tuple[str, ...]]:
        """A text in French, to its end. Raises `WriterError` when the model refuses to write one."""
        notes: tuple[str, ...] = ()
        text = problem = ""
        for _ in range(prompt.times):
            text, more = await self._to_its_end(stage, prompt, messages, words)
            notes += more
            problem = answers.problem(text)
            if not problem:
                return text, notes
            notes += (f"The {stage} answer was not used: {problem}",)
            messages = _again(messages, text, problem)
        if is_refusal(text):
            raise WriterError(
                "no_answer",
                f"The model refused {'twice ' if prompt.times > 1 else ''}({stage}): {' '.join(text.split())[:200]}",
                "Try another --model.",
            )
        return text, notes  # in another language: the checks say where, and repair may mend it

    async def _to_its_end(
        self, stage: str, prompt: prompts.Prompt, messages: list[dict[str, str]], words: int
    ) -> tuple[str, tuple[str, ...]]:
        """One answer; when it was cut, continued from the cut."""
        call = await self._answer(stage, prompt, messages, words)
        text, notes = call.answer, []
        go_on = prompts.load("continue")
        for _ in range(go_on.times):
            if call.finish != "length":
                break
            notes.append(f"The {stage} answer was cut off and continued.")
            asked = go_on.fill(tail=context.inert(text[-_TAIL:]))
            try:
                call = await self._answer(
                    stage, go_on, [*messages, {"role": "assistant", "content": text}, *asked], words
                )
            except WriterError as error:
                if error.code != "no_answer":
                    raise
                notes.append(f"The {stage} answer was cut off, and the model did not go on.")
                return text, tuple(notes)
            rest = answers.continuation(call.answer)
            if answers.begins_anew(text, rest):
                text = max(text, rest, key=len)
            else:
                text = answers.joined(text, rest, messages[-1]["content"])
        if call.finish == "length":
            notes.append(f"The {stage} answer was still cut off after {go_on.times} continuations.")
        return text, tuple(notes)

    async def _answer(
        self,
        stage: str,
        prompt: prompts.Prompt,
        messages: list[dict[str, str]],
        words: int,
        schema: Mapping[str, Any] | None = None,
    ) -> Call:
        """One answer that is not empty; a refusal or silence is asked once more."""
        request = shaped(Request(stage, prompt.name, self.model, tuple(messages)), self.row, words, schema)
        for _ in range(2):
            call = await self.ask(request)
            self._answered.append(stage)
            if call.answer.strip():
                return replace(call, answer=call.answer[: prompt.characters])
        said = "refused" if call.finish == "refusal" else "gave an empty answer"
        raise WriterError(
            "no_answer",
            f"The model {said} twice ({stage}, finish reason {call.finish!r}).",
            "Try again later, or another --model.",
        )


def _again(messages: list[dict[str, str]], answer: str, problem: str) -> list[dict[str, str]]:
    """The conversation, gone on with what was wrong with the answer."""
    told = prompts.load("again").fill(problem=context.inert(problem))
    return [*messages, {"role": "assistant", "content": answer}, *told]


def _wishes(dossier: Dossier, brief: Brief) -> str:
    """What the user asks, and how to translate where a source is not French."""
    language = translated.foreign(dossier)
    if language is None:
        return context.wishes(brief)
    (told,) = prompts.load("foreign").fill(language=translated.LANGUAGES.get(language, language))
    return "\n\n".join(filter(None, (context.wishes(brief), told["content"])))


def _material(dossier: Dossier) -> dict[str, str]:
    return {
        "source": context.source(dossier),
        "related": context.related(dossier),
        "dossier": context.dossier(dossier),
    }
