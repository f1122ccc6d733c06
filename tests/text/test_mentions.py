import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.mentions import Ear, Phrase


def counted(keyphrase, text):
    phrase = Phrase.of(keyphrase)
    heard = Ear.of((phrase,)).hear(text)
    return phrase.among(heard), phrase.in_a_row(heard)


@pytest.mark.parametrize(
    ("keyphrase", "text", "times"),
    [
        ("aide américaine à l’Ukraine", "L’aide que les Américains apportent aux Ukrainiens.", (1, 0)),
        ("aide américaine à l’Ukraine", "L'aide américaine à l'Ukraine est bloquée.", (1, 1)),
        ("offensive ukrainienne", "Les offensives ukrainiennes, dit-il.", (1, 1)),
        ("offensive ukrainienne", "L’offensive russe.", (0, 0)),
        # Their stems meet, and they are unlike all the same.
        ("aide militaire à l’Ukraine", "Une aide de 60 milliards à l’Ukraine.", (0, 0)),
        ("grève", "La grève ? Une GRÈVE, des grévistes.", (3, 3)),
        ("sommet de Vilnius", "sommet de Vilnius, sommet de Vilnius et sommet de Vilnius", (3, 3)),
        ("sommet de Vilnius", "", (0, 0)),
    ],
)
def test_a_keyphrase_is_heard_in_any_form(keyphrase, text, times):
    assert counted(keyphrase, text) == times


@pytest.mark.parametrize("text", ["", "de la", "nous deux", "un deux trois " * 60])
def test_what_nobody_would_search_cannot_be_found(text):
    assert not Phrase.of(text).can_be_found or len(Phrase.of(text).words) <= 6


@given(st.text(max_size=60), st.text(max_size=300))
def test_what_is_said_word_for_word_is_said(keyphrase, text):
    among, in_a_row = counted(keyphrase, text)
    assert 0 <= in_a_row <= among
    phrase = Phrase.of(keyphrase)
    if phrase.can_be_found:
        assert counted(keyphrase, f"{keyphrase} . {keyphrase}")[0] >= 2
