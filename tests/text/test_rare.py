import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.reading.furniture import FURNITURE
from pipeline.text.dates import _RULES
from pipeline.text.ladders import _RUNGS
from pipeline.text.numbers import _ROMAN, _ROMAN_DIGIT
from pipeline.text.orders import _INFINITIVE, _ON_THE_TEXT, _SURE
from pipeline.text.rare import Rare, lowered

# A pattern of a thousand signs takes long to be made a text of.
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
RARE = [(each.sign, pattern) for each in (*_SURE, *_ON_THE_TEXT, _INFINITIVE) for pattern in each.patterns]
SIGNED = [each for each in FURNITURE if each.sign]


@pytest.mark.parametrize(("sign", "pattern"), RARE)
def test_no_match_lacks_the_sign(sign, pattern):
    ignoring_case = re.compile(pattern, re.IGNORECASE)

    @FEW
    @given(st.from_regex(ignoring_case))
    def bears_it(text):
        match = ignoring_case.search(text)
        assert match is None or re.search(sign, lowered(text))

    bears_it()


@pytest.mark.parametrize("furniture", SIGNED, ids=[f"{each.why}, {each.edge}" for each in SIGNED])
def test_no_line_of_furniture_lacks_its_sign(furniture):
    @FEW
    @given(st.from_regex(furniture.pattern, fullmatch=furniture.edge == "whole"))
    def may_be_it(text):
        match = furniture.pattern.fullmatch if furniture.edge == "whole" else furniture.pattern.match
        assert match(text) is None or furniture.may_be(lowered(text))

    may_be_it()


@pytest.mark.parametrize(("signs", "rule"), [(signs, rule) for signs, rule, _ in _RULES])
def test_no_date_lacks_all_its_signs(signs, rule):
    @FEW
    @given(st.from_regex(rule))
    def bears_one(text):
        assert any(sign in lowered(text) for sign in signs)

    bears_one()


@pytest.mark.parametrize(("signs", "rung"), [(signs, rung) for _, signs, rungs in _RUNGS for rung in rungs])
def test_no_rung_of_a_scale_lacks_all_its_signs(signs, rung):
    @FEW
    @given(st.from_regex(rung))
    def bears_one(text):
        assert any(sign in lowered(text) for sign in signs)

    bears_one()


@given(st.one_of(*(st.from_regex(pattern) for pattern, _, _ in _ROMAN)))
def test_no_roman_number_lacks_its_sign(text):
    assert _ROMAN_DIGIT.search(text)


@given(st.text(alphabet="iİıIsſSKKkéÉ"), st.text(alphabet="iskéx", max_size=3))
def test_lower_case_is_what_a_pattern_that_ignores_case_reads(text, wanted):
    if re.search(re.escape(wanted), text, re.IGNORECASE):
        assert wanted in lowered(text)


def test_a_pattern_is_found_in_any_case_and_only_with_its_sign():
    rare = Rare("abc", ("abc+d", "x"))
    assert rare.found("ABCCD", "abccd")
    assert not rare.found("x", "x")
