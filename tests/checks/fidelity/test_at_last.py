"""Figures that two of the sources' make, wherever these stand: whoever reads on can reckon, so nothing is invented."""

import pytest

from pipeline.checks.fidelity.counted.figures import find_absent_figure
from tests.checks.fidelity.laid_beside import found

DEMANDS = "Les ouvriers de Nérac demandent 180 euros par mois et l’embauche de 40 personnes.\n\nLa direction propose 70 euros et quinze postes."
FLIGHT = "Le lancement coûte 11,5 millions d’euros.\n\nLa fusée emporte 900 kilogrammes."
RACE = "La coureuse de Brest compte 34 points.\n\nElle en a deux de plus que la Suissesse."
HALL = "L’ancienne halle avait 1 450 mètres carrés.\n\nLa nouvelle en a 2 300 mètres carrés."
LOSS = "Le rappel coûte 90 000 euros à la fromagerie.\n\nLe lait n’est pas en cause."
STRIKE = "La grève a commencé le 3 mai. Elle a cessé le 8 mai. Un accord a été signé en août."


def severities(source, piece):
    return [severity for severity, _ in found(find_absent_figure, source, piece)]


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (DEMANDS, "Ils veulent 40 embauches, on leur en offre quinze : l’écart est de 25 personnes."),
        (DEMANDS, "Ils demandent 180 euros. On leur propose 70 euros, soit 110 euros de moins."),
        (FLIGHT, "Pour 11,5 millions d’euros, le kilogramme revient à près de 12 800 euros."),
        (RACE, "La coureuse de Brest compte 34 points. La Suissesse en a donc 32."),
        (HALL, "Avec 2 300 mètres carrés, la nouvelle halle est plus grande de 850 mètres carrés."),
        (LOSS, "Les 90 000 euros du rappel pourraient doubler et atteindre 180 000 euros."),
        (HALL, "## Une halle plus grande de 850 mètres carrés\n\nElle en a 2 300."),
        (
            "La chorale chante le 3 mai, puis le 9 juin.",
            "Deux rendez-vous suivront. Le premier est fixé au 3 mai, l’autre au 9 juin.",
        ),
        ("Le train roule à 70 kilomètres à l’heure.", "Il roule à 70 km/h."),
        (STRIKE, "Commencée le 3 mai, la grève a pris fin le 8 mai : elle a duré cinq jours."),
        (STRIKE, "De mai à août, les négociations ont occupé trois mois."),
        ("La nageuse de Pau décroche son sixième titre.", "La nageuse de Pau remporte un sixième titre."),
        (
            "À mi-course, elle comptait deux secondes d’avance.",
            "À la moitié de la course, elle menait de deux secondes.",
        ),
        ("Il roule à 70 km/h.", "Le train roule à 70 kilomètres à l’heure."),
        ("Le taux était de 7 % à la fin de 2025.", "Fin 2025, le taux était de 7 %."),
    ],
)
def test_a_figure_that_two_of_the_sources_make_warns_at_most(source, piece):
    assert "block" not in severities(source, piece)


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (DEMANDS, "Ils veulent 40 embauches, on leur en offre quinze : l’écart est de 35 personnes."),
        (DEMANDS, "Ils demandent 180 euros. On leur propose 70 euros, soit 130 euros de moins."),
        (FLIGHT, "Pour 11,5 millions d’euros, le kilogramme revient à près de 15 800 euros."),
        (HALL, "Avec 2 300 mètres carrés, la nouvelle halle est plus grande de 950 mètres carrés."),
        (HALL, "La nouvelle halle de 2 300 mètres carrés accueille 850 visiteurs."),
        (LOSS, "Les 90 000 euros du rappel pourraient doubler et atteindre 190 000 euros."),
        (HALL, "## Une halle plus grande de 950 mètres carrés\n\nElle a 2 300 mètres carrés."),
        (STRIKE, "Commencée le 3 mai, la grève a pris fin le 8 mai : elle a duré neuf jours."),
        (STRIKE, "De mai à août, les négociations ont occupé sept mois."),
        ("La nageuse de Pau décroche son sixième titre.", "La nageuse de Pau remporte un huitième titre."),
        ("La chorale a neuf basses.", "Sept basses suivront. Elles viennent de Lure."),
        ("Le train roule à 70 kilomètres à l’heure.", "Il roule à 90 km/h."),
        (LOSS, "Les 90 000 euros du rappel s’ajoutent aux 180 000 euros du lait."),
    ],
)
def test_one_that_no_two_of_them_make_blocks(source, piece):
    assert "block" in severities(source, piece)
