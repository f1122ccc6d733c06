import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking.choose import Link
from pipeline.linking.place import linked, moved, unlinked
from pipeline.text.markdown import parse

WORDS = st.lists(
    st.sampled_from("pont Forges élargi été deux ans riverains".split()), min_size=8, max_size=40
)


@st.composite
def pages(draw):
    """A text, and links over some of its words, none beside another's middle."""
    text = " ".join(draw(WORDS))
    cuts = [0, *(i for i, c in enumerate(text) if c == " "), len(text)]
    places = sorted(draw(st.lists(st.sampled_from(cuts), unique=True, max_size=8)))
    spans = list(zip(places[::2], places[1::2], strict=False))
    targets = draw(st.permutations(["a", "pont-des-forges", "https://a.example/x(y)"]))
    return text, tuple(Link(a, b, t) for (a, b), t in zip(spans, targets, strict=False))


@given(pages())
def test_links_come_off_as_they_were_put_on(page):
    text, links = page
    assert unlinked(linked(text, links), links) == text


@given(pages(), pages())
def test_a_text_without_its_links_is_not_taken_for_linked(page, other):
    text, links = page
    if links:
        assert unlinked(text, links) is None


@given(pages(), st.data())
def test_places_are_moved_there_and_back(page, data):
    text, links = page
    inside = [i for k in links for i in range(k.start + 1, k.end)]
    free = [i for i in range(len(text) + 1) if i not in inside]
    start, end = sorted((data.draw(st.sampled_from(free)), data.draw(st.sampled_from(free))))
    told = {"start": start, "end": end, "text": text[start:end]}
    report = {"findings": [{"where": told}, {"where": None}], "evidence": [told], "translations": []}
    there = moved(report, (), links, linked(text, links))
    again = json.loads(json.dumps(there))
    assert moved(again, links, (), text) == report
    shown = there["evidence"][0]
    assert linked(text, links)[shown["start"] : shown["end"]] == shown["text"]
    assert parse(shown["text"]).text.count("](") == shown["text"].count("](")


@given(pages())
def test_what_a_reader_sees_is_the_same_with_links(page):
    text, links = page
    assert [b.text for b in parse(linked(text, links)).blocks] == [b.text for b in parse(text).blocks]


def test_an_address_cannot_end_its_link():
    text = linked("pont des Forges", [Link(0, 15, "https://a.example/(x)<y>")])
    assert text == "[pont des Forges](https://a.example/%28x%29%3Cy%3E)"


@pytest.mark.parametrize("edited", ["un pont", "[pont](../autre/article.md)", "[pont](../a/article.md"])
def test_an_edited_link_is_left_to_its_editor(edited):
    assert unlinked(edited, [Link(0, 4, "a")]) is None
