"""The way of an article, in order. A stage takes values and returns a value; it sees no store, clock or network.

ingest   bytes, URL         -> Source
clean    Source             -> Article
brief    settings, Article  -> Brief
dossier  Article, related   -> Dossier
plan     Dossier, Brief     -> Plan      } a writer's work
write    Plan               -> Draft     }
check    Draft              -> findings  (pipeline.checks)
repair   Draft, findings    -> Draft
finish   Draft, findings    -> Piece
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Article, Brief, Dossier, Draft, Plan

if TYPE_CHECKING:
    from pipeline.stages.means import Limits, Means
    from pipeline.stages.written import Written
    from pipeline.writers import Writer


async def write_article(
    article: Article,
    related: Sequence[Article],
    brief: Brief,
    writer: "Writer",
    limits: "Limits",
    means: "Means | None" = None,
) -> "Written":
    """From a clean article to a draft that was checked and repaired, and judged where a judge is given."""
    # Imported here: whoever needs one stage does not pay for the patterns of all.
    from pipeline.stages import dossier as dossiers
    from pipeline.stages.means import Means

    means = means or Means()
    dossier = await means.do(dossiers.build, article, tuple(related))
    plan = await writer.plan(dossier, brief)
    means = means.about(plan)
    draft = await writer.write(dossier, brief, plan)
    return await settled(dossier, brief, plan, draft, writer, limits, means)


async def settled(
    dossier: Dossier,
    brief: Brief,
    plan: Plan,
    draft: Draft,
    writer: "Writer",
    limits: "Limits",
    means: "Means",
) -> "Written":
    """A draft checked and repaired, and judged where a judge is given."""
    from pipeline.stages.repair import repair
    from pipeline.stages.written import Written

    done = await repair(dossier, brief, plan, draft, writer, limits, means)
    desk = means.desk
    if means.judge and not draft.working:
        from pipeline.stages.doubts import doubtful

        doubts = await means.do(doubtful, dossier, brief, plan, done.draft, desk)
        desk = replace(desk, opinions=await means.judge(doubts))
    return Written(
        dossier, brief, plan, done.draft, writer.name, repairs=done.log, desk=desk, guess=done.result
    )
