"""A piece in other forms: nothing of its text is lost, and nothing of it can run."""

import json
import re
from dataclasses import replace
from datetime import datetime

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import example, given
from markdown_it import MarkdownIt

from pipeline import formats, pages
from pipeline.formats.front_matter import astro, hugo
from pipeline.formats.wordpress import wordpress
from pipeline.model import Image, Site
from pipeline.pages.edition import edition_of, read_edition
from pipeline.publish import folder
from pipeline.text.web_address import web_address
from tests import page_samples as samples
from tests.golden_files import check_golden
from tests.judges.pages import EVERY_BLOCK
from tests.test_pages import MARKDOWN

SITE = Site(
    url="https://gazette.example/actu",
    permalink="{year}/{slug}.html",
    name="La Gazette & Cie",
    publisher="La Gazette & Cie",
    author="Anne Petit",
    formats=("hugo", "astro", "wordpress", "html"),
)
HARD = 'Retraites : « tout » change</script><b>\u2028 & "rien" 12:30 🧑🏽‍🚀 — {{< x >}} [gallery]'


def sample(**changes):
    return replace(edition_of(samples.ready(samples.piece())), **changes)


def front_of(text):
    return yaml.safe_load(text.split("---\n")[1])


def soup(html):
    return BeautifulSoup(html, "lxml")


@pytest.mark.parametrize(("file", "write"), formats.FORMATS.values(), ids=formats.FORMATS)
def test_a_format_is_as_it_was(file, write):
    text = write(sample(markdown=EVERY_BLOCK), SITE)
    check_golden(f"formats/{file}", text)


def test_the_files_of_all_formats_are_known_to_the_folder_they_lie_in():
    assert tuple(file for file, _ in formats.FORMATS.values()) == folder.FORMATS
    assert tuple(formats.files(sample(), SITE)) == folder.FORMATS
    assert not formats.files(sample(), replace(SITE, formats=("markdown",)))


@pytest.mark.parametrize("write", [hugo, astro])
def test_a_hard_title_survives_yaml(write):
    front = front_of(write(sample(headline=HARD, description=HARD), SITE))
    assert front["title"] == front["description"] == HARD
    assert front["draft"] is True


def test_a_hard_title_survives_html_and_structured_data():
    html = pages.published(sample(title=HARD, headline=HARD), SITE)
    assert soup(html).title.text == HARD
    (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(written)["headline"] == HARD
    assert not re.search("[<>&\u2028\u2029]", written)


@pytest.mark.parametrize(
    "text", ["yes", "1e3", "0o17", "12:30", "2026-01-01", "null", "- a", "#x", "é: b", " a"]
)
def test_no_text_is_read_as_anything_but_text(text):
    assert front_of(hugo(sample(headline=text), SITE))["title"] == text
    assert f'title: "{text}"' in hugo(sample(headline=text), SITE)


@pytest.mark.parametrize(
    ("write", "born", "changed"), [(hugo, "date", "lastmod"), (astro, "pubDate", "updatedDate")]
)
def test_dates_are_dates_with_their_zone(write, born, changed):
    front = front_of(write(sample(), SITE))
    assert front[born] == front[changed] == samples.PUBLISHED
    assert f"{born}: 2026-11-22T14:05:00+01:00\n" in write(sample(), SITE)


def test_the_settings_rename_fields_and_leave_fields_out():
    site = replace(SITE, hugo_fields=(("keywords", "tags"), ("author", ""), ("url", "canonical")))
    front = front_of(hugo(sample(), site))
    assert front["tags"] == ["halle de Saint-Aubin", "halle aux grains"]
    assert front["canonical"] == "https://gazette.example/actu/2026/halle-saint-aubin-renovation.html"
    assert not {"keywords", "author"} & set(front)


def test_the_headline_stands_in_the_front_matter_and_the_text_below_it():
    body = hugo(sample(), SITE).split("---\n\n", 1)[1]
    assert body.startswith("Le conseil municipal")
    assert "\n# " not in body
    assert body.rstrip().endswith("[écrivez-nous](mailto:redaction@gazette.example).")


@given(MARKDOWN)
@example("`<b>\n\n`<b>onerror")
@example('<b title="`">x`<img src=x>`')
@example("\\<b>\\\\<i>")
@example("[x](&#106;avascript:a) {{< x >}} {{% y %}}")
@example("[r]: javascript:a\n\n[r]")
def test_no_markdown_of_a_piece_runs_on_a_site_that_lets_html_through(text):
    for write in (hugo, astro):
        body = write(sample(markdown=text), SITE).split("---\n\n", 1)[1]
        assert "{{<" not in body
        assert "{{%" not in body
        tokens = [
            c for t in MarkdownIt("commonmark").enable("table").parse(body) for c in (t, *(t.children or ()))
        ]
        assert not [t for t in tokens if t.type.startswith("html")]
        links = [t.attrGet("href") or t.attrGet("src") for t in tokens if t.type in ("link_open", "image")]
        assert all(web_address(str(link), ("http", "https", "mailto")) for link in links)


@given(MARKDOWN)
@example(EVERY_BLOCK)
@example("- > a\n- ```\n  b\n  ```\n- # c\n")
def test_blocks_close_in_the_order_they_open_and_hold_only_what_text_can_say(text):
    html = wordpress(sample(markdown=text), SITE)
    opened: list[str] = []
    for closes, name in re.findall(r"<!-- (/?)wp:([a-z-]+)[^\n]*? -->", html):
        if closes:
            assert opened.pop() == name
        else:
            opened.append(name)
    assert not opened
    tree = soup(html)
    allowed = "html body p h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong a img br hr table thead tbody tr th td figure"
    assert {t.name for t in tree.find_all()} <= set(allowed.split())
    assert "[" not in html.replace("&#91;", "")


def test_a_lone_address_is_text_and_no_embedded_page():
    assert "<p>https&#58;//a.example/x</p>" in wordpress(sample(markdown="https://a.example/x"), SITE)


def test_attacks_stay_text_in_every_format():
    edition = edition_of(samples.hostile_piece())
    for file, text in formats.files(edition, SITE).items():
        text.encode()
        if file.endswith(".html"):
            assert not soup(text).select("script, svg, textarea, [onerror], [onload], a[href^=javascript]")


def test_an_image_is_shown_with_its_text_and_its_credit():
    image = Image("https://a.example/i.png", 'une "vue"', "Anne Roux / AFP", "Légende.")
    edition = sample(image=image)
    for html in (pages.published(edition, SITE), *list(formats.files(edition, SITE).values())[2:]):
        figure = soup(html).figure
        assert (figure.img["src"], figure.img["alt"]) == (image.src, image.alt)
        assert figure.figcaption.text == "Légende. Crédit\u00a0: Anne Roux / AFP"
    assert front_of(hugo(edition, SITE))["image"]["credit"] == "Anne Roux / AFP"


@pytest.mark.parametrize("number", range(5))
def test_what_is_read_back_from_the_file_is_what_was_finished(number):
    piece = samples.reference(number)
    assert read_edition(piece.markdown) == edition_of(piece)


@pytest.mark.parametrize("text", ["", "# x", "---\ndate_published: 1\n---\n", "---\n- a\n---\n"])
def test_a_file_that_is_not_ours_is_not_read_as_ours(text):
    assert read_edition(text) is None


def test_an_address_is_built_from_the_day_of_the_first_publication():
    site = Site(url="https://a.example", permalink="{year}/{month}/{day}/{slug}/")
    assert site.address("é/x", datetime(2026, 1, 2)) == "https://a.example/2026/01/02/%C3%A9%2Fx/"  # noqa: DTZ001
    assert Site().address("x", samples.PUBLISHED) is None


def test_the_same_piece_gives_the_same_bytes():
    edition = edition_of(samples.reference(0))
    assert formats.files(edition, SITE) == formats.files(edition, SITE)


def test_formats_of_an_earlier_run_are_written_again(tmp_path):
    (tmp_path / "hugo.md").write_text("")
    assert formats.with_those_in(tmp_path, Site(formats=("html",))) == ("html", "hugo")
