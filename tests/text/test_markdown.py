from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.markdown import parse

PIECE = """---
title: 'Retraites : ce qui change'
disclosure: Texte relu.
---

# Le *titre* & la suite

Un chapô avec un [lien](https://example.org) et `du code`.

## Première partie

- un point
- un autre

> Une citation.

| a | b |
| --- | --- |
| un | deux |

## Sources

- Le Journal

Texte relu.
"""


def test_blocks_come_in_reading_order_with_their_kinds():
    kinds = [(b.kind, b.text) for b in parse(PIECE).blocks]
    assert kinds == [
        ("heading", "Le titre & la suite"),
        ("paragraph", "Un chapô avec un lien et du code."),
        ("heading", "Première partie"),
        ("item", "un point"),
        ("item", "un autre"),
        ("quote", "Une citation."),
        ("cell", "a"),
        ("cell", "b"),
        ("cell", "un"),
        ("cell", "deux"),
        ("heading", "Sources"),
        ("item", "Le Journal"),
        ("paragraph", "Texte relu."),
    ]


def test_sources_and_disclosure_are_no_part_of_the_article():
    document = parse(PIECE)
    assert [b.text for b in document.blocks if b.apparatus] == ["Sources", "Le Journal", "Texte relu."]
    assert "Le Journal" not in [b.text for b in document.prose]


def test_a_closing_disclosure_without_a_heading_is_set_apart_too():
    document = parse("# T\n\nUn texte.\n\nArticle rédigé avec l’aide d’une IA à partir d’une dépêche.")
    assert [b.text for b in document.prose] == ["Un texte."]


def test_front_matter_is_read_and_broken_front_matter_is_told():
    assert parse(PIECE).front["title"] == "Retraites : ce qui change"
    broken = parse("---\ntitle: a: b: c\n---\n\n# T")
    assert broken.front == {}
    assert broken.front_error
    assert [b.text for b in broken.headings] == ["T"]


def test_escapes_and_entities_point_to_the_sign_in_the_file():
    text = "# A &amp; B \\* C"
    (heading,) = parse(text).blocks
    assert heading.text == "A & B * C"
    start, end = heading.span(heading.text.index("C"), len(heading.text))
    assert text[start:end] == "C"


def test_raw_html_is_seen_and_is_no_text():
    document = parse("# T\n\nAvant <b>gras</b> après.\n\n<script>alert(1)</script>\n")
    assert [b.text for b in document.prose] == ["Avant gras après."]
    assert [document.text[a:b] for a, b in document.html] == ["<b>", "</b>", "<script>alert(1)</script>\n"]


def test_places_count_lines_and_name_the_section():
    document = parse(PIECE)
    block = next(b for b in document.blocks if b.text == "un autre")
    place = document.place_in(block, 3, 8)
    assert (place.text, place.section) == ("autre", "Première partie")
    assert PIECE.splitlines()[place.line - 1] == "- un autre"


def test_windows_line_ends_keep_their_offsets():
    text = PIECE.replace("\n", "\r\n")
    for block in parse(text).prose:
        start, end = block.span(0, len(block.text))
        assert text[start] == block.text[0]
        assert text[end - 1] == block.text[-1]


MARKDOWN = st.text(alphabet=st.sampled_from(list("abÀ’«» \n#*_`[]()>-|\\&;.!\u00a0\t\r<1")), max_size=200)


@given(MARKDOWN)
def test_every_character_of_plain_words_is_found_again_in_the_file(text):
    for block in parse(text).blocks:
        assert len(block.offsets) == len(block.text)
        for char, at in zip(block.text, block.offsets, strict=True):
            if char.isalpha():
                assert text[at] == char


@given(st.text())
def test_any_text_can_be_parsed(text):
    document = parse(text)
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(text)
