"""`marbre batch --dry-run`: what would be done with each source, and an estimate that encloses what is spent afterwards."""

import json
import sys

import pytest
from click.testing import CliRunner

from pipeline import crew
from pipeline.cli import cli
from tests.e2e.marbre import NOW, SEEDS
from tests.model_server import Fault, ModelServer
from tests.reprints import LEDES, figures_changed, paragraphs, reprinted

PRICED = """
[models.scripted.price]
currency = "EUR"
input = 0.5
cached = 0.05
output = 2.0
date = 2026-01-01
source = "a contract"
"""
SEED = "001_7107e614131a75cb"


def told(*words, codes=(0, 3)):
    ran = CliRunner().invoke(cli, [*map(str, words), "--now", NOW, "--no-grammar", "--format", "json"])
    assert ran.exit_code in codes, ran.output
    return json.loads(ran.stdout)


@pytest.fixture(autouse=True)
def in_one_thread(monkeypatch):
    """Starting processes takes longer than what they do here."""
    monkeypatch.setattr(crew, "_FEW", sys.maxsize)


@pytest.fixture
def priced(tmp_path):
    path = tmp_path / "marbre.toml"
    path.write_text(PRICED)
    return path


def command(server, tmp_path, priced, *more):
    asked = ("batch", SEEDS, "--out", tmp_path / "out", "--base-url", server.base_url, "--model", "scripted")
    return (*asked, "--settings", priced, *more)


def encloses(found, value):
    return found["low"] <= value <= found["high"]


def test_the_estimate_encloses_what_is_spent_before_and_after_there_is_a_history(tmp_path, priced):
    with ModelServer(latency=0.2) as server:
        asked = command(server, tmp_path, priced)
        for words, by in (("700", "assumed"), ("690", "calls of this model in the ledger")):
            planned = told(*asked, "--words", words, "--dry-run", codes=(0,))
            assert planned["articles"]["to_write"] == 5
            assert len(server.calls) == (0 if words == "700" else len(server.answered()))
            estimate, totals = planned["estimate"], told(*asked, "--words", words)["totals"]
            assert by in estimate["by"][0]
            assert encloses(estimate["calls"], totals["calls"]["paid"])
            assert encloses(estimate["tokens"]["input"], totals["tokens"]["input"])
            assert encloses(estimate["tokens"]["output"], totals["tokens"]["output"])
            assert estimate["cost"]["currency"] == totals["cost"]["currency"] == "EUR"
            assert encloses(estimate["cost"], totals["cost"]["amount"])
            assert totals["seconds"] < estimate["seconds"]["high"]
        finished = told(*asked, "--words", "690", "--dry-run", codes=(0,))
        assert finished["articles"] == {
            "to_write": 0, "finished": 5, "duplicates": 0, "near_duplicates": 0, "unusable": 0,
        }  # fmt: skip
        assert finished["estimate"]["calls"] == {"low": 0, "high": 0}
        assert finished["estimate"]["cost"] == {"low": 0, "high": 0, "currency": "EUR"}


def test_answers_that_a_broken_run_left_are_not_counted_again(tmp_path, priced):
    with ModelServer([Fault("unauthorized", stage="write")]) as server:
        asked = command(server, tmp_path, priced, "--limit", "1")
        told(*asked, codes=(4,))
        assert [c.kind for c in server.answered()] == ["plan"]
        assert told(*asked, "--dry-run", codes=(0,))["estimate"]["calls"]["low"] == 1


def test_each_source_has_a_line_and_a_kind_and_nothing_is_written(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (updated, *_) = figures_changed(paragraphs(SEED))
    texts = {
        "a.txt": paragraphs(SEED), "b.txt": paragraphs(SEED), "c.txt": reprinted(paragraphs(SEED), LEDES[SEED]),
        "d.txt": updated, "e.txt": ["Trop court."],
    }  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text("\n\n".join(text))
    (folder / "f.pdf").write_text("x")
    planned = told("batch", folder, "--out", tmp_path / "out", "--writer", "offline", "--dry-run")
    assert [p["status"] for p in planned["sources"]] == [
        "write",
        "skip",
        "near_duplicate",
        "write",
        "fail",
        "skip",
    ]
    assert planned["sources"][2]["resembles"] == planned["sources"][3]["resembles"] == str(folder / "a.txt")
    assert planned["estimate"] is None
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words", [("--related", "none"), ("--archive", "none"), ("--wait",), ("--economy", "--writer", "offline")]
)
def test_what_the_run_would_refuse_it_refuses(tmp_path, words):
    """It promised to write what the run then refused at once."""
    for more in ((), ("--dry-run",)):
        ran = CliRunner().invoke(
            cli, ["batch", str(SEEDS), "--limit", "1", "--out", str(tmp_path / "out"), *words, *more]
        )
        assert ran.exit_code == 2, more
        assert ran.stderr.splitlines()[-1].startswith("marbre: ")


def test_a_person_reads_a_table_and_what_it_goes_by(tmp_path, priced):
    words = (
        "batch",
        SEEDS,
        "--out",
        tmp_path / "out",
        "--base-url",
        "http://127.0.0.1:9/v1",
        "--model",
        "scripted",
    )
    ran = CliRunner().invoke(
        cli, [*map(str, words), "--settings", str(priced), "--dry-run", "--budget", "0.001"]
    )
    assert ran.exit_code == 0
    assert ran.stdout.count(": would be written\n") == 5
    for line in (
        "5 to write",
        "calls ",
        "input tokens ",
        "cost in EUR",
        "time ",
        "are assumed",
        "may end it before",
    ):
        assert line in ran.stdout


def test_a_dry_run_says_who_would_write_and_what_to_do_about_a_source_that_cannot_be_used(tmp_path):
    (tmp_path / "a.txt").write_text("Trop court.")
    ran = CliRunner().invoke(
        cli, ["batch", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--dry-run"]
    )
    assert "would fail: There is too little text" in ran.stdout
    assert "Give the whole article." in ran.stdout
    assert ran.stderr.startswith("Writer: offline")


def test_one_article_is_foretold_as_a_batch_of_one_is(tmp_path, priced):
    source = SEEDS / f"{SEED}.txt"
    with ModelServer() as server:
        of_batch = command(server, tmp_path, priced, "--dry-run")
        of_one = ("rewrite", source, *of_batch[2:])
        planned = told(*of_one, codes=(0,))
        assert [s["would"] for s in planned["sources"]] == ["be written"]
        assert planned == told("batch", source, *of_batch[2:], codes=(0,))
        assert not server.calls
        assert not (tmp_path / "out").exists()
        told(*of_one[:-1])
        assert told(*of_one, codes=(0,))["articles"]["to_write"] == 0
