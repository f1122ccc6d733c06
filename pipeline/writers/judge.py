"""A second opinion: a model compares the sentences that rules cannot be sure of with what carries them.

It is asked once for some sentences together; its answers are remembered like any other. What it says becomes findings
in `pipeline/checks/judged.py`.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline import prompts
from pipeline.checks import findings_of
from pipeline.checks.acknowledged import key_of
from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.alignment import supports
from pipeline.checks.fidelity.comparison import Comparison, Statement, compare
from pipeline.errors import WriterError
from pipeline.model import Judgement, NotRun, Opinion
from pipeline.text.fold import tokens
from pipeline.text.verbs import SPEECH_FINITE
from pipeline.writers import context, models
from pipeline.writers.request import Ask, Request
from pipeline.writers.schema import VERDICTS_SCHEMA
from pipeline.writers.shape import shaped

_AT_ONCE = 15  # sentences: with what carries them some 2,000 tokens, so that none is read in passing
_WORDS_A_VERDICT = 40
_DENIES = re.compile(r"\b(?:n[e’']|ni|sans|aucune?|jamais|guère|nullement|faute de)\b", re.IGNORECASE)
_REPORTS = re.compile(r"\b(?:selon|d[’']après|pour qui|aux yeux d)\b", re.IGNORECASE)
_JUDGEMENTS: tuple[Judgement, ...] = ("supported", "contradicted", "not_found")
_WHY = 300  # characters of a reason that are shown


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence of the piece and the source sentences beside it."""

    sentence: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """The second opinion on one article."""

    model: str
    ask: Ask
    row: models.Row = models.UNKNOWN

    async def __call__(self, manuscript: Manuscript) -> tuple[Opinion, ...] | NotRun:
        """Its opinion of each doubtful sentence, or why there is none. Raises only what stops the run."""
        found: list[Opinion] = []
        doubts = tuple(doubtful(manuscript))
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


def doubtful(manuscript: Manuscript) -> Iterator[Doubt]:
    """The sentences that carry a finding of fidelity, a denial or reported speech, with what carries them.

    A sentence wholly unlike the sources has nothing beside it, and FID012 says so already.
    """
    comparison = compare(manuscript)
    marked = [f.where for f in findings_of(manuscript) if f.family == "FID" and f.where]
    for statement, support in zip(comparison.statements, supports(comparison), strict=True):
        where = comparison.place(statement.block, statement.start, statement.end)
        is_marked = any(place.start < where.end and where.start < place.end for place in marked)
        if support.carriers and (is_marked or _is_delicate(comparison, statement)):
            beside = dict.fromkeys(
                _sentence_of(c.source.facts.passages[c.paragraph].text) for c in support.carriers
            )
            yield Doubt(statement.text, tuple(beside))


def _sentence_of(passage: str) -> str:
    return " ".join(passage.split())


def _is_delicate(comparison: Comparison, statement: Statement) -> bool:
    if _DENIES.search(statement.text) or _REPORTS.search(statement.text):
        return True
    if any(True for _ in comparison.speeches(statement)):
        return True
    return any(token.text in SPEECH_FINITE for token in tokens(statement.text))


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
