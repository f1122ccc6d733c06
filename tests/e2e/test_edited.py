"""What an editor changes in a piece is theirs: told, checked as it stands, and never replaced in silence."""

import json

import pytest

from tests.e2e.marbre import NOW, SEEDS, marbre
from tests.model_server import Fault, ModelServer

SEED = SEEDS / "000_7fd1b95d1a6cabb8.txt"
ENGLISH = "They say that the allies support the country and that the help of the army must go on and on."


@pytest.fixture
def run(tmp_path):
    with ModelServer() as server:

        def _run(*more, code=None):
            ran = marbre(
                "rewrite", SEED, "--out", tmp_path / "out", "--base-url", server.base_url, "--model", "scripted",
                "--format", "json", "--now", NOW, "--related", SEEDS, *more,
            )  # fmt: skip
            assert code is None or ran.code == code, ran.err
            return ran.json["pieces"][0]

        yield _run


def article_of(tmp_path):
    (path,) = (tmp_path / "out").glob("*/article.md")
    return path


def test_an_edited_piece_is_checked_as_it_stands(run, tmp_path):
    assert run(code=0)["verdict"] == "ready_for_review"
    article = article_of(tmp_path)
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("\n## ", f"\n{ENGLISH}\n\n## ", 1), encoding="utf-8")
    told = run(code=3)
    assert (told["status"], told["verdict"]) == ("unchanged", "needs_work")
    assert told["findings"]["block"] >= 1
    assert told["why"].startswith("edited by hand since it was written")
    assert told["calls"] == {"paid": 0, "remembered": 0}
    assert "needs_work" in (tmp_path / "out/index.html").read_text()
    article.write_text(text, encoding="utf-8")
    assert run(code=0)["why"] == "nothing changed"


def test_an_edited_piece_is_not_replaced_unless_asked(run, tmp_path):
    run(code=0)
    article = article_of(tmp_path)
    text = article.read_text(encoding="utf-8").replace("\n## ", "\nUn mot de la rédaction.\n\n## ", 1)
    article.write_text(text, encoding="utf-8")
    told = run("--words", "710")
    assert told["status"] == "unchanged"
    assert "--overwrite-edited" in told["why"]
    assert told["calls"]["paid"] == 0
    assert article.read_text(encoding="utf-8") == text
    assert not list(article.parent.glob("history/*"))
    again = run("--words", "710", "--overwrite-edited")
    assert again["status"] == "written"
    assert (article.parent / "history/1/article.md").read_text(encoding="utf-8") == text


def test_a_piece_that_cannot_be_read_any_more_fails_alone(run, tmp_path):
    run(code=0)
    article_of(tmp_path).write_bytes(b"\xff\xfe caf\xe9")
    told = run(code=4)
    assert told["error"]["code"] == "unreadable"


def test_the_table_says_so_to_a_person(tmp_path):
    words = ("rewrite", SEED, "--out", tmp_path / "out", "--no-grammar")
    assert "Grammar was not checked" in marbre(*words).out
    article = article_of(tmp_path)
    article.write_text(article.read_text(encoding="utf-8") + "\nUn mot.\n", encoding="utf-8")
    assert "edited by hand" in marbre(*words).out


def report_of(article):
    return json.loads((article.parent / "report.json").read_text(encoding="utf-8"))


def counts(finding):
    return finding["severity"] == "block" and finding["acknowledged"] is None


def counts_fewer(article, before):
    return sum(map(counts, report_of(article)["findings"])) < len(before)


def acknowledged(tmp_path, *more, which="LNG001"):
    return marbre(
        "acknowledge", article_of(tmp_path), which, "--by", "Anne Petit", "--why", "Slogan.", "--now", NOW, *more
    )  # fmt: skip


@pytest.mark.parametrize("source_given", [False, True])
def test_an_editors_word_is_in_every_file_at_once(tmp_path, source_given):
    with ModelServer([Fault("english_paragraph", stage="write")]) as server:
        words = ("rewrite", SEED, "--out", tmp_path / "out", "--base-url", server.base_url, "--model", "scripted",
                 "--format", "json", "--now", NOW, "--related", SEEDS)  # fmt: skip
        first = marbre(*words, MARBRE_CALLS_PER_ARTICLE="2")
        (piece,) = first.json["pieces"]
        assert piece["verdict"] == "needs_work"
        article = article_of(tmp_path)
        while blocking := [f for f in report_of(article)["findings"] if counts(f)]:
            which = f"{blocking[0]['code']}@{blocking[0]['sentence']}"
            ran = acknowledged(tmp_path, *(("--source", SEED) if source_given else ()), which=which)
            assert ran.code == 0, ran.err
            assert counts_fewer(article, blocking), ran.err
        report = report_of(article)
        assert report["verdict"] == "ready_for_review"
        assert "Anne Petit" in (article.parent / "report.html").read_text(encoding="utf-8")
        assert "verdict: ready_for_review" in article.read_text(encoding="utf-8")
        assert "Texte à reprendre" not in (article.parent / "article.html").read_text(encoding="utf-8")
        assert not (article.parent / "history").exists()
        checked = marbre("check", article, "--source", SEED, "--format", "json").json
        assert {k: report[k] for k in checked if k != "schema"} == {
            k: v for k, v in checked.items() if k != "schema"
        }
        (again,) = marbre(*words).json["pieces"]
        assert (again["status"], again["verdict"], again["why"]) == (
            "unchanged", "ready_for_review", "nothing changed",
        )  # fmt: skip


def test_an_editors_word_about_an_edited_piece_says_what_it_leaves(run, tmp_path):
    run(code=0)
    article = article_of(tmp_path)
    text = article.read_text(encoding="utf-8").replace("\n## ", f"\n{ENGLISH}\n\n## ", 1)
    article.write_text(text, encoding="utf-8")
    before = (article.parent / "report.json").read_bytes()
    ran = acknowledged(tmp_path, "--source", SEED)
    assert ran.code == 0, ran.err
    assert "report.json is of the text before it was edited" in ran.err
    assert (article.parent / "report.json").read_bytes() == before
    assert article.read_text(encoding="utf-8") == text
    assert run(code=0)["verdict"] == "ready_for_review"
