"""Two runs on one output folder at once, as when a night's batch meets a person's."""

import sqlite3
import time
from contextlib import closing

from tests.e2e.marbre import batch, started_batch
from tests.model_server import ModelServer
from tests.waiting import wait_for


def test_two_batches_at_once_pay_for_each_piece_once(tmp_path):
    with ModelServer(latency=0.3) as server:
        runs = [started_batch(tmp_path, server, MARBRE_GRAMMAR="false") for _ in range(2)]
        told = [run.communicate(timeout=120) for run in runs]
        assert [run.returncode for run in runs] == [3, 3], told
        assert len(server.answered()) == 10
        again = batch(tmp_path, server, MARBRE_GRAMMAR="false").json
        assert again["totals"]["unchanged"] == 5
        assert len(server.answered()) == 10
    assert not list(tmp_path.glob("*/history"))
    with closing(sqlite3.connect(tmp_path / ".marbre/ledger.sqlite3")) as ledger:
        assert ledger.execute("SELECT count(*) FROM claims").fetchone() == (0,)


def test_a_run_after_kill_9_waits_for_nobody(tmp_path):
    with ModelServer(latency=0.3) as server:
        running = started_batch(tmp_path, server, MARBRE_GRAMMAR="false")
        wait_for(lambda: len(server.answered()) >= 2)
        running.kill()
        running.communicate()
        started = time.monotonic()
        assert batch(tmp_path, server, MARBRE_GRAMMAR="false").json["totals"]["written"] >= 1
        assert time.monotonic() - started < 60
