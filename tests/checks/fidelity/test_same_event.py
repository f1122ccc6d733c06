"""A denial, an opposite or a cause is held against the source only where both tell of one event."""

import pytest

from pipeline.checks.fidelity.related.cause import find_cause
from pipeline.checks.fidelity.related.polarity import find_polarity
from tests.checks.fidelity.laid_beside import manuscript


def found(find, source, piece):
    return [f.message for f in find(manuscript(source, f"# Le titre\n\n{piece}"))]


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        # a noun of the piece under a denial of another matter
        ("« Nous n’avons pas signé pour l’abandon du plan vélo », a dit l’élue. Le port rouvre lundi.",
         "Les élus du port s’abstiennent au nom du vélo."),
        # one word, two events
        ("La fusée fut lancée après les troubles qui ont suivi la guerre.",
         "L’agence a été prudente, mais la presse ne l’a pas suivie."),
        ("La nécropole date de la fin de l’âge du fer. L’atelier la restaure.",
         "L’atelier qui la restaure n’aura pas fini à temps."),
        # one thing rises and another falls
        ("La facture de gaz, passée de 2 à 4 millions, inquiète, et le recul de la dotation de l’État aussi.",
         "La note de gaz a doublé : 2 millions hier, 4 aujourd’hui."),
        ("Le conseil vote la taxe malgré l’opposition.", "Réuni lundi, le conseil a voté la taxe."),
        # a denial that the source makes in a word
        ("Le préfet refuse de rouvrir le pont avant l’été.", "Le préfet ne veut pas rouvrir le pont avant l’été."),
        ("Le maire diffère le vote sur la halle.", "Le maire n’a pas fait voter le projet de halle."),
        ("La station ferme faute de neige.", "Plus assez de neige : la station ferme."),
    ],
)  # fmt: skip
def test_two_events_in_one_word_are_not_compared(source, piece):
    assert found(find_polarity, source, piece) == []


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("Aucun élève ne sera exclu pour le blocage du lycée.",
         "Plusieurs élèves seront exclus pour le blocage du lycée."),
        ("Le gérant, Paul Remy, conteste toute fraude.", "Paul Remy ne conteste pas la fraude."),
        ("Le doyen a refusé de la signer. La lettre a recueilli 640 signatures.", "Le doyen a signé la lettre."),
        ("Il n’écarte pas de saisir la justice si le maire persiste.",
         "Il va saisir la justice si le maire persiste."),
        ("La directrice, Anna Olm, écarte toute fermeture de site.",
         "Anna Olm n’exclut pas la fermeture d’un site."),
        ("Le guide est soupçonné d’avoir vendu les fossiles du musée.",
         "L’enquête a établi que le guide avait vendu les fossiles du musée."),
        ("Le département a promis 300 000 euros au refuge.", "Le département a versé 300 000 euros au refuge."),
        ("Selon l’avocat, la vanne du barrage aurait été défectueuse.",
         "La vanne du barrage était défectueuse."),
    ],
)  # fmt: skip
def test_the_same_event_told_the_other_way_is_found(source, piece):
    assert found(find_polarity, source, piece)


SIDE_BY_SIDE = (
    "La dette de la ville a reculé de 9 % en deux ans. Le tarif de la patinoire sera relevé en mai. "
    "Les dépenses de personnel augmentent de 4 %. Le festival a battu son record de spectateurs. "
    "Le marché couvert a fermé en juin. Sa toiture s’est effondrée. Cette chute explique le départ des forains."
)


@pytest.mark.parametrize(
    "piece",
    [
        "La dette de la ville a reculé de 9 % grâce au tarif de la patinoire.",
        "Le tarif de la patinoire sera relevé afin de compenser les dépenses de personnel.",
        "Le tarif de la patinoire sera relevé pour couvrir les dépenses de personnel.",
        "Le festival doit son record de spectateurs à la patinoire.",
    ],
)
def test_two_facts_set_side_by_side_are_not_cause_or_purpose_of_one_another(piece):
    assert found(find_cause, SIDE_BY_SIDE, piece)


@pytest.mark.parametrize(
    "piece",
    [
        "Les forains sont partis à cause de la chute de la toiture.",
        "Rien ne dit que la dette de la ville a reculé à cause de la patinoire.",
        "Il faudra payer plus pour entrer à la patinoire.",
        "La patinoire relève ses prix pour quatre mois.",
        "Faute de toit, le marché couvert a fermé.",
    ],
)
def test_a_cause_that_the_source_leaves_open_to_read_is_left_alone(piece):
    assert found(find_cause, SIDE_BY_SIDE, piece) == []
