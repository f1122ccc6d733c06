"""Figures that a reader works out of two that the sources tell, wherever they tell them."""

import pytest

from pipeline.checks.fidelity.counted.figures import find_absent_figure
from tests.checks.fidelity.laid_beside import found

POLL = (
    "Au second tour, Anne Rey l’emporte avec 52,3 % des voix, contre 47,7 % à Luc Faure.\n\n"
    "Au premier tour, Luc Faure était arrivé en tête avec 41,6 % des voix, devant Anne Rey (33,9 %)."
)
MILL = (
    "La papeterie emploie 318 salariés et réalise 46 millions d’euros de ventes.\n\n"
    "Le groupe suédois vend pour 920 millions d’euros par an et fait travailler 4 100 salariés."
)
CLAIM = (
    "L’assureur offre 12 000 euros à chaque sinistré, en plus des frais de relogement ; "
    "le collectif en réclame 31 500."
)
FAIR = "La foire a reçu 63 400 visiteurs en dix jours, contre 58 900 en 2023."
MARKET = "Quatorze des 23 marchés de la ville sont couverts ; neuf ont lieu en plein air."
SWIM = "Le relais a nagé en 3 h 12.\n\nLe bassin compte 1 240 abonnés.\n\nIls étaient 865 abonnés en 2019."
GRANTS = (
    "Le budget du théâtre est de 940 000 euros. La ville verse 310 000 euros, le département 185 000 euros "
    "et l’État 95 000 euros."
)
RENT = "Le loyer du local passera de 4 200 à 3 650 euros par mois. Le club a 2,1 millions d’euros, dont 640 000 de dons."
TRIAL = (
    "L’accident avait fait sept morts et 23 blessés.\n\nCinq prévenus sont jugés ; deux sont absents.\n\n"
    "La ville a relogé 61 personnes, dont 22 enfants. Le taux d’alerte est passé de 14,2 % à 11,8 %."
)
BRIDGES = "La ville entretient 47 ponts.\n\nL’agglomération, elle, en a 112 ; 38 ponts sont fermés."
CLIMB = "Le village est à 640 mètres d’altitude.\n\nLe refuge se trouve à 2 185 mètres."


def blocked(find, source, piece):
    return [text for severity, text in found(find, source, piece) if severity == "block"]


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (POLL, "Luc Faure avait recueilli 41,6 %. Elle lui rendait plus de sept points au premier tour."),
        (POLL, "Il avait obtenu 41,6 %, elle 33,9 %. Son avance dépassait alors sept points."),
        (POLL, "Avec 52,3 % des voix, Anne Rey gagne 18,4 points d’un tour à l’autre."),
        (
            POLL,
            "Elle avait eu 33,9 % et lui 41,6 %. Elle a gagné 18,4 points, quand son rival n’en prenait que 6,1.",
        ),
        (MILL, "Ses ventes, 920 millions d’euros, représentent vingt fois celles de la papeterie."),
        (MILL, "Le groupe compte 4 100 salariés, soit près de treize fois l’effectif de la papeterie."),
        (MILL, "Ensemble, avec les 318 salariés repris, le groupe aura 4 418 salariés."),
        (CLAIM, "Le collectif réclame 31 500 euros par sinistré."),
        (CLAIM, "Le collectif réclame 31 500 euros, soit 19 500 de plus que l’offre."),
        (FAIR, "La foire a attiré 63 400 visiteurs, soit 4 500 de plus qu’en 2023."),
        (FAIR, "La foire gagne 4 500 visiteurs en un an."),
        (MARKET, "Neuf marchés se tiennent en plein air."),
        (SWIM, "Le bassin a 1 240 abonnés, une hausse de 375 abonnés depuis 2019."),
        (SWIM, "Le bassin a 1 240 abonnés, près de 400 de plus qu’en 2019."),
        (GRANTS, "La ville, le département et l’État donnent à eux trois 590 000 euros."),
        (GRANTS, "Au total, les trois collectivités apportent 590 000 euros."),
        (RENT, "La facture annuelle sera de 43 800 euros."),
        (RENT, "En un an, le loyer coûtera 6 600 euros de moins."),
        (RENT, "Les dons pèsent 30 % des ressources du club."),
        (FAIR, "La foire a attiré 63 400 visiteurs, 4 500 de plus environ qu’en 2023."),
        (TRIAL, "L’accident a touché trente personnes au total."),
        (TRIAL, "Les trois autres prévenus sont présents."),
        (TRIAL, "Trois prévenus sont dans la salle, deux sont absents."),
        (TRIAL, "La ville a relogé 39 adultes et 22 enfants."),
        (TRIAL, "Le taux d’alerte recule de plus de deux points."),
        (BRIDGES, "L’agglomération a 112 ponts, soit 65 de plus que la ville."),
        (CLIMB, "Du village, à 640 mètres, on monte de 1 545 mètres de plus pour atteindre le refuge."),
    ],
)
def test_a_figure_that_two_of_the_sources_make_does_not_block(source, piece):
    assert blocked(find_absent_figure, source, piece) == []


@pytest.mark.parametrize(
    ("source", "piece", "wrong"),
    [
        (POLL, "Luc Faure avait recueilli 41,6 %. Il la devançait de quinze points.", "quinze points"),
        (POLL, "Il avait obtenu 41,6 %, elle 33,9 %. Son avance dépassait alors neuf points.", "neuf points"),
        (POLL, "Avec 52,3 % des voix, Anne Rey gagne 14,8 points d’un tour à l’autre.", "14,8 points"),
        (POLL, "Anne Rey a réuni 54,3 % des voix.", "54,3 %"),
        (
            MILL,
            "Ses ventes, 920 millions d’euros, représentent trente fois celles de la papeterie.",
            "trente",
        ),
        (MILL, "Le groupe compte 4 100 salariés, soit près de seize fois l’effectif repris.", "seize"),
        (MILL, "Le groupe compte 4 418 salariés.", "4 418 salariés"),
        (CLAIM, "Le collectif réclame 35 100 euros par sinistré.", "35 100 euros"),
        (CLAIM, "Le collectif réclame 31 500 euros, soit 15 900 de plus que l’offre.", "15 900"),
        (FAIR, "La foire a attiré 63 400 visiteurs, soit 5 400 de plus qu’en 2023.", "5 400"),
        (MARKET, "Onze marchés se tiennent en plein air.", "Onze marchés"),
        (SWIM, "Le bassin a 1 240 abonnés, une hausse de 735 abonnés depuis 2019.", "735 abonnés"),
        (GRANTS, "La ville, le département et l’État donnent à eux trois 560 000 euros.", "560 000 euros"),
        (GRANTS, "La ville, le département et l’État ont donné 590 000 euros.", "590 000 euros"),
        (RENT, "La facture annuelle sera de 48 300 euros.", "48 300 euros"),
        (RENT, "Le loyer sera de 43 800 euros.", "43 800 euros"),
        (RENT, "Les dons pèsent 40 % des ressources du club.", "40 %"),
        (TRIAL, "L’accident a touché quarante personnes au total.", "quarante personnes"),
        (TRIAL, "Quatre prévenus sont dans la salle, deux sont absents.", "Quatre prévenus"),
        (TRIAL, "La ville a relogé 41 adultes et 22 enfants.", "41 adultes"),
        (TRIAL, "Le taux d’alerte recule de plus de quatre points.", "quatre points"),
        (BRIDGES, "L’agglomération a 112 ponts, soit 56 de plus que la ville.", "56"),
        (CLIMB, "On monte de 1 454 mètres de plus pour atteindre le refuge.", "1 454 mètres"),
    ],
)
def test_a_figure_that_no_two_make_still_blocks(source, piece, wrong):
    assert any(text.startswith(wrong) for text in blocked(find_absent_figure, source, piece))


def test_a_figure_worked_out_far_from_both_is_shown_to_a_person():
    for piece in (
        "Anne Rey a réuni 52,3 % des voix. Elle gagne 18,4 points d’un tour à l’autre.",
        "Anne Rey gagne 18,4 points d’un tour à l’autre.",
    ):
        assert ("warn", "18,4 points") in found(find_absent_figure, POLL, piece)


def test_a_figure_beside_the_one_it_is_worked_out_of_only_informs():
    piece = "La foire a attiré 63 400 visiteurs, soit 4 500 de plus qu’en 2023."
    assert found(find_absent_figure, FAIR, piece) == [("info", "4 500")]


def test_a_count_of_another_thing_is_not_taken_for_a_time():
    assert blocked(find_absent_figure, FAIR, "Il y avait eu 58 900 visiteurs en 2023.") == []
