import pytest

from pipeline.model import Article, Paragraph
from pipeline.stages.dossier import build
from pipeline.text.facts import read
from tests.text.spoken import ARTICLES


def said_by(*paragraphs, headings=()):
    parts = tuple(
        Paragraph(f"P{n}", text, "heading" if n in headings else "text")
        for n, text in enumerate(paragraphs, 1)
    )
    return [q.speaker for q in build(Article("a", "0", None, "fr", parts)).quotations]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("« Non », a déclaré Jens Stoltenberg.", "Jens Stoltenberg"),
        ("« Non », a déclaré à la presse Jens Stoltenberg en marge du sommet.", "Jens Stoltenberg"),
        ("« Non », a déclaré mardi le ministre Paul Martin.", "Paul Martin"),
        ("« Non », sourit une habitante du quartier.", "une habitante du quartier"),
        ("« Non », aime à répéter Clara Petit.", "Clara Petit"),
        ("« Non » cette année, a déclaré ce mois-ci un responsable militaire de l’OTAN aux journalistes.", "un responsable militaire de l’OTAN"),
        ("Selon Marie Dupont, c’est « fini ».", "Marie Dupont"),
        ("D’après le parquet de Bobigny, c’est « fini ».", "le parquet de Bobigny"),
        ("Pour Marie Dupont, c’est « fini ».", "Marie Dupont"),
        ("Le Pentagone a déclaré que c’était « fini ».", "le Pentagone"),
        ("Le secrétaire général de l’Otan, Jens Stoltenberg, a promis que ce serait « fini ».", "Jens Stoltenberg"),
        ("Paul Martin, qui a rencontré Jean Petit, a assuré que c’était « fini ».", "Paul Martin"),
        ("La Ligue, elle, a promis de répondre « vite ».", "la Ligue"),
        ("Le maire, Paul Martin, se veut rassurant : « Tout va bien. »", "Paul Martin"),
        ("« Tout va bien » (Paul Martin).", "Paul Martin"),
        ("Paul Martin est accusé d’avoir signé le livre « Demain ».", None),
        ("Le film « Demain » sort mercredi.", None),
        ("La situation est « critique ».", None),
    ],
)  # fmt: skip
def test_a_sentence_tells_who_speaks(text, speaker):
    assert said_by(text) == [speaker]


def test_a_pronoun_is_the_last_person_who_spoke():
    assert said_by("« Un », a dit Paul Martin.", "« Deux », a-t-il ajouté.") == ["Paul Martin"] * 2


def test_a_pronoun_of_the_other_gender_looks_further_back():
    assert said_by("Marie Dupont a parlé. Paul Martin a ri.", "« Un », a-t-elle dit.") == ["Marie Dupont"]


def test_a_heading_names_nobody_for_the_text_after_it():
    assert said_by("« Un », a dit Paul Martin.", "Jean Petit en tête", "« Deux », a-t-il dit.", headings=(2,)) == [
        "Paul Martin", "Paul Martin",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "speaker"),
    [
        ("Jean Petit", "Jean Petit"),
        ("Le Pentagone", "le Pentagone"),
        ("Un responsable militaire de l’Otan", "un responsable militaire de l’Otan"),
        ("Ce que dit Jean Petit", "Jean Petit"),
        ("Ce que dit le Pentagone", "le Pentagone"),
        ("Jean Petit à Brest", None),
        ("Brest", None),
    ],
)
def test_a_heading_that_is_a_speaker_s_name_gives_them_the_quotations_that_stand_alone_below_it(
    heading, speaker
):
    texts = (
        "« Un », a dit Paul Martin, sans Jean Petit. Le Pentagone se tait.",
        heading,
        "« Deux »",
        "« Trois »",
    )
    assert said_by(*texts, "« Non », répond Paul Martin.", "« Six »", headings=(2,)) == [
        "Paul Martin", speaker, speaker, "Paul Martin", "Paul Martin",
    ]  # fmt: skip


def test_a_gerund_carries_the_speaker_of_the_quotation_before_on():
    text = "« Un », a dit Clara Petit lorsqu’on lui a parlé de Paul Martin, tout en soulignant que rien n’était « décidé »."
    assert said_by(text) == ["Clara Petit"] * 2


def test_a_quotation_over_several_paragraphs_has_one_speaker():
    assert said_by("« Premier temps.", "« Second temps », a dit Paul Martin.") == ["Paul Martin"] * 2


def test_a_role_leads_to_the_name_it_was_given():
    text = (
        "Jens Stoltenberg, secrétaire général de l’Otan, est à Kiev.",
        "Le secrétaire général s’est dit « confiant ».",
    )
    assert said_by(*text) == ["Jens Stoltenberg"]


def test_a_role_of_two_persons_stays_a_role():
    text = (
        "Le ministre Paul Martin et le ministre Jean Petit sont là.",
        "Hier, le ministre a parlé d’un « drame ».",
    )
    assert said_by(*text) == ["le ministre"]


def test_most_quotations_of_unlike_articles_get_their_speaker_and_none_gets_another_person():
    right = total = 0
    people = {who for _, gold in ARTICLES.values() for who in gold if who}
    for text, gold in ARTICLES.values():
        got = said_by(*text.split("\n"))
        assert len(got) == len(gold)
        total += len(gold)
        right += sum(a == b for a, b in zip(got, gold, strict=True))
        assert not [(a, b) for a, b in zip(got, gold, strict=True) if a != b and a in people]
    assert right / total > 0.9


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("« Non », a déclaré Jens Stoltenberg.", "sure"),
        ("Selon Marie Dupont, c’est « fini ».", "sure"),
        ("Le maire, Paul Martin, a déclaré : « Non. »", "sure"),
        ("Paul Martin a parlé longtemps. « Non », a-t-il dit.", "sure"),
        ("Paul Martin a vu Jean Petit. « Non », a-t-il dit.", "pronoun"),
        ("« Non », ont dit Paul Martin et Jean Petit.", "likely"),
        ("Pour Marie Dupont, c’est « fini ».", "likely"),
    ],
)
def test_it_is_told_how_sure_a_speaker_is(text, certainty):
    (speech,) = read((Paragraph("P1", text),)).speeches[0]
    assert speech.certainty == certainty


def test_somebody_by_where_they_are_from_is_the_last_who_spoke():
    text = ("« Un », a dit Jens Stoltenberg.", "« Deux », a ajouté le Norvégien.")
    assert said_by(*text) == ["Jens Stoltenberg"] * 2


def test_an_aside_within_reported_speech_is_not_its_subject():
    text = ("« Un », a dit Paul Martin.", "Jean Petit viendra, a-t-il ajouté, et « tout ira bien ».")
    assert said_by(*text) == ["Paul Martin"] * 2


@pytest.mark.parametrize(
    "sentence",
    [
        "La sous-préfète, Claire Dubreuil, promet un médiateur avant l’été.",
        "Claire Dubreuil, la préfète, réclame un expert.",
        "Claire Dubreuil, 54 ans, demande un délai.",
    ],
)
def test_what_follows_an_apposition_is_the_verb_of_its_subject(sentence):
    assert said_by(f"{sentence} « Nous serons là », assure-t-elle.") == ["Claire Dubreuil"]


def test_an_aside_at_the_end_still_names_the_speaker():
    assert said_by("Le port fermera en juin, a annoncé Claire Dubreuil. « C’est ainsi », a-t-elle dit.") == [
        "Claire Dubreuil"
    ]
