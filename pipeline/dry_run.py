"""What a run would do with each source, and what that would take: nothing is written, no model is asked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Literal

from pipeline.asking import writer_name
from pipeline.batch import named
from pipeline.claims import Claims
from pipeline.corpus import Corpus
from pipeline.edited import is_edited
from pipeline.errors import MarbreError, UsageError
from pipeline.estimate import Estimate, Terms, Work, estimate
from pipeline.history import history, remembered
from pipeline.items import Item
from pipeline.job import ENOUGH
from pipeline.languagetool.server import Grammar
from pipeline.ledger import FILE, Ledger
from pipeline.ledger_rows import PieceRow
from pipeline.matching import Match
from pipeline.model import EDITED
from pipeline.near import Near
from pipeline.reasons import fingerprint_of, why_leave
from pipeline.remembered import content_of, recall, sha256_as_known
from pipeline.run import Run, brief_of
from pipeline.settings import Settings
from pipeline.spending import existing_ledger
from pipeline.stages import clean
from pipeline.text.words import count_words
from pipeline.upkeep import enter_lost
from pipeline.writers.models import economical

_LOOK_UPS = 400  # sources in one query
Status = Literal["write", "write_again", "stay", "skip", "near_duplicate", "fail"]


@dataclass(frozen=True, slots=True)
class Planned:
    """What would become of one source; `would` follows that word."""

    source: str
    status: Status
    would: str
    sha256: str = ""
    characters: int = 0
    """Of a text that is to be written."""
    takes_background: bool = False
    resembles: str | None = None

    @property
    def is_work(self) -> bool:
        return self.status in ("write", "write_again")

    def as_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "would": self.would,
            "status": self.status,
            "resembles": self.resembles,
        }


@contextmanager
def looking(
    settings: Settings,
    flags: Mapping[str, Any],
    writer: Literal["llm", "offline"],
    now: datetime,
    matched: Mapping[str, Match],
    *,
    overwrite_edited: bool,
) -> Iterator[Run]:
    """A run that begins nothing; where there is no ledger it has one that nobody sees."""
    from pipeline.writers.models import row_of, table

    settings = named(settings) if writer == "llm" else settings
    with closing(_ledger(settings)) as ledger:
        if not settings.ledger and not (settings.out / FILE).is_file():
            enter_lost(ledger, settings.out)  # as the run will, into one that nobody sees
        near = Near(ledger, settings.out) if settings.near_duplicates == "skip" else None
        rows = table(settings.models) if writer == "llm" else ()
        yield Run(
            settings,
            flags,
            writer,
            ledger,
            now,
            Claims(ledger),
            _no_corpus,
            grammar=Grammar(settings.languagetool_url) if settings.grammar else None,
            writer_is_asked_for=settings.writer != "auto",
            overwrite_edited=overwrite_edited,
            matched=matched,
            row=row_of(settings.model, rows) if rows else None,
            judge_row=row_of(settings.judge, rows) if rows and settings.judge else None,
            near=near,
        )
        if near:
            near.close()


async def _no_corpus() -> Corpus:
    return Corpus()


def _ledger(settings: Settings) -> Ledger:
    try:
        return existing_ledger(settings)
    except UsageError:
        return Ledger("sqlite://")


def planned(run: Run, items: Iterable[Item]) -> Iterator[Planned]:
    """For each source what `run` would do with it. The run is only looked at."""
    queue = iter(items)
    while some := list(islice(queue, _LOOK_UPS)):
        rows = run.ledger.pieces_of([item.key for item in some])
        for item in some:
            try:
                yield _finished(run, item, rows.get(item.key)) or _read(run, item, rows.get(item.key))
            except MarbreError as error:
                skipped = error.code == "unknown_type" and item.may_be_skipped
                status: Status = "skip" if skipped else "fail"
                yield Planned(
                    item.ref,
                    status,
                    f"{'be passed over' if skipped else 'fail'}: {error.message} {error.remedy}",
                )


def _finished(run: Run, item: Item, row: PieceRow | None) -> Planned | None:
    """A file of which the ledger knows that there is nothing to do."""
    read = recall(row, item.path) if row and item.path and not run.settings.related else None
    if row is None or read is None:
        return None
    told = _left(run, item, row, row.source_sha256, read.asks)
    return told and (_the_same(run, item, read.content) or told)


def _read(run: Run, item: Item, row: PieceRow | None) -> Planned:
    source = item.read()
    article = clean.clean(source)
    if told := _the_same(run, item, content_of(article)):
        return told
    like = run.near.look(item, article) if run.near else None
    if like and like.found.is_again:
        return Planned(item.ref, "near_duplicate", f"be passed over: {like.why}", resembles=like.ref)
    row = row or run.ledger.piece_of("", source.sha256)
    if row and (left := _left(run, item, row, sha256_as_known(row, article), article.instructions)):
        return left
    brief = brief_of(run, item, article.instructions)
    return Planned(
        item.ref,
        "write_again" if row and row.files_sha256 else "write",
        "be written again" if row and row.files_sha256 else "be written" + (f"; {like.why}" if like else ""),
        source.sha256,
        len(article.text),
        count_words(article.text) < brief.words * ENOUGH or run.settings.related is not None,
        like.ref if like else None,
    )


def _the_same(run: Run, item: Item, content: str) -> Planned | None:
    first = run.seen.setdefault(content, item.ref)
    return (
        None if first == item.ref else Planned(item.ref, "skip", f"be passed over: the same text as {first}")
    )


def _left(run: Run, item: Item, row: PieceRow, sha256: str, asks: tuple[str, ...]) -> Planned | None:
    """Named background decides a piece too, and is not looked for here: with it only the source counts."""
    brief = brief_of(run, item, asks)
    fingerprint = fingerprint_of(sha256, brief, writer_name(run), None, run.settings.judge)
    if run.settings.related and row.source_sha256 == sha256:
        fingerprint = row.fingerprint
    why = why_leave(run, row, sha256, fingerprint)
    if is_edited(run.settings.out, row) and (why or not run.overwrite_edited):
        return Planned(item.ref, "stay", f"stay as it is ({EDITED})")
    return Planned(item.ref, "stay", "stay as it is") if why else None


def estimated(run: Run, plans: Sequence[Planned]) -> Estimate | None:
    """What the run would take; None where no model is asked."""
    if run.row is None:
        return None
    todo = [p for p in plans if p.is_work]
    characters = sum(p.characters for p in todo)
    others = run.settings.related_most if len(plans) > 1 or run.settings.related else 0
    mean = characters // len(todo) if todo else 0
    known = sum(
        remembered(run.ledger, run.settings.model, [p.sha256 for p in todo[at : at + _LOOK_UPS]])
        for at in range(0, len(todo), _LOOK_UPS)
    )
    background = sum(p.takes_background for p in todo) * others * mean
    work = Work(len(todo), known, characters, background)
    return estimate(work, _terms(run), history(run.ledger, run.settings.model))


def _terms(run: Run) -> Terms:
    settings, row = run.settings, run.row
    if row and settings.economy:
        row = economical(row) or row
    return Terms(
        settings.words,
        settings.calls_per_article,
        settings.concurrency,
        settings.requests_per_minute,
        row.effort if row else None,
        row.price if row else None,
        judged=settings.judge is not None,
        by_batches=settings.economy,
    )


def counts(plans: Iterable[Planned]) -> Mapping[str, int]:
    """How many sources there are of each kind."""
    found = Counter(p.status for p in plans)
    return {
        "to_write": found["write"] + found["write_again"],
        "finished": found["stay"],
        "duplicates": found["skip"],
        "near_duplicates": found["near_duplicate"],
        "unusable": found["fail"],
    }
