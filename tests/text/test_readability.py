import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.markdown import parse
from pipeline.text.readability import has_transition, is_passive, measures, openings_alike


def measured(text):
    return measures(parse(text).blocks)


def test_kandel_moles_is_what_its_formula_says():
    m = measured("Le chat dort. Le chien mange la viande.")
    syllables = 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1
    assert m.words == 8
    assert m.kandel_moles == pytest.approx(207 - 1.015 * 8 / 2 - 73.6 * syllables / 8)


def test_lengths_are_counted_in_words_of_the_house_counter():
    m = measured("L’Otan agit. Elle agit vite.\n\nQui sait ?")
    assert m.mean_sentence == pytest.approx(7 / 3)
    assert m.mean_paragraph == pytest.approx(7 / 2)


def test_a_sentence_of_26_words_is_long_and_one_of_25_is_not():
    assert measured("mot " * 25 + ".").long_share == 0
    assert measured("mot " * 26 + ".").long_share == 1


def test_headings_tables_and_code_are_not_measured():
    m = measured("# Un titre\n\nUn texte.\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n")
    assert m.words == 2


def test_an_empty_text_measures_nothing():
    assert measured("").kandel_moles == 0
    assert measured("# Titre").sentences == ()


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Il vient. Il voit. Il part.", [("il", 3)]),
        ("Il vient. Elle voit. Il part.", []),
        ("Le chat dort. Le chien mange. Le coq chante.", []),
        ("Le chat dort. Le chat mange. Le chat part.", [("le chat", 3)]),
        ("« Il vient. » Il voit.\n\nIl part. Il revient.", [("il", 4)]),
        ("Il vient. Il voit.\n\n## Suite\n\nIl part.", []),
        ("- Il vient.\n- Il voit.\n- Il part.", []),
    ],
)
def test_three_sentences_in_a_row_that_open_alike_are_found(text, runs):
    assert [(run[0].opening, len(run)) for run in openings_alike(measured(text).sentences)] == runs


@pytest.mark.parametrize(
    "words",
    [
        "le pont a été détruit par les bombes",
        "les troupes sont vite repoussées",
        "il doit être livré en mai",
        "la loi n' est toujours pas votée",
        "que soient annoncées de nouvelles aides",
        "le texte fut aussitôt rejeté",
    ],
)
def test_etre_and_a_participle_are_a_passive(words):
    assert is_passive(words.split())


@pytest.mark.parametrize(
    "words",
    [
        "il est arrivé mardi",
        "elles sont venues hier",
        "elle s' est rendue à kiev",
        "ils se sont vus hier",
        "nous nous sommes trompés",
        "il est tragique de partir",
        "il a mangé",
        "c'est un été pourri",
        "il est petit",
    ],
)
def test_perfects_reflexives_and_adjectives_are_none(words):
    assert not is_passive(words.split())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mais il part", True),
        ("il part en revanche demain", True),
        ("d' abord il part", True),
        ("il part afin d' arriver", True),
        ("il part de plus loin", True),
        ("il part demain", False),
        ("en route", False),
    ],
)
def test_transition_words_are_found_whole(words, found):
    assert has_transition(words.split()) is found


@given(st.text(alphabet="aé.!? \n«»’#-1L", max_size=80))
def test_shares_stay_between_nothing_and_all(text):
    m = measured(text)
    assert all(0 <= share <= 1 for share in (m.long_share, m.passive_share, m.transition_share))
    assert sum(s.words for s in m.sentences) <= m.words or not m.sentences
