"""`--economy`: one batch a step, collected by the next run of the same command, at half the price."""

import re
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

from tests.e2e.marbre import NOW, SEEDS, bytes_of, command, environment, marbre
from tests.model_server import Fault, ModelServer, wire

ROW = """
[models.scripted]
economy = { factor = 0.5, date = 2026-11-22, source = "this test" }
token_limit = "max_tokens"
max_output = 128_000
[models.scripted.price]
input = 2.0
cached = 1.0
output = 10.0
date = 2026-11-22
source = "this test"
"""


@pytest.fixture
def run(tmp_path):
    """The command, each time the same but for what is named: two articles, where five would show no more."""
    settings = tmp_path / "marbre.toml"
    settings.write_text(ROW)

    def _run(server, *more, out="out", economy=True, limit=2):
        words = ["batch", SEEDS, "--out", tmp_path / out, "--base-url", server.base_url, "--model", "scripted",
                 "--settings", settings, "--now", NOW, "--no-grammar", "--format", "json", "--limit", limit]  # fmt: skip
        mode = ["--economy"] if economy else []
        return Ended(quiet(*words, *mode, *more))

    return _run


def quiet(*words):
    return marbre(*words, MARBRE_GRAMMAR="false")


class Ended:
    def __init__(self, ran):
        self.code, self.err, self.json = ran.code, ran.err, ran.json

    @property
    def pieces(self):
        return self.json["pieces"]

    @property
    def calls(self):
        return self.json["totals"]["calls"]

    def of(self, name):
        return [p[name] for p in self.pieces]


def test_three_runs_make_five_pieces_and_pay_each_call_once(run, tmp_path):
    with ModelServer() as server:
        first = run(server, limit=5)
        assert first.code == 5
        assert first.of("status") == first.of("verdict") == ["waiting"] * 5
        assert "5 articles wait for batch batch_" in first.err.splitlines()[-1]
        assert first.calls == {"paid": 0, "remembered": 0}
        assert not server.calls
        second = run(server, limit=5)
        assert second.code == 5
        assert second.calls == {"paid": 5, "remembered": 0}
        third = run(server, limit=5)
        assert third.code == 3, "without grammar no piece is ready"
        assert third.of("status") == ["written"] * 5
        assert third.calls == {"paid": 5, "remembered": 5}
        assert [c.kind for c in server.answered()] == ["plan"] * 5 + ["write"] * 5
        assert len(server.desk.batches) == 2
        before = bytes_of(tmp_path / "out")
        fourth = run(server, limit=5)
        assert fourth.of("status") == ["unchanged"] * 5
        assert fourth.calls == {"paid": 0, "remembered": 0}
        assert len(server.calls) == 10
        assert bytes_of(tmp_path / "out") == before


def test_the_same_answers_give_the_same_bytes_as_calls_of_their_own(run, tmp_path):
    with ModelServer() as server:
        for _ in range(3):
            run(server)
        before = bytes_of(tmp_path / "out")
        for folder in (tmp_path / "out").glob("[a-z]*/"):
            shutil.rmtree(folder)
        again = run(server, economy=False)
        assert again.calls == {"paid": 0, "remembered": 4}
        assert bytes_of(tmp_path / "out") == before
        own = run(server, out="own", economy=False)
        assert own.calls == {"paid": 4, "remembered": 0}
        made, asked = bytes_of(tmp_path / "out"), bytes_of(tmp_path / "own")
        assert made.keys() == asked.keys()
        # The reports and the list of pieces tell what the calls cost: half.
        assert [n for n in made if made[n] != asked[n] and not re.search("report|^index", n)] == []


def test_a_batch_costs_half(run):
    with ModelServer() as server:
        spent = 0.0
        for _ in range(3):
            for piece in run(server).pieces:
                tokens, cost = piece["tokens"], piece["cost"]["amount"]
                full = (tokens["input"] - tokens["cached"]) * 2.0 + tokens["cached"] + tokens["output"] * 10.0
                assert cost == pytest.approx(full / 1e6 / 2)
                spent += cost
        assert spent > 0


def test_an_unfinished_batch_is_waited_for_and_nothing_is_sent_again(run):
    with ModelServer(batch_polls=2) as server:
        for _ in range(3):
            ended = run(server)
            assert ended.code == 5
            assert ended.of("status") == ["waiting"] * 2
        assert len(server.desk.batches) == 1
        assert run(server).calls["paid"] == 2
        assert len(server.desk.batches) == 2


def test_with_wait_one_command_does_it_all(run, monkeypatch):
    monkeypatch.setattr("pipeline.economy._FIRST_PAUSE", 0.01)
    with ModelServer(batch_polls=2) as server:
        ended = run(server, "--wait")
        assert ended.code == 3
        assert ended.of("status") == ["written"] * 2
        assert ended.calls == {"paid": 4, "remembered": 0}
        assert len(server.desk.batches) == 2
        assert ended.err.count("\n[") == 2, "each article is told once"


@pytest.mark.parametrize("status", ["expired", "cancelled"])
@pytest.mark.parametrize("tell", [True, False], ids=["error file", "no error file"])
def test_of_a_batch_that_ended_in_part_only_the_rest_is_asked_again(run, status, tell):
    with ModelServer(batch_polls=None) as server:
        run(server)
        server.desk.finish(status=status, answer=1, tell=tell)
        second = run(server)
        assert second.code == 5
        assert second.calls["paid"] == 1
        server.desk.polls = 0
        server.desk.finish()
        run(server)
        last = run(server)
        assert sorted(last.of("status")) == ["unchanged", "written"]
        assert sorted(c.kind for c in server.answered()) == ["plan", "plan", "write", "write"]
        assert len({c.sha for c in server.answered()}) == 4


def test_what_expires_twice_fails_with_its_reason_and_is_tried_again_by_the_run_after(run):
    with ModelServer(batch_polls=None) as server:
        for _ in range(2):
            assert run(server).code == 5
            server.desk.finish(status="expired", answer=0)
        failed = run(server)
        assert failed.code == 4
        assert failed.of("status") == ["failed"] * 2
        assert "expired" in failed.pieces[0]["error"]["message"]
        assert "without --economy" in failed.pieces[0]["error"]["remedy"]
        assert len(server.desk.batches) == 2
        assert run(server).code == 5
        assert len(server.desk.batches) == 3


def test_a_batch_that_is_refused_as_a_whole_says_why(run):
    with ModelServer(batch_polls=None) as server:
        for _ in range(2):
            run(server)
            server.desk.fail("token_limit_exceeded", "Enqueued token limit reached for scripted.")
        failed = run(server)
        assert failed.code == 4
        assert "Enqueued token limit reached" in failed.pieces[0]["error"]["message"]


def test_a_batch_the_server_no_longer_knows_is_told_and_asked_again(run):
    with ModelServer(batch_polls=None) as server:
        run(server)
        server.desk.lose()
        second = run(server)
        assert second.code == 5
        assert "is not known to" in second.err
        assert "its 2 calls are asked again" in second.err
        server.desk.finish()
        assert run(server).calls["paid"] == 2


def test_a_line_that_is_refused_fails_its_article_alone(run):
    fault = Fault("context_length", stage="plan", seed="001")
    with ModelServer([fault]) as server:
        run(server)
        second = run(server)
        assert second.code == 4
        assert second.of("status") == ["waiting", "failed"]
        error = second.pieces[1]["error"]
        assert error["code"] == "too_long"
        assert "maximum context length" in error["message"]
        third = run(server)
        assert third.of("status") == ["written", "waiting"], "as any failure"


def test_a_line_that_may_heal_is_asked_again_once(run):
    with ModelServer([Fault("rate_limit", stage="plan", seed="001", times=1)]) as server:
        run(server)
        assert run(server).of("status") == ["waiting"] * 2
        assert run(server).of("status") == ["written", "waiting"]
        assert run(server).of("status") == ["unchanged", "written"]
        assert len(server.answered()) == 4


def test_no_credit_is_told_as_it_is(run):
    with ModelServer([Fault("quota")]) as server:
        run(server)
        second = run(server)
        assert second.code == 4
        assert {p["error"]["code"] for p in second.pieces} == {"quota"}


def test_an_empty_answer_is_asked_once_more_and_then_told(run):
    with ModelServer([Fault("empty", stage="plan", seed="001")]) as server:
        assert run(server).code == 5
        assert run(server).of("status") == ["waiting"] * 2
        third = run(server)
        assert third.of("status") == ["written", "failed"]
        assert third.pieces[1]["error"]["code"] == "no_answer"
        assert run(server).calls["paid"] == 0, "it is not asked for ever"


@pytest.mark.parametrize("fault", [Fault("cut", times=1), Fault("english_paragraph", stage="write", times=1)])
def test_a_continuation_and_a_repair_are_batches_of_their_own(run, fault):
    with ModelServer([fault]) as server:
        ended = run(server, limit=1)
        while ended.code == 5 and len(server.desk.batches) < 9:
            ended = run(server, limit=1)
        assert ended.of("status") == ["written"]
        kinds = [c.kind for c in server.answered()]
        assert kinds[:3] == ["plan", "write", "continue" if fault.kind == "cut" else "repair"]
        assert len(server.desk.batches) == len(kinds) == len({c.sha for c in server.answered()})


def test_only_what_the_budget_has_room_for_is_sent(run, tmp_path):
    with ModelServer() as server:
        run(server, limit=5)
        most = max(held(tmp_path))
        stopped = run(server, "--budget", most * 2.5, out="other", limit=5)
        assert stopped.code == 4
        sent = len(list(server.desk.batches.values())[-1].requests)
        assert 2 <= sent < 5
        told = [p for p in stopped.pieces if p["error"]]
        assert len(told) == 5 - sent
        assert {p["error"]["code"] for p in told} == {"budget"}
        assert stopped.of("why").count("the run was stopped") == len(told) - 1
        assert stopped.err.count("is reached") == 1
        assert sum(held(tmp_path, "other")) <= most * 2.5
        assert run(server, "--budget", 1, out="other", limit=5).code == 5


def held(folder, out="out"):
    with closing(sqlite3.connect(folder / out / ".marbre" / "ledger.sqlite3")) as connection:
        settled = "SELECT amount FROM sums WHERE name LIKE 'day %' AND amount"
        rows = connection.execute(f"SELECT amount FROM spending UNION ALL {settled}")
        return [a / 1e9 for (a,) in rows]


def test_what_a_batch_may_cost_is_held_until_it_is_collected(run, tmp_path):
    with ModelServer(batch_polls=None) as server:
        run(server)
        bounds = held(tmp_path)
        assert len(bounds) == 2
        server.desk.finish(status="expired", answer=1)
        (price,) = [p["cost"]["amount"] for p in run(server).pieces if p["calls"]["paid"]]
        after = held(tmp_path)
        assert price < bounds[0]
        assert min(after) == pytest.approx(price, abs=1e-8)
        assert len(after) == 1 + 2, "what nobody answered is free again, and two calls more are held"


def test_a_model_without_a_batch_api_is_refused_in_one_line(tmp_path):
    with ModelServer() as server:
        ran = quiet("batch", SEEDS, "--out", tmp_path, "--base-url", server.base_url, "--model", "mistral-small",
                     "--economy", "--no-grammar")  # fmt: skip
        assert not server.desk.files
    assert ran.code == 2
    assert "'mistral-small' has no Batch API" in ran.err.splitlines()[-1]


def test_without_a_model_there_is_nothing_to_save(tmp_path):
    ran = quiet("batch", SEEDS, "--out", tmp_path, "--economy")
    assert ran.code == 2
    assert "there is none to ask" in ran.err


def test_a_server_without_a_batch_api_is_told_and_nothing_is_left_open(run):
    with ModelServer() as server:
        server.desk.refuse_creates = 404, wire.error("Unknown address", "invalid_request_error")
        failed = run(server)
        assert failed.code == 4
        assert {p["error"]["code"] for p in failed.pieces} == {"no_batch_api"}
        server.desk.refuse_creates = None
        assert run(server).code == 5


def test_a_source_forgotten_while_it_waits_leaves_no_text_but_its_cost(run, tmp_path):
    with ModelServer(batch_polls=None) as server:
        run(server, limit=1)
        seed = min(SEEDS.glob("*.txt"))
        quiet("forget", seed, "--out", tmp_path / "out")
        server.desk.finish()
        run(server, limit=1)
    with closing(sqlite3.connect(tmp_path / "out" / ".marbre" / "ledger.sqlite3")) as connection:
        (first,) = connection.execute("SELECT request, answer, usable FROM calls").fetchall()
    assert first == ("{}", "", 0)
    told = quiet("cost", "--out", tmp_path / "out", "--format", "json").json
    assert told["totals"][0]["calls"] == 1
    assert told["totals"][0]["cost"]["amount"] > 0


def test_who_does_not_want_to_wait_asks_at_once_and_both_answers_are_in_the_sums(run, tmp_path):
    with ModelServer(batch_polls=None) as server:
        run(server, limit=1)
        assert run(server, limit=1, economy=False).of("status") == ["written"]
        server.desk.finish()
        assert run(server, limit=1).of("status") == ["unchanged"]
    told = quiet("cost", "--out", tmp_path / "out", "--format", "json").json
    assert told["totals"][0]["calls"] == 3


def test_no_file_is_left_at_the_server(run):
    with ModelServer() as server:
        for _ in range(3):
            run(server)
        assert server.desk.files == {}


def started(server, tmp_path):
    settings = tmp_path / "marbre.toml"
    settings.write_text(ROW)
    words = ["batch", SEEDS, "--out", tmp_path / "out", "--base-url", server.base_url, "--model", "scripted",
             "--settings", settings, "--now", NOW, "--limit", 2, "--economy"]  # fmt: skip
    return subprocess.Popen(
        command(*words),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(MARBRE_GRAMMAR="false"),
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_batch_that_a_killed_run_never_heard_of_is_found_again(run, tmp_path):
    with ModelServer() as server:
        server.desk.create_takes = 60
        running = started(server, tmp_path)
        wait_for(lambda: server.desk.batches)
        running.kill()
        running.communicate()
        server.desk.create_takes = 0
        second = run(server)
        assert second.calls["paid"] == 2
        assert len(server.desk.batches) == 2, "the plans and the texts"


def test_a_batch_that_was_made_though_nobody_was_told_is_found_at_once(run):
    with ModelServer() as server:
        server.desk.drop_creates = 1
        assert run(server).code == 5
        assert len(server.desk.batches) == 1
        assert run(server).calls["paid"] == 2


def test_two_commands_at_once_send_one_batch(tmp_path):
    # A batch that never ends: a command that starts late would else collect it, and send the next step.
    with ModelServer(batch_polls=None) as server:
        server.desk.create_takes = 1.0
        both = [started(server, tmp_path), started(server, tmp_path)]
        said = [p.communicate(timeout=100)[1] for p in both]
        assert [p.returncode for p in both] == [5, 5]
        assert len(server.desk.batches) == 1
    assert any("2 articles wait for batch batch_" in s for s in said)


def test_ctrl_c_ends_a_waiting_run_with_130(tmp_path):
    with ModelServer(batch_polls=None) as server:
        running = subprocess.Popen(
            command(
                "batch",
                SEEDS,
                "--out",
                tmp_path,
                "--base-url",
                server.base_url,
                "--limit",
                1,
                "--economy",
                "--wait",
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(MARBRE_GRAMMAR="false"),
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
        )
        wait_for(lambda: any(b.status == "in_progress" for b in server.desk.batches.values()))
        assert running.stderr
        waiting = next(line for line in running.stderr if "Waiting for batch" in line)
        running.send_signal(signal.SIGINT)
        out, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in said
    assert "the next look is in 15 s" in waiting
    assert "1 waiting" in out
    assert "1 article waits for batch batch_" in said
