"""`marbre batch`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import cli, options, print_json, settings_of, time_of
from pipeline.cli.writing import NEAR_DUPLICATES, WRITING, Wanted, run_articles, writer_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.dry_run import Planned
    from pipeline.estimate import Estimate
    from pipeline.items import Item
    from pipeline.picked import Last, Order
    from pipeline.searched import Searched
    from pipeline.settings import Settings

_LASTS = ("FAILED", "NEEDS_WORK")


def _lasts(context: click.Context, option: click.Parameter, given: "tuple[str, ...]") -> "tuple[str, ...]":
    found = tuple(
        dict.fromkeys(word.strip().upper().replace("-", "_") for words in given for word in words.split(","))
    )
    if unknown := [word for word in found if word not in _LASTS]:
        raise click.BadParameter(f"{unknown[0]!r} is not one of {', '.join(_LASTS)}.", context, option)
    return found


_CHOOSING = options(
    click.option("--limit", type=click.IntRange(1), help="At most so many sources."),
    click.option(
        "--order",
        type=click.Choice(["name", "oldest", "newest", "smallest", "largest"]),
        help="By file name, date or size; pages by the date of their feed [default: as they are found].",
    ),
    click.option(
        "--only",
        multiple=True,
        metavar="FAILED|NEEDS_WORK",
        callback=_lasts,
        help="Only sources that came to this when they were last tried; both with a comma between.",
    ),
    NEAR_DUPLICATES,
    click.option(
        "--economy",
        flag_value=True,
        type=bool,
        default=None,
        help="Ask by the provider's Batch API: half the price, up to a day for each step. Run it again to go on.",
    ),
    click.option(
        "--wait",
        flag_value=True,
        type=bool,
        default=None,
        help="With --economy: wait until all batches have ended.",
    ),
    click.option(
        "--dry-run",
        is_flag=True,
        help="Say what would be done, and estimate calls, tokens, cost and time; write nothing, ask no model.",
    ),
)


@cli.command()
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@_CHOOSING
@WRITING
def batch(
    targets: tuple[str, ...],
    limit: int | None,
    order: "Order | None",
    only: "tuple[Last, ...]",
    dry_run: bool,
    overwrite_edited: bool,
    style: str,
    now: str | None,
    settings_file: Path | None,
    **flags: Any,
) -> None:
    """Rewrite every source of what is given. Running it again finishes what is left and pays nothing twice.

    A TARGET is a folder; a file (.txt .md .html .docx); the address of a feed or sitemap, or such a file (.xml .rss
    .atom .rdf, .xml.gz); or @LIST, a text or CSV file with an address a line. Sites are asked slowly and by their rules.

    A source too short for the words asked for may take background, attributed, from the others of the folder,
    or from those of --related instead. Ctrl-C waits for answers that are on their way; twice ends it at once.

    \b
    Example:  marbre batch seeds --concurrency 4
              marbre batch https://journal.example/feed.xml @adresses.csv
              marbre batch depeches --order newest --limit 50 --dry-run
    """
    from functools import partial

    from pipeline.interrupt import Interruption
    from pipeline.sources.targets import paths_beside

    settings = settings_of(flags, settings_file)
    with Interruption().heard() as interruption:
        items = _chosen(targets, settings, only, order, limit)
        if only and not items:
            names = " or ".join(only)
            click.echo(f"marbre: the ledger has none of these sources as {names}; nothing to do.", err=True)
            if style == "text":
                return
        looks_back = settings.near_duplicates == "skip"
        neighbours = partial(paths_beside, targets, settings.out)
        wanted = Wanted(settings, flags, items, neighbours, overwrite_edited, looks_back)
        if dry_run:
            _tell(wanted, now, style)
        else:
            run_articles(wanted, now, style, interruption)


def _chosen(
    targets: tuple[str, ...],
    settings: "Settings",
    only: "tuple[Last, ...]",
    order: "Order | None",
    limit: int | None,
) -> "list[Item]":
    from contextlib import closing
    from itertools import islice

    from pipeline.picked import ordered, whose_last
    from pipeline.sources.targets import items_of
    from pipeline.sources.visitor import visitor_of
    from pipeline.spending import existing_ledger

    visitor = visitor_of(settings)
    found = items_of(targets, settings.out, visitor, lambda line: click.echo(f"marbre: {line}", err=True))
    if only:
        with closing(existing_ledger(settings)) as ledger:
            found = iter(list(whose_last(found, only, ledger)))
    return list(islice(ordered(found, order), limit))


def _tell(wanted: Wanted, now: str | None, style: str) -> None:
    """What would be done with each source, and what that would take."""
    from pipeline.dry_run import estimated, looking, planned
    from pipeline.searched import as_json, search
    from pipeline.settings import chosen_writer

    settings, flags = wanted.settings, wanted.flags
    searched = search(settings.keyphrases, wanted.items)
    writer, moment = chosen_writer(settings), time_of(now)
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
