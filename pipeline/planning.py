"""`marbre plan`: what an article could be found by, and the plan that code would make of it. No model is asked."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.matching import Match
from pipeline.model import Brief, Plan, Source
from pipeline.reading.request import read_request
from pipeline.settings import Settings
from pipeline.stages import clean
from pipeline.stages import dossier as dossiers
from pipeline.stages.brief import make_brief
from pipeline.text.glyphs import width
from pipeline.text.keyphrase import Candidate, candidates
from pipeline.writers.outline import plan_by_code


@dataclass(frozen=True, slots=True)
class Planned:
    source: str
    brief: Brief
    found: tuple[Candidate, ...]
    plan: Plan
    why: str
    """Why the plan has the keyphrase it has."""


def planned(source: Source, settings: Settings, flags: Mapping[str, Any], match: Match | None) -> Planned:
    """From a `Source`; `match` is the query that a file of keyphrases gives it."""
    article = clean.clean(source)
    dossier = dossiers.build(article)
    told = (match.query.text, match.why) if match else None
    brief = make_brief(settings, read_request(article.instructions), flags, told)
    found = candidates(dossier)
    origin = dict(brief.origins).get("keyphrase")
    why = f"given by: {origin}" if origin else f"the best candidate: said in {', '.join(found[0].reasons)}"
    return Planned(article.ref, brief, found, plan_by_code(dossier, brief), why)


def as_json(told: Planned) -> dict[str, Any]:
    """`marbre.outline/1`."""
    plan = told.plan
    return {
        "schema": "marbre.outline/1",
        "source": told.source,
        "words": told.brief.words,
        "keyphrase": {"text": plan.keyphrase, "why": told.why},
        "candidates": [{"text": c.text, "score": c.score, "reasons": list(c.reasons)} for c in told.found],
        "plan": {
            "title": plan.title,
            "title_pixels": round(width(plan.title)),
            "headline": plan.headline,
            "description": plan.description,
            "slug": plan.slug,
            "sections": [asdict(s) for s in plan.sections],
        },
    }


def as_text(told: Planned) -> str:
    plan = told.plan
    wide = max(len(c.text) for c in told.found)
    lines = [f"Keyphrase: {plan.keyphrase} ({told.why})", "", "Candidates, from the source alone:"]
    lines += [f"  {c.score:5.1f}  {c.text:{wide}}  {', '.join(c.reasons)}" for c in told.found]
    lines += [
        "",
        "The plan by code; a model writes its own:",
        f"  title        {plan.title} ({width(plan.title):.0f} px)",
        f"  headline     {plan.headline}",
        f"  description  {plan.description} ({len(plan.description)} characters)",
        f"  slug         {plan.slug}",
        *(f"  {'#' * s.level:11}  {s.heading} [{', '.join(s.evidence)}]" for s in plan.sections),
    ]
    return "\n".join(lines)
