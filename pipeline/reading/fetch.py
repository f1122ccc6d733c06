"""A document from the web: http and https only, to public addresses, bounded in size, time and redirects."""

import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from pipeline.errors import SourceError

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = (404, 410)
_ANSWERED, _NOWHERE = "The server answered with status {}.", "leads nowhere"
_LONGEST = 500  # characters of a validator; a longer one is none
_AGENT = "Mozilla/5.0 (compatible; Marbre)"


@dataclass(frozen=True, slots=True)
class Fetched:
    data: bytes
    media: str | None
    """The Content-Type header, whole."""
    url: str
    """Where the redirects ended."""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False
    """True when the server says that it is as it was (304); then there are no bytes."""


def fetch(
    url: str, *, timeout: float, allow_private: bool, limit: int, etag: str = "", last_modified: str = ""
) -> Fetched:
    """Bytes of a page; `timeout` bounds the whole fetch, `limit` its bytes after decompression. What the server said of
    the page the last time (`etag`, `last_modified`) spares it the sending of what has not changed.

    Raises `SourceError` fetch_failed, private_address or too_large.
    """
    import httpx2

    deadline = time.monotonic() + timeout
    # A proxy from the environment would resolve the name again, behind the back of the address check.
    with httpx2.Client(timeout=timeout, follow_redirects=False, trust_env=False) as client:
        place = url
        try:
            for _ in range(MAX_REDIRECTS + 1):
                request = _request(place, allow_private=allow_private, about=url)
                request["headers"] |= _unless(etag, last_modified)
                with client.stream(**request) as response:
                    if response.status_code in _REDIRECTS and "location" in response.headers:
                        place = urljoin(place, response.headers["location"])
                        continue
                    if response.status_code >= 400:
                        raise _failed(url, _ANSWERED.format(response.status_code))
                    unchanged = response.status_code == 304
                    data = b"" if unchanged else _body(response, limit, deadline, url)
                    head = response.headers
                    validators = head.get("etag", "")[:_LONGEST], head.get("last-modified", "")[:_LONGEST]
                    return Fetched(data, head.get("content-type"), place, *validators, unchanged)
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, ValueError) as error:
            raise _failed(url, f"The page could not be fetched ({type(error).__name__}).") from error
    raise _failed(url, f"The page redirects more than {MAX_REDIRECTS} times.")


def leads_nowhere(error: SourceError) -> bool:
    """Whether a fetch failed because there is no such page or host (any more); a server that is ill may recover."""
    return error.message in map(_ANSWERED.format, _GONE) or _NOWHERE in error.message


def _failed(url: str, message: str) -> SourceError:
    remedy = "Open the address in a browser, and save the page as a file if it opens there."
    return SourceError("fetch_failed", message, remedy, about=url)


def _unless(etag: str, last_modified: str) -> dict[str, str]:
    told = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in told.items() if value}


def _request(url: str, *, allow_private: bool, about: str) -> dict[str, Any]:
    """The request, bound to the address that was checked, so that no second look-up can change it."""
    import httpx2

    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _failed(about, "Only http and https addresses can be fetched.")
    host = parts.hostname
    address = _address(host, parts.port or (443 if parts.scheme == "https" else 80), about)
    if not allow_private and not _is_public(address):
        raise SourceError(
            "private_address",
            f"{host} is not a public address.",
            "Save the page as a file, or set allow_private_urls = true in marbre.toml if you trust that address.",
            about=about,
        )
    target = httpx2.URL(url)
    return {
        "method": "GET",
        "url": target.copy_with(host=address, username=None, password=None),
        "headers": {
            "Host": target.netloc.decode("ascii").rpartition("@")[2],
            "User-Agent": _AGENT,
            "Accept": "text/html,application/xhtml+xml,text/plain,text/markdown;q=0.9,*/*;q=0.5",
            "Accept-Language": "fr",
        },
        "extensions": {"sni_hostname": host.encode("idna").decode("ascii")},
    }


def _address(host: str, port: int, about: str) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _failed(about, f"The name {host} {_NOWHERE}.") from error
    return str(found[0][4][0])


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    return bool(ip.is_global and inner.is_global and not inner.is_multicast)


def _body(response: Any, limit: int, deadline: float, url: str) -> bytes:
    data = bytearray()
    for chunk in response.iter_bytes(65_536):
        data += chunk
        if len(data) > limit:
            raise SourceError(
                "too_large",
                f"The page is larger than {limit // 1_000_000} MB.",
                "Save the article's text as a file and give that.",
                about=url,
            )
        if time.monotonic() > deadline:
            raise _failed(url, "The page took too long to come.")
    return bytes(data)
