import pytest

from pipeline.model import Article, Credit, Paragraph
from pipeline.pages.render import rendered
from pipeline.stages.source_list import source_list

TEXT = "Le marché de la gare a rouvert samedi après deux ans de travaux et quelques mois de retard."


def told(title=None, ref="/chez/moi/000_7fd1.txt", text=TEXT, **credit):
    return source_list(
        [Article(ref, "0" * 64, title, "fr", (Paragraph("P1", text),), credit=Credit(**credit))]
    )


@pytest.mark.parametrize(
    ("credit", "line"),
    [
        ({"title": "La halle rouvre"}, "- « La halle rouvre »"),
        ({"title": "« Je pars », dit-il"}, "- « “Je pars”, dit-il »"),
        (
            {
                "title": "La halle",
                "publisher": "La Gazette",
                "author": "Anne Roux",
                "date": "2026-03-01T08:00",
            },
            "- « La halle », La Gazette, Anne Roux, 1er mars 2026",
        ),
        ({"title": "La halle", "publisher": "AFP", "place": "Brest"}, "- « La halle », AFP"),
        ({"title": "La halle", "date": "12 juillet"}, "- « La halle », 12 juillet"),
        (
            {"publisher": "AFP", "place": "Brest"},
            "- « Le marché de la gare a rouvert samedi… » (premiers mots d’un texte sans titre), AFP, Brest",
        ),
        ({}, "- « Le marché de la gare a rouvert samedi… » (premiers mots d’un texte sans titre)"),
        ({"text": "« La halle » rouvre."}, "- « La halle rouvre » (premiers mots d’un texte sans titre)"),
        ({"text": "…", "publisher": "AFP"}, "- « … » (premiers mots d’un texte sans titre), AFP"),
    ],
)
def test_a_reader_is_told_what_it_is_and_whose_never_a_file_name(credit, line):
    assert told(**credit).replace("\u00a0", " ") == line


def test_each_line_begins_with_the_words_by_which_its_source_is_found_again():
    lines = (
        told("La halle"),
        told("La halle", publisher="BFMTV"),
        told(publisher="AFP"),
        told(author="Anne Roux"),
    )
    assert all(line.startswith("- «\u00a0") for line in lines)


def test_a_source_on_the_web_has_a_link():
    page = "https://gazette.example/halle(1)?a=1&copy;=2"
    for line in (told("La halle", page), told("La halle", url=page), told(ref=page)):
        html = str(rendered(line)[1])
        assert 'href="https://gazette.example/halle%281%29?a=1&amp;copy;=2"' in html
        assert html.count("</a>") == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/x", "https://", "data:text/html,x"])
def test_an_address_that_is_none_is_no_link(url):
    assert "](" not in told("La halle", url=url)


def test_the_words_of_a_source_stay_words():
    html = str(rendered(told("[x](http://b.example) *y* <script>", publisher="[AFP](http://c.example)"))[1])
    assert "href" not in html
    assert "<script" not in html
    assert "*y*" in html
