"""An English source becomes a French piece, by the real program and a scripted model that translates."""

import json
import re

import pytest

from tests.e2e.marbre import NOW, ROOT, marbre
from tests.model_server import ModelServer
from tests.model_server.answers import Answer

ROOM = ROOT / "tests" / "translated"
SOURCE = ROOM / "sources" / "harbour.txt"
ASKED = ("--words", "400", "--now", NOW, "--model", "scripted", "--format", "json")


def written(out, twist=None, *more):
    with ModelServer(references=ROOM / "pieces", seeds=ROOM / "sources", twist=twist) as server:
        ran = marbre(
            "rewrite", SOURCE, "--out", out, *ASKED, *more, "--base-url", server.base_url, OPENAI_API_KEY="x"
        )
        sent = [c.kind for c in server.calls]
    return ran, sent


@pytest.fixture(scope="module")
def piece(tmp_path_factory):
    out = tmp_path_factory.mktemp("translated")
    ran, _ = written(out)
    (article,) = out.glob("*/article.md")
    return ran, article


def test_the_piece_is_ready_with_a_warning_for_each_quotation(piece):
    ran, article = piece
    assert ran.code == 0, ran.err
    (told,) = ran.json["pieces"]
    assert told["verdict"] == "ready_for_review"
    report = json.loads((article.parent / "report.json").read_text(encoding="utf-8"))
    warned = [f["code"] for f in report["findings"] if f["severity"] == "warn" and f["family"] == "FID"]
    assert warned.count("FID016") == 7
    assert warned.count("FID017") == 1


def test_each_translation_stands_with_its_original_in_the_report(piece):
    _, article = piece
    text = article.read_text(encoding="utf-8")
    report = json.loads((article.parent / "report.json").read_text(encoding="utf-8"))
    assert [t["original"]["quotation"] for t in report["translations"]] == [f"Q{n}" for n in range(1, 8)]
    for told in report["translations"]:
        assert text[told["start"] : told["end"]] == told["text"]
        assert told["paired"] == "slot"
        assert told["original"]["language"] == "en"
    page = (article.parent / "report.html").read_text(encoding="utf-8")
    assert "Translated quotations" in page
    assert "You are saving the wall and sinking the port," in page


def test_the_credit_says_once_that_the_piece_is_translated(piece):
    _, article = piece
    text = article.read_text(encoding="utf-8")
    assert text.count("(traduit de l’anglais)") == 1
    assert "{Q" not in text.partition("---\n\n")[2]
    assert "We cannot ask people" not in text


def test_a_person_s_word_settles_a_translation_and_no_other(piece, tmp_path):
    _, article = piece
    copy = tmp_path / "article.md"
    copy.write_bytes(article.read_bytes())
    words = ("--source", SOURCE, "--no-grammar")
    before = marbre("check", copy, *words, "--format", "json").json["findings"]
    first = next(f for f in before if f["code"] == "FID016")
    told = marbre(
        "acknowledge",
        copy,
        f"FID016@{first['sentence']}",
        *words[:2],
        "--by",
        "Anne Petit",
        "--why",
        "Comparée.",
    )
    assert told.code == 0, told.err
    after = [
        f for f in marbre("check", copy, *words, "--format", "json").json["findings"] if f["code"] == "FID016"
    ]
    assert [f["acknowledged"] is not None for f in after].count(True) == 1
    assert len(after) == 7
    changed = copy.read_text(encoding="utf-8").replace(
        "derrière des sacs de sable", "derrière des murs de sable"
    )
    copy.write_text(changed, encoding="utf-8")
    again = [
        f for f in marbre("check", copy, *words, "--format", "json").json["findings"] if f["code"] == "FID016"
    ]
    assert not any(f["acknowledged"] for f in again)


def test_a_changed_figure_blocks(tmp_path):
    def twist(answer, prompt, _):
        return Answer(answer.text.replace("14,6", "16,4").replace("212", "221"), answer.finish)

    ran, _ = written(tmp_path, twist, "--no-grammar")
    assert ran.code == 3
    assert ran.json["pieces"][0]["findings"]["block"] > 0
    report = json.loads(next(tmp_path.glob("*/report.json")).read_text(encoding="utf-8"))
    assert {"FID004"} <= {f["code"] for f in report["findings"] if f["severity"] == "block"}


def test_an_invented_quotation_is_no_translation(tmp_path):
    def twist(answer, prompt, _):
        more = "lancé. « Nous irons tous devant les juges », a ajouté Denis Morel."
        return Answer(answer.text.replace("lancé.", more), answer.finish)

    written(tmp_path, twist, "--no-grammar")
    report = json.loads(next(tmp_path.glob("*/report.json")).read_text(encoding="utf-8"))
    article = next(tmp_path.glob("*/article.md")).read_text(encoding="utf-8")
    assert "devant les juges" not in article or any(f["code"] == "FID002" for f in report["findings"])


def test_the_prompt_says_how_to_translate_only_for_a_foreign_source(tmp_path):
    seen = []

    def twist(answer, prompt, sent):
        seen.append(sent)
        return answer

    written(tmp_path / "en", twist, "--no-grammar")
    assert seen
    assert all("L’article de <source> est en anglais" in text for text in seen)


def test_the_offline_writer_says_that_it_cannot(tmp_path):
    ran = marbre(
        "rewrite", SOURCE, "--out", tmp_path, "--writer", "offline", "--no-grammar", "--format", "json"
    )
    assert ran.code == 4
    error = ran.json["pieces"][0]["error"]
    assert error["code"] == "needs_a_model"
    assert "--writer llm" in error["remedy"]
    assert not list(tmp_path.glob("*/article.md"))


def test_another_language_is_rejected_with_those_that_are_read(tmp_path):
    file = tmp_path / "rat.txt"
    file.write_text(
        "Der Rat der Stadt hat am Donnerstag für das neue Schwimmbad gestimmt. " * 12, encoding="utf-8"
    )
    ran = marbre(
        "rewrite", file, "--out", tmp_path / "out", "--writer", "offline", "--no-grammar", "--format", "json"
    )
    error = ran.json["pieces"][0]["error"]
    assert ran.json["pieces"][0]["verdict"] == "rejected"
    assert "German" in error["message"]
    assert re.search("French.*English", error["remedy"])
