"""YAML of others: text only, and no word that stands for a thousand."""

import pytest
import yaml

from pipeline.text import plain_yaml
from pipeline.text.markdown import parse

BOMB = "x0: &a0 [lol, lol]\n" + "".join(f"x{n}: &a{n} [{f'*a{n - 1},' * 10}]\n" for n in range(1, 10))


def test_every_value_is_text():
    assert plain_yaml.load("a: 2026-01-31\nb: [1, oui]\nc: !!int 4") == {
        "a": "2026-01-31",
        "b": ["1", "oui"],
        "c": "4",
    }


def test_aliases_are_refused():
    with pytest.raises(yaml.YAMLError, match="aliases"):
        plain_yaml.load(BOMB)


def test_a_front_matter_of_aliases_is_none():
    assert parse(f"---\n{BOMB}title: *a9\n---\n\n# Un\n").front == {}
