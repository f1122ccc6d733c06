import pytest

from pipeline.checks.fidelity.named.places import find_absent_place
from tests.checks.fidelity.samples import marked

SOURCE = (
    "Le ministre norvégien des Pêches a reçu à Bergen les armateurs finlandais. Le président russe n’a pas réagi.\n\n"
    "À Ramstein, en Allemagne, les pays baltes ont voté. Le séisme a touché Jajarkot. Abidjan observe."
)


@pytest.mark.parametrize(
    "piece",
    [
        "Le Norvégien a vu à Bergen des pêcheurs de Finlande.",
        "Oslo discute, Moscou se tait.",
        "Le Kremlin n’a pas réagi.",
        "La Norvège a donné sa réponse à Moscou.",
        "Les États baltes ont voté.",
        "L’Europe regarde, les Européens aussi.",
        "C’est un été indien, ce sont des montagnes russes.",
        "« Je rentre de Madrid », a dit le ministre.",
    ],
)
def test_a_country_may_be_told_by_its_people_its_capital_or_its_continent(piece):
    assert marked(find_absent_place, SOURCE, piece) == []


@pytest.mark.parametrize(
    ("piece", "shown"),
    [
        ("Il a reçu les armateurs suédois.", "suédois"),
        ("Les Danois ont voté.", "Danois"),
        ("Tout s’est passé à Moscou.", "Moscou"),
        ("Il vit dans la banlieue d’Oslo.", "Oslo"),
        ("Une réunion s’est tenue au Kremlin.", "Kremlin"),
        ("Il l’a reçu à Bordeaux.", "Bordeaux"),
        ("Le traité russo-chinois inquiète.", "chinois"),
        ("À Ramstein, en Norvège, ils ont voté.", "Norvège"),
        ("L’Afrique regarde le Japon.", "Japon"),
    ],
)
def test_a_place_of_no_source_blocks(piece, shown):
    assert ("block", shown) in marked(find_absent_place, SOURCE, piece)


def test_a_country_that_follows_from_a_city_is_only_told():
    assert marked(find_absent_place, SOURCE, "La Côte d’Ivoire observe.") == [("info", "Côte d’Ivoire")]


def test_france_may_go_without_saying_where_no_other_country_stands():
    source = "Le conseil municipal a voté le budget de la piscine."
    assert marked(find_absent_place, source, "La piscine est unique en France.") == [("warn", "France")]
    assert marked(find_absent_place, SOURCE, "La piscine est unique en France.") == [("block", "France")]


def test_a_point_of_the_compass_that_no_source_has_warns():
    assert marked(find_absent_place, SOURCE, "Dans le nord du pays, on vote.") == [("warn", "nord")]


def test_the_people_of_a_city_need_the_city():
    source = "Le club de Saint-Étienne a gagné en Italie."
    assert marked(find_absent_place, source, "Les Stéphanois ont gagné.") == []
    assert marked(find_absent_place, source, "Les Messins ont gagné.") == [("block", "Messins")]


def test_a_country_is_told_by_any_adjective_of_its_name():
    source = "La tombe contenait une amphore italique."
    assert marked(find_absent_place, source, "La tombe contenait une amphore d’Italie.") == []
    assert marked(find_absent_place, source, "La tombe contenait une amphore d’Espagne.") != []
