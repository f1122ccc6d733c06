import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.name_forms import spelling_key
from pipeline.text.names import entities


def found(*texts):
    return {e.text: (e.kind, e.aliases) for e in entities(texts)}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Il a vu Jens Stoltenberg.", "Jens Stoltenberg", "person"),
        ("Il a vu Charles de Gaulle.", "Charles de Gaulle", "person"),
        ("Il a vu Ursula von der Leyen.", "Ursula von der Leyen", "person"),
        ("Il a vu M. Dupont.", "Dupont", "person"),
        ("Il a vu la ministre Rima Abdul-Malak.", "Rima Abdul-Malak", "person"),
        ("Il est né à Kiev.", "Kiev", "place"),
        ("Il vit en Alabama.", "Alabama", "place"),
        ("Elle habite à Plougonvelin.", "Plougonvelin", "place"),
        ("Il a appelé la Chambre des représentants.", "Chambre des représentants", "organisation"),
        ("Il a quitté le Parti républicain.", "Parti républicain", "organisation"),
        ("Il dirige le Bureau des transferts d’armes du Département d’État.", "Bureau des transferts d’armes du Département d’État", "organisation"),
        ("Il travaille pour l’OTAN.", "OTAN", "organisation"),
        ("Ils volent sur MiG-29.", "MiG-29", "other"),
        ("Il lit Le Figaro.", "Le Figaro", "organisation"),
    ],
)  # fmt: skip
def test_a_name_is_found_whole_and_of_its_kind(text, name, kind):
    assert found(text)[name][0] == kind


def test_two_names_that_meet_are_two():
    assert set(found("Il a vu le secrétaire à la Défense Lloyd Austin.")) == {"Défense", "Lloyd Austin"}


def test_forms_of_one_name_are_joined():
    names = found(
        "Le président ukrainien Volodymyr Zelenskyy parle à l’Otan.",
        "Pour Zelensky, l’OTAN hésite. M. Zelenskyy insiste.",
    )
    assert names["Volodymyr Zelenskyy"] == ("person", ("Zelensky", "Zelenskyy"))
    assert set(names) == {"Volodymyr Zelenskyy", "Otan"}


def test_an_acronym_in_brackets_joins_its_name():
    names = found("Selon l’Organisation mondiale de la santé (OMS), oui. L’OMS insiste.")
    assert names["Organisation mondiale de la santé"][1] == ("OMS",)


def test_a_surname_of_two_persons_joins_neither():
    assert "Dupont" in found("Il a vu Marie Dupont et Jean Dupont. Puis Dupont est parti.")


@pytest.mark.parametrize(
    "text",
    [
        "Selon eux, rien ne change. Lundi, tout changera. Interrogés, ils se taisent.",
        "Pourquoi partir ? Trois raisons.",
        "Les Ukrainiens progressent. Un Français l’a vu, des Américains aussi.",
        "Rien n’est joué. Beaucoup ont renoncé. Verdict attendu vendredi.",
        "Voir l’article V.",
    ],
)
def test_a_capital_alone_makes_no_name(text):
    assert found(text) == {}


def test_a_bare_word_before_a_finite_verb_is_a_name_even_first_in_its_sentence():
    assert "Stoltenberg" in found("Stoltenberg a parlé.")


def test_a_headline_in_capitals_only_repeats_known_names():
    names = found("LE CHEF DE L'OTAN SE DIT CONFIANT", "Le chef de l'Otan est confiant.")
    assert names == {"Otan": ("organisation", ("OTAN",))}


@pytest.mark.parametrize(
    ("one", "other"), [("Zelensky", "Zelenskyy"), ("OTAN", "Otan"), ("Élysée", "Elysee")]
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert spelling_key(one) == spelling_key(other)


@given(st.lists(st.text(), max_size=4))
def test_mentions_point_at_their_text_in_any_text(texts):
    for entity in entities(texts):
        assert entity.first.text == entity.text
        for m in entity.mentions:
            assert texts[m.paragraph][m.start : m.end] == m.text


@pytest.mark.parametrize(
    "text", ["Vous partez. Êtes-vous prêt ?", "Partira-t-il ?", "Il fait 180 °C.", "Il fait 12° C."]
)
def test_an_inverted_verb_and_the_letter_of_a_degree_are_no_names(text):
    assert not found(text)
