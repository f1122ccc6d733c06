"""The sentences of a finished text that rules cannot be sure of: what a judge is asked about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.checks import findings_of
from pipeline.checks.check import Desk, Manuscript
from pipeline.checks.fidelity.alignment import supports
from pipeline.checks.fidelity.comparison import Comparison, Statement, compare
from pipeline.model import Brief, Dossier, Draft, Plan
from pipeline.stages.front import provisional_front
from pipeline.text.fold import tokens
from pipeline.text.markdown import parse
from pipeline.text.verbs import SPEECH_FINITE

_DENIES = re.compile(r"\b(?:n[e’']|ni|sans|aucune?|jamais|guère|nullement|faute de)\b", re.IGNORECASE)
_REPORTS = re.compile(r"\b(?:selon|d[’']après|pour qui|aux yeux d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence of the piece and the source sentences beside it."""

    sentence: str
    beside: tuple[str, ...]


def doubtful(dossier: Dossier, brief: Brief, plan: Plan, draft: Draft, desk: Desk) -> tuple[Doubt, ...]:
    """Those of a draft that has no folder yet."""
    document = parse(provisional_front(plan, draft) + draft.body)
    return tuple(doubts_of(Manuscript(document, brief, dossier, desk=desk)))


def doubts_of(manuscript: Manuscript) -> Iterator[Doubt]:
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
