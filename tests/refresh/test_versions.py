"""Two versions of a piece: when its date moves, and what its readers are told."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.refresh.versions import Versions
from pipeline.text.markdown import parse

NOW = datetime.fromisoformat("2027-03-03T09:00:00+01:00")
SENTENCE = "Le conseil municipal de Vannes a voté la construction d’une école au bord du fleuve."
BODY = "# L’école\n\nLa ville paie 325 millions d’euros.\n\n## Le vote\n\n" + " ".join([SENTENCE] * 6)


def versions(before, after):
    return Versions(parse(before), parse(after))


def differ(after, *, source_changed=False):
    return versions(BODY, after).differ(source_changed=source_changed)


@pytest.mark.parametrize(
    "after",
    [
        BODY,
        BODY.replace("’", "'").replace("325 millions", "325\u00a0millions"),
        BODY.replace("a voté", "a adopté", 1),
        BODY + "\n\n## Sources\n\n- Une autre source",
        BODY.replace("La ville paie", "Cette année, la ville paie"),
    ],
)
def test_type_apparatus_and_a_word_here_or_there_move_no_date(after):
    assert not differ(after)


@pytest.mark.parametrize(
    "after",
    [
        BODY.replace("325", "410"),
        BODY + "\n\n## Une section de plus\n\nElle dit encore ceci.",
        BODY.replace("a voté la construction", "refuse toute idée"),
    ],
)
def test_a_fact_a_section_or_a_twentieth_of_the_words_moves_it(after):
    assert differ(after)


def test_where_the_source_changed_any_word_moves_it_and_no_word_does_not():
    denied = BODY.replace("a voté", "n’a pas voté", 1)
    assert not differ(denied)
    assert differ(denied, source_changed=True)
    assert not differ(BODY, source_changed=True)


@pytest.mark.parametrize(
    ("after", "line"),
    [
        (BODY.replace("325", "410"), "410 millions d’euros au lieu de 325 millions d’euros"),
        (
            BODY + "\n\nLe préfet, Luc Morel, viendra le 12 mai 2027.",
            "des précisions ont été ajoutées (12 mai 2027, Luc Morel)",
        ),
        (
            BODY.replace("La ville paie 325 millions d’euros.", "Oui."),
            "des données ont été retirées (325 millions d’euros)",
        ),
        (BODY.replace("a voté", "n’a pas voté"), "la partie «\u00a0Le vote\u00a0» a été revue"),
    ],
)
def test_readers_are_told_in_one_line_what_changed(after, line):
    assert versions(BODY, after).line(NOW) == f"Mise à jour du 3\u00a0mars 2027\u00a0: {line}."


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_two_versions_say_the_line_is_one_short_line(before, after):
    line = versions(f"# T\n\n{before}", f"# T\n\n{after}").line(NOW)
    assert "\n" not in line
    assert len(line) < 700


def test_an_editor_reads_every_sentence_that_went_or_came_under_its_heading():
    told = versions(BODY, BODY.replace("325", "410").replace("a voté", "a refusé", 1)).told_whole()
    assert told.startswith(
        "# L’école\n\n- La ville paie 325 millions d’euros.\n+ La ville paie 410 millions d’euros.\n"
    )
    assert "## Le vote" in told
    assert versions(BODY, BODY).told_whole() == ""


UPDATE = "Mise à jour du 3 mars 2027 : 410 millions d’euros au lieu de 325 millions d’euros."


def closing(text, update):
    return parse(f"---\nupdate: '{update}'\n---\n# T\n\nUn texte.\n\n## Sources\n\n- AFP\n\n{text}\n")


def test_the_line_is_no_text_of_the_piece_and_other_lines_are():
    assert all(b.apparatus for b in closing(UPDATE, UPDATE).blocks[2:])
    assert not closing(UPDATE.replace("410", "500"), UPDATE).blocks[-1].apparatus
    false = "Le maire a démissionné après avoir volé 3 millions d’euros à la ville de Vannes."
    assert not closing(false, false).blocks[-1].apparatus
