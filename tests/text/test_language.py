import pytest

from pipeline.text.language import is_foreign, language_of

FRENCH = (
    "Le Washington Post et le New York Times quittent X",
    "Black Friday : Amazon et Walmart cassent les prix",
    "iPhone 15 Pro Max : prix, date de sortie et fiche technique",
    "Google Chrome, Mozilla Firefox, Microsoft Edge : lequel choisir ?",
    "« Make America great again » : retour sur un slogan",
    "Le best-seller « The Handmaid’s Tale » adapté au cinéma",
    "Burn-out, bore-out, brown-out : comment s’y retrouver",
    "La start-up lance un chatbot de e-commerce made in France",
    "San Francisco, Los Angeles, San Diego sous la pluie",
    "Casa de papel : la saison finale arrive",
    "LE CHEF DE L'OTAN SE DIT CONFIANT À KIEV",
    "Formule 1, MotoGP, NBA, NFL",
    "Santé mentale : agir tôt",
)
FOREIGN = (
    "Emmanuel Macron met Brigitte Macron and Jean Dupont in Paris on Monday",
    "How the New Law Will Change Your Life in Paris",
    "THE MAYOR OF PARIS OPENS A NEW PARK",
    "Here is the rewritten article you asked for:",
    "Subscribe to our newsletter and never miss a story",
    "El alcalde de la ciudad anunció un nuevo plan para el transporte",
    "Der Bürgermeister hat gestern einen neuen Plan vorgestellt",
    "Il sindaco ha annunciato ieri un nuovo piano per la città",
)


@pytest.mark.parametrize("text", FRENCH)
def test_french_about_english_things_is_not_foreign(text):
    assert not is_foreign(text)


@pytest.mark.parametrize("text", FOREIGN)
def test_another_language_with_french_names_is_foreign(text):
    assert is_foreign(text)


def test_fewer_than_three_words_are_not_judged():
    assert not is_foreign("Breaking news")


def test_a_text_without_words_has_no_language():
    assert language_of("12 % — 14") == "und"


def test_an_article_is_told_by_its_language():
    assert language_of("Le conseil a voté le budget de la ville jeudi soir.") == "fr"


def test_one_endless_word_is_soon_read():
    assert not is_foreign("a" * 200_000)
    assert not is_foreign("a-" * 100_000)
