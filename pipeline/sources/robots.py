"""What a site's robots.txt says to us (RFC 9309)."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.reading.fetch import AGENT

if TYPE_CHECKING:
    from protego import Protego

LARGEST = 5_000_000
"""Bytes; a larger one is no answer."""
READ = 512_000
"""Characters that are read of it; RFC 9309, 2.5 asks for at least 500 KiB."""
_AGENT_LINE = re.compile(r"\s*user[- ]?agent\b[\s:]*(\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class Rules:
    """The rules of one site; an empty text allows everything."""

    text: str

    def allows(self, url: str) -> bool:
        return self._parsed.can_fetch(url, AGENT)

    @property
    def delay(self) -> float:
        """Seconds between two requests that the site asks for; 0 when it does not."""
        return self._parsed.crawl_delay(AGENT) or 0.0

    @cached_property
    def _parsed(self) -> "Protego":
        from protego import Protego

        return Protego.parse("\n".join(map(_ours, self.text.splitlines())))


def _ours(line: str) -> str:
    """A line that names another robot names the same one: each rule of a group is kept for each robot of it, and a
    file that names ten thousand robots over ten thousand rules would take minutes.
    """
    named = _AGENT_LINE.match(line)
    if named is None or named[1].startswith("*") or AGENT.lower() in named[1].lower():
        return line
    return "User-agent: another"
