"""Web addresses that nobody vouches for."""

import re
from urllib.parse import urlsplit

_PIECE = re.compile(r"\.\./([a-z0-9]+(?:-[a-z0-9]+)*)/article\.md")


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
