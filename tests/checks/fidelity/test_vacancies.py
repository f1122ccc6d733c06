import pytest

from pipeline.checks.fidelity.named.names import find_absent_name
from pipeline.checks.fidelity.named.places import find_absent_place
from tests.checks.fidelity.laid_beside import found


@pytest.mark.parametrize(
    ("find", "source", "piece"),
    [
        (find_absent_name, "Jeudi, il visitera l’usine de pneus de Brest.", "Kessler visitera jeudi l’usine de pneus de Brest."),
        (find_absent_name, "« Nous rouvrirons le pont en juin », a-t-elle promis.", "Selon Odile Brandt, « nous rouvrirons le pont en juin »."),
        (find_absent_place, "« Nous rouvrirons le pont en juin », a-t-il promis.", "« Nous rouvrirons le pont en juin », assure le ministre belge."),
        (find_absent_place, "Lindgren a salué les pêcheurs mardi.", "Mardi, le ministre suédois Lindgren a salué les pêcheurs."),
        (find_absent_name, "À Kiev, le chef de l’Otan a vu les soldats.", "Kessler a vu les soldats à Kiev."),
    ],
)  # fmt: skip
def test_what_an_excerpt_leaves_open_is_to_be_looked_up(find, source, piece):
    assert {severity for severity, _ in found(find, source, piece)} <= {"warn"}


@pytest.mark.parametrize(
    ("find", "source", "piece"),
    [
        (find_absent_name, "Jeudi, Armand Weber visitera l’usine de pneus.", "Jeudi, Kessler visitera l’usine de pneus."),
        (find_absent_name, "La maire est venue. Jeudi, elle visitera l’usine.", "Odile Brandt visitera l’usine jeudi."),
        (find_absent_place, "Le ministre suédois Lindgren a salué les pêcheurs.", "Le ministre belge Lindgren a salué les pêcheurs."),
        (find_absent_name, "Jeudi, il visitera l’usine de Brest.", "Jeudi, Kessler visitera l’usine de Brest avec Odile Brandt."),
    ],
)  # fmt: skip
def test_a_name_in_the_place_of_another_blocks(find, source, piece):
    assert "block" in {severity for severity, _ in found(find, source, piece)}
