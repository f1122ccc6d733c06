"""Structured data: the types and properties are schema.org's, and what they say is on the page."""

from dataclasses import replace

import pytest

from pipeline import pages
from pipeline.model import Image, Site
from pipeline.pages.edition import edition_of
from pipeline.pages.structured import news_article
from tests import page_samples as samples
from tests.formats.test_formats import SITE, soup

# From schema.org's vocabulary, version 29; `make judges` holds the pages against all of it.
VOCABULARY = {
    "NewsArticle": "mainEntityOfPage url headline description inLanguage datePublished dateModified author publisher image wordCount keywords isBasedOn creditText digitalSourceType",
    "Organization": "name url logo",
    "Person": "name",
    "ImageObject": "url creditText caption",
    "WebPage": "",
}


def check(data):
    if isinstance(data, list):
        for one in data:
            check(one)
    elif isinstance(data, dict):
        known = VOCABULARY[data["@type"]].split()
        assert {name for name in data if not name.startswith("@")} <= set(known)
        for value in data.values():
            check(value)


@pytest.mark.parametrize("site", [Site(), SITE, replace(SITE, logo="https://a.example/l.png")])
def test_every_property_is_one_of_its_type(site):
    image = Image("https://a.example/i.png", "vue", "AFP", "Légende")
    for piece in (samples.piece(), samples.hostile_piece(), samples.reference(0)):
        check(news_article(replace(edition_of(piece), image=image), site))


def test_author_and_publisher_come_from_the_settings_alone():
    edition = edition_of(samples.piece())
    assert not {"author", "publisher", "url", "mainEntityOfPage"} & set(news_article(edition, Site()))
    told = news_article(edition, SITE)
    assert told["author"] == {"@type": "Person", "name": "Anne Petit"}
    assert told["publisher"]["name"] == "La Gazette & Cie"
    own = news_article(edition, replace(SITE, author=SITE.publisher))
    assert own["author"]["@type"] == "Organization"


def test_the_sources_are_told_as_the_page_tells_them():
    told = news_article(edition_of(samples.piece()), SITE)
    assert told["isBasedOn"] == ["https://gazette.example/halle?a=1&b=2"]
    assert (
        told["creditText"]
        == "« Saint-Aubin vote la rénovation de sa halle », La Gazette du Val, 18 novembre 2026"
    )


def test_the_page_names_its_address_its_site_and_its_author():
    tree = soup(pages.article(samples.ready(samples.piece()), SITE))
    address = "https://gazette.example/actu/2026/halle-saint-aubin-renovation.html"
    assert tree.select_one("link[rel=canonical]")["href"] == address
    assert tree.select_one("meta[property='og:url']")["content"] == address
    assert tree.select_one("meta[property='og:site_name']")["content"] == SITE.name
    assert "Par Anne Petit" in tree.select_one(".dates").text


def test_without_a_site_the_page_claims_no_address():
    tree = soup(pages.article(samples.ready(samples.piece())))
    assert not tree.select("link[rel=canonical], meta[property='og:url'], meta[name=author]")


@pytest.mark.parametrize(("parts", "entries"), [(3, 0), (4, 4)])
def test_a_long_piece_has_a_table_of_contents_after_its_lede(parts, entries):
    text = "# T\n\nLede.\n\n" + "\n\n".join(f"## Part [{n}](https://a.example)\n\nx" for n in range(parts))
    edition = replace(edition_of(samples.piece()), markdown=f"{text}\n\n## Sources\n\n- s\n")
    tree = soup(pages.published(edition))
    links = tree.select("nav a")
    assert len(links) == entries
    assert all(tree.select_one(a["href"]).name == "h2" for a in links)
    assert tree.select_one("article > footer").h2.text == "Sources"
    if links:
        assert tree.nav.find_previous("p").text == "Lede."


def test_an_update_within_the_same_minute_is_none():
    edition = edition_of(samples.ready(samples.piece()))
    later = replace(edition, modified=edition.published.replace(second=30))
    assert "Mis à jour" not in pages.published(later)
