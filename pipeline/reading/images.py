"""The images of a page's main text that say what they show and whose they are."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.model import Image
from pipeline.reading.blocks import squeeze
from pipeline.reading.decoding import tidy

# `Photo : Anne Roux / AFP`, `© Reuters`, `(Crédits photo Anne Roux)` at the end of a caption.
_CREDIT = re.compile(
    r"(?:^|[ \u00a0.(|–—-])\(?(?P<credit>©[ \u00a0]?[^()©]{2,80}|(?:Photos?|Cr[ée]dits?(?:[ \u00a0]photos?)?)[ \u00a0]?(?:[:©]|[A-ZÀ-Þ])[^()©]{2,80})\)?\.?$"
)
_LABEL = re.compile(r"^(?:©|Photos?|Cr[ée]dits?(?:[ \u00a0]photos?)?)[ \u00a0]?:?[ \u00a0]?©?[ \u00a0]?")
_LONGEST = 500


def captioned(captions: Iterable[tuple[str, Any]]) -> Iterator[Image]:
    """Of captions, each with its element: those of a figure with one image, its alternative text and a credit.

    `src` is as the page has it.
    """
    for caption, element in captions:
        figure = element.find_parent("figure")
        found = figure.find_all("img") if figure else []
        credit = _CREDIT.search(caption[-120:])
        if len(found) != 1 or credit is None:
            continue
        alt, src = (squeeze(tidy(str(found[0].get(name) or ""))[0]) for name in ("alt", "src"))
        rest = caption[: max(0, len(caption) - 120) + credit.start()].rstrip(" \u00a0(|–—-")
        name = _LABEL.sub("", credit["credit"]).strip()
        if alt and src and name and len(alt) <= _LONGEST:
            yield Image(src, alt, name, rest or None)
