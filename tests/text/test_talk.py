import pytest

from pipeline.text.talk import edge_talk, is_refusal, self_talk


@pytest.mark.parametrize(
    "text",
    [
        "En tant que modèle de langage, je ne peux pas vérifier.",
        "En tant qu’IA, voici mon avis.",
        "Je suis désolé, la demande est contraire aux règles.",
        "As an AI language model, I cannot browse.",
        "I'm sorry, but I can’t help with that.",
    ],
)
def test_a_model_that_speaks_of_itself_is_heard(text):
    assert self_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "Voici l’article demandé :",
        "Bien sûr ! Voici votre article.",
        "Voici la version corrigée de la section :",
        "Here is the rewritten article:",
        "Certainly! Here you go.",
        "N’hésitez pas à me dire si cela vous convient.",
        "J’espère que cet article vous plaira.",
        "Souhaitez-vous que je le raccourcisse ?",
        "**Méta-description :** La piscine rouvre.",
        "Nombre de mots : 712",
        "(712 mots)",
        "Let me know if you need changes.",
        "[Insérer le nom du maire]",
    ],
)
def test_talk_to_whoever_asked_is_heard(text):
    assert edge_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bien sûr, l’opération comporte des risques.",
        "Voici l’article 49 de la Constitution.",
        "Voici ce que prévoit le texte.",
        "Absolument nécessaire, la réforme attend.",
        "Longueur : 12 mètres.",
        "Fin.",
        "Si vous souhaitez des travaux, la mairie répond le matin.",
        "Le modèle de langage se trompe souvent, disent les chercheurs.",
    ],
)
def test_an_article_is_not_mistaken_for_talk(text):
    assert not self_talk(text)
    assert not edge_talk(text)


def test_a_refusal_is_short_and_has_no_heading():
    assert is_refusal("Je suis désolé, mais je ne peux pas vous aider à rédiger cet article.")
    assert is_refusal("I can’t assist with that request.")
    assert not is_refusal("# Titre\n\nJe ne peux pas, dit-il.")
    assert not is_refusal("Un article. " * 100)
