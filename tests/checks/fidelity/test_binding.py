import pytest

from pipeline.checks.fidelity.carried.binding import find_misbound
from tests.checks.fidelity.texts import told

TOWN = (
    (
        "La rénovation du groupe scolaire mobilisera 3,2 millions d’euros jusqu’en 2027. La toiture de la halle sera "
        "refaite à l’automne pour 480 000 euros."
    ),
    (
        "L’opposition, conduite par Évelyne Zaragoza, a critiqué l’abandon de la piste cyclable. Le maire, Philippe "
        "Le Goff, a répondu que ce chantier serait réexaminé en 2026."
    ),
    "Le conseil s’est réuni lundi. Une réunion publique se tiendra jeudi à la salle des fêtes.",
)
HEALTH = ("Jeudi, l’agence a dénombré 2 201 malades, dont 160 morts.",)
SUMMIT = (
    "Le président a rencontré des soldats ukrainiens à Lviv. Des avions sont partis de Pologne vers la Lettonie.",
    "Le sommet de Vilnius aura lieu en juillet. Le sommet de Washington suivra en octobre.",
)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("L’école sera rénovée pour 3,2 millions d’euros d’ici à 2027.", TOWN),
        ("La halle recevra une nouvelle toiture à l’automne, pour 480 000 euros.", TOWN),
        (
            "Évelyne Zaragoza, à la tête de l’opposition, regrette que la piste cyclable soit abandonnée.",
            TOWN,
        ),
        ("Jeudi, les habitants sont conviés à une réunion publique.", TOWN),
        ("L’agence a compté 2 201 malades et 160 morts.", HEALTH),
        ("À Lviv, il a vu des soldats venus d’Ukraine.", SUMMIT),
    ],
)
def test_a_value_that_stands_with_its_owner_is_left_alone(sentence, source):
    assert told(find_misbound, sentence, *source) == []


@pytest.mark.parametrize(
    ("sentence", "wrong", "source"),
    [
        (
            "La halle recevra une nouvelle toiture à l’automne, pour 3,2 millions d’euros.",
            "3,2 millions d’euros",
            TOWN,
        ),
        ("Les habitants sont conviés lundi à une réunion publique à la salle des fêtes.", "lundi", TOWN),
        (
            "Philippe Le Goff, qui conduit l’opposition, critique l’abandon de la piste.",
            "Philippe Le Goff",
            TOWN,
        ),
        ("Le groupe scolaire sera rénové d’ici à 2026.", "2026", TOWN),
        ("L’agence a compté 160 malades et 2 201 morts.", "160 malades", HEALTH),
        ("Le président a vu des soldats polonais à Lviv.", "polonais", SUMMIT),
        ("Le sommet de Vilnius se tiendra en octobre.", "octobre", SUMMIT),
    ],
)
def test_a_value_given_to_something_else_is_found(sentence, wrong, source):
    assert ("warn", wrong) in told(find_misbound, sentence, *source)


def test_a_value_inside_a_quotation_is_left_to_the_quotation():
    text = "« La halle coûtera 3,2 millions d’euros à l’automne », dit-il."
    assert told(find_misbound, text, *TOWN) == []
