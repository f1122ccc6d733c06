"""Keyphrases and SEO through the whole program."""

import json

import pytest
import yaml

from tests.e2e.marbre import NOW, REFERENCES, SEEDS, bytes_of, marbre

SEED = SEEDS / "002_44b7f2dba8646b0b.txt"
REFERENCE = REFERENCES / SEED.with_suffix(".md").name
QUERIES = (
    "Requêtes les plus fréquentes;Clics;Impressions\n"
    "offensive ukrainienne;44;1 200\nstoltenberg kiev;31;700\ntarte aux pommes;9;90\n"
)
OFFLINE = ("--writer", "offline", "--no-grammar", "--now", NOW, "--format", "json")


@pytest.fixture
def queries(tmp_path):
    file = tmp_path / "requetes.csv"
    file.write_bytes(QUERIES.encode("cp1252"))
    return file


def front_of(out, source):
    for report in out.glob("*/report.json"):
        told = json.loads(report.read_text())
        if source.name in json.dumps(told["provenance"]["sources"][0]):
            piece = report.with_name("article.md").read_text()
            return yaml.safe_load(piece.split("---\n")[1]), told
    raise AssertionError(source)


def test_a_plan_shows_candidates_with_reasons_and_asks_nobody():
    ran = marbre("plan", SEED, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["schema"] == "marbre.outline/1"
    assert all(c["reasons"] for c in ran.json["candidates"])
    assert ran.json["keyphrase"]["text"] == ran.json["candidates"][0]["text"]
    assert 121 <= len(ran.json["plan"]["description"]) <= 156
    text = marbre("plan", SEED).out
    assert "Candidates" in text
    assert ran.json["plan"]["title"] in text


def test_a_keyphrase_that_is_given_wins_over_a_file_of_queries(queries):
    given = marbre(
        "plan", SEED, "--keyphrases", queries, "--keyphrase", "sommet de l’Otan", "--format", "json"
    )
    assert given.json["keyphrase"] == {"text": "sommet de l’Otan", "why": "given by: flags"}
    matched = marbre("plan", SEED, "--keyphrases", queries, "--format", "json")
    assert matched.json["keyphrase"]["text"] == "offensive ukrainienne"
    assert "44 clicks, 1,200 impressions" in matched.json["keyphrase"]["why"]


def test_a_batch_gives_each_query_to_the_article_it_fits_and_lists_the_others(queries, tmp_path):
    words = ("batch", SEEDS, "--out", tmp_path / "out", "--keyphrases", queries, *OFFLINE)
    ran = marbre(*words)
    assert ran.code == 3
    assert "2 of 3 given to an article. No article for: tarte aux pommes." in ran.err
    assert ran.json["keyphrases"]["unmatched"] == ["tarte aux pommes"]
    front, report = front_of(tmp_path / "out", SEED)
    assert front["keyphrase"] == "offensive ukrainienne"
    assert report["brief"]["origins"]["keyphrase"].startswith("keyphrases (said in ")
    before = bytes_of(tmp_path / "out")
    again = marbre(*words)
    assert {p["status"] for p in again.json["pieces"]} == {"unchanged"}
    assert bytes_of(tmp_path / "out") == before


def test_one_article_gets_its_query_too(queries, tmp_path):
    words = ("rewrite", "-", "--out", tmp_path / "out", "--keyphrases", queries, *OFFLINE)
    ran = marbre(*words, stdin=SEED.read_bytes())
    assert ran.json["keyphrases"]["matched"][0]["keyphrase"] == "offensive ukrainienne"
    piece = next((tmp_path / "out").glob("*/article.md")).read_text()
    assert "keyphrase: offensive ukrainienne\n" in piece


def test_a_dry_run_says_which_query_each_article_would_get(queries, tmp_path):
    ran = marbre("batch", SEEDS, "--out", tmp_path / "out", "--dry-run", "--keyphrases", queries)
    assert f"{SEED}: would be written, for “offensive ukrainienne”" in ran.out
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"", b"volume;clics\n3;4\n"])
def test_a_file_without_queries_stops_the_run_with_one_line(tmp_path, content):
    file = tmp_path / "q.csv"
    file.write_bytes(content)
    ran = marbre("batch", SEEDS, "--out", tmp_path / "out", "--keyphrases", file)
    assert ran.code == 2
    assert "has no column of queries" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_two_pieces_of_one_desk_with_one_keyphrase_are_told_of_each_other(tmp_path):
    from pipeline.ledger import Ledger, PieceRow, sqlite_url

    out = tmp_path / "out"
    entry = {"slug": "autre", "page_title": "Autre", "keyphrase": "l’offensive de l’Ukraine", "writer": "m"}
    ledger = Ledger(sqlite_url(out))
    row = ledger.reserve("autre", "autre.txt", "0" * 64, NOW)
    ledger.record(PieceRow("autre", "autre.txt", "0" * 64, "f", "h", row.date_published, NOW, entry))
    ledger.close()
    piece = out / "offensive-ukrainienne" / "article.md"
    piece.parent.mkdir()
    piece.write_text(REFERENCE.read_text(encoding="utf-8"), encoding="utf-8")
    ran = marbre("check", piece, "--source", SEED, "--no-grammar", "--format", "json")
    (finding,) = [f for f in ran.json["findings"] if f["code"] == "SEO023"]
    assert finding["severity"] == "warn"
    assert "autre" in finding["message"]
    elsewhere = marbre("check", REFERENCE, "--source", SEED, "--no-grammar", "--format", "json")
    assert [f for f in elsewhere.json["findings"] if f["family"] == "SEO"] == []


def test_a_stuffed_piece_needs_work(tmp_path):
    piece = tmp_path / "article.md"
    text = REFERENCE.read_text(encoding="utf-8")
    piece.write_text(text.replace(". ", ". Encore l’offensive ukrainienne. "), encoding="utf-8")
    ran = marbre("check", piece, "--no-grammar", "--format", "json")
    assert ran.code == 3
    assert {f["code"] for f in ran.json["findings"] if f["severity"] == "block" and f["family"] == "SEO"} == {
        "SEO019"
    }


def test_a_keyphrase_can_be_given_for_a_text_without_front_matter(tmp_path):
    piece = tmp_path / "texte.md"
    piece.write_text("# Otan\n\nLa paix.\n\n## Suite\n\nMardi.\n", encoding="utf-8")
    ran = marbre("check", piece, "--no-grammar", "--keyphrase", "grève", "--format", "json")
    assert "SEO016" in {f["code"] for f in ran.json["findings"]}
