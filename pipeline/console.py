"""What a person reads of articles and runs: a line, a table, what to do next; and what a run would take."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.model import EDITED, NOT_TRIED, NOTHING_CHANGED, Money, Outcome, total_of
from pipeline.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from pipeline.estimate import Estimate

_MOST_ROWS = 40
_ASK = ("failed", "needs work")
"""Of many articles those are shown that ask for somebody."""


def word(outcome: Outcome) -> str:
    """One word for what became of a source."""
    if outcome.why == NOT_TRIED or _found_no_room(outcome):
        return "not finished" if outcome.paid or outcome.remembered else "not tried"
    if outcome.status in ("failed", "skipped", "near_duplicate", "waiting"):
        return outcome.status.replace("_", "-")
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
    if outcome.status in ("near_duplicate", "skipped"):
        return f"{word(outcome)}: {outcome.source}: {outcome.why}"
    tells = outcome.status == "unchanged" or outcome.resembles
    why = f" ({outcome.why})" if tells else f" ({blocks} blocking)"
    fell = "".join(f"; {line}" for line in outcome.fell)
    return f"{word(outcome)}: {outcome.source}{where}, {outcome.words} words{why}{fell}"


def summary(outcomes: Sequence[Outcome], settings: Settings, writer: str, seconds: float) -> None:
    """The table at the end, and the one line that says what to do next."""
    from rich.console import Console

    # On a pipe there is no screen to fit: whole lines, for grep and for people who read logs.
    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 400)
    shown = outcomes if len(outcomes) <= _MOST_ROWS else [o for o in outcomes if word(o) in _ASK][:_MOST_ROWS]
    if shown or not outcomes:
        console.print(_table(shown, settings))
    if len(shown) < len(outcomes):
        console.print(
            f"{len(outcomes) - len(shown)} more, all in {settings.out / 'index.html'} that are written."
        )
    _totals(console, outcomes, seconds)
    for kind in (_has_failed, _is_edited, _resembles):
        for outcome in islice(filter(kind, outcomes), _MOST_ROWS):
            console.print(line(outcome))
    for outcome in [o for o in outcomes if o.fell][:_MOST_ROWS]:
        console.print(f"{outcome.source}: {'; '.join(outcome.fell)}.")
    for reason in _why_unread(outcomes, settings):
        console.print(reason)
    if untried := sum(o.why == NOT_TRIED for o in outcomes):
        console.print(f"{untried} sources were not tried or not finished: the run was stopped.")
    for told in _next(outcomes, settings, writer):
        console.print(told)


def _next(outcomes: Sequence[Outcome], settings: Settings, writer: str) -> Iterator[str]:
    if any(o.folder for o in outcomes):
        yield f"Open {settings.out / 'index.html'} to read them."
    if writer == "offline" and any(o.verdict == "needs_work" for o in outcomes):
        yield (
            "These are working drafts, not finished pieces: no model wrote them. For finished pieces set "
            "OPENAI_API_KEY, or give --base-url URL --model NAME of your own server, and run it again."
        )
    if writer == "llm" and (stuck := sum(map(_is_stuck, outcomes))):
        s = "s" if stuck == 1 else ""
        yield (
            f"{stuck} that need{s} work stay{s} as before: from the same source, brief and model the same answers would "
            "come. Another --model or --instructions writes anew; or mend article.md by hand, and look with marbre check."
        )


def _has_failed(outcome: Outcome) -> bool:
    return outcome.error is not None and outcome.why != NOT_TRIED


def _is_edited(outcome: Outcome) -> bool:
    return outcome.why.startswith(EDITED)


def _is_stuck(outcome: Outcome) -> bool:
    """Something blocks, and neither its source, its brief nor its model is another: not so where a refresh found it due."""
    if outcome.verdict != "needs_work" or not dict(outcome.findings)["block"] or _is_edited(outcome):
        return False
    return outcome.status == "unchanged" and NOTHING_CHANGED in outcome.why


def _resembles(outcome: Outcome) -> bool:
    return outcome.resembles is not None


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
        if family == "GRA" and not settings.grammar:
            reason += f"; a run that asks reads {'it' if count == 1 else 'them'}"
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
    told = ", ".join(f"{n} {name}" for name, n in sorted(counts.items())) or "no source was found"
    cost = total_of(o.cost for o in outcomes)
    price = f" ({money(cost)})" if paid else ""
    text = f"{told}; {unchanged} unchanged; {paid} call{'' if paid == 1 else 's'} paid{price}, {remembered} remembered; {seconds:.1f} s."
    console.print(text)


def money(cost: Money | None) -> str:
    """`0.0042 USD`; `about` when the server did not count."""
    if cost is None:
        return "price not known"
    return f"{'about ' if cost.estimated else ''}{cost.amount:.4f} {cost.currency}"


def forecast(counts: Mapping[str, int], estimate: "Estimate | None", settings: Settings) -> None:
    """What a run would do and take, as a table, and what that goes by."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 400)
    names = {"duplicates": "skipped", "near_duplicates": "near-duplicate"}  # the words of the run itself
    console.print(", ".join(f"{n} {names.get(name, name.replace('_', ' '))}" for name, n in counts.items()))
    if estimate is None:
        console.print("No model is asked: it costs nothing.")
        return
    if not counts["to_write"]:
        console.print("Nothing is to be written: it costs nothing.")
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("estimate")
    for name in ("from", "to"):
        table.add_column(name, justify="right")
    for name, found in (
        ("calls", estimate.calls),
        ("input tokens", estimate.input),
        ("output tokens", estimate.output),
    ):
        table.add_row(name, f"{found.whole['low']:,}", f"{found.whole['high']:,}")
    if estimate.cost:
        table.add_row(f"cost in {estimate.currency}", f"{estimate.cost.low:.4f}", f"{estimate.cost.high:.4f}")
    if estimate.seconds:
        table.add_row("time", span(estimate.seconds.low), span(estimate.seconds.high))
    console.print(table)
    for told in estimate.by:
        console.print(f"{told[0].upper()}{told[1:]}.")
    if estimate.cost and settings.budget is not None and estimate.cost.high > settings.budget:
        console.print(f"The budget of {settings.budget:g} {estimate.currency} may end it before.")


def span(seconds: float) -> str:
    """`40 s`, `12 min`, `3 h 20 min`, `2.5 days`."""
    minutes = round(seconds / 60)
    if seconds < 59.5:
        return f"{seconds:.0f} s"
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes < 1_440 else f"{minutes / 1_440:.1f} days"
