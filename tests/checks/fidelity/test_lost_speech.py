import pytest

from pipeline.checks.fidelity.said.lost_speech import CHECKS
from tests.checks.fidelity.pieces import found, severities
from tests.checks.fidelity.spoken_pieces import CASES

SOURCE = """« Nous tenons nos promesses envers les habitants », a dit la maire, Florence Guitton.
Le budget compte quarante-sept millions d’euros. Le programme Mon Espace Santé continue."""


def of(piece):
    return found(CHECKS, SOURCE, f"# Budget\n\n{piece}")


@pytest.mark.parametrize(
    "piece",
    [
        "« Nous tenons nos promesses », a dit la maire.",
        "Le programme Mon Espace Santé continue, entre nous.",
        "Me Dupont et M. Martin parlent du jour J.",
        "Notre-Dame et quarante-sept mille deux cents euros, deux cent un élus, les trois huit.",
        "Quatre-cinq élus, un score de trois-un, un deux-pièces, un cinq étoiles.",
        "*Nous tenons nos promesses*, a dit la maire.",
    ],
)
def test_nobody_has_lost_their_speech(piece):
    assert of(piece) == []


@pytest.mark.parametrize(
    ("piece", "marked"),
    [
        ("La maire dit que nous tenons nos promesses envers les habitants.", "nous"),
        ("Florence Guitton : nos promesses envers les habitants sont tenues.", "nos"),
    ],
)
def test_words_of_a_quotation_without_marks_block(piece, marked):
    assert of(piece) == [("block", marked)]


def test_a_first_person_of_nobody_warns():
    assert of("Je vous propose un résumé.") == [("warn", "Je")]


def test_a_source_that_says_i_may_be_retold_so():
    assert (
        severities(CHECKS, "Je vous raconte mon voyage. J’ai eu froid.", "# V\n\nMon voyage fut froid.") == []
    )


@pytest.mark.parametrize(
    "number", ["quatre sept", "quarante dix-sept", "trente douze", "vingt trente", "cent cent"]
)
def test_words_that_make_no_number_block(number):
    assert of(f"Le budget compte {number} millions d’euros.")[0][0] == "block"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_faithful_pieces_have_no_finding_and_lost_speech_has(case):
    assert found(CHECKS, case.source, case.faithful) == []
    for piece in case.lost:
        assert "block" in severities(CHECKS, case.source, piece), piece
