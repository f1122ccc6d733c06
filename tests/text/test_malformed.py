import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.malformed import malformed_numbers
from tests.text.test_numbers import spelled


@given(st.integers(min_value=0, max_value=10**9))
def test_no_number_in_words_is_malformed(number):
    assert list(malformed_numbers(f"Il y a {spelled(number)} habitants.")) == []


@pytest.mark.parametrize("text", ["quatre sept", "vingt-quinze euros", "soixante vingt"])
def test_rows_of_number_words_that_make_none_are_found(text):
    assert [text[a:b] for a, b in malformed_numbers(text)]
