import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from pipeline.errors import LedgerError, StorageError
from pipeline.ledger import Ledger, has_new, key_of, sqlite_url
from pipeline.model import Call, Usage

NOW = "2026-01-31T09:00:00+01:00"
ENTRY = {
    "slug": "otan", "title": "L’Otan", "description": "", "keyphrase": "otan", "verdict": "needs_work", "words": 700,
    "block": 1, "warn": 0, "info": 0, "not_run": ["GRA"], "source": "a.txt", "writer": "offline",
}  # fmt: skip
CALL = Call("k" * 64, "plan", "plan/1", "m", "m-1", "réponse", "stop", Usage(10, 2, 5, 1), paid=True)


@pytest.fixture
def ledger(ledger_url):
    opened = Ledger(ledger_url)
    yield opened
    opened.close()


def test_an_answer_is_remembered_and_not_paid_again(ledger):
    ledger.remember(CALL, {"model": "m"}, "a" * 64)
    assert ledger.recall(CALL.key) == replace(CALL, paid=False)


def test_an_answer_outlives_the_program(ledger_url, ledger):
    ledger.remember(CALL, {"model": "m"}, "a" * 64)
    again = Ledger(ledger_url)
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
    assert [ledger.at("otan")] == list(ledger.pieces())
    assert (ledger.at("libre"), ledger.published("libre")) == (None, None)


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////nowhere/at/all.db", "postgresql+nodriver://x/y"])
def test_a_ledger_that_cannot_be_opened_says_so_in_one_line(url):
    with pytest.raises(StorageError) as error:
        Ledger(url)
    assert "\n" not in str(error.value)


def test_a_quick_look_tells_whether_a_source_is_new(tmp_path):
    assert has_new(tmp_path, None, ["a.txt"])
    with closing(Ledger(sqlite_url(tmp_path))) as opened:
        for name in ("a.txt", "l’été.txt", "reserved.txt"):
            row = opened.reserve(name.split(".")[0], name, "a" * 64, NOW)
            if name != "reserved.txt":
                opened.record(replace(row, files_sha256="f" * 64, entry=ENTRY))
        assert not has_new(tmp_path, None, ["l’été.txt", "a.txt", "a.txt"])
        assert has_new(tmp_path, None, ["a.txt", "b.txt"])
        assert has_new(tmp_path, None, ["reserved.txt"])


def test_where_it_cannot_be_told_by_a_quick_look_no_source_is_new(tmp_path):
    assert not has_new(tmp_path, "postgresql:///elsewhere", ["a.txt"])
    (tmp_path / ".marbre").mkdir()
    (tmp_path / ".marbre" / "ledger.sqlite3").write_text("no database at all, whatever its name says")
    assert not has_new(tmp_path, None, ["a.txt"])


def test_a_file_that_is_no_database_is_told(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageError, match="ledger"):
        Ledger(f"sqlite:///{path}")


def test_a_locked_ledger_fails_what_is_tried_and_stops_nothing_else(ledger_url):
    with closing(Ledger(ledger_url, wait=0.1)) as ledger, closing(Ledger(ledger_url)) as other:
        with other.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.exec_driver_sql("LOCK TABLE calls IN EXCLUSIVE MODE")
            with pytest.raises(StorageError) as caught:
                ledger.remember(CALL, {}, "a" * 64)
            assert (caught.value.code, caught.value.stops_the_run) == ("ledger_busy", False)
            assert "0.1 s" in str(caught.value)
            assert ledger.recall(CALL.key) is None, "who reads does not wait"
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
    claims.leave("/a.txt")
    budget = Budget(ledger, Tariff(lambda _: 1.0, lambda *_: 1.0), Settings(budget=5, budget_day=9), Halt())
    request = Request("plan", "plan/1", "m", ())
    budget._try(1)
    sent = Submissions(ledger, "", None, 60.0)
    sent.enter([Asked("k" * 64, request, "a" * 64, "/a.txt")])
    sent.asking("k" * 64)
    sent.problem("k" * 64)
    assert len(asked) > 20
    for text, values in asked:
        if text.startswith(("SELECT", "UPDATE", "DELETE")) and "meta" not in text:
            assert scanned(ledger, text, values) == [], text


def scanned(ledger, query, values):
    """The tables that are read from end to end for a query."""
    with ledger.connect() as connection:
        if connection.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).fetchall()
            return [step[-1] for step in plan if "SCAN" in step[-1] and "CONSTANT ROW" not in step[-1]]
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # else it does so with small tables
        plan = connection.exec_driver_sql(f"EXPLAIN {query}", values).fetchall()
        return [step[-1] for step in plan if "Seq Scan" in step[-1]]


def test_a_file_is_written_ahead_and_waits_for_others(tmp_path):
    with closing(Ledger(sqlite_url(tmp_path))) as ledger, ledger.connect() as connection:
        told = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "busy_timeout")
        ]
    assert told == ["wal", 30_000]


def test_a_newer_ledger_is_left_alone(ledger_url, ledger):
    with ledger.connect() as connection:
        connection.exec_driver_sql("UPDATE meta SET version = 99")
    with pytest.raises(StorageError, match="version 99"):
        Ledger(ledger_url)


def test_any_text_comes_back_as_it_went(ledger):
    odd = "\x00 a \x1a0 \x1a\x00\x1a1 « é » 😀 " + "long" * 50_000
    ledger.remember(replace(CALL, answer=odd, served=odd[:200], finish=odd[:99]), {"a": odd}, "a" * 64)
    known = ledger.recall(CALL.key)
    assert known is not None
    assert (known.answer, known.served, known.finish) == (odd, odd[:200], odd[:99])


def test_pieces_of_one_time_come_in_the_order_of_their_bytes(ledger):
    slugs = ["ab-c", "abd", "ab", "a-z", "z", "aa", "ab-"]
    for n, slug in enumerate(slugs):
        row = ledger.reserve(slug, f"/{n}", f"{n}" * 64, NOW)
        ledger.record(replace(row, files_sha256="f" * 64, entry=ENTRY | {"slug": slug}))
    assert [row.slug for row in ledger.pieces()] == sorted(slugs)


def test_many_programs_that_begin_one_ledger_make_it_once(ledger_url):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as threads:
        opened = list(threads.map(lambda _: Ledger(ledger_url), range(8)))
    with opened[0].connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM meta").scalar() == 1
    for one in opened:
        one.close()


def test_of_many_that_answer_one_question_at_once_one_is_believed(ledger_url, ledger):
    from concurrent.futures import ThreadPoolExecutor

    def answer(n):
        with closing(Ledger(ledger_url)) as mine:
            for key in "abc":
                mine.remember(replace(CALL, key=key * 64, answer=f"{n}"), {}, "a" * 64)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(answer, range(6)))
    with ledger.connect() as connection:
        told = connection.exec_driver_sql(
            "SELECT count(*), sum(CASE WHEN usable THEN 1 ELSE 0 END) FROM calls"
        ).one()
    assert tuple(told) == (18, 3)


def test_of_many_that_want_one_folder_each_gets_one(ledger_url, ledger):
    from concurrent.futures import ThreadPoolExecutor

    def reserve(n):
        with closing(Ledger(ledger_url)) as mine:
            return mine.reserve("otan", f"/{n % 4}.txt", f"{n % 4}" * 64, NOW).slug

    with ThreadPoolExecutor(8) as threads:
        slugs = list(threads.map(reserve, range(8)))
    assert sorted(set(slugs)) == ["otan", "otan-2", "otan-3", "otan-4"]
    assert slugs[:4] == slugs[4:]


def test_what_two_note_of_one_piece_at_once_is_all_kept(ledger_url, ledger, request):
    from concurrent.futures import ThreadPoolExecutor

    row = ledger.reserve("otan", "/a.txt", "1" * 64, NOW)

    def note(n):
        with closing(Ledger(ledger_url)) as mine:
            mine.note(row.slug, f"n{n}", n)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(note, range(12)))
    assert ledger.piece_of("/a.txt").entry == {f"n{n}": n for n in range(12)}


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
        "UPDATE pieces SET entry = json_set(entry, '$.cost', 5)",
        "UPDATE pieces SET entry = json_set(entry, '$.cost', json('[1, 2]'))",
        "UPDATE pieces SET entry = json_set(entry, '$.cost', json('[\"dear\", \"EUR\", false]'))",
        "UPDATE pieces SET entry = json_set(entry, '$.shared', 'half')",
        "UPDATE pieces SET entry = json_set(entry, '$.readability', json('[1]'))",
        "UPDATE pieces SET entry = json_set(entry, '$.spots', 7)",
        "UPDATE pieces SET entry = json_set(entry, '$.spots', json('[[\"x\"]]'))",
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
def test_a_file_that_somebody_else_wrote_into_is_told_in_one_line(tmp_path, change):
    url = sqlite_url(tmp_path)
    with closing(Ledger(url)) as ledger:
        fill(ledger)
    with closing(sqlite3.connect(tmp_path / ".marbre/ledger.sqlite3")) as database:
        database.execute(change)
        database.commit()
    told_in_one_line(url)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE meta SET version = -1",
        "UPDATE pieces SET slug = '../../elsewhere'",
        "UPDATE pieces SET entry = '[]'",
        "UPDATE pieces SET entry = 'null'",
        """UPDATE pieces SET entry = jsonb_set(entry::jsonb, '{words}', '"many"')::json""",
        "UPDATE pieces SET date_modified = 'yesterday'",
        "UPDATE calls SET output_tokens = -5",
        "UPDATE calls SET amount = 'Infinity', currency = 'EUR'",
        "UPDATE calls SET amount = 'NaN', currency = 'EUR'",
        "DROP TABLE pieces",
        "ALTER TABLE calls RENAME COLUMN answer TO reply",
        "ALTER TABLE calls ALTER COLUMN input_tokens TYPE text",
    ],
)
def test_a_database_that_somebody_else_wrote_into_is_told_in_one_line(postgres, change):
    url = postgres.schema()
    with closing(Ledger(url)) as ledger:
        fill(ledger)
        with ledger.connect() as connection:
            connection.exec_driver_sql(change)
    told_in_one_line(url)


def fill(ledger):
    ledger.record(
        replace(ledger.reserve("otan", "/a.txt", "1" * 64, NOW), files_sha256="f" * 64, entry=ENTRY)
    )
    ledger.remember(CALL, {}, "a" * 64)


def told_in_one_line(url):
    with pytest.raises(LedgerError) as error:
        read_all(url)
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 400


def read_all(url):
    with closing(Ledger(url)) as opened:
        opened.recall(CALL.key)
        opened.piece_of("/a.txt", "")
        list(opened.pieces())


def test_the_password_of_a_ledger_is_not_told():
    with pytest.raises(LedgerError) as error:
        Ledger("postgresql+nodriver://anne:s3cret@host/base")
    assert "s3cret" not in str(error.value)
