"""Markdown that nobody vouches for, as HTML that a page can hold."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.text.slug import slugify
from pipeline.text.web_address import web_address

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markupsafe import Markup

    from pipeline.pages.beside import Own

_BESIDE = re.compile(r"\.\./[a-z0-9-]+/")
_LINKS = ("http", "https", "mailto")
# Not allowed in HTML or XML, or able to turn the reading order around.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def as_seen(text: str) -> str:
    """What a page cannot hold is shown as U+FFFD, never dropped in silence."""
    return _UNSEEN.sub("\ufffd", text)


class Entry(NamedTuple):
    """A line of the table of contents."""

    id: str
    text: "Markup"


class Rendered(NamedTuple):
    headline: "Markup | None"
    """The first H1; None when there is none."""
    lede: "Markup"
    """What stands before the first H2, without the first H1; any other H1 becomes an H2."""
    body: "Markup"
    """From the first H2 on."""
    closing: "Markup"
    """What stands at the end under the heading `Sources`, that heading included."""
    contents: tuple[Entry, ...]
    """The H2s of the body."""


def rendered(markdown: str, *, boxed: bool = True, own: "Own | None" = None) -> Rendered:
    """The parts of a piece as HTML; `boxed`, a table wider than the screen scrolls by itself, by keyboard too.

    `own` gives the addresses of the desk's own pages: these links say nothing against where they lead.
    """
    md = parser()
    env: dict[str, Any] = {"own": own}
    tokens = [t for t in md.parse(markdown, env) if t.type != "front_matter"]
    tokens = list(_boxed(tokens)) if boxed else tokens
    headline = None
    first = next((i for i, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h1"), None)
    if first is not None:
        headline = _html([tokens[first + 1]], env)
        del tokens[first : first + 3]
    for token in tokens:
        token.tag = "h2" if token.tag == "h1" else token.tag
    heads = [i for i, t in enumerate(tokens) if t.type == "heading_open" and t.level == 0]
    end = heads[-1] if heads and tokens[heads[-1] + 1].content.strip() == "Sources" else len(tokens)
    parts = [i for i in heads if i < end and tokens[i].tag == "h2"]
    begin = parts[0] if parts else end
    return Rendered(
        headline,
        _html(tokens[:begin], env),
        _html(tokens[begin:end], env),
        _html(tokens[end:], env),
        tuple(Entry(str(tokens[i].attrGet("id")), _html(_unlinked(tokens[i + 1]), env)) for i in parts),
    )


def _html(tokens: "list[Token]", env: dict[str, Any]) -> "Markup":
    from markupsafe import Markup

    md = parser()
    return Markup(md.renderer.render(tokens, md.options, env))  # noqa: S704 - rendered without HTML


def _boxed(tokens: "Sequence[Token]") -> "Iterator[Token]":
    from markdown_it.token import Token

    number = 0
    for token in tokens:
        if token.type == "table_open":
            number += 1
            box = f'<div class="wide" role="region" aria-label="Tableau {number}" tabindex="0">\n'
            yield Token("html_block", "", 0, content=box)
        yield token
        if token.type == "table_close":
            yield Token("html_block", "", 0, content="</div>\n")


def _unlinked(inline: "Token") -> "list[Token]":
    """A heading's words for the table of contents: a link within a link is none."""
    kept = [c for c in inline.children or () if c.type not in ("link_open", "link_close", "image")]
    return [inline.copy(children=kept)]


@cache
def parser() -> "MarkdownIt":
    """CommonMark with tables and front matter; HTML is text."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.front_matter import front_matter_plugin

    md = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    md.use(front_matter_plugin)
    # An address that is not allowed is dropped below; refused here, it would stand in the text as Markdown.
    md.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    md.core.ruler.push("names_of_headings", _name_headings)
    md.core.ruler.push("allowed_addresses", _keep_allowed_addresses)
    return md


def _name_headings(state: "StateCore") -> None:
    """Each heading has an id of its words, and of a number where it is not the first of its name.

    The plug-in for it tries every number anew: quadratic in headings of the same name.
    """
    taken: set[str] = set()
    tried: Counter[str] = Counter()
    for heading, inline in pairwise(state.tokens):
        if heading.type != "heading_open":
            continue
        words = (c.content for c in inline.children or () if c.type in ("text", "code_inline"))
        name = slug = slugify("".join(words))
        while name in taken:
            tried[slug] += 1
            name = f"{slug}-{tried[slug]}"
        taken.add(name)
        heading.attrSet("id", name)


def _keep_allowed_addresses(state: "StateCore") -> None:
    for token in state.tokens:
        if token.children:
            token.children = list(_allowed(token.children, state.env.get("own")))


def _allowed(children: "Sequence[Token]", own: "Own | None") -> "Iterator[Token]":
    """Links of the allowed schemes; images from the web that say what they show; of other links the words."""
    kept: list[bool] = []
    for child in children:
        if child.type == "link_open":
            ours = own(str(child.attrGet("href"))) if own else None
            address = ours or web_address(str(child.attrGet("href")), _LINKS)
            kept.append(address is not None)
            if ours:
                child.attrSet("href", ours)
            elif address and not address.startswith("mailto:"):
                child.attrSet("rel", "nofollow noopener")
            if not address:
                continue
        if child.type == "link_close" and not kept.pop():
            continue
        if child.type == "image" and not (child.content.strip() and web_address(str(child.attrGet("src")))):
            continue
        yield child


def links(markdown: str, own: "Own | None" = None) -> "Iterator[str | None]":
    """Every address of a link or image as a page would keep it; None for one that it would not."""
    from markdown_it import MarkdownIt

    md = MarkdownIt("commonmark", {"html": False}).enable("table")
    md.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    for token in md.parse(markdown):
        for child in token.children or ():
            if child.type == "link_open":
                href = str(child.attrGet("href"))
                beside = own is not None and _BESIDE.fullmatch(href)
                yield href if beside else web_address(href, _LINKS)
            elif child.type == "image":
                yield web_address(str(child.attrGet("src")))
