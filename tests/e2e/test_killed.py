"""Nothing finished is lost: not by kill -9, not by Ctrl-C."""

import json
import random
import signal
import subprocess

import pytest

from tests.bench import killed
from tests.e2e.marbre import SEEDS, batch, command, environment, marbre, started_batch
from tests.model_server import Fault, ModelServer
from tests.waiting import said_up_to, wait_for


@pytest.mark.parametrize("play", [killed.batches, killed.refreshes])
def test_killed_at_two_random_moments_nothing_is_lost_torn_or_paid_twice(play, tmp_path, monkeypatch):
    monkeypatch.setattr(killed.Command, "run", to_its_end)
    seed = random.randrange(1_000_000)
    rounds = list(play(tmp_path, 2, random.Random(seed), sources=2, again=False))
    told = "\n".join(killed.line(one) for one in rounds)
    assert [(one.whole, one.paid_again, one.faults) for one in rounds] == [(2, 0, ())] * 2, (
        f"seed {seed}\n{told}"
    )


def to_its_end(command):
    """In this process: only what is killed needs one of its own."""
    return marbre(*command.words, OPENAI_API_KEY="scripted").json


def eight_sources(folder):
    """The seeds, and three of them again with a paragraph more."""
    folder.mkdir()
    seeds = sorted(SEEDS.glob("*.txt"))
    for n, text in enumerate(p.read_text() for p in seeds):
        (folder / f"{n}.txt").write_text(text)
        if n < 3:
            (folder / f"{n}-long.txt").write_text(
                f"{text}\n\nLe conseil municipal en débattra encore jeudi soir.\n"
            )


def test_kill_9_with_eight_calls_in_flight_pays_no_answered_call_again(tmp_path):
    eight_sources(tmp_path / "in")
    with ModelServer([Fault("timeout", variant="mid", stage="write", times=8)]) as server:
        words = [
            "batch", tmp_path / "in", "--out", tmp_path / "out", "--base-url", server.base_url,
            "--model", "scripted", "--concurrency", "8", "--related", SEEDS, "--format", "json", "--near-duplicates", "write",
        ]  # fmt: skip
        running = subprocess.Popen(
            command(*words),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(MARBRE_GRAMMAR="false"),
        )

        def writing():
            return [c for c in server.calls if c.kind == "write" and c.status == "received"]

        wait_for(lambda: len(writing()) == 8)
        running.kill()
        running.communicate()
        assert len(server.answered()) == 8, "the plans"
        ran = marbre(*words, MARBRE_GRAMMAR="false")
        asked = [c.sha for c in server.calls]
        assert [c for c in server.answered() if asked.count(c.sha) > 1 and c.kind == "plan"] == []
        answered = [c.sha for c in server.answered()]
        assert len(answered) == len(set(answered))
        assert ran.json["totals"]["calls"] == {"paid": len(answered) - 8, "remembered": 8}
        assert ran.json["totals"]["written"] == 8


def test_ctrl_c_ends_with_130_and_keeps_what_is_finished(tmp_path):
    with ModelServer([Fault("timeout", variant="held", seed="002")]) as server:
        running = started_batch(tmp_path, server, "--concurrency", "1")
        wait_for(lambda: list(tmp_path.glob("*/article.md")) and server.calls[-1].status == "received", 60)
        running.send_signal(signal.SIGINT)
        heard = said_up_to("Stopping", running)
        server.release()
        out, said = running.communicate(timeout=60)
        assert running.returncode == 130
        assert "interrupted" in said
        told = json.loads(out)
        assert len(told["pieces"]) == 5, "what was not finished is told too"
        assert told["totals"]["calls"]["paid"] >= len(server.answered()) - 2, (
            "two answers may be lost on the wire"
        )
        left = [p for p in told["pieces"] if p["status"] == "failed"]
        assert {(p["why"], p["error"]["code"]) for p in left} == {("the run was stopped", "interrupted")}
        assert told["totals"]["not_tried"] == len(left)
        assert "Traceback" not in heard + said
        assert (tmp_path / "index.html").is_file()
        ran = batch(tmp_path, server)
        assert ran.json["totals"]["unchanged"] >= 1
        assert ran.json["totals"]["ready_for_review"] == 5
