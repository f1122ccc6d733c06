"""FID012 on short sentences: what leads on tells no fact, and what one source sentence proves does not block."""

import pytest

from pipeline.checks.fidelity.carried.support import find_unsupported
from tests.checks.fidelity.pieces import manuscript
from tests.checks.fidelity.texts import told

SOURCE = (
    (
        "Les équipes de secours ont fouillé le glacier entre 21 heures et 5 heures avec 14 chiens. Le refuge du Goléon a "
        "abrité 37 randonneurs, dont 9 Belges, pendant deux nuits."
    ),
    (
        "À Valjouffrey, la route 526 a rouvert mardi 3 février à 16 heures, après 11 jours de travaux. Le conseil "
        "départemental y a consacré 640 000 euros."
    ),
    "Marcelle Odin, 78 ans, tient l’auberge depuis 1974. Elle a servi 120 repas en une journée.",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Rien n’était joué.",
        "Rien n’était joué une semaine plus tôt.",
        "Le dossier peut encore rebondir.",
        "Le bras de fer continue.",
        "Les jeux sont faits.",
        "L’affaire est loin d’être close.",
        "Rien n’est acquis.",
        "Le compte à rebours est lancé.",
        "Reste une inconnue : le calendrier.",
        "Le suspense aura duré jusqu’au bout.",
    ],
)
def test_a_sentence_that_only_leads_on_informs_at_most(sentence):
    assert {severity for severity, _ in told(find_unsupported, sentence, *SOURCE)} <= {"info"}


@pytest.mark.parametrize(
    "sentence",
    [
        "L’opération a duré de 21 heures à 5 heures.",
        "La battue, nocturne, a mobilisé 14 flairs entre 21 heures et 5 heures.",
        "Le chalet hébergeait 37 marcheurs ; 9 arrivaient d’outre-Quiévrain.",
        "Après 11 jours, les automobilistes repassent : barrière levée le 3 février à 16 heures.",
        "L’axe 526 était barré ; il l’est resté 11 jours.",
        "L’aubergiste, Odin, septuagénaire de 78 ans, officie là depuis 1974.",
        "Des fourneaux de Marcelle Odin, chevronnée, 78 ans, émanent depuis 1974 de fameux fumets.",
        "Bilan canin et horaire : 14 truffes, de 21 heures à 5 heures.",
    ],
)
def test_what_one_source_sentence_proves_in_its_values_does_not_block(sentence):
    assert "block" not in {severity for severity, _ in told(find_unsupported, sentence, *SOURCE)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Des alpinistes polonais ont campé sur la moraine à 19 heures.",
        "La battue, nocturne, a mobilisé 16 flairs entre 20 heures et 4 heures.",
        "L’aubergiste, veuve et octogénaire, officiait jadis à Briançon, en 1968.",
        "Un hélicoptère allemand a heurté un câble, blessant 6 sauveteurs.",
        "Une cagnotte solidaire a réuni 7 500 dollars auprès de fidèles lointains.",
        "Le préfet a dîné sur place.",
        "Une avalanche a emporté deux mulets.",
        "Les automobilistes klaxonnaient, furieux, devant la barrière.",
        "Un concert gratuit clôturera la saison.",
    ],
)
def test_values_that_no_source_sentence_has_and_facts_without_any_are_found(sentence):
    assert {severity for severity, _ in told(find_unsupported, sentence, *SOURCE)} & {"block", "warn"}


def test_a_region_whose_people_the_source_has_is_no_stranger():
    source = ("La hausse du gasoil pèse sur les pêcheurs bretons.",)
    assert told(find_unsupported, "En Bretagne, les marins trinquent.", *source)[0][0] == "warn"
    assert told(find_unsupported, "En Corse, les marins trinquent.", *source)[0][0] == "block"


def test_the_message_says_what_to_do():
    source = "La route 526 a rouvert mardi."
    (finding,) = find_unsupported(manuscript(source, "# Route\n\nUne avalanche a emporté deux mulets."))
    assert finding.message.endswith("add the source that tells it, or cut it.")
