"""A story that is printed again, and one that is told otherwise."""

import re
import time
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages import clean, ingest
from pipeline.wording import PRINTS, compare, prints
from tests.reprints import LEDES, MORE, SEEDS, figures_changed, other_space, paragraphs, reprinted


@pytest.mark.parametrize("seed", SEEDS, ids=str)
def test_other_white_space_and_apostrophes_are_the_same_story(seed):
    found = compare(paragraphs(seed), other_space(paragraphs(seed)))
    assert (found.share, found.is_again, found.own) == (1.0, True, ())


@pytest.mark.parametrize("seed", SEEDS, ids=str)
def test_another_title_another_lede_a_cut_and_a_paragraph_more_are_the_same_story(seed):
    again = reprinted(paragraphs(seed), LEDES[seed])
    found = compare(paragraphs(seed), again)
    assert found.is_again
    assert MORE in found.own
    assert len(set(prints(paragraphs(seed))) & set(prints(again))) >= 2


def test_several_articles_on_one_subject_are_not():
    for one, other in permutations(map(paragraphs, SEEDS), 2):
        assert compare(one, other).share < 0.02


@pytest.mark.parametrize("seed", SEEDS, ids=str)
def test_the_same_story_in_other_words_is_not(seed):
    text = (SEEDS[seed].parents[1] / "tests" / "reference" / f"{seed}.md").read_text()
    told = text.split("---\n", 2)[2].splitlines()
    assert compare(paragraphs(seed), told).share < 0.2


@pytest.mark.parametrize("seed", SEEDS, ids=str)
def test_one_figure_changed_is_told_otherwise(seed):
    text = paragraphs(seed)
    for changed in figures_changed(text):
        found = compare(text, changed)
        assert found.share > 0.9
        assert found.otherwise


STORY = [
    "Incendie à Valmont",
    "Un incendie a détruit une grange mardi soir à Valmont, sans faire de victime.",
    "Une trentaine de pompiers ont été engagés jusqu’au matin, a indiqué la préfecture.",
    "« Le feu est parti du toit », a raconté le maire, Paul Durand.",
    "L’origine du sinistre reste inconnue. Une enquête est ouverte par la gendarmerie de Briac.",
    "Deux routes ont été coupées pendant la nuit, et la circulation a repris vers six heures.",
]


def with_line(number, old, new):
    assert old in STORY[number]
    return [*STORY[:number], STORY[number].replace(old, new), *STORY[number + 1 :]]


@pytest.mark.parametrize(
    ("number", "old", "new"),
    [
        (2, "trentaine", "quarantaine"),
        (1, "sans faire de victime", "faisant deux victimes"),
        (4, "reste inconnue", "n’est plus inconnue"),
        (3, "Paul Durand", "Jean Morel"),
        (5, "six", "sept"),
        (5, "Deux routes ont été coupées pendant la nuit", "Pendant la nuit ont été coupées deux routes"),
        (4, "Briac", "Valmont"),
    ],
)
def test_a_sentence_with_another_value_name_or_order_is_told_otherwise(number, old, new):
    assert compare(STORY, with_line(number, old, new)).otherwise


def test_the_part_that_is_told_otherwise_is_shown():
    assert "quarantaine" in compare(STORY, with_line(2, "trentaine", "quarantaine")).otherwise


def test_news_on_top_of_the_old_text_is_told_otherwise():
    assert compare(STORY, ["Le bilan passe à 3 morts.", *STORY]).otherwise
    assert compare(STORY, ["L’incendiaire présumé, Marc Vidal, a été arrêté.", *STORY]).otherwise


def test_a_sentence_that_was_cut_and_the_mark_of_an_agency_are_no_news():
    assert compare(STORY, with_line(4, " Une enquête est ouverte par la gendarmerie de Briac.", "")).is_again
    assert compare(STORY, with_line(2, ", a indiqué la préfecture", "")).is_again
    assert compare(STORY, ["Ce que dit l’Agence France-Presse.", *STORY]).is_again


def test_a_paragraph_more_is_no_other_story_and_is_shown():
    more = "La commune avait déjà connu 2 incendies en 2019, selon Anne Roux."
    found = compare(STORY, [*STORY, more])
    assert found.is_again
    assert found.own == (more,)


def test_much_of_its_own_makes_another_story():
    own = [
        f"La {n}e réunion du conseil {'a' * n} porte sur un tout autre sujet que celui-là." for n in range(30)
    ]
    assert not compare(STORY, [*STORY, *own]).is_again
    assert compare([*STORY, *own], STORY).is_again, "all of it stands in the longer one"


@given(st.lists(st.text(max_size=200), max_size=5), st.lists(st.text(max_size=200), max_size=5))
def test_any_two_texts_can_be_compared(one, other):
    found = compare(one, other)
    assert 0 <= found.share <= 1
    assert len(prints(one)) <= PRINTS
    assert not compare(one, one).otherwise
    assert compare(one, one).own == ()


@pytest.mark.parametrize(
    "text",
    [
        "Le maire a dit 12 fois que la ville n’était pas prête. " * 4_000,
        "mot " * 60_000,
        " ".join(f"Le texte {n} tourne encore un peu plus loin ici." for n in range(5_000)),
    ],
    ids=["one sentence", "one word", "many sentences"],
)
def test_time_grows_with_length(text):
    """A quarter of a megabyte; what is quadratic would take minutes."""
    began = time.process_time()
    compare([text], [re.sub("ici|prête", "là", text) + "Fin."])
    assert time.process_time() - began < 8


def test_a_source_and_its_reading_have_the_same_prints():
    read = clean.clean(ingest.read_file(SEEDS["002_44b7f2dba8646b0b"], "seed"))
    assert prints([p.text for p in read.passages]) == prints(paragraphs("002_44b7f2dba8646b0b"))
