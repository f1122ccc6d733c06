"""What LanguageTool takes for a mistake and is none, and beside it the mistake that its rule is for."""

import pytest

from pipeline.languagetool import rules
from tests.languagetool import shared

# The rule that speaks, right French, and a mistake that the same remark or another must still be made of.
PAIRS = [
    ("ELISION", "Selon Me Agathe Perrin, le bail est nul.", "Selon la avocate, le bail est nul."),
    ("A_ACCENT", "Le recteur a jeudi suspendu deux professeurs.", "Le recteur reviendra a jeudi prochain."),
    ("A_ACCENT", "La société a Brest pour siège.", "Le recteur à suspendu deux professeurs."),
    (
        "AGREEMENT_POSTPONED_ADJ",
        "La mairie a la semaine dernière annoncé un appel d’offres.",
        "La mairie publie une offre détaillé.",
    ),
    ("AIT_AIE_AIES_EST", "Il nie que le rapport ait disparu.", "Il ait parti hier."),
    ("SE_CE", "Trois heures au moins se sont écoulées.", "Se sont des heures perdues."),
    ("ETRE_VPPA_OU_ADJ", "Les deux sœurs se sont parlé longuement.", "Les deux sœurs sont revenu hier."),
    ("ETRE_VPPA_OU_ADJ", "Les élus se sont donné six mois.", "Les élus se sont réuni hier."),
    ("WRONG_ETRE_VPPA", "Les ministres se sont plu à le répéter.", None),
    ("D_N", "La milieu de terrain revient de blessure.", "La terrain reste gelé."),
    ("D_N_E_OU_E", "La rapporteure du texte le regrette.", "La élu du canton le regrette."),
    ("D_N", "Il encourt trois ans, dont deux ferme.", "Il possède deux maison."),
    ("ACCORD_SUJET_VERBE", "Médecins du monde quitte la zone.", "Les médecins du centre quitte la zone."),
    ("ETRE_VPPA_OU_ADJ", "La plupart ont été rapatriés.", "Les familles ont été rapatrié."),
    (
        "ACCORD_CENTAINE_DE",
        "Le plan prévoit 40 millions d’investissement.",
        "Le plan prévoit 40 millions d’euro.",
    ),
    ("OU", "Le détenu est gravement malade ou est décédé.", "Le pays ou elle vit désormais l’accueille."),
    ("AUX_ETRE_VCONJ", "Le curateur ne peut être juge et partie.", "Le curateur a était nommé."),
    ("VPPA_SUJET_INVERSE", "Voici le hangar, sur lequel sont fixés un panneau et deux câbles.", None),
]


def heard(sentence):
    [remarks] = shared.grammar().check([sentence])
    return [m for m in remarks if rules.kind(m, sentence, is_item=False) == "grammar"]


def doubtful(match, sentence):
    return rules.is_doubtful(match, sentence, starts_sentence=match.start == 0)


@pytest.mark.parametrize(("rule", "right", "_"), PAIRS, ids=lambda value: str(value)[:30])
def test_a_remark_on_good_french_only_informs(rule, right, _):
    remarks = heard(right)
    assert rule in {m.rule for m in remarks}
    assert all(doubtful(m, right) for m in remarks)


@pytest.mark.parametrize("wrong", [w for *_, w in PAIRS if w])
def test_the_mistake_beside_it_is_still_told(wrong):
    remarks = heard(wrong)
    assert remarks
    assert any(not doubtful(m, wrong) for m in remarks)


@pytest.mark.parametrize("sentence", ["Mieux vaut attendre.", "Il part après neuf années de mandat."])
def test_a_manner_of_writing_is_no_mistake_of_grammar(sentence):
    assert heard(sentence) == []
