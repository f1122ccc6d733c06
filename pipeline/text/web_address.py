"""Web addresses that nobody vouches for."""

import re
from urllib.parse import urlsplit

_PIECE = re.compile(r"\.\./([a-z0-9]+(?:-[a-z0-9]+)*)/article\.md")
_QUERY = re.compile(r"[?#]")
_AUTHORITY = re.compile(r"[^/?#\\]*")


def piece_named(target: str) -> str | None:
    """The slug of the piece that a link beside it leads to (`../slug/article.md`); None for any other target."""
    match = _PIECE.fullmatch(target)
    return match[1] if match else None


def web_address(text: str | None, schemes: tuple[str, ...] = ("http", "https")) -> str | None:
    """The address, percent-encoded, if its scheme is one of `schemes` and it can lead somewhere; else None."""
    from markdown_it.common.normalize_url import normalizeLink

    try:
        address = normalizeLink((text or "").strip())
        parts = urlsplit(address)
        leads = bool(parts.path) if parts.scheme == "mailto" else parts.hostname and "%" not in parts.hostname
        usable = parts.scheme in schemes and leads and parts.port != 0
    except ValueError:
        return None
    return address if usable else None


def without_secrets(address: str) -> str:
    """An address as it may be printed and kept: who it is asked as, its query and its fragment are left out."""
    scheme, there, rest = address.partition("://")
    head, *query = _QUERY.split(rest if there else address, maxsplit=1)
    # A password may hold such a sign unescaped: where it ends, nobody can say.
    shown = "…" if query and "@" in query[0] else head.rpartition("@")[2]
    return f"{scheme}://{shown}" if there else shown


def without_login(address: str) -> str:
    """Without the name and password before a host: nobody is told them, so nobody needs to keep or show them."""
    scheme, there, rest = address.partition("://")
    host = _AUTHORITY.match(rest)
    login, _, _ = host[0].rpartition("@") if there and host else ("", "", "")
    return f"{scheme}://{rest[len(login) + 1 :]}" if login else address


def names_a_host(address: str) -> bool:
    """True when there is a host to ask, and a port where one is told."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
