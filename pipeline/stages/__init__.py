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

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.checks.check import Desk, Manuscript
from pipeline.checks.grammar import Read, unread
from pipeline.model import Article, Brief, NotRun, Opinion

if TYPE_CHECKING:
    from pipeline.stages.finish import Written
    from pipeline.stages.repair import Limits
    from pipeline.writers import Writer


Judge = Callable[[Manuscript], Awaitable[tuple[Opinion, ...] | NotRun]]
"""A second opinion on a text that is finished (`writers.judge.Judge`)."""


async def write_article(
    article: Article,
    related: Sequence[Article],
    brief: Brief,
    writer: "Writer",
    limits: "Limits",
    read: Read = unread,
    desk: Desk = Desk(),  # noqa: B008 - frozen
    judge: Judge | None = None,
) -> "Written":
    """From a clean article to a draft that was checked and repaired, and judged where a judge is given."""
    # Imported here: whoever needs one stage does not pay for the patterns of all.
    from pipeline.stages import dossier as dossiers
    from pipeline.stages.finish import Written
    from pipeline.stages.repair import provisional, repair

    dossier = dossiers.build(article, tuple(related))
    plan = await writer.plan(dossier, brief)
    draft = await writer.write(dossier, brief, plan)
    draft, repairs = await repair(dossier, brief, plan, draft, writer, limits, read, desk)
    if judge and not draft.working:
        desk = replace(desk, opinions=await judge(provisional(dossier, brief, plan, draft, desk)))
    return Written(dossier, brief, plan, draft, writer.name, repairs=repairs, desk=desk)
