"""Two runs on one output folder at once, as when a night's batch meets a person's."""

import shutil
import sqlite3
import subprocess
import time
from contextlib import closing

from tests.e2e.marbre import NOW, SEEDS, TWO, batch, command, environment, marbre, started_batch
from tests.model_server import ModelServer
from tests.waiting import wait_for


def test_two_batches_at_once_pay_for_each_piece_once(tmp_path):
    with ModelServer(latency=0.3) as server:
        runs = [started_batch(tmp_path, server, *TWO, MARBRE_GRAMMAR="false") for _ in range(2)]
        told = [run.communicate(timeout=120) for run in runs]
        assert [run.returncode for run in runs] == [3, 3], told
        assert len(server.answered()) == 4
        again = batch(tmp_path, server, *TWO, MARBRE_GRAMMAR="false").json
        assert again["totals"]["unchanged"] == 2
        assert len(server.answered()) == 4
    assert not list(tmp_path.glob("*/history"))
    with closing(sqlite3.connect(tmp_path / ".marbre/ledger.sqlite3")) as ledger:
        assert ledger.execute("SELECT count(*) FROM claims").fetchone() == (0,)


def test_a_run_after_kill_9_waits_for_nobody(tmp_path):
    with ModelServer(latency=0.3) as server:
        running = started_batch(tmp_path, server, *TWO, MARBRE_GRAMMAR="false")
        wait_for(lambda: len(server.answered()) >= 1, 60)
        running.kill()
        running.communicate()
        started = time.monotonic()
        assert batch(tmp_path, server, *TWO, MARBRE_GRAMMAR="false").json["totals"]["written"] >= 1
        assert time.monotonic() - started < 60


def test_a_refresh_and_a_batch_at_once_write_what_changed_once(tmp_path):
    shutil.copytree(SEEDS, tmp_path / "in")
    with ModelServer(latency=0.5) as server:
        asked = (
            "--out",
            tmp_path / "out",
            "--base-url",
            server.base_url,
            "--model",
            "scripted",
            "--format",
            "json",
        )
        whole = ("batch", tmp_path / "in", *asked)
        assert marbre(*whole, "--now", NOW, MARBRE_GRAMMAR="false").json["totals"]["written"] == 5
        changed = tmp_path / "in" / "002_44b7f2dba8646b0b.txt"
        changed.write_text(changed.read_text().replace("325 millions", "410 millions"))
        before = len(server.answered())
        runs = [
            subprocess.Popen(
                command(*words, "--now", "2026-02-03T09:00:00+01:00"),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment(MARBRE_GRAMMAR="false"),
            )
            for words in (whole, ("refresh", *asked))
        ]
        told = [run.communicate(timeout=120) for run in runs]
        assert [run.returncode for run in runs] in ([3, 3], [3, 0]), told
        kinds = [call.kind for call in server.answered()[before:]]
        assert kinds == ["refresh"] or (kinds[:2] == ["plan", "write"] and "refresh" not in kinds), "one pays"
        again = marbre(*whole, "--now", NOW, MARBRE_GRAMMAR="false").json
        assert again["totals"]["unchanged"] == 5
    history = list((tmp_path / "out").glob("*/history/*"))
    assert [p.parent.parent.name for p in history] == ["offensive-ukrainienne"]
    assert marbre("ledger", "check", "--out", tmp_path / "out").code == 0
