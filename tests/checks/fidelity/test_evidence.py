"""What carries each sentence, and which item of a dossier each fact repeats."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.evidence import carried
from pipeline.checks.fidelity.links import fact_links
from pipeline.model import Article, Brief, Draft, Paragraph, Plan
from pipeline.report import piece_json
from pipeline.stages.dossier import build
from pipeline.stages.finish import finish
from pipeline.stages.written import Written
from pipeline.text.markdown import parse

SOURCE = (
    "La piscine de Lannoy rouvrira le 14 mars après un chantier de 2,3 millions d’euros.",
    "« Les scolaires reviendront dès le lundi », a promis l’adjointe aux sports, Nadia Ferrand.",
    "Le bassin avait été vidé en 2021. Une fuite menaçait la chaufferie.",
)
OTHER = ("Nadia Ferrand avait demandé 2,3 millions d’euros à la région en 2022.",)
PIECE = """---
title: "Lannoy : la piscine rouvre"
---

# La piscine de Lannoy rouvre

Le chantier de **2,3 millions d’euros** s’achève : la piscine de Lannoy rouvrira le 14 mars.

« Les scolaires reviendront […] le lundi », annonce Nadia Ferrand. Des dauphins gonflables y nageront.

- la fuite menaçait la chaufferie.
"""


def dossier():
    def article(name, texts):
        rows = tuple(Paragraph(f"P{n}", text) for n, text in enumerate(texts, start=1))
        return Article(name, "0" * 64, None, "fr", rows)

    return build(article("a.txt", SOURCE), (article("b.txt", OTHER),))


def manuscript(text=PIECE):
    return Manuscript(parse(text), Brief(words=3), dossier())


def said(text):
    return {c.text: c for c in carried(manuscript(text))}


def linked(text=PIECE):
    return {text[link.start : link.end]: (link.source, link.item) for link in fact_links(manuscript(text))}


def test_each_sentence_has_the_words_that_carry_it():
    first = said(PIECE)[
        "Le chantier de **2,3 millions d’euros** s’achève : la piscine de Lannoy rouvrira le 14 mars."
    ]
    assert (first.sources[0].source, first.sources[0].paragraph) == ("S1", "P1")
    assert PIECE[first.start : first.end] == first.text
    leak = said(PIECE)["la fuite menaçait la chaufferie."].sources[0]
    assert leak.text == "Une fuite menaçait la chaufferie."
    assert SOURCE[2][leak.start : leak.end] == leak.text


def test_a_sentence_that_no_source_has_is_carried_by_nothing():
    alone = said(PIECE)["Des dauphins gonflables y nageront."]
    assert alone.sources == ()
    assert alone.share == 0


def test_title_and_headings_have_their_evidence_too():
    assert said(PIECE)["Lannoy : la piscine rouvre"].sources
    assert said(PIECE)["La piscine de Lannoy rouvre"].sources


def test_quotations_figures_dates_and_names_lead_to_their_items():
    found = linked()
    assert found["Les scolaires reviendront […] le lundi"] == ("S1", "Q1")
    assert found["2,3 millions d’euros"] == ("S1", "F1")
    assert found["14 mars"] == ("S1", "D1")
    names = {n.id: n.text for n in dossier().names}
    assert names[found["Nadia Ferrand"][1]] == "Nadia Ferrand"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("La piscine a coûté 2,4 millions d’euros.", "2,4 millions d’euros"),
        ("« Les scolaires partiront », a dit Nadia Ferrand.", "Les scolaires partiront"),
        ("La piscine a coûté 2,3 millions de dollars.", "2,3 millions de dollars"),
        ("L’adjointe Sophie Delmas est venue.", "Sophie Delmas"),
    ],
)
def test_what_no_source_has_is_not_linked(sentence, words):
    assert words in sentence
    assert words not in linked(f"# Titre\n\n{sentence}")


def test_of_equal_facts_the_one_in_the_evidence_is_linked():
    text = "# Titre\n\nNadia Ferrand avait demandé à la région 2,3 millions d’euros."
    assert linked(text)["2,3 millions d’euros"] == ("S2", "F1")


@given(
    st.lists(
        st.sampled_from([*SOURCE, "**gras**", "« ", " »", "\n\n", "# ", "- ", "| a | b |", "2021", "[", "…"])
    )
)
def test_evidence_and_links_stand_in_the_file_and_links_never_overlap(rows):
    text = " ".join(rows)
    for each in carried(manuscript(text)):
        assert text[each.start : each.end] == each.text != ""
    ends = 0
    for link in fact_links(manuscript(text)):
        assert ends <= link.start < link.end <= len(text)
        ends = link.end


def test_the_report_for_programs_has_the_evidence_of_the_finished_file():
    now = datetime.fromisoformat("2026-01-31T09:00:00+01:00")
    plan = Plan(
        "piscine de Lannoy", "Lannoy : la piscine rouvre", "La piscine", "Elle rouvre.", "piscine", ()
    )
    body = PIECE.partition("---\n\n")[2]
    piece = finish(Written(dossier(), Brief(words=3), plan, Draft(body), "essai"), slug="piscine", published=now, modified=now)  # fmt: skip
    rows = piece_json(piece)["evidence"]
    assert [row["text"] for row in rows] == [c.text for c in piece.evidence]
    assert all(piece.markdown[row["start"] : row["end"]] == row["text"] for row in rows)
    leak = next(row for row in rows if row["text"] == "la fuite menaçait la chaufferie.")
    assert leak["sources"] == [
        {
            "source": "S1",
            "paragraph": "P3",
            "start": 34,
            "end": 67,
            "text": "Une fuite menaçait la chaufferie.",
        }
    ]
    assert "Les scolaires reviendront […] le lundi" in {piece.markdown[f.start : f.end] for f in piece.facts}
