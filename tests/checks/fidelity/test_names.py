import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.fidelity.named.names import find_absent_name
from pipeline.model import Credit
from tests.checks.fidelity.laid_beside import found
from tests.checks.fidelity.samples import manuscript, marked

SOURCE = (
    "Le procureur Armand Kessler a ouvert lundi une enquête sur l’usine Ferrolux. La députée Oksana Zelenska et "
    "Jean-Luc Moreau, du Parti radical, étaient là. L’Organisation mondiale de la santé attend. La CGT se tait.\n\n"
    "Le produit intérieur brut recule. Le conseil municipal a voté. Attal viendra avec Mme Brossard."
)


@pytest.mark.parametrize(
    "piece",
    [
        "Kessler enquête sur Ferrolux.",
        "M. Kessler et Mme Oksana Zelenska ont parlé.",
        "Pour Oksana Zelenska, rien ne presse.",
        "L’OMS attend, la CGT aussi.",
        "Le PIB recule, selon KESSLER.",
        "Le Conseil municipal a voté, l’État paiera, le Premier ministre suit.",
        "Dimanche, la Ville et l’Église discutent. En Bourse, rien.",
        "Rendez-vous est pris. Reste à savoir quand.",
        "Les Cinq Raisons De Croire En Ferrolux",
        "« Monsieur Dupont est Martin », dit Kessler.",
    ],
)
def test_a_name_told_otherwise_is_the_same_name(piece):
    assert marked(find_absent_name, SOURCE, piece) == []


@pytest.mark.parametrize(
    ("piece", "shown"),
    [
        ("L’affaire concerne Denis Morel.", "Denis Morel"),
        ("Le procureur Armand Kestler enquête.", "Kestler"),
        ("L’usine Ferralux ferme.", "Ferralux"),
        ("Selon la CFDT, rien ne change.", "CFDT"),
        ("L’ONU attend.", "ONU"),
        ("Le Parti socialiste était là.", "Parti socialiste"),
        ("Jean-Marc Moreau était là.", "Marc"),
        ("Bolloré, lui, se tait.", "Bolloré"),
        ("Bernheim dirige la maison.", "Bernheim"),
        ("Une étude parue dans Nature le montre.", "Nature"),
    ],
)
def test_a_name_of_no_source_blocks(piece, shown):
    assert ("block", shown) in marked(find_absent_name, SOURCE, piece)


def test_a_first_name_belongs_to_the_surname_it_stands_with():
    assert marked(find_absent_name, SOURCE, "Le procureur Armand Brossard enquête.") == [
        ("block", "Armand Brossard")
    ]


def test_a_double_letter_lost_warns():
    assert marked(find_absent_name, SOURCE, "Le député Atal viendra.") == [("warn", "Atal")]


def test_headings_and_front_matter_are_read_too():
    piece = '---\ntitle: "Denis Morel accusé"\n---\n\n# L’usine de Roger Vasseur\n\nRien.'
    assert [shown for _, shown in marked(find_absent_name, SOURCE, piece)] == ["Denis Morel", "Roger Vasseur"]


def test_the_publisher_and_a_related_article_may_be_named():
    credit = Credit(publisher="Ouest-France")
    piece = "Selon Ouest-France, Kessler enquête avec Roger Vasseur."
    related = "L’avocat Roger Vasseur a parlé."
    assert list(find_absent_name(manuscript(SOURCE, piece, related, credit=credit))) == []


def test_the_message_says_whom_the_source_names():
    finding = next(find_absent_name(manuscript(SOURCE, "Le procureur Armand Kestler enquête.")))
    assert "source: kessler; piece: kestler" in finding.message
    assert finding.evidence[0].paragraph == "P1"


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_read_and_one_word_of_the_source_is_never_at_fault(source, piece):
    found = find_absent_name(manuscript(source, piece))
    assert all(f.where is not None for f in found)
    assert list(find_absent_name(manuscript(SOURCE, SOURCE))) == []


def test_a_first_name_that_no_source_tells_warns_and_a_wrong_one_blocks():
    assert marked(find_absent_name, SOURCE, "Le président Gabriel Attal viendra.") == [("warn", "Gabriel")]
    assert marked(find_absent_name, SOURCE, "Le procureur Armel Kessler enquête.") == [("block", "Armel")]


def test_a_body_whose_words_spell_an_acronym_of_the_source_is_known():
    source = "Avec FO, la CGT appelle à la grève."
    assert found(find_absent_name, source, "Avec Force ouvrière, la CGT appelle à la grève.") == []
    assert found(find_absent_name, source, "Avec Force paysanne, la CGT appelle à la grève.") != []
