"""What a model may have carried into a piece: its prompt, an order of the source, an address from nowhere."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline import prompts
from pipeline.model import Brief, Dossier
from pipeline.text.addresses import Address, addresses, key_of
from pipeline.text.fold import Token, tokens
from pipeline.text.front import front_block
from pipeline.text.markdown import Block, Document
from pipeline.text.orders import readings, suspects
from pipeline.text.overlap import Index
from pipeline.text.stopwords import STOP_WORDS
from pipeline.text.web_address import piece_named

# In 50,000 words of press text no four words in a row are those of a prompt.
_PROMPT_WORDS = 6
_ORDER_WORDS, _TELLING = 4, 3
_SHORTEST_NAME = 4
_FIELDS = ("title", "description", "keyphrase", "slug")
# Labels as the prompt writes them. `(D1)` and `(N7)` are roads in France, so round brackets need P, Q or S.
_LABELS = re.compile(
    r"\[(?:S\d{1,3})?[PQFDN]\d{1,4}(?:, ?(?:S\d{1,3})?[PQFDN]\d{1,4})*\]|\((?:S\d{1,3}[PQFDN]|[PQ])\d{1,4}(?:, ?(?:S\d{1,3})?[PQFDN]\d{1,4})*\)"
    r"|[<‹]/?(?:source|related|dossier|plan|section|findings)[>›]"
)
WITHHELD = ("hidden", "comment in the page's code", "shown only without scripts", "speaks to a machine")
"""How the reasons begin for which `clean` keeps from the writer what no reader was meant to see."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the sources and the settings give, and what the sources order."""

    set_addresses: frozenset[str]
    """Keys of the addresses that the settings gave, or that are the sources' own."""
    told_addresses: frozenset[str]
    """Keys of those that stand in the text of a source."""
    orders: tuple[str, ...]
    """What was withheld from the writer, and what in the text may be an order."""
    index: Index
    """Their words."""
    names: dict[str, int]
    """Words with a capital that stand nowhere but in orders, folded, and the order each stands in."""
    given: str
    """The folded words of everything else, a space between them and at both ends."""


@lru_cache(maxsize=64)
def provenance(dossier: Dossier, brief: Brief) -> Provenance:
    """Worked out once for an article: its drafts are checked several times."""
    told = tuple(_given(dossier, brief))
    given = f" {' '.join(filter(None, map(_flat, told)))} "
    known = set(given.split())
    orders = tuple(text for each in dossier.all for text in _orders_in(each))
    names = {
        t.text: n
        for n, text in enumerate(orders)
        for t in tokens(text)
        if t.text not in known and _is_name(t, text)
    }
    wishes = _addresses_in((brief.instructions or "", brief.tone or ""))
    return Provenance(wishes | _pages(dossier), _addresses_in(told), orders, Index.of(orders), names, given)


def shown(document: Document) -> Iterator[Block]:
    """All a reader or a search engine sees: fields of the front matter, headings, text, sources."""
    for name in _FIELDS:
        if block := front_block(document, name):
            yield block
    synonyms = document.front.get("synonyms")
    for word in synonyms if isinstance(synonyms, list) else ():
        at = document.text.find(str(word))
        if at >= 0:
            yield Block("paragraph", str(word), range(at, at + len(str(word))), at, at + len(str(word)))
    yield from (b for b in document.blocks if b.kind != "html")


def prompt_runs(text: str, dossier: Dossier | None) -> Iterator[tuple[int, int]]:
    """Runs of words that stand in a prompt file and in no source, and labels of the prompt."""
    yield from (match.span() for match in _LABELS.finditer(text))
    found = tokens(text)
    words = [t.text for t in found]
    for run in _prompts().runs(words):
        if run.end - run.start >= _PROMPT_WORDS and not _stands_in(words[run.start : run.end], dossier):
            yield found[run.start].start, found[run.end - 1].end


@cache
def _prompts() -> Index:
    return Index.of(part for name in prompts.NAMES for part in prompts.load(name).texts)


def _stands_in(words: list[str], dossier: Dossier | None) -> bool:
    if dossier is None:
        return False
    wanted = f" {' '.join(words)} "
    return any(wanted in f" {_flat(p.text)} " for d in dossier.all for p in d.article.passages)


def _flat(text: str) -> str:
    return " ".join(t.text for t in tokens(text))


def addresses_shown(document: Document) -> Iterator[tuple[Block, Address]]:
    """Every address a reader is sent to, targets of links too."""
    for block in shown(document):
        for address in addresses(block.text):
            yield block, address
        for target in block.links:
            if piece_named(target) is not None:
                continue  # to a piece beside it: no way off the desk
            yield block, Address("link", target, 0, len(block.text))


def _addresses_in(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(a.key for text in texts for a in addresses(text))


def _pages(dossier: Dossier) -> frozenset[str]:
    """Where the sources themselves were found."""
    pages = [p for d in dossier.all for p in (d.article.ref, d.article.credit.url or "")]
    return frozenset(key_of(page, "link") for page in pages if page.startswith(("http://", "https://")))


@lru_cache(maxsize=4096)
def _suspects(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(suspects(text))


def _without_orders(text: str) -> str:
    """An address in a sentence that orders it to be put into the article is not given."""
    for start, end in reversed(_suspects(text)):
        text = text[:start] + " " + text[end:]
    return text


def _orders_in(dossier: Dossier) -> Iterator[str]:
    article = dossier.article
    found = [*article.instructions, *(r.text for r in article.removed if r.why.startswith(WITHHELD))]
    found += [p.text[start:end] for p in article.passages for start, end in _suspects(p.text)]
    for text in found:
        yield from dict.fromkeys((text, *readings(text)))


def _given(dossier: Dossier, brief: Brief) -> Iterator[str]:
    asked_by_document = {name for name, origin in brief.origins if origin == "document"}
    yield from (part for part in (brief.instructions, brief.tone) if part)
    if "keyphrase" not in asked_by_document:
        yield brief.keyphrase or ""
    for each in dossier.all:
        credit = each.article.credit
        yield from (part for part in (credit.publisher, credit.author, credit.place) if part)
        yield from (_without_orders(p.text) for p in each.article.passages)


def _is_name(token: Token, text: str) -> bool:
    """A capital or a figure inside a word, or a capital inside a sentence: no word of every day."""
    written = text[token.start : token.end]
    if len(written) < _SHORTEST_NAME or token.text in STOP_WORDS:
        return False
    before = text[: token.start].rstrip(" «“\"'*_(").removesuffix("’")
    opens = not before or before[-1] in ".!?:;…\n>]"
    odd = any(c.isupper() for c in written[1:]) and not written.isupper()
    return (
        odd
        or (any(c.isdigit() for c in written) and any(c.isalpha() for c in written))
        or (written[0].isupper() and not opens and not written.isupper())
    )


def obeyed(block: Block, known: Provenance) -> Iterator[tuple[int, int, str]]:
    """Places of a block that say what an order wanted said, each with the order."""
    found = tokens(block.text)
    words = [t.text for t in found]
    for run in known.index.runs(words):
        shared = words[run.start : run.end]
        telling = [w for w in shared if w not in STOP_WORDS and len(w) > 1]
        if len(shared) < _ORDER_WORDS or len(telling) < _TELLING or f" {' '.join(shared)} " in known.given:
            continue
        yield found[run.start].start, found[run.end - 1].end, known.orders[run.paragraph]
    is_slug = " " not in block.text
    for token in found:
        written = block.text[token.start : token.end]
        if token.text in known.names and (is_slug or written != written.lower()):
            yield token.start, token.end, known.orders[known.names[token.text]]
