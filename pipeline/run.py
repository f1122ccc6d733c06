"""What all articles of a run share, and what one of them gets of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from pipeline import acknowledge, corpus
from pipeline.checks.check import Desk, House
from pipeline.checks.grammar import Read, proofread, unread
from pipeline.claims import Claims
from pipeline.crew import Do, here
from pipeline.errors import (
    MarbreError,
)
from pipeline.halt import Halt
from pipeline.items import Item
from pipeline.journal import settle
from pipeline.languagetool.server import Grammar
from pipeline.ledger import Ledger, PieceRow
from pipeline.matching import Match
from pipeline.model import (
    Brief,
    Outcome,
)
from pipeline.near import Looking
from pipeline.reading.request import read_request
from pipeline.register import Kept, Register
from pipeline.settings import Settings
from pipeline.shelf import Shelf
from pipeline.stages.brief import make_brief
from pipeline.turns import Taken, Turns
from pipeline.writers.request import Ask

if TYPE_CHECKING:
    from pipeline.archive import Index
    from pipeline.economy import Economy
    from pipeline.writers.models import Row

# Pages that are read at once; a slow host holds up no other, and threads are left for the rest.
_VISITS = 4


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears what goes on while articles are under way."""

    heard: Callable[[int], None] = lambda _: None
    """Told how many characters of an answer have just come."""
    say: Callable[[str], None] = lambda _: None
    """Given a line now and then while the run waits."""


@dataclass(frozen=True, slots=True)
class Run:
    """What all articles of a run share."""

    settings: Settings
    flags: Mapping[str, Any]
    writer: Literal["llm", "offline"]
    ledger: Ledger
    now: datetime
    claims: Claims
    corpus: Callable[[], Awaitable[corpus.Corpus]]
    lane: Callable[[], Do] = lambda: here
    """Where the work of one article is done that takes time."""
    grammar: Grammar | None = None
    """LanguageTool, started with the first article that is written; None when the settings want none."""
    writer_is_asked_for: bool = False
    """True when the user named the writer; then a working draft may replace a written piece."""
    overwrite_edited: bool = False
    """Whether a text that an editor changed may be replaced; it goes into the piece's history."""
    ask: Ask | None = None
    archive: "Index | None" = None
    """The pieces already written, when a piece is to be held against them."""
    register: Kept = field(default_factory=Register)
    """The pieces of this desk by what should be each one's own."""
    matched: Mapping[str, Match] = field(default_factory=dict)
    """Item key -> the query of `--keyphrases` that its article got."""
    row: "Row | None" = None
    """What the model takes and costs; given with `ask`."""
    economy: "Economy | None" = None
    """What asks in place of `ask` when answers come by batches."""
    judge_row: "Row | None" = None
    """What the judge takes and costs, when the settings name one."""
    purse: str = ""
    """What `settings.budget` is counted under: who gives the same name spends from the same; by itself when empty."""
    halt: Halt = field(default_factory=Halt)
    """What stops the run at once."""
    trouble: list[MarbreError] = field(default_factory=list)
    """What went wrong with the run as a whole."""
    notes: list[str] = field(default_factory=list)
    """What is to be told at the end, though nothing went wrong."""
    say: Callable[[str], None] = lambda _: None
    """Hears what goes on while nothing comes to an end."""
    unfinished: list[Outcome] = field(default_factory=list)
    """The articles that were under way when the run was interrupted, with what they had cost by then."""
    seen: dict[str, str] = field(default_factory=dict)
    """Content hash -> the first source of this run that had it."""
    near: Looking | None = None
    """Finds the sources that were printed before; None where they are written all the same."""
    ahead: dict[str, PieceRow | None] = field(default_factory=dict)
    """Item key -> what the ledger knew of it just now; asked for many at once."""
    turns: Taken = field(default_factory=Turns)
    """In their order: of two with the same text the first is the one that is written."""
    visits: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_VISITS))


def brief_of(run: Run, item: Item, asks: tuple[str, ...]) -> Brief:
    match = run.matched.get(item.key)
    told = (match.query.text, match.why) if match else None
    return make_brief(run.settings, read_request(asks), run.flags, told)


def shelf_of(run: Run) -> Shelf:
    return Shelf(
        run.settings.out, run.ledger, run.now, run.settings.site, by_folder=bool(run.settings.related)
    )


def proofreader_of(run: Run) -> Read:
    """LanguageTool, which warms up while the first model call is under way."""
    grammar = run.grammar
    if grammar is None:
        return unread
    if run.economy:  # most runs end before there is anything to read
        return partial(proofread, engine=lambda texts: grammar.start().check(texts))
    return partial(proofread, engine=grammar.start().check)


def desk_of(run: Run, known: PieceRow | None) -> Desk:
    """What editors said of the piece's earlier version, and the archive without that version."""
    path = run.settings.out / known.slug / "article.md" if known else None
    told = acknowledge.read(acknowledge.beside(path)) if path else acknowledge.Acknowledgements()
    own = [known.slug] if known else []
    archive = run.archive.without(own, path) if run.archive else None
    house = House(run.settings.licences, run.settings.disclosure)
    return Desk(archive, told.entries, told.faults, neighbours=run.register.without(own), house=house)


@asynccontextmanager
async def alone_with(run: Run, source: str) -> AsyncIterator[None]:
    """While no other run is at work on a source, and what one that was killed had begun is finished."""
    async with run.claims.on(source, run.halt.check):
        settle(run.settings.out, run.ledger, run.claims, source)
        yield
