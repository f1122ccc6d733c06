import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.fold import fold, tokens


@given(st.text())
def test_folded_text_has_no_accent_and_no_capital(text):
    folded = fold(text)
    assert not any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", folded))
    assert folded == "".join(map(fold, text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’ŒUVRE", "l'oeuvre"),
        ("Zelenskyÿ", "zelenskyy"),
        ("cafe\u0301 crème", "cafe creme"),
        ("Strasse, Straße", "strasse, strasse"),
        ("mi\u00adnistre", "ministre"),
        ("İstanbul", "istanbul"),
    ],
)
def test_a_word_is_the_same_however_it_is_written(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("unit", ["e" + "\u0301" * 20, "a-", "a\u200b", "\u0301", "A", "é"])
def test_hostile_text_takes_linear_time(unit):
    # A way that looks back over the word at each letter would not end.
    text = unit * (1_000_000 // len(unit))
    assert all(0 <= t.start < t.end <= len(text) for t in tokens(text))
