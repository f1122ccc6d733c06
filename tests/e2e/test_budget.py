"""`--budget`: the run ends with what is finished, says what was spent and how to go on."""

import pytest

from pipeline import batch
from pipeline.budget import Tariff
from tests.e2e.marbre import SEEDS, marbre, program
from tests.model_server import Fault, ModelServer

CENT = Tariff(lambda _: 0.01, lambda _request, _usage: 0.01)
"""Every call costs a cent."""


@pytest.fixture(autouse=True)
def _priced(monkeypatch):
    monkeypatch.setattr(batch, "tariff_of", lambda *_: CENT)


def run(server, out, *more, **env):
    words = (
        "batch",
        SEEDS,
        "--out",
        out,
        "--base-url",
        server.base_url,
        "--model",
        "scripted",
        "--no-grammar",
    )
    return marbre(*words, *more, MARBRE_GRAMMAR="false", **env)


def test_the_run_ends_with_what_is_finished_and_another_goes_on_from_there(tmp_path):
    with ModelServer() as server:
        first = run(server, tmp_path, "--budget", "0.05", "--concurrency", "1", "--format", "json")
        assert first.code == 4
        pieces = first.json["pieces"]
        assert [p["status"] for p in pieces] == ["written", "written", "failed", "failed", "failed"]
        assert [p["error"]["code"] for p in pieces[2:]] == ["budget"] * 3
        assert "0.0500 USD spent" in pieces[2]["error"]["message"]
        assert "--budget" in pieces[2]["error"]["remedy"]
        assert [p["why"] for p in pieces[3:]] == ["the run was stopped"] * 2
        assert len(server.calls) == 5
        again = run(server, tmp_path, "--budget", "0.05", "--format", "json")
        assert again.code == 3, "without grammar no piece is ready"
        assert len(server.calls) == 10


def test_one_line_says_it_to_a_person_however_many_articles_are_under_way(tmp_path):
    with ModelServer(latency=0.1) as server:
        ran = run(server, tmp_path, "--budget", "0.07", "--concurrency", "5")
        assert ran.code == 4
        assert len(server.calls) == 7
    assert ran.out.count("is reached") == 1
    assert "not tried or not finished: the run was stopped" in ran.out
    assert ran.err.count("is reached") == 1


def test_a_budget_that_ends_during_repair_keeps_the_piece_and_is_told(tmp_path):
    with ModelServer([Fault("english_paragraph", stage="write")]) as server:
        ran = run(server, tmp_path, "--budget", "0.02", "--limit", "1", "--format", "json")
        assert len(server.calls) == 2
    (piece,) = ran.json["pieces"]
    assert (piece["status"], piece["verdict"]) == ("written", "needs_work")
    assert ran.code == 4
    assert ran.err.count("is reached") == 1


def test_a_day_s_budget_counts_the_runs_before(tmp_path):
    with ModelServer() as server:
        assert run(server, tmp_path, "--limit", "2").code == 3
        ran = run(server, tmp_path, "--format", "json", MARBRE_BUDGET_DAY="0.04")
        assert ran.code == 4
        assert len(server.calls) == 4
    pieces = ran.json["pieces"]
    assert {p["error"]["code"] for p in pieces if p["error"]} == {"budget_day"}


def test_a_budget_for_a_model_of_unknown_price_is_refused_before_any_call(tmp_path):
    with ModelServer() as server:
        ran = program(
            "batch", SEEDS, "--out", tmp_path, "--base-url", server.base_url, "--model", "nobody-knows-it",
            "--budget", 1, MARBRE_GRAMMAR="false",
        )  # fmt: skip
        assert not server.calls
    assert ran.code == 2
    assert "price of 'nobody-knows-it' is not known" in ran.err.splitlines()[-1]


def test_a_budget_too_small_for_one_call_says_what_one_may_cost(tmp_path):
    with ModelServer() as server:
        ran = run(server, tmp_path, "--budget", "0.0001")
        assert not server.calls
    assert ran.code == 4
    assert "The budget of 0.0001 USD is too small for one call, which may cost up to 0.0100 USD" in ran.out
    assert "5 not tried;" in ran.out
    assert "failed" not in ran.out


def test_a_budget_of_nothing_is_a_usage_error(tmp_path):
    ran = marbre("batch", SEEDS, "--out", tmp_path, "--budget", 0, MARBRE_GRAMMAR="false")
    assert ran.code == 2
