"""Source to Article: the text that tells something, with everything else set aside and listed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from pipeline.errors import SourceError
from pipeline.model import Article, Credit, Image, Paragraph, Removal, Source
from pipeline.reading import scars
from pipeline.reading.blocks import Block, blocks_of_text, front_matter
from pipeline.reading.metadata import merged
from pipeline.reading.orders import safe_credit, without_orders
from pipeline.reading.page import Page, read_page, without_link_lists
from pipeline.reading.request import take_requests
from pipeline.reading.strip import strip
from pipeline.text.language import language_of
from pipeline.text.web_address import web_address

MIN_WORDS = 40
READ_LANGUAGES = {"fr": "French", "en": "English"}
"""What a source may be written in; a piece is always French."""
_TITLE = 160
_HEADING = 90
_LABEL = re.compile(r"([A-ZÀ-Þ][^:\n]{0,40}?)[ \u00a0\u202f]?:[ \u00a0\u202f]")
_QUESTION = re.compile(r"(?:Q|R|Question|Réponse)[ \u00a0\u202f]?[.:]?[ \u00a0\u202f]?[–—:-][ \u00a0\u202f]")
_LONGEST_MARKDOWN = 20_000
_LANGUAGES = {"es": "Spanish", "de": "German", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
              "ca": "Catalan", "ru": "Russian", "uk": "Ukrainian", "pl": "Polish", "ro": "Romanian", "ar": "Arabic",
              "tr": "Turkish", "und": "no language that can be told"}  # fmt: skip


def clean(source: Source) -> Article:
    """The article of a source; raises `SourceError` empty, too_short or unread_language."""
    return _kept(source) if len(source.text) < _SHORT else _clean(source)


def _clean(source: Source) -> Article:
    page = _read(source)
    requests, blocks, removed = _requests(page)
    blocks, furniture, visible = strip(blocks)
    blocks, page, orders = without_orders(blocks, page)
    title, blocks, repeats = _title(page.title, page.window, blocks)
    blocks = _headings(blocks)
    blocks, mended = _mended(blocks)
    blocks, doubled = _once(blocks)
    credit, untrue = safe_credit(_credit(visible, page))
    paragraphs = tuple(Paragraph(f"P{n}", block.text, block.kind) for n, block in enumerate(blocks, 1))
    article = Article(
        ref=source.ref,
        sha256=source.sha256,
        title=scars.mend(title)[0] if title else None,
        language=language_of(" ".join(block.text for block in blocks)),
        paragraphs=paragraphs,
        removed=(*removed, *furniture, *orders, *untrue, *repeats, *mended, *doubled),
        instructions=requests,
        credit=credit,
        visit=source.visit,
    )
    article = replace(article, images=tuple(_images(page, article.address)))
    _refuse_unusable(article)
    return article


# In a folder a source is an article, and background of others: it is read again and again.
_SHORT, _SOURCES = 50_000, 32
_kept = lru_cache(maxsize=_SOURCES)(_clean)


def _read(source: Source) -> Page:
    if source.media == "text/html":
        page = read_page(source.text)
        blocks, removed = without_link_lists(page.blocks)
        return replace(page, blocks=blocks, removed=(*page.removed, *removed))
    text, title, credit = front_matter(source.text)
    # Markdown's inline rules take quadratic time; no paragraph of an article is this long.
    if source.media == "text/markdown" and max(map(len, text.split("\n\n"))) < _LONGEST_MARKDOWN:
        page = read_page(_rendered(text), whole=True)
        return replace(page, title=page.title or title, credit=merged(credit, page.credit))
    return Page(title, blocks_of_text(text), credit=credit)


def _rendered(markdown: str) -> str:
    from markdown_it import MarkdownIt

    html: Any = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)
    return f"<html><body>{html}</body></html>"


def _requests(page: Page) -> tuple[tuple[str, ...], tuple[Block, ...], tuple[Removal, ...]]:
    """What the document asks of the rewriter, at the top of its text or before it, and the blocks without it."""
    early, _ = take_requests(list(page.before))
    # Markdown and front matter may name a title that is the request's own first line.
    titled, _ = take_requests([page.title]) if page.title else ((), [])
    requests, rest = take_requests([block.text for block in page.blocks])
    blocks = tuple(replace(block, text=text) for block, text in zip(page.blocks, rest, strict=True) if text)
    removed = tuple(removal for removal in page.removed if removal.text not in early)
    return (*early, *(title for title in titled if title not in early), *requests), blocks, removed


# --- title and headings ---------------------------------------------------------------------------------------


def _title(
    named: str | None, window: str | None, blocks: tuple[Block, ...]
) -> tuple[str | None, tuple[Block, ...], tuple[Removal, ...]]:
    """The title, and the blocks without it and without its repetitions."""
    removed: list[Removal] = []
    rest = list(blocks)
    if named and take_requests([named])[0]:
        named = None
    if not named and len(rest) > 2 and _is_kicker(rest):
        removed.append(Removal(rest.pop(0).text, "section label above the title"))
    title = named or (_unlabelled(rest.pop(0).text) if len(rest) > 1 and is_title(rest[0]) else window)
    if title:
        same = [block for block in rest[:3] if _bare(block.text) == _bare(title)]
        removed += [Removal(block.text, "repeats the title") for block in same]
        rest = [block for block in rest if block not in same]
    return title, tuple(rest), tuple(removed)


def is_title(block: Block) -> bool:
    """A short first line that does not end like a sentence."""
    text = block.text
    bare = text.rstrip('»”" \xa0\u202f')
    ends = text.endswith((",", ";", ":", ".", "…")) or bare.endswith(".")
    return (
        block.kind in {"text", "heading"}
        and len(text) <= _TITLE
        and not ends
        and len(re.findall(r"[.!?] [A-ZÀ-Þ]", text)) < 2
    )


def _is_kicker(blocks: list[Block]) -> bool:
    first, second, third = blocks[:3]
    return (
        len(first.text.split()) <= 3 and is_title(first) and is_title(second) and len(second.text.split()) >= 5
        and second.text != second.text.upper() and len(third.text) > len(second.text)
    )  # fmt: skip


def _unlabelled(title: str) -> str:
    return re.sub(r"^(?:titre|title)[ \xa0]*:[ \xa0]*", "", title, flags=re.IGNORECASE)


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Short lines between paragraphs become headings; runs of them are lists or scores, and stay text."""
    labels = Counter(map(_label, blocks))
    short = [
        block.kind in {"text", "heading"} and _is_heading(block.text) and not _is_a_turn(block, labels)
        for block in blocks
    ]
    told = []
    for n, block in enumerate(blocks):
        around = sum(short[max(0, n - 2) : n + 3])
        alone = n + 1 < len(blocks) and (around <= 2 and not all(short[n : n + 2]))
        if block.kind == "text" and short[n] and (alone or (n == 0 and around <= 2)):
            told.append(replace(block, kind="heading"))
        else:
            told.append(block)
    return tuple(told)


def _label(block: Block) -> str | None:
    """What stands before the colon of a line that begins so, a name for one."""
    label = _LABEL.match(block.text)
    return label[1] if label else None


def _is_a_turn(block: Block, labels: Counter[str | None]) -> bool:
    """Who asks or answers in an interview is named before each of their turns, or by `Q` and `R`."""
    label = _label(block)
    return (label is not None and labels[label] > 1) or _QUESTION.match(block.text) is not None


def _is_heading(text: str) -> bool:
    names = [
        part
        for part in re.split(r", | et ", text)
        if re.fullmatch(r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){1,3}", part)
    ]
    return (
        len(text) <= _HEADING
        and not text.endswith((".", ",", ";", ":", "…"))
        and not re.search(r"[.!?…][ \xa0]*[»”\"]$", text)
        and not re.match(r"[a-zà-ÿ(]|[–—-] |[«“\"][^»”\"]*$", text)
        and bool(re.search(r"[^\W\d_]{2}", text))
        and not re.search(r"-(?:t-)?(?:il|elle|on|ils|elles)$", text)
        and len(names) < 3
    )


# --- scars, repetitions, credit -------------------------------------------------------------------------------


def _mended(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    mended: list[Block] = []
    removed: list[Removal] = []
    for block in blocks:
        text, found = scars.mend(block.text)
        mended.append(replace(block, text=text.strip()))
        removed += found
    return tuple(block for block in mended if block.text), tuple(removed)


def _once(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    """Paragraphs that are repeated word for word stand once; so do pull quotes that only repeat the text."""
    seen: set[str] = set()
    kept: list[Block] = []
    removed: list[Removal] = []
    for block in blocks:
        bare = _bare(block.text)
        if bare in seen and len(block.text.split()) >= 5 and block.kind != "row":
            removed.append(Removal(block.text, "repeated paragraph"))
        else:
            kept.append(block)
        seen.add(bare)
    while kept and kept[-1].kind == "heading":
        removed.append(Removal(kept.pop().text, "heading with nothing under it"))
    return tuple(kept), tuple(removed)


def _credit(visible: Credit, page: Page) -> Credit:
    """What the document says of itself: what is seen first, then its metadata, then JSON-LD."""
    credit = merged(merged(visible, page.credit), page.fallback)
    site = page.credit.publisher or page.fallback.publisher
    agency = visible.publisher
    # Agency copy on somebody's site has two publishers, and the agency's licence is the one that counts.
    if site and agency and page.credit.publisher and agency.casefold() not in site.casefold():
        credit = replace(credit, publisher=f"{site} ({agency})")
    return credit


def _images(page: Page, address: str | None) -> Iterator[Image]:
    """Those that stand on the web, their addresses whole."""
    for image in page.images:
        try:
            src = web_address(urljoin(address or "", image.src))
        except ValueError:
            continue
        if src:
            yield replace(image, src=src)


def _refuse_unusable(article: Article) -> None:
    text = article.text
    if not re.search(r"\w", text):
        remedy = "Check that the source holds an article."
        raise SourceError(
            "empty",
            "Nothing in the source reads as an article: all of it was taken for page furniture.",
            remedy,
            about=article.ref,
        )
    words = sum(bool(re.search(r"\w", run)) for run in re.split(r"[ \t\n]+", text))
    if words >= MIN_WORDS and article.language not in READ_LANGUAGES:
        found = _LANGUAGES.get(article.language, article.language)
        read = " and ".join(READ_LANGUAGES.values())
        message = f"The article is in a language that is not read (found: {found}; read: {read})."
        remedy = f"Give it in {' or '.join(READ_LANGUAGES.values())}."
        raise SourceError("unread_language", message, remedy, about=article.ref)
    sentences = len(re.findall(r"[.!?…](?=[ \xa0\n»”\"]|$)", text))
    if words < MIN_WORDS or sentences < 2:
        message = f"There is too little text to make an article of ({words} words, at least {MIN_WORDS} are wanted)."
        if words >= MIN_WORDS:
            message = "There is too little text to make an article of (less than two whole sentences)."
        raise SourceError("too_short", message, "Give the whole article.", about=article.ref)
