import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.said.quotations import CHECKS
from pipeline.model import Article, Brief, Dossier, Paragraph
from pipeline.text.markdown import parse
from pipeline.text.quotes import quotations
from tests.checks.fidelity.pieces import found, manuscript, severities
from tests.checks.fidelity.spoken_pieces import CASES
from tests.growth import assert_linear

SOURCE = """Le maire de Sète, Gilles Fabre, a reçu les pêcheurs mardi. « Nous n’allons pas fermer la criée, quoi qu’en disent les armateurs », leur a-t-il assuré. « La criée, c’est l’âme du port. »
« On nous ment depuis 2019 », a répondu la patronne pêcheuse Rosa Bianchi. Elle réclame 2 % de la taxe de séjour [portuaire] et a qualifié la réunion de « perdue d’avance ».
La préfecture annoncera sa décision jeudi devant la chambre de commerce."""


def of(piece):
    return severities(CHECKS, SOURCE, f"# Criée\n\n{piece}")


@pytest.mark.parametrize(
    "piece",
    [
        "« Nous n’allons pas fermer la criée », a promis Gilles Fabre.",
        "« nous n'allons pas fermer la CRIÉE », a promis Gilles Fabre.",
        "Le maire l’a juré : “Nous n’allons pas fermer la criée, quoi qu’en disent les armateurs”.",
        '"On nous ment depuis 2019", dit Rosa Bianchi.',
        "Gilles Fabre ne veut pas « fermer la criée ».",
        "« Nous n’allons pas fermer la criée […] », a promis le maire.",
        "« Nous n’allons pas fermer la criée, quoi qu’en disent les armateurs. La criée, c’est l’âme du port », a dit le maire.",
        "« [N]ous n’allons pas fermer la criée », a dit le maire.",
        "« On nous ment [aux pêcheurs] depuis 2019 », dit Rosa Bianchi.",
        "Une réunion « perdue d’avance », selon elle.",
        "Les réunions « perdues » se suivent à la « criée ».",
        "On lit la « chambre de commerce ».",
        "Le port attend jeudi.",
    ],
)
def test_the_sources_own_words_are_left_alone(piece):
    assert of(piece) == []


@pytest.mark.parametrize(
    "piece",
    [
        "« Nous allons fermer la criée », a dit le maire.",
        "« Nous n’allons pas vendre la criée », a dit le maire.",
        "« On nous ment depuis 2018 », dit Rosa Bianchi.",
        "“On nous écoute depuis 2019”, dit Rosa Bianchi.",
        '"On nous aime depuis 2019", dit Rosa Bianchi.',
        "„On nous aime depuis 2019“, dit Rosa Bianchi.",
        "‹ On nous aime depuis 2019 ›, dit Rosa Bianchi.",
        "‘On nous aime depuis 2019’, dit Rosa Bianchi.",
        "'On nous aime depuis 2019', dit Rosa Bianchi.",
        "*On nous aime depuis 2019*, dit Rosa Bianchi.",
        "— On nous aime depuis 2019, dit Rosa Bianchi.",
        "&laquo; On nous aime depuis 2019 &raquo;, dit Rosa Bianchi.",
        "« Il m’a dit “on nous aime depuis 2019” », dit Rosa Bianchi.",
        "« Un désastre total pour la ville », selon elle.",
        "Une réunion « réussie », selon elle.",
        "## « On nous aime depuis 2019 »",
        "- Rosa Bianchi : « On nous aime depuis 2019 »",
        "| Qui | Quoi |\n|---|---|\n| Rosa | « On nous aime depuis 2019 » |",
        "> « On nous aime depuis 2019 »",
        "« Nous […] allons […] fermer la criée », a dit le maire.",
        "« Nous [ne] mentons [pas] », a dit le maire.",
        "« On nous ment [et ils ne sont jamais venus] depuis 2019 », dit Rosa Bianchi.",
        "« Nous n’allons pas […] depuis 2019 », a dit le maire.",
        "Le maire veut « fermer la criée ».",
        "« Nous n’allons pas fermer la criée.\n\n« On nous aime depuis 2019.\n\n« C’est l’âme du port », dit Fabre.",
        "« Nous n’allons pas fermer la criée.\n\nOn nous aime depuis 2019.\n\nC’est l’âme du port », dit Fabre.",
    ],
)
def test_altered_invented_and_disguised_quotations_block(piece):
    assert "block" in of(piece)


@pytest.mark.parametrize("field", ["title", "description"])
def test_what_a_result_page_shows_is_checked_too(field):
    piece = f"---\n{field}: Criée, « on nous aime depuis 2019 »\n---\n\n# Criée\n\nTexte."
    assert severities(CHECKS, SOURCE, piece) == ["block"]


def test_narration_in_marks_warns():
    assert of("La préfecture « annoncera sa décision jeudi ».") == ["warn"]


def test_what_an_interview_says_without_marks_may_be_quoted():
    source = "— Pourquoi partir ?\nMonique Taillefer : Parce que je n’ai plus la même énergie, et que la ville change."
    assert (
        severities(
            CHECKS, source, "# Mairie\n\n« La ville change », dit-elle. « Je n’ai plus la même énergie. »"
        )
        == []
    )


def test_the_words_at_odds_are_shown_and_marked():
    (finding,) = CHECKS[0].find(
        manuscript(SOURCE, "# Criée\n\n« Nous n’allons pas vendre la criée », a dit le maire.")
    )
    assert "source: “fermer”, piece: “vendre”" in finding.message
    assert finding.where is not None
    assert finding.where.text == "vendre"
    assert finding.evidence[0].paragraph == "P1"


def test_a_variant_of_a_name_is_no_alteration():
    source = "« Zelenskyy viendra à Kiev demain matin », a dit Paul Martin."
    assert (
        severities(CHECKS, source, "# Visite\n\n« Zelensky viendra à Kyiv demain matin », dit Paul Martin.")
        == []
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_faithful_pieces_have_no_finding(case):
    assert found(CHECKS, case.source, case.faithful) == []


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_every_changed_quotation_blocks(case):
    for piece in case.altered:
        assert "block" in severities(CHECKS, case.source, piece), piece


@given(st.sampled_from(CASES), st.randoms(use_true_random=False))
def test_a_quotation_with_a_foreign_word_blocks_wherever_it_stands(case, rng: random.Random):
    spans = [q for q in quotations(case.faithful) if q.closed]
    quote = rng.choice(spans)
    words = [m.span() for m in re.finditer(r"[^\W_]+", case.faithful[quote.start : quote.end])]
    start, end = rng.choice(words)
    piece = f"{case.faithful[: quote.start + start]}zanzibar{case.faithful[quote.start + end :]}"
    assert "block" in severities(CHECKS, case.source, piece)


def test_hostile_text_takes_linear_time():
    for unit in ("« a b c » ", "« ", "« x […] ", "'a b c ", "*je dis* ", "[ ", "« je (", "— je, dit-il "):
        few, many = ((unit * 4000)[:size] for size in (7_000, 28_000))
        assert_linear(lambda text: list(CHECKS[0].find(manuscript(text, f"# T\n\n{text}"))), few, many)


@pytest.mark.parametrize(
    ("words", "warned"),
    [
        ("La criée de Sète en sursis", False),
        ("Le maire de Sète, Gilles Fabre, a reçu les pêcheurs…", False),
        ("Le maire de Sète, Gilles Fabre, a reçu les pêcheurs", True),
        ("a reçu les pêcheurs…", True),
    ],
)
def test_a_source_is_named_by_its_title_or_its_first_words_and_nobody_said_them(words, warned):
    text = "Le maire de Sète, Gilles Fabre, a reçu les pêcheurs mardi. Il craint pour la criée."
    article = Article("s.txt", "0" * 64, "La criée de Sète en sursis", "fr", (Paragraph("P1", text),))
    piece = parse(f"# Criée\n\nUn article intitulé «\u00a0{words}\u00a0» en parle.")
    made = Manuscript(piece, Brief(), Dossier(article))
    assert bool([f for check in CHECKS for f in check.find(made)]) == warned
