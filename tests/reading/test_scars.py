import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.scars import is_english_aside, mend


@pytest.mark.parametrize(
    ("scarred", "whole"),
    [
        (
            "tant du côté ukrainien que américain. [defense] du côté de l’industrie",
            "tant du côté ukrainien qu’américain du côté de l’industrie",
        ),
        ("l’alliance “se tient[s] par vous”", "l’alliance “se tient par vous”"),
        ("un plan ''ambitieux'' pour la ville", 'un plan "ambitieux" pour la ville'),
        ("le budget [of the war] augmente", "le budget augmente"),
        ("Il a voté. [the president] Puis il part.", "Il a voté. Puis il part."),
        ("le soutien de Ukraine et la élaboration", "le soutien d’Ukraine et l’élaboration"),
        ("ne éliminerait pas, je ai vu que on part", "n’éliminerait pas, j’ai vu qu’on part"),
        ("une voie tangible. à ce but.", "une voie tangible à ce but."),
        ("deux  espaces , puis .", "deux espaces, puis."),
    ],
)
def test_a_scar_is_mended_and_listed(scarred, whole):
    text, removed = mend(scarred)
    assert text == whole
    assert removed


@pytest.mark.parametrize(
    "text",
    [
        "a dit [le président] hier",
        "il pense […] que c’est [sic] fini",
        "le chef [Macron] et son [missile]",
        "les parent[s] d’élèves",
        "« la élaboration que on voit »",
        "le onze de France, la une du journal, le oui, le e-commerce, de ONU",
        "João de Almeida et Rafael de Orleans",
        "prends-le avec toi, dis-je à Anne",
        "la conférence de presse conjointe. conférence.",
        "l’art. 3 de la loi, etc. de tout",
        "12° 30'' de latitude",
        "12\u00a0% et 3\u202f000 habitants : « oui »",
    ],
)
def test_what_is_no_scar_stays(text):
    assert mend(text) == (text, ())


@pytest.mark.parametrize("words", ["defense", "of the war", "the president's allies"])
def test_english_in_brackets_is_told(words):
    assert is_english_aside(words)


@pytest.mark.parametrize(
    "words", ["défense", "le président", "Zelensky", "sic", "missile", "…", "nos alliés"]
)
def test_french_in_brackets_is_left_alone(words):
    assert not is_english_aside(words)


@given(st.text(alphabet="abe éà.,'’\"«»[]A \u00a0", max_size=80))
def test_mending_twice_changes_nothing_more_and_says_what_it_did(text):
    once, removed = mend(text)
    assert (once != text) <= bool(removed)


@pytest.mark.parametrize("blank", [" ", "\u00a0"])
def test_a_run_of_blanks_takes_linear_time(blank):
    # Tried again from each of its blanks, a run of this length would take hours.
    text = f"tant du côté ukrainien{blank * 400_000}que américain."
    assert len(mend(text)[0]) <= len(text)
    assert (
        mend(f"le budget.{blank * 3}[of the war]{blank}[the president] Il augmente.")[0]
        == "le budget. Il augmente."
    )
