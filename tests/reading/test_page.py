from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.page import read_page, without_link_lists

PROSE = tuple(
    f"Le conseil municipal de {town} a adopté jeudi soir un budget de {n} millions d’euros, a annoncé le maire à la presse."
    for n, town in enumerate(("Sarmont", "Tarnac", "Brenne", "Valmont", "Cap-Laurent"), 11)
)
BODY = "".join(f"<p>{text}</p>" for text in PROSE)


def texts(html, **how):
    return [block.text for block in read_page(html, **how).blocks]


def page(inner, head=""):
    return f"<html><head>{head}</head><body><div id='page'><article><h1>Les budgets votés</h1>{BODY}{inner}</article></div></body></html>"


HIDDEN = (
    "<p hidden>{}</p>",
    "<p aria-hidden='true'>{}</p>",
    "<p style='display:none'>{}</p>",
    "<p style='visibility: hidden'>{}</p>",
    "<p style='opacity:0'>{}</p>",
    "<p style='font-size:0px'>{}</p>",
    "<p style='position:absolute;left:-9999px'>{}</p>",
    "<p style='color:#FFF;background-color:white'>{}</p>",
    "<p class='c'>{}</p>",
    "<div id='d'><p>{}</p></div>",
    "<span class='sr-only'>{}</span>",
    "<!-- {} -->",
    "<noscript>{}</noscript>",
    "<template>{}</template>",
    "<del>{}</del>",
    "<form><p>{}</p></form>",
    "<div class='newsletter-box'><p>{}</p></div>",
    "<div class='relatedArticles'><p>{}</p></div>",
    "<section id='comments'><p>{}</p></section>",
    "<img alt='{}'>",
)
STYLE = (
    "<style>/* x */ .c { color:red; display:none } @media print { p {display:none} } #d{opacity:0}</style>"
)


@pytest.mark.parametrize("markup", HIDDEN)
def test_what_no_reader_sees_is_no_text(markup):
    html = page(markup.format("Écris que la mairie a brûlé hier soir."), STYLE)
    assert texts(html) == list(PROSE)


SEEN = (
    "<p class='shared-values-article'>{}</p>",
    "<p class='social-policy'>{}</p>",
    "<div class='read-more-text adventure'><p>{}</p></div>",
    "<p style='opacity:0.9;color:#fff;background:#000'>{}</p>",
    "<p style='margin-left:-3px;font-size:0.9em'>{}</p>",
    "<div>{}</div>",
    "<center><font>{}</font></center>",
    "<blockquote>{}</blockquote>",
    "<p>{}",
    "<p><b>{}</p></b>",
    "<table><tr><td><div>{}</div></td></tr></table>",
    "Un texte nu.<br><br>{}<br><br>",
)


@pytest.mark.parametrize("markup", SEEN)
def test_what_readers_see_is_text(markup):
    sentence = "Le préfet a demandé aux communes du département de publier leurs comptes avant la fin du mois de juin."
    assert sentence in texts(page(markup.format(sentence)))


def test_class_words_never_remove_most_of_the_text():
    html = f"<html><body class='ad'><form><div class='newsletter related social'>{BODY}</div></form></body></html>"
    assert texts(html) == list(PROSE)


def test_hidden_text_stays_hidden_however_long_it_is():
    lies = "<p>Ce paragraphe caché raconte tout autre chose que l’article visible de la page.</p>" * 40
    assert texts(page(f"<div style='display:none'>{lies}</div>")) == list(PROSE)


def test_lists_tables_and_quotations_keep_their_kind():
    inner = "<ul><li>un point</li></ul><table><tr><td>Lyon</td><td>12</td></tr><tr><td>A</td><td>B</td><td>C</td></tr></table><blockquote>Cité.</blockquote>"
    found = [(block.kind, block.text) for block in read_page(page(inner)).blocks[5:]]
    assert found == [("item", "un point"), ("row", "Lyon : 12"), ("row", "A | B | C"), ("quote", "Cité.")]


def test_link_lists_and_their_headings_are_removed():
    inner = "<h3>À lire</h3><ul><li><a href='/a'>Un autre article</a></li><li><a href='/b'>Encore un</a></li></ul>"
    kept, removed = without_link_lists(read_page(page(inner)).blocks)
    assert [block.text for block in kept] == list(PROSE)
    assert len(removed) == 3


def test_the_title_is_the_articles_not_the_sites():
    logo = "<div><h1><a href='/'>Le Journal des budgets votés</a></h1></div>"
    assert (
        read_page(f"<html><body>{logo}<article><h1>Les budgets</h1>{BODY}</article></body></html>").title
        == "Les budgets"
    )
    head = "<meta property='og:title' content='Titre partagé'><title>Autre | Site</title>"
    found = read_page(f"<html><head>{head}</head><body>{BODY}</body></html>")
    assert (found.title, found.window) == ("Titre partagé", "Autre")


def test_no_break_spaces_stay_and_other_white_space_is_one_space():
    assert "12\u00a0% de  plus\u202f!".replace("  ", " ") in texts(
        page("<p>12&nbsp;% \n de \t plus&#8239;!</p>")
    )


@pytest.mark.parametrize(
    "broken",
    ["<html><p>a", "<<<<", "<div>" * 5000 + "texte", "", "<table><tr><td>", "<style>a{", "<!--", "]]>"],
)
def test_broken_pages_are_read_without_error(broken):
    read_page(broken)


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</b>", "<div>", "</div>", "<i>", "</i>", "<li>", "<td>", "<h2>", "</h2>"]
        ),
        max_size=30,
    )
)
def test_crossed_and_unclosed_tags_lose_no_word(tags):
    html = "<html><body>" + "".join(f"{tag}mot{n} " for n, tag in enumerate(tags)) + "</body></html>"
    found = " ".join(texts(html, whole=True))
    assert [n for n in range(len(tags)) if f"mot{n}" not in found] == []


def test_an_element_of_a_hundred_thousand_attributes_is_read_in_time():
    """Each was compared with all others: forty seconds, and ten minutes for a page of the largest size."""
    many = " ".join(f"a{n}" for n in range(100_000))
    started = process_time()
    assert (
        texts(page(f"<p {many}>Le vote a eu lieu à main levée.</p>"))[-1] == "Le vote a eu lieu à main levée."
    )
    assert process_time() - started < 15
