"""What `rewrite --dry-run` and `batch --dry-run` print: what would be done, and what it would take."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.base import print_json, time_of
from pipeline.cli.writing import Wanted, refuse_what_cannot_be, writer_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.dry_run import Planned
    from pipeline.estimate import Estimate
    from pipeline.searched import Searched


def tell(wanted: Wanted, now: str | None, style: str) -> None:
    """What would be done with each source, and what that would take."""
    from pipeline.dry_run import estimated, looking, planned
    from pipeline.searched import as_json, search
    from pipeline.settings import chosen_writer

    settings, flags = wanted.settings, wanted.flags
    searched = search(settings.keyphrases, wanted.items)
    writer, moment = chosen_writer(settings), time_of(now)
    refuse_what_cannot_be(settings, flags, writer)
    click.echo(writer_line(settings, writer), err=True)
    with looking(
        settings, flags, writer, moment, searched.given, overwrite_edited=wanted.overwrite_edited
    ) as run:
        plans = list(planned(run, searched.items))
        estimate = estimated(run, plans)
    if style == "text":
        _print_plan(wanted, searched, plans, estimate)
        return
    from pipeline.dry_run import counts

    told = {"articles": counts(plans), "estimate": estimate and estimate.as_json()}
    print_json(
        {"schema": "marbre.plan/1", "sources": [p.as_json() for p in plans]} | told | as_json(searched)
    )


def _print_plan(
    wanted: Wanted, searched: "Searched", plans: "Sequence[Planned]", estimate: "Estimate | None"
) -> None:
    from pipeline.console import forecast
    from pipeline.dry_run import counts
    from pipeline.searched import as_text

    asked = wanted.flags.get("keyphrase")
    matched = {i.ref: searched.given[i.key].query.text for i in searched.items if i.key in searched.given}
    for plan in plans:
        phrase = f", for “{matched[plan.source]}”" if plan.source in matched and not asked else ""
        click.echo(f"{plan.source}: would {plan.would}{phrase}")
    if wanted.settings.keyphrases:
        click.echo(as_text(searched), err=True)
    forecast(counts(plans), estimate, wanted.settings)
