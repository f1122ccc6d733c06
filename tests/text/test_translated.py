from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Article, Dossier, Quotation
from pipeline.text import slots, translated

QUOTE = Quotation("Q1", "I want to come home", "Maureen Tully", "P1", 0, 19)


def dossier(language):
    return Dossier(Article("s.txt", "0" * 64, None, language, ()), quotations=(QUOTE,))


def test_the_slot_after_a_translation_goes_and_the_pair_is_kept():
    for form in (
        "« Je veux rentrer » {Q1}",
        "“Je veux rentrer” {Q1}",
        '"Je veux rentrer"{ Q1 }',
        "« Je veux rentrer » ({Q1})",
    ):
        text, pairs = translated.taken(f"{form}, dit-elle.", dossier("en"))
        assert text == "«\u00a0Je veux rentrer\u00a0», dit-elle."
        assert pairs == (("Q1", "Je veux rentrer"),)


def test_a_slot_that_no_dossier_has_stays():
    text = "« Je veux rentrer » {Q9}, dit-elle."
    assert translated.taken(text, dossier("en")) == (text, ())


def test_a_slot_of_a_foreign_source_is_never_filled_with_its_words():
    assert slots.fill("{Q1}, dit-elle.", dossier("en")) == "{Q1}, dit-elle."
    assert "I want to come home" in slots.fill("{Q1}, dit-elle.", dossier("fr"))


@given(st.text())
def test_nothing_is_taken_from_a_piece_of_french_sources(text):
    assert translated.taken(text, dossier("fr")) == (text, ())


def test_a_pair_is_told_as_long_as_its_words_stand():
    pairs = (("Q1", "Je veux rentrer"), ("Q1", "Je veux partir"))
    assert list(translated.standing(pairs, "Elle dit : «\u00a0Je veux\u202frentrer\u00a0».")) == [pairs[0]]
