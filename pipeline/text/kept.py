"""What is made of a paragraph, kept for its other readers: a dozen checks, the next look, the next article beside it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

# A text of another size than a paragraph's has fewer readers, and would fill the memory.
_SHORT = 4000
_TEXTS = 1024


def kept(function: Callable[[str], T]) -> Callable[[str], T]:
    """The function, which works out the last thousand short texts once. Its values must not be changed."""
    remembered = lru_cache(maxsize=_TEXTS)(function)

    @wraps(function)
    def of(text: str) -> T:
        return remembered(text) if len(text) < _SHORT else function(text)

    return of
