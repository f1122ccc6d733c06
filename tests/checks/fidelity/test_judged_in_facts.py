"""FID014: a source that tells the fact behind a judgement, or the cause in another construction, gives it."""

import pytest

from pipeline.checks.fidelity.related.cause import CHECKS
from tests.checks.fidelity.pieces import severities


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "La Loire a atteint 5,20 mètres à Gien, un niveau qu’elle n’avait plus connu depuis 1907.",
            "La Loire a atteint à Gien un niveau inédit depuis 1907 : 5,20 mètres.",
        ),
        (
            "Pour la première fois, une femme dirige le port de Brissac.",
            "Une situation inédite au port de Brissac : une femme le dirige.",
        ),
        (
            "Le musée n’avait jamais reçu autant de visiteurs : 88 000 en mai.",
            "Le musée a reçu 88 000 visiteurs en mai, un chiffre historique.",
        ),
        (
            "Les ventes du libraire ont triplé en un an.",
            "Les ventes du libraire ont connu en un an une hausse spectaculaire : elles ont triplé.",
        ),
        (
            "La sécheresse, la pire depuis 1976, touche 40 communes.",
            "Une sécheresse exceptionnelle touche 40 communes, la pire depuis 1976.",
        ),
        (
            "Le maire s’alarme de la baisse des naissances, 40 % en dix ans.",
            "Les naissances ont baissé de 40 % en dix ans, une chute préoccupante aux yeux du maire.",
        ),
        (
            "Le loyer absorbe 45 % du revenu des étudiants de Rennes.",
            "Les étudiants de Rennes sont à la peine, puisque le loyer absorbe 45 % de leur revenu.",
        ),
        (
            "La ligne ferme car les rails sont usés.",
            "La ligne ferme en raison de l’usure des rails.",
        ),
        (
            "Le trafic a repris, grâce au renfort de 30 agents.",
            "Le trafic a repris puisque 30 agents sont venus en renfort.",
        ),
        (
            "Le concert est annulé, le chanteur étant malade.",
            "Le concert est annulé parce que le chanteur est malade.",
        ),
        (
            "Le stade, trop petit, sera remplacé en 2028.",
            "Le stade sera remplacé en 2028 parce qu’il est trop petit.",
        ),
        (
            "La préfète a interdit la baignade après la découverte de bactéries.",
            "La baignade est interdite à la suite de la découverte de bactéries.",
        ),
        (
            "L’usine compte 400 salariés. Elle manque de commandes et ferme en mai.",
            "L’usine ferme en mai, faute de commandes.",
        ),
        (
            "L’ancien record, de 9 000 entrées, datait de 1998 ; le salon en a compté 9 600.",
            "Avec 9 600 entrées, le salon atteint un nombre inédit.",
        ),
        (
            "Aucun maire n’avait été réélu à Tarnac depuis 1965. Paul Dac l’est avec 61 % des voix.",
            "La réélection de Paul Dac à Tarnac, avec 61 % des voix, est inédite depuis 1965.",
        ),
        (
            "Le vin a gelé dans neuf parcelles sur dix, du jamais-vu selon la chambre d’agriculture.",
            "Neuf parcelles sur dix ont gelé, un désastre inédit pour la chambre d’agriculture.",
        ),
        (
            "« Ligne 88 » compte comme une production belge dans ce palmarès, où un seul film est français.",
            "Un seul film est français au palmarès, puisque « Ligne 88 » y est une production belge.",
        ),
    ],
)
def test_what_the_source_tells_otherwise_is_left_alone(source, sentence):
    assert severities(CHECKS, source, f"# Titre\n\n{sentence}") == []


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "La Loire a atteint 5,20 mètres à Gien en mars.",
            "La Loire a atteint à Gien un niveau inédit en mars : 5,20 mètres.",
        ),
        (
            "Le musée a reçu 88 000 visiteurs en mai.",
            "Le musée a reçu 88 000 visiteurs en mai, un chiffre historique.",
        ),
        (
            "Les ventes du libraire ont progressé de 2 % en un an.",
            "Les ventes du libraire ont connu en un an une hausse spectaculaire : 2 %.",
        ),
        (
            "La sécheresse touche 40 communes.",
            "Une sécheresse exceptionnelle touche 40 communes.",
        ),
        (
            "Les naissances ont baissé de 40 % en dix ans à Lure.",
            "Les naissances ont baissé de 40 % en dix ans à Lure, une chute préoccupante.",
        ),
        (
            "La ligne ferme lundi. Le maire est en vacances.",
            "La ligne ferme lundi en raison des vacances du maire.",
        ),
        (
            "Le trafic a repris mardi. La région a élu son président.",
            "Le trafic a repris mardi grâce à l’élection du président de la région.",
        ),
        (
            "Le concert est annulé. Le chanteur vit à Nice.",
            "Le concert est annulé parce que le chanteur vit à Nice.",
        ),
    ],
)
def test_what_the_writer_adds_is_found(source, sentence):
    assert severities(CHECKS, source, f"# Titre\n\n{sentence}") == ["warn"]
