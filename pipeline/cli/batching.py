"""`marbre batch`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.base import cli, options, settings_of
from pipeline.cli.foretelling import tell
from pipeline.cli.writing import DRY_RUN, NEAR_DUPLICATES, WRITING, Wanted, run_articles

if TYPE_CHECKING:
    from pipeline.items import Item
    from pipeline.picked import Last, Order
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
    DRY_RUN,
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
            tell(wanted, now, style)
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
