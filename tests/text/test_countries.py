"""The table of countries held against Unicode CLDR (French), which Babel carries."""

import pytest
from babel import Locale
from babel.core import get_global

from pipeline.text import countries
from pipeline.text.fold import fold
from pipeline.text.toponyms import CONTINENTS, citizens, inflections, toponyms

CLDR = Locale("fr")
ROWS = {line[:2]: line.split("|") for line in countries.TABLE.strip().splitlines()}
# CLDR's name carries a remark, or an article that tells the country from a word.
OTHERWISE = {"DM", "GD", "HK", "MM", "MU", "VA", "VC"}


def bare(text):
    return fold(text).replace("-", " ").replace("'", " ")


@pytest.mark.parametrize("code", sorted(set(ROWS) - OTHERWISE))
def test_a_country_has_its_cldr_name(code):
    assert CLDR.territories[code] in ROWS[code][1].split("/")


def test_every_country_with_a_currency_or_a_flag_of_its_own_is_there():
    sovereign = {c for c in get_global("territory_currencies") if len(c) == 2 and c in CLDR.territories}
    dependent = (
        "AC AI AQ AS AW AX BL BM BQ BV CC CK CP CQ CW CX DG EA EH EU FK FO GF GG GI GL GP GS GU HM IC IM IO JE KY MF MO MP "
        "MQ MS NC NF NU PF PM PN PR RE SH SJ SX TA TC TF TK UM UN VG VI WF YT ZZ"
    )
    assert sovereign - set(ROWS) - set(dependent.split()) == set()


def test_a_currency_named_after_its_people_names_them_as_the_table_does():
    agree = 0
    for code, row in ROWS.items():
        people = [bare(p)[:-1] for p in row[2].split("/") if p]
        names = [CLDR.currencies.get(c[0], "") for c in get_global("territory_currencies").get(code, ())]
        agree += any(p in bare(name) for p in people for name in names)
    assert agree > 145


def test_cldr_cities_that_the_table_has_stand_in_their_own_country():
    zones = CLDR.time_zones
    for zone, code in get_global("zone_territories").items():
        city = zones.get(zone, {}).get("city") or zone.split("/")[-1].replace("_", " ")
        for other, row in ROWS.items():
            known = {bare(c) for c in (*row[3].split("/"), *row[4].split("/")) if c}
            shared = (
                bare(city) in known
                and code in ROWS
                and bare(city) not in ("la rioja", "cordoba", "grenade", "canton")
            )
            assert not shared or other == code, (city, code, other)


def test_a_line_has_five_fields_and_a_continent():
    assert all(len(row) == 5 and row[0][3:] in CONTINENTS for row in ROWS.values())


@pytest.mark.parametrize(
    ("masculine", "feminine"),
    [
        ("norvegien", "norvegienne"),
        ("turc", "turque"),
        ("polonais", "polonaise"),
        ("europeen", "europeenne"),
        ("russe", "russe"),
        ("kosovar", "kosovare"),
        ("tourangeau", "tourangelle"),
    ],
)
def test_a_people_has_its_feminine(masculine, feminine):
    assert feminine in inflections(masculine)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le Norvégien est venu.", [("Norvégien", ("NO",))]),
        ("L’accord américano-turc tient.", [("américano", ("US",)), ("turc", ("TR",))]),
        ("Rentré du Caire, il part au Mans.", [("Caire", ("EG",)), ("Mans", ("FR",))]),
        (
            "La République tchèque et la Corée du Nord",
            [("République tchèque", ("CZ",)), ("Corée du Nord", ("KP",))],
        ),
        ("des montagnes russes, un été indien, un café turc", []),
        ("Le nord de la ville, les lots, un cher ami", []),
    ],
)
def test_toponyms_are_found_in_the_forms_of_a_text(text, found):
    assert [(text[t.start : t.end], t.codes) for t in toponyms(text)] == found


def test_the_people_of_a_city_lead_to_it():
    assert citizens()["stephanoise"] == ("saint", "etienne")
