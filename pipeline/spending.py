"""What the ledger says was spent, and on what; and how it forgets an article's texts but not their cost."""

import hashlib
import shlex
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.console import money
from pipeline.errors import UsageError
from pipeline.files import name_of
from pipeline.ledger import FILE, FORGOTTEN, Ledger
from pipeline.model import Money, Usage, total_of
from pipeline.publish import folder
from pipeline.settings import Settings

By = Literal["article", "stage", "model", "day"]
_SHA256 = 64


@dataclass(frozen=True, slots=True)
class Spent:
    """The calls of one article, stage, model or day whose price is in one currency, or not known."""

    name: str
    """For an article: its source, or its sha256 where the ledger does not know the source. A day is one of UTC."""
    calls: int
    usage: Usage
    cost: Money | None


def existing_ledger(settings: Settings) -> Ledger:
    """The ledger of an output folder. Raises `UsageError` rather than make a new one."""
    ledger_file(settings)
    return Ledger(settings.ledger or f"sqlite:///{settings.out / FILE}", settings.ledger_wait)


def ledger_file(settings: Settings) -> Path | None:
    """The file of a ledger on SQLite, None for another database. Raises `UsageError` where there is no such file."""
    file: Path | None = settings.out / FILE
    if settings.ledger:
        from pipeline.dialects import file_of

        file = file_of(settings.ledger)
    if file and not file.is_file():
        begins = "marbre batch begins one"
        if not settings.ledger and folder.holds_pieces(settings.out):
            begins = f"marbre ledger check --mend --out {shlex.quote(name_of(settings.out))} enters the pieces that lie there"
        raise UsageError(
            "no_ledger", f"There is no ledger {file}.", f"Give another with --out or --ledger; {begins}."
        )
    return file


def spent(ledger: Ledger, by: By) -> list[Spent]:
    """Every paid call, summed up; days in order, all else from the dearest to the cheapest."""
    from sqlalchemy import Integer, cast, func, select

    from pipeline.ledger_schema import CALLS

    c = CALLS.c
    name = {
        "article": func.coalesce(func.nullif(func.max(c.source), ""), c.article),
        "stage": c.stage,
        "model": c.model,
        "day": func.substr(c.at, 1, 10),
    }[by]
    group = c.article if by == "article" else name
    tokens = (c.input_tokens, c.cached_tokens, c.output_tokens, c.reasoning_tokens, c.cache_write_tokens)
    query = select(
        name,
        c.currency,
        func.count(),
        func.sum(c.amount),
        func.max(cast(c.estimated, Integer)),  # Postgres has no greatest truth
        *(func.sum(t) for t in tokens),
    ).group_by(group, c.currency)
    with ledger.connect() as connection:
        rows = _by_name(_spent(*row) for row in connection.execute(query))
    rows.sort(key=lambda s: s.cost.currency if s.cost else "")  # where all else is the same
    if by == "day":
        return sorted(rows, key=lambda s: (s.name, s.cost is None))
    return sorted(rows, key=lambda s: (s.cost is None, -(s.cost.amount if s.cost else 0), s.name))


def _spent(
    name: str, currency: str | None, calls: int, amount: float | None, estimated: Any, *tokens: int
) -> Spent:
    cost = Money(amount or 0.0, str(currency), bool(estimated)) if currency else None
    return Spent(str(name), calls, Usage(*map(int, tokens)), cost)


def _by_name(rows: Iterable[Spent]) -> list[Spent]:
    """An article that was written of several versions of its source is one."""
    found: dict[tuple[str, str | None], Spent] = {}
    for row in rows:
        key = (row.name, row.cost.currency if row.cost else None)
        if (known := found.get(key)) is not None:
            cost = total_of((known.cost, row.cost))
            row = Spent(row.name, known.calls + row.calls, known.usage + row.usage, cost)  # noqa: PLW2901
        found[key] = row
    return list(found.values())


def totals(rows: Sequence[Spent]) -> list[Spent]:
    """One row a currency, and one for the calls whose price is not known."""
    currencies = {r.cost.currency if r.cost else None for r in rows}
    found = []
    for currency in sorted(currencies, key=lambda c: (c is None, c or "")):
        mine = [r for r in rows if (r.cost.currency if r.cost else None) == currency]
        amount = sum(r.cost.amount for r in mine if r.cost)
        estimated = any(r.cost.estimated for r in mine if r.cost)
        usage = sum((r.usage for r in mine), Usage())
        money = Money(amount, currency, estimated) if currency else None
        found.append(Spent("total", sum(r.calls for r in mine), usage, money))
    return found


def forget(ledger: Ledger, sources: Sequence[str]) -> int:
    """Take the texts of a source's calls, requests and answers, out of the ledger; what they cost stays.

    What it said when pieces were made of it goes too. `sources` are the names or hashes it may be known by. The number
    of calls that lost their texts. SQLite overwrites what it removes. Raises `UsageError` for a source that the ledger
    never heard of.
    """
    from sqlalchemy import or_, select

    from pipeline.ledger_schema import CALLS, LINES, ORIGINS, PIECES
    from pipeline.workers.stored import forget as forget_submitted

    with ledger.connect() as connection:
        known = select(PIECES.c.source_sha256).where(PIECES.c.source.in_(sources))
        hashes = [*sources, *connection.scalars(known)]
        theirs = or_(CALLS.c.source.in_(sources), CALLS.c.article.in_(hashes))
        asked = or_(LINES.c.source.in_(sources), LINES.c.article.in_(hashes))
        submitted = forget_submitted(connection, sources, hashes)
        if not (
            submitted
            or len(hashes) > len(sources)
            or connection.scalar(select(PIECES.c.slug).where(PIECES.c.source_sha256.in_(sources)))
            or connection.scalar(select(CALLS.c.id).where(theirs))
            or connection.scalar(select(LINES.c.id).where(asked))
        ):
            raise UsageError(
                "no_source",
                f"The ledger knows nothing of {sources[0]}.",
                "Give the file, URL or sha256 as the run had it (marbre cost --by article lists them).",
            )
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        blank = {"request": {}, "answer": "", "usable": False, "finish": FORGOTTEN}
        left = CALLS.update().where(theirs, CALLS.c.finish != FORGOTTEN)
        forgotten = connection.execute(left.values(**blank)).rowcount
        connection.execute(LINES.update().where(asked).values(request={}))
        said = or_(ORIGINS.c.source.in_(sources), ORIGINS.c.sha256.in_(hashes))
        connection.execute(ORIGINS.update().where(said).values(said=None))
    with ledger.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return forgotten


def names_of(source: str) -> list[str]:
    """What the ledger may know a source by: a file's path and content, a URL, or a sha256 as it stands."""
    path = Path(source)
    if "://" in source or (len(source) == _SHA256 and not path.exists()):
        return [source]
    names = [name_of(path.resolve())]
    with suppress(OSError):  # a file that is gone is known by its name
        names.append(hashlib.sha256(path.read_bytes()).hexdigest())
    return names


def as_json(rows: Sequence[Spent], by: By) -> dict[str, Any]:
    """`marbre.cost/1`."""
    return {
        "schema": "marbre.cost/1",
        "by": by,
        "rows": [{by: r.name, **_fields(r)} for r in rows],
        "totals": [_fields(r) for r in totals(rows)],
    }


def _fields(row: Spent) -> dict[str, Any]:
    cost = row.cost and asdict(row.cost) | {"amount": round(row.cost.amount, 9)}
    return {"calls": row.calls, "tokens": asdict(row.usage), "cost": cost}


def as_text(rows: Sequence[Spent], by: By) -> str:
    """A line a row, the sums below."""
    if not rows:
        return "No call was paid."
    lines: list[tuple[str, ...]] = [(by, "calls", "input", "cached", "output", "cost")]
    for row in [*rows, *totals(rows)]:
        counts = (row.calls, row.usage.input, row.usage.cached, row.usage.output)
        lines.append((row.name, *(f"{n:,}" for n in counts), money(row.cost)))
    widths = [max(len(line[n]) for line in lines) for n in range(len(lines[0]))]
    return "\n".join(
        f"{line[0]:<{widths[0]}}  "
        + "  ".join(f"{cell:>{width}}" for cell, width in zip(line[1:], widths[1:], strict=True))
        for line in lines
    )
