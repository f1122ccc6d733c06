"""Denials, opposites and relations in the sentences of long pieces, which share a word or a name with much of a source."""

import pytest

from pipeline.checks.fidelity.carried.binding import find_misbound
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
        (
            "Les moines, partis en 1974, ne reviendront pas à l’abbaye.",
            "L’abbaye retrouvera bientôt ses moines, partis en 1974.",
        ),
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


@pytest.mark.parametrize(
    ("source", "piece", "warned"),
    [
        ("D’après un document, le bloc pourrait à son tour fermer en 2028.",
         "Selon un document, le bloc fermera à son tour en 2028.", True),
        ("D’après un document, le bloc pourrait fermer en 2028.",
         "Selon un document, le bloc pourrait fermer en 2028.", False),
        ("Le bloc pourrait fermer en 2028.", "Selon un document, le bloc fermera en 2028.", False),
        ("D’après une source, l’indemnité pourrait dépasser 60 000 euros.",
         "L’indemnité excédera 60 000 euros, d’après une source.", True),
        ("Une voisine s’est rétractée mercredi.", "Mercredi, la voisine a maintenu ses propos.", True),
    ],
)  # fmt: skip
def test_an_attribution_stands_for_no_doubt_where_the_source_has_both(source, piece, warned):
    assert bool(found(find_polarity, source, piece)) == warned


SENTENCE = "L’avocate a requis vingt-cinq ans contre l’aîné et huit ans contre le cadet."


@pytest.mark.parametrize(
    ("piece", "marks"),
    [
        ("Elle réclamait huit ans pour l’aîné et vingt-cinq pour le cadet.", ["huit ans"]),
        ("Elle réclamait vingt-cinq ans pour le cadet et huit ans pour l’aîné.", ["vingt-cinq ans"]),
        ("Elle réclamait huit ans pour le cadet et vingt-cinq pour l’aîné.", []),
        ("Elle réclamait vingt-cinq ans pour l’aîné et huit pour le cadet.", []),
    ],
)
def test_two_values_told_crosswise_are_found_whatever_stands_around_them(piece, marks):
    assert [text for _, text in found(find_misbound, SENTENCE, piece)] == marks


LANES = "Le budget des pistes cyclables tombe de 800 000 à 250 000 euros."


@pytest.mark.parametrize(
    ("piece", "warned"),
    [
        ("L’enveloppe des pistes cyclables se limite désormais à 800 000 euros.", True),
        ("Le budget des pistes cyclables passe à 800 000 euros.", True),
        ("Le budget des pistes cyclables se limite désormais à 250 000 euros.", False),
        ("Le budget des pistes cyclables passe de 800 000 euros à 250 000.", False),
        ("Le budget des pistes cyclables était de 800 000 euros.", False),
        (
            "Le budget des pistes cyclables, qui atteignait 800 000 euros, se limite désormais à 250 000.",
            False,
        ),
    ],
)
def test_what_something_was_is_not_what_it_is_now(piece, warned):
    assert bool(found(find_relations, LANES, piece)) == warned
