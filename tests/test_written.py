"""The report beside a piece is read in the shape that is written, and in no other."""

import json

import pytest

from pipeline import report, written
from tests import page_samples as samples


@pytest.fixture
def piece(tmp_path):
    return tmp_path / "article.md"


def put(piece, told):
    piece.with_name("report.json").write_text(json.dumps(told), encoding="utf-8")
    return written.read(piece)


def test_what_a_run_writes_is_read_back(piece):
    sample = samples.piece()
    found = put(piece, report.piece_json(sample))
    assert [s["sha256"] for s in found.sources] == [d.article.sha256 for d in sample.dossier.all]
    open_ones = [f for f in sample.result.findings if not f.acknowledged and f.sentence]
    assert [(f.code, f.message, f.sentence) for f in found.findings] == [
        (f.code, f.message, f.sentence) for f in open_ones
    ]


@pytest.mark.parametrize(
    "told",
    [
        {"findings": 1, "provenance": [], "brief": None},
        {
            "findings": [1, {}, {"code": "FID004"}],
            "provenance": {"sources": [1, "a"]},
            "brief": {"origins": 1},
        },
        {"brief": {"words": "9", "origins": {"words": "flags"}}},
    ],
)
def test_a_report_of_any_other_shape_says_nothing(piece, told):
    assert put(piece, told | {"schema": "marbre.report/1"}) == written.Report()


def test_what_is_no_report_is_none(piece):
    assert written.read(piece) is None
    for text in ("", "[", "[1]", "{}", "[" * 100_000, "\xff"):
        piece.with_name("report.json").write_text(text, encoding="latin-1")
        assert written.read(piece) is None


def test_only_what_was_asked_on_the_command_line_is_asked_again(piece):
    brief = {"words": 900, "keyphrase": "halle", "origins": {"words": "flags", "keyphrase": "document"}}
    assert put(piece, {"schema": "marbre.report/1", "brief": brief}).flags == {"words": 900}
