import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.dates import dates


def found(text):
    return [(text[d.start : d.end], d.value) for d in dates(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le 14 juillet 2023", ("14 juillet 2023", "2023-07-14")),
        ("lundi 14 juillet", ("lundi 14 juillet", "--07-14")),
        ("le 1er mai", ("1er mai", "--05-01")),
        ("en février 2022", ("février 2022", "2022-02")),
        ("en octobre", ("octobre", "--10")),
        ("début mars", ("mars", "--03")),
        ("12/07/2023", ("12/07/2023", "2023-07-12")),
        ("en 2022", ("2022", "2022")),
        ("d’ici 2030", ("2030", "2030")),
        ("les élections de 2024", ("2024", "2024")),
        ("le budget 2024", ("2024", "2024")),
        ("les années 80", ("années 80", "1980s")),
        ("Lundi", ("Lundi", "monday")),
        ("lundi soir", ("lundi soir", "monday/evening")),
        ("vendredi dernier", ("vendredi dernier", "last friday")),
        ("à 14 h 30", ("14 h 30", "T14:30")),
        ("à 14 heures", ("14 heures", "T14:00")),
        ("hier", ("hier", "yesterday")),
        ("aujourd’hui", ("aujourd’hui", "today")),
        ("la veille", ("la veille", "the day before")),
        ("ce mois-ci", ("ce mois-ci", "this month")),
        ("cette semaine", ("cette semaine", "this week")),
        ("cette année", ("cette année", "this year")),
        ("le mois prochain", ("le mois prochain", "next month")),
        ("l’an dernier", ("l’an dernier", "last year")),
        ("il y a 14 mois", ("il y a 14 mois", "-14 months")),
        ("depuis cinq ans", ("depuis cinq ans", "since -5 years")),
        ("deux jours plus tard", ("deux jours plus tard", "+2 days")),
        ("au cours des trois derniers mois", ("au cours des trois derniers mois", "last 3 months")),
        ("depuis des mois", ("depuis des mois", "since months")),
        ("cet été", ("cet été", "this summer")),
        ("avant l’été", ("été", "summer")),
        ("une offensive de printemps", ("printemps", "spring")),
        ("dans la soirée", ("dans la soirée", "/evening")),
        ("hier soir", ("hier soir", "yesterday/evening")),
        ("Le match a lieu un jour avant la finale", ("un jour avant", "-1 day")),
        ("il y a une dizaine d’années", ("il y a une dizaine d’années", "-10 years")),
        ("le vendredi 11 de 9 personnes", ("vendredi 11", "friday 11")),
    ],
)
def test_a_date_says_no_more_than_its_words(text, expected):
    assert found(text) == [expected]


def test_both_ends_of_a_range_are_dates():
    assert [v for _, v in found("de 2015 à 2020, la saison 2023-2024, les 12 et 13 mars")] == [
        "2015", "2020", "2023", "2024", "--03-12", "--03-13",
    ]  # fmt: skip
    assert [v for _, v in found("du lundi 3 au vendredi 14 mai, les 3, 4 et 5 juin")] == [
        "monday", "--05-03", "--05-14", "--06-03", "--06-04", "--06-05",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "la planète Mars", "plus de 2000 personnes", "2000 euros", "1990 habitants", "pendant 14 heures",
        "mais il a été", "dans le Midi", "18/11", "maintenant",
    ],
)  # fmt: skip
def test_what_is_no_date_is_left(text):
    assert found(text) == []


@given(st.text())
def test_survives_any_text(text):
    end = 0
    for d in dates(text):
        assert end <= d.start < d.end <= len(text)
        end = d.end
