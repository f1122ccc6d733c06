"""A refresh: decide for every piece, do those that are due. What a schedule calls, and `marbre refresh`."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import takewhile
from typing import Any, Literal

from pipeline import batch
from pipeline.edited import is_edited
from pipeline.errors import ExitCode, MarbreError, UsageError
from pipeline.fallen import at_stake, word_on
from pipeline.items import Item
from pipeline.job import process_one
from pipeline.ledger_rows import standing
from pipeline.model import Outcome
from pipeline.publish import folder
from pipeline.refresh.deciding import Asked, Decision, Desk, decisions, remember
from pipeline.refresh.doing import item_of, renew, unlink
from pipeline.run import Listener, Run
from pipeline.settings import Settings
from pipeline.shelf import OFFLINE
from pipeline.spending import existing_ledger

_TRIED = "tried before, and nothing has changed since"
_EDITED = "somebody has edited it since it was written (--overwrite-edited would replace it)"
_UNREAD = "it was proofread, and is not replaced by a text that nobody proofreads (--no-grammar)"


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
        yield from decisions(Desk(ledger, settings, asked, now, _by(settings, writer)))


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
    due: list[Decision] = []
    stayed = 0
    verdicts: Counter[str] = Counter()
    with closing(existing_ledger(settings)) as ledger:
        desk = Desk(ledger, settings, asked, now, _by(settings, writer), stopping=watch.stopping)
        for decision in decisions(desk):
            verdicts[_verdict(decision)] += 1
            if decision.reasons:
                due.append(decision)
            else:
                stayed += 1
                watch.stay(stays(decision, settings))
        if watch.stopping():
            return Refreshed((), stayed, stopped=True)
        remember(desk)
    told = [_must_be_seen(d, settings, _TRIED) for d in due if d.was_tried]
    todo = [d for d in due if not d.was_tried]
    todo, later = todo[: asked.limit], todo[asked.limit :] if asked.limit else []
    outcomes = [*told, *(_later(d, settings, "--limit") for d in later)]
    for outcome in outcomes:
        watch.tell(outcome)
    if not todo:
        return Refreshed(tuple(outcomes), stayed, pieces=verdicts)
    async with batch.open_run(
        settings, flags, writer, now, lambda: iter(()), Listener(watch.heard), len(todo)
    ) as run:
        done = await _done(run, todo, asked, watch)
    left = todo[len(done) :]
    outcomes += [*done, *(_later(d, settings, "stopped") for d in left)]
    verdicts.subtract(_verdict(d) for d, o in zip(todo, done, strict=False) if o.status == "written")
    verdicts.update(str(o.verdict) for o in done if o.status == "written")
    order = {str(d.known.row.entry.get("source")): n for n, d in enumerate(due)}
    outcomes.sort(key=lambda o: order.get(o.source, 0))
    return Refreshed(
        tuple(outcomes), stayed, tuple(run.trouble), tuple(run.notes), +verdicts, stopped=bool(left)
    )


async def _done(run: Run, todo: list[Decision], asked: Asked, watch: Watch) -> list[Outcome]:
    """Of the first of them, in their order, as many as were begun before it was to stop."""
    by_key = {d.known.row.source: d for d in todo}

    async def one(run: Run, item: Item) -> Outcome:
        decision = by_key[item.key]
        if not asked.overwrite_edited and is_edited(run.settings.out, decision.known.row):
            return _must_be_seen(decision, run.settings, _EDITED)
        if decision.only_links and (outcome := await unlink(run, item, decision)):
            return outcome
        if run.grammar is None and _was_proofread(decision):
            return _must_be_seen(decision, run.settings, _UNREAD)
        return await process_one(run, item, partial(renew, decision=decision))

    begun = takewhile(lambda _: not watch.stopping(), todo)
    return await batch.process(run, (item_of(d, run) for d in begun), watch.tell, one)


def _verdict(decision: Decision) -> str:
    return str(decision.known.row.entry["verdict"])


def _by(settings: Settings, writer: str) -> str:
    return OFFLINE if writer == "offline" else settings.model


def stays(decision: Decision, settings: Settings) -> Outcome:
    """A piece that is not due, or is left for a later run."""
    return standing(decision.known.row, settings.out, decision.why)


def falling(decision: Decision, settings: Settings) -> tuple[str, ...]:
    """What of a person's word a rewriting would put an end to, a line each."""
    if not decision.reasons or decision.was_tried:
        return ()
    text = folder.text_of(settings.out, decision.slug)
    return at_stake(word_on(settings.out / decision.slug / "article.md", text, text))


def _later(decision: Decision, settings: Settings, reason: str) -> Outcome:
    return replace(stays(decision, settings), why=f"{decision.why}; left for a later run ({reason})")


def _must_be_seen(decision: Decision, settings: Settings, why: str) -> Outcome:
    """Due, and nothing that a writer may do: a person must look."""
    return replace(stays(decision, settings), verdict="needs_work", why=f"{decision.why}; {why}")


def _was_proofread(decision: Decision) -> bool:
    entry = decision.known.row.entry
    return entry["verdict"] == "ready_for_review" and "GRA" not in entry["not_run"]


def check(asked: Asked, settings: Settings) -> None:
    """Raises `UsageError` for what cannot be looked at."""
    if settings.related is not None and not settings.related.is_dir():
        raise UsageError(
            "no_folder", f"There is no folder {settings.related}.", "Give another with --related."
        )
    if asked.traffic is not None and not asked.traffic.is_file():
        raise UsageError("traffic", f"There is no file {asked.traffic}.", "Give another with --traffic.")
