"""`python -m tests.bench.near [SOURCES]`: which sources are taken for one printed before, and what that takes.

First a table of pairs: how many of each kind are told as a near-duplicate, as told otherwise, or as another story. Then so many
invented sources, all different, are looked up one after the other: seconds and memory must not grow with their number. At last
the same as workers do it: on a real Postgres, a tenth of them.
"""

import json
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

from sqlalchemy import text

from pipeline.items import Item
from pipeline.ledger import Ledger
from pipeline.model import Article, Paragraph
from pipeline.near import Near
from pipeline.settings import Settings
from pipeline.stages import ingest
from pipeline.text.sentences import sentences
from pipeline.turns import Turns
from pipeline.wording import compare, prints
from pipeline.workers.asked import AskedTurns
from pipeline.workers.content import content_of
from pipeline.workers.queue import prepared
from pipeline.workers.reprints import AskedNear
from pipeline.workers.stored import Task, task_of
from pipeline.workers.submit import submit
from tests import postgres
from tests.bench.scale import server_seconds
from tests.reprints import LEDES, SEEDS, figures_changed, other_space, paragraphs, reprinted

DATA = Path(__file__).parent / "data"
DEV = ("fresh-dev", "second-dev", "relations-dev")
REFERENCES = Path(__file__).parents[1] / "reference"
Pair = tuple[Sequence[str], Sequence[str]]


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def rows() -> Iterator[dict[str, Any]]:
    for name in DEV:
        yield from map(json.loads, (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())


def other_lede(row: dict[str, Any]) -> Pair:
    """A note with the first sentence of a free rewrite in place of its own."""
    text = lines(row["source_text"])
    (_, first), (start, end) = sentences(text[0])[0], sentences(row["rewrite"])[0]
    return text, [f"{row['rewrite'][start:end]} {text[0][first:].strip()}", *text[1:]]


def planted() -> Iterator[tuple[str, Pair]]:
    """A rewrite and the same with one fact changed, by the kind of fact."""
    for row in rows():
        if row["label"] == "corrupted" and row.get("orig_text"):
            start, end = row["span"]
            true = row["rewrite"][: int(start)] + row["orig_text"] + row["rewrite"][int(end) :]
            if len(true.split()) >= 40:
                yield row["kind"], (lines(true), lines(row["rewrite"]))


def kinds() -> Iterator[tuple[str, Iterable[Pair]]]:
    texts = {seed: paragraphs(seed) for seed in SEEDS}
    faithful = [row for row in rows() if row["label"] == "faithful"]
    notes = [row for row in faithful if len(row["source_text"].split()) >= 60]
    yield "five articles on one subject", permutations(texts.values(), 2)
    written = (
        (texts[seed], lines((REFERENCES / f"{seed}.md").read_text().split("---\n", 2)[2])) for seed in SEEDS
    )
    yield "an article and a piece made of it", written
    yield "a story told by two authors", ((lines(r["source_text"]), lines(r["rewrite"])) for r in faithful)
    yield "other white space and apostrophes", ((text, other_space(text)) for text in texts.values())
    yield (
        "another title and lede, a cut, a paragraph more",
        ((texts[s], reprinted(texts[s], LEDES[s])) for s in SEEDS),
    )
    yield "another first sentence (60 to 200 words)", map(other_lede, notes)
    whole = [*texts.values(), *{r["source_text"]: lines(r["source_text"]) for r in notes}.values()]
    yield "one figure changed", ((text, changed) for text in whole for changed in figures_changed(text))
    by_kind = defaultdict(list)
    for kind, pair in planted():
        by_kind[kind].append(pair)
    for kind, pairs in sorted(by_kind.items()):
        yield f"one fact changed: {kind}", pairs


def table() -> None:
    print(
        f"{'pairs':50} {'n':>4} {'again':>6} {'otherwise':>10} {'other':>6}  shared wording   not looked at"
    )
    for name, pairs in kinds():
        found = [(compare(*pair), len(set(prints(pair[0])) & set(prints(pair[1])))) for pair in pairs]
        shares = sorted(r.share for r, _ in found)
        again, otherwise = sum(r.is_again for r, _ in found), sum(bool(r.otherwise) for r, _ in found)
        unseen = sum(r.is_again and shared < 2 for r, shared in found)
        spread = f"{shares[0]:.2f} {shares[len(shares) // 2]:.2f} {shares[-1]:.2f}"
        rest = len(found) - again - otherwise
        print(f"{name:50} {len(found):4} {again:6} {otherwise:10} {rest:6}  {spread}   {unseen:6}")


def invented(number: int) -> Iterator[tuple[Item, Article]]:
    """Articles of some 400 words, each of other ones."""
    chance = random.Random(1)
    vocabulary = sorted({w for seed in SEEDS for p in paragraphs(seed) for w in p.split()})
    source = ingest.read_bytes(b"Un texte.", "x", "text/plain")
    for n in range(number):
        texts = [" ".join(chance.choices(vocabulary, k=80)) + "." for _ in range(5)]
        article = Article(
            f"{n}", f"{n:064}", None, "fr", tuple(Paragraph(f"P{i}", t) for i, t in enumerate(texts))
        )
        yield Item(f"{n}", f"https://a.example/{n}", lambda: source), article


def scale(number: int) -> None:
    with (
        tempfile.TemporaryDirectory() as name,
        closing(Ledger(f"sqlite:///{name}/l.sqlite3")) as ledger,
        closing(Near(ledger, Path(name))) as near,
    ):
        spent, first = 0.0, 0
        for n, (item, article) in enumerate(invented(number), start=1):
            start = time.process_time()
            assert near.look(item, article) is None
            spent += time.process_time() - start
            if n in {100, number // 10, number}:
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
                first = first or memory
                more = (memory - first) / 1_024
                print(
                    f"{n:,} sources: {spent / n * 1_000:.2f} ms each, {more:.0f} MB more than at 100",
                    flush=True,
                )


def on_a_server(number: int) -> None:
    programs = postgres.programs()
    if programs is None:
        print("needs Postgres 15: apt install postgresql")
        return
    server = postgres.Postgres(programs, safe=True)
    try:
        with closing(prepared(Ledger(server.schema()))) as ledger:
            found = list(invented(number))
            submit(ledger, (item for item, _ in found), content_of(Settings()), {}, datetime.now(UTC))
            spent, server_spent, took = time.process_time(), server_seconds(server.port), time.perf_counter()
            for task, (item, article) in zip(tasks(ledger), found, strict=True):
                assert not AskedTurns(Turns(), ledger, task).are_others_before()
                assert AskedNear(ledger, task, judges=True).look(item, article) is None
            took, spent = time.perf_counter() - took, time.process_time() - spent
            server_spent = server_seconds(server.port) - server_spent
            with ledger.connect() as connection:
                size = connection.execute(text("SELECT pg_total_relation_size('work_prints')")).scalar_one()
        print(
            f"workers, {number:,} sources: {spent / number * 1_000:.2f} ms each, {server_spent / number * 1_000:.2f} of the "
            f"server's, {took / number * 1_000:.2f} in all; {size / number:,.0f} bytes"
        )
    finally:
        server.remove()


def tasks(ledger: Ledger) -> list[Task]:
    with ledger.connect() as connection:
        return [
            task_of(ledger, n)
            for n in connection.execute(text("SELECT id FROM work_items ORDER BY id")).scalars()
        ]


def main() -> None:
    number = int(sys.argv[1]) if sys.argv[1:] else 10_000
    table()
    scale(number)
    on_a_server(max(1, number // 10))


if __name__ == "__main__":
    main()
