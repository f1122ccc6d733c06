"""A draft's body cut at its title and its second-level headings, so that one part can be replaced."""

import re

# A fenced code block could hold a `## `, but bodies have none: the writer's answer was stripped of code.
_CUT = re.compile(r"^(?=## )", re.MULTILINE)


def cut(body: str) -> list[str]:
    """The parts in order, without loss: `"".join(cut(body)) == body`. The first holds title and lede."""
    return [part for part in _CUT.split(body) if part]


def index_at(parts: list[str], offset: int) -> int:
    """Which part holds a character of the body."""
    end = 0
    for index, part in enumerate(parts):
        end += len(part)
        if offset < end:
            return index
    return max(0, len(parts) - 1)


def replaced(parts: list[str], index: int, text: str) -> str:
    """The body with one part exchanged."""
    return "\n\n".join(p.strip() for p in (*parts[:index], text, *parts[index + 1 :]) if p.strip())
