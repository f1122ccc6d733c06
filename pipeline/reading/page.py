"""An HTML page to blocks of its main text: what a reader would see of the article, in order, and no more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import Any

from pipeline.model import Credit, Image, ParagraphKind, Removal
from pipeline.reading.blocks import Block, row_text, squeeze
from pipeline.reading.decoding import tidy
from pipeline.reading.hidden import set_aside
from pipeline.reading.images import captioned
from pipeline.reading.metadata import headline, metadata
from pipeline.text.language import word_set

_LINE = "\u2028"  # stands for <br> inside a block; `tidy` has taken real ones out of the source
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | word_set(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul root"
)
_STOPS = frozenset({"article", "main"})
# What the element must hold of the text that trafilatura found; the rest is mostly its own additions.
_ABOUT_ALL = 0.97
_TITLE_LIMIT = 200
# A page of thousands of nested elements is an attack or a wreck: only its lines are read.
_DEEPEST = 2000
# An element has a dozen. Whoever reads the page again compares each with all others: 400,000 would take ten minutes.
_MOST_ATTRIBUTES = 200
_NOBODY = Credit()


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page holds."""

    title: str | None
    """Of the h1 or of og:title."""
    blocks: tuple[Block, ...]
    window: str | None = None
    """The <title> without the site's name: a title where no other is found."""
    before: tuple[str, ...] = ()
    """Texts that stand before the main text."""
    removed: tuple[Removal, ...] = ()
    credit: Credit = _NOBODY
    """What meta elements say."""
    fallback: Credit = _NOBODY
    """What only JSON-LD says: to be believed where nothing visible says otherwise."""
    images: tuple[Image, ...] = ()


def read_page(html: str, *, whole: bool = False) -> Page:
    """Blocks of a page's main text; of all its text when `whole` (Markdown and Word documents have no furniture)."""
    soup = _parse(html)
    credit, fallback, named, window = metadata(soup)
    title = headline(soup, named or window)
    removed = set_aside(soup, keep=title, whole=whole)
    found = list(_walk(soup.body or soup))
    if title is not None:
        named = squeeze(title.get_text(" "))
    placed = [(block, element) for block, element in found if block.text]
    blocks, before, outside = (placed, [], []) if whole else _main(soup, placed, title)
    kept, captions = _without_captions(blocks)
    images = captioned((block.text, element) for block, element in captions)
    texts = [block for block, element in kept if title is None or not _within(element, title)]
    removed += [Removal(block.text, "photo caption") for block, _ in captions]
    removed += [
        Removal(block.text, "outside the main text") for block, element in outside if element is not title
    ]
    return Page(
        _titled(named),
        tuple(texts),
        _titled(window),
        tuple(before),
        tuple(removed),
        credit,
        fallback,
        tuple(images),
    )


def _titled(text: str | None) -> str | None:
    return squeeze(tidy(text)[0])[:_TITLE_LIMIT] or None if text else None


def _parse(html: str) -> Any:
    """The parser lxml reads most pages best, but drops what is nested too deep: then Python's own parser is slower and safer."""
    import warnings

    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what looks like XML or an address to bs4 is a source to us
        soup = BeautifulSoup(html, "lxml")
        plain = BeautifulSoup(html, "html.parser")
    lengths = [len("".join(one.get_text().split())) for one in (soup, plain)]
    best = plain if lengths[0] < 0.98 * lengths[1] else soup
    for element in best.find_all(lambda tag: len(tag.attrs) > _MOST_ATTRIBUTES):
        element.attrs = dict(islice(element.attrs.items(), _MOST_ATTRIBUTES))
    if _depth(best) > _DEEPEST:
        return BeautifulSoup(
            "".join(f"<p>{escape(line)}</p>" for line in best.get_text("\n").split("\n")), "lxml"
        )
    return best


def _depth(soup: Any) -> int:
    deepest = 0
    stack = [(soup, 0)]
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        stack.extend((child, depth + 1) for child in getattr(node, "contents", ()))
    return deepest


def _within(element: Any, ancestor: Any) -> bool:
    return element is ancestor or any(parent is ancestor for parent in element.parents)


# --- blocks -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Buffer:
    """A block being read."""

    element: Any
    kind: ParagraphKind
    text: str = ""
    linked: int = 0
    strong: int = 0

    def flush(self) -> Iterator[tuple[Block, Any]]:
        text, linked = self.text, self.linked
        bold = self.kind == "text" and self.strong >= len(squeeze(text).replace(_LINE, "")) > 0
        self.text, self.linked, self.strong = "", 0, 0
        parts = [squeeze(tidy(part)[0]) for part in _paragraphs(text)]
        parts = [part for part in parts if part]
        for part in parts:
            short = bold and len(part) <= 90 and not part.endswith((".", ",", ";", ":", "…"))
            yield Block(part, "heading" if short else self.kind, linked // len(parts)), self.element


def _paragraphs(text: str) -> list[str]:
    """Two <br> end a paragraph; one does where every line is a whole sentence."""
    parts: list[str] = []
    for part in re.split(rf"{_LINE}[ \t\r\n]{{0,9}}(?:{_LINE}[ \t\r\n]{{0,9}})+", text):
        lines = [line.strip() for line in part.split(_LINE) if line.strip()]
        sentences = len(lines) > 1 and all(
            line.endswith((".", "!", "?", "…", "»", "”", '"')) for line in lines
        )
        parts += lines if sentences else [" ".join(lines)]
    return parts


def _walk(root: Any) -> Iterator[tuple[Block, Any]]:
    """Every block with its element, in reading order; an explicit stack, since pages nest without bound."""
    from bs4.element import NavigableString, Tag

    walker = _Walker(root)
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        if type(node) is NavigableString:
            walker.read(str(node))
        elif isinstance(node, Tag):
            yield from walker.cross(node, leaving=leaving)
            if leaving:
                continue
            if node.name == "tr" and not _is_layout(node):
                yield from _row(node)
            else:
                stack.append((node, True))
                if not _is_note_mark(node):
                    stack.extend((child, False) for child in reversed(node.contents))
    yield from walker.buffer.flush()


class _Walker:
    """Where the walk stands: the block being filled, and the links and bold type around it."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.buffer = _Buffer(root, "text")
        self.links = self.bold = 0

    def read(self, text: str) -> None:
        size = len(text.strip())
        self.buffer.text += text.replace("\n", " ")
        self.buffer.linked += size if self.links else 0
        self.buffer.strong += size if self.bold else 0

    def cross(self, node: Any, *, leaving: bool) -> Iterator[tuple[Block, Any]]:
        """Over the start or the end of an element; blocks begin and end here."""
        step = -1 if leaving else 1
        if node.name == "a" and _leads_away(node):
            self.links += step
        elif node.name in {"b", "strong"}:
            self.bold += step
        elif node.name == "q":
            self.buffer.text += " »" if leaving else "« "
        elif node.name == "br":
            self.buffer.text += "" if leaving else _LINE
        elif node.name in _BLOCKS or node.name == "[document]":
            yield from self.buffer.flush()
            owner = node.parent if leaving and node is not self.root and node.parent else node
            self.buffer = _Buffer(owner, _kind(owner))


def _leads_away(link: Any) -> bool:
    return bool(link.get("href")) and not str(link["href"]).startswith("#")


def _is_note_mark(node: Any) -> bool:
    return (
        node.name == "sup"
        and bool(re.fullmatch(r"\s*\[?\d{0,3}\]?\s*", node.get_text()))
        and bool(node.find("a"))
    )


def _kind(element: Any) -> ParagraphKind:
    for node in (element, *element.parents):
        if node.name in _HEADINGS:
            return "heading"
        if node.name in {"li", "dt", "dd"}:
            return "item"
        if node.name == "blockquote":
            return "quote"
        if node.name in {"td", "article", "main", "body"}:
            return "text"
    return "text"


def _is_layout(row: Any) -> bool:
    """Old pages are laid out with tables: then a cell holds paragraphs, not a value."""
    cells = row.find_all(["td", "th"], recursive=False)
    return len(cells) < 2 or any(
        (cell.find(["table", "p", "h1", "h2", "h3", "div", "ul"]) and len(cell.get_text()) > 200)
        or len(cell.get_text()) > 400
        for cell in cells
    )  # fmt: skip


def _row(row: Any) -> Iterator[tuple[Block, Any]]:
    cells = row.find_all(["td", "th"], recursive=False)
    text = row_text([squeeze(tidy(cell.get_text(" "))[0]) for cell in cells])
    linked = sum(len(link.get_text(strip=True)) for link in row.find_all("a") if _leads_away(link))
    yield Block(text, "row", linked), row


def _without_captions(
    blocks: list[tuple[Block, Any]],
) -> tuple[list[tuple[Block, Any]], list[tuple[Block, Any]]]:
    """The blocks that are no photo captions, and those that are."""

    def is_caption(element: Any) -> bool:
        return any(node.name == "figcaption" for node in (element, *element.parents))

    told = [(pair, is_caption(pair[1])) for pair in blocks]
    return [pair for pair, caption in told if not caption], [pair for pair, caption in told if caption]


# --- the main text ------------------------------------------------------------------------------------------

_Placed = list[tuple[Block, Any]]


def _main(soup: Any, placed: _Placed, title: Any) -> tuple[_Placed, list[str], _Placed]:
    """The blocks of the main text, the texts before it, and the blocks outside of it."""
    home = _home(soup, placed)
    inside = [_within(element, home) for _, element in placed]
    first = inside.index(True) if True in inside else 0
    head = next((n for n, (_, element) in enumerate(placed) if element is title), None)
    # A standfirst often stands between the headline and the element of the text.
    for n in range(head + 1 if head is not None else first, first):
        block = placed[n][0]
        inside[n] = len(block.text.split()) >= 15 and block.text[-1] in ".!?…»”" and not _is_linked(block)
    kept = [pair for pair, within in zip(placed, inside, strict=True) if within]
    before = [block.text for block, _ in placed[:first]]
    return kept, before, [pair for pair, within in zip(placed, inside, strict=True) if not within]


def _home(soup: Any, placed: _Placed) -> Any:
    """The smallest element that holds about all that trafilatura takes for the main text."""
    import trafilatura

    root = soup.body or soup
    document = trafilatura.bare_extraction(str(soup), favor_recall=True, include_comments=False)
    known = _letters(getattr(document, "text", None) or "")
    weights: dict[int, int] = {}
    total = 0
    for block, element in placed:
        letters = _letters(block.text)
        if len(letters) < 15 or letters not in known:
            continue
        total += len(letters)
        for node in (element, *element.parents):
            weights[id(node)] = weights.get(id(node), 0) + len(letters)
    home = root
    while total and not (home.name in _STOPS and home is not root):
        child = next(
            (
                child
                for child in home.find_all(recursive=False)
                if weights.get(id(child), 0) >= _ABOUT_ALL * total
            ),
            None,
        )
        if child is None or child.name in {"p", "tr"}:
            break
        home = child
    return home


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _is_linked(block: Block) -> bool:
    return block.linked >= 0.8 * len(block.text)


def without_link_lists(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    """Blocks without those that only lead elsewhere: lists of links, lone links, and headings left with nothing."""
    gone = [
        _is_linked(block) and len(block.text) < 250 and (block.kind != "row" or len(block.text) < 60)
        and not (block.kind in {"text", "quote"} and len(block.text.split()) > 25)
        for block in blocks
    ]  # fmt: skip
    kept: list[Block] = []
    removed: list[Removal] = []
    for n, block in enumerate(blocks):
        orphan = block.kind == "heading" and n + 1 < len(blocks) and gone[n + 1]
        if gone[n] or orphan:
            removed.append(Removal(block.text, "links to other pages"))
        else:
            kept.append(block)
    return tuple(kept), tuple(removed)
