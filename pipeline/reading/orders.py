"""What a source tells a machine is taken out of it before anything reads it, and listed: no reader was meant."""

from dataclasses import fields, replace

from pipeline.model import Credit, Removal
from pipeline.reading.blocks import Block
from pipeline.reading.page import Page
from pipeline.text.addresses import addresses
from pipeline.text.language import language_of
from pipeline.text.orders import coded, is_order, is_order_on_the_text, orders

WHY = "speaks to a machine, not to readers"
_CODE = "speaks to a machine: a coded text"
_LONGEST_CREDIT = 15  # words; publishers, authors and licences are named in fewer


def without_orders(
    blocks: tuple[Block, ...], page: Page
) -> tuple[tuple[Block, ...], Page, tuple[Removal, ...]]:
    """Blocks and titles without the sentences that give orders to a machine, and without coded text."""
    kept: list[Block] = []
    removed: list[Removal] = []
    following = False
    french = language_of(" ".join(block.text for block in blocks)) == "fr"
    for block in blocks:
        text, found = _freed(block.text, following=following, french=french)
        removed += found
        # An order is often followed by its particulars, a paragraph or an item each.
        following = bool(found) and (not text or found[-1].text.rstrip().endswith(":"))
        if text:
            kept.append(replace(block, text=text))
    title, found = _freed(page.title or "", following=False, french=french)
    window, more = _freed(page.window or "", following=False, french=french)
    page = replace(page, title=title or None, window=window or None)
    return tuple(kept), page, (*removed, *found, *more)


def _freed(text: str, *, following: bool, french: bool) -> tuple[str, list[Removal]]:
    removed: list[Removal] = []
    for why, spans in ((WHY, list(orders(text, following=following, french=french))), (_CODE, None)):
        for start, end in reversed(list(coded(text)) if spans is None else spans):
            removed.insert(0, Removal(text[start:end], why))
            text = f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()
    return text, removed


def safe_credit(credit: Credit) -> tuple[Credit, tuple[Removal, ...]]:
    """The credit without fields that are an order, an address or a speech: they are printed under the piece."""
    removed = []
    for field in fields(credit):
        value = getattr(credit, field.name)
        if field.name != "url" and value and _is_no_credit(value, field.name):
            removed.append(Removal(value, f"{WHY} ({field.name} of the document)"))
            credit = replace(credit, **{field.name: None})
    return credit, tuple(removed)


def _is_no_credit(value: str, field: str) -> bool:
    # A licence may be an address; a site may be called by its domain.
    sends = [] if field == "licence" else [a for a in addresses(value) if a.kind != "account name"]
    called = field == "publisher" and len(value.split()) == 1 and "/" not in value and "@" not in value
    return (
        len(value.split()) > _LONGEST_CREDIT
        or (bool(sends) and not called)
        or is_order(value)
        or is_order_on_the_text(value)
    )
