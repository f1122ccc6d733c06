import pytest

from pipeline.checks.fidelity.carried.background import find_unattributed
from tests.checks.fidelity.texts import dossier, told

OWN = "Le maire de Brest a promis lundi une nouvelle piscine aux clubs de la ville."
RELATED = dossier(
    "La piscine de Quimper a coûté 12 millions d’euros. « Nous avons vu trop grand », regrette Anna Le Bihan.",
    publisher="Le Télégramme",
    title="Quimper : le gouffre financier de la piscine olympique",
)


@pytest.mark.parametrize(
    "text",
    [
        "Celle de Quimper a coûté 12 millions d’euros.",
        "« Nous avons vu trop grand » : le mot reste dans les mémoires.",
        "Selon Anna Le Bihan, on a vu trop grand.",
    ],
)
def test_a_fact_of_a_related_article_needs_its_name(text):
    assert told(find_unattributed, text, OWN, related=[RELATED]) == [("warn", text)]


@pytest.mark.parametrize(
    "text",
    [
        "Celle de Quimper a coûté 12 millions d’euros, selon Le Télégramme.",
        "Le Télégramme revient sur un chantier voisin. La piscine de Quimper a coûté 12 millions d’euros.",
        "Un article consacré à Quimper avance 12 millions d’euros.",
        "« Quimper : le gouffre financier de la piscine olympique » parle de 12 millions d’euros.",
        "Le maire de Brest a promis lundi une piscine.",
    ],
)
def test_a_fact_told_as_its_article_s_is_left_alone(text):
    assert told(find_unattributed, text, OWN, related=[RELATED]) == []


def test_with_one_source_there_is_no_background():
    assert told(find_unattributed, "Celle de Quimper a coûté 12 millions d’euros.", OWN) == []
