"""Words that may stand for one another, and what a sentence denies or does not tell as a fact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.clauses import read
from pipeline.text.stances import is_unreal, stances
from pipeline.text.synonyms import may_mean, senses
from pipeline.text.verb_forms import root


def covered(sentence, kind):
    return [w.low for s in stances(read(sentence)) if s.kind == kind for w in s.covered]


@pytest.mark.parametrize(
    ("one", "other"), [("tarif", "prix"), ("payé", "versera"), ("reçoit", "accueillait"), ("décédé", "mort")]
)
def test_words_of_one_sense_may_stand_for_one_another(one, other):
    assert may_mean(root(one), root(other))


def test_opposites_may_not():
    assert not may_mean(root("hausse"), root("baisse"))


def test_a_denial_covers_its_verb_and_its_object():
    assert covered("Le préfet n’a pas fait évacuer le site.", "denied")[-1] == "site"


def test_what_is_refused_is_covered_as_what_is_denied():
    assert "négociations" in covered("Alizéo refuse de rouvrir les négociations.", "denied")


@pytest.mark.parametrize(
    "sentence",
    [
        "Le bus n’a pas tardé à partir.",
        "La piscine n’ouvrira pas avant mai.",
        "Elle n’a jamais été aussi pleine.",
        "Si les cours ne remontent pas, une ferme fermera.",
    ],
)
def test_a_denial_that_affirms_covers_nothing(sentence):
    assert covered(sentence, "denied") == []


def test_what_is_asked_for_or_possible_is_no_fact():
    assert "bateaux" in covered("Le comité demande à l’État d’indemniser quarante bateaux.", "unreal")
    assert is_unreal(read("La cantine pourrait fermer."))
    assert not is_unreal(read("La cantine a fermé."))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèà ’'-", max_size=80))
def test_any_text_can_be_asked(text):
    stances(read(text))
    for word in text.split():
        assert senses(root(word)) == senses(root(word))
