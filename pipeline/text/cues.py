"""Whether a text has a cue anywhere, asked many times of one text."""

import re
from functools import lru_cache


@lru_cache(maxsize=64)
def has(cue: re.Pattern[str], text: str) -> bool:
    """Read once for all the figures of a sentence: a hostile one has thousands."""
    return cue.search(text) is not None
