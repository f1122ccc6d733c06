"""Days, hours and years that a reader works out of those that the sources tell, and states that are no day."""

import pytest

from pipeline.checks.fidelity.counted.figures import find_absent_figure
from pipeline.checks.fidelity.dated.dates import find_absent_date
from tests.checks.fidelity.laid_beside import found


def blocked(find, source, piece):
    return [text for severity, text in found(find, source, piece) if severity == "block"]


OPENING = "La halle ouvre ses portes à 11 heures.\n\nLe préfet inaugure les lieux à 9 heures samedi 6 mai."
RETIRED = (
    "Lucie Morin quitte la direction jeudi 4 mai. Son adjoint, Marc Petit, prend sa place vendredi 5 mai.\n\n"
    "L’école a été fondée par Jeanne Roy, qui préside l’association."
)
BIENNIAL = (
    "La biennale s’est achevée samedi 14 juin.\n\nElle a reçu 8 000 curieux, contre 7 100 en 2022.\n\n"
    "La suivante aura lieu en 2024."
)
SERIES = (
    "Le premier incendie a éclaté à 14 h 30 dimanche 2 août.\n\nUn autre est parti à 15 h 30 près du port."
)
STORM = "L’orage a éclaté le 3 mai.\n\nLa crue a suivi le 10 mai. Les habitants sont rentrés le 12 mai."
MONTHS = "Les travaux ont débuté en mars.\n\nLa rue a rouvert en avril."


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (OPENING, "Le préfet sera là à 10 heures."),
        (SERIES, "Le premier feu a pris à 14 h 30. Deux heures plus tard, un autre partait."),
        (STORM, "L’orage a éclaté le 3 mai. Un mois plus tard, la crue a suivi."),
        (SERIES, "Quarante minutes après le premier, un second feu est parti."),
        (STORM, "Le lendemain de la crue, le 15 mai, l’eau baissait."),
        (MONTHS, "Les travaux ont débuté en mars. Une semaine plus tard, la rue rouvrait."),
        (BIENNIAL, "La biennale s’est achevée le 14 juin 2021."),
        (BIENNIAL, "Elle avait reçu 7 100 curieux en 2020."),
        (BIENNIAL, "Elle a reçu 8 000 curieux, contre 7 100 en 2023."),
        (RETIRED, "Lucie Morin quitte la direction aujourd’hui."),
        (RETIRED, "Aujourd’hui, Lucie Morin a quitté la direction."),
        (RETIRED, "La directrice part, aujourd’hui à midi."),
    ],
)
def test_a_time_that_does_not_follow_still_blocks(source, piece):
    assert blocked(find_absent_date, source, piece) or blocked(find_absent_figure, source, piece)


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (SERIES, "Le premier feu a pris à 14 h 30. Une heure plus tard, un autre partait."),
        (SERIES, "Une heure après le premier, un second feu est parti."),
        (STORM, "L’orage a éclaté le 3 mai. Une semaine plus tard, la crue a suivi."),
        (STORM, "La crue est du 10 mai. Deux jours après, les habitants rentraient."),
        (STORM, "Sept jours plus tôt, le 3 mai, l’orage éclatait."),
        (SERIES, "Soixante minutes après le premier, un second feu est parti."),
        (STORM, "Le lendemain de la crue, le 11 mai, l’eau baissait."),
        (RETIRED, "Le lendemain de son arrivée, samedi 6 mai, Marc Petit a réuni l’équipe."),
        (MONTHS, "Les travaux ont débuté en mars. Un mois plus tard, la rue rouvrait."),
        (BIENNIAL, "La biennale de 2023 s’est achevée samedi."),
        (BIENNIAL, "La biennale s’est achevée le 14 juin 2023."),
        (RETIRED, "Marc Petit, aujourd’hui adjoint, prend sa place vendredi."),
        (RETIRED, "Jeanne Roy (aujourd’hui présidente de l’association) a fondé l’école."),
        (RETIRED, "Sa fondatrice, Jeanne Roy, préside aujourd’hui l’association."),
        (RETIRED, "Jeanne Roy est aujourd’hui la présidente de l’association."),
        (RETIRED, "Aujourd’hui, la fondatrice préside l’association."),
    ],
)
def test_a_time_that_two_others_make_or_a_state_that_lasts_does_not_block(source, piece):
    assert blocked(find_absent_date, source, piece) == []
    assert blocked(find_absent_figure, source, piece) == []


def test_two_hours_told_far_from_each_other_are_shown_to_a_person():
    assert found(find_absent_date, OPENING.replace("9", "10"), "Une heure avant, le préfet inaugure.") == [
        ("warn", "Une heure avant")
    ]


LATE = "La fusée a décollé à 11 h 42, avec 72 minutes de retard sur l’horaire."


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (
            "Le chômage augmente par rapport au trimestre précédent.",
            "Le chômage a crû de peu depuis le trimestre précédent.",
        ),
        (
            "La panne date d’octobre. Les excuses sont venues en novembre.",
            "Les excuses ont suivi le mois suivant.",
        ),
        (
            "Le tir a eu lieu le 3 mai. La marche est partie le 9 mai.",
            "La marche est partie près d’une semaine après.",
        ),
        ("Les ventes du mois dernier ont baissé.", "Au mois dernier, les ventes baissaient."),
        ("Le ministre vise 7 % à l’automne.", "Il veut 7 %, soit un peu moins qu’aujourd’hui."),
        (LATE, "Le décollage était prévu à 10 h 30."),
    ],
)
def test_times_told_by_another_article_or_worked_out_do_not_block(source, piece):
    assert "block" not in [severity for severity, _ in found(find_absent_date, source, piece)]


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (LATE, "Le décollage était prévu à 10 h 15."),
        (
            "La panne date d’octobre. Les excuses sont venues en juin.",
            "Les excuses ont suivi le mois suivant.",
        ),
        ("Les ventes du mois dernier ont baissé.", "Les ventes du trimestre précédent ont baissé."),
    ],
)
def test_times_that_nothing_gives_still_block(source, piece):
    assert "block" in [severity for severity, _ in found(find_absent_date, source, piece)]
