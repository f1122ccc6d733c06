"""A second opinion: a model compares the sentences that rules cannot be sure of with what carries them.

It is asked once for some sentences together; its answers are remembered like any other. What it says becomes findings
in `pipeline/checks/judged.py`.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline import prompts
from pipeline.checks.acknowledged import key_of
from pipeline.errors import WriterError
from pipeline.model import Judgement, NotRun, Opinion
from pipeline.stages.doubts import Doubt
from pipeline.writers import context, models
from pipeline.writers.request import Ask, Request
from pipeline.writers.schema import VERDICTS_SCHEMA
from pipeline.writers.shape import shaped

_AT_ONCE = 15  # sentences: with what carries them some 2,000 tokens, so that none is read in passing
_WORDS_A_VERDICT = 40
_JUDGEMENTS: tuple[Judgement, ...] = ("supported", "contradicted", "not_found")
_WHY = 300  # characters of a reason that are shown


@dataclass(frozen=True, slots=True)
class Judge:
    """The second opinion on one article."""

    model: str
    ask: Ask
    row: models.Row = models.UNKNOWN

    async def __call__(self, doubts: Sequence[Doubt]) -> tuple[Opinion, ...] | NotRun:
        """Its opinion of each doubtful sentence, or why there is none. Raises only what stops the run."""
        found: list[Opinion] = []
        try:
            for at in range(0, len(doubts), _AT_ONCE):
                found += await self._opinions(doubts[at : at + _AT_ONCE])
        except WriterError as error:
            if error.stops_the_run:
                raise
            return NotRun("JUG", f"the second opinion failed: {error.message} {error.remedy}")
        return tuple(found)

    async def _opinions(self, doubts: Sequence[Doubt]) -> list[Opinion]:
        prompt = prompts.load("judge")
        messages = prompt.fill(sentences=_listed(doubts))
        request = Request("judge", prompt.name, self.model, tuple(messages))
        problem = ""
        for _ in range(prompt.times):
            words = len(doubts) * _WORDS_A_VERDICT
            call = await self.ask(shaped(request, self.row, words, VERDICTS_SCHEMA))
            answer = call.answer[: prompt.characters]
            try:
                return list(read(answer, doubts, self.model))
            except ValueError as error:
                problem = str(error)
                again = prompts.load("again").fill(problem=context.inert(problem))
                answered = {"role": "assistant", "content": answer}
                request = replace(request, messages=(*messages, answered, *again))
        raise WriterError("no_answer", f"{self.model} gave no verdicts: {problem}", "Try another --judge.")


def _listed(doubts: Sequence[Doubt]) -> str:
    """Numbered, each with its passages; nothing in them can close a tag of ours."""
    parts = []
    for number, doubt in enumerate(doubts, start=1):
        source = "\n".join(f"   source : {context.inert(text)}" for text in doubt.beside)
        parts.append(f"{number}. phrase : {context.inert(' '.join(doubt.sentence.split()))}\n{source}")
    return "\n".join(parts)


def read(answer: str, doubts: Sequence[Doubt], model: str) -> Iterator[Opinion]:
    """The opinions of an answer, one for each doubt. Raises `ValueError`, told in French, when one is missing."""
    start, end = answer.find("{"), answer.rfind("}")
    try:
        rows = json.loads(answer[start : end + 1])["verdicts"]
        told = {int(row["number"]): (row["verdict"], str(row.get("why", ""))) for row in rows}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError("elle n’est pas l’objet JSON demandé.") from None
    for number, doubt in enumerate(doubts, start=1):
        verdict, why = told.get(number, ("", ""))
        says: Judgement | None = next((v for v in _JUDGEMENTS if v == verdict), None)
        if says is None:
            raise ValueError(f"il manque un verdict valable pour le numéro {number}.")
        yield Opinion(key_of(doubt.sentence), says, " ".join(why.split())[:_WHY], model)
