"""A memory moves between databases without losing a row, and never over another."""

import asyncio
import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.budget import Budget, Tariff
from pipeline.claims import Claims
from pipeline.cli import cli
from pipeline.errors import StorageError, UsageError
from pipeline.halt import Halt
from pipeline.ledger import Ledger, sqlite_url
from pipeline.model import Failure, Money, Usage
from pipeline.moving import copy
from pipeline.settings import Settings
from pipeline.submissions import Submissions
from tests.test_ledger import CALL, ENTRY, NOW
from tests.test_submissions import asked

ORIGIN = {
    "slug": "otan", "number": 1, "source": "/a.txt", "sha256": "1" * 64, "substance": "s", "size": 2**40, "mtime": None,
    "etag": "", "last_modified": "", "piece": {"é": [1, None]}, "checks": "", "said": b"\x00\xff\x00",
}  # fmt: skip


@pytest.fixture(
    params=[("sqlite", "postgres"), ("postgres", "sqlite"), ("postgres", "postgres")], ids="-".join
)
def both(request, tmp_path):
    """The addresses of two new ledgers."""
    urls = []
    for n, kind in enumerate(request.param):
        server = request.getfixturevalue("postgres") if kind == "postgres" else None
        urls.append(server.schema() if server else sqlite_url(tmp_path / f"{n}"))
    return urls


def fill(ledger):
    """A row of every kind."""
    ledger.remember(replace(CALL, answer="\x00 « é »", cost=Money(0.1 + 0.2, "EUR")), {"a": "é"}, "1" * 64)
    ledger.remember(replace(CALL, answer=""), {}, "1" * 64)
    row = ledger.reserve("otan", "/a.txt", "1" * 64, NOW)
    ledger.record(replace(row, files_sha256="f", entry=ENTRY), origins=[ORIGIN])
    clock = lambda: datetime(2026, 11, 22, 12, tzinfo=UTC)  # noqa: E731
    budget = Budget(ledger, Tariff(lambda _: 0.01, lambda *_: 0.01), Settings(), Halt(), clock)
    batches = Submissions(ledger, "http://a/v1", budget, 60.0, clock)
    entered = batches.enter([asked(1), asked(2)])
    assert entered.batch
    first, _ = batches.lines(entered.batch)
    batches.unanswered(first, Failure("unanswered", "é", "Again."), heals=True)
    spend(ledger)


def spend(ledger):
    """A call of one more run of that day, settled."""
    clock = lambda: datetime(2026, 11, 22, 12, tzinfo=UTC)  # noqa: E731
    budget = Budget(ledger, Tariff(lambda _: 0.01, lambda *_: 0.005), Settings(), Halt(), clock)
    budget.settle(asyncio.run(budget.reserve(asked(3).request)), Usage(1, 0, 1))


def all_rows(ledger):
    from sqlalchemy import select

    from pipeline.ledger_schema import METADATA

    with ledger.connect() as connection:
        return {
            table.name: [
                dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for name, table in METADATA.tables.items()
            if name != "claims"
        }


def test_every_row_is_there_and_the_second_copy_adds_what_came_since(both):
    with closing(Ledger(both[0])) as source, closing(Ledger(both[1])) as target:
        fill(source)
        told = copy(source, target)
        assert {one.table: (one.copied, one.there) for one in told} == {
            "calls": (2, 0), "pieces": (1, 0), "origins": (1, 0), "spending": (1, 0), "batches": (1, 0),
            "batch_lines": (2, 0), "sums": (2, 0),
        }  # fmt: skip
        assert all_rows(target) == all_rows(source)
        source.remember(replace(CALL, key="n" * 64), {}, "1" * 64)
        assert sum(one.copied for one in copy(source, target)) == 1
        assert all_rows(target) == all_rows(source)


def test_what_was_spent_since_a_copy_is_brought_by_the_next_and_never_taken_back(both):
    with closing(Ledger(both[0])) as source, closing(Ledger(both[1])) as target:
        fill(source)
        copy(source, target)
        spend(source)
        copy(source, target)
        assert all_rows(target) == all_rows(source)
        spend(target)
        with pytest.raises(StorageError, match="sums: day 2026-11-22"):
            copy(source, target)


def test_what_comes_after_a_copy_gets_numbers_of_its_own(both):
    with closing(Ledger(both[0])) as source, closing(Ledger(both[1])) as target:
        fill(source)
        copy(source, target)
        target.remember(replace(CALL, key="n" * 64), {}, "1" * 64)
        copy(target, source)
        assert all_rows(target) == all_rows(source)


def test_a_ledger_with_other_rows_is_left_as_it_is(both):
    with closing(Ledger(both[0])) as source, closing(Ledger(both[1])) as target:
        fill(source)
        target.reserve("otan", "/other.txt", "2" * 64, NOW)
        before = all_rows(target)
        with pytest.raises(StorageError, match="pieces: otan") as error:
            copy(source, target)
        assert error.value.code == "differs"
        assert all_rows(target) == before


def test_a_source_that_has_another_folder_there_is_left_as_it_is(both):
    with closing(Ledger(both[0])) as source, closing(Ledger(both[1])) as target:
        fill(source)
        target.reserve("autre", "/a.txt", "2" * 64, NOW)
        before = all_rows(target)
        with pytest.raises(StorageError, match="pieces"):
            copy(source, target)
        assert all_rows(target) == before


def test_while_a_run_is_at_work_nothing_is_copied(both):
    with closing(Ledger(both[0])) as source, closing(Ledger(both[1])) as target:
        fill(source)
        assert Claims(source).take("/a.txt")
        with pytest.raises(UsageError, match=r"/a\.txt"):
            copy(source, target)
        assert all_rows(target)["calls"] == []


def test_more_rows_than_are_read_at_once_are_copied(both):
    with closing(Ledger(both[0])) as source, closing(Ledger(both[1])) as target:
        for n in range(450):
            source.reserve(f"p-{n}", f"/{n}", f"{n:064}", NOW)
        assert {one.table: one.copied for one in copy(source, target)}["pieces"] == 450
        assert all_rows(target) == all_rows(source)


@pytest.fixture
def way(postgres, tmp_path):
    """A ledger, one on a server, and a third."""
    urls = sqlite_url(tmp_path / "a"), postgres.schema(), sqlite_url(tmp_path / "b")
    ledgers = [Ledger(url) for url in urls]
    yield ledgers
    for ledger in ledgers:
        ledger.close()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answer=st.text(st.characters(codec="utf-8")), served=st.text(st.characters(codec="utf-8"), max_size=50)
)
def test_any_answer_survives_the_way_there_and_back(way, answer, served):
    """One after the other by the same way: making the ledgers takes longer than it."""
    first, server, last = way
    for ledger in way:
        forget_all(ledger)
    first.remember(replace(CALL, answer=answer, served=served), {"messages": [answer]}, "1" * 64)
    copy(first, server)
    copy(server, last)
    assert all_rows(last) == all_rows(server) == all_rows(first)


def forget_all(ledger):
    from pipeline.ledger_schema import META, METADATA

    with ledger.connect() as connection:
        for table in METADATA.tables.values():
            if table is not META:
                connection.execute(table.delete())


def ledger_copy(*words):
    return CliRunner().invoke(cli, ["ledger", "copy", *words])


def test_the_command_takes_files_and_addresses_and_counts(tmp_path, postgres):
    file, url = tmp_path / "a.sqlite3", postgres.schema()
    with closing(Ledger(f"sqlite:///{file}")) as ledger:
        fill(ledger)
    ran = ledger_copy(str(file), url)
    assert (ran.exit_code, ran.stdout.splitlines()[0]) == (0, "calls: 2 copied, 0 were there.")
    told = json.loads(ledger_copy(url, str(tmp_path / "b.sqlite3"), "--format", "json").stdout)
    assert told["schema"] == "marbre.copied/1"
    assert told["tables"][0] == {"table": "calls", "copied": 2, "there": 0}


def test_a_file_that_is_not_there_or_the_same_ledger_is_refused(tmp_path):
    ran = ledger_copy(str(tmp_path / "none"), str(tmp_path / "new"))
    assert (ran.exit_code, ran.stderr.count("\n")) == (2, 1)
    assert list(tmp_path.iterdir()) == []
    Ledger(f"sqlite:///{tmp_path / 'a'}").close()
    assert ledger_copy(str(tmp_path / "a"), f"sqlite:///{tmp_path / 'a'}").exit_code == 2
