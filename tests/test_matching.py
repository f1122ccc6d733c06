import pytest

from pipeline.matching import Queries, assigned, unmatched
from pipeline.model import Article, Paragraph
from pipeline.queries import Query
from tests.growth import assert_linear


def article(*texts, title=None):
    paragraphs = tuple(Paragraph(f"P{n}", text) for n, text in enumerate(texts, start=1))
    return Article("s.txt", "0" * 64, title, "fr", paragraphs)


STRIKE = article(
    "La grève des contrôleurs aériens commence jeudi à Lyon.",
    "Les contrôleurs aériens en grève demandent une hausse de leurs effectifs.",
)
SUMMIT = article("Le sommet de l’Otan s’ouvre mardi à Vilnius.", title="Otan : un sommet à Vilnius")


def test_an_article_gets_the_query_that_stands_for_most_of_it_with_the_reason():
    table = Queries.of([Query("lyon", 90_000), Query("grève contrôleur aérien", 500), Query("météo lyon", 9)])
    best = table.matches(STRIKE)[0]
    assert best.query.text == "grève contrôleur aérien"
    assert best.why == "said in 2 sentences of the opening; 500 searches a month"


def test_of_two_that_fit_alike_the_more_searched_is_taken():
    table = Queries.of([Query("sommet otan", 10), Query("otan vilnius", 10_000)])
    assert table.matches(SUMMIT)[0].query.text == "otan vilnius"


def test_no_query_goes_to_two_articles_and_the_others_are_listed():
    table = Queries.of(
        [Query("sommet otan"), Query("tarte aux pommes"), Query("de la"), Query("vilnius otan")]
    )
    found = {"a": table.matches(SUMMIT), "b": table.matches(SUMMIT), "c": table.matches(SUMMIT)}
    given = assigned(found)
    assert {m.query.text for m in given.values()} == {"sommet otan", "vilnius otan"}
    assert set(given) == {"a", "b"}
    assert unmatched(table, given) == ["tarte aux pommes", "de la"]


def test_queries_that_differ_by_order_and_forms_are_one():
    table = Queries.of([Query("sommet otan", 5), Query("l’otan au sommet", 50)])
    assert [q.text for q, _ in table.phrases] == ["l’otan au sommet"]


@pytest.mark.parametrize("query", ["sommet lyon", "stoltenberg", "1949"])
def test_a_query_with_a_word_that_the_article_lacks_does_not_match(query):
    assert Queries.of([Query(query)]).matches(SUMMIT) == ()


def test_matching_takes_time_by_what_shares_words_not_by_all_there_is():
    words = "sommet otan vilnius mardi lyon grève jeudi contrôleurs aériens hausse effectifs".split()
    many = [Query(f"{words[n % 11]} {words[n // 11 % 11]} {n if n % 3 else ''}") for n in range(100_000)]
    table = Queries.of(many)
    assert table.matches(STRIKE)
    assert_linear(lambda table: table.matches(STRIKE), Queries.of(many[:25_000]), table)
