"""A model that lies, stalls and fails: what comes of it, over real HTTP."""

import json

import pytest

from tests.e2e.marbre import SEEDS, marbre
from tests.model_server import Fault, ModelServer

SEED = SEEDS / "002_44b7f2dba8646b0b.txt"


def rewrite(server, out, *more):
    return marbre(
        "rewrite",
        SEED,
        "--related",  # the scripted model tells background too
        SEEDS,
        "--out",
        out,
        "--base-url",
        server.base_url,
        "--model",
        "scripted",
        "--format",
        "json",
        *more,
    )


def only(ran):
    (piece,) = ran.json["pieces"]
    return piece


@pytest.mark.parametrize(
    "fault",
    [
        Fault("rate_limit", times=2),
        Fault("server_error", times=2),
        Fault("reset", times=1),
        Fault("chatter"),
        Fault("front_matter"),
        Fault("bad_json", variant="fence"),
        Fault("bad_json", variant="fields"),
        Fault("html"),
        Fault("cut", times=1),
        Fault("empty", times=1),
        Fault("skipped_level"),
        Fault("self_talk", variant="end"),
        Fault("self_talk", stage="write"),
        Fault("labels"),
        Fault("rich_markdown"),
        Fault("doubled_slot"),
        Fault("prompt_leak", stage="write"),
        Fault("address", stage="write"),
        Fault("english", stage="write"),
        Fault("refusal", stage="write", variant="text", times=1),
        Fault("bad_json", variant="broken", times=1),
    ],
    ids=lambda f: f"{f.kind}-{f.variant or 'plain'}",
)
def test_what_can_heal_or_be_mended_ends_ready(tmp_path, fault):
    with ModelServer([fault]) as server:
        ran = rewrite(server, tmp_path)
    piece = only(ran)
    assert piece["verdict"] == "ready_for_review", (ran.err, piece, _findings(tmp_path))
    assert ran.code == 0
    text = next(tmp_path.glob("*/article.md")).read_text()
    assert "<script" not in text
    assert "](" not in text
    assert "```" not in text


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("short"), "LEN001"),
        (Fault("no_headings", stage="write"), "HEA001"),
        (Fault("missing_slot", stage="write"), "FID001"),
        (Fault("english_paragraph", stage="write"), "LNG001"),
        (Fault("prompt_leak"), "SAF003"),
        (Fault("address"), "SAF004"),
        (Fault("self_talk"), "SAF006"),
    ],
    ids=lambda v: getattr(v, "kind", v),
)
def test_what_fails_goes_back_by_section_and_the_verdict_stays_true(tmp_path, fault, code):
    with ModelServer([fault]) as server:
        ran = rewrite(server, tmp_path)
    piece, report = only(ran), _report(tmp_path)
    codes = {f["code"] for f in report["findings"] if f["severity"] == "block"}
    assert any(code in r["codes"] for r in report["repairs"])
    assert piece["calls"]["paid"] <= 6
    assert piece["verdict"] == ("needs_work" if codes else "ready_for_review")
    assert ran.code == (3 if codes else 0)


@pytest.mark.parametrize("kind", ["restarted_rest", "announced_rest", "repeated_rest", "trimmed_rest"])
def test_a_continuation_that_begins_badly_still_joins(tmp_path, kind):
    with ModelServer([Fault("cut", times=1), Fault(kind)]) as server:
        ran = rewrite(server, tmp_path)
    assert only(ran)["verdict"] == "ready_for_review", _findings(tmp_path)
    text = next(tmp_path.glob("*/article.md")).read_text()
    assert text.count("\n# ") == 1
    assert "Voici la suite" not in text


def test_a_text_that_the_model_refuses_twice_fails_with_its_own_words(tmp_path):
    with ModelServer([Fault("refusal", variant="text")]) as server:
        ran = rewrite(server, tmp_path)
    assert only(ran)["error"]["code"] == "no_answer"
    assert "je ne peux pas vous aider" in only(ran)["error"]["message"]


def test_a_repair_that_makes_things_worse_is_dropped(tmp_path):
    with ModelServer([Fault("english_paragraph", stage="write"), Fault("english", stage="repair")]) as server:
        rewrite(server, tmp_path)
    report = _report(tmp_path)
    assert report["repairs"]
    assert not any(r["kept"] for r in report["repairs"])
    assert report["verdict"] == "needs_work"


def test_an_answer_cut_off_in_silence_is_found(tmp_path):
    with ModelServer([Fault("cut_silent", stage="write")]) as server:
        ran = rewrite(server, tmp_path)
    codes = {c for r in _report(tmp_path)["repairs"] for c in r["codes"]}
    codes |= {f["code"] for f in _report(tmp_path)["findings"]}
    assert codes & {"LEN001", "LEN003"}
    assert only(ran)["words"] < 5000


def test_a_plan_that_never_comes_is_made_by_code(tmp_path):
    with ModelServer([Fault("bad_json", variant="prose")]) as server:
        ran = rewrite(server, tmp_path)
    assert only(ran)["calls"]["paid"] == 3
    assert only(ran)["verdict"] == "ready_for_review"


@pytest.mark.parametrize("kind", ["unauthorized", "quota", "unknown_model", "bad_parameter"])
def test_what_never_heals_stops_the_run_with_one_line(tmp_path, kind):
    with ModelServer([Fault(kind)]) as server:
        ran = marbre(
            "batch", SEEDS, "--out", tmp_path, "--base-url", server.base_url, "--model", "gpt-5-x", "--concurrency", 1,
            "--format", "json", MARBRE_RETRIES="0",
        )  # fmt: skip
        assert len(server.calls) == 1
    assert ran.code == 4
    assert [p["status"] for p in ran.json["pieces"]] == ["failed"] * 5
    assert "Traceback" not in ran.err


def test_a_server_that_is_not_there_fails_the_article_and_says_where(tmp_path):
    ran = marbre(
        "rewrite", SEED, "--out", tmp_path, "--base-url", "http://127.0.0.1:9/v1", "--format", "json",
        MARBRE_RETRIES="0",
    )  # fmt: skip
    assert ran.code == 4
    assert only(ran)["error"]["code"] == "unreachable"
    assert "127.0.0.1:9" in only(ran)["error"]["message"]
    assert not list(tmp_path.glob("*/article.md"))


def test_a_silent_server_is_given_up_after_the_timeout(tmp_path):
    with ModelServer([Fault("timeout", seconds=30)]) as server:
        ran = marbre(
            "rewrite", SEED, "--out", tmp_path, "--base-url", server.base_url, "--format", "json",
            MARBRE_RETRIES="0", MARBRE_TIMEOUT="0.5",
        )  # fmt: skip
    assert only(ran)["error"]["code"] == "timeout"


def test_one_bad_article_leaves_the_others_unharmed(tmp_path):
    with ModelServer([Fault("refusal", seed="002")]) as server:
        ran = marbre(
            "batch",
            SEEDS,
            "--out",
            tmp_path,
            "--base-url",
            server.base_url,
            "--model",
            "scripted",
            "--format",
            "json",
        )
    assert ran.code == 4
    verdicts = [p["verdict"] for p in ran.json["pieces"]]
    assert verdicts.count("ready_for_review") == 4
    failed = next(p for p in ran.json["pieces"] if p["status"] == "failed")
    assert failed["source"].endswith("002_44b7f2dba8646b0b.txt")
    assert failed["error"]["code"] == "no_answer"
    assert not list(tmp_path.glob("*/.*"))


def _report(out):
    return json.loads(next(out.glob("*/report.json")).read_text())


def _findings(out):
    return (
        [(f["code"], f["message"]) for f in _report(out)["findings"]]
        if list(out.glob("*/report.json"))
        else None
    )
