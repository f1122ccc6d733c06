import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.stages.clean import clean
from pipeline.stages.ingest import read_bytes, read_file

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "tests" / "golden" / "sources"
PROSE = (
    "Le conseil municipal a adopté jeudi soir le budget de la ville, qui prévoit la rénovation de trois écoles et d’un gymnase, a dit le maire.",
    "L’opposition a voté contre. Elle juge la dette trop lourde et demande un débat public avant l’été, dans chaque quartier de la commune.",
    "Les travaux doivent commencer en juillet. Ils dureront quatorze mois, selon l’adjointe aux finances, et coûteront 5,8 millions d’euros.",
)
BODY = "\n\n".join(PROSE)


def article(text, media="text/plain"):
    return clean(read_bytes(text.encode(), "x", media))


def refused(text):
    with pytest.raises(SourceError) as caught:
        article(text)
    return caught.value.code


def kinds(found):
    return "".join(paragraph.kind[0] for paragraph in found.paragraphs)


SEEDS = {
    "000": (None, 13, {". [defense] →"}),
    "001": ("Stoltenberg promet que l’Otan restera aux côtés de l’Ukraine “aussi longtemps qu’il le faudra”", 20,
            {"Reportage supplémentaire de Max Seddon à Riga", "ttn-fr-56", "se tient[s] → se tient", "tangible. à → tangible à"}),
    "002": (None, 21, {"Publié le: Modifié:", "© 2023 AFP", "Washington (AFP) –"}),
    "003": ("Jens Stoltenberg affirme que la confiance de l’Ukraine dans les alliés de l’OTAN s’est brisée par un échec de livraison d’armes", 13,
            {"JAKARTA -", "la élaboration → l’élaboration", "ne éliminerait → n’éliminerait"}),
    "004": ("L'OTAN confiant dans la capacité de l'Ukraine à vaincre militairement la Russie !", 14, {"Rapporte BFMTV"}),
}  # fmt: skip


@pytest.mark.parametrize("number", SEEDS)
def test_the_demo_corpus_keeps_its_articles_and_loses_its_furniture(number):
    title, count, removed = SEEDS[number]
    path = next((ROOT / "seeds").glob(f"{number}_*.txt"))
    found = clean(read_file(path, path.name))
    assert found.title == title
    assert len(found.paragraphs) == count
    assert {removal.text for removal in found.removed} == removed


@pytest.mark.parametrize("number", SEEDS)
def test_every_word_of_a_seed_is_in_the_article_or_listed(number):
    path = next((ROOT / "seeds").glob(f"{number}_*.txt"))
    found = clean(read_file(path, path.name))
    told = " ".join(
        (found.title or "", found.text, *found.instructions, *(removal.text for removal in found.removed))
    )
    assert [word for word in path.read_text().split() if word.rstrip(".") not in told] == []


def test_the_request_of_a_seed_is_set_apart():
    path = next((ROOT / "seeds").glob("002_*.txt"))
    found = clean(read_file(path, path.name))
    assert len(found.instructions) == 1
    assert found.instructions[0].startswith("Make this article seo")
    assert (found.credit.publisher, found.credit.place) == ("AFP", "Washington")


# title, kinds of the paragraphs, publisher, words that must be gone, words that must stay
GOLDEN = {
    "budget.txt": ("Sarmont vote un budget en hausse de 4 % sans toucher aux impôts", "tththtt", "Le Courrier du Val",
                   ("cantine", "Publicité", "Robert31", "Par Julien"), ("newsletter municipale", "hypothèque")),
    "cookies.txt": ("Les cookies publicitaires seront refusés par défaut à partir de janvier", "tthtt", None, (),
                    ("Nous utilisons des cookies sans", "Publié en 2019", "3 000 abonnés", "Source de tensions")),
    "festival.txt": (None, "ttthtt", "Reuters", ("Reuters", "''", "[on", "Paul Mercier"), ('"plus verte"', "l'élaboration")),
    "grippe.html": ("Grippe : la campagne de vaccination démarre en avance dans le Val", "ttthiiirrrhtttt", "Le Courrier du Val",
                    ("cookies", "Ignore tout", "cachée", "écran", "Bronchiolite", "JSON", "alt", "Publicité", "Luc Petit"),
                    ("deux semaines plus tôt", "croisé encore et la fin", "Texte nu", "Second texte", "Sarmont : 12 000")),
    "incendie.txt": ("Un incendie détruit 120 hectares de pinède près de Cap-Laurent", "tttht", None,
                     ("Accueil", "Sipa", "1 €", "Canicule", "25 %", "Tags"), ("Mathilde Rey", "restent mobilisés")),
    "inflation.md": ("Inflation : les prix ralentissent en mai", "thtrrrhiiiqt", "Éco Matin", ("baissent", "Graphique", "licence"),
                     ("Énergie | 5,7 % | 3,8 %", "septembre 2021")),
    "interview.html": ("« Il faut dormir plus », selon la neurologue Sarah Klein", "ththtt", None,
                       ("matelas", "Texte caché", "sieste", "rewrite"), ("Que proposez-vous ?", "partagent cet avis")),
    "lettre49.txt": ("Faites attention : l’article 49 permet de faire passer un texte sans vote", "ttt", None, (), ("Réécrire ce texte prendra",)),
    "marche.txt": (None, "ttt", None, (), ("avec quarante-deux commerçants", "au commerce, Gilles")),
    "meteo.txt": ("Canicule : faut-il fermer les écoles ?", "tthtiiit", "AFP", ("Hans Lucas", "newsletter", "Sécheresse", "AFP", "lecture"),
                  ("– On étouffe", "sur arrêté du maire")),
    "musee.html": ("Le musée de Brenne rouvre après trois ans de travaux", "ttqt", "AFP", ("newsletter", "Jeanne", "Gazette", "[1]"),
                   ("cookies et biscuits", "« un musée plus clair et gratuit pour tous »")),
    "rugby.html": ("Rugby : Valmont renverse Port-Clair et file en demi-finale", "tttt", None, ("Accueil",), ("abonnements", "a partagé la recette")),
    "usine.html": ("Usine de Brest : 340 emplois menacés", "tttiit", "AFP", ("Nos articles", "casino", "honte", "Faux"), ("Une réunion est prévue",)),
}  # fmt: skip


@pytest.mark.parametrize("name", GOLDEN)
def test_a_messy_source_becomes_its_article(name):
    title, shape, publisher, gone, stays = GOLDEN[name]
    found = clean(read_file(SOURCES / name, name))
    assert found.title == title
    assert kinds(found) == shape
    assert found.credit.publisher == publisher
    assert [words for words in gone if words in found.text] == []
    assert [words for words in stays if words not in found.text] == []
    assert [p.id for p in found.paragraphs] == [f"P{n}" for n in range(1, len(found.paragraphs) + 1)]


def test_a_source_without_an_article_is_refused():
    with pytest.raises(SourceError) as caught:
        clean(read_file(SOURCES / "furniture_only.html", "furniture_only.html"))
    assert caught.value.code == "empty"


def test_an_english_source_is_read_and_a_german_one_is_not(tmp_path):
    assert clean(read_file(SOURCES / "english.txt", "english.txt")).language == "en"
    german = tmp_path / "rat.txt"
    german.write_text("Der Rat der Stadt hat am Donnerstag für das neue Schwimmbad gestimmt. " * 12)
    with pytest.raises(SourceError, match=r"German; read: French and English") as caught:
        clean(read_file(german, "rat.txt"))
    assert caught.value.code == "unread_language"


def test_an_english_brief_at_the_head_of_a_french_article_leaves_it_french():
    (seed,) = (Path(__file__).parents[2] / "seeds").glob("002_*.txt")
    assert clean(read_file(seed, seed.name)).language == "fr"


def test_requests_in_pages_and_lists_are_set_apart():
    assert (
        clean(read_file(SOURCES / "interview.html", "x"))
        .instructions[0]
        .startswith("Please rewrite this article")
    )
    assert len(clean(read_file(SOURCES / "budget.txt", "x")).instructions) == 4


def test_metadata_fills_what_the_visible_text_leaves_open():
    seen = clean(read_file(SOURCES / "usine.html", "x")).credit
    assert (seen.author, seen.date, seen.place) == ("Yann Le Goff", "7 février 2024", "Brest")
    filled = clean(read_file(SOURCES / "grippe.html", "x")).credit
    assert filled.licence == "https://creativecommons.org/licenses/by/4.0/"


def test_too_little_text_is_refused():
    assert refused("Une phrase courte.") == "too_short"
    assert refused("mot et la ville dans le texte sans point " * 8) == "too_short"
    assert refused("Publicité\n\nPartager\n\n© 2024 AFP") == "empty"


def test_front_matter_gives_title_and_credit_and_never_text():
    found = article(f"---\ntitle: Le budget : oui\nauthor: [A. B., C. D.]\nlicense: CC BY\n---\n{BODY}")
    assert found.title == "Le budget : oui"
    assert len(found.paragraphs) == 3


def test_dashes_at_the_top_are_no_front_matter_without_keys():
    assert len(article(f"---\n{BODY}\n---\n").paragraphs) == 3


@pytest.mark.parametrize("joint", ["\n", "\n\n", "\r\n", "\r\n\r\n", "\n \n"])
def test_paragraphs_are_told_by_lines_or_by_blank_lines(joint):
    assert [p.text for p in article(joint.join(PROSE)).paragraphs] == list(PROSE)


@pytest.mark.parametrize("width", [60, 72, 78, 90])
@pytest.mark.parametrize("joint", ["\n\n", "\n"])
def test_wrapped_lines_are_joined(width, joint):
    wrapped = joint.join("\n".join(textwrap.wrap(p, width)) for p in PROSE)
    assert " ".join(p.text for p in article(wrapped).paragraphs) == " ".join(PROSE)


@pytest.mark.parametrize(
    "title",
    ["La ville vote son budget", "Qui paiera les écoles ?", "Sarmont vote !", "Budget : « un effort »"],
)
def test_a_short_first_line_is_the_title(title):
    found = article(f"{title}\n{BODY}")
    assert found.title == title
    assert len(found.paragraphs) == 3


def test_a_first_sentence_is_no_title():
    assert article(f"Le vote a eu lieu.\n{BODY}").title is None


def test_names_scores_and_lines_of_verse_are_no_headings():
    text = f"Titre de la page du jour\n\n{PROSE[0]}\n\nAnne Roy, Paul Lenoir, Luc Petit\n\n{PROSE[1]}\n\nLyon - Lens\n\nNice - Metz\n\nBrest - Lille\n\n{PROSE[2]}"
    assert "heading" not in {p.kind for p in article(text).paragraphs}


def test_short_lines_between_paragraphs_are_headings():
    found = article(
        f"Titre de la page du jour\n\n{PROSE[0]}\n\nUne dette qui inquiète\n\n{PROSE[1]}\n\nEt après ?\n\n{PROSE[2]}"
    )
    assert kinds(found) == "ththt"


@given(st.permutations(range(3)), st.sampled_from(["Publicité", "Lire la suite", "Partager", "Newsletter"]))
def test_no_paragraph_is_ever_lost_to_furniture(order, furniture):
    parts = [PROSE[n] for n in order]
    found = article(f"\n\n{furniture}\n\n".join(parts))
    assert [p.text for p in found.paragraphs] == parts
    assert furniture in {removal.text for removal in found.removed}


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("Le Phare : ", "Anne Roux : "), ("Q. – ", "R. – "), ("Question : ", "Réponse : ")],
)
def test_the_questions_of_an_interview_are_turns_and_no_headings(asked, answered):
    turns = [
        f"{asked}Fallait-il rénover les écoles ?", f"{answered}{PROSE[0]}", f"{asked}Et la dette ?", f"{answered}{PROSE[1]}",
    ]  # fmt: skip
    assert kinds(article("\n\n".join(("Entretien avec la maire", BODY, *turns)))) == "t" * 7


def test_a_label_that_stands_once_is_part_of_a_heading():
    assert "h" in kinds(
        article(
            "\n\n".join(("Le budget adopté", BODY, "Gymnase : une rénovation attendue", PROSE[0] + " Enfin."))
        )
    )
