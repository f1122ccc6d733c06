"""Fingerprints of a text by which long shared wording is found in a large archive.

Winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): of every `WINDOW` sequences of `GRAM` words in a row, the
one with the smallest hash is kept. Two texts that share a run of `SURE` words share a fingerprint, always; on
average two sequences in five are kept.
"""

from collections.abc import Sequence
from zlib import crc32

from pipeline.text.overlap import ngrams

GRAM = 5
WINDOW = 4
SURE = GRAM + WINDOW - 1


def fingerprints(words: Sequence[str]) -> set[int]:
    """Of folded words; a text of fewer than `GRAM` words has none."""
    hashes = [crc32(" ".join(gram).encode("utf-8", "replace")) for gram in ngrams(words, GRAM)]
    windows = max(1, len(hashes) - WINDOW + 1)
    return {min(hashes[at : at + WINDOW]) for at in range(windows)} if hashes else set()
