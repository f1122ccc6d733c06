"""Links between pieces, a person's review and the question whose a file is, through the real program."""

import json
import re
from pathlib import Path

import pytest
import yaml

from pipeline.checks.acknowledged import key_of
from tests.e2e.marbre import NOW, SEEDS, bytes_of, marbre
from tests.model_server import ModelServer

LATER = "2026-02-03T09:00:00+01:00"
LINK = re.compile(r"\[([^\[\]]+)\]\(\.\./([a-z0-9-]+)/article\.md\)")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Five written pieces, the command that wrote them, and what it told."""
    out = tmp_path_factory.mktemp("desk")
    with ModelServer() as server:
        words = (
            "batch",
            SEEDS,
            "--out",
            out,
            "--base-url",
            server.base_url,
            "--model",
            "scripted",
            "--format",
            "json",
        )
        yield out, words, marbre(*words, "--now", NOW)


def links(out):
    return {path.parent.name: LINK.findall(path.read_text()) for path in sorted(out.glob("*/article.md"))}


def test_every_piece_of_a_run_is_led_to_and_none_has_more_than_three_links(desk):
    out, _, ran = desk
    assert ran.code == 0, ran.err
    found = links(out)
    assert {slug for told in found.values() for _, slug in told} == set(found)
    for slug, told in found.items():
        targets = [target for _, target in told]
        assert len(targets) == len(set(targets)) <= 3
        assert slug not in targets
        assert all(2 <= len(words.split()) <= 7 for words, _ in told)


def test_a_link_is_words_of_the_text_outside_headings_quotations_and_the_first_sentence(desk):
    out, _, _ = desk
    for path in out.glob("*/article.md"):
        lines = path.read_text().split("---\n", 2)[2].strip().splitlines()
        linked = [line for line in lines if LINK.search(line)]
        assert not [line for line in linked if line.startswith(("#", ">"))]
        lede = next(line for line in lines if line and not line.startswith("#"))
        assert not LINK.search(lede.split(". ")[0])
        for line in linked:
            assert not [q for q in re.findall("«[^»]*»", line) if LINK.search(q)]


def test_the_report_points_to_the_same_words_in_the_linked_file_and_a_check_says_the_same(desk):
    out, _, _ = desk
    path = max(out.glob("*/article.md"), key=lambda p: len(LINK.findall(p.read_text())))
    text, report = path.read_text(), json.loads(path.with_name("report.json").read_text())
    for told in (*report["evidence"], *(f["where"] for f in report["findings"] if f["where"])):
        assert text[told["start"] : told["end"]] == told["text"]
    source = next(s["file"] for s in report["provenance"]["sources"])
    checked = marbre("check", path, "--source", Path(SEEDS) / Path(source).name, "--format", "json").json
    same = [(f["code"], f["where"] and f["where"]["start"]) for f in report["findings"]]
    assert [(f["code"], f["where"] and f["where"]["start"]) for f in checked["findings"]] == same
    assert checked["verdict"] == "ready_for_review"


def test_a_page_leads_to_its_neighbours_on_disk_and_to_their_addresses_on_a_site(desk):
    out, words, _ = desk
    slug, (_, target) = next((slug, told[0]) for slug, told in links(out).items() if told)
    page = (out / slug / "article.html").read_text()
    assert f'<a href="../{target}/article.html">' in page
    ran = marbre(
        *words, "--now", LATER, MARBRE_SITE_URL="https://gazette.example", MARBRE_PERMALINK="{year}/{slug}/"
    )
    assert ran.code == 0, ran.err
    assert f'<a href="https://gazette.example/2026/{target}/">' in (out / slug / "article.html").read_text()
    marbre(*words, "--now", LATER)
    assert (out / slug / "article.html").read_text() == page


def test_a_rerun_rewrites_no_byte_of_linked_pieces(desk):
    out, words, _ = desk
    before = bytes_of(out)
    assert marbre(*words, "--now", LATER).code == 0
    assert bytes_of(out) == before


def test_a_file_of_the_ledger_is_known_wherever_it_lies_and_a_changed_one_is_told(desk, tmp_path):
    out, _, _ = desk
    slug = next(iter(links(out)))
    for name in ("article.md", "article.html", "report.json"):
        assert marbre("provenance", out / slug / name).code == 0
    page = tmp_path / "page.html"
    page.write_bytes((out / slug / "article.html").read_bytes())
    told = marbre("provenance", page, "--out", out, "--format", "json")
    assert (told.code, told.json["files"][0]["state"], told.json["files"][0]["slug"]) == (
        0,
        "unchanged",
        slug,
    )
    page.write_bytes(page.read_bytes().replace(b"</h1>", b" !</h1>"))
    changed = marbre("provenance", page, "--out", out)
    assert (changed.code, changed.out.count("\n")) == (3, 1)
    assert f"a file of the piece {slug}".lower() in changed.out.lower()
    page.write_text("<p>Autre chose.</p>")
    assert marbre("provenance", page, "--out", out).code == 4


def test_the_page_tells_machines_where_it_comes_from(desk):
    out, _, _ = desk
    slug = next(iter(links(out)))
    page = (out / slug / "article.html").read_text()
    (block,) = re.findall(r'<script type="application/json" id="provenance">(.*?)</script>', page)
    told, report = json.loads(block), json.loads((out / slug / "report.json").read_text())
    assert told == report["provenance"]["made"]
    assert told["writer"]["asked"] == "scripted"
    assert [p.split("/")[0] for p in told["prompts"]] == ["plan", "write"]
    assert told["sources"][0]["sha256"] == report["provenance"]["sources"][0]["sha256"]
    assert "file" not in told["sources"][0]


def test_a_review_is_named_or_stands_for_the_disclosure_until_the_text_changes(desk):
    out, words, _ = desk
    slug = sorted(links(out))[1]
    folder = out / slug
    text = (folder / "article.md").read_text()
    assert marbre("review", folder / "article.md", "--by", "Anne Petit", "--now", LATER).code == 0
    assert yaml.safe_load((folder / "review.yaml").read_text())["by"] == "Anne Petit"
    marbre(*words, "--now", LATER)
    page = (folder / "article.html").read_text()
    assert "relu par Anne Petit le 3\u00a0février 2026." in page
    assert (
        json.loads((folder / "report.json").read_text())["provenance"]["made"]["review"]["by"] == "Anne Petit"
    )
    marbre(*words, "--now", LATER, MARBRE_DISCLOSURE="never")
    assert "intelligence artificielle" not in (folder / "article.html").read_text()
    assert (
        "intelligence artificielle"
        in next(p for p in out.glob("*/article.html") if p.parent != folder).read_text()
    )
    assert (folder / "article.md").read_text() == text
    assert marbre("provenance", folder / "article.html").code == 0
    # A file that somebody edits is left alone; its page is written anew only with a review that holds.
    review = (folder / "review.yaml").read_text()
    (folder / "review.yaml").write_text(review.replace("sha256: ", "sha256: 0"))
    marbre(*words, "--now", LATER, MARBRE_DISCLOSURE="never")
    assert "intelligence artificielle" in (folder / "article.html").read_text()
    (folder / "review.yaml").unlink()
    marbre(*words, "--now", LATER)


def test_a_machine_reviews_nothing(desk):
    out, _, _ = desk
    ran = marbre("review", out / next(iter(links(out))), "--by", "ChatGPT")
    assert (ran.code, ran.err.count("\n")) == (2, 1)


def test_a_piece_of_a_later_run_is_led_to_by_an_earlier_one_that_a_person_has_not_reviewed(tmp_path):
    with ModelServer() as server:
        model = (
            "--related",
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
        seeds = sorted(Path(SEEDS).glob("*.txt"))
        for seed in seeds[:2]:
            assert marbre("rewrite", seed, *model, "--now", NOW).code == 0
        first = links(tmp_path)
        assert "stoltenberg-kiev" in {slug for _, slug in first["aide-americaine-ukraine"]}
        kept = {s: (tmp_path / s / "article.md").read_text() for s in first}
        for slug in first:
            assert marbre("review", tmp_path / slug, "--by", "Anne Petit").code == 0
        assert marbre("rewrite", seeds[2], *model, "--now", NOW).code == 0
        assert {s: (tmp_path / s / "article.md").read_text() for s in first} == kept


def test_a_piece_that_was_edited_before_links_were_placed_gets_none(tmp_path):
    words = ("batch", SEEDS, "--out", tmp_path, "--writer", "offline", "--no-grammar", "--now", NOW)
    marbre(*words, MARBRE_LINKS="false")
    assert not any(links(tmp_path).values())
    edited = min(tmp_path.glob("*/article.md"))
    edited.write_text(f"{edited.read_text()}\nUn mot de plus.\n")
    marbre(*words)
    found = links(tmp_path)
    assert found.pop(edited.parent.name) == []
    assert any(found.values())
    assert edited.read_text().endswith("Un mot de plus.\n")


def test_a_list_of_pages_that_cannot_be_read_is_told_before_anything_is_written(tmp_path):
    words = ("batch", SEEDS, "--out", tmp_path / "out", "--writer", "offline", "--no-grammar", "--limit", "1")
    ran = marbre(*words, MARBRE_LINKS_FROM=str(tmp_path / "rien.xml"))
    assert ran.code == 2
    assert "rien.xml" in ran.err.splitlines()[-1]
    assert not (tmp_path / "out").exists()


def test_an_acknowledged_sentence_keeps_its_key_under_a_link():
    linked = "Le [pont des Forges](../pont-des-forges/article.md) ferme."
    from pipeline.text.markdown import parse

    assert key_of(parse(linked).blocks[0].text) == key_of("Le pont des Forges ferme.")
