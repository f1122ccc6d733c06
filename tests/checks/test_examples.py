"""Every check plays its own examples; nobody has to remember to test a new one."""

import re
from pathlib import Path

import pytest

from pipeline.checks import CHECKS
from pipeline.checks.check import Manuscript
from pipeline.explain import FAMILIES, markdown
from pipeline.model import Article, Brief, Dossier, Paragraph
from pipeline.text.markdown import parse


def manuscript(example):
    source = (
        Article("s.txt", "0" * 64, None, "fr", (Paragraph("P1", example.source),)) if example.source else None
    )
    return Manuscript(
        parse(example.text), Brief(words=example.words), Dossier(source) if source else None, example.proof
    )


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_a_check_finds_its_bad_example_and_leaves_the_good_one(check):
    found = list(check.find(manuscript(check.bad)))
    assert found
    assert {f.code for f in found} == {check.code}
    assert check.severity in {f.severity for f in found}
    assert list(check.find(manuscript(check.good))) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_a_place_shows_the_text_it_speaks_of(check):
    for finding in check.find(manuscript(check.bad)):
        if finding.where:
            assert check.bad.text[finding.where.start : finding.where.end] == finding.where.text
            assert finding.where.text


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_a_check_says_why_and_where_its_rule_comes_from(check):
    assert re.fullmatch(r"[A-Z]{3}\d{3}", check.code)
    assert check.family in FAMILIES
    assert check.why.endswith((".", "?"))
    assert check.source.endswith(".")


def test_codes_are_unique_and_in_order_within_a_family():
    codes = [c.code for c in CHECKS]
    assert len(set(codes)) == len(codes)
    for family in {c.family for c in CHECKS}:
        numbers = [c.code for c in CHECKS if c.family == family]
        assert numbers == sorted(numbers)


def test_the_page_of_checks_is_fresh():
    page = Path(__file__).parents[2] / "docs" / "checks.md"
    assert page.read_text(encoding="utf-8") == markdown(CHECKS), "stale: run make docs"
