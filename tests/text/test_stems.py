import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.fold import fold
from pipeline.text.stems import content_stems, stem


@pytest.mark.parametrize(
    "family",
    [
        "attaquer attaque attaquait attaquant attaquées",
        "européen Europe européennes",
        "président présidence présidentiel préside",
        "production producteur produire produit",
        "ukrainien Ukraine Ukrainiens",
        "polonaise Pologne",
        "lyonnais Lyon",
        "vendre vente vendeurs",
        "musicienne musique musical",
        "réduction réduire réduit",
        "travaux travail travailler",
    ],
)
def test_forms_of_one_word_meet(family):
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize("pair", ["maire marine", "ville village", "feu feuille", "article artiste"])
def test_unlike_words_stay_apart(pair):
    first, second = pair.split()
    assert stem(first) != stem(second)


@given(st.text(alphabet="abcdeéèêfghiïjklmnoôpqrstuùvwxyz", max_size=20))
def test_case_and_accents_make_no_difference_and_something_is_left(word):
    assert stem(word.upper()) == stem(word) == stem(fold(word))
    assert bool(stem(word)) == bool(word)


@given(st.text(alphabet="aeiourstnlq-é ", max_size=60))
def test_places_of_stems_point_to_their_words(text):
    for found, start, end in content_stems(text):
        assert stem(text[start:end]) == found
