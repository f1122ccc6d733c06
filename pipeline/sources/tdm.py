"""Whether a publisher reserves text and data mining (directive 2019/790, article 4(3)), and by which sign.

Signs: the TDM Reservation Protocol (W3C community group, final report of 10 May 2024), and `noai` in X-Robots-Tag or the
meta element `robots`, which is no standard but is meant as such.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.reading.fetch import AGENT, Fetched
from pipeline.sources.robots import Rules

WELL_KNOWN = "/.well-known/tdmrep.json"
LARGEST = 512_000
"""Bytes of that file that are read."""
_MOST_RULES = 1_000
_HEAD = 500_000  # characters in which meta elements are looked for
_META = re.compile(r"<meta\b([^<>]{0,1000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(name|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_NO_AI = frozenset({"noai", "noml"})


@dataclass(frozen=True, slots=True)
class SiteFile:
    """The file of a whole site: which paths it reserves, which it does not."""

    rules: Rules = field(default_factory=lambda: Rules(""))

    def reserves(self, url: str) -> bool:
        """The longest location that fits decides, as in robots.txt."""
        return not self.rules.allows(url)


def site_file(text: str) -> SiteFile:
    """The file as rules; one that is no list of objects reserves nothing."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return SiteFile()
    lines = ["User-agent: *"]
    for rule in told[:_MOST_RULES] if isinstance(told, list) else ():
        location = rule.get("location") if isinstance(rule, dict) else None
        if isinstance(location, str) and location.isprintable() and "#" not in location:
            reserved = _is_reserved(rule.get("tdm-reservation"))
            lines.append(f"{'Disallow' if reserved else 'Allow'}: {location}")
    return SiteFile(Rules("\n".join(lines)))


def signs(answer: Fetched, html: str, site: SiteFile) -> tuple[str, ...]:
    """The signs by which a document is reserved, none when it is not.

    Of the protocol the nearest word counts: the document's own before its header before the site's file.
    """
    metas = list(_metas(html))
    found = []
    if nearest := [content for name, content in metas if name == "tdm-reservation"]:
        found += ["meta tdm-reservation"] if any(map(_is_reserved, nearest)) else []
    elif answer.tdm_reservation is not None:
        found += ["header tdm-reservation"] if _is_reserved(answer.tdm_reservation) else []
    elif site.reserves(answer.url):
        found.append("tdmrep.json")
    if _for_us(answer.robots_tag) & _NO_AI:
        found.append("header X-Robots-Tag")
    if any(name in ("robots", AGENT.lower()) and _words(content) & _NO_AI for name, content in metas):
        found.append("meta robots")
    return tuple(found)


def _is_reserved(value: object) -> bool:
    return str(value).strip() == "1"


def _metas(html: str) -> Iterator[tuple[str, str]]:
    for element in _META.finditer(html, 0, _HEAD):
        told = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(element[1])}
        yield told.get("name", "").strip().lower(), told.get("content", "")


def _words(value: str) -> set[str]:
    return set(re.split(r"[\s,]+", value.lower()))


def _for_us(tag: str) -> set[str]:
    """The directives of X-Robots-Tag headers that are for everybody or for us: `googlebot: noai` is not."""
    found: set[str] = set()
    ours = True
    for part in tag.lower().split(","):
        robot, colon, rest = part.partition(":")
        if colon and not robot.strip().startswith(("max-", "unavailable_after")):
            ours = robot.strip() == AGENT.lower()
        if ours:
            found |= _words(rest if colon else part)
    return found
