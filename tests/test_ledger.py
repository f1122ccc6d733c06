import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from pipeline.errors import LedgerError, StorageError
from pipeline.ledger import FILE, Ledger, key_of, sqlite_url
from pipeline.model import Call, Usage

NOW = "2026-01-31T09:00:00+01:00"
ENTRY = {
    "slug": "otan", "title": "L’Otan", "description": "", "keyphrase": "otan", "verdict": "needs_work", "words": 700,
    "block": 1, "warn": 0, "info": 0, "not_run": ["GRA"], "source": "a.txt", "writer": "offline",
}  # fmt: skip
CALL = Call("k" * 64, "plan", "plan/1", "m", "m-1", "réponse", "stop", Usage(10, 2, 5, 1), paid=True)


@pytest.fixture
def ledger(tmp_path):
    opened = Ledger(sqlite_url(tmp_path))
    yield opened
    opened.close()


def test_an_answer_is_remembered_and_not_paid_again(ledger):
    ledger.remember(CALL, {"model": "m"}, "a" * 64)
    assert ledger.recall(CALL.key) == replace(CALL, paid=False)


def test_an_answer_outlives_the_program(tmp_path, ledger):
    ledger.remember(CALL, {"model": "m"}, "a" * 64)
    again = Ledger(sqlite_url(tmp_path))
    assert again.recall(CALL.key) is not None
    again.close()


def test_the_first_answer_under_a_key_stays(ledger):
    ledger.remember(CALL, {}, "a" * 64)
    ledger.remember(replace(CALL, answer="autre"), {}, "a" * 64)
    assert ledger.recall(CALL.key).answer == "réponse"


def test_an_empty_answer_is_asked_again_and_replaced(ledger):
    ledger.remember(replace(CALL, answer="  ", finish="refusal"), {}, "a" * 64)
    assert ledger.recall(CALL.key) is None
    ledger.remember(CALL, {}, "a" * 64)
    assert ledger.recall(CALL.key).answer == "réponse"


def test_a_key_changes_with_anything_that_decides_the_answer():
    base = {"model": "m", "messages": [{"role": "user", "content": "a"}], "temperature": 0.1}
    keys = {
        key_of(base),
        key_of(base | {"model": "n"}),
        key_of(base | {"temperature": 0.2}),
        key_of(base | {"messages": [{"role": "user", "content": "b"}]}),
    }
    assert len(keys) == 4
    assert key_of(dict(reversed(base.items()))) == key_of(base)


def test_two_sources_never_share_a_folder(ledger):
    first = ledger.reserve("otan", "/a.txt", "1" * 64, NOW)
    second = ledger.reserve("otan", "/b.txt", "2" * 64, NOW)
    assert (first.slug, second.slug) == ("otan", "otan-2")


def test_a_source_keeps_its_folder(ledger):
    ledger.reserve("otan", "/a.txt", "1" * 64, NOW)
    assert ledger.reserve("autre", "/a.txt", "1" * 64, NOW).slug == "otan"


def test_a_piece_is_found_by_name_and_when_the_folder_moved_by_content(ledger):
    row = replace(ledger.reserve("otan", "/a.txt", "1" * 64, NOW), files_sha256="f" * 64, entry=ENTRY)
    ledger.record(row)
    assert ledger.piece_of("/a.txt", "9" * 64) == row
    assert ledger.piece_of("/moved/a.txt", "1" * 64) == row
    assert ledger.piece_of("/c.txt", "9" * 64) is None


def test_only_written_pieces_are_listed(ledger):
    reserved = ledger.reserve("otan", "/a.txt", "1" * 64, NOW)
    assert list(ledger.pieces()) == []
    assert ledger.at("otan") is None
    ledger.record(replace(reserved, files_sha256="f", entry=ENTRY))
    assert [row.slug for row in ledger.pieces()] == ["otan"]
    assert ledger.at("otan") == next(ledger.pieces())
    assert (ledger.at("libre"), ledger.published("libre")) == (None, None)


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////nowhere/at/all.db", "postgresql+nodriver://x/y"])
def test_a_ledger_that_cannot_be_opened_says_so_in_one_line(url):
    with pytest.raises(StorageError) as error:
        Ledger(url)
    assert "\n" not in str(error.value)


def test_a_file_that_is_no_database_is_told(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageError, match="ledger"):
        Ledger(f"sqlite:///{path}")


def test_a_locked_ledger_fails_what_is_tried_and_stops_nothing_else(tmp_path, monkeypatch):
    import sqlite3
    from contextlib import closing

    monkeypatch.setattr("pipeline.ledger._WAIT", 0.1)
    with closing(Ledger(sqlite_url(tmp_path))) as ledger:
        with closing(sqlite3.connect(tmp_path / FILE)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageError) as caught:
                ledger.remember(CALL, {}, "a" * 64)
            assert (caught.value.code, caught.value.stops_the_run) == ("ledger_busy", False)
            assert ledger.recall(CALL.key) is None, "who reads does not wait"
            other.rollback()
        ledger.remember(CALL, {}, "a" * 64)
        assert ledger.recall(CALL.key) is not None


def test_every_query_that_runs_for_an_article_goes_by_an_index(ledger):
    """But for tables that hold a row a run or a batch."""
    from sqlalchemy import event

    from pipeline.budget import Budget, Tariff
    from pipeline.claims import Claims
    from pipeline.halt import Halt
    from pipeline.settings import Settings
    from pipeline.submissions import Asked, Submissions
    from pipeline.writers.request import Request

    asked: list[tuple[str, object]] = []
    event.listen(
        ledger._engine, "before_cursor_execute", lambda _c, _k, text, values, *_: asked.append((text, values))
    )
    ledger.remember(CALL, {}, "a" * 64)
    ledger.recall(CALL.key)
    ledger.useless(CALL.key)
    ledger.piece_of("/a.txt", "1" * 64)
    ledger.pieces_of(["/a.txt", "/b.txt"])
    ledger.at("otan")
    row = ledger.reserve("otan", "/a.txt", "1" * 64, "2026")
    ledger.record(row, instead_of="autre")
    ledger.note(row.slug, "read", {})
    claims = Claims(ledger)
    claims.take("/a.txt")
    claims.take("/a.txt")
    claims._leave("/a.txt")
    budget = Budget(ledger, Tariff(lambda _: 1.0, lambda *_: 1.0), Settings(budget=5, budget_day=9), Halt())
    request = Request("plan", "plan/1", "m", ())
    budget._try(1)
    sent = Submissions(ledger, "", None, 60.0)
    sent.enter([Asked("k" * 64, request, "a" * 64, "/a.txt")])
    sent.asking("k" * 64)
    sent.problem("k" * 64)
    for text, values in asked:
        if text.startswith(("SELECT", "UPDATE", "DELETE")) and "meta" not in text:
            with ledger.connect() as connection:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).fetchall()
            scanned = [step[-1] for step in plan if "SCAN" in step[-1] and "CONSTANT ROW" not in step[-1]]
            assert scanned == [], text


def test_the_ledger_is_written_ahead_and_waits_for_others(ledger):
    with ledger.connect() as connection:
        told = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "busy_timeout")
        ]
    assert told == ["wal", 30_000]


def test_a_newer_ledger_is_left_alone(tmp_path, ledger):
    from sqlalchemy import create_engine, text

    engine = create_engine(sqlite_url(tmp_path))
    with engine.begin() as connection:
        connection.execute(text("UPDATE meta SET version = 99"))
    engine.dispose()
    with pytest.raises(StorageError, match="version 99"):
        Ledger(sqlite_url(tmp_path))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE meta SET version = 'x'",
        "UPDATE meta SET version = -1",
        "UPDATE meta SET version = 1e300",
        "UPDATE pieces SET slug = '../../elsewhere'",
        "UPDATE pieces SET slug = '/tmp/elsewhere'",
        "UPDATE pieces SET slug = ''",
        "UPDATE pieces SET entry = 'no json'",
        "UPDATE pieces SET entry = '[]'",
        "UPDATE pieces SET entry = '{}'",
        "UPDATE pieces SET entry = 7",
        "UPDATE pieces SET entry = x'ff'",
        "UPDATE pieces SET entry = json_set(entry, '$.slug', '../x')",
        "UPDATE pieces SET entry = json_set(entry, '$.words', 'many')",
        "UPDATE pieces SET entry = json_set(entry, '$.verdict', '<b>ready</b>')",
        "UPDATE pieces SET entry = json_set(entry, '$.not_run', 3)",
        "UPDATE pieces SET date_modified = 'yesterday'",
        "UPDATE pieces SET date_published = x'00ff'",
        "UPDATE calls SET answer = x'ff00'",
        "UPDATE calls SET input_tokens = 'many'",
        "UPDATE calls SET output_tokens = -5",
        "UPDATE calls SET amount = 'dear', currency = 'EUR'",
        "UPDATE calls SET amount = 9e999, currency = 'EUR'",
        "UPDATE calls SET finish = x'00'",
        "DROP TABLE pieces",
        "ALTER TABLE calls RENAME COLUMN answer TO reply",
    ],
)
def test_a_ledger_that_somebody_else_wrote_into_is_told_in_one_line(tmp_path, ledger, change):
    ledger.record(
        replace(ledger.reserve("otan", "/a.txt", "1" * 64, NOW), files_sha256="f" * 64, entry=ENTRY)
    )
    ledger.remember(CALL, {}, "a" * 64)
    with closing(sqlite3.connect(tmp_path / ".marbre/ledger.sqlite3")) as database:
        database.execute(change)
        database.commit()
    with pytest.raises(LedgerError) as error:
        read_all(tmp_path)
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 400


def read_all(out):
    opened = Ledger(sqlite_url(out))
    opened.recall(CALL.key)
    opened.piece_of("/a.txt", "")
    list(opened.pieces())


def test_the_password_of_a_ledger_is_not_told():
    with pytest.raises(LedgerError) as error:
        Ledger("postgresql+nodriver://anne:s3cret@host/base")
    assert "s3cret" not in str(error.value)
