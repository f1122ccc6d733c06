import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.house_spelling import parted
from pipeline.text.markdown import parse
from pipeline.text.typography import edits, profile_of, typeset

NAMES = ("Otan", "Zelensky", "Kyiv=Kiev", "Abou Dabi=Abou Dhabi", "Nations unies")
DESK = profile_of("imprimerie", NAMES)


def spelt(text):
    return typeset(text, DESK).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Pour l’OTAN, M. Zelenskyy a raison.", "Pour l’Otan, M. Zelensky a raison."),
        ("OTAN : Volodymyr Zelenskiy à Kyiv.", "Otan : Volodymyr Zelensky à Kiev."),
        ("# L’OTAN à Abou Dabi\n\nLes Nations Unies.", "# L’Otan à Abou Dhabi\n\nLes Nations unies."),
        ("| OTAN | Kyiv |\n| --- | --- |\n| OTAN | x |", "| Otan | Kiev |\n| --- | --- |\n| Otan | x |"),
        ("[L’OTAN](https://a.example/OTAN) et `OTAN`.", "[L’Otan](https://a.example/OTAN) et `OTAN`."),
        ("Le mot otan, en gascon, et l’OTANisation.", "Le mot otan, en gascon, et l’OTANisation."),
    ],
)
def test_every_spelling_of_a_name_of_the_list_is_the_desk_s(text, wanted):
    assert spelt(text) == wanted


def test_somebody_s_words_change_their_capitals_and_no_letter():
    assert spelt("Il a dit : « L’OTAN aide Zelenskyy à Kyiv. » OTAN.") == (
        "Il a dit : « L’Otan aide Zelenskyy à Kyiv. » Otan."
    )
    assert spelt("> L’OTAN aide Kyiv.\n\nKyiv.") == "> L’Otan aide Kyiv.\n\nKiev."


def test_title_and_description_follow_and_the_addresses_of_the_front_matter_do_not():
    text = spelt("---\ntitle: 'OTAN à Kyiv'\nslug: OTAN\nkeyphrase: OTAN\n---\n\n# OTAN\n")
    assert text == "---\ntitle: 'Otan à Kiev'\nslug: OTAN\nkeyphrase: OTAN\n---\n\n# Otan\n"


def test_without_a_list_nothing_is_respelt():
    assert typeset("OTAN et Otan.") == "OTAN et Otan."


@given(st.text(alphabet="OTANotan KyivZelsk«»’ .\n#>", max_size=60))
def test_what_is_spelt_as_the_desk_does_stays(text):
    once = typeset(text, DESK)
    assert typeset(once, DESK) == once
    assert not edits(parse(once), DESK)


@pytest.mark.parametrize(
    "entry", ["", "otan", "Kyiv=", "=Kiev", "Kyiv=Kiev=X", "[x](y)", "O\u202etan", "A" * 200]
)
def test_what_is_no_name_is_refused(entry):
    with pytest.raises(ValueError, match="as the desk spells it"):
        parted(entry)
