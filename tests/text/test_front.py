import pytest

from pipeline.text.front import front_block
from pipeline.text.markdown import parse


@pytest.mark.parametrize("written", ["Un titre long", "'Un titre long'", '"Un titre long"'])
def test_a_field_stands_where_its_words_stand(written):
    document = parse(f"---\nslug: Un titre long\ntitle: {written}\n---\n\n# Autre\n")
    block = front_block(document, "title")
    assert block
    place = document.place_in(block, 3, 8)
    assert (place.text, place.line) == ("titre", 3)


def test_a_value_that_is_folded_or_escaped_points_to_its_line():
    document = parse('---\ntitle: "L\\u2019été\n  en Corse"\n---\n\n# Autre\n')
    block = front_block(document, "title")
    assert block
    assert block.text == "L’été en Corse"
    place = document.place_in(block, 0, len(block.text))
    assert place.line == 2
    assert place.text.startswith("title:")


@pytest.mark.parametrize("front", ["", "---\ntitle: []\n---\n\n", "---\ntitle: ''\n---\n\n"])
def test_no_field_is_no_block(front):
    assert front_block(parse(f"{front}# Un titre\n"), "title") is None
