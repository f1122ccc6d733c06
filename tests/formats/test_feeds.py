from datetime import timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest

from pipeline.formats.feeds import FEED, NEWS, SITEMAP, feeds, ready
from pipeline.ledger import PieceRow
from pipeline.model import Site
from tests.growth import assert_linear
from tests.page_samples import PUBLISHED

SITE = Site(url="https://gazette.example", name="La Gazette & Cie", author="Anne Petit")
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
HARD = "</title>]]>\x00 « a » : <b> & 🧑🏽‍🚀"


def row(slug="a", title="Un titre", verdict="ready_for_review", published=PUBLISHED, modified=PUBLISHED):
    entry = {"title": title, "description": "Une phrase.", "verdict": verdict}
    return PieceRow(slug, slug, "", "", "f", published.isoformat(), modified.isoformat(), entry)


def made(*rows, site=SITE, now=PUBLISHED):
    files, told = feeds(ready(rows, site), site, now)
    return {name: ET.fromstring(text.encode()) for name, text in files.items()}, told


def test_only_what_is_ready_is_told():
    files, told = made(row("a"), row("b", verdict="needs_work"), row("c", verdict="rejected"))
    assert told is None
    assert [i.findtext("guid") for i in files[FEED].iter("item")] == ["marbre:a"]
    for name in (SITEMAP, NEWS):
        assert [e.text for e in files[name].iterfind(".//s:loc", NS)] == ["https://gazette.example/a/"]


def test_a_feed_item_has_a_stable_name_and_the_day_it_was_first_published():
    files, _ = made(row(title=HARD, modified=PUBLISHED + timedelta(days=30)))
    item = files[FEED].find("channel/item")
    assert item.findtext("title") == HARD.replace("\x00", "\ufffd")
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("link") == "https://gazette.example/a/"
    assert parsedate_to_datetime(item.findtext("pubDate")) == PUBLISHED
    own = files[FEED].find("channel/{http://www.w3.org/2005/Atom}link")
    assert (own.get("href"), own.get("rel")) == ("https://gazette.example/feed.xml", "self")


def test_the_sitemap_tells_the_last_change():
    files, _ = made(row(modified=PUBLISHED + timedelta(days=30)))
    assert files[SITEMAP].findtext(".//s:lastmod", namespaces=NS) == "2026-12-22T14:05:00+01:00"


def test_news_are_two_days_old_at_most_and_a_refreshed_article_is_none():
    day = timedelta(days=1)
    rows = [
        row("old", published=PUBLISHED - 3 * day, modified=PUBLISHED),
        row("late", published=PUBLISHED + day),
        *(row(f"n{n:04}", published=PUBLISHED - timedelta(seconds=n)) for n in range(1_100)),
    ]
    files, _ = made(*rows)
    news = files[NEWS].findall("s:url", NS)
    assert len(news) == 1_000
    assert news[0].findtext("s:loc", namespaces=NS) == "https://gazette.example/n0000/"
    assert news[0].findtext(".//n:name", namespaces=NS) == "La Gazette & Cie"
    assert news[0].findtext(".//n:language", namespaces=NS) == "fr"
    assert news[0].findtext(".//n:publication_date", namespaces=NS) == "2026-11-22T14:05:00+01:00"
    assert news[0].findtext(".//n:title", namespaces=NS) == "Un titre"


@pytest.mark.parametrize(
    ("site", "files", "wants"),
    [
        (Site(), {FEED}, None),
        (Site(name="Le Port"), {FEED}, "site_url"),
        (Site(formats=("hugo",)), {FEED}, "site_url"),
        (Site(url="https://a.example"), {FEED, SITEMAP}, "site_name"),
        (SITE, {FEED, SITEMAP, NEWS}, None),
    ],
)
def test_what_cannot_be_written_is_told_in_one_line(site, files, wants):
    written, told = made(row(), site=site)
    assert set(written) == files
    assert (told is None) == (wants is None)
    if told:
        assert wants in told
        assert "\n" not in told


def test_a_site_without_pieces_has_empty_files():
    files, _ = made()
    assert not list(files[NEWS])
    assert not files[FEED].findall("channel/item")


def test_the_same_pieces_in_any_order_give_the_same_bytes():
    rows = [row(s) for s in "abc"]
    assert feeds(ready(rows, SITE), SITE, PUBLISHED) == feeds(ready(rows[::-1], SITE), SITE, PUBLISHED)


def test_time_grows_with_the_number_of_pieces():
    rows = [row(f"p{n}", published=PUBLISHED - timedelta(minutes=n)) for n in range(10_000)]
    files, _ = feeds(ready(rows, SITE), SITE, PUBLISHED)
    assert_linear(lambda some: feeds(ready(some, SITE), SITE, PUBLISHED), rows[:2_500], rows)
    assert files[SITEMAP].count("<url>") == 10_000
    assert files[FEED].count("<item>") == 1_000
