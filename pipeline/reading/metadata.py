"""What a page says about itself: headline, publisher, author, date, licence. Nothing here becomes text."""

import json
import re
from dataclasses import replace
from typing import Any

from pipeline.model import Credit
from pipeline.reading.blocks import squeeze
from pipeline.reading.decoding import tidy


def headline(soup: Any, named: str | None) -> Any:
    """The h1 of the article: inside <article>, or the one that shares most words with the page's own title."""
    candidates = [
        heading for heading in soup.find_all("h1") if squeeze(heading.get_text(" ")) and not _is_logo(heading)
    ]
    words = set((named or "").lower().split())

    def fit(heading: Any) -> tuple[int, int, int]:
        own = heading.get_text(" ").lower().split()
        return (
            len(words & set(own)),
            int(heading.find_parent(["article", "main"]) is not None),
            min(len(own), 4),
        )

    return max(candidates, key=fit, default=None)


def _is_logo(heading: Any) -> bool:
    link = heading.find("a", href=True)
    home = link is not None and re.fullmatch(
        r"(?:https?://[^/]+)?/?(?:index\.\w+|accueil/?)?", str(link["href"])
    )
    return bool(home) and squeeze(link.get_text(" ")) == squeeze(heading.get_text(" "))


_META = {
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher", "article:publisher", "application-name", "citation_publisher"),
    "author": ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "citation_author"),
    "date": ("article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "pubdate", "publish-date"),
    "licence": ("dc.rights", "dcterms.rights", "dcterms.license", "license", "licence"),
    "url": ("og:url",),
}  # fmt: skip


def metadata(soup: Any) -> tuple[Credit, Credit, str | None, str | None]:
    """What meta elements say, what only JSON-LD says, the title for sharing, and the window's title."""
    metas: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        value = cleaned(meta.get("content"))
        if name and value:
            metas.setdefault(str(name).lower(), value)
    found: dict[str, str] = {}
    for field, names in _META.items():
        value = next((metas[name] for name in names if name in metas), None)
        if value and (field == "url") == value.startswith(("http://", "https://")):
            found[field] = value
    for link in soup.find_all(["link", "a"], rel=True, href=True)[:2000]:
        kinds = [str(kind).lower() for kind in link["rel"]]
        if "license" in kinds:
            found.setdefault("licence", cleaned(link.get_text() or link["href"]) or "")
        elif "canonical" in kinds and str(link["href"]).startswith(("http://", "https://")):
            found["url"] = cleaned(link["href"]) or ""
    moment = soup.find("time", attrs={"datetime": True})
    if moment:
        found.setdefault("date", cleaned(moment["datetime"]) or "")
    window = _without_site(squeeze(soup.title.get_text()), found.get("publisher")) if soup.title else None
    known = Credit(**{key: value for key, value in found.items() if value})
    return known, _json_ld(soup), metas.get("og:title"), window


def cleaned(value: Any) -> str | None:
    return squeeze(tidy(str(value))[0])[:300] or None if value else None


def _without_site(title: str, site: str | None) -> str:
    for mark in (" | ", " – ", " — ", " - ", " : "):
        head, found, tail = title.rpartition(mark)
        if (
            found
            and head
            and (tail == site or (mark != " : " and len(tail) < len(head) and len(tail.split()) <= 5))
        ):
            return head
    return title


def _json_ld(soup: Any) -> Credit:
    found: dict[str, str] = {}
    for script in soup.find_all("script", type=re.compile(r"^application/ld\+json", re.IGNORECASE))[:20]:
        try:
            data = json.loads(script.string or "")
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            for field, key in (
                ("author", "author"),
                ("publisher", "publisher"),
                ("date", "datePublished"),
                ("licence", "license"),
            ):
                told = item.get(key)
                told = told[0] if isinstance(told, list) and told else told
                told = told.get("name") if isinstance(told, dict) else told
                if isinstance(told, str) and (value := cleaned(told)):
                    found.setdefault(field, value)
    return Credit(**found)


def _items(data: Any) -> list[dict[str, Any]]:
    items = data if isinstance(data, list) else [data]
    graphs = [
        item["@graph"] for item in items if isinstance(item, dict) and isinstance(item.get("@graph"), list)
    ]
    every = [
        item for item in (*items, *(node for graph in graphs for node in graph)) if isinstance(item, dict)
    ]
    return [item for item in every if re.search(r"Article|Posting|Report", str(item.get("@type")))]


def merged(first: Credit, second: Credit) -> Credit:
    """The first credit, filled up from the second."""
    return replace(
        first,
        publisher=first.publisher or second.publisher,
        author=first.author or second.author,
        date=first.date or second.date,
        licence=first.licence or second.licence,
        url=first.url or second.url,
        place=first.place or second.place,
    )
