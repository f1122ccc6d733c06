"""Ctrl-C and SIGTERM, as a terminal, a service manager or a container sends them."""

import json
import signal
import time

import pytest

from tests.e2e.marbre import batch, bytes_of, started_batch
from tests.model_server import Fault, ModelServer
from tests.waiting import wait_for

UNREAD = {"MARBRE_GRAMMAR": "false"}


def in_flight(server, kind):
    return [c for c in server.calls if c.kind == kind and c.status == "received"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_asked_once_what_is_on_its_way_is_waited_for_and_nothing_is_begun(tmp_path, number):
    with ModelServer(latency=1.5) as server:
        running = started_batch(tmp_path, server, "--concurrency", "2", **UNREAD)
        wait_for(lambda: len(in_flight(server, "plan")) == 2)
        running.send_signal(number)
        out, said = running.communicate(timeout=60)
        assert running.returncode == 130
        assert len(server.calls) == len(server.answered()) == 2
        told = json.loads(out)
        assert told["totals"]["calls"]["paid"] == 2
        assert (len(told["pieces"]), told["totals"]["not_tried"]) == (5, 5)
        assert {(p["why"], p["error"]["code"]) for p in told["pieces"]} == {
            ("the run was stopped", "interrupted")
        }
        assert "Stopping: answers on their way are waited for" in said
        assert said.splitlines()[-1].startswith("marbre: interrupted; what was finished")
        assert "Traceback" not in said
        again = batch(tmp_path, server, **UNREAD).json
        assert again["totals"]["calls"]["remembered"] == 2
        assert len({c.sha for c in server.calls}) == len(server.calls), "no answer was paid twice"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_asked_twice_it_ends_at_once_with_one_line_and_nothing_by_half(tmp_path, number):
    hangs = Fault("timeout", variant="before", stage="write", seconds=60)
    with ModelServer([hangs]) as server:
        running = started_batch(tmp_path, server, "--concurrency", "4", **UNREAD)
        wait_for(lambda: len(in_flight(server, "write")) >= 3)
        running.send_signal(signal.SIGINT)
        time.sleep(1)
        assert running.poll() is None, "it waits for what is on its way"
        before = bytes_of(tmp_path)
        running.send_signal(number)
        out, said = running.communicate(timeout=30)  # the answers would take a minute
        assert running.returncode == 130
        assert out == ""
        assert said.splitlines()[-1].startswith("marbre: interrupted; what was finished")
        assert said.count("marbre: interrupted") == 1
        assert "Traceback" not in said
        assert bytes_of(tmp_path) == before
        assert not list(tmp_path.glob("*/article.md"))


def test_it_ends_in_order_before_the_first_call_too(tmp_path):
    with ModelServer() as server:
        running = started_batch(tmp_path, server, **UNREAD)
        wait_for((tmp_path / ".marbre").exists)
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=60)
        assert running.returncode == 130
        assert said.splitlines()[-1].startswith("marbre: interrupted; ")
        assert "Traceback" not in said
