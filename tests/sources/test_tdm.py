import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.fetch import Fetched
from pipeline.sources.tdm import SiteFile, signs, site_file

URL = "https://journal.example/politique/a.html"


def found(html="", site=None, **headers):
    return signs(
        Fetched(b"", "text/html", URL, **headers), html, site_file(json.dumps(site)) if site else SiteFile()
    )


def rule(location, reserved=1):
    return {"location": location, "tdm-reservation": reserved}


@pytest.mark.parametrize(
    ("site", "reserved"),
    [
        ([rule("/")], True),
        ([rule("*")], True),
        ([rule("/", 0)], False),
        ([rule("/politique/*.html$")], True),
        ([rule("/sport/")], False),
        ([rule("/"), rule("/politique/", 0)], False),
        ([rule("/", 0), rule("/politique/", 1)], True),
        ([{"location": "/"}], False),
        ({"location": "/", "tdm-reservation": 1}, False),
        ([rule("/x\nDisallow: /"), rule("#"), 3, rule(None)], False),
    ],
)
def test_the_file_of_a_site_reserves_by_its_longest_location(site, reserved):
    assert found(site=site) == (("tdmrep.json",) if reserved else ())


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"tdm_reservation": "1"}, ("header tdm-reservation",)),
        ({"tdm_reservation": "0"}, ()),
        ({"tdm_reservation": "0", "site": [rule("/")]}, ()),
        ({"tdm_reservation": "1", "html": '<meta name="tdm-reservation" content="0">'}, ()),
        ({"html": '<meta name="tdm-reservation" content="1">'}, ("meta tdm-reservation",)),
        ({"html": "<META content=1 NAME='TDM-Reservation'/>"}, ("meta tdm-reservation",)),
        ({"robots_tag": "noai, noimageai"}, ("header X-Robots-Tag",)),
        ({"robots_tag": "googlebot: noai"}, ()),
        ({"robots_tag": "googlebot: nofollow, marbre: noai"}, ("header X-Robots-Tag",)),
        ({"robots_tag": "max-snippet: 20, noai"}, ("header X-Robots-Tag",)),
        ({"robots_tag": "noarchive"}, ()),
        ({"html": '<meta name="robots" content="index, NOAI">'}, ("meta robots",)),
        ({"html": '<meta name="robots" content="noarchive">'}, ()),
        ({"html": "<p>Sur « tdm-reservation » et noai, un article.</p>"}, ()),
    ],
)
def test_the_nearest_word_of_the_protocol_counts_and_each_noai(options, expected):
    assert found(**options) == expected


@given(st.text())
def test_any_file_and_any_page_can_be_looked_at(text):
    site_file(text)
    found(html=text, robots_tag=text)


@pytest.mark.parametrize(
    "text", ["<meta " * 200_000, "<meta name=" * 100_000, '<meta name="' + "a" * 1_000_000]
)
def test_a_hostile_page_is_looked_at_in_time(text):
    started = time.process_time()
    assert found(html=text) == ()
    assert time.process_time() - started < 1


def test_a_hostile_file_is_read_in_time():
    started = time.process_time()
    site_file("[" * 500_000)
    site_file(json.dumps([rule("/*a" * 200)] * 2000)).reserves(URL)
    assert time.process_time() - started < 2
