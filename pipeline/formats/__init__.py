"""A finished piece in the forms that sites take: each is a text beside `article.md`, made from it alone."""

from collections.abc import Callable
from pathlib import Path

from pipeline.formats.fragment import fragment
from pipeline.formats.front_matter import astro, hugo
from pipeline.formats.wordpress import wordpress
from pipeline.model import Site
from pipeline.pages.edition import Edition

FORMATS: dict[str, tuple[str, Callable[[Edition, Site], str]]] = {
    "hugo": ("hugo.md", hugo),
    "astro": ("astro.md", astro),
    "wordpress": ("wordpress.html", wordpress),
    "html": ("fragment.html", fragment),
}
"""For each format its file and what writes it. `markdown` is `article.md` itself, which is always there."""


def names(site: Site) -> tuple[str, ...]:
    """The files that the settings ask for."""
    return tuple(FORMATS[name][0] for name in site.formats if name in FORMATS)


def files(edition: Edition, site: Site) -> dict[str, str]:
    """The files of the formats that the settings ask for, by name."""
    asked = (FORMATS[name] for name in site.formats if name in FORMATS)
    return {file: write(edition, site) for file, write in asked}


def with_those_in(folder: Path, site: Site) -> tuple[str, ...]:
    """The formats asked for, and those that lie there from an earlier run: a site may be built from them."""
    there = (name for name, (file, _) in FORMATS.items() if (folder / file).is_file())
    return tuple(dict.fromkeys((*site.formats, *there)))
