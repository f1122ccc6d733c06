"""`ledgers/version_N.sql` is the dump of a ledger that the program made when it knew version N."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.budget import Budget, Tariff
from pipeline.errors import BudgetError
from pipeline.failures import failed
from pipeline.halt import Halt
from pipeline.ledger import Ledger
from pipeline.model import Usage
from pipeline.origins import all_known
from pipeline.settings import Settings
from pipeline.spending import spent
from pipeline.writers.request import Request

DUMPS = Path(__file__).parent / "ledgers"
PLAN = "82673642e2754586524c6e044497d2094df9901da378847a1ce5962e2516671b"
REFUSED = "320d5a444612431a443fe7954681615f4c18fe6544b9bb274d97a05d4d513f60"


def loaded(tmp_path, version):
    path = tmp_path / "ledger.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((DUMPS / f"version_{version}.sql").read_text(encoding="utf-8"))
    return path


@pytest.fixture
def old(tmp_path):
    return loaded(tmp_path, 1)


def rows(path, query):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def opened(path):
    return closing(Ledger(f"sqlite:///{path}"))


def test_a_ledger_of_version_1_keeps_every_row(old):
    kept = (
        "SELECT key, article, stage, prompt, model, served, request, answer, finish, input_tokens, cached_tokens,"
        " output_tokens, reasoning_tokens, at FROM calls ORDER BY key"
    )
    before = rows(old, kept), rows(old, "SELECT * FROM pieces")
    with opened(old):
        pass
    assert (rows(old, kept), rows(old, "SELECT * FROM pieces")) == before
    assert len(before[0]) == 4
    assert rows(old, "SELECT version FROM meta") == [(6,)]
    assert rows(old, "SELECT name FROM sqlite_master WHERE name LIKE '%calls_1%'") == []


def test_its_answers_are_remembered_and_its_refusals_asked_again(old):
    with opened(old) as ledger:
        plan = ledger.recall(PLAN)
        assert plan is not None
        assert (plan.answer, plan.usage) == ('{"sections": ["L’été"]}', Usage(3712, 1024, 840, 0))
        assert plan.cost is None
        assert ledger.recall(REFUSED) is None


def test_its_calls_have_no_price_and_the_source_of_their_piece(old):
    with opened(old) as ledger:
        told = {s.name: (s.calls, s.cost) for s in spent(ledger, "article")}
    assert told == {"/textes/été.txt": (3, None), "b" * 64: (1, None)}


def test_two_programs_that_open_it_at_once_migrate_it_once(old):
    failed = []

    def open_it():
        try:
            with opened(old):
                pass
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told below
            failed.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert rows(old, "SELECT count(*) FROM calls") == [(4,)]


def test_a_migration_that_fails_leaves_the_old_ledger(old, monkeypatch):
    from pipeline import ledger_schema

    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("DROP TABLE pieces")
        connection.execute("CREATE TABLE pieces (other TEXT)")
    before = rows(old, "SELECT * FROM calls")
    with pytest.raises(Exception, match="ledger"):
        Ledger(f"sqlite:///{old}")
    assert rows(old, "SELECT * FROM calls") == before
    assert rows(old, "SELECT version FROM meta") == [(1,)]
    assert ledger_schema.VERSION == 6


def test_a_ledger_of_version_2_keeps_every_row_and_takes_batches(tmp_path):
    path = loaded(tmp_path, 2)
    tables = ("calls", "pieces", "spending")
    before = [rows(path, f"SELECT * FROM {table}") for table in tables]
    with opened(path):
        pass
    assert [rows(path, f"SELECT * FROM {table}") for table in tables] == before
    assert [len(found) for found in before] == [5, 1, 1]
    assert rows(path, "SELECT count(*) FROM sqlite_master WHERE name IN ('calls_by_key', 'claims')") == [(2,)]
    assert rows(path, "SELECT version FROM meta") == [(6,)]
    assert (
        rows(path, "SELECT count(*) FROM batches") == rows(path, "SELECT count(*) FROM batch_lines") == [(0,)]
    )


def test_a_ledger_of_version_3_keeps_every_row_and_remembers_sources_from_now_on(tmp_path):
    path = loaded(tmp_path, 3)
    tables = ("calls", "pieces", "spending", "batches", "batch_lines")
    before = [rows(path, f"SELECT * FROM {table}") for table in tables]
    with opened(path) as ledger:
        (known,) = all_known(ledger)
    assert [rows(path, f"SELECT * FROM {table}") for table in tables] == before
    assert [len(found) for found in before] == [5, 1, 1, 1, 1]
    assert rows(path, "SELECT version FROM meta") == [(6,)]
    assert (known.row.slug, known.origins) == ("ete-kiev", ())


def test_what_a_ledger_of_version_4_spent_today_is_still_spent(tmp_path):
    path = loaded(tmp_path, 4)
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)  # one call is settled, one is under way
    request = Request("plan", "plan/1", "m", ())
    tariff = Tariff(lambda _: 0.001, lambda *_: 0.001)
    with opened(path) as ledger:
        roomy, full = (
            Budget(ledger, tariff, Settings(budget_day=most), Halt(), lambda: noon) for most in (0.014, 0.013)
        )
        roomy.release(asyncio.run(roomy.reserve(request)))
        with pytest.raises(BudgetError, match=r"0\.0130 USD spent, 0\.0090 USD of it held"):
            asyncio.run(full.reserve(request))
    assert rows(path, "SELECT version FROM meta") == [(6,)]


def test_a_ledger_of_version_5_keeps_every_row_and_takes_failures(tmp_path):
    path = loaded(tmp_path, 5)
    tables = ("calls", "pieces", "spending", "sums", "origins", "claims")
    before = [rows(path, f"SELECT * FROM {table}") for table in tables]
    with opened(path) as ledger:
        assert failed(ledger, ["/textes/été.txt"]) == set()
    assert [rows(path, f"SELECT * FROM {table}") for table in tables] == before
    assert before[0]
    assert rows(path, "SELECT version FROM meta") == [(6,)]


@pytest.mark.parametrize("version", [2, 3, 4, 5])
def test_an_older_and_a_new_ledger_have_the_same_tables(tmp_path, version):
    shape = "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name"
    with opened(tmp_path / "new.sqlite3"):
        new = rows(tmp_path / "new.sqlite3", shape)
    path = loaded(tmp_path, version)
    with opened(path):
        assert rows(path, shape) == new
