"""Where a link from a piece to its neighbour leads once it is published."""

from collections.abc import Callable

from pipeline.model import Site
from pipeline.pages.edition import Edition
from pipeline.text.web_address import piece_named, web_address

Own = Callable[[str], str | None]
"""The address of a link's target, where it is one of the desk's own pages; None for any other."""


def own_pages(edition: Edition, site: Site, *, on_disk: bool = False) -> Own:
    """With a site to its address there; else beside the piece: its page on disk, or on a site its folder.

    A piece of which nobody knows when it was published has no address where addresses hold the date.
    """

    def own(target: str) -> str | None:
        slug = piece_named(target)
        if slug is None:
            address = web_address(target)
            return address if site.url and address and f"{address}/".startswith(f"{site.url}/") else None
        if site.url is None:
            return f"../{slug}/article.html" if on_disk else f"../{slug}/"
        published = edition.neighbours.get(slug)
        if published is None and site.permalink.count("{") > 1:
            return None
        return site.address(slug, published or edition.published)

    return own
