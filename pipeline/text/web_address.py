"""Web addresses that nobody vouches for."""

from urllib.parse import urlsplit


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
