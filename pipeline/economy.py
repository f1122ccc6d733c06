"""Economy mode: answers come by the provider's Batch API, at half the price, within a day.

There is no second pipeline. An article job runs from its start, as always; what the ledger remembers costs nothing, and
the first call that it does not remember is set aside and sent with those of the other articles as one batch. The next
run of the same command collects the answers, and gets one call further.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC

from pipeline.asking import truncated
from pipeline.budget import budget_of, tariff_of
from pipeline.errors import MarbreError, RunStoppedError, UsageError, WaitingError, WriterError
from pipeline.halt import Halt
from pipeline.items import Item
from pipeline.ledger import FORGOTTEN, Ledger, key_of
from pipeline.model import NOT_TRIED, Call, Failure, Money, Outcome
from pipeline.run import Run
from pipeline.submissions import Asked, Line, Sent, Submissions
from pipeline.writers.batch_api import MOST_BYTES, MOST_LINES, BatchApi, Remote, UnsureError, line_of
from pipeline.writers.models import UNKNOWN, cost_of, economical, row_of, table
from pipeline.writers.refusals import AttemptError
from pipeline.writers.request import Ask, Request
from pipeline.writers.shape import is_truncated

_FIRST_PAUSE, _LONGEST_PAUSE = 15.0, 600.0  # seconds between two looks at a batch; most take hours
_MARGIN = 60.0  # seconds; clocks of two machines differ
_WAITS = "waits for "
_ELSE = "Run it again; without --economy it is asked at once, at the full price."

Cost = Callable[[Call, Request], Money | None]


class Economy:
    """The batches of a run: what it waits for, and what it is about to send."""

    def __init__(
        self,
        api: BatchApi,
        submissions: Submissions,
        cost: Cost,
        halt: Halt,
        notes: list[str],
        say: Callable[[str], None],
    ) -> None:
        self._api, self._submissions, self._cost, self._halt = api, submissions, cost, halt
        self._notes, self._say = notes, say
        self._fresh: set[str] = set()
        self._parked: dict[str, Asked] = {}
        self._waits: dict[str, str] = {}
        self._refused: dict[str, MarbreError] = {}

    def asking(self, ledger: Ledger, article: str, item: Item, calls: list[Call]) -> Ask:
        """An `Ask` that knows only what is remembered. Raises `WaitingError` where that ends."""
        told: Counter[str] = Counter()

        async def answer(request: Request) -> Call:
            key = key_of(request.decides())
            call = ledger.recall(key)
            if call is None:
                # Empty ones are gone through again, in their order: else each would be asked for ever.
                useless = ledger.useless(key)[told[key] :]
                told[key] += 1
                call = useless[0] if useless else None
            if call is None:
                self._park(Asked(key, request, article, item.key), item.ref)
                raise WaitingError
            paid = key in self._fresh
            self._fresh.discard(key)
            calls.append(replace(call, paid=paid))
            if is_truncated(call, request):
                raise truncated(call)
            return calls[-1]

        return answer

    def _park(self, asked: Asked, ref: str) -> None:
        """Raises `WriterError` for a call that no batch answers."""
        failure = self._submissions.problem(asked.key)
        if failure:
            raise WriterError(failure.code, failure.message, failure.remedy)
        self._waits[ref] = asked.key
        self._parked.setdefault(asked.key, asked)

    async def collect(self) -> None:
        """Take the answers of every batch that has ended. Raises `EngineError` when the server cannot be asked."""
        for batch in self._submissions.open():
            name = await self._name(batch)
            if name is None:
                continue
            remote = await self._api.look(name)
            if remote is None:
                self._lost(batch, name)
            elif remote.ended:
                results = await self._api.results(remote)
                for line in self._submissions.lines(batch):
                    self._take(line, results.get(line.key), remote)
                self._submissions.close(batch)
                await self._api.clear(remote)

    async def _name(self, batch: Sent) -> str | None:
        """The server's name of a batch; None for one that another run is sending, or that was never sent."""
        if batch.name:
            return batch.name
        name = await self._api.find(batch.mark)
        if name:
            self._submissions.named(batch, name)
        elif batch.until < self._submissions.clock().timestamp():
            self._submissions.withdraw(batch)
        return name

    def _lost(self, batch: Sent, name: str) -> None:
        lines = self._submissions.lines(batch)
        why = Failure(
            "unanswered",
            f"Batch {name} is not known to {self._api.where} any more, nor the one before.",
            _ELSE,
        )
        for line in lines:
            self._submissions.unanswered(line, why, heals=True, billed=True)
        self._submissions.close(batch)
        self._notes.append(
            f"Batch {name} is not known to {self._api.where} any more; its {len(lines)} calls are asked again."
        )

    def _take(self, line: Line, result: object, remote: Remote) -> None:
        try:
            if result is None:
                said = f": {remote.why}" if remote.why else ""
                text = f"Batch {remote.name} ended without this answer ({line.request.stage}, {remote.status}{said})."
                raise AttemptError(WriterError("unanswered", text, _ELSE), heals=True)  # noqa: TRY301
            call = self._api.read(result, line.request)
        except AttemptError as failure:
            told = failure.error.failure
            why = Failure(told.code, told.message, told.remedy or _ELSE)
            self._submissions.unanswered(line, why, heals=failure.heals, billed=failure.billed)
            return
        call = replace(call, key=line.key, cost=self._cost(call, line.request))
        usable = not line.forgotten and not is_truncated(call, line.request)
        if line.forgotten:
            call = replace(call, answer="", finish=FORGOTTEN)
        if self._submissions.answered(line, call, usable=usable):
            self._fresh.add(line.key)

    async def submit(self) -> None:
        """Send what was set aside. An error is told to the articles it concerns (`told`)."""
        for asked in _batches(list(self._parked.values())):
            entered = self._submissions.enter(asked)
            self._refused |= entered.refused
            if entered.batch:
                try:
                    await self._send(entered.batch, entered.lines)
                except MarbreError as error:
                    self._refused |= {a.key: error for a in entered.lines}
        self._parked.clear()

    async def _send(self, batch: Sent, lines: Sequence[Asked]) -> None:
        try:
            file = await self._api.upload(b"".join(line_of(a.key, a.request) for a in lines))
        except BaseException:
            self._submissions.withdraw(batch)  # a file alone costs nothing
            raise
        try:
            name = await self._api.create(file, batch.mark)
        except UnsureError:
            found = await self._api.find(batch.mark)
            if found is None:
                raise
            name = found
        except MarbreError:
            self._submissions.withdraw(batch)
            raise
        self._submissions.named(batch, name)

    def is_sent(self, outcome: Outcome) -> bool:
        """True for an article that waits for a batch which is under way."""
        key = self._waits.get(outcome.source) if outcome.status == "waiting" else None
        return key is not None and self._submissions.asking(key) is not None

    def told(self, outcome: Outcome) -> Outcome:
        """The outcome of an article that waits, now that it is known for what; or why it does not wait after all."""
        key = self._waits[outcome.source]
        error = self._refused.get(key)
        if error is None:
            batch = self._submissions.asking(key)
            what = self._described(batch) if batch else "the next run: its answer has just come"
            return replace(outcome, why=f"{_WAITS}{what}")
        why = "failed"
        if error.stops_the_run:
            if self._halt.error:  # the first article that it struck has told it
                error, why = RunStoppedError(error), NOT_TRIED
            else:
                self._halt.stop(error)
        return replace(outcome, status="failed", verdict=None, why=why, error=error.failure)

    def sum_up(self, outcomes: Sequence[Outcome]) -> None:
        """What whoever started the run is told at its end."""
        told = [o.why for o in outcomes if o.status == "waiting" and o.why.startswith(_WAITS)]
        counts = Counter(why.removeprefix(_WAITS) for why in told)
        for batch, count in counts.items():
            articles = "1 article waits" if count == 1 else f"{count} articles wait"
            self._notes.append(f"{articles} for {batch}. Run the same command again.")

    async def pause(self) -> None:
        """Until a batch has ended."""
        seconds = _FIRST_PAUSE
        while not await self._any_ended():
            what = " and ".join(self._described(b) for b in self._submissions.open())
            self._say(f"Waiting for {what}; the next look is in {seconds:.0f} s. Ctrl-C loses nothing.")
            await asyncio.sleep(seconds)
            seconds = min(seconds * 1.5, _LONGEST_PAUSE)

    async def _any_ended(self) -> bool:
        """True too when one is lost, or was never sent, or none is left."""
        before = self._submissions.open()
        for batch in before:
            if name := await self._name(batch):
                remote = await self._api.look(name)
                if remote is None or remote.ended:
                    return True
        return len(self._submissions.open()) < max(1, len(before))

    def _described(self, batch: Sent) -> str:
        at = batch.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
        where = f" at {batch.server or 'the default server'}" if batch.server != self._api.server else ""
        if batch.name is None:
            return f"a batch{where} that is being submitted ({at})"
        return f"batch {batch.name}{where} (submitted {at}, up to 24 h)"


@asynccontextmanager
async def by_batches(run: Run) -> AsyncIterator[Run]:
    """The run, asking by batches. Raises `UsageError` for a model that has no Batch API."""
    settings, rows = run.settings, table(run.settings.models)
    row = economical(row_of(settings.model, rows))
    if row is None:
        raise UsageError(
            "economy",
            f"{settings.model!r} has no Batch API, as far as the table of models knows.",
            "Leave --economy out, or add `economy` to its row in marbre.toml (marbre models shows the rows).",
        )

    if settings.judge not in (None, settings.model):
        raise UsageError(
            "economy",
            f"The judge {settings.judge} cannot be asked by batches: a batch is of one model.",
            f"Give --judge {settings.model}, or leave --judge or --economy out.",
        )

    def cost(call: Call, request: Request) -> Money | None:
        # A batch may be one of another model, asked for by an earlier run.
        return cost_of(call, request, economical(row_of(request.model, rows)) or UNKNOWN)

    budget = budget_of(run.ledger, tariff_of(row), settings, run.halt)
    async with BatchApi(settings) as api:
        submissions = Submissions(run.ledger, api.server, budget, settings.timeout + _MARGIN)
        yield replace(
            run,
            row=row,
            judge_row=row if settings.judge else None,
            economy=Economy(api, submissions, cost, run.halt, run.notes, run.say),
        )


def _batches(parked: Sequence[Asked]) -> Iterator[list[Asked]]:
    """Cut where a batch would be too large."""
    some: list[Asked] = []
    size = 0
    for asked in parked:
        length = len(line_of(asked.key, asked.request))
        if some and (len(some) >= MOST_LINES or size + length > MOST_BYTES):
            yield some
            some, size = [], 0
        some.append(asked)
        size += length
    if some:
        yield some
