import pytest

from pipeline.checks.fidelity.named.roles import find_wrong_role
from tests.checks.fidelity.samples import marked

SOURCE = (
    "Le secrétaire général de l’Otan, Jens Stoltenberg, a vu Lloyd Austin, le secrétaire américain à la Défense. Le "
    "président russe Vladimir Poutine et le Premier ministre Gabriel Attal ont parlé. La ministre de la Santé, Agnès "
    "Firmin, était là avec Karim Bouamrane (maire de Saint-Ouen) et le procureur de Nice, Damien Martinelli. Antony "
    "Blinken, chef de la diplomatie américaine, attend. L’entraîneur du PSG, Luis Enrique, a loué Paul Sernin."
)


@pytest.mark.parametrize(
    "piece",
    [
        "Jens Stoltenberg, le chef de l’Otan, est venu.",
        "Le ministre américain de la Défense Lloyd Austin l’a reçu.",
        "Lloyd Austin, le patron du Pentagone, l’a reçu.",
        "Le chef du gouvernement, Gabriel Attal, a parlé.",
        "Le chef de l’État russe, Vladimir Poutine, a parlé.",
        "Le secrétaire d’État américain Antony Blinken attend.",
        "L’édile Karim Bouamrane était là.",
        "Le coach parisien Luis Enrique a parlé.",
        "Le président Vladimir Poutine a parlé.",
        "Le retraité Paul Sernin a ri.",
    ],
)
def test_a_role_told_otherwise_or_more_vaguely_fits(piece):
    assert marked(find_wrong_role, SOURCE, piece) == []


@pytest.mark.parametrize(
    ("piece", "shown"),
    [
        ("Lloyd Austin, le secrétaire d’État américain, l’a reçu.", "secrétaire d’État américain"),
        ("Le président ukrainien Vladimir Poutine a parlé.", "président ukrainien"),
        ("Le président Gabriel Attal a parlé.", "président"),
        ("La ministre de la Justice, Agnès Firmin, était là.", "ministre de la Justice"),
        ("Le préfet Karim Bouamrane était là.", "préfet"),
        ("L’avocat Damien Martinelli a parlé.", "avocat"),
        ("Jens Stoltenberg, secrétaire général de l’ONU, est venu.", "secrétaire général de l’ONU"),
        ("Le président russe Paul Sernin a parlé.", "président russe"),
    ],
)
def test_a_role_that_contradicts_the_source_blocks(piece, shown):
    assert marked(find_wrong_role, SOURCE, piece) == [("block", shown)]


def test_a_rank_that_no_source_speaks_of_warns():
    assert marked(find_wrong_role, SOURCE, "La sénatrice Agnès Firmin était là.") == [("warn", "sénatrice")]


DESK = (
    "L’adjointe aux finances, Samia Belhadj, cite un rapport. La directrice générale de l’agence, Anne Rivoal, défend le "
    "projet devant le ministre de la Santé. La maire, Jocelyne Astier, préside le conseil de surveillance."
)


@pytest.mark.parametrize(
    ("piece", "shown"),
    [
        ("La présidente de la région, Samia Belhadj, cite un rapport.", ["présidente de la région"]),
        ("La ministre de la Santé, Anne Rivoal, défend le projet.", ["ministre de la Santé"]),
        ("La présidente du conseil de surveillance, Jocelyne Astier, parle.", []),
        ("La directrice, Anne Rivoal, défend le projet.", []),
    ],
)
def test_an_office_beside_another_of_the_same_person_is_to_be_looked_up(piece, shown):
    assert [text for _, text in marked(find_wrong_role, DESK, piece)] == shown
