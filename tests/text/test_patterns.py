"""Patterns are read alike by every Python that the program is for."""

import re
from pathlib import Path

import pytest

import pipeline

_SOURCES = sorted(Path(pipeline.__file__).parent.rglob("*.py"))
_POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\{?[\d,]*\}?\})\+")


@pytest.mark.parametrize("text", ["(?:a|ab)*+", "(ab)?+", "(?:ab){2,3}+", "(?:ab){{2}}+"])
def test_a_possessive_group_is_seen(text):
    assert _POSSESSIVE_GROUP.search(text)


@pytest.mark.parametrize("text", ["[ab]*+", r"\)++", "(?:ab)*", "(?>ab)*", "[.!?]++"])
def test_what_every_python_reads_alike_is_let_be(text):
    assert not _POSSESSIVE_GROUP.search(text)


def test_no_pattern_repeats_a_group_possessively():
    """Before 3.11.5 such a group forgets its way back, and matches nothing where it should match (gh-106052)."""
    assert len(_SOURCES) > 100
    assert [path.name for path in _SOURCES if _POSSESSIVE_GROUP.search(path.read_text())] == []
