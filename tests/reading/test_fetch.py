import gzip
import time
import zlib
from contextlib import contextmanager, nullcontext

import pytest

from pipeline.errors import SourceError
from pipeline.reading.addresses import is_public
from pipeline.reading.fetch import fetch
from tests.sources.site import answer, serving

MB = 1_000_000


@pytest.fixture
def site():
    with serving() as served:
        yield served


def got(site, path, timeout=5.0, **options):
    private = (f"127.0.0.1:{site.port}",)
    return fetch(site.url + path, timeout=timeout, allow_private=private, limit=20 * MB, **options)


def refused(site, path, timeout=5.0):
    with pytest.raises(SourceError) as caught:
        got(site, path, timeout)
    assert "\n" not in str(caught.value)
    return caught.value.code


def took(site, path):
    """Seconds until a fetch that may take half a second is given up."""
    started = time.monotonic()
    assert refused(site, path, 0.5) == "fetch_failed"
    return time.monotonic() - started


def dripping(head, drop=b"a", seconds=0.05):
    def play(write):
        write(head)
        for _ in range(600):
            write(drop)
            time.sleep(seconds)

    return play


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX: ",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
    ],
)
def test_a_server_that_drips_is_given_up_in_time_wherever_it_does(site, head):
    site.pages["/drip"] = dripping(head, b"1" if b"chunked" in head else b"a")
    assert took(site, "/drip") < 15  # of thirty


def test_a_server_that_says_nothing_is_given_up_in_time(site):
    site.pages["/silent"] = lambda write: time.sleep(20)
    assert took(site, "/silent") < 15


def test_headers_without_end_are_given_up(site):
    def endless(write):
        write(b"HTTP/1.1 200 OK\r\n")
        for n in range(1_000_000):
            write(b"X-%d: %s\r\n" % (n, b"a" * 1000))

    site.pages["/headers"] = endless
    assert refused(site, "/headers") == "fetch_failed"


def test_a_body_without_end_is_too_large(site):
    def endless(write):
        write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while True:
            write(b"a" * 65_536)

    site.pages["/endless"] = endless
    assert refused(site, "/endless", 60) == "too_large"


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data))),
    ],
)
def test_a_bomb_is_too_large_and_fills_no_memory(site, encoding, pack):
    import tracemalloc

    site.pages["/bomb"] = answer(pack(b"\0" * 100 * MB), Content_Encoding=encoding)
    tracemalloc.start()
    try:
        assert refused(site, "/bomb", 60) == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 60 * MB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["gzip," * 3000 + "gzip", "gzip", "deflate", ", ,"])
def test_bytes_that_are_not_packed_as_told_fail(site, encoding):
    site.pages["/damaged"] = answer(b"\x1f\x8b nothing of the kind", Content_Encoding=encoding)
    assert encoding == ", ," or refused(site, "/damaged") == "fetch_failed"


def test_an_encoding_that_was_not_asked_for_is_left_as_it_is(site):
    site.pages["/br"] = answer(b"\x0b\x02\x80abc\x03", Content_Encoding="br")
    assert got(site, "/br").data == b"\x0b\x02\x80abc\x03"
    assert "br" not in site.heads[0].split("Accept-Encoding:")[1].splitlines()[0]


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "//10.0.0.1/x",
    ],
)
def test_a_redirect_to_a_private_address_is_refused_though_the_first_host_was_named(site, place):
    site.pages["/away"] = answer(status=302, Location=place)
    assert refused(site, "/away") == "private_address"


@pytest.mark.parametrize(
    "place", ["http://0177.0.0.1/", "http://0x7f.1/", "http://0x7f000001/", "http://127.1/"]
)
def test_other_ways_to_write_a_private_address_lead_nowhere(site, place):
    site.pages["/away"] = answer(status=302, Location=place)
    assert refused(site, "/away") in ("private_address", "fetch_failed")
    assert site.paths == ["/away"]


@pytest.mark.parametrize(
    "place", ["file:///etc/hostname", "gopher://127.0.0.1/", "http://[", "http://a:99999/", ""]
)
def test_a_redirect_to_no_address_of_the_web_fails(site, place):
    site.pages["/away"] = answer(status=302, Location=place)
    assert refused(site, "/away") == "fetch_failed"


def test_redirects_in_a_circle_end(site):
    site.pages["/a"] = answer(status=301, Location="/b")
    site.pages["/b"] = answer(status=307, Location="/a")
    assert refused(site, "/a") == "fetch_failed"
    assert len(site.asked) == 6


def test_every_address_on_the_way_passes_the_gate(site):
    passed = []

    @contextmanager
    def gate(url):
        passed.append(url)
        yield

    site.pages["/a"] = answer(status=302, Location="/b")
    site.pages["/b"] = answer("b")
    got(site, "/a", gate=gate)
    assert passed == [f"{site.url}/a", f"{site.url}/b"]


def test_a_name_that_leads_to_a_private_address_too_is_refused(monkeypatch):
    import socket

    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: both)
    with pytest.raises(SourceError) as caught:
        fetch("http://rebind.example/", timeout=1, allow_private=False, limit=1)
    assert caught.value.code == "private_address"


def test_the_address_that_was_checked_is_the_one_that_is_asked(site, monkeypatch):
    import socket

    looked = []
    real = socket.getaddrinfo

    def once(host, *rest, **more):
        looked.append(host)
        return real("127.0.0.1", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    site.pages["/x"] = answer("x")
    fetched = fetch(
        f"http://name.example:{site.port}/x",
        timeout=5,
        allow_private=(f"name.example:{site.port}",),
        limit=10,
    )
    assert fetched.data == b"x"
    assert [host for host in looked if host != "127.0.0.1"] == ["name.example"]
    assert f"Host: name.example:{site.port}" in site.heads[0]


def test_a_name_and_password_of_an_address_are_told_to_nobody(site):
    site.pages["/x"] = answer("x")
    fetch(
        f"http://me:secret@127.0.0.1:{site.port}/x",
        timeout=5,
        allow_private=(f"127.0.0.1:{site.port}",),
        limit=10,
    )
    assert "uthorization" not in site.heads[0]


def test_a_password_in_a_redirect_is_not_kept(site):
    at = f"127.0.0.1:{site.port}"
    site.pages |= {"/x": answer(status=302, Location=f"http://me:secret@{at}/y"), "/y": answer("y")}
    asked: list[str] = []

    def gate(url: str) -> nullcontext[None]:
        asked.append(url)
        return nullcontext()

    fetched = fetch(f"http://{at}/x", timeout=5, allow_private=(at,), limit=10, gate=gate)
    assert (fetched.data, fetched.url) == (b"y", f"http://{at}/y")
    assert asked == [f"http://{at}/x", f"http://{at}/y"]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::", "::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1",
        "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "2002:7f00:1::",
        "2001:0:7f00:1::", "2001:db8::1", "::ffff:0:127.0.0.1", "::ffff:0:a00:1", "2606:4700::5efe:10.0.0.1",
        "2606:4700::200:5efe:7f00:1", "64:ff9b:1:a00:0:100:808:808", "5f00::1", "3fff::1", "192.0.0.8", "192.88.99.1",
    ],
)  # fmt: skip
def test_an_address_that_is_or_carries_a_private_one_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "2606:4700::5efe:808:808"]
)
def test_other_addresses_are_public(address):
    assert is_public(address)


def test_a_page_that_is_still_the_same_is_not_sent_again(site):
    site.pages["/p"] = answer(status=304, ETag='"2"')
    fetched = got(site, "/p", etag='"1"', last_modified="Mon, 02 Nov 2026 10:00:00 GMT")
    assert (fetched.unchanged, fetched.data) == (True, b"")
    assert 'If-None-Match: "1"' in site.heads[0]
    assert "If-Modified-Since: Mon, 02 Nov 2026 10:00:00 GMT" in site.heads[0]


def test_what_a_server_says_of_a_page_s_version_is_kept(site):
    site.pages["/p"] = answer("p", ETag='W/"7"', Last_Modified="Mon, 02 Nov 2026 10:00:00 GMT")
    told = got(site, "/p")
    assert (told.etag, told.last_modified) == ('W/"7"', "Mon, 02 Nov 2026 10:00:00 GMT")
    site.pages["/p"] = answer("p", ETag="é" * 2000)
    assert got(site, "/p").etag == ""


def test_not_modified_is_no_answer_to_who_knows_nothing(site):
    site.pages["/p"] = answer(status=304)
    assert refused(site, "/p") == "fetch_failed"


@pytest.mark.parametrize(
    ("status", "lost"), [(404, "gone"), (410, "gone"), (403, ""), (429, ""), (500, "silent"), (503, "silent")]
)
def test_a_page_that_is_no_more_is_gone_and_a_server_that_is_ill_is_silent(site, status, lost):
    site.pages["/p"] = answer(status=status)
    with pytest.raises(SourceError) as caught:
        got(site, "/p")
    assert caught.value.lost == lost


def test_a_host_that_nobody_knows_is_silent(monkeypatch):
    import socket

    def unknown(*_rest, **_more):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(SourceError) as caught:
        fetch("http://none.example/", timeout=1, allow_private=False, limit=1)
    assert caught.value.lost == "silent"
