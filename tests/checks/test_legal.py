from time import process_time

import pytest

from pipeline.checks.check import Desk, House, Manuscript
from pipeline.checks.legal import agencies_in, find_agency, find_no_credit, find_no_disclosure, find_reserved
from pipeline.checks.linked import find_dead, find_empty_words, find_unknown
from pipeline.model import Article, Brief, Credit, Dossier, Paragraph, Removal
from pipeline.text.markdown import parse

TEXT = "# Le pont\n\nLe pont ferme.\n"


def article(text="Le pont ferme.", removed=(), **credit):
    gone = tuple(Removal(words, "credit") for words in removed)
    return Article("s.txt", "0" * 64, None, "fr", (Paragraph("P1", text),), gone, credit=Credit(**credit))


def codes(find, source=None, text=TEXT, **house):
    dossier = Dossier(source) if source else None
    return [f.code for f in find(Manuscript(parse(text), Brief(), dossier, desk=Desk(house=House(**house))))]


@pytest.mark.parametrize(
    "source",
    [
        article(publisher="AFP"),
        article(publisher="Le Monde avec AFP"),
        article(author="Jean Roux (Reuters)"),
        article("PARIS (AFP) – Le pont ferme."),
        article("Le pont ferme. (avec AFP)"),
        article(removed=["© 2024 AFP"]),
        article(removed=["(Belga)"]),
        article(removed=["Copyright 2023 Associated Press. All rights reserved."]),
        article(licence="© Agence France-Presse, tous droits réservés"),
    ],
)
def test_agency_copy_is_told_by_its_own_marks(source):
    assert codes(find_agency, source) == ["LEG001"]


@pytest.mark.parametrize(
    "text",
    [
        "Le maire l’a dit à l’AFP, et Reuters le confirme.",
        "Le patron de Reuters démissionne.",
        "La map du jeu (map) est en ligne.",
        "L’AFP recrute cent journalistes.",
    ],
)
def test_who_speaks_of_an_agency_is_not_its_copy(text):
    assert agencies_in(article(text)) == ()


def test_a_licence_of_the_settings_answers_by_any_name_of_the_agency():
    source = article(publisher="Agence France-Presse")
    assert codes(find_agency, source, licences=(("afp", "contrat 12"),)) == []
    assert codes(find_agency, source, licences=(("afp", ""),)) == ["LEG001"]
    assert codes(find_agency, source, licences=(("Reuters", "contrat 12"),)) == ["LEG001"]


def test_press_copy_without_leave_is_told_once_and_open_licences_are_no_press_copy():
    assert codes(find_reserved, article(publisher="Le Monde")) == ["LEG002"]
    assert codes(find_reserved, article(removed=["Tous droits réservés."])) == ["LEG002"]
    assert codes(find_reserved, article(publisher="AFP")) == []
    assert codes(find_reserved, article(publisher="Le Monde"), licences=(("le monde", "accord"),)) == []
    assert codes(find_reserved, article(publisher="Insee", licence="Licence Ouverte 2.0")) == []
    assert codes(find_reserved, article()) == []


def test_a_review_stands_for_the_disclosure_unless_the_settings_always_want_it():
    assert codes(find_no_disclosure, whole=True) == ["LEG004"]
    assert codes(find_no_disclosure, whole=True, reviewed=True) == []
    assert codes(find_no_disclosure, whole=True, reviewed=True, disclosure="always") == ["LEG004"]
    assert codes(find_no_disclosure) == []


def test_a_piece_without_sources_is_told():
    assert codes(find_no_credit, whole=True) == ["LEG003"]
    assert codes(find_no_credit, text=f"{TEXT}\nSource : AFP, 12 mars 2024\n", whole=True) == []


def test_a_link_is_judged_only_by_lists_that_are_there():
    text = "# Le pont\n\nLe [pont des Forges](../pont/article.md) et [la mairie](https://a.example/x).\n"
    assert codes(find_dead, text=text) == codes(find_unknown, text=text) == []
    assert codes(find_dead, text=text, pieces=frozenset(("halle",))) == ["LNK001"]
    assert codes(find_unknown, text=text, addresses=frozenset()) == ["LNK002"]
    assert codes(find_unknown, text=text, addresses=frozenset(("a.example/x",))) == []


@pytest.mark.parametrize(
    "words", ["ici", "Cliquez ici", "En savoir plus", "https://a.example", "un mot " * 9]
)
def test_words_that_say_nothing_of_where_they_lead_are_told(words):
    assert codes(find_empty_words, text=f"# Le pont\n\nVoyez [{words.strip()}](https://a.example).\n") == [
        "LNK003"
    ]


@pytest.mark.parametrize(
    "text", ["(AFP" * 250_000, "© " * 500_000, "[a](b) " * 60_000, "Source : " * 100_000]
)
def test_hostile_text_is_read_in_linear_time(text):
    before = process_time()
    agencies_in(article(text, removed=[text]))
    codes(find_reserved, article(text, removed=[text], publisher=text[:1000]))
    page = parse(text)
    manuscript = Manuscript(
        page,
        Brief(),
        None,
        desk=Desk(house=House(whole=True, pieces=frozenset("a"), addresses=frozenset("b"))),
    )
    for find in (find_dead, find_unknown, find_empty_words, find_no_credit, find_no_disclosure):
        list(find(manuscript))
    assert process_time() - before < 20
