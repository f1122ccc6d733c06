"""The text as WordPress blocks, in the very markup its editor saves: anything else it calls invalid content.

The headline is the post's title, so the text begins below it. What would run as a shortcode is written as an entity.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.model import Site
from pipeline.pages.beside import own_pages
from pipeline.pages.edition import Edition
from pipeline.pages.render import as_seen, parser

if TYPE_CHECKING:
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

# A paragraph that is nothing but an address becomes an embedded page.
_LONE_ADDRESS = re.compile(r"(https?):(//\S+)")
# A tag as it is, or a quotation mark between tags, which needs no entity.
_QUOTE = re.compile("(<[^>]*>)|&quot;")
_RULE = '<hr class="wp-block-separator has-alpha-channel-opacity"/>'


def wordpress(edition: Edition, site: Site) -> str:
    """Blocks with a blank line between them, the list of sources included."""
    from markdown_it.tree import SyntaxTreeNode

    tokens = [
        t
        for t in parser().parse(edition.markdown, {"own": own_pages(edition, site)})
        if t.type != "front_matter"
    ]
    children = list(SyntaxTreeNode(tokens).children)
    first = next((n for n in children if n.type == "heading" and n.tag == "h1"), None)
    blocks = [_image(edition), *(_block(node) for node in children if node is not first)]
    return as_seen("\n\n".join(block for block in blocks if block) + "\n")


def _block(node: "SyntaxTreeNode") -> str:
    match node.type:
        case "heading":
            level = max(2, int(node.tag[1]))
            html = f'<h{level} class="wp-block-heading">{_inline(node)}</h{level}>'
            return _wrapped("heading", html, {} if level == 2 else {"level": level})
        case "bullet_list" | "ordered_list":
            return _list(node)
        case "blockquote":
            return _wrapped("quote", f'<blockquote class="wp-block-quote">{_inner(node)}</blockquote>')
        case "table":
            return _table(node)
        case "fence" | "code_block":
            code = _text(node.content.rstrip("\n"))
            return _wrapped("code", f'<pre class="wp-block-code"><code>{code}</code></pre>')
        case "hr":
            return _wrapped("separator", _RULE)
        case _:
            return _wrapped("paragraph", f"<p>{_embeds_nothing(_inline(node))}</p>")


def _wrapped(name: str, html: str, attributes: dict[str, Any] | None = None) -> str:
    told = f" {json.dumps(attributes, separators=(',', ':'))}" if attributes else ""
    return f"<!-- wp:{name}{told} -->\n{html}\n<!-- /wp:{name} -->"


def _inner(node: "SyntaxTreeNode") -> str:
    return "\n\n".join(_block(child) for child in node.children)


def _list(node: "SyntaxTreeNode") -> str:
    ordered = node.type == "ordered_list"
    start = node.attrs.get("start")
    attributes: dict[str, Any] = {"ordered": True} if ordered else {}
    opening = "ol" if ordered else "ul"
    if ordered and isinstance(start, int):
        attributes["start"] = start
        opening = f'ol start="{start}"'
    items = "\n\n".join(_wrapped("list-item", f"<li>{_item(item)}</li>") for item in node.children)
    html = f'<{opening} class="wp-block-list">{items}</{"ol" if ordered else "ul"}>'
    return _wrapped("list", html, attributes)


def _item(item: "SyntaxTreeNode") -> str:
    """An item's words, then the lists within it; its paragraphs follow one another on new lines."""
    words: list[str] = []
    lists: list[str] = []
    for child in item.children:
        if child.type in ("bullet_list", "ordered_list"):
            lists.append(_list(child))
        else:
            words += _words(child)
    return "<br>".join(words) + "\n\n".join(lists)


def _words(node: "SyntaxTreeNode") -> Iterator[str]:
    """The lines of whatever a list item holds; its editor knows nothing but text and lists in one."""
    if node.type in ("fence", "code_block"):
        yield f"<code>{_text(' '.join(node.content.split()))}</code>"
    elif any(child.type == "inline" for child in node.children):
        yield _inline(node)
    else:
        for child in node.children:
            yield from _words(child)


def _table(node: "SyntaxTreeNode") -> str:
    parts = []
    for part in node.children:
        rows = "".join(f"<tr>{''.join(_cell(c) for c in row.children)}</tr>" for row in part.children)
        parts.append(f"<{part.tag}>{rows}</{part.tag}>")
    html = f'<figure class="wp-block-table"><table class="has-fixed-layout">{"".join(parts)}</table></figure>'
    return _wrapped("table", html)


def _cell(cell: "SyntaxTreeNode") -> str:
    return f"<{cell.tag}>{_inline(cell)}</{cell.tag}>"


def _image(edition: Edition) -> str:
    if edition.image is None:
        return ""
    image = edition.image
    told = f"{image.caption} " if image.caption else ""
    caption = _text(f"{told}Crédit\u00a0: {image.credit}")
    img = f'<img src="{_attribute(image.src)}" alt="{_attribute(image.alt)}"/>'
    html = f'<figure class="wp-block-image">{img}<figcaption class="wp-element-caption">{caption}</figcaption></figure>'
    return _wrapped("image", html)


def _inline(node: "SyntaxTreeNode") -> str:
    """The words of a block; a line end of the file is a space."""
    inline = next((child for child in node.children if child.type == "inline"), None)
    tokens: Sequence[Token] = inline.to_tokens() if inline else ()
    html = _renderer().render(tokens, parser().options, {})
    return _as_saved(html.replace("<br>\n", "<br>").replace("\n", " ").strip())


def _as_saved(html: str) -> str:
    """Signs as the editor writes them, but that which begins a shortcode."""
    html = _QUOTE.sub(lambda found: found[1] or '"', html)
    return html.replace("\u00a0", "&nbsp;").replace("[", "&#91;")


def _embeds_nothing(html: str) -> str:
    return _LONE_ADDRESS.sub(r"\1&#58;\2", html) if _LONE_ADDRESS.fullmatch(html) else html


def _attribute(words: str) -> str:
    return _text(words).replace('"', "&quot;")


@cache
def _renderer() -> "RendererHTML":
    from markdown_it.renderer import RendererHTML

    return RendererHTML()


def _text(words: str) -> str:
    from markdown_it.common.utils import escapeHtml

    return _as_saved(escapeHtml(words))
