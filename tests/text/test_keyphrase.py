import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Article, Paragraph
from pipeline.stages import clean, dossier, ingest
from pipeline.text.keyphrase import best, candidates
from tests.e2e.marbre import SEEDS


def dossier_of(*paragraphs, title=None):
    texts = tuple(Paragraph(f"P{n}", text) for n, text in enumerate(paragraphs, start=1))
    return dossier.build(Article("s.txt", "0" * 64, title, "fr", texts))


STRIKE = dossier_of(
    "La grève des contrôleurs aériens commence jeudi à Lyon.",
    "Les syndicats maintiennent la grève des contrôleurs aériens malgré l’offre du ministère.",
    "Un vol sur deux sera annulé pendant la grève. Les contrôleurs demandent une hausse de leurs effectifs.",
)


def test_the_subject_of_an_article_comes_first_with_its_reasons():
    first = candidates(STRIKE)[0]
    assert "grève" in first.text
    assert "contrôleurs" in first.text
    assert "sentences of the opening" in ", ".join(first.reasons)


def test_candidates_come_the_best_first_and_no_two_say_the_same():
    found = candidates(STRIKE)
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert len({frozenset(c.text.lower().split()) for c in found}) == len(found)
    assert best(STRIKE) == found[0].text


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda p: p.stem[:3])
def test_each_seed_has_candidates_that_it_says_itself(seed):
    article = clean.clean(ingest.read_file(seed, seed.name))
    found = candidates(dossier.build(article))
    assert len(found) >= 5
    assert any(c.text.replace("’", "'") in article.text.replace("’", "'") for c in found)
    assert not any(c.text.split()[0].lower() in ("côtés", "marge", "rejoindre", "soutenir") for c in found)


def test_an_article_that_says_nothing_twice_still_has_a_keyphrase():
    assert best(dossier_of("Il pleut.")) == "pleut"
    assert best(dossier_of("…")) == "article"
    assert best(dossier_of("Versez.", title="Tarte aux pommes de ma grand-mère")) == "tarte aux pommes"


@given(st.lists(st.text(alphabet="abcdeéè l’d'AB.-", max_size=60), max_size=6))
def test_any_text_gives_a_keyphrase(paragraphs):
    assert best(dossier_of(*paragraphs)).strip()
