"""What only a ledger on a server can meet: no way in, a server that goes away, tables that another program made."""

import base64
import random
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from pipeline import ledger_schema
from pipeline.claims import Claims
from pipeline.cli import cli
from pipeline.dialects import address_of, has_secret, without_password
from pipeline.errors import ExitCode, LedgerAddressError, LedgerLostError, MarbreError, StorageError
from pipeline.ledger import Ledger
from pipeline.sums import Sums, looked_at
from tests.postgres import PASSWORD
from tests.test_ledger import CALL, NOW


@pytest.fixture
def own(postgres):
    """The server, to be stopped; it runs again when the test ends."""
    yield postgres
    if not postgres.is_up():
        postgres.start()


def refused(url):
    with pytest.raises(MarbreError) as error:
        Ledger(url)
    told = str(error.value)
    assert "\n" not in told
    assert PASSWORD not in told
    assert "%40" not in told
    return error.value


def test_a_wrong_password_is_told_with_what_to_do_and_not_shown(postgres):
    error = refused(postgres.by_network(password="wr0ng/à"))
    assert "wr0ng" not in str(error)
    assert error.exit_code == ExitCode.USAGE
    assert "~/.pgpass" in error.remedy


def test_the_right_one_lets_in(postgres):
    with closing(Ledger(postgres.by_network())) as ledger:
        assert ledger.recall("k") is None


def test_an_unknown_database_is_told_with_how_to_make_it(postgres):
    error = refused(postgres.by_network(database="nowhere"))
    assert (error.exit_code, "createdb nowhere" in error.remedy) == (ExitCode.USAGE, True)


def test_where_nobody_listens_that_is_told_at_once(postgres):
    started = time.monotonic()
    error = refused(f"postgresql://anne:{'s3cret'}@127.0.0.1:1/x")
    assert "s3cret" not in str(error)
    assert error.exit_code == ExitCode.NOT_WRITTEN
    assert time.monotonic() - started < 10


def test_who_may_not_make_tables_is_told(postgres):
    postgres.sql("CREATE ROLE guest LOGIN")
    error = refused(postgres.address().replace("anne@", "guest@"))
    assert (error.exit_code, "GRANT" in error.remedy) == (ExitCode.USAGE, True)


def test_a_database_that_cannot_hold_every_letter_is_refused(postgres):
    postgres.sql("CREATE DATABASE old ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0")
    error = refused(postgres.address().replace("/postgres?", "/old?"))
    assert (error.exit_code, "LATIN1" in str(error)) == (ExitCode.USAGE, True)


def test_an_option_that_nobody_knows_is_told(postgres):
    assert refused(postgres.address() + "&wish=1").exit_code == ExitCode.USAGE


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://a:s3cret@h/b", "postgresql+psycopg2://a:s3cret@h/b", "postgresql://h:port/b"]
)
def test_what_is_no_ledger_is_told_with_how_to_write_one(url):
    error = refused(url)
    assert isinstance(error, LedgerAddressError)
    assert "s3cret" not in str(error)
    assert error.exit_code == ExitCode.USAGE


def test_without_the_extra_a_ledger_on_a_server_names_it():
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from pipeline.cli import cli; cli.main(['cost', '--ledger', 'postgresql://a:s3cret@h/b'])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "'.[workers]'" in ran.stderr
    assert "s3cret" not in ran.stderr


def test_a_ledger_in_a_file_loads_nothing_of_a_server(tmp_path):
    code = (
        "import sys; from pipeline.ledger import Ledger; Ledger(sys.argv[1]).close()\n"
        "print([m for m in sys.modules if m.startswith(('psycopg', 'procrastinate'))])"
    )
    words = [sys.executable, "-c", code, f"sqlite:///{tmp_path / 'l'}"]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_an_address_is_shown_without_its_passwords():
    url = "postgres://anne:s3cret@h:5/b?password=s3cret&sslmode=require"
    assert without_password(address_of(url)) == "postgresql://anne@h:5/b?sslmode=require"
    assert has_secret("postgresql://h/b?password=x")
    assert not has_secret("postgresql://anne@h/b")


def test_a_connection_that_was_lost_between_two_calls_is_made_again(own):
    with closing(Ledger(own.schema())) as ledger:
        ledger.remember(CALL, {}, "a" * 64)
        own.stop()
        own.start()
        assert ledger.recall(CALL.key) is not None
        own.crash()
        own.start()
        ledger.remember(replace(CALL, key="l" * 64), {}, "a" * 64)
        assert ledger.recall("l" * 64) is not None


def test_a_server_that_is_restarted_is_waited_for(own):
    with closing(Ledger(own.schema(), wait=30)) as ledger:
        ledger.remember(CALL, {}, "a" * 64)
        own.stop()
        call = replace(CALL, key="l" * 64)
        asking = threading.Thread(target=ledger.remember, args=(call, {}, "a" * 64))
        asking.start()
        time.sleep(1)
        own.start()
        asking.join()
        assert ledger.recall("l" * 64) is not None


def test_a_server_that_stays_away_fails_what_is_tried_and_stops_nothing_else(own, monkeypatch):
    with closing(Ledger(own.schema(), wait=0.5)) as ledger:
        own.stop()
        started = time.monotonic()
        with pytest.raises(LedgerLostError) as error:
            ledger.recall(CALL.key)
        assert time.monotonic() - started >= 0.5
        assert (error.value.code, error.value.stops_the_run) == ("ledger_lost", False)
        assert "\n" not in str(error.value)
        with monkeypatch.context() as patched:
            patched.setattr(
                "pipeline.database.time.sleep", lambda _: pytest.fail("who comes after does not wait again")
            )
            for _ in range(5):
                with pytest.raises(LedgerLostError):
                    ledger.recall(CALL.key)
        own.start()
        assert ledger.recall(CALL.key) is None


def losing(ledger, own, when):
    """The server goes away once: before, or after, the work of a transaction is written."""
    begun = ledger.connect
    lost: list[str] = []

    def connect():
        from contextlib import contextmanager

        @contextmanager
        def losing_it():
            if lost:
                with begun() as connection:
                    yield connection
                return
            lost.append(when)
            with begun() as connection:
                yield connection
                if when == "before":
                    own.crash()
                    own.start()
            own.crash()
            own.start()
            raise LedgerLostError("ledger_lost", "Gone.", "")

        return losing_it()

    ledger.connect = connect
    return lost


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_was_under_way_when_the_server_went_is_done_once(own, when):
    with closing(Ledger(own.schema())) as ledger:
        lost = losing(ledger, own, when)
        ledger.remember(CALL, {}, "a" * 64)
        lost.clear()
        assert ledger.reserve("otan", "/a.txt", "1" * 64, NOW).slug == "otan"
        lost.clear()
        claims = Claims(ledger)
        assert claims.take("/a.txt")
        assert not claims.take("/a.txt")
        lost.clear()
        claims.leave("/a.txt")
        assert Claims(ledger).take("/a.txt")
        with ledger.connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM calls WHERE usable").scalar() == 1
            assert connection.exec_driver_sql("SELECT count(*) FROM calls").scalar() == 1


def test_who_is_stopped_with_rows_that_others_wait_for_has_them_taken_away(postgres, monkeypatch):
    """A process that is stopped, or whose machine sleeps, answers the server's signs of life all the same."""
    monkeypatch.setattr("pipeline.dialects.HELD", 200)
    with closing(Ledger(postgres.schema(), wait=20)) as ledger:

        def held_up(connection):
            looked_at(connection, "run", "2026-01-31", 0.0)
            if not seen:
                seen.append(ledger.doing(lambda other: looked_at(other, "run", "2026-01-31", 0.0)))
                connection.execute(text("SELECT 1"))
            return "again"

        seen: list[Sums] = []
        assert ledger.doing(held_up) == "again"
        assert seen[0].run == 0


def test_tables_of_an_older_version_are_migrated_and_keep_their_rows(postgres):
    url = postgres.schema()
    with closing(Ledger(url)) as ledger:
        ledger.remember(CALL, {}, "a" * 64)
        with ledger.connect() as connection:  # version 3 had neither, and not this index
            connection.exec_driver_sql("DROP TABLE origins; DROP TABLE claims; DROP INDEX calls_by_key")
            connection.exec_driver_sql("UPDATE meta SET version = 3")
    with closing(Ledger(url)) as ledger, ledger.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT version, (SELECT count(*) FROM calls), (SELECT count(*) FROM origins),"
            " (SELECT count(*) FROM pg_indexes WHERE indexname = 'calls_by_key'"
            "  AND schemaname = current_schema()) FROM meta"
        ).one()
    assert tuple(found) == (ledger_schema.VERSION, 1, 0, 1)


def test_a_backup_is_the_server_s_own_business(postgres):
    url = f"{postgres.by_network()}?options=-csearch_path%3D{postgres.schema().rpartition('%3D')[2]}"
    ran = CliRunner().invoke(cli, ["ledger", "backup", "my copy.dump", "--ledger", url])
    assert ran.exit_code == 2
    assert "pg_dump --format=custom '--file=my copy.dump'" in ran.stderr
    assert "s3cret" not in ran.stderr


def test_a_name_longer_than_an_index_holds_fails_its_article_alone(postgres):
    with closing(Ledger(postgres.schema())) as ledger:
        address = "https://a.fr/" + base64.urlsafe_b64encode(random.Random(1).randbytes(9_000)).decode()
        with pytest.raises(StorageError) as error:
            ledger.reserve("a", address, "1" * 64, NOW)
        assert not error.value.stops_the_run
        assert "\n" not in str(error.value)
        assert ledger.reserve("a", address[:2_000], "1" * 64, NOW).slug == "a"


def test_two_that_wait_for_each_other_both_come_through(postgres):
    with closing(Ledger(postgres.schema())) as ledger:
        ledger.reserve("a", "/a", "1" * 64, NOW)
        ledger.reserve("b", "/b", "2" * 64, NOW)
        both = threading.Barrier(2)
        tries = []

        def change(first, second):
            def work(connection):
                tries.append(first)
                for slug in (first, second):
                    connection.exec_driver_sql(
                        f"UPDATE pieces SET fingerprint = '{first}' WHERE slug = '{slug}'"
                    )
                    if len(tries) <= 2 and slug == first:
                        both.wait(10)

            ledger.doing(work)

        threads = [threading.Thread(target=change, args=words) for words in (("a", "b"), ("b", "a"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(tries) >= 3, "one was told to begin again; where the other is slow to go on, once more"
