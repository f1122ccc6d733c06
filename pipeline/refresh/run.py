"""A refresh: decide for every piece, do those that are due. What a schedule calls, and `marbre refresh`."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any, Literal

from pipeline import batch
from pipeline.errors import ExitCode, MarbreError, UsageError
from pipeline.fallen import at_stake, word_on
from pipeline.items import Item
from pipeline.ledger import Ledger
from pipeline.model import Outcome
from pipeline.publish import folder
from pipeline.refresh.deciding import Asked, Decision, Desk, decisions, remember
from pipeline.refresh.doing import do_what_is_due, item_of
from pipeline.refresh.left import TRIED, later, must_be_seen, stays
from pipeline.refresh.where import Here
from pipeline.run import Listener, Run
from pipeline.settings import Settings
from pipeline.shelf import OFFLINE
from pipeline.spending import existing_ledger


@dataclass(frozen=True, slots=True)
class Refreshed:
    """`stayed` counts the pieces that were not due; `outcomes` are those of the others, by slug."""

    outcomes: tuple[Outcome, ...]
    stayed: int
    trouble: tuple[MarbreError, ...] = ()
    notes: tuple[str, ...] = ()
    pieces: Mapping[str, int] = field(default_factory=dict)
    """How many pieces have which verdict now."""
    stopped: bool = False
    """It was asked to stop before all was done."""

    @property
    def exit_code(self) -> ExitCode:
        """0 when nothing was due, or all that was is ready; as for a batch else."""
        return batch.exit_code(self.outcomes)


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on while a refresh goes on, and may have it stop."""

    tell: Callable[[Outcome], None]
    """Hears of each piece that was due."""
    stay: Callable[[Outcome], None]
    """Hears of the others."""
    heard: Callable[[int], None]
    """How many characters of an answer have just come."""
    stopping: Callable[[], bool]
    """Once true, what is under way is done to its end and nothing more is begun."""


def decided(
    settings: Settings, asked: Asked, writer: Literal["llm", "offline"], now: datetime
) -> Iterator[Decision]:
    """For every written piece, by slug, and nothing is written. Raises `UsageError` where there is no ledger."""
    with closing(existing_ledger(settings)) as ledger:
        yield from decisions(Desk(ledger, settings, asked, now, _here(ledger, settings, writer)))


def _here(ledger: Ledger, settings: Settings, writer: Literal["llm", "offline"]) -> Here:
    return Here(ledger, settings, OFFLINE if writer == "offline" else settings.model)


def _others(here: Here) -> tuple[str, ...]:
    told = f"{here.of_workers:,} pieces are workers' to write, and were not looked at: marbre refresh without --out does."
    return (told,) if here.of_workers else ()


async def refresh(
    settings: Settings,
    flags: Mapping[str, Any],
    asked: Asked,
    writer: Literal["llm", "offline"],
    now: datetime,
    watch: Watch,
) -> Refreshed:
    """Where nothing is due no piece is touched, no model asked and no page written."""
    if settings.economy:
        settings = settings.model_copy(
            update={"economy": False}
        )  # an answer of tomorrow is for tomorrow's sources
    with closing(existing_ledger(settings)) as ledger:
        here = _here(ledger, settings, writer)
        desk = Desk(ledger, settings, asked, now, here, watch.stopping)
        looked = look_at_all(desk, settings.out, watch.stay)
        if watch.stopping():
            return Refreshed((), looked.stayed, notes=_others(here), stopped=True)
        remember(desk)
    todo, left = sorted_out(looked.due, asked.limit, settings.out)
    for outcome in left:
        watch.tell(outcome)
    if not todo:
        return Refreshed(left, looked.stayed, notes=_others(here), pieces=looked.verdicts)
    async with batch.open_run(
        settings, flags, writer, now, lambda: iter(()), Listener(watch.heard), len(todo)
    ) as run:
        done = await _done(run, todo, asked, watch)
    stopped = todo[len(done) :]
    outcomes = [*left, *done, *(later(d, settings.out, "stopped") for d in stopped)]
    verdicts = looked.verdicts.copy()
    verdicts.subtract(_verdict(d) for d, o in zip(todo, done, strict=False) if o.status == "written")
    verdicts.update(str(o.verdict) for o in done if o.status == "written")
    return Refreshed(
        in_order(looked.due, outcomes), looked.stayed, tuple(run.trouble),
        (*run.notes, *_others(here)), +verdicts, stopped=bool(stopped),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at all pieces shows: those that are due, by slug, and how many of the others."""

    due: tuple[Decision, ...]
    stayed: int
    verdicts: Counter[str]
    """How many of all have which verdict."""


def look_at_all(desk: Desk, out: Path, stay: Callable[[Outcome], None]) -> Looked:
    """`stay` hears of those that are not due."""
    due: list[Decision] = []
    stayed = 0
    verdicts: Counter[str] = Counter()
    for decision in decisions(desk):
        verdicts[_verdict(decision)] += 1
        if decision.reasons:
            due.append(decision)
        else:
            stayed += 1
            stay(stays(decision, out))
    return Looked(tuple(due), stayed, verdicts)


def sorted_out(
    due: Sequence[Decision], limit: int | None, out: Path
) -> tuple[list[Decision], tuple[Outcome, ...]]:
    """Those that are to be done, and what is told of the others."""
    todo = [d for d in due if not d.was_tried]
    tried = [must_be_seen(d, out, TRIED) for d in due if d.was_tried]
    beyond = todo[limit:] if limit else []
    return todo[:limit], (*tried, *(later(d, out, "--limit") for d in beyond))


def in_order(due: Sequence[Decision], outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    order = {str(d.known.row.entry.get("source")): n for n, d in enumerate(due)}
    return tuple(sorted(outcomes, key=lambda o: order.get(o.source, 0)))


async def _done(run: Run, todo: Sequence[Decision], asked: Asked, watch: Watch) -> list[Outcome]:
    """Of the first of them, in their order, as many as were begun before it was to stop."""
    by_key = {d.known.row.source: d for d in todo}

    async def one(run: Run, item: Item) -> Outcome:
        return await do_what_is_due(run, item, by_key[item.key], overwrite_edited=asked.overwrite_edited)

    begun = takewhile(lambda _: not watch.stopping(), todo)
    return await batch.process(run, (item_of(d, run) for d in begun), watch.tell, one)


def _verdict(decision: Decision) -> str:
    return str(decision.known.row.entry["verdict"])


def falling(decision: Decision, settings: Settings) -> tuple[str, ...]:
    """What of a person's word a rewriting would put an end to, a line each."""
    if not decision.reasons or decision.was_tried:
        return ()
    text = folder.text_of(settings.out, decision.slug)
    return at_stake(word_on(settings.out / decision.slug / "article.md", text, text))


def check(asked: Asked, settings: Settings) -> None:
    """Raises `UsageError` for what cannot be looked at."""
    if settings.related is not None and not settings.related.is_dir():
        raise UsageError(
            "no_folder", f"There is no folder {settings.related}.", "Give another with --related."
        )
    if asked.traffic is not None and not asked.traffic.is_file():
        raise UsageError("traffic", f"There is no file {asked.traffic}.", "Give another with --traffic.")
