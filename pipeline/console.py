"""What a person sees while a run goes on and at its end: a bar on a terminal, one line an article on a pipe."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pipeline.model import EDITED, NOT_TRIED, Money, Outcome, total_of
from pipeline.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.table import Table

_MOST_ROWS = 40
_EYE = 0.1  # seconds


class Progress:
    """Told of each outcome as it comes; writes to standard error only."""

    def __init__(self, total: int | None) -> None:
        """`total` is None as long as nobody knows how many there will be."""
        self._total = "" if total is None else f"/{total}"
        self._done: Counter[str] = Counter()
        self._bar: Bar | None = _bar() if sys.stderr.isatty() else None
        self._task = self._bar.add_task("", total=total) if self._bar else None
        self._heard, self._shown = 0, 0.0

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def tell(self, outcome: Outcome) -> None:
        self._done[word(outcome)] += 1
        if self._bar and self._task is not None:
            self._bar.update(self._task, advance=1, description=self._told())
        elif outcome.why != NOT_TRIED:
            print(f"[{self._done.total()}{self._total}] {line(outcome)}", file=sys.stderr, flush=True)  # noqa: T201

    def say(self, text: str) -> None:
        """A line while nothing comes to an end."""
        if self._bar:
            self._bar.console.print(text, markup=False, highlight=False)
        else:
            print(text, file=sys.stderr, flush=True)  # noqa: T201

    def heard(self, characters: int) -> None:
        """So many characters of an answer have come; shown on a terminal only, and not more often than one can see."""
        self._heard += characters
        if self._bar and self._task is not None and monotonic() - self._shown > _EYE:
            self._shown = monotonic()
            self._bar.update(self._task, description=self._told())

    def _told(self) -> str:
        parts = [f"{n} {name}" for name, n in sorted(self._done.items())]
        return ", ".join([*parts, f"{self._heard:,} characters written"] if self._heard else parts)


def _bar() -> "Bar":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    return RichProgress(
        MofNCompleteColumn(),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
        console=Console(stderr=True),
    )


def word(outcome: Outcome) -> str:
    """One word for what became of a source."""
    if outcome.why == NOT_TRIED or _found_no_room(outcome):
        return "not finished" if outcome.paid or outcome.remembered else "not tried"
    if outcome.status in ("failed", "skipped", "waiting"):
        return outcome.status
    return {"ready_for_review": "ready", "needs_work": "needs work"}.get(outcome.verdict or "", "written")


def _found_no_room(outcome: Outcome) -> bool:
    return outcome.error is not None and outcome.error.code in ("budget", "budget_day")


def line(outcome: Outcome) -> str:
    """One line for one article: what, where, and for a failure what to do."""
    if outcome.error:
        told = f"{outcome.error.message} {outcome.error.remedy}"
        return f"{word(outcome)}: {outcome.source}: {told}"
    if outcome.status == "waiting":
        return f"waiting: {outcome.source}: {outcome.why}"
    blocks = dict(outcome.findings)["block"]
    where = f" -> {outcome.folder}" if outcome.folder else ""
    why = f" ({outcome.why})" if outcome.status in ("unchanged", "skipped") else f" ({blocks} blocking)"
    fell = "".join(f"; {line}" for line in outcome.fell)
    return f"{word(outcome)}: {outcome.source}{where}, {outcome.words} words{why}{fell}"


def summary(outcomes: Sequence[Outcome], settings: Settings, writer: str, seconds: float) -> None:
    """The table at the end, and the one line that says what to do next."""
    from rich.console import Console

    # On a pipe there is no screen to fit: whole lines, for grep and for people who read logs.
    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 400)
    if len(outcomes) <= _MOST_ROWS:
        console.print(_table(outcomes, settings))
    _totals(console, outcomes, seconds)
    for outcome in [o for o in outcomes if o.error and o.why != NOT_TRIED][:_MOST_ROWS]:
        console.print(line(outcome))
    for outcome in [o for o in outcomes if o.why.startswith(EDITED)][:_MOST_ROWS]:
        console.print(line(outcome))
    for outcome in [o for o in outcomes if o.fell][:_MOST_ROWS]:
        console.print(f"{outcome.source}: {'; '.join(outcome.fell)}.")
    for reason in _why_unread(outcomes, settings):
        console.print(reason)
    if untried := sum(o.why == NOT_TRIED for o in outcomes):
        console.print(f"{untried} sources were not tried or not finished: the run was stopped.")
    if any(o.folder for o in outcomes):
        console.print(f"Open {settings.out / 'index.html'} to read them.")
    if writer == "offline" and any(o.verdict == "needs_work" for o in outcomes):
        console.print(
            "These are working drafts, not finished pieces: no model wrote them. For finished pieces set "
            "OPENAI_API_KEY, or give --base-url URL --model NAME of your own server, and run it again.",
        )


def _why_unread(outcomes: Sequence[Outcome], settings: Settings) -> Iterator[str]:
    """Why pieces without a blocking finding are not ready: a line for each family of checks that did not run."""
    asked_for = "LanguageTool could not be asked; marbre doctor says what is missing"
    why = {
        "GRA": asked_for if settings.grammar else "it was not asked for (--no-grammar, or grammar = false)",
        "JUG": "the second opinion failed; report.html says why",
    }
    names = {"GRA": "Grammar", "JUG": "The second opinion"}
    for family, count in sorted(Counter(f for o in outcomes for f in o.not_run).items()):
        told = "1 piece, which is" if count == 1 else f"{count} pieces, which are"
        reason = why.get(family, "report.html says why")
        yield f"{names.get(family, family)} was not checked for {told} not ready: {reason}."


def _table(outcomes: Sequence[Outcome], settings: Settings) -> "Table":
    """A row an article; the short columns keep their width, the last gives way on a narrow screen."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("verdict", min_width=10, no_wrap=True)
    for name in ("words", "blocking", "warnings", "calls"):
        table.add_column(name, justify="right", min_width=len(name), no_wrap=True)
    table.add_column(f"piece (in {settings.out})", overflow="fold")
    for outcome in outcomes:
        found = dict(outcome.findings)
        table.add_row(
            word(outcome) + (" =" if outcome.status == "unchanged" else ""),
            str(outcome.words),
            str(found["block"]),
            str(found["warn"]),
            str(outcome.paid),
            outcome.folder.rsplit("/", 1)[-1] if outcome.folder else outcome.source,
        )
    return table


def _totals(console: "Console", outcomes: Sequence[Outcome], seconds: float) -> None:
    counts = Counter(word(o) for o in outcomes)
    unchanged = sum(o.status == "unchanged" for o in outcomes)
    paid, remembered = sum(o.paid for o in outcomes), sum(o.remembered for o in outcomes)
    told = ", ".join(f"{n} {name}" for name, n in sorted(counts.items())) or "nothing to do"
    cost = total_of(o.cost for o in outcomes)
    price = f" ({money(cost)})" if paid else ""
    text = (
        f"{told}; {unchanged} unchanged; {paid} calls paid{price}, {remembered} remembered; {seconds:.1f} s."
    )
    console.print(text)


def money(cost: Money | None) -> str:
    """`0.0042 USD`; `about` when the server did not count."""
    if cost is None:
        return "price not known"
    return f"{'about ' if cost.estimated else ''}{cost.amount:.4f} {cost.currency}"
