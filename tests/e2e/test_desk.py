"""What lies beside a piece: an editor's acknowledgements, and the archive."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.e2e.marbre import NOW, REFERENCES, SEEDS, batch, bytes_of, marbre
from tests.model_server import ModelServer

SEED = SEEDS / "000_7fd1b95d1a6cabb8.txt"
REFERENCE = REFERENCES / SEED.with_suffix(".md").name
ENGLISH = "They say that the allies support the country and that the help of the army must go on and on."
BY = ("--by", "Anne Petit", "--why", "Slogan de la campagne.", "--now", NOW)


@pytest.fixture
def piece(tmp_path):
    text = REFERENCE.read_text(encoding="utf-8")
    head, rest = text.split("\n## ", 1)
    path = tmp_path / "piece" / "article.md"
    path.parent.mkdir()
    path.write_text(f"{head}\n{ENGLISH}\n\n## {rest}", encoding="utf-8")
    return path


def check(piece, *more):
    return marbre("check", piece, "--source", SEED, "--format", "json", *more)


def test_an_editor_lets_a_finding_stand_and_the_piece_is_ready(piece):
    assert check(piece).code == 3
    ran = marbre("acknowledge", piece, "LNG001", "--source", SEED, *BY)
    assert ran.code == 0, ran.err
    assert "acknowledged.yaml" in ran.out
    ready = check(piece)
    assert (ready.code, ready.json["verdict"]) == (0, "ready_for_review")
    (finding,) = [f for f in ready.json["findings"] if f["code"] == "LNG001"]
    assert finding["severity"] == "block"
    assert finding["acknowledged"] == {"by": "Anne Petit", "when": NOW, "why": "Slogan de la campagne."}
    assert check(piece).out == ready.out
    piece.write_text(piece.read_text().replace("the army", "the navy"))
    changed = check(piece)
    assert changed.code == 3
    assert [f["severity"] for f in changed.json["findings"] if f["code"] == "ACK001"] == ["info"]


def test_another_file_of_acknowledgements_can_be_named(piece, tmp_path):
    other = tmp_path / "relecture.yaml"
    assert marbre("acknowledge", piece, "LNG001", "--source", SEED, "--ack", other, *BY).code == 0
    assert list(piece.parent.iterdir()) == [piece]
    assert check(piece, "--ack", other).code == 0
    assert check(piece).code == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("LNG002",), "There is no open finding LNG002"),
        (("LNG001@2",), "It stands at LNG001@"),
        (("LEN001",), "cannot be acknowledged"),
        (("LNG001", "--why", " "), "must be told"),
    ],
)
def test_an_acknowledgement_that_cannot_be_is_one_line(piece, words, said):
    ran = marbre("acknowledge", piece, words[0], "--source", SEED, *BY, *words[1:])
    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert list(piece.parent.iterdir()) == [piece]


def test_a_broken_file_is_told_and_the_check_goes_on(piece):
    (piece.parent / "acknowledged.yaml").write_text("- code: [")
    ran = check(piece)
    assert (ran.code, ran.err) == (3, "")
    assert any(f["code"] == "ACK002" and "not valid YAML" in f["message"] for f in ran.json["findings"])
    assert marbre("check", piece, "--ack", piece.parent / "none.yaml").code == 2


def test_a_piece_written_again_keeps_what_its_editor_acknowledged(tmp_path):
    out, words = tmp_path / "out", ("--writer", "offline", "--now", NOW)
    marbre("rewrite", SEED, "--out", out, *words)
    (article,) = out.glob("*/article.md")
    finding = next(
        f
        for f in marbre("check", article, "--source", SEED, "--format", "json").json["findings"]
        if f["code"] == "ORI001"
    )
    which = f"ORI001@{finding['sentence']}"
    assert marbre("acknowledge", article, which, "--source", SEED, *BY).code == 0
    told = (article.parent / "acknowledged.yaml").read_bytes()
    again = marbre("rewrite", SEED, "--out", out, "--words", "710", "--format", "json", *words)
    assert again.json["pieces"][0]["status"] == "written"
    assert (article.parent / "acknowledged.yaml").read_bytes() == told
    report = json.loads((article.parent / "report.json").read_text())
    lifted = [f for f in report["findings"] if f["acknowledged"]]
    assert lifted
    assert {(f["sentence"], f["acknowledged"]["by"]) for f in lifted} == {(finding["sentence"], "Anne Petit")}
    blocks = [f for f in report["findings"] if f["severity"] == "block"]
    assert again.json["pieces"][0]["findings"]["block"] == len(blocks) - len(lifted)


def test_pieces_of_the_same_run_are_in_the_archive(tmp_path):
    with ModelServer() as server:
        ran = batch(tmp_path, server, "--archive", tmp_path, "--concurrency", "1")
    assert ran.code == 0, ran.err
    folders = [tmp_path / p["folder"] for p in ran.json["pieces"]]
    reports = [json.loads((f / "report.json").read_text()) for f in folders]
    assert [r["metrics"]["archive_pieces"] for r in reports] == [0, 1, 2, 3, 4]
    told = [f for r in reports for f in r["findings"] if f["code"] == "ORI005"]
    assert {f["severity"] for f in told} == {"warn"}  # five pieces on one subject say a few things alike


def test_a_copy_of_an_archived_piece_blocks_and_the_folder_stays_as_it_was(tmp_path):
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "deja-paru.md").write_text(re.sub(r"(?m)^slug: .*", "slug: deja-paru", REFERENCE.read_text()))
    before = bytes_of(tmp_path)
    ran = check(REFERENCE, "--archive", archive, "--settings", _settings(tmp_path))
    found = [f for f in ran.json["findings"] if f["code"] == "ORI005"]
    assert ran.code == 3
    assert found
    assert all(f["evidence"][0]["source"] == "archive" for f in found)
    assert {k: v for k, v in bytes_of(tmp_path).items() if k != "marbre.toml"} == before
    assert marbre("check", REFERENCE, "--archive", tmp_path / "none").code == 2


def _settings(folder):
    file = folder / "marbre.toml"
    file.write_text(f'out = "{folder / "none"}"\n')
    return file


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A batch of the scripted model, its pieces with background of one another."""
    out = tmp_path_factory.mktemp("written")
    with ModelServer() as server:
        ran = batch(out, server, "--no-grammar", "--words", "720")
    assert ran.code == 3, ran.err
    return {Path(p["source"]).name: Path(p["folder"]) for p in ran.json["pieces"]}


def test_check_finds_what_the_batch_found_with_the_sources_it_had_and_the_words_it_was_asked(written):
    for name, folder in written.items():
        report = json.loads((folder / "report.json").read_text())
        ran = marbre(
            *("check", folder / "article.md", "--source", SEEDS / name, "--no-grammar", "--format", "json")
        )
        assert ran.err == ""
        assert {k: ran.json[k] for k in ("findings", "metrics", "words", "verdict")} == {
            k: report[k] for k in ("findings", "metrics", "words", "verdict")
        }


def test_sources_that_are_no_longer_there_are_told_in_one_line(written, tmp_path):
    name = "000_7fd1b95d1a6cabb8.txt"
    shutil.copy(SEEDS / name, tmp_path)
    ran = marbre("check", written[name] / "article.md", "--source", tmp_path / name, "--no-grammar")
    (line,) = ran.err.splitlines()
    assert line.startswith("Not beside the source given: ")
    assert "001_7107e614131a75cb.txt" in line


def test_an_editor_acknowledges_a_finding_of_the_report_without_any_option(written, tmp_path):
    folder = shutil.copytree(next(iter(written.values())), tmp_path / "piece")
    report = json.loads((folder / "report.json").read_text())
    finding = next(f for f in report["findings"] if f["code"] == "FID012")
    article, which = folder / "article.md", f"FID012@{finding['sentence']}"
    ran = marbre("acknowledge", article, which, *BY)
    assert (ran.code, ran.err) == (0, "")
    assert finding["sentence"] in (folder / "acknowledged.yaml").read_text()
    again = marbre("acknowledge", article, which, *BY)
    assert again.code == 2
    assert "There is no open finding" in again.err


def test_a_report_older_than_its_piece_is_told_and_changed_words_are_left_out(written, tmp_path):
    folder = shutil.copytree(next(iter(written.values())), tmp_path / "piece")
    report = json.loads((folder / "report.json").read_text())
    words = next(f["where"]["text"] for f in report["findings"] if f["code"] == "FID012")
    article = folder / "article.md"
    text = article.read_text()
    article.write_text(text + "\n")
    os.utime(folder / "report.json", (1, 1))
    ran = marbre("acknowledge", article, "FID012", *BY)
    assert ran.code == 0
    assert "report.json is older than article.md" in ran.err
    (folder / "acknowledged.yaml").unlink()
    article.write_text(text.replace(words, "Autre chose."))
    assert marbre("acknowledge", article, "FID012", *BY).code == 2
