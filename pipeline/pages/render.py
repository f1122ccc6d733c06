"""Markdown that nobody vouches for, as HTML that a page can hold."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.text.slug import slugify
from pipeline.text.web_address import web_address

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markupsafe import Markup

_LINKS = ("http", "https", "mailto")


def rendered(markdown: str) -> "tuple[Markup | None, Markup]":
    """The first H1 (None when there is none) and the rest of the body; any other H1 becomes an H2."""
    from markupsafe import Markup

    md = parser()
    env: dict[str, Any] = {}
    tokens = [t for t in md.parse(markdown, env) if t.type != "front_matter"]
    headline = None
    first = next((i for i, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h1"), None)
    if first is not None:
        headline = Markup(md.renderer.render([tokens[first + 1]], md.options, env))  # noqa: S704
        del tokens[first : first + 3]
    for token in tokens:
        token.tag = "h2" if token.tag == "h1" else token.tag
    return headline, Markup(md.renderer.render(tokens, md.options, env))  # noqa: S704


@cache
def parser() -> "MarkdownIt":
    """CommonMark with tables and front matter; HTML is text."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.anchors import anchors_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    md = MarkdownIt("commonmark", {"html": False}).enable("table")
    md.use(front_matter_plugin).use(anchors_plugin, min_level=1, max_level=6, slug_func=slugify)
    # An address that is not allowed is dropped below; refused here, it would stand in the text as Markdown.
    md.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    md.core.ruler.push("allowed_addresses", _keep_allowed_addresses)
    return md


def _keep_allowed_addresses(state: "StateCore") -> None:
    for token in state.tokens:
        if token.children:
            token.children = list(_allowed(token.children))


def _allowed(children: "Sequence[Token]") -> "Iterator[Token]":
    """Links of the allowed schemes; images from the web that say what they show; of other links the words."""
    kept: list[bool] = []
    for child in children:
        if child.type == "link_open":
            address = web_address(str(child.attrGet("href")), _LINKS)
            kept.append(address is not None)
            if address and not address.startswith("mailto:"):
                child.attrSet("rel", "nofollow noopener")
            if not address:
                continue
        if child.type == "link_close" and not kept.pop():
            continue
        if child.type == "image" and not (child.content.strip() and web_address(str(child.attrGet("src")))):
            continue
        yield child
