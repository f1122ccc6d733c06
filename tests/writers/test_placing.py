from pipeline.model import Plan, PlannedSection
from pipeline.writers.placing import once

PLAN = Plan(
    "p",
    "t",
    "h",
    "d",
    "s",
    (PlannedSection("Un", 2, ("P1", "Q1", "Q2")), PlannedSection("Deux", 2, ("S2Q1",))),
)


def test_a_sentence_that_only_brings_a_quotation_again_goes():
    text, notes = once(
        "{Q1}, dit-elle. {Q2}, dit-il.\n\n{S2Q1}.\n\nOn relira ce propos : {Q1}. La suite attend.", PLAN
    )
    assert text == "{Q1}, dit-elle. {Q2}, dit-il.\n\n{S2Q1}.\n\nLa suite attend."
    assert notes == ("A sentence that placed Q1 a second time was taken out: On relira ce propos : {Q1}.",)


def test_a_sentence_that_tells_more_stays_and_is_told():
    more = "{Q1}, répète la maire, qui promet aussi une navette gratuite pour les écoles dès la rentrée de septembre prochain."
    text, notes = once(f"{{Q1}}, dit-elle.\n\n{more} {{Q2}} {{S2Q1}}", PLAN)
    assert more in text
    assert "The quotation Q1 is placed twice." in notes


def test_planned_quotations_that_were_forgotten_are_told():
    assert once("{Q2} et {S2Q1}.", PLAN)[1] == ("Planned quotations that the text does not place: Q1.",)


def test_a_text_in_order_comes_back_as_it_was():
    text = "# T\n\n{Q1}.\n\n## Un\n\n{Q2}.\n\n- {S2Q1}\n- un point"
    assert once(text, PLAN) == (text, ())
