"""Formats, feeds and changed settings, through the real program."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.e2e.marbre import NOW, SEEDS, marbre

LATER = "2026-02-03T09:00:00+01:00"
SETTINGS = """
site_url = "https://gazette.example"
site_name = "La Gazette"
author = "Anne Petit"
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The same source three times: as it comes, with a site and formats, and once more."""
    out, settings = tmp_path_factory.mktemp("out"), tmp_path_factory.mktemp("settings") / "marbre.toml"
    settings.write_text(SETTINGS)
    words = (
        "batch",
        SEEDS,
        "--limit",
        "1",
        "--no-grammar",
        "--writer",
        "offline",
        "--out",
        out,
        "--format",
        "json",
    )
    site = ("--settings", settings, "--format-out", "hugo", "--format-out", "wordpress")
    first = marbre(*words, "--now", NOW)
    before = text_of(out)
    return out, before, first, marbre(*words, *site, "--now", LATER), marbre(*words, *site, "--now", LATER)


def text_of(out):
    return next(Path(out).glob("*/article.md")).read_text()


def test_without_a_site_nothing_is_said_of_its_maps(runs):
    _, _, first, *_ = runs
    assert first.code == 3
    assert "sitemap" not in first.err


def test_an_older_piece_follows_changed_settings_and_keeps_its_text_and_dates(runs):
    out, before, _, second, _ = runs
    (told,) = second.json["pieces"]
    assert (told["status"], told["why"]) == ("unchanged", "nothing changed; its pages follow the settings")
    folder = Path(told["folder"])
    assert {f.name for f in folder.iterdir()} == {
        "article.md",
        "article.html",
        "report.json",
        "report.html",
        "hugo.md",
        "wordpress.html",
    }
    assert text_of(out) == before
    page = (folder / "article.html").read_text()
    assert f'<link rel="canonical" href="https://gazette.example/{folder.name}/">' in page
    assert "Par Anne Petit" in page


def test_a_run_that_changes_nothing_leaves_everything(runs):
    *_, third = runs
    assert third.json["pieces"][0]["why"] == "nothing changed"


def test_feed_and_sitemaps_stand_at_the_top_and_hold_no_draft(runs):
    out, *_ = runs
    for name in ("feed.xml", "sitemap.xml", "news-sitemap.xml"):
        tree = ET.fromstring((Path(out) / name).read_bytes())
        assert not tree.findall(".//item")
        assert not list(tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}url"))


def test_what_an_editor_changed_is_left_alone(runs, tmp_path):
    out, *_ = runs
    page = next(Path(out).glob("*/article.md"))
    kept = page.read_text()
    page.write_text(kept + "\nUn mot de plus.\n")
    try:
        done = marbre(
            "batch",
            SEEDS,
            "--limit",
            "1",
            "--no-grammar",
            "--writer",
            "offline",
            "--out",
            out,
            "--format-out",
            "html",
            "--format",
            "json",
            "--now",
            LATER,
        )
        assert done.json["pieces"][0]["why"].startswith("edited by hand since it was written")
        assert not (page.parent / "fragment.html").exists()
        assert page.read_text().endswith("Un mot de plus.\n")
    finally:
        page.write_text(kept)


def test_a_format_nobody_knows_is_a_usage_error(tmp_path):
    done = marbre("batch", SEEDS, "--out", tmp_path, "--format-out", "docx")
    assert done.code == 2
    assert "docx" in done.err
