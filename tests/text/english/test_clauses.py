"""What an English sentence denies, and how far it vouches for what it tells."""

import pytest

from pipeline.text.english.clauses import read
from pipeline.text.english.press_words import english_senses, french_senses
from pipeline.text.verb_forms import root


def under(sentence, word):
    found = next(w for w in read(sentence) if w.low == word)
    return found.denied, found.mood


@pytest.mark.parametrize(
    ("sentence", "word", "denied", "mood"),
    [
        ("The board did not publish its report.", "publish", True, "fact"),
        ("Nobody was hurt, but a barn burnt down.", "burnt", False, "fact"),
        ("The club didn't sign the deal.", "sign", True, "fact"),
        ("The line may close in May.", "close", False, "possible"),
        ("The mayor said the line would close.", "close", False, "to come"),
        ("A dam there would cost too much.", "cost", False, "possible"),
        ("The firm plans to hire 40 people.", "hire", False, "to come"),
        ("About 40 people slept there.", "slept", False, "fact"),
        ("The state had promised 60 million.", "million", False, "fact"),
        ("The state promised to pay 60 million.", "pay", False, "to come"),
        ("The firm hired 40 people.", "hired", False, "fact"),
    ],
)
def test_a_word_stands_under_the_denial_and_the_modal_of_its_stretch(sentence, word, denied, mood):
    assert under(sentence, word) == (denied, mood)


def test_a_number_with_a_comma_is_one_word_and_parts_nothing():
    row = read("It left 12,400 homes without power.")
    assert "12,400" in [w.text for w in row]
    assert len({w.segment for w in row}) == 1


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("closed", "fermeture"),
        ("libraries", "bibliothèques"),
        ("councillors", "conseillers"),
        ("lost", "perdue"),
    ],
)
def test_forms_of_press_words_meet_across_languages(english, french):
    assert english_senses(english) & french_senses(root(french))


def test_words_of_different_things_do_not_meet():
    assert not english_senses("bridge") & french_senses(root("piscine"))
