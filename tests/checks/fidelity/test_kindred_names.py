"""A name that the source has as an adjective, and somebody's work told in a noun: nothing new is said."""

import pytest

from pipeline.checks.fidelity.named import names, places, roles
from tests.checks.fidelity.pieces import severities

SOURCE = """Un atelier de potiers médiéval et un four antique ont été dégagés à Sorgues. Un fort napoléonien les borde.
Les sénateurs visitent le site mardi, avant les députés. La langue bretonne et les vins bourguignons y ont leur fête.
Aurore Lambert a tourné trois films sur les potiers et les a écrits avec son frère. Jeanne Roux a publié un roman en mars.
Tom Blé défend les fouilleurs devant le tribunal. Lise Var garde un troupeau de brebis. Lina Blot, chef d’orchestre, jouera."""
CHECKS = (*names.CHECKS, *places.CHECKS, *roles.CHECKS)


def of(sentence):
    return severities(CHECKS, SOURCE, f"# Sorgues\n\n{sentence}")


@pytest.mark.parametrize(
    "sentence",
    [
        "Des potiers du Moyen Âge avaient là leur atelier.",
        "Le four remonte à l’Antiquité.",
        "Un fort de Napoléon se dresse à côté.",
        "Le Sénat ira mardi.",
        "L’Assemblée nationale viendra ensuite.",
        "La langue de Bretagne est fêtée.",
        "Les vins de Bourgogne ont leur fête.",
        "Aurore Lambert, auteure de trois films, connaît les potiers.",
        "La réalisatrice Aurore Lambert connaît les potiers.",
        "Jeanne Roux, romancière, a publié en mars.",
        "Tom Blé, avocat des fouilleurs, ira au tribunal.",
        "Lise Var, éleveuse, a des brebis.",
        "Lina Blot, cheffe d’orchestre, jouera.",
    ],
)
def test_what_the_source_has_in_another_kind_of_word_is_left_alone(sentence):
    assert of(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Des potiers de la Révolution avaient là leur atelier.",
        "Le four remonte à la Préhistoire.",
        "Un fort de Vauban se dresse à côté.",
        "Le Vatican ira mardi.",
        "La langue d’Occitanie est fêtée.",
        "Les vins de Champagne ont leur fête.",
        "Jeanne Roux, violoniste, a publié en mars.",
        "Tom Blé, vigneron, ira au tribunal.",
        "Lise Var, dentiste, a des brebis.",
    ],
)
def test_another_period_region_or_trade_is_found(sentence):
    assert set(of(sentence)) & {"block", "warn"}


@pytest.mark.parametrize("told", ["Un château du XIVe siècle rouvre.", "Une porte gothique rouvre."])
def test_a_century_or_a_style_has_its_period(told):
    assert severities(names.CHECKS, told, "# Vernay\n\nLe Moyen Âge s’y visite de nouveau.") == []
    assert severities(names.CHECKS, told, "# Vernay\n\nOn y visite de nouveau l’Antiquité.") == ["block"]


def test_a_member_of_the_european_parliament_sits_in_no_national_assembly():
    source = "La députée européenne Maud Sère a visité la fouille avec trois députés européens."
    assert severities(names.CHECKS, source, "# Visite\n\nL’Assemblée nationale a visité la fouille.") == [
        "block"
    ]
