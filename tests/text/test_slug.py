import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.slug import LONGEST, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("L’Otan et l’Ukraine", "otan-et-ukraine"),
        ("Cœur d’œuvre à l’été", "coeur-oeuvre-ete"),
        ("75e anniversaire : ce qui change !", "75e-anniversaire-ce-qui-change"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "article"),
        ("日本", "article"),
        ("a", "a"),
    ],
)
def test_a_slug_says_the_words_of_a_title(text, slug):
    assert slugify(text) == slug


@given(st.text())
def test_a_slug_is_safe_for_a_folder_and_a_url(text):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slugify(text))
    assert len(slugify(text)) <= LONGEST


@given(st.text())
def test_a_slug_of_a_slug_is_itself(text):
    assert slugify(slugify(text)) == slugify(text)


def test_a_slug_is_never_cut_inside_a_word():
    text = "constitution " * 12
    assert set(slugify(text).split("-")) == {"constitution"}
