"""Ctrl-C and SIGTERM, as a terminal, a service manager or a container sends them."""

import json
import signal

import pytest

from tests.e2e.marbre import batch, bytes_of, started_batch
from tests.model_server import Fault, ModelServer
from tests.waiting import said_up_to, wait_for

UNREAD = {"MARBRE_GRAMMAR": "false"}
HEARD = "Stopping: answers on their way are waited for"


def in_flight(server, kind):
    return [c for c in server.calls if c.kind == kind and c.status == "received"]


@pytest.mark.parametrize(
    ("number", "articles", "calls"),
    [(signal.SIGINT, 5, 2), (signal.SIGTERM, 2, 1)],
    ids=["ctrl-c and processes", "sigterm and a thread"],
)
def test_asked_once_what_is_on_its_way_is_waited_for_and_nothing_is_begun(tmp_path, number, articles, calls):
    with ModelServer([Fault("timeout", variant="held")]) as server:
        asked = ("--limit", articles, "--concurrency", calls)
        running = started_batch(tmp_path, server, *asked, **UNREAD)
        wait_for(lambda: len(in_flight(server, "plan")) == calls, 60)
        running.send_signal(number)
        heard = said_up_to(HEARD, running)
        server.release()
        out, said = running.communicate(timeout=60)
        assert running.returncode == 130
        assert len(server.calls) == len(server.answered()) == calls
        told = json.loads(out)
        assert told["totals"]["calls"]["paid"] == calls
        assert (len(told["pieces"]), told["totals"]["not_tried"]) == (articles, articles)
        assert {(p["why"], p["error"]["code"]) for p in told["pieces"]} == {
            ("the run was stopped", "interrupted")
        }
        assert heard.count("Stopping") == 1
        assert said.splitlines()[-1].startswith("marbre: interrupted; what was finished")
        assert "Traceback" not in heard + said
        again = batch(tmp_path, server, "--limit", articles, **UNREAD).json
        assert again["totals"]["calls"]["remembered"] == calls
        assert len({c.sha for c in server.calls}) == len(server.calls), "no answer was paid twice"


@pytest.mark.parametrize(
    ("number", "articles"),
    [(signal.SIGINT, 5), (signal.SIGTERM, 2)],
    ids=["ctrl-c and processes", "sigterm and a thread"],
)
def test_asked_twice_it_ends_at_once_with_one_line_and_nothing_by_half(tmp_path, number, articles):
    with ModelServer([Fault("timeout", variant="held", stage="write")]) as server:
        asked = ("--limit", articles, "--concurrency", "4")
        running = started_batch(tmp_path, server, *asked, **UNREAD)
        wait_for(lambda: len(in_flight(server, "write")) >= min(3, articles), 60)
        running.send_signal(signal.SIGINT)
        heard = said_up_to(HEARD, running)
        assert running.poll() is None, "it waits for what is on its way"
        before = bytes_of(tmp_path)
        running.send_signal(number)
        out, said = running.communicate(timeout=30)  # the answers never come
        assert running.returncode == 130
        assert out == ""
        assert said.splitlines()[-1].startswith("marbre: interrupted; what was finished")
        assert said.count("marbre: interrupted") == 1
        assert "Traceback" not in heard + said
        assert bytes_of(tmp_path) == before
        assert not list(tmp_path.glob("*/article.md"))


def test_it_ends_in_order_before_the_first_call_too(tmp_path):
    with ModelServer([Fault("timeout", variant="held")]) as server:
        running = started_batch(tmp_path, server, "--limit", "2", **UNREAD)
        wait_for((tmp_path / ".marbre").exists)
        running.send_signal(signal.SIGTERM)
        server.release()  # only a signal that comes late finds anything on its way
        _, said = running.communicate(timeout=60)
        assert running.returncode == 130
        assert said.splitlines()[-1].startswith("marbre: interrupted; ")
        assert "Traceback" not in said
