"""What honest rewrites say in other words, and what changed facts say in the source's: one rule a row."""

import pytest

from pipeline.checks.fidelity import CHECKS
from tests.checks.fidelity.laid_beside import manuscript

CRASH = "L’accident a fait douze blessés, dont deux grièvement. Ils ont été conduits à Vernaux."
CUP = "Battu 2-1 par Lamballe en quart de finale de la Coupe, le club s’arrête. Son capitaine, Léo Caradec, 24 ans, a été expulsé."
TOWN = "Selon l’Insee, la commune de Brive-la-Gaillarde comptait 46 630 habitants le 12 mars."
SHOP = "Patronne de la biscuiterie Morvanel, à Chalaux, Delphine Ricordel exporte ses gâteaux. Son agent, Bruno Sertillange, se tait."
COURT = "L’homme, né en 1961, a été condamné lundi à dix-huit mois de prison avec sursis. Trois des onze parties civiles ont fait appel."
FIRMS = (
    "À Brive, le nombre des entreprises est passé de 180 à 240 en cinq ans. L’école est ouverte aux parents."
)
MAYOR = "Le maire Bertrand Callières avait succédé en 2020 à sa propre tante, Odile Callières."


def found(source, piece):
    laid = manuscript(source, f"# Le titre\n\n{piece}")
    return {(f.code, f.severity) for check in CHECKS for f in check.find(laid) if f.severity != "info"}


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (CRASH, "L’accident a fait dix blessés légers et deux graves."),
        (CUP, "Le club a été battu deux buts à un par Lamballe en quart de finale de la Coupe."),
        (CUP, "Léo Caradec, le capitaine, âgé d’une vingtaine d’années, a été expulsé."),
        (TOWN, "Brive comptait 46 630 habitants le 12 mars."),
        (
            TOWN,
            "L’Institut national de la statistique et des études économiques compte 46 630 habitants à Brive.",
        ),
        ("La fusée a décollé de Kourou vendredi.", "Vendredi, une fusée a décollé de Guyane."),
        ("Il est venu vers 7 h 15.", "Vers 7 h 15, il est venu."),
        ("Elle l’a prise en 1983. Il la lui a cédée neuf ans plus tard.", "Elle l’a cédée en 1992."),
        (
            "Un lycée ouvrira en septembre une classe de soudage.",
            "Une classe de soudage ouvrira en septembre.",
        ),
        (COURT, "Moins d’un tiers des onze parties civiles ont fait appel."),
        ("La messagerie restera gratuite pour les écoles.", "La messagerie ne coûtera rien aux écoles."),
        ("La taxe a doublé depuis 2021.", "En 2021, la taxe était de moitié moins élevée."),
        (FIRMS, "Le nombre des entreprises de Brive a augmenté d’un tiers en cinq ans."),
        (
            "L’ouvrage coûte 11 millions d’euros, dont 7 millions à l’État.",
            "L’État paie 7 des 11 millions d’euros.",
        ),
        ("Le soliste Radomir Kess joue un alto.", "Le musicien Radomir Kess joue un alto."),
        (
            "Pourquoi les hérons ne migrent-ils plus de l’étang ? Ils y restent tout l’hiver.",
            "Les hérons restent tout l’hiver à l’étang.",
        ),
        (
            "Les éleveurs du Vermandin ont bloqué jeudi la plateforme de Roncey.",
            "Jeudi, les éleveurs du Vermandin barraient l’accès à la plateforme de Roncey.",
        ),
        (
            "La pêche à la coquille est interdite dans la baie de Kerlosquet.",
            "Plus de coquilles pêchées dans la baie de Kerlosquet.",
        ),
        (
            "La station a perdu 18 % de skieurs par rapport à l’hiver précédent.",
            "La station a perdu près d’un cinquième de ses skieurs par rapport à l’an dernier.",
        ),
        (
            "L’application a deux fois plus d’abonnés qu’en 2021.",
            "En 2021, l’application avait moitié moins d’abonnés.",
        ),
        ("Il fut réduit à dix à la 71e minute.", "Réduit à dix à la 71e minute, il a cédé."),
    ],
)
def test_what_is_told_in_other_words_is_left_alone(source, piece):
    assert found(source, piece) == set()


@pytest.mark.parametrize(
    ("source", "piece", "code", "severity"),
    [
        (CUP, "Le club a été battu par Lamballe en demi-finale de la Coupe.", "FID011", "warn"),
        (COURT, "L’homme a été condamné lundi à dix-huit mois de prison ferme.", "FID011", "warn"),
        (COURT, "Mort en 1961, l’homme a été condamné lundi.", "FID011", "warn"),
        (COURT, "La majorité des onze parties civiles ont fait appel.", "FID004", "warn"),
        (CUP, "Le capitaine, Léo Caradec, un trentenaire, a été expulsé.", "FID004", "block"),
        (FIRMS, "Le nombre des entreprises de Brive a doublé en cinq ans.", "FID004", "warn"),
        (FIRMS, "Le nombre des entreprises de Brive a été divisé par trois en cinq ans.", "FID004", "warn"),
        (TOWN, "La commune comptait 46 630 habitants fin mars.", "FID005", "block"),
        (MAYOR, "Le maire avait succédé en 2020 à sa propre mère, Odile Callières.", "FID010", "warn"),
        (SHOP, "Son agent, Delphine Ricordel, se tait.", "FID008", "warn"),
        (SHOP, "Bruno Sertillange, patron de la biscuiterie, se tait.", "FID008", "warn"),
        (
            "La pêche aux crustacés demeure autorisée.",
            "Les crustacés ne peuvent plus être pêchés.",
            "FID011",
            "warn",
        ),
        (
            "Le ménage pourrait être confié à une société privée.",
            "Le ménage passera à une société.",
            "FID011",
            "warn",
        ),
        ("La baignade reste en vigilance orange.", "La baignade est en vigilance rouge.", "FID011", "warn"),
        ("La piste accidentelle est privilégiée.", "La piste criminelle est privilégiée.", "FID011", "warn"),
    ],
)
def test_a_changed_fact_in_the_source_s_own_words_is_found(source, piece, code, severity):
    assert (code, severity) in found(source, piece)


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (CUP, "Après son quart de finale, le club ne jouera pas de demi-finale."),
        (MAYOR, "Odile Callières a laissé la mairie à son neveu Bertrand en 2020."),
        ("Le marin a passé le cap Horn lundi.", "Le marin a doublé le cap Horn lundi."),
        (TOWN, "La commune comptait 46 630 habitants à la mi-mars."),
        ("Née en 1970, elle enseigne. Il a 27 ans.", "La quinquagénaire enseigne."),
        (
            "Le directeur de l’office Habitat Vallon, Paul Remy, part.",
            "Paul Remy, le directeur de l’office, part.",
        ),
    ],
)
def test_what_follows_from_the_source_is_not_taken_for_another_rung(source, piece):
    assert not {(c, s) for c, s in found(source, piece) if c not in ("FID012", "FID014")}


def test_two_places_keep_their_totals():
    source = "À Maubourg, 1 240 électeurs ont voté, contre 860 à Cressanges."
    assert found(source, "À Maubourg, 860 électeurs ont voté, contre 1 240 à Cressanges.")
    assert not found(source, "À Cressanges, 860 électeurs ont voté, contre 1 240 à Maubourg.")
