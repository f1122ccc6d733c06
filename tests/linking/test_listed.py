from contextlib import suppress
from time import process_time

import pytest

from pipeline.errors import UsageError
from pipeline.linking.listed import read

MAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://a.example/2024/pont-des-forges.html</loc><lastmod>2024-01-02</lastmod></url>
<url><loc>https://a.example/x?a=1&amp;b=2</loc><n:title>La halle aux grains</n:title></url>
<url><loc>javascript:alert(1)</loc></url></urlset>"""


def of(tmp_path, text, name="liste.csv"):
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return {page.address: sorted(page.stems) for page in read(file)}


def test_a_site_map_is_read_without_its_entities_being_run(tmp_path):
    found = of(tmp_path, MAP, "sitemap.xml")
    assert list(found) == ["https://a.example/2024/pont-des-forges.html", "https://a.example/x?a=1&b=2"]
    assert len(found["https://a.example/2024/pont-des-forges.html"]) == 2
    assert len(found["https://a.example/x?a=1&b=2"]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "url,title\nhttps://a.example/1,La halle aux grains\n",
        "Titre;Adresse\nLa halle aux grains;https://a.example/1\n",
        "https://a.example/1, La halle aux grains",
        "https://a.example/1 La halle aux grains",
        "\ufeffurl\ttitle\r\nhttps://a.example/1\tLa halle aux grains\r\n",
    ],
)
def test_a_list_of_addresses_and_titles_is_read(tmp_path, text):
    found = of(tmp_path, text)
    assert list(found) == ["https://a.example/1"]
    assert len(found["https://a.example/1"]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rien",
        "javascript:alert(1),x",
        "<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>",
    ],
)
def test_a_file_without_pages_is_told_in_one_line(tmp_path, text):
    with pytest.raises(UsageError) as told:
        of(tmp_path, text)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "text",
    [
        "<url" * 250_000,
        "<url><loc>" * 100_000,
        "https://a.example/" * 55_000,
        '"' * 1_000_000,
        ",".join(["https://a.example/"] * 50_000),
    ],
)
def test_a_hostile_list_is_read_in_linear_time(tmp_path, text):
    before = process_time()
    with suppress(UsageError):
        of(tmp_path, text)
    assert process_time() - before < 10
