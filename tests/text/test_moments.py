import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.dates import dates
from pipeline.text.moments import Moment, moment, published


def parts(text):
    return [moment(span, text) for span in dates(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lundi 14 juillet", Moment(weekday=0, day=14, month=7)),
        ("vendredi dernier", Moment(weekday=4, way="last")),
        ("mardi soir", Moment(weekday=1, part="evening")),
        ("en février 2022", Moment(year=2022, month=2)),
        ("les années 90", Moment(decade=1990)),
        ("l’été 2024", Moment(year=2024, season="summer")),
        ("à 20 h 30", Moment(clock=1230)),
        ("hier soir", Moment(near=-1, part="evening")),
        ("la veille", Moment(step=-1)),
        ("la semaine prochaine", Moment(way="next", unit="week")),
        ("octobre dernier", Moment(month=10, way="last")),
        ("il y a 14 mois", Moment(unit="month", count=14, sign=-1)),
        ("depuis des mois", Moment(unit="month", sign=-1)),
        ("ces trois dernières années", Moment(unit="year", count=3, sign=-1)),
        ("ce soir", Moment(part="evening", near=0, way="this")),
    ],
)
def test_a_mention_is_taken_apart(text, expected):
    assert parts(text) == [expected]


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2024-03-05T10:00:00+01:00", (2024, 3, 5)),
        ("Publié le 1er juillet 2026", (2026, 7, 1)),
        ("5/3/2024 à 10 h", (2024, 3, 5)),
    ],
)
def test_the_day_of_a_credit_line_is_read(told, day):
    assert published(told) == dt.date(*day)


@pytest.mark.parametrize("told", [None, "", "hier", "31 février 2024", "2024-13-01"])
def test_a_credit_line_without_a_day_has_none(told):
    assert published(told) is None


@given(st.text())
def test_survives_any_text(text):
    published(text)
    parts(text)
