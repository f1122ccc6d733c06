"""The real program with its ledger on a server: the same pieces, each paid for once, whatever happens to either."""

import time

import pytest

from tests.e2e.marbre import NOW, TWO, batch, bytes_of, marbre, started_batch
from tests.model_server import Fault, ModelServer
from tests.waiting import wait_for


@pytest.fixture
def remote(postgres):
    """What names a new ledger on the server; it runs again when the test ends."""
    yield {"MARBRE_LEDGER": postgres.schema(), "MARBRE_GRAMMAR": "false"}
    if not postgres.is_up():
        postgres.start()


def test_a_memory_that_moved_to_a_server_and_back_gives_the_same_bytes_and_costs_nothing(tmp_path, remote):
    file, back = tmp_path / "here/.marbre/ledger.sqlite3", tmp_path / "back.sqlite3"
    now = ("--now", NOW)
    with ModelServer() as server:
        assert batch(tmp_path / "here", server, *now, MARBRE_GRAMMAR="false").code == 3
        assert marbre("ledger", "copy", file, remote["MARBRE_LEDGER"]).code == 0
        there = batch(tmp_path / "there", server, *now, **remote)
        assert (there.code, there.json["totals"]["calls"]["paid"]) == (3, 0), there.err
        assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "here")
        assert marbre("ledger", "copy", remote["MARBRE_LEDGER"], back).code == 0
        elsewhere = remote | {"MARBRE_LEDGER": f"sqlite:///{back}"}
        again = batch(tmp_path / "there", server, *now, **elsewhere)
        assert again.json["totals"]["unchanged"] == 5
        assert len(server.answered()) == 10


def test_every_command_that_looks_at_a_ledger_does_so_on_a_server(tmp_path, remote):
    with ModelServer() as server:
        assert batch(tmp_path, server, **remote).code == 3
    assert not (tmp_path / ".marbre/ledger.sqlite3").exists()
    out = ("--out", tmp_path)
    assert marbre("ledger", "check", *out, **remote).out == "The ledger and the pieces agree.\n"
    assert "plan" in marbre("cost", "--by", "stage", *out, **remote).out
    piece = next(tmp_path.glob("*/article.md"))
    assert "unchanged" in marbre("provenance", piece, *out, **remote).out
    assert marbre("refresh", "--dry-run", *out, **remote).code == 0
    assert marbre("batch", "seeds", "--dry-run", *out, **remote).out.count("stay as it is") == 5
    assert marbre("refresh", *out, **remote).code in (0, 3)
    assert marbre("forget", "seeds/002_44b7f2dba8646b0b.txt", *out, **remote).code == 0
    assert marbre("ledger", "backup", tmp_path / "b", *out, **remote).code == 2


def test_two_runs_with_folders_of_their_own_pay_for_each_answer_once(tmp_path, remote):
    with ModelServer(latency=0.3) as server:
        runs = [started_batch(tmp_path, server, *TWO, **remote) for _ in range(2)]
        told = [run.communicate(timeout=120) for run in runs]
        assert [run.returncode for run in runs] == [3, 3], told
        assert len(server.answered()) == 4


def test_a_run_that_is_killed_leaves_what_it_paid_for(tmp_path, remote):
    with ModelServer(latency=0.3) as server:
        running = started_batch(tmp_path, server, *TWO, **remote)
        wait_for(lambda: len(server.answered()) >= 2, 60)
        running.kill()
        running.communicate()
        started = time.monotonic()
        assert batch(tmp_path, server, *TWO, **remote).json["totals"]["failed"] == 0
        assert time.monotonic() - started < 60, "its claims are void at once on its machine"
        # What was answered in the moment it was killed may not have been heard: as many calls as were in flight.
        assert len(server.answered()) <= 4 + 2


def test_a_server_that_is_restarted_while_a_run_goes_on_costs_nothing(tmp_path, remote, postgres):
    with ModelServer(latency=0.5) as server:
        running = started_batch(tmp_path, server, *TWO, **remote)
        wait_for(lambda: len(server.answered()) >= 1, 60)
        postgres.stop()
        time.sleep(1)
        postgres.start()
        wait_for(lambda: len(server.answered()) >= 3, 60)
        postgres.crash()
        postgres.start()
        out, err = running.communicate(timeout=120)
        assert running.returncode == 3, (out, err)
        assert len(server.answered()) == 4


def test_where_the_server_stays_away_articles_fail_with_the_reason_and_the_next_run_goes_on(
    tmp_path, remote, postgres
):
    with ModelServer([Fault("timeout", variant="held")]) as server:
        running = started_batch(tmp_path, server, *TWO, MARBRE_LEDGER_WAIT="1", **remote)
        wait_for(lambda: len(server.calls) == 2, 60)
        postgres.stop()
        server.release()
        out, err = running.communicate(timeout=120)
        assert running.returncode == 4, (out, err)
        assert "ledger_lost" in out
        assert "Traceback" not in err
        assert len(server.calls) == 2, "nothing is asked that nobody would remember"
        postgres.start()
        assert batch(tmp_path, server, *TWO, **remote).json["totals"]["failed"] == 0
