"""One name in two scripts' spellings: `Zelensky` and `Zelenskyy`, `Gorbatchev` and `Gorbachev`.

Two spellings are variants when rules of transliteration lead to the same key. Likeness counts for nothing: a letter
changed otherwise makes another name.
"""

import re
from functools import lru_cache

from pipeline.text.fold import fold

# In this order. Each takes what one script's letter is written as in French, English, German or Polish.
_SOUNDS = (
    (re.compile(r"chtch|shch|schtsch|szcz|tsch|tch|sch|sh|cz|sz|ch"), "C"),
    (re.compile(r"dzh|dj|zh|j(?=[aou])"), "J"),
    (re.compile(r"kh|gh(?=[aeiou])"), "h"),
    (re.compile(r"gu(?=[eiy])"), "g"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"ff\b|v\b|w"), "v"),
    (re.compile(r"ck|q|c(?=[aou])"), "k"),
    (re.compile(r"[yi]j\b|[iy]+"), "i"),
    (re.compile(r"tz|ts"), "z"),
)
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=20000)
def sound(word: str) -> str:
    """The same for two transliterations of a name; every other letter counts, a double consonant too."""
    key = fold(word)
    for pattern, letter in _SOUNDS:
        key = pattern.sub(letter, key)
    return key


def single(key: str) -> str:
    """A key without its double letters: `Mohammed` and `Mohamed`, but also a slip, `Attal` and `Atal`."""
    return _DOUBLED.sub(r"\1", key)
