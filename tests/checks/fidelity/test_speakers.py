import pytest

from pipeline.checks.fidelity.said.speakers import CHECKS
from pipeline.text.quotes import quotations
from tests.checks.fidelity.pieces import found, severities
from tests.checks.fidelity.spoken_pieces import CASES
from tests.text.spoken import ARTICLES

SOURCE = """Le secrétaire général de l’Otan, Jens Stoltenberg, était à Kiev. « Nous resterons », a déclaré le Norvégien.
Le président ukrainien Volodymyr Zelensky l’a remercié. « C’est un signal fort », a dit Volodymyr Zelensky.
« Rien ne change », ont répondu Paul Martin et Jean Petit, diplomates.
Selon un policier, l’armée manque « de tout ». « Les stocks sont vides », a indiqué le Pentagone.
« Il m’a dit “reviens demain” », raconte Marie Dupont. Une note parle d’« échec »."""


def of(piece):
    return severities(CHECKS, SOURCE, f"# Otan\n\n{piece}")


@pytest.mark.parametrize(
    "piece",
    [
        "« Nous resterons », a promis Stoltenberg.",
        "« Nous resterons », a promis le chef de l’Alliance.",
        "« Nous resterons », a promis le secrétaire général de l’Otan.",
        "« C’est un signal fort », a dit le dirigeant ukrainien.",
        "« C’est un signal fort », a dit le chef de l’État ukrainien, Volodymyr Zelenskyy.",
        "« Rien ne change », a répondu Jean Petit.",
        "« Rien ne change », ont répondu des diplomates.",
        "Paul lui a dit « reviens demain ».",
        "« Les stocks sont vides », selon l’AFP.",
        "Une note parle d’« échec », a dit Marie Dupont.",
    ],
)
def test_one_person_under_many_names_is_left_alone(piece):
    assert of(piece) == []


@pytest.mark.parametrize(
    "piece",
    [
        "« Nous resterons », a promis Volodymyr Zelensky.",
        "« C’est un signal fort », a dit Stoltenberg.",
        "« C’est un signal fort », a dit le chef de l’Otan.",
        "Selon Jens Stoltenberg, « c’est un signal fort ».",
        "Marie Dupont a déclaré : « C’est un signal fort. »",
        "« C’est un signal fort », a dit Antony Blinken.",
    ],
)
def test_another_speaker_blocks_where_both_texts_are_sure(piece):
    assert of(piece) == ["block"]


@pytest.mark.parametrize(
    "piece",
    [
        "Pour Jens Stoltenberg, « c’est un signal fort ».",
        "Marie Dupont, citant Zelensky, a déclaré : « C’est un signal fort. »",
        "L’armée manque « de tout », a dit Zelensky.",
        "« Les stocks sont vides », a indiqué le Kremlin.",
        "Il faut voir « un signal fort ». C’est le mot employé par Jens Stoltenberg.",
    ],
)
def test_a_speaker_that_may_be_another_warns(piece):
    assert of(piece) == ["warn"]


def test_a_speaker_nobody_names_any_more_is_told():
    assert of("On retient ceci : « C’est un signal fort. »") == ["info"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_faithful_pieces_have_no_finding(case):
    assert found(CHECKS, case.source, case.faithful) == []


def test_most_swaps_block_and_nearly_all_warn():
    results = [severities(CHECKS, case.source, piece) for case in CASES for piece in case.swapped]
    assert sum("block" in r for r in results) / len(results) >= 0.6
    assert sum("block" in r or "warn" in r for r in results) / len(results) >= 0.85


@pytest.mark.parametrize("name", ARTICLES)
def test_a_quotation_with_the_speaker_a_careful_reader_hears_has_no_finding(name):
    text, speakers = ARTICLES[name]
    quotes = [p[q.start : q.end].rstrip(".,;") for p in text.split("\n") for q in quotations(p)]
    for words, speaker in zip(quotes, speakers, strict=True):
        if speaker:
            assert severities(CHECKS, text, f"# Titre\n\n« {words} », a déclaré {speaker}.") == []
            assert severities(CHECKS, text, f"# Titre\n\nSelon {speaker}, « {words} ».") == []
