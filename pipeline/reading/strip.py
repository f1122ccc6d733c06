"""Blocks without page furniture: applies the patterns of `furniture`, and reads the credit off what goes."""

import re
from dataclasses import replace

from pipeline.model import Credit, Removal
from pipeline.reading.blocks import Block
from pipeline.reading.furniture import COMMENTS, DATE, FURNITURE, LONGEST, READ_ALSO, Furniture
from pipeline.reading.metadata import merged
from pipeline.text.rare import lowered

# One character for one, so that places found in the matched text hold in the text itself.
_MATCHED = str.maketrans({"\xa0": " ", "\u202f": " ", "’": "'", "‑": "-"})
_APART = re.compile(r" ?[—–|·•] ?| - ")
_EDGE = 200
_PROSE = 160
_WHOLE = tuple(item for item in FURNITURE if item.edge == "whole")
_START = tuple(item for item in FURNITURE if item.edge == "start")
_END = tuple(item for item in FURNITURE if item.edge == "end")

_Stripped = tuple[tuple[Block, ...], tuple[Removal, ...], Credit]


def strip(blocks: tuple[Block, ...]) -> _Stripped:
    """The blocks of the article, what was removed and why, and the credit that the removed lines give."""
    blocks, comments = _before_comments(blocks)
    blocks, boxes = _without_boxes(blocks)
    kept, whole, credit = _without_whole(blocks)
    kept, head, placed = _without_dateline(kept)
    kept, tail, sourced = _without_tail(kept)
    return kept, (*whole, *boxes, *head, *tail, *comments), merged(placed, merged(sourced, credit))


def _before_comments(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    words = 0
    for n, block in enumerate(blocks):
        # A head of comments stands after an article, never instead of it.
        if words >= 60 and len(block.text) <= 60 and COMMENTS.fullmatch(block.text.translate(_MATCHED)):
            return blocks[:n], tuple(Removal(after.text, "readers' comments") for after in blocks[n:])
        words += len(block.text.split())
    return blocks, ()


def _without_boxes(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    """Blocks without `Lire aussi` and the headlines listed under it."""
    kept: list[Block] = []
    removed: list[Removal] = []
    n = 0
    while n < len(blocks):
        label = (
            READ_ALSO.fullmatch(blocks[n].text.translate(_MATCHED)) if len(blocks[n].text) <= 300 else None
        )
        rest = label["rest"].strip() if label else ""
        if label is None or (rest and not label["colon"].strip() and not _is_linked(blocks[n])):
            kept.append(blocks[n])
            n += 1
            continue
        end = n + 1 if rest else _end_of_box(blocks, n + 1)
        removed += [Removal(block.text, "links to other articles") for block in blocks[n:end]]
        n = end
    return tuple(kept), tuple(removed)


def _is_linked(block: Block) -> bool:
    return block.linked > len(block.text) / 2


def _end_of_box(blocks: tuple[Block, ...], start: int) -> int:
    end = start
    while end < len(blocks) and end - start < 8 and _is_headline(blocks[end]):
        end += 1
    listed = [block for block in blocks[start:end] if block.kind == "item"]
    if listed:
        return start + next(
            (n for n, block in enumerate(blocks[start:end]) if block.kind != "item"), len(listed)
        )
    # The last short line may be the next subhead: shorter than the headlines, or apart from them.
    if end - start > 1 and end < len(blocks):
        last, before = blocks[end - 1], blocks[end - 2]
        if len(last.text.split()) <= 5 < len(before.text.split()) or (before.near and not last.near):
            return end - 1
    return end


def _is_headline(block: Block) -> bool:
    return len(block.text) <= 150 and not block.text.rstrip('»”" \xa0').endswith((".", ";", ":", ","))


def _without_whole(blocks: tuple[Block, ...]) -> _Stripped:
    top = next((n for n, block in enumerate(blocks) if len(block.text) > _PROSE), len(blocks))
    last = max((n for n, block in enumerate(blocks) if len(block.text) > _PROSE), default=0)
    kept: list[Block] = []
    removed: list[Removal] = []
    credit = Credit()
    # From the end, since a signature is told by nothing of the article standing behind it.
    for n, block in reversed(tuple(enumerate(blocks))):
        parts = {"any", "bottom" if n >= last else "above"}
        parts |= ({"top"} if n <= top + 1 else set()) | ({"last"} if not kept and n > 1 else set())
        found = _furniture_of(block, parts)
        if found is None:
            kept.append(block)
        else:
            removed.append(Removal(block.text, found[0].why))
            credit = merged(found[1], credit)
    return tuple(reversed(kept)), tuple(reversed(removed)), credit


def _furniture_of(block: Block, parts: set[str]) -> tuple[Furniture, Credit] | None:
    if len(block.text) > LONGEST or block.kind in {"row", "quote"}:
        return None
    text = block.text.translate(_MATCHED).strip()
    if found := _whole_line(text, parts):
        return found
    # `Par Jean Dupont — Publié le 3 mai · 3 min`: several on one line, furniture when each of them is.
    told = [_whole_line(part, parts) for part in _APART.split(text)]
    if len(told) < 2 or not all(told):
        return None
    credit = Credit()
    for one in told:
        credit = merged(credit, one[1]) if one else credit
    return (told[0][0], credit) if told[0] else None


def _whole_line(text: str, parts: set[str]) -> tuple[Furniture, Credit] | None:
    low = lowered(text)
    for item in _WHOLE:
        if item.part in parts and item.may_be(low) and (found := item.pattern.fullmatch(text)):
            return item, _credit(found)
    return None


def _credit(found: re.Match[str]) -> Credit:
    values = {key: value.strip(" ,.;") for key, value in found.groupdict().items() if value}
    for other in ("owner", "wire"):
        if name := values.pop(other, None):
            values.setdefault("publisher", name)
    if "date" in values and (first := DATE.search(found.group())):
        # Of `Publié le … Mis à jour le …` the first is the date of the article.
        values["date"] = first.group()
    if (place := values.get("place")) and place.isupper():
        values["place"] = place.title()
    return Credit(**values)


def _without_dateline(blocks: tuple[Block, ...]) -> _Stripped:
    """The first paragraph without `Washington (AFP) –`."""
    for n, block in enumerate(blocks[:6]):
        # A title ends like no sentence; the dateline stands before the first whole one.
        if block.kind not in {"text", "quote"} or not re.search(r"[.!?…»”\"]$", block.text):
            continue
        head = block.text[:_EDGE].translate(_MATCHED)
        low = lowered(head)
        for item in _START:
            found = item.pattern.match(head) if item.may_be(low) else None
            if found and found.end() < len(block.text):
                rest = replace(block, text=block.text[found.end() :].strip())
                removed = Removal(block.text[: found.end()].strip(), item.why)
                return (*blocks[:n], rest, *blocks[n + 1 :]), (removed,), _credit(found)
        break
    return blocks, (), Credit()


def _without_tail(blocks: tuple[Block, ...]) -> _Stripped:
    """The last paragraph without `Rapporte BFMTV` or `(avec AFP)`; an agency's mark may also end the first."""
    removed: list[Removal] = []
    credit = Credit()
    kept = list(blocks)
    places = [n for n, block in enumerate(kept) if block.kind in {"text", "quote", "item"}]
    for n in places[-1:]:
        text = kept[n].text
        offset = max(0, len(text) - _EDGE)
        tail = text[offset:].translate(_MATCHED)
        for item in _END:
            if found := item.pattern.search(tail):
                kept[n] = replace(kept[n], text=text[: offset + found.start()].rstrip())
                removed.append(Removal(text[offset + found.start() :].strip(), item.why))
                credit = merged(credit, _credit(found))
                break
    return tuple(block for block in kept if block.text), tuple(removed), credit
