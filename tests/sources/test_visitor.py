import threading
from itertools import pairwise

import pytest

from pipeline.errors import SourceError
from pipeline.sources.visitor import LONGEST_DELAY, Manners, Visitor
from pipeline.stages.clean import clean
from tests.sources.site import PROSE, answer, page, serving

ROBOTS, TDM = "/robots.txt", "/.well-known/tdmrep.json"


def refused(visitor, url):
    with pytest.raises(SourceError) as caught:
        visitor.read(url)
    return caught.value


def test_a_page_is_read_and_its_visit_recorded(site, visitor):
    site.pages["/a"] = answer(status=302, Location="/b")
    site.pages["/b"] = page(ETag='"1"')
    source = visitor.read(site.url + "/a")
    assert (source.ref, source.visit.url, source.visit.etag) == (site.url + "/a", site.url + "/b", '"1"')
    assert source.visit.robots == "missing"
    assert clean(source).visit == source.visit


def test_what_a_site_says_of_itself_is_asked_once(site, visitor):
    site.pages |= {"/a": page(), "/b": page()}
    for path in ("/a", "/b", "/a"):
        visitor.read(site.url + path)
    assert site.paths == [ROBOTS, "/a", TDM, "/b", "/a"]


def test_what_a_site_says_is_asked_again_after_a_day(site):
    times = [0.0]
    site.pages["/a"] = page()
    visitor = Visitor(Manners((f"127.0.0.1:{site.port}",), pause=0), clock=lambda: times[0])
    visitor.read(site.url + "/a")
    times[0] += 86_401
    visitor.read(site.url + "/a")
    assert site.paths == [ROBOTS, "/a", TDM] * 2


def test_a_page_that_robots_txt_forbids_is_never_asked_for(site, visitor):
    site.pages |= {ROBOTS: answer("User-agent: *\nDisallow: /a"), "/a": page()}
    error = refused(visitor, site.url + "/a")
    assert (error.code, site.paths) == ("robots", [ROBOTS])


def test_robots_txt_is_asked_at_each_redirect(site, visitor):
    site.pages |= {
        ROBOTS: answer("User-agent: *\nDisallow: /b"),
        "/a": answer(status=302, Location="/b"),
        "/b": page(),
    }
    assert refused(visitor, site.url + "/a").code == "robots"
    assert "/b" not in site.paths


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_missing_robots_txt_allows(site, visitor, status):
    site.pages |= {ROBOTS: answer(status=status), "/a": page()}
    assert visitor.read(site.url + "/a").text


@pytest.mark.parametrize(
    "failing", [answer(status=500), answer(status=503), b"", answer("a" * 6_000_000), answer(status=301, Location="/robots.txt")]
)  # fmt: skip
def test_where_robots_txt_cannot_be_had_nothing_is_read(site, visitor, failing):
    site.pages |= {ROBOTS: failing, "/a": page()}
    assert refused(visitor, site.url + "/a").code == "robots"
    assert refused(visitor, site.url + "/a").code == "robots"
    assert "/a" not in site.paths


def test_a_robots_txt_that_leads_to_a_private_address_is_not_followed(site, visitor):
    site.pages |= {ROBOTS: answer(status=302, Location="http://127.0.0.1:1/robots.txt"), "/a": page()}
    assert refused(visitor, site.url + "/a").code == "private_address"


@pytest.mark.parametrize(
    ("pages", "sign"),
    [
        ({TDM: answer('[{"location": "/", "tdm-reservation": 1}]'), "/a": page()}, "tdmrep.json"),
        ({"/a": page(tdm_reservation="1")}, "header tdm-reservation"),
        ({"/a": page('<meta name="tdm-reservation" content="1">')}, "meta tdm-reservation"),
        ({"/a": page(X_Robots_Tag="noai")}, "header X-Robots-Tag"),
        ({"/a": page('<meta name="robots" content="noai">')}, "meta robots"),
    ],
)
def test_a_reservation_is_respected_or_with_a_licence_recorded(site, visitor, pages, sign):
    site.pages |= pages
    error = refused(visitor, site.url + "/a")
    assert (error.code, sign in error.message) == ("tdm_reserved", True)
    licensed = Visitor(Manners((f"127.0.0.1:{site.port}",), "record", 0))
    visit = licensed.read(site.url + "/a").visit
    assert visit is not None
    assert visit.reserved == (sign,)


def test_a_host_is_asked_one_thing_at_a_time_with_pauses(site):
    site.pages |= {f"/{n}": page() for n in range(4)}
    visitor = Visitor(Manners((f"127.0.0.1:{site.port}",), pause=0.1))
    threads = [threading.Thread(target=visitor.read, args=(f"{site.url}/{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = [when for path, when in site.asked if path not in (ROBOTS, TDM)]
    assert site.most_under_way == 1
    assert all(after - before >= 0.099 for before, after in pairwise(times))
    assert site.paths.count(ROBOTS) == site.paths.count(TDM) == 1


def test_two_hosts_do_not_wait_for_each_other(site):
    came = threading.Event()
    waited = []

    def slowly(write):
        waited.append(came.wait(30))
        write(page())

    site.pages["/slow"] = slowly
    with serving() as other:
        other.pages["/a"] = page()
        ports = (f"127.0.0.1:{site.port}", f"localhost:{other.port}")
        visitor = Visitor(Manners(ports, pause=0))
        slow = threading.Thread(target=visitor.read, args=(f"{site.url}/slow",))
        slow.start()
        visitor.read(f"http://localhost:{other.port}/a")
        came.set()
        slow.join()
        assert waited == [True]


@pytest.mark.parametrize(("asked", "kept"), [("3", 3.0), ("86400", LONGEST_DELAY), ("0.2", 0.5)])
def test_the_pause_is_the_longer_one_to_a_bound(site, asked, kept):
    waited: list[float] = []
    site.pages |= {ROBOTS: answer(f"User-agent: *\nCrawl-delay: {asked}"), "/a": page()}
    visitor = Visitor(Manners((f"127.0.0.1:{site.port}",), pause=0.5), clock=lambda: 0.0, sleep=waited.append)
    visitor.read(site.url + "/a")
    visitor.read(site.url + "/a")
    assert waited == [kept]


def test_a_page_known_by_its_version_is_not_sent_again(site, visitor):
    site.pages["/a"] = answer(status=304)
    assert visitor.fetch(site.url + "/a", etag='"1"').unchanged


@pytest.mark.parametrize(
    ("served", "code"),
    [
        (answer(b"%PDF-1.7", Content_Type="application/pdf"), "unknown_type"),
        (answer(b"%PDF-1.7 " + PROSE.encode()), "binary"),
        (answer(b"\x89PNG\r\n", Content_Type="text/plain"), "binary"),
        (answer(b"\x00\x01\x02" * 1000, Content_Type=""), "binary"),
        (answer(b"PK\x03\x04", Content_Type="application/octet-stream"), "binary"),
        (answer(b""), "empty"),
    ],
)
def test_what_is_no_text_is_refused_whatever_it_is_called(site, visitor, served, code):
    site.pages["/a"] = served
    assert refused(visitor, site.url + "/a").code == code
