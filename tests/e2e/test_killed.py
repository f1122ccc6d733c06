"""Nothing finished is lost: not by kill -9, not by Ctrl-C."""

import signal
import time

from pipeline.publish.folder import FILES
from tests.e2e.marbre import batch, started_batch
from tests.model_server import ModelServer
from tests.waiting import wait_for


def test_after_kill_9_only_unanswered_calls_are_paid(tmp_path):
    with ModelServer(latency=0.2) as server:
        running = started_batch(tmp_path, server, "--concurrency", "2")
        wait_for(lambda: len(server.answered()) >= 4)
        running.kill()
        running.communicate()
        time.sleep(0.5)
        answered = [c.sha for c in server.answered()]
        ran = batch(tmp_path, server)
        assert ran.code == 0
        assert ran.json["totals"]["calls"]["paid"] + len(answered) <= 10 + 2, (
            "two answers may be lost on the wire"
        )
        for folder in (p for p in tmp_path.iterdir() if p.is_dir() and not p.name.startswith(".")):
            assert {f.name for f in folder.iterdir()} >= set(FILES)
        assert len(list(tmp_path.glob("*/article.md"))) == 5


def test_ctrl_c_ends_with_130_and_keeps_what_is_finished(tmp_path):
    with ModelServer(latency=0.3) as server:
        running = started_batch(tmp_path, server, "--concurrency", "2")
        wait_for(lambda: list(tmp_path.glob("*/article.md")))
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)
        assert running.returncode == 130
        assert "interrupted" in said
        assert "Traceback" not in said
        assert (tmp_path / "index.html").is_file()
        ran = batch(tmp_path, server)
        assert ran.json["totals"]["unchanged"] >= 1
        assert ran.json["totals"]["ready_for_review"] == 5
