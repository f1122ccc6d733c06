import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.words import count_words, word_spans


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("l’Ukraine", 1),
        ("«\u00a0Jamais\u00a0»", 1),
        ("« Jamais »", 1),
        ("12\u202f000 soldats", 2),
        ("12 000 soldats", 3),
        ("un – deux", 2),
        ("Un mot : deux", 3),
        ("", 0),
        ("… ! « »", 0),
        ("MiG-29, 75e.", 2),
        ("un\tdeux\ntrois", 3),
    ],
)
def test_a_word_is_a_run_between_white_space_with_a_letter_or_a_digit(text, words):
    assert count_words(text) == words


@given(st.text())
def test_spans_never_overlap_and_never_hold_white_space(text):
    end = 0
    for start, stop in word_spans(text):
        assert end <= start < stop <= len(text)
        assert not set(text[start:stop]) & set(" \t\n\r\f\v")
        end = stop


@given(st.text(), st.text())
def test_words_of_two_texts_add_up(a, b):
    assert count_words(f"{a}\n{b}") == count_words(a) + count_words(b)
