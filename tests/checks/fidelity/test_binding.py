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


RACE = (
    "Le groupe A réunit 12 élèves, le groupe B en réunit 15 et le groupe C 19.",
    "Il est tombé 184 millimètres à Mortel et 126 millimètres à Vissac.",
    "Un conducteur de 46 ans a été retrouvé mort à Lannec. Sa passagère, 44 ans, est hospitalisée à Dourgnac.",
    "Les écoles coûteront 21,4 millions d’euros et les routes 9,8 millions.",
    "Chez les femmes, la baisse atteint 22 %, chez les hommes 13 %.",
    "Port : 700 000 euros",
    "Penfeld : 250 000 euros",
)


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Le groupe A compte 15 élèves, le groupe B 12.", "15 élèves"),
        ("À Vissac, il est tombé 184 millimètres, et 126 à Mortel.", "184 millimètres"),
        ("La passagère, hospitalisée à Dourgnac, a 46 ans ; le conducteur mort à Lannec, 44.", "46 ans"),
        ("Les écoles recevront 9,8 millions d’euros et les routes 21,4 millions.", "9,8 millions d’euros"),
        ("La baisse est de 22 % chez les hommes et de 13 % chez les femmes.", "22 %"),
        ("Penfeld touchera 700 000 euros, le Port 250 000.", "700 000 euros"),
        ("- Port : 250 000 euros", "250 000 euros"),
    ],
)
def test_two_values_that_have_changed_places_are_found_in_a_sentence_in_two_and_in_rows(sentence, wrong):
    assert told(find_misbound, sentence, *RACE) == [("warn", wrong)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Le groupe B compte 15 élèves, le A douze.",
        "À Vissac, il est tombé 126 millimètres, et 184 à Mortel.",
        "La passagère, hospitalisée à Dourgnac, a 44 ans ; le conducteur mort à Lannec, 46.",
        "Pour les routes, ce sera 9,8 millions d’euros ; pour les écoles, 21,4 millions.",
        "La baisse est de 13 % chez les hommes et de 22 % chez les femmes.",
        "Le Port touchera 700 000 euros et Penfeld 250 000.",
        "- Port : 700 000 euros",
    ],
)
def test_two_values_told_in_another_order_are_left_alone(sentence):
    assert told(find_misbound, sentence, *RACE) == []


CLOSING = (
    "Hôpital de Brennac : la maternité transférée à Castel, les urgences de nuit régulées dès le 1er mars.",
    "Le directeur a présenté un plan qui prévoit le transfert des accouchements à Castel à compter du 1er septembre.",
    "Sur les 640 agents que compte l’établissement, 43 sont concernés.",
    "La cour a condamné vendredi Mickaël Vasseur, 34 ans, à dix-huit ans de réclusion.",
    "L’accusé, qui encourait trente ans, a échappé à la perpétuité.",
    "Le Stade rennais a recruté jeudi le Danois Mikkel Sorensen, en provenance de Copenhague.",
    "« Rennes est un grand club », a déclaré le joueur.",
    "Avec 51 points, Rivesac reprend la troisième place. « Il reste sept finales », dit l’entraîneur.",
    "Les 50 pots seront vendus samedi à l’école, de 10 h à 13 h. Il ne devrait pas en rester à midi.",
)


@pytest.mark.parametrize(
    "sentence",
    [
        # The words beside the other value are of another clause.
        "La fermeture de la maternité de Brennac, fixée au 1er septembre, va avec un régime nouveau des urgences de nuit.",
        # The part of a whole, in another order.
        "Quarante-trois agents sur 640 changeront de poste.",
        # A name alone proves nothing of a figure.
        "Mickaël Vasseur risquait trente ans de prison.",
        # The club by its adjective.
        "Mikkel Sorensen s’engage avec Rennes.",
        # Matches are no points.
        "Les Rivesacois sont troisièmes à sept journées de la fin.",
        # Two sentences told in one.
        "Les 50 pots seront vendus samedi à l’école à partir de 10 heures, et il ne devrait pas en rester à midi.",
    ],
)
def test_a_value_that_only_stands_nearer_to_another_is_left_alone(sentence):
    assert told(find_misbound, sentence, *CLOSING) == []


def test_one_place_has_one_finding():
    source = ("Le pont est fermé depuis le 8 février 2024.", "La halle est fermée depuis le 3 mars 2025.")
    assert told(find_misbound, "Le pont est fermé depuis le 3 mars 2025.", *source) == [
        ("warn", "3 mars 2025")
    ]


def test_a_year_without_a_month_is_bound_too():
    source = ("Le gymnase de Kerbrat ouvrira en septembre 2027.", "La médiathèque est repoussée à 2028.")
    assert told(find_misbound, "Le gymnase de Kerbrat ouvrira en 2028.", *source) == [("warn", "2028")]
