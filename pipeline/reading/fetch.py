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
_AGENT = "Mozilla/5.0 (compatible; Marbre)"


@dataclass(frozen=True, slots=True)
class Fetched:
    data: bytes
    media: str | None
    """The Content-Type header, whole."""
    url: str
    """Where the redirects ended."""


def fetch(url: str, *, timeout: float, allow_private: bool, limit: int) -> Fetched:
    """Bytes of a page; `timeout` bounds the whole fetch, `limit` its bytes after decompression.

    Raises `SourceError` fetch_failed, private_address or too_large.
    """
    import httpx2

    deadline = time.monotonic() + timeout
    # A proxy from the environment would resolve the name again, behind the back of the address check.
    with httpx2.Client(timeout=timeout, follow_redirects=False, trust_env=False) as client:
        place = url
        try:
            for _ in range(MAX_REDIRECTS + 1):
                with client.stream(**_request(place, allow_private=allow_private, about=url)) as response:
                    if response.status_code in _REDIRECTS and "location" in response.headers:
                        place = urljoin(place, response.headers["location"])
                        continue
                    if response.status_code >= 400:
                        raise _failed(url, f"The server answered with status {response.status_code}.")
                    data = _body(response, limit, deadline, url)
                    return Fetched(data, response.headers.get("content-type"), place)
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, ValueError) as error:
            raise _failed(url, f"The page could not be fetched ({type(error).__name__}).") from error
    raise _failed(url, f"The page redirects more than {MAX_REDIRECTS} times.")


def _failed(url: str, message: str) -> SourceError:
    remedy = "Open the address in a browser, and save the page as a file if it opens there."
    return SourceError("fetch_failed", message, remedy, about=url)


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
        raise _failed(about, f"The name {host} leads nowhere.") from error
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
