"""An editor's word: bound to the very sentence, visible, and never a reason to stop."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pipeline import acknowledge, report
from pipeline.checks import examine
from pipeline.checks.acknowledged import key_of
from pipeline.checks.check import Desk, Manuscript
from pipeline.cli import cli
from pipeline.errors import UsageError
from pipeline.model import Acknowledgement, Brief
from pipeline.text.markdown import parse

PIECE = """---
title: La halle
---

# La halle

Le maire rouvre la halle. The council voted for the new roof of the market hall on Thursday. Tout va bien.

## Et après

Les commerçants attendent la fin du chantier avec impatience.
"""
BY = {"by": "Anne Petit", "when": "2026-01-31", "why": "Citation de l’affiche."}


def look(text=PIECE, entries=(), faults=(), words=3):
    return examine(
        Manuscript(parse(text), Brief(words=words), desk=Desk(None, tuple(entries), tuple(faults)))
    )


def of(result, code):
    return [f for f in result.findings if f.code == code]


def line(text):
    return " ".join(text.split())


def word_for(finding, **more):
    return replace(acknowledge.entries_for([finding], **BY)[0], **more)


@pytest.fixture
def english():
    (finding,) = of(look(), "LNG001")
    return finding


def test_an_acknowledged_finding_stays_visible_and_no_longer_blocks(english):
    result = look(entries=[word_for(english)])
    (finding,) = of(result, "LNG001")
    assert (finding.severity, finding.blocks) == ("block", False)
    assert report.finding_json(finding)["acknowledged"] == BY
    assert report.finding_json(finding)["sentence"] == finding.sentence
    assert look().count("block") == result.count("block") + 1
    text = report.check_text(result, "p.md")
    assert f"[{finding.sentence}] Acknowledged by Anne Petit, 2026-01-31: Citation de l’affiche." in text
    assert "1 acknowledged" in text


def test_a_finding_moves_no_cursor_whatever_it_quotes_and_keeps_its_no_break_spaces(english):
    finding = replace(english, message="« 12\u00a0345\u202f» \x1b[2J \x9b31m\u202e")
    text = report.check_text(replace(look(), findings=(finding,)), "p.md")
    assert "« 12\u00a0345\u202f» \\x1b[2J \\x9b31m\\u202e" in text


@pytest.mark.parametrize(
    ("old", "new", "holds"),
    [
        ("Tout va bien.", "Tout va mieux.", True),
        ("# La halle\n", "# La halle\n\nUne phrase de plus.\n", True),
        ("new roof", "new\u00a0roof", True),
        ("new roof", "new\nroof", True),
        ("new roof", "old roof", False),
        ("The council", "the council", False),
        ("Thursday.", "Thursday!", False),
    ],
)
def test_a_changed_sentence_loses_its_acknowledgement(english, old, new, holds):
    text = PIECE.replace(old, new, 1)
    result = look(text, [word_for(english, words=None)])
    assert all(bool(f.acknowledged) == holds for f in of(result, "LNG001"))
    assert [f.severity for f in of(result, "ACK001")] == ([] if holds else ["info"])


def test_an_accent_that_changes_the_sense_changes_the_key():
    assert key_of("Un policier tue.") != key_of("Un policier tué.")
    assert key_of("L’été\u202f!") == key_of("L'e\u0301te\u0301 !")


def test_a_word_about_one_check_does_not_cover_another(english):
    result = look(entries=[word_for(english, code="LNG004")])
    assert of(result, "LNG001")[0].acknowledged is None
    assert len(of(result, "ACK001")) == 1


def test_the_words_narrow_an_entry_to_one_finding_of_the_sentence(english):
    result = look(entries=[word_for(english, words="autre chose")])
    assert of(result, "LNG001")[0].acknowledged is None


def test_a_finding_about_the_whole_piece_is_bound_to_the_whole_text():
    text = "# La halle\n\n« Le bassin rouvrira avant l’été, nous l’avons promis », dit le maire.\n"
    (finding,) = of(look(text), "ORI004")
    assert of(look(text, [word_for(finding)]), "ORI004")[0].acknowledged
    fronted = "---\nverdict: needs_work\ndate_modified: 2026-01-31\n---\n\n" + text
    assert of(look(fronted, [word_for(finding)]), "ORI004")[0].acknowledged
    assert not of(look(text + "\nFin.\n", [word_for(finding)]), "ORI004")[0].acknowledged
    titled = "---\ntitle: Autre titre\n---\n\n" + text
    assert not of(look(titled, [word_for(finding)]), "ORI004")[0].acknowledged


def test_no_word_lifts_what_only_work_can_mend():
    (short,) = of(look(words=700), "LEN001")
    result = look(entries=[word_for(short)], words=700)
    assert of(result, "LEN001")[0].blocks
    assert "cannot be acknowledged" in of(result, "ACK002")[0].message
    for code in ("LEN001", "ORI003", "FID001", "SAF001"):
        with pytest.raises(UsageError, match="cannot be acknowledged"):
            acknowledge.chosen((), code)


def test_checks_that_did_not_run_keep_the_piece_from_being_ready(english):
    result = look(entries=[word_for(f) for f in look().findings])
    assert result.count("block") == 0
    assert result.verdict == "needs_work"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- code: FID004\n  sentence: [", "not valid YAML"),
        ("{{{", "not valid YAML"),
        ("[" * 20_000, "not valid YAML"),
        ("a: b", "not a list"),
        ("- texte", "entry 1 is not used: it has no fields"),
        ("- code: FID004\n  until: demain", "nobody knows its field 'until'"),
        ("- code: FID004\n  sentence: 0123456789abcdef\n  by: A\n  when: 2026-01-31", "why is missing"),
        ("- {code: FID004, sentence: 0123456789abcdef, by: A, when: hier, why: B}", "when must be"),
        ("- {code: FID004, sentence: abc, by: A, when: 2026-01-31, why: B}", "sentence must be"),
        ("- {code: tout, sentence: 0123456789abcdef, by: A, when: 2026-01-31, why: B}", "code must be"),
        (
            "- {code: [FID004], sentence: 0123456789abcdef, by: A, when: 2026-01-31, why: B}",
            "code must be text",
        ),
        ("a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]", "not valid YAML"),
        ("- \x00", "not valid YAML"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(text, said):
    told = acknowledge.parse(text)
    assert told.entries == ()
    (fault,) = told.faults
    assert said in fault
    assert "\n" not in fault
    (finding,) = of(look(faults=told.faults), "ACK002")
    assert (finding.severity, finding.message) == ("warn", fault)


def test_a_key_of_sixteen_digits_and_a_day_stay_the_text_they_are():
    told = acknowledge.parse(
        "- {code: FID004, sentence: 0123456789012345, by: on, when: 2026-01-31, why: 12, words: 1_000}"
    )
    entry = Acknowledgement("FID004", "0123456789012345", "on", "2026-01-31", "12", "1_000")
    assert told == acknowledge.Acknowledgements((entry,))


@given(st.text(max_size=400))
def test_no_file_makes_the_reader_fail(text):
    acknowledge.parse(text)


@given(st.text(min_size=1), st.text(min_size=1))
def test_what_is_written_is_read_back(by, why):
    entry = Acknowledgement("FID004", "0" * 16, line(f"A{by}"), "2026-01-31", line(f"B{why}"), None)
    dumped = acknowledge.dumped([entry])
    assert acknowledge.parse(dumped).entries == (entry,)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"- " * 600_000])
def test_a_file_that_is_no_text_or_far_too_large_is_told(tmp_path, content):
    file = tmp_path / acknowledge.FILE
    file.write_bytes(content)
    assert "Nothing is acknowledged." in acknowledge.read(file).faults[0]
    assert acknowledge.read(tmp_path / "none.yaml") == acknowledge.Acknowledgements()


def test_adding_an_entry_keeps_what_an_editor_wrote(tmp_path, english):
    file = tmp_path / acknowledge.FILE
    file.write_text("# relu par Anne\n")
    first, second = word_for(english), word_for(english, code="LNG004")
    acknowledge.add(file, [first])
    acknowledge.add(file, [second])
    acknowledge.add(file, [second])
    assert file.read_text().startswith("# relu par Anne\n- code: LNG001\n")
    assert acknowledge.read(file).entries == (first, second)
    file.write_text("[]")
    acknowledge.add(file, [first])
    assert acknowledge.read(file).entries == (first,)
    file.write_text("- code: x")
    with pytest.raises(UsageError, match="entry 1 is not used"):
        acknowledge.add(file, [first])


def test_a_finding_is_named_by_code_by_line_or_by_sentence(english):
    findings = look().findings
    for which in ("LNG001", "lng001", "LNG001@7", f"LNG001@{english.sentence}"):
        assert acknowledge.chosen(findings, which) == [english]
    with pytest.raises(UsageError, match="It stands at LNG001@7"):
        acknowledge.chosen(findings, "LNG001@99")


def test_two_sentences_on_a_line_must_be_told_apart():
    twice = PIECE.replace("Tout va bien.", "The opening of the new hall was a great day for all of them.")
    findings = of(look(twice), "LNG001")
    with pytest.raises(UsageError, match="stands in 2 sentences") as error:
        acknowledge.chosen(findings, "LNG001@7")
    assert all(f.sentence in str(error.value) for f in findings)


def test_what_was_acknowledged_is_told_as_json_with_where_it_was_written(tmp_path):
    piece = tmp_path / "piece.md"
    piece.write_text(PIECE, encoding="utf-8")
    given = ["--by", BY["by"], "--why", BY["why"], "--now", BY["when"], "--no-grammar", "--format", "json"]
    ran = CliRunner().invoke(cli, ["acknowledge", str(piece), "LNG001", *given])
    told = json.loads(ran.stdout)
    assert (told["schema"], told["file"]) == ("marbre.acknowledged/1", str(tmp_path / acknowledge.FILE))
    (entry,) = acknowledge.read(tmp_path / acknowledge.FILE).entries
    assert told["entries"] == [acknowledge.entry_fields(entry)]
