import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.figures import figures
from pipeline.text.units import measured


def found(text):
    return [(text[f.start : f.end], f.value, f.unit) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("325 millions de dollars", ("325 millions de dollars", 325e6, "USD")),
        ("60 milliards d’euros", ("60 milliards d’euros", 60e9, "EUR")),
        ("12,5 % des voix", ("12,5 %", 12.5, "%")),
        ("10 pour cent", ("10 pour cent", 10, "%")),
        ("six mois", ("six mois", 6, "month")),
        ("32 membres de l’Otan", ("32 membres", 32, "membre")),
        ("65 milliards dans le domaine militaire", ("65 milliards", 65e9, None)),
        ("quelque 50 pays", ("50 pays", 50, "pays")),
        ("une cinquantaine de représentants", ("une cinquantaine de représentants", 50, "représentant")),
        ("trois nouveaux blessés", ("trois nouveaux blessés", 3, "blessé")),
        ("le 75e anniversaire", ("75e anniversaire", 75, "anniversaire")),
        ("âgé de 45 ans", ("45 ans", 45, "year")),
        ("$325 millions", ("$325 millions", 325e6, "USD")),
        ("3 M€", ("3 M€", 3e6, "EUR")),
        ("deux heures et demie", ("deux heures et demie", 2.5, "hour")),
        ("2,5 millions d’habitants", ("2,5 millions d’habitants", 2.5e6, "habitant")),
        ("30 °C", ("30 °C", 30, "°C")),
        ("90 km/h", ("90 km/h", 90, "km/h")),
        ("13 années-lumière", ("13 années-lumière", 13, "année-lumière")),
        ("la moitié des élèves", ("moitié des élèves", 0.5, "élève")),
        ("le XXIe siècle", ("XXIe siècle", 21, "siècle")),
        ("cinq ans de prison", ("cinq ans", 5, "year")),
    ],
)
def test_a_number_comes_with_what_it_counts(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("il fait moins 12 degrés", ("moins 12 degrés", -12, "°C")),
        ("12 degrés sous zéro", ("12 degrés sous zéro", -12, "°C")),
        ("au moins 12 degrés", ("12 degrés", 12, "°C")),
        ("une perte de −2,5 %", ("−2,5 %", -2.5, "%")),
        ("une demi-heure", ("demi-heure", 0.5, "hour")),
        ("un an et demi", ("un an et demi", 1.5, "year")),
        ("2 heures et 30 minutes", ("2 heures et 30 minutes", 2.5, "hour")),
        ("4 euros 50", ("4 euros 50", 4.5, "EUR")),
        ("il mesure 1m80", ("1m80", 1.8, "m")),
        ("les trois prochains mois", ("trois prochains mois", 3, "month")),
        ("elles sont 60 seulement", ("60", 60, None)),
        ("l’article 5 prévoit", ("5", 5, None)),
    ],
)
def test_signs_halves_and_plurals_are_read(text, expected):
    assert found(text) == [expected]


UNITS = (
    "euros dollars mois ans jours heures minutes kilomètres % °C tonnes blessés voix élèves personnes".split()
)


@given(st.integers(2, 10**6), st.sampled_from(UNITS), st.sampled_from(("", "-", "−")))
def test_a_figure_cut_out_of_its_text_reads_the_same(n, unit, sign):
    text = f"On compte {sign}{n} {unit} ici."
    (figure,) = figures(text)
    (again,) = figures(text[figure.start : figure.end])
    assert (again.value, again.unit, again.kind) == (figure.value, figure.unit, figure.kind)
    assert again.end - again.start == figure.end - figure.start
    assert figure.value == (-n if sign else n)


def test_both_ends_of_a_range_have_its_unit():
    assert [f[1:] for f in found("entre 3 et 5 %, de 18 à 62 millions d’euros")] == [
        (3, "%"), (5, "%"), (18e6, "EUR"), (62e6, "EUR"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["en 2022", "le 14 juillet 2023", "à 14 h 30", "lundi 14 juillet", "élections de 2024"]
)
def test_dates_and_times_are_no_figures(text):
    assert found(text) == []


def test_a_span_of_time_is_a_figure_too():
    assert found("il y a 14 mois") == [("14 mois", 14, "month")]


@given(st.text())
def test_survives_any_text(text):
    end = 0
    for f in figures(text):
        assert end <= f.start < f.end <= len(text)
        end = f.end


def test_parts_of_a_litre_are_units_and_measure_a_volume():
    told = [(f.value, f.unit) for f in figures("20 cl de crème, 5 ml, 3 dl, 25cl et 1 L")]
    assert told == [(20, "centilitre"), (5, "millilitre"), (3, "décilitre"), (25, "centilitre"), (1, "L")]
    assert {measured(v, u) for v, u in ((100, "centilitre"), (10, "décilitre"), (1000, "millilitre"))} == {
        (1.0, "volume")
    }
