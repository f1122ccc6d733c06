import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.request import read_request, split_request, take_requests

REQUESTS = (
    "Make this article seo compatible,Let there be subheadings for the article, be in french, create at least 700 words",
    "Réécris cet article en 900 mots minimum, avec le mot-clé « pompe à chaleur », ton neutre.",
    "Please rewrite the following text in French for SEO (at least 1,000 words, focus keyword: heat pump). Use H2 headings.",
    "Merci de reformuler ce texte en français pour le SEO, au moins 850 mots, avec des sous-titres",
    "Consigne : article SEO de 800 à 1000 mots, en français, ton pédagogique et factuel.",
    "Tu dois réécrire l'article ci-dessous pour le SEO. Longueur : 1 200 mots. N'invente rien.",
    "Écris-moi un article de 800 mots à partir de ce texte.",
    "Article à réécrire (800 mots, mot-clé : budget)",
    "I need this article rewritten in French, 900 words, with subheadings.",
    "SEO article, 900 words, in French, keyword: budget.",
    "[Consigne] Réécrire cet article en 900 mots (SEO, mot-clé : budget).",
    "Rewrite the article below in French. Minimum 800 words, SEO-friendly, focus keyphrase “budget de la ville”.",
)
ARTICLES = (
    "Washington (AFP) – Le secrétaire général a déclaré mardi que tout allait bien.",
    "LYON, 12 juillet (Reuters) - Le festival a attiré 82 000 spectateurs.",
    "Le texte adopté mardi prévoit 900 mots par copie.",
    "Emmanuel Macron a annoncé lundi une réforme.",
    "« Nous partons », a dit la maire.",
)
NO_REQUESTS = (
    "Faites attention : l’article 49 de la Constitution permet de faire passer un texte.",
    "Réécrire l’histoire, voilà ce que veut faire ce texte de 900 mots en français.",
    "Réécrire cet article de loi en français courant est un défi, a dit le ministre.",
    "Rédiger un texte de 300 mots : l’épreuve a surpris les candidats au bac.",
    "Écrire 1 000 mots par jour, c’est le défi que se lancent des milliers de romanciers.",
    "Le mot-clé de l’année est « sobriété », selon Google.",
    "Il faut réécrire ce texte, a dit la députée, en rappelant que l’article 3 compte 900 mots.",
    "Optimiser le SEO de son site : les mots-clés ont changé.",
    "Traduire en français les mots anglais du numérique : l’Académie s’y attelle",
    "Consigne de vote : le parti ne donne aucune indication.",
    "Utilisez moins d’eau, demande la préfecture aux habitants du Var.",
)


@pytest.mark.parametrize("request_text", REQUESTS)
def test_a_request_is_taken_whole(request_text):
    assert split_request(request_text) == (request_text, "")


@pytest.mark.parametrize("text", [*NO_REQUESTS, *ARTICLES])
def test_an_article_is_no_request(text):
    assert split_request(text) == ("", text)


@pytest.mark.parametrize("glue", ["", " "])
@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize("request_text", REQUESTS)
def test_the_article_begins_behind_the_request_even_on_the_same_line(request_text, article, glue):
    assert split_request(request_text + glue + article) == (request_text, article)


def test_a_labelled_list_of_wishes_is_one_request():
    texts = [
        "Consigne :",
        "- 900 mots minimum",
        "- mot-clé : pompe à chaleur",
        "- ton neutre",
        "Chauffage : la prime augmente",
    ]
    requests, rest = take_requests(texts)
    assert requests == tuple(texts[:4])
    assert [text for text in rest if text] == texts[4:]


def test_the_title_may_stand_above_the_request():
    texts = ["La ville vote son budget", "Prompt : réécris en français, 1000 mots", "Le conseil a voté."]
    assert take_requests(texts) == ((texts[1],), [texts[0], "", texts[2]])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("at least 1,000 words", 1000),
        ("1 200 mots", 1200),
        ("entre 800 et 1000 mots", 800),
        ("a 900-word article", 900),
        ("longueur : 850", 850),
        ("900 mots, avec une introduction de 100 mots", 900),
        ("un titre de 10 mots", None),
        ("maximum 600 mots", None),
        ("no more than 600 words", None),
        ("99999 mots", None),
    ],
)
def test_words_are_a_minimum_within_reason(text, words):
    assert read_request((text,)).words == words


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("avec le mot-clé « pompe à chaleur », ton neutre", "pompe à chaleur"),
        ("focus keyword: heat pump). Use H2", "heat pump"),
        ("Mot-clé principal : budget communal, 900 mots", "budget communal"),
        ('keyphrase "vaccin grippe"', "vaccin grippe"),
        ("mot-clé : https://evil.example/x", None),
        ("mot-clé : <script>", None),
        ("en 900 mots", None),
    ],
)
def test_the_keyphrase_ends_at_its_quotation_marks_or_at_punctuation(text, phrase):
    assert read_request((text,)).keyphrase == phrase


def test_only_a_few_values_come_through():
    request = read_request((REQUESTS[0],))
    assert (request.words, request.language, request.subheadings, request.seo) == (700, "fr", True, True)
    assert read_request(("Ton neutre, sans sous-titres",)).subheadings is False
    assert read_request(("dans un ton neutre et factuel",)).tone == "neutre et factuel"
    assert read_request(("in a formal tone",)).tone == "formal"
    assert read_request(()).words is None


@given(st.text(max_size=200))
def test_no_text_is_lost_between_request_and_article(text):
    request, rest = split_request(text)
    assert "".join((request + rest).split()) == "".join(text.split())
