import base64
import gzip
import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.sources.listed import Entry, read_document, read_list

WHOLE = "<p>" + "Tout le texte. " * 50 + "</p>"
BASE = "https://journal.example/feed.xml"
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Journal</title><link>https://journal.example/</link>
<item><title>A</title><link>https://journal.example/a?x=1&amp;y=2#haut</link><description>Court</description>
<content:encoded><![CDATA[{WHOLE}]]></content:encoded></item>
<item><title>B</title><link>/b</link><description>Court</description></item>
<item><title>Again</title><link>/b#bas</link></item>
<item><title>Without</title></item><item><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>J</title><id>1</id><entry><title>A</title><id>urn:1</id>
<link rel="alternate" href="https://journal.example/a"/><content type="html">{WHOLE.replace("<", "&lt;")}</content></entry></feed>"""
JSON = f'{{"version":"https://jsonfeed.org/version/1.1","items":[{{"url":"https://journal.example/a","content_html":"{WHOLE}"}}]}}'
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> https://journal.example/a </loc><lastmod>2026-11-01</lastmod></url><url><loc>/b</loc></url><url/>
<url><loc>https://journal.example/a b</loc></url><url><loc>https://journal.example/a</loc></url></urlset>"""
INDEX = "<sitemapindex><sitemap><loc>https://journal.example/1.xml.gz</loc></sitemap></sitemapindex>"


def urls(listed):
    return [entry.url for entry in listed.entries]


def document(text, name=BASE):
    return read_document(text.encode() if isinstance(text, str) else text, name)


def test_a_feed_s_articles_are_named_once_with_the_text_it_gives():
    listed = document(RSS)
    whole = Entry("https://journal.example/a?x=1&y=2", WHOLE)
    assert listed.kind == "feed"
    assert listed.entries == (whole, Entry("https://journal.example/b"))
    assert listed.unusable == 2


@pytest.mark.parametrize("text", [ATOM, JSON])
def test_atom_and_json_are_feeds_too(text):
    (entry,) = document(text).entries
    assert (entry.url, entry.html.strip()) == ("https://journal.example/a", WHOLE)


@pytest.mark.parametrize("pack", [str.encode, lambda text: gzip.compress(text.encode())])
def test_a_sitemap_names_pages_packed_or_not(pack):
    listed = read_document(pack(SITEMAP), BASE)
    assert (listed.kind, urls(listed), listed.unusable) == (
        "sitemap",
        ["https://journal.example/a", "https://journal.example/b"],
        2,
    )


def test_what_feed_and_sitemap_say_of_a_page_s_day_is_kept_and_what_is_no_day_is_not():
    dated = RSS.replace(
        "<title>A</title>", "<title>A</title><pubDate>Sun, 01 Nov 2026 10:00:00 +0100</pubDate>"
    )
    assert [e.date for e in document(dated).entries] == [1793523600.0, None]
    assert [e.date for e in document(SITEMAP).entries] == [1793491200.0, None]
    for told in ("hier", "2026-13-01", "", "1" * 10_000):
        assert document(SITEMAP.replace("2026-11-01", told)).entries[0].date is None
    entity = SITEMAP.replace("<urlset", '<!DOCTYPE x [<!ENTITY e "x">]><urlset').replace(
        "<lastmod>", "&e;<lastmod>"
    )
    assert [e.date for e in document(entity).entries] == [1793491200.0, None]


def test_an_index_names_sitemaps():
    listed = document(INDEX)
    assert (listed.kind, urls(listed)) == ("index", ["https://journal.example/1.xml.gz"])


@pytest.mark.parametrize(
    "text", ["", "<html><body>Bonjour</body></html>", "Bonjour", "{}", "\x1f\x8bno gzip", "\x00"]
)
def test_what_is_neither_feed_nor_sitemap_is_told(text):
    with pytest.raises(SourceError) as caught:
        document(text.encode("latin-1"))
    assert caught.value.code == "no_list"


def test_a_list_has_an_address_a_line():
    text = "\ufeffadresse\n# rien\n\nhttps://a.example/x,1;2.html\n  http://b.example/#haut \nhttps://a.example/x,1;2.html\nnon\n"
    listed = read_list(text.encode(), "@liste.txt")
    assert (urls(listed), listed.unusable) == (["https://a.example/x,1;2.html", "http://b.example/"], 1)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_of_a_csv_the_first_address_of_each_row_counts(sign):
    rows = (
        ["titre", "url"],
        ['"Un, deux"', "https://a.example/1"],
        ["Trois", '"https://a.example/2,3"', "https://a.example/4"],
    )
    text = "\r\n".join(sign.join(row) for row in rows).replace(
        '"Un, deux"', '"Un"' if sign == "," else '"Un, deux"'
    )
    assert urls(read_list(text.encode(), "@liste.csv")) == ["https://a.example/1", "https://a.example/2,3"]


def test_a_list_without_any_address_is_told():
    with pytest.raises(SourceError, match="No line of it holds an address"):
        read_list(b"Bonjour\nle monde\n", "@liste.txt")


def test_no_more_than_the_most_are_taken():
    text = (
        "<urlset>"
        + "".join(f"<url><loc>https://a.example/{n}</loc></url>" for n in range(60_000))
        + "</urlset>"
    )
    assert len(document(text).entries) == 50_000


def test_a_packed_bomb_is_too_large():
    with pytest.raises(SourceError) as caught:
        read_document(gzip.compress(b"<urlset>" + b" " * 60_000_000), BASE)
    assert caught.value.code == "too_large"


def test_no_entity_is_put_in_and_no_file_is_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("https://secret.example/")
    for root in (
        "urlset><url><loc>{}</loc></url></urlset",
        "rss><channel><item><link>{}</link></item></channel></rss",
    ):
        text = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><{root.format("&e;")}>'
        with suppress(SourceError):
            assert "secret" not in "".join(urls(document(text)))


H = '<?xml version="1.0"?><rss version="2.0"><channel>'
LAUGHS = "<!DOCTYPE l [<!ENTITY a 'https://a.example/'>" + "".join(
    f"<!ENTITY {chr(n + 1)} '{f'&{chr(n)};' * 10}'>" for n in range(ord("a"), ord("k"))
)


@pytest.mark.parametrize(
    "text",
    [
        H + "<a>" * 300_000,
        H + "<item><description>" + "<![CDATA[" * 100_000,
        H + "<item><author>" + "a" * 1_000_000 + "</author></item>",
        H + "<item><pubDate>" + "1" * 1_000_000 + "</pubDate></item>",
        H + "<item><link>" * 80_000,
        H + "&" * 1_000_000,
        "<urlset>" + "<url><loc>" * 100_000,
        "<urlset>" + "<url/>" * 150_000,
        LAUGHS + "]><urlset><url><loc>&k;</loc></url></urlset>",
        LAUGHS + "]>" + H.partition("?>")[2] + "<item><link>&k;</link></item></channel></rss>",
        '{"version":"https://jsonfeed.org/version/1","items":' + "[" * 100_000,
    ],
)  # fmt: skip
def test_a_hostile_document_is_read_in_time(text):
    started = time.process_time()
    with suppress(SourceError):
        document(text)
    assert time.process_time() - started < 3


FEED = '{"version":"https://jsonfeed.org/version/1.1","items":%s}'


@pytest.mark.parametrize(
    "odd",
    [
        7, "x", None, [], {}, {"url": 7}, {"url": ["https://a.example/2"]}, {"url": " "}, {"url": "https://a.example/\ud800"},
    ],
)  # fmt: skip
def test_an_entry_of_another_shape_costs_the_others_nothing(odd):
    items = [odd, {"url": "https://a.example/1", "author": "Anne", "authors": "Anne", "date_published": 7}]
    listed = document(FEED % json.dumps(items))
    assert (urls(listed), listed.unusable) == (["https://a.example/1"], 1)


def test_the_plain_text_of_a_json_feed_is_text_and_no_markup():
    said = "La mairie <b> vote.\n\n" + "Elle le dit. " * 60
    (entry,) = document(FEED % json.dumps([{"url": "https://a.example/1", "content_text": said}])).entries
    assert entry.html.startswith("<p>La mairie &lt;b&gt; vote.</p><p>Elle le dit. ")


@pytest.mark.parametrize(
    "text",
    [
        "<urlset>" + "<x/>" * 2_000_001,
        "<urlset><url>" + "<x/>" * 2_000_001,
        H + "<item/>" * 500_001,
        H + "<x/>" * 10_000_000,
        FEED % ("[" + "{}," * 500_001 + "{}]"),
        FEED % ("[" + "1," * 500_001 + "1]"),
    ],
)
def test_a_document_of_nothing_but_tags_fills_no_memory(text):
    """A few kilobytes, packed; its parser made gigabytes of them."""
    started = time.process_time()
    with pytest.raises(SourceError) as caught:
        read_document(gzip.compress(text.encode(), 1), BASE)
    assert caught.value.code == "too_large"
    assert time.process_time() - started < 3


def test_what_a_parser_dies_of_is_no_feed(monkeypatch):
    import fastfeedparser

    def die(*_, **__):
        raise AttributeError("its own fault")

    monkeypatch.setattr(fastfeedparser, "parse", die)
    with pytest.raises(SourceError) as caught:
        document(H)
    assert caught.value.code == "no_list"


def test_markup_that_cannot_be_counted_is_not_read():
    packed = base64.b64encode((H.partition("?>")[2] + "<item/>" * 9).encode("utf-16-be")).decode().rstrip("=")
    with pytest.raises(SourceError) as caught:
        document(f'<?xml version="1.0" encoding="UTF-7"?>+{packed}-')
    assert caught.value.code == "no_list"


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "url",
                    "items",
                    "authors",
                    "author",
                    "content_html",
                    "content_text",
                    "date_published",
                    "version",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=9,
)


@given(_ANY)
def test_a_json_feed_of_any_shape_is_read_or_told(told):
    with suppress(SourceError):
        assert document(FEED % json.dumps([told])).kind == "feed"
    with suppress(SourceError):
        document(json.dumps({"items": told}))


@given(st.binary())
def test_any_bytes_are_a_list_a_document_or_told(data):
    for read in (read_list, read_document):
        try:
            listed = read(data, BASE)
        except SourceError:
            continue
        assert all(url.isprintable() and url.startswith(("http://", "https://")) for url in urls(listed))
