import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.glyphs import width


@pytest.mark.parametrize(
    ("text", "pixels"),
    [
        ("", 0),
        ("i" * 10, 44.4),
        ("W" * 10, 188.8),
        ("L’Otan", 58.9),
        ("à", 11.1),
        ("a\u0300", 11.1),  # an accent as a sign of its own
        ("œuvre", 57.8),
        ("a\u200bb\u00ad", 22.2),  # nobody sees those
        ("\u00a0", 5.6),
        ("日本", 40),
        ("🙂", 20),
    ],
)
def test_widths_are_those_of_arial_at_twenty_pixels(text, pixels):
    assert width(text) == pytest.approx(pixels, abs=0.1)


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_line_is_as_wide_as_its_letters_and_never_narrower_for_more_of_them(one, other):
    assert width(f"{one} {other}") >= width(one) >= 0


def test_the_same_letters_twice_as_large_are_twice_as_wide():
    assert width("Le sommet", 40) == pytest.approx(2 * width("Le sommet", 20))
