"""Every check plays its own examples; nobody has to remember to test a new one."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import acknowledge
from pipeline.checks import CHECKS
from pipeline.checks.check import Archived, Desk, Manuscript
from pipeline.explain import FAMILIES, markdown
from pipeline.model import Article, Brief, Credit, Dossier, Paragraph
from pipeline.register import Register
from pipeline.text.markdown import parse


class ArchiveOf:
    """One piece of one paragraph."""

    pieces = 1
    left_out = ()

    def __init__(self, text):
        self._text = text

    def alike(self, stretches):
        return (Archived("piscine", "La piscine", self._text),)


def entry_of(front):
    told = parse(front).front
    return {**told, "page_title": told["title"], "slug": "autre"}


def manuscript(example):
    source, *related = (
        Dossier(
            Article(
                "s.txt",
                "0" * 64,
                None,
                example.language,
                (Paragraph("P1", text),),
                credit=Credit(publisher=example.publisher or None),
            )
        )
        if text
        else None
        for text in (example.source, example.related)
    )
    dossier = replace(source, related=tuple(filter(None, related))) if source else None
    told = acknowledge.parse(example.acknowledged)
    archive = ArchiveOf(example.archived) if example.archived else None
    neighbours = Register.of([entry_of(example.neighbour)]).without(()) if example.neighbour else None
    desk = Desk(archive, told.entries, told.faults, example.opinions, neighbours, example.house)
    return Manuscript(parse(example.text), Brief(words=example.words), dossier, example.proof, desk)


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
