"""A document from the web: http and https only, to public addresses, bounded in size, time and redirects."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from pipeline.errors import SourceError
from pipeline.reading.addresses import Private
from pipeline.text.web_address import without_login

AGENT = "Marbre"
"""The product token that robots.txt may name."""
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_GONE = (404, 410)
_ILL = 500
_LONGEST_URL = 8_000  # characters; RFC 9110, 4.1 asks for at least 8,000 octets
_LONGEST_TOLD = 1_000  # characters of a header that is kept

Lost = Literal["gone", "silent", ""]
"""As `SourceError.lost`."""
Gate = Callable[[str], AbstractContextManager[None]]
"""Entered with each address, redirects included, before it is asked; it may wait, and may raise `SourceError`."""


@dataclass(frozen=True, slots=True)
class Fetched:
    data: bytes
    media: str | None
    """The Content-Type header, whole."""
    url: str
    """Where the redirects ended."""
    status: int = 200
    etag: str = ""
    last_modified: str = ""
    tdm_reservation: str | None = None
    """The header of the TDM Reservation Protocol, as it came."""
    robots_tag: str = ""
    """All X-Robots-Tag headers, with commas."""

    @property
    def unchanged(self) -> bool:
        """The server says that it is as it was: there are no bytes."""
        return self.status == _NOT_MODIFIED


def fetch(
    url: str, *, timeout: float, allow_private: Private, limit: int, etag: str = "", last_modified: str = "",
    gate: Gate = lambda _: nullcontext(),
) -> Fetched:  # fmt: skip
    """Bytes of a page, or that it is still as it was when its server told of `etag` or `last_modified`.

    `timeout` bounds each request and its answer, from the look-up of its name to its last byte; what `gate` waits does
    not count. `limit` bounds the bytes after decompression. Raises `SourceError` fetch_failed, private_address or
    too_large, and what `gate` raises.
    """
    answer = ask(
        url,
        timeout=timeout,
        allow_private=allow_private,
        limit=limit,
        etag=etag,
        last_modified=last_modified,
        gate=gate,
    )
    if answer.status >= 300 and not (answer.unchanged and (etag or last_modified)):
        lost: Lost = "gone" if answer.status in _GONE else "silent" if answer.status >= _ILL else ""
        failure = _failed(url, f"The server answered with status {answer.status}.", lost)
        failure.answer = answer
        raise failure
    return answer


def ask(
    url: str, *, timeout: float, allow_private: Private, limit: int, etag: str = "", last_modified: str = "",
    gate: Gate = lambda _: nullcontext(),
) -> Fetched:  # fmt: skip
    """The same, whatever the status; of an answer that is no success without its bytes."""
    import httpx2

    from pipeline.reading.transport import FAULTS, Wire

    place = url
    for _ in range(MAX_REDIRECTS + 1):
        _refuse_other(place, url)
        with gate(place):
            deadline = time.monotonic() + timeout
            try:
                with (
                    httpx2.Client(
                        transport=Wire(allow_private, deadline, url), timeout=timeout, follow_redirects=False
                    ) as client,
                    client.stream("GET", _bare(place), headers=_headers(etag, last_modified)) as response,
                ):
                    if not (response.status_code in _REDIRECTS and "location" in response.headers):
                        data = _body(response, limit, url) if response.status_code < 300 else b""
                        return _answer(response, data, place)
                    place = without_login(urljoin(place, response.headers["location"]))
            except FAULTS as error:
                lost: Lost = "" if isinstance(error, ValueError | httpx2.InvalidURL) else "silent"
                raise _failed(
                    url, f"The page could not be fetched ({type(error).__name__}).", lost
                ) from error
    raise _failed(url, f"The page redirects more than {MAX_REDIRECTS} times.")


def _failed(url: str, message: str, lost: Lost = "") -> SourceError:
    remedy = "Open the address in a browser, and save the page as a file if it opens there."
    error = SourceError("fetch_failed", message, remedy, about=url)
    error.lost = lost
    return error


def _refuse_other(place: str, about: str) -> None:
    try:
        parts = urlsplit(place)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # a port or an IPv6 address that is none
        known = False
    if not known or len(place) > _LONGEST_URL:
        raise _failed(about, "Only http and https addresses can be fetched.")


def _bare(url: str) -> Any:
    """Without a name and password: they would go to whoever an address names."""
    import httpx2

    return httpx2.URL(url).copy_with(username=None, password=None, fragment=None)


def _headers(etag: str, last_modified: str) -> dict[str, str]:
    told = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {
        "User-Agent": f"Mozilla/5.0 (compatible; {AGENT})",
        "Accept": "text/html,application/xhtml+xml,text/plain,text/markdown;q=0.9,*/*;q=0.5",
        "Accept-Language": "fr",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        **{name: value for name, value in told.items() if value},
    }


def _answer(response: Any, data: bytes, place: str) -> Fetched:
    headers = response.headers
    return Fetched(
        data,
        headers.get("content-type"),
        place,
        response.status_code,
        _told(headers.get("etag")),
        _told(headers.get("last-modified")),
        headers.get("tdm-reservation"),
        ", ".join(headers.get_list("x-robots-tag"))[:_LONGEST_TOLD],
    )


def _told(header: str | None) -> str:
    """A header that is sent back as it came, unless nobody could have meant it."""
    value = header or ""
    return value if len(value) <= _LONGEST_TOLD and value.isascii() and value.isprintable() else ""


def _body(response: Any, limit: int, url: str) -> bytes:
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > limit:
            raise SourceError(
                "too_large",
                f"The page is larger than {limit / 1_000_000:g} MB.",
                "Save the article's text as a file and give that.",
                about=url,
            )
    return bytes(data)
