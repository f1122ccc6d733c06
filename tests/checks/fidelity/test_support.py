import pytest

from pipeline.checks.fidelity.alignment import supports
from pipeline.checks.fidelity.carried.support import find_unsupported
from pipeline.checks.fidelity.comparison import compare
from tests.checks.fidelity.texts import manuscript, told

SOURCE = (
    (
        "Un incendie a détruit dans la nuit de vendredi à samedi un hangar agricole de 1 200 mètres carrés à "
        "Plougastel-Daoulas. L’alerte a été donnée vers 2 h 15 par un chauffeur routier."
    ),
    (
        "Soixante pompiers venus de Brest et de Quimper ont lutté jusqu’à l’aube. Aucune victime n’est à déplorer, mais "
        "80 tonnes de fourrage sont parties en fumée. L’exploitant, Yves Kerdoncuff, a pu évacuer ses 110 vaches."
    ),
    "La gendarmerie privilégie la piste d’un court-circuit. La départementale 33 a été coupée pendant cinq heures.",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "À Plougastel-Daoulas, un bâtiment agricole de 1 200 mètres carrés a brûlé dans la nuit de vendredi à samedi.",
        "Brest et Quimper ont dépêché soixante sapeurs-pompiers, à pied d’œuvre jusqu’à l’aube.",
        "Personne n’a été blessé et les 110 vaches d’Yves Kerdoncuff sont sauves.",
        "Les gendarmes penchent pour un court-circuit.",
        "Il a fallu fermer la départementale 33 durant cinq heures.",
        "D’où le sinistre est-il parti ?",
        "Voici ce que l’on sait :",
    ],
)
def test_a_sentence_told_in_other_words_is_left_alone(sentence):
    assert told(find_unsupported, sentence, *SOURCE) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Un voisin a été intoxiqué par le plastique brûlant.",
        "Une cagnotte en ligne a été ouverte par ses amis d’enfance.",
        "Les cours ont été annulés au lycée.",
        "En conclusion, une épreuve marquante qui restera gravée dans les mémoires.",
    ],
)
def test_an_invented_sentence_is_found(sentence):
    ((severity, where),) = told(find_unsupported, sentence, *SOURCE)
    assert (severity in ("warn", "block"), where) == (True, sentence)


@pytest.mark.parametrize(
    ("sentence", "added"),
    [
        (
            "La départementale 33 a été fermée cinq heures, provoquant de longs embouteillages.",
            "embouteillages",
        ),
        ("Les pompiers de Brest et de Quimper ont lutté jusqu’à l’aube sous les huées du public.", "huées"),
        ("Yves Kerdoncuff a sauvé ses 110 vaches grâce à une alarme perfectionnée.", "alarme"),
        ("Un hangar agricole de Plougastel-Daoulas a brûlé malgré une toiture ignifugée.", "ignifugée"),
    ],
)
def test_a_clause_added_to_a_true_sentence_is_found(sentence, added):
    [(severity, words)] = told(find_unsupported, sentence, *SOURCE)
    assert severity == "warn"
    assert added in words
    assert words != sentence


def test_a_heading_may_name_things_loosely():
    assert told(find_unsupported, "## Une nuit de lutte", *SOURCE) == []


def test_a_quotation_is_not_looked_for_by_its_words():
    assert told(find_unsupported, "« Nous avons eu chaud, vraiment », raconte-t-il.", *SOURCE) == []


def test_the_carriers_of_a_sentence_come_the_strongest_first():
    text = "Soixante pompiers de Brest ont lutté jusqu’à l’aube."
    [support] = supports(compare(manuscript(text, *SOURCE)))
    assert support.carriers[0].text.startswith("Soixante pompiers")
    assert support.share > 0.9


def test_without_a_source_nothing_is_said():
    assert told(find_unsupported, "Un voisin a été intoxiqué.") == []
