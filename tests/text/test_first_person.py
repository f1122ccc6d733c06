import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.first_person import first_person
from pipeline.text.quotes import quotations, stray_closers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("J’ai dit à notre maire que nous viendrons.", ["J’", "notre", "nous"]),
        ("Que dois-je faire ? Pouvons-nous entrer ?", ["dois-je", "Pouvons-nous"]),
        ("Elle m’a rendu mon livre.", ["m’", "mon"]),
        ("Me Dupont plaide à Notre-Dame le jour J.", []),
        ("Le site Mon Espace Santé ; rendez-vous entre nous.", []),
    ],
)
def test_finds_the_first_person_and_no_names(text, found):
    assert [text[a:b] for a, b in first_person(text)] == found


@given(st.text(alphabet='«»“”" ab.', max_size=60))
def test_a_closer_is_stray_or_in_a_quotation_and_never_both(text):
    inside = quotations(text)
    for at in stray_closers(text):
        assert not any(q.outer_start <= at < q.outer_end for q in inside)
