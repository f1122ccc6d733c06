"""A figure of a title or description that stands for another one now: `325` was said where `410` is."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from pipeline.refresh.substance import Difference
from pipeline.text.sentences import sentences

_TOKEN = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?|\w+")
_ALIKE = 0.6
_MOST = 200  # paragraphs


def swaps(differences: Iterable[Difference]) -> dict[str, str]:
    """Figures, as written, that were exchanged in sentences that stayed; none that became two different ones."""
    found: dict[str, set[str]] = {}
    for change in differences:
        for each in change.changes[:_MOST]:
            if each.before and each.after:
                for old, new in _exchanged(each.before.text, each.after.text):
                    found.setdefault(old, set()).add(new)
    return {old: new.pop() for old, new in found.items() if len(new) == 1}


def _exchanged(before: str, after: str) -> Iterable[tuple[str, str]]:
    old, new = ([text[a:b] for a, b in sentences(text)] for text in (before, after))
    if len(old) != len(new):
        return
    for was, now in zip(old, new, strict=True):
        left, right = _TOKEN.findall(was), _TOKEN.findall(now)
        matcher = SequenceMatcher(None, left, right)
        if was == now or matcher.ratio() < _ALIKE:
            continue
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind == "replace" and b - a == d - c:
                pairs = zip(left[a:b], right[c:d], strict=True)
                yield from ((x, y) for x, y in pairs if x[0].isdigit() and y[0].isdigit() and x != y)


def swapped(text: str, values: Mapping[str, str]) -> str:
    """The text with those figures exchanged, in one pass."""

    def put(match: re.Match[str]) -> str:
        return values.get(match.group(), match.group())

    return _TOKEN.sub(put, text)
