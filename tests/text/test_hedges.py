import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.figures import figures
from pipeline.text.hedges import hedge
from pipeline.text.implied import implied, ratios


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("300 morts", ""),
        ("environ 300 morts", "about"),
        ("près de 300 morts", "about"),
        ("300 personnes environ", "about"),
        ("une bonne trentaine de morts", "about"),
        ("plus de 300 morts", "above"),
        ("pas moins de 300 morts", "above"),
        ("au moins 300 morts", "above"),
        ("dépasse les 300 euros", "above"),
        ("moins de 300 morts", "below"),
        ("ne dépasse pas 300 euros", "below"),
        ("300 morts au maximum", "below"),
    ],
)
def test_the_words_around_a_figure_hedge_it(text, expected):
    (figure,) = figures(text)
    assert hedge(text, figure.start, figure.end) == expected


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("un apiculteur sur quatre,", 1 / 4),
        ("deux Français sur trois", 2 / 3),
        ("6 sur 10", 0.6),
        ("7,5/10", 0.75),
    ],
)
def test_a_ratio_is_a_share(text, share):
    assert [r.value for r in ratios(text)] == [share]


@pytest.mark.parametrize(
    "text", ["trois sur deux", "une table sur mesure", "le 12/03/2024", "assis sur dix chaises"]
)
def test_what_is_no_ratio_is_left(text):
    assert ratios(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("une heure", 1, "hour"),
        ("l’audience a doublé", 2, None),
        ("au premier trimestre", 3, "month"),
        ("un sexagénaire", 60, "year"),
        ("le second tour", 2, None),
        ("aucun blessé", 0, None),
    ],
)
def test_words_that_hold_a_number_give_it(text, value, unit):
    assert (value, unit) in [(f.value, f.unit) for f in implied(text)]


@given(st.text())
def test_survives_any_text(text):
    for figure in implied(text):
        assert 0 <= figure.start < figure.end <= len(text)
        hedge(text, figure.start, figure.end)
