"""Slugs: what a URL and a folder are called."""

import re

from pipeline.text.fold import fold
from pipeline.text.stopwords import STOP_WORDS

LONGEST = 75
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slugify(text: str, *, longest: int = LONGEST) -> str:
    """`[a-z0-9-]` only, `œ` as `oe`, never cut inside a word, never empty.

    Elided letters go (`l’Ukraine` → `ukraine`). A text without a Latin letter or digit gives `article`.
    """
    parts = [p for p in _NOT_SLUG.split(fold(text)) if p]
    words = [p for p in parts if len(p) > 1 or p not in STOP_WORDS] or parts
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:longest]
        if len(longer) > longest:
            break
        slug = longer
    return slug or "article"
