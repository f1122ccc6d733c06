"""Links in a finished text, and the places of its report moved with them: nothing is written but the signs of a link."""

from collections.abc import Collection, Sequence
from typing import Any

from pipeline.linking.choose import Link
from pipeline.text.markdown import Document
from pipeline.text.web_address import piece_named, web_address

_INNER = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E"})


def target_of(link: Link) -> str:
    """What the link leads to as a Markdown file tells it: the other piece's file, or a web address."""
    if "://" in link.target:
        return link.target.translate(_INNER)
    return f"../{link.target}/article.md"


def linked(text: str, links: Sequence[Link]) -> str:
    """The text with its links; places count the text without them."""
    for link in sorted(links, key=lambda k: -k.start):
        words = text[link.start : link.end]
        text = f"{text[: link.start]}[{words}]({target_of(link)}){text[link.end :]}"
    return text


def unlinked(text: str, links: Sequence[Link]) -> str | None:
    """The text without these links; None where they do not stand as they were placed."""
    for link in sorted(links, key=lambda k: k.start):
        tail = f"]({target_of(link)})"
        stop = link.end + 1
        if text[link.start : link.start + 1] != "[" or not text.startswith(tail, stop):
            return None
        text = text[: link.start] + text[link.start + 1 : stop] + text[stop + len(tail) :]
    return text


def leading_to(document: Document, addresses: Collection[str]) -> tuple[Link, ...] | None:
    """The links of a file that lead to these (a web address, or `../slug/article.md`), as `unlinked` takes them out.

    None where one is no `[words](address)`, or stands there in another way too.
    """
    text, found, signs = document.text, [], 0
    left = set(addresses)
    for block in document.blocks:
        for first, last, target in block.anchors:
            address = web_address(target) or target
            if address not in addresses:
                continue
            start, end = block.span(first, last)
            close = text.find(")", end)
            if text[start - 1 : start] != "[" or text[end : end + 2] != "](" or close < 0:
                return None
            left.discard(address)
            found.append(
                Link(start - 1 - signs, end - 1 - signs, piece_named(target) or text[end + 2 : close])
            )
            signs += close + 2 - end
    return None if left else tuple(found)


def moved(report: dict[str, Any], before: Sequence[Link], after: Sequence[Link], text: str) -> dict[str, Any]:
    """`report.json` of a text with other links than it had: every place as in the new `text`."""

    def at(place: int) -> int:
        return _forth(_back(place, before), after)

    def over(told: Any) -> Any:
        if not isinstance(told, dict) or not isinstance(told.get("start"), int):
            return told
        start, end = at(told["start"]), at(told["end"])
        return told | {"start": start, "end": end, "text": text[start:end]}

    findings = [{**f, "where": over(f["where"])} for f in report["findings"]]
    spans = {name: [over(each) for each in report[name]] for name in ("evidence", "translations")}
    return report | {"findings": findings} | spans


def _forth(place: int, links: Sequence[Link]) -> int:
    """A place that begins or ends beside a link stands outside of it."""
    opened = sum(k.start < place for k in links)
    closed = sum(len(target_of(k)) + 3 for k in links if k.end <= place)
    return place + opened + closed


def _back(place: int, links: Sequence[Link]) -> int:
    for link in sorted(links, key=lambda k: k.start):
        if place > link.start:
            place -= 1
        if place > link.end:
            place -= len(target_of(link)) + 3
    return place
