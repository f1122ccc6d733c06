"""Denials, opposites and relations in the sentences of long pieces, which share a word or a name with much of a source."""

import pytest

from pipeline.checks.fidelity.related.polarity import find_polarity
from pipeline.checks.fidelity.related.relations import find_relations
from tests.checks.fidelity.laid_beside import found

VOTE = "« Nous ne voterons pas contre l’école, mais nous n’avons pas signé pour l’abandon du plan vélo », a dit Yann Prigent."
BILL = (
    "La facture d’énergie est passée de 1,9 million d’euros à 3,8 millions, et la dotation a connu un recul."
)
TOMBS = "La pièce a été cachée au moment des troubles qui ont suivi la guerre de Sertorius. L’hypothèse reste à confirmer."


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (VOTE, "Une école et un pont : où ira l’argent"),
        (VOTE, "Les horaires de la piste pour le vélo se réduisent."),
        (BILL, "La facture d’énergie de la ville a doublé."),
        ("Le conseil a adopté le budget par 24 voix.", "Le budget n’en est pas moins adopté par le conseil."),
        (TOMBS, "La Drac n’a pas suivi l’association."),
        (TOMBS, "L’hypothèse n’est pas encore confirmée."),
        ("Le projet sauve l’hôpital au lieu de le laisser mourir.", "Seule la naissance aura lieu ailleurs."),
        ("Dix-huit ans pour Marc Vasseur, condamné vendredi.", "Marc Vasseur n’a pas encore tranché."),
    ],
)
def test_a_word_in_common_is_no_denial_turned(source, piece):
    assert found(find_polarity, source, piece) == []


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        (VOTE, "Nous avons signé pour l’abandon du plan vélo, a dit Yann Prigent."),
        ("Le conseil a adopté le budget par 24 voix.", "Le conseil n’a pas adopté le budget."),
        ("Les moines, partis en 1974, ne reviendront pas.", "L’abbaye retrouvera bientôt ses moines."),
        ("La facture d’énergie de la ville a baissé.", "La facture d’énergie de la ville a doublé."),
        ("La direction dément la fermeture.", "La direction confirme la fermeture."),
    ],
)
def test_a_denial_turned_is_still_found(source, piece):
    assert found(find_polarity, source, piece) != []


COURT = "L’avocate a requis vingt-cinq ans contre l’aîné et huit contre le cadet."


@pytest.mark.parametrize(
    ("source", "piece", "marks"),
    [
        (COURT, "Elle demandait vingt-cinq ans de prison pour l’aîné.", []),
        ("Le maire a voté contre le projet.", "Le maire a voté pour le projet.", ["pour le projet"]),
        (
            "Les élus ont choisi l’abstention. La voie était libre.",
            "Les élus ont choisi une autre voie.",
            [],
        ),
    ],
)
def test_a_penalty_and_another_way_are_no_relation_turned(source, piece, marks):
    assert [text for _, text in found(find_relations, source, piece)] == marks
