import pytest

from pipeline.model import Article, Dossier, Quotation
from pipeline.text import slots


def dossier(*texts, related=()):
    quotations = tuple(
        Quotation(f"Q{n}", text, "Jens Stoltenberg", "P1", 0, len(text))
        for n, text in enumerate(texts, start=1)
    )
    return Dossier(Article("a.txt", "0" * 64, None, "fr", ()), quotations, related=related)


def test_a_slot_becomes_the_exact_words_in_french_marks():
    assert (
        slots.fill("{Q1}, a-t-il dit.", dossier("Nous tiendrons"))
        == "«\u00a0Nous tiendrons\u00a0», a-t-il dit."
    )


def test_a_slot_of_a_related_article_takes_its_words():
    source = dossier("un", related=(dossier("deux"),))
    assert slots.fill("{S2Q1} et { Q1 }", source) == "«\u00a0deux\u00a0» et «\u00a0un\u00a0»"


def test_marks_typed_around_a_slot_are_not_doubled():
    assert slots.fill("« {Q1} »", dossier("Nous tiendrons")) == "«\u00a0Nous tiendrons\u00a0»"


def test_an_unknown_slot_stays_for_the_check_to_find():
    assert slots.fill("{Q9}", dossier("un")) == "{Q9}"


def test_quotations_inside_take_inner_marks_and_the_final_full_stop_goes():
    assert slots.quoted('Il a dit "non" et «oui».') == "«\u00a0Il a dit “non” et “oui”\u00a0»"


def test_what_a_source_quotes_cannot_become_markup():
    assert slots.quoted("<b>*x* [y](z)</b>") == "«\u00a0\\<b\\>\\*x\\* \\[y\\](z)\\</b\\>\u00a0»"


@pytest.mark.parametrize("name", ["Q1", "Q99"])
def test_a_slot_that_is_said_for_ever_makes_no_endless_text(name):
    """Four characters of an answer were a whole quotation each time: a megabyte of them, hours of checks."""
    filled = slots.fill(f"Elle dit {{{name}}}. " + f"{{{name}}} " * 100_000, dossier("Nous tiendrons"))
    assert filled.count("«") + filled.count("{") == 3
    assert len(filled) < 102_000
