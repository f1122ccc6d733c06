"""Text made to take time: 50 kB of one thing, in the piece or in its source, is read in time that grows with its length."""

import time

import pytest

from pipeline.checks.fidelity import CHECKS
from tests.checks.fidelity.laid_beside import manuscript

SIZE = 50_000
SECONDS = 12
"""Of the processor, some five times what any of them takes; each took more than twice as long, or hours."""
PLAIN = (
    "Le maire de Valmont, Paul Durand, élu en 2001, a promis jeudi devant 1 200 personnes que la piscine rouvrirait. "
    "« Nous viendrons tous ici », a dit Paul Durand."
)


def much(unit):
    return "".join(unit.replace("#", str(n)) for n in range(SIZE // len(unit)))


def seconds(source, piece):
    start = time.process_time()
    laid = manuscript(source, f"# La piscine\n\n{piece}")
    for check in CHECKS:
        for _ in check.find(laid):
            pass
    return time.process_time() - start


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
        "Le président de la ligue#, Paul Durand, viendra. La maire parlera. ",
        "« Nous viendrons à # », a dit Paul Dupond#, maire de V#. ",
    ],
)
def test_much_of_one_thing_is_read_in_time_on_either_side(unit):
    assert seconds(PLAIN, much(unit)) < SECONDS
    assert seconds(much(unit), "Le maire de Valmont promet 1 200 places.") < SECONDS


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
    assert seconds(much(source), much(piece)) < SECONDS


def test_one_sentence_of_many_quotations_given_away_is_read_in_time():
    piece = f"Ils sont là {much('« nous viendrons tous ici » par Paul Martin, ')}."
    source = f"{PLAIN} Paul Martin parle. {much('Jean Petit# et Luc Grand#. ')}"
    assert seconds(source, piece) < SECONDS
