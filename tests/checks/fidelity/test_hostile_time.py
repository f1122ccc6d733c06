"""Text made to take time: much of one thing, in the piece or in its source, is read in time that grows with its length."""

import pytest

from pipeline.checks.fidelity import CHECKS
from tests.checks.fidelity.laid_beside import manuscript
from tests.growth import assert_linear

SIZE = 24_000
"""Characters: each of these texts took five seconds of them, or hours, where time grew with the square."""
PLAIN = (
    "Le maire de Valmont, Paul Durand, élu en 2001, a promis jeudi devant 1 200 personnes que la piscine rouvrirait. "
    "« Nous viendrons tous ici », a dit Paul Durand."
)


def much(unit, size):
    return "".join(unit.replace("#", str(n)) for n in range(size // len(unit)))


def look(source, piece):
    laid = manuscript(source, f"# La piscine\n\n{piece}")
    for check in CHECKS:
        for _ in check.find(laid):
            pass


def assert_read_in_time(work):
    """`work` is given a size."""
    assert_linear(work, SIZE // 4, SIZE)


@pytest.mark.parametrize(
    "unit",
    [
        "12 000 ",
        "vingt et un mille ",
        "le 3e ",
        "2001, 2002 et 2003, ",
        "12 % ",
        "de 10 à 12, 3 et 4 euros, ",
        "le prix a été divisé par deux, le 3 mai, ",
        "1,1 million d’euros sur 3,2, ",
        "la moitié des 4# foyers, deux autres foyers, ",
        "à sept minutes du terme, la 83e minute, au total ",
        "Le président de la ligue#, Paul Durand, viendra. La maire parlera. ",
        "« Nous viendrons à # », a dit Paul Dupond#, maire de V#. ",
    ],
)
def test_much_of_one_thing_is_read_in_time_on_either_side(unit):
    assert_read_in_time(lambda size: look(PLAIN, much(unit, size)))
    assert_read_in_time(lambda size: look(much(unit, size), "Le maire de Valmont promet 1 200 places."))


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("12 000 euros, ", "13 000 euros, "),
        ("12 000 euros, ", "13 % "),
        ("3 des 11 élus, ", "la moitié des 30 élus, "),
        ("Paul Duran# viendra. ", "Duband# est venu. "),
        (
            "Paul Durand#, maire de V#, et Anne Leroi, présidente du club W#, viendront. ",
            "La maire dira « oui ». ",
        ),
    ],
)
def test_much_beside_much_else_is_read_in_time(source, piece):
    assert_read_in_time(lambda size: look(much(source, size), much(piece, size)))


def test_one_sentence_of_many_quotations_given_away_is_read_in_time():
    def given_away(size):
        piece = f"Ils sont là {much('« nous viendrons tous ici » par Paul Martin, ', size)}."
        look(f"{PLAIN} Paul Martin parle. {much('Jean Petit# et Luc Grand#. ', size)}", piece)

    assert_read_in_time(given_away)
