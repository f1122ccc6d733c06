"""Markdown for Hugo and Astro: front matter in their words, and a body in which nothing can run.

Their sites may let HTML through, and Hugo runs shortcodes, so the signs that begin either are written as entities.
"""

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline.model import Site
from pipeline.pages.beside import Own, own_pages
from pipeline.pages.edition import Edition
from pipeline.pages.render import as_seen, links, parser

if TYPE_CHECKING:
    from yaml import ScalarNode
    from yaml.representer import SafeRepresenter

# Field names of ours with theirs; what stands in neither list is left out. The title of a page in both is its H1.
_HUGO = {
    "headline": "title",
    "title": "seo_title",
    "description": "description",
    "slug": "slug",
    "date_published": "date",
    "date_modified": "lastmod",
    "draft": "draft",
    "keywords": "keywords",
    "author": "author",
    "image": "image",
}
_ASTRO = _HUGO | {"title": "seoTitle", "date_published": "pubDate", "date_modified": "updatedDate"}
_LESS_THAN = re.compile(r"(\\*)<")
_TO_PIECE = re.compile(r"\[([^\[\]\\\n]{1,200})\]\((\.\./[a-z0-9-]{1,200}/article\.md)\)")
_BRACKET = re.compile(r"(\\*)\[")


def hugo(edition: Edition, site: Site) -> str:
    return _front(edition, site, _HUGO | dict(site.hugo_fields)) + _body(edition, site)


def astro(edition: Edition, site: Site) -> str:
    return _front(edition, site, _ASTRO | dict(site.astro_fields)) + _body(edition, site)


def _front(edition: Edition, site: Site, names: dict[str, str]) -> str:
    """`draft` is always true: only a person publishes."""
    image = edition.image
    values: dict[str, Any] = {
        "title": edition.title,
        "headline": edition.headline,
        "description": edition.description,
        "slug": edition.slug,
        "lang": "fr",
        "keyphrase": edition.keywords[0],
        "keywords": [k for k in edition.keywords if k],
        "date_published": edition.published,
        "date_modified": edition.modified,
        "draft": True,
        "author": site.author,
        "url": site.address(edition.slug, edition.published),
        "image": image and {"src": image.src, "alt": image.alt, "credit": image.credit},
    }
    fields = {theirs: values[ours] for ours, theirs in names.items() if theirs and values[ours] is not None}
    return _yaml(fields)


def _yaml(fields: dict[str, Any]) -> str:
    """Every text quoted and every date plain, so that YAML 1.1 and 1.2 read the same."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
            return True

    Dumper.add_representer(_Quoted, _quoted)
    Dumper.add_representer(datetime, _plain_date)
    told = {name: _marked(value) for name, value in fields.items()}
    body = yaml.dump(told, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    return f"---\n{body}---\n\n"


class _Quoted(str):
    __slots__ = ()


def _marked(value: Any) -> Any:
    if isinstance(value, str):
        return _Quoted(as_seen(value))
    if isinstance(value, dict):
        return {name: _marked(inner) for name, inner in value.items()}
    return [_marked(inner) for inner in value] if isinstance(value, list) else value


def _quoted(dumper: "SafeRepresenter", text: _Quoted) -> "ScalarNode":
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


def _plain_date(dumper: "SafeRepresenter", moment: datetime) -> "ScalarNode":
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", moment.isoformat(timespec="seconds"))


def _body(edition: Edition, site: Site) -> str:
    """The text below the H1."""
    own = own_pages(edition, site)
    text = as_seen(edition.markdown.replace("\r\n", "\n").replace("\r", "\n"))
    lines = text.split("\n")
    tokens = parser().parse(text)
    gone: set[int] = set()
    h1 = next((t for t in tokens if t.type == "heading_open" and t.tag == "h1"), None)
    for token in (h1, *(t for t in tokens if t.type == "front_matter")):
        if token and token.map:
            gone.update(range(*token.map))
    kept = "\n".join(line for n, line in enumerate(lines) if n not in gone)
    return f"{_harmless(_beside(kept, own), own).strip()}\n"


def _beside(text: str, own: Own) -> str:
    """Links to other pieces lead to where a site has them; without an address their words stay."""

    def led(link: re.Match[str]) -> str:
        address = own(link[2])
        return f"[{link[1]}]({address})" if address else link[1]

    return _TO_PIECE.sub(led, text)


def _harmless(text: str, own: Own) -> str:
    text = _LESS_THAN.sub(lambda m: _unescaped(m[1]) + "&lt;", text).replace("{", "&#123;")
    if any(address is None for address in links(text, own)):
        text = _BRACKET.sub(lambda m: _unescaped(m[1]) + "\\[", text)
    return text


def _unescaped(slashes: str) -> str:
    """Without the one that escapes the sign behind it."""
    return slashes[: len(slashes) // 2 * 2]
