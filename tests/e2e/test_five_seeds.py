"""The main job, whole: five sources in, five pieces out, by both writers."""

import re
import shutil

import pytest
import yaml

from tests.e2e.marbre import NOW, REFERENCES, SEEDS, bytes_of, marbre, program
from tests.model_server import ModelServer

UNREAD = {"MARBRE_GRAMMAR": "false"}


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """Five working drafts by a process of its own, and what it told."""
    out = tmp_path_factory.mktemp("drafted")
    return out, program("batch", SEEDS, "--out", out, "--now", NOW, **UNREAD)


def test_without_a_key_five_working_drafts_are_written_and_say_so(drafted):
    out, ran = drafted
    assert ran.code == 3
    assert "no OPENAI_API_KEY and no --base-url" in ran.err.splitlines()[0]
    assert "For finished pieces set OPENAI_API_KEY" in ran.out
    assert len(list(out.glob("*/article.md"))) == 5
    assert (out / "index.html").is_file()
    for piece in out.glob("*/article.md"):
        front = yaml.safe_load(piece.read_text().split("---\n")[1])
        assert front["verdict"] == "needs_work"
        assert front["stage"] == "working_draft"


def test_the_readme_shows_what_is_printed(drafted):
    """Its table is of a run that reads grammar, which warns once more of the third piece."""
    rows = re.compile(r"^needs work +(\d+) +(\d+) +(\d+) +(\d+)  (\S+)$", re.MULTILINE)
    printed = rows.findall(re.sub(" +$", "", drafted[1].out, flags=re.MULTILINE))
    shown = rows.findall((SEEDS.parent / "README.md").read_text())
    assert len(printed) == 5
    grammar = [0, 0, 1, 0, 0]
    assert [(*row[:2], int(row[2]), *row[3:]) for row in shown] == [
        (*row[:2], int(row[2]) + more, *row[3:]) for row, more in zip(printed, grammar, strict=True)
    ]


def test_a_rerun_rewrites_no_byte(drafted):
    out, _ = drafted
    before = bytes_of(out)
    times = {p: p.stat().st_mtime_ns for p in out.rglob("*.html")}
    ran = program("batch", SEEDS, "--out", out, "--format", "json", **UNREAD)
    assert [p["status"] for p in ran.json["pieces"]] == ["unchanged"] * 5
    assert bytes_of(out) == before
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*.html")} == times


def test_the_same_input_gives_the_same_bytes(drafted, tmp_path):
    program("batch", SEEDS, "--out", tmp_path, "--now", NOW, **UNREAD)
    assert bytes_of(tmp_path) == bytes_of(drafted[0])


def test_a_model_gives_five_ready_pieces_for_two_calls_each_and_a_rerun_is_free(tmp_path):
    with ModelServer() as server:
        words = ("batch", SEEDS, "--out", tmp_path, "--base-url", server.base_url, "--model", "scripted")
        ran = program(*words, "--format", "json")
        assert ran.code == 0, ran.err
        assert [p["verdict"] for p in ran.json["pieces"]] == ["ready_for_review"] * 5
        assert all(p["words"] >= 700 for p in ran.json["pieces"])
        assert [p["calls"]["paid"] for p in ran.json["pieces"]] == [2] * 5
        assert len(server.calls) == 10
        before = bytes_of(tmp_path)
        again = marbre(*words, "--format", "json")
        assert again.code == 0
        assert again.json["totals"]["calls"] == {"paid": 0, "remembered": 0}
        assert len(server.calls) == 10
        assert bytes_of(tmp_path) == before


def test_pieces_that_were_lost_are_made_again_from_memory(tmp_path):
    with ModelServer() as server:
        words = (
            "batch",
            SEEDS,
            "--out",
            tmp_path,
            "--base-url",
            server.base_url,
            "--model",
            "scripted",
            "--now",
            NOW,
        )
        marbre(*words)
        before = bytes_of(tmp_path)
        for folder in tmp_path.glob("[a-z]*/"):
            shutil.rmtree(folder)
        ran = marbre(*words, "--format", "json")
        assert ran.json["totals"]["calls"] == {"paid": 0, "remembered": 10}
        assert len(server.calls) == 10
        assert bytes_of(tmp_path) == before


def test_a_working_draft_gives_way_to_a_written_piece_and_not_the_other_way_round(tmp_path):
    marbre("batch", SEEDS, "--out", tmp_path, "--limit", 1)
    with ModelServer() as server:
        ran = marbre(
            "batch", SEEDS, "--out", tmp_path, "--limit", 1, "--base-url", server.base_url, "--format", "json"
        )
    (piece,) = ran.json["pieces"]
    assert (piece["status"], piece["verdict"]) == ("written", "ready_for_review")
    assert piece["why"].startswith("another writer")
    assert piece["folder"].endswith("aide-americaine-ukraine"), "the draft's makeshift name is given up"
    assert len(list(tmp_path.glob("*/article.md"))) == 1
    (back,) = marbre("batch", SEEDS, "--out", tmp_path, "--limit", 1, "--format", "json").json["pieces"]
    assert (back["status"], back["verdict"]) == ("unchanged", "ready_for_review")
    assert len(list(tmp_path.glob("*/history/1/article.md"))) == 1


def test_every_reference_piece_is_ready(tmp_path):
    for reference in sorted(REFERENCES.glob("*.md")):
        source = SEEDS / f"{reference.stem}.txt"
        ran = marbre("check", reference, "--source", source, "--related", SEEDS, "--format", "json")
        assert ran.code == 0, (reference.name, ran.json["findings"])
        assert ran.json["verdict"] == "ready_for_review"
        assert ran.json["words"] >= 700
