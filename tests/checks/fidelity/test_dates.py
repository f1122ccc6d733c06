import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.fidelity.dated.dates import find_absent_date
from tests.checks.fidelity.laid_beside import found, manuscript

WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def findings(source, piece, date=None):
    return found(find_absent_date, source, piece, date)


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("Le 24 février 2022, il neigeait.", "En février 2022, en 2022, le 24 février, il neigeait."),
        ("Le 24 février 2022, il neigeait.", "Jeudi 24 février 2022, il neigeait."),
        ("Il vient mardi. La veille, il chantait.", "Lundi, il chantait."),
        ("Il vient jeudi ; il partira vendredi.", "Il vient jeudi et part le lendemain."),
        ("Il arrive un jour avant la réunion.", "La réunion a lieu le lendemain."),
        ("Il vient lundi, vers 20 heures.", "Il vient lundi soir."),
        ("Dans la matinée, il pleuvait.", "Le matin, il pleuvait."),
        ("En mai, il pleuvait.", "Au printemps, il pleuvait."),
        ("Il vient mardi.", "Il vient cette semaine."),
        ("Depuis 1993, il vend du vin.", "Dans les années 1990, il vendait du vin."),
        ("Il y a quatorze mois.", "Cela dure depuis des mois."),
        ("L’an dernier, il chantait.", "Il y a un an, il chantait."),
        ("Fin 2023, il y en avait deux ; un seul en 2022.", "L’année précédente, il y en avait un."),
        ("De 9 h à 12 h.", "De 9 heures à midi."),
        ("Du lundi 3 au vendredi 14 novembre.", "Du 3 au 14 novembre."),
        ("Le vendredi 11 de 9 h à 12 h, puis le 12 avril.", "Le vendredi 11 avril, à 9 h."),
        ("Le village compte 2020 âmes, et 2 rues.", "En 2020, le village avait 2 rues."),
        ("Il chante.", "Aujourd’hui, il chante."),
        ("Il chante.", "C’est le monde de demain."),
        ("Il chante.", "« Je viens lundi », dit-il."),
        ("Il a été élu.", "Il a été élu."),
    ],
)  # fmt: skip
def test_a_date_that_follows_from_the_source_passes(source, piece):
    assert findings(source, piece) == []


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("Il vient mardi.", "Il vient jeudi."),
        ("Il vient cette semaine.", "Il vient mardi."),
        ("Il vient mardi soir.", "Il vient mardi matin."),
        ("Le préfet visite mardi l’usine.", "Le préfet visite aujourd’hui l’usine."),
        ("Il vient vendredi prochain.", "Il vient vendredi dernier."),
        ("En février 2022, il neigeait.", "En février 2023, il neigeait."),
        ("En février 2022, il neigeait.", "En mars 2022, il neigeait."),
        ("Le 24 février, il neigeait.", "Le 25 février, il neigeait."),
        ("Il neigeait en février.", "Il neigeait le 25 février."),
        ("Dès 2015, il neigeait.", "Dès 2016, il neigeait."),
        ("Dans les années 90, il chantait.", "Dans les années 80, il chantait."),
        ("Avant l’été, il partira.", "Avant l’hiver, il partira."),
        ("À 14 h 30, il pleuvait.", "À 15 h 30, il pleuvait."),
        ("Hier, il pleuvait.", "Demain, il pleuvra."),
        ("Ce mois-ci, il pleuvait.", "La semaine dernière, il pleuvait."),
        ("Le mois prochain, il partira.", "La semaine prochaine, il partira."),
        ("Depuis plusieurs mois, il attend.", "Depuis plusieurs années, il attend."),
        ("Il vient jeudi. Il partira vendredi.", "Il vient jeudi et part l’avant-veille."),
        ("Il y a deux ans, il partait.", "Dans deux ans, il partira."),
        ("Il y a un mois, il partait.", "Il y a un an, il partait."),
    ],
)  # fmt: skip
def test_a_date_that_no_source_has_blocks(source, piece):
    assert [severity for severity, _ in findings(source, piece)] == ["block"]


def test_the_date_line_is_a_source_of_dates():
    source = "Le ministre viendra mardi. Il l’a dit hier."
    assert findings(source, "Le ministre viendra mardi 5 mars.", "2024-03-03") == []
    assert findings(source, "Il l’a dit samedi.", "2024-03-03T10:00:00") == []
    assert findings(source, "C’était en 2024.", "3 mars 2024") == [("info", "2024")]
    assert findings(source, "C’était en 2024.") == [("block", "2024")]


def test_the_difference_is_told_and_the_place_shown():
    (finding,) = find_absent_date(manuscript("Il vient mardi.", "# Titre\n\nIl vient jeudi."))
    assert finding.code == "FID005"
    assert "source: mardi; piece: jeudi" in finding.message
    assert finding.where is not None
    assert finding.where.line == 3


@given(st.integers(1, 28), st.integers(0, 11), st.integers(1900, 2099), st.integers(0, 3))
def test_any_part_of_a_full_date_passes_and_another_day_does_not(day, month, year, form):
    source = f"C’était le {day} {MONTHS[month]} {year}."
    told = [f"{day} {MONTHS[month]} {year}", f"{day} {MONTHS[month]}", f"{MONTHS[month]} {year}", f"{year}"][
        form
    ]
    assert findings(source, f"En effet, en {told}.") == []
    other = f"{day % 28 + 1} {MONTHS[month]} {year}"
    assert [s for s, _ in findings(source, f"C’était le {other}.")] == ["block"]


@given(st.sampled_from(WEEKDAYS), st.sampled_from(WEEKDAYS))
def test_one_weekday_is_not_another(one, other):
    assert findings(f"Il vient {one}.", f"Il vient {other}.") == ([] if one == other else [("block", other)])


@given(st.text(max_size=80), st.text(max_size=80))
def test_survives_any_text(source, piece):
    findings(source, piece, source)
