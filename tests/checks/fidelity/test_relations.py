"""Relations, polarity and cause: what the source's own words can be made to say."""

import pytest

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.related import cause, polarity, relations
from pipeline.model import Article, Brief, Dossier, Paragraph
from pipeline.text.markdown import parse

CHECKS = (*relations.CHECKS, *polarity.CHECKS, *cause.CHECKS)
SOURCE = (
    "Le département doit verser une subvention à la commune. La maire a refusé de reporter le vote. "
    "Le gardien a signé un contrat avant le tournoi avec Nantes, ancien club de Lacombe. "
    "Le prix est fixé à 15 euros par patient. La halle n’a pas été détruite par le feu. "
    "L’entreprise pourrait fermer son usine. Le chantier est financé en partie par la région. "
    "Les ventes ont reculé de 4 %, tandis que la marge a augmenté. Les réclamations vont à la régie, et non à la mairie."
)


def codes(text, source=SOURCE):
    article = Article("s.txt", "0" * 64, None, "fr", (Paragraph("P1", source),))
    manuscript = Manuscript(parse(text), Brief(words=3), Dossier(article))
    return [f.code for check in CHECKS for f in check.find(manuscript)]


@pytest.mark.parametrize(
    "wrong",
    [
        "La commune doit verser une subvention au département.",
        "Le gardien a signé un contrat après le tournoi.",
        "Le gardien a signé avec Nantes, futur club de Lacombe.",
        "Le prix est fixé à 15 euros par commune.",
    ],
)
def test_a_relation_turned_or_loosened_is_found(wrong):
    assert codes(wrong) == ["FID010"]


@pytest.mark.parametrize(
    "wrong",
    [
        "La maire a accepté de reporter le vote.",
        "La halle a été détruite par le feu.",
        "L’entreprise fermera son usine.",
        "Le chantier est financé par la région.",
        "Les ventes ont progressé de 4 %.",
        "La marge a diminué.",
        "Les réclamations vont à la mairie.",
        "La commune a reçu la subvention que le département a versée.",
    ],
)
def test_a_flipped_doubted_or_unlimited_statement_is_found(wrong):
    assert codes(wrong) == ["FID011"]


@pytest.mark.parametrize(
    "wrong",
    [
        "Les ventes ont reculé de 4 % à cause de la halle.",
        "Le chantier, d’une ampleur historique, est financé en partie par la région.",
        "En conclusion, les ventes ont reculé de 4 %.",
    ],
)
def test_a_cause_or_judgement_of_the_writers_own_is_found(wrong):
    assert codes(wrong) == ["FID014"]


@pytest.mark.parametrize(
    "right",
    [
        "Une subvention doit être versée par le département à la commune.",
        "Le report du vote n’a pas été accepté par la maire.",
        "La maire n’a pas voulu reporter le vote.",
        "Le feu a épargné la halle.",
        "L’usine risque de fermer.",
        "La région ne paie qu’une partie du chantier.",
        "Les ventes ont baissé de 4 %, mais la marge progresse.",
        "Chaque patient paie 15 euros.",
        "C’est à la régie qu’il faut écrire, pas à la mairie.",
        "Le tournoi approchait quand le gardien a signé.",
    ],
)
def test_the_same_told_otherwise_is_left_alone(right):
    assert codes(right) == []


def test_quoted_words_are_not_the_pieces_own():
    assert codes("« La halle a été détruite par le feu », dit-il.") == []


def test_a_question_states_nothing():
    assert codes("La halle a été détruite par le feu ?") == []


def test_a_converse_verb_with_its_other_subject_is_faithful():
    source = "Le club de Lens a vendu son milieu à Séville."
    assert codes("Séville a acheté le milieu au club de Lens.", source) == []
    assert codes("Le club de Lens a acheté le milieu à Séville.", source) == ["FID011"]


def test_a_source_that_tells_both_is_not_held_against_the_piece():
    source = "Le préfet a fermé la plage lundi. Le préfet a rouvert la plage mardi."
    assert codes("Mardi, la plage a rouvert.", source) == []


def test_without_a_source_nothing_is_said():
    manuscript = Manuscript(parse("# La halle\n\nLa halle n’a pas brûlé."), Brief(words=3))
    assert [f for check in CHECKS for f in check.find(manuscript)] == []


def test_what_the_source_wishes_in_another_word_is_no_fear():
    source = "Entre stocks faibles et crainte d’une escalade, les alliés sont plus prudents que Kiev ne l’aurait voulu."
    assert codes("Les alliés sont plus prudents que ne le souhaitait Kiev.", source) == []
    assert "FID011" in codes(
        "Les alliés souhaitent une escalade.",
        "Les alliés redoutent une escalade, entre stocks faibles et prudence.",
    )


def test_a_word_of_another_sentence_than_the_one_retold_is_not_its_opposite():
    source = (
        "Les troupes ukrainiennes manquent de munitions et ont été contraintes de prendre des positions de défense. "
        "La priorité est d’aider les troupes ukrainiennes à repousser l’invasion."
    )
    assert (
        codes("Les troupes ukrainiennes étaient contraintes d’adopter des positions de défense.", source)
        == []
    )


def test_the_degree_of_a_list_is_that_of_each_of_its_nouns():
    source = "Les pays ont fourni moins de munitions que promis. Le président réclame plus de blindés, d’artillerie et de munitions."
    assert codes("Le président réclame plus de munitions, d’artillerie et de blindés.", source) == []
    assert "FID011" in codes(
        "Les pays ont fourni plus de munitions que promis.", source.partition(". ")[0] + "."
    )


NOTICE = (
    "Le préfet n’a pas fait évacuer le site. Les pêcheurs ont jusqu’au 14 juin pour s’inscrire. Les ventes passent de 310 à 345. "
    "Le comité demande à l’État d’indemniser quarante bateaux. L’office va vendre une centaine d’appartements à leurs locataires."
)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("La préfecture a vidé le site.", "FID011"),
        ("Quarante bateaux ont été dédommagés par l’État.", "FID011"),
        ("Les pêcheurs peuvent s’inscrire à partir du 14 juin.", "FID010"),
        ("Les ventes passent de 345 à 310.", "FID010"),
        ("Une centaine de locataires pourront vendre leur appartement.", "FID010"),
    ],
)
def test_what_is_told_otherwise_in_other_words_is_found(wrong, code):
    assert code in codes(wrong, NOTICE)


@pytest.mark.parametrize(
    "right",
    [
        "Le site n’a pas été vidé par la préfecture.",
        "Le comité voudrait que l’État dédommage quarante bateaux.",
        "Les pêcheurs doivent s’inscrire avant le 14 juin.",
        "Les locataires pourront acheter une centaine d’appartements.",
    ],
)
def test_what_is_told_alike_in_other_words_is_left_alone(right):
    assert codes(right, NOTICE) == []


VERDICT = (
    "L’avocate générale avait requis vingt-cinq ans contre l’aîné. En 2023, le service avait accueilli 21 500 personnes. "
    "Les urgences ferment la nuit. Le festival ouvrira jeudi avec une pièce de Rita Lagarto. La cantine coûte 892 euros par "
    "habitant. La société est présidée par Ana Roy. Les élus ont voté contre le projet. La halle coûtera 480 000 euros. "
    "La rénovation de la médiathèque est chiffrée à 1,9 million."
)


@pytest.mark.parametrize(
    "right",
    [
        # Another verb tells of the same: what the court gave, not what was asked.
        "Elle réclamait vingt-cinq ans pour l’aîné.",
        # A verb alone makes no one statement.
        "Les urgences n’accueilleront plus de patients la nuit.",
        "Rita Lagarto ouvrira le festival.",
        "La cantine coûte 892 euros par tête.",
    ],
)
def test_a_sentence_that_tells_another_statement_with_the_same_verb_is_left_alone(right):
    assert "FID010" not in codes(right, VERDICT)


@pytest.mark.parametrize(
    "wrong",
    [
        "Les élus ont voté pour le projet.",
        "La cantine coûte 892 euros par repas.",
        "La rénovation de la médiathèque coûtera 480 000 euros.",
    ],
)
def test_a_relation_of_one_statement_turned_is_found(wrong):
    assert "FID010" in codes(wrong, VERDICT)
