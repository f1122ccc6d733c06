"""A French piece of an English source: the faithful one is left alone, one false fact in it is found."""

import re
from pathlib import Path

import pytest

from pipeline.checks import examine
from pipeline.checks.check import Manuscript
from pipeline.checks.fidelity.translated.speech import translations
from pipeline.model import Brief
from pipeline.stages import clean, dossier, ingest
from pipeline.text.markdown import parse

ROOM = Path(__file__).parents[2] / "translated"
SOURCE = ROOM / "sources" / "harbour.txt"
PIECE = re.sub(r" \{Q\d\}", "", (ROOM / "pieces" / "harbour.md").read_text(encoding="utf-8"))
SPOKEN = "« Vous sauvez le mur et vous coulez le port », a-t-il lancé."


@pytest.fixture(scope="module")
def told():
    return dossier.build(clean.clean(ingest.read_file(SOURCE, SOURCE.name)))


def manuscript(told, text=PIECE):
    return Manuscript(parse(text), Brief(words=300), told)


def found(told, text=PIECE):
    return [f for f in examine(manuscript(told, text)).findings if f.code.startswith(("FID", "ORI"))]


def test_the_faithful_piece_has_warnings_for_its_quotations_and_no_block(told):
    codes = [(f.severity, f.code) for f in found(told)]
    assert codes.count(("warn", "FID016")) == 7
    assert codes.count(("warn", "FID017")) == 1
    assert len(codes) == 8


def test_the_report_says_what_was_not_compared_and_counts_what_is_bare(told):
    message = next(f.message for f in found(told) if f.code == "FID017")
    assert "FID010, FID012" in message
    assert "(FID011) only where both texts have words" in message
    assert "ORI001" in message
    assert re.search(r"\d+ of \d+ sentences share no figure", message)
    assert "longest_content_run" not in dict(examine(manuscript(told)).metrics)


def test_a_piece_that_says_nothing_of_its_source_blocks(told):
    empty = "# Le sujet\n\n" + " ".join(["Le sujet compte, et chacun le suit de près."] * 9)
    (finding,) = [f for f in found(told, empty) if f.code == "FID017"]
    assert finding.severity == "block"
    assert "9 of 9 sentences" in finding.message
    (short,) = [f for f in found(told, "# Le sujet\n\nLe sujet compte.") if f.code == "FID017"]
    assert short.severity == "warn", "too little to judge by"


def test_each_translation_is_paired_with_its_original(told):
    pairs = [(t.item, t.speaker) for t in translations(manuscript(told))]
    assert [item for item, _ in pairs] == [f"Q{n}" for n in range(1, 8)]
    assert all(not t.certain for t in translations(manuscript(told)))
    first = translations(manuscript(told))[0]
    assert PIECE[first.start : first.end] == first.text
    assert first.original.text.startswith("We cannot ask people")


def test_the_front_matter_of_a_writer_makes_a_pair_certain(told):
    pair = "translations:\n  - {quotation: Q3, french: Vous sauvez le mur et vous coulez le port}\n"
    text = PIECE.replace("slug:", f"{pair}slug:", 1)
    certain = [t.item for t in translations(manuscript(told, text)) if t.certain]
    assert certain == ["Q3"]


@pytest.mark.parametrize(
    ("right", "wrong", "code", "severity"),
    [
        ("14,6 millions", "16,4 millions", "FID004", "block"),
        ("23 voix", "23 %", "FID004", "block"),
        ("plus de 400", "moins de 400", "FID004", "block"),
        ("12 millimètres", "12 centimètres", "FID004", "block"),
        ("2,3 millions d’euros", "2,3 millions de livres", "FID004", "block"),
        ("14 septembre", "4 septembre", "FID005", "block"),
        ("depuis 1987", "depuis 1978", "FID005", "block"),
        ("mardi à 19 heures", "mardi à 9 heures", "FID005", "block"),
        ("Graham Sproule", "Graham Spooner", "FID006", "block"),
        ("cargo norvégien", "cargo danois", "FID007", "block"),
        ("À Londres", "À Paris", "FID007", "block"),
        (SPOKEN, f"{SPOKEN} « Nous irons au procès », a dit Graham Sproule.", "FID002", "block"),
        (SPOKEN, f"{SPOKEN} « Nous irons au procès », a dit Denis Morel.", "FID002", "block"),
        ("tiendrait dix ans", "tiendrait vingt ans", "FID002", "block"),
        ("voté jeudi", "voté mardi", "FID009", "warn"),
        ("31 personnes", "212 personnes", "FID009", "warn"),
        ("sur vingt ans", "sur plus de vingt kilomètres", "FID004", "block"),
    ],
)
def test_one_false_fact_is_found(told, right, wrong, code, severity):
    assert right in PIECE
    got = found(told, PIECE.replace(right, wrong, 1))
    assert (severity, code) in {(f.severity, f.code) for f in got}


def test_a_quotation_of_another_speaker_blocks_when_its_slot_is_known(told):
    pair = "translations:\n  - {quotation: Q3, french: Vous sauvez le mur et vous coulez le port}\n"
    text = PIECE.replace("slug:", f"{pair}slug:", 1).replace("a-t-il lancé", "a lancé Maureen Tully", 1)
    assert ("block", "FID003") in {(f.severity, f.code) for f in found(told, text)}


@pytest.mark.parametrize(
    ("said", "severity"),
    [("36 kilomètres", "warn"), ("35 kilomètres", "warn"), ("42 kilomètres", "block"), ("22 miles", None)],
)
def test_a_converted_measure_warns_when_it_is_right_and_blocks_when_it_is_not(said, severity):
    from pipeline.model import Article, Dossier, Paragraph

    source = Dossier(
        Article("s", "0", None, "en", (Paragraph("P1", "The road to Aldham is 22 miles long."),))
    )
    result = examine(Manuscript(parse(f"# Route\n\nLa route d’Aldham fait {said}."), Brief(words=3), source))
    assert next((f.severity for f in result.findings if f.code == "FID004"), None) == severity


def test_a_slot_without_its_translation_blocks(told):
    text = PIECE.replace("« Vous sauvez le mur et vous coulez le port »", "{Q3}")
    (open_slot,) = [f for f in found(told, text) if f.code == "FID001"]
    assert "no translation" in open_slot.message
