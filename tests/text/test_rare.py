import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.orders import _INFINITIVE, _ON_THE_TEXT, _SURE
from pipeline.text.rare import Rare, lowered

RARE = [(each.sign, pattern) for each in (*_SURE, *_ON_THE_TEXT, _INFINITIVE) for pattern in each.patterns]


@pytest.mark.parametrize(("sign", "pattern"), RARE)
def test_no_match_lacks_the_sign(sign, pattern):
    ignoring_case = re.compile(pattern, re.IGNORECASE)

    @settings(max_examples=25)
    @given(st.from_regex(ignoring_case))
    def bears_it(text):
        match = ignoring_case.search(text)
        assert match is None or re.search(sign, lowered(text))

    bears_it()


@given(st.text(alphabet="iİıIsſSKKkéÉ"), st.text(alphabet="iskéx", max_size=3))
def test_lower_case_is_what_a_pattern_that_ignores_case_reads(text, wanted):
    if re.search(re.escape(wanted), text, re.IGNORECASE):
        assert wanted in lowered(text)


def test_a_pattern_is_found_in_any_case_and_only_with_its_sign():
    rare = Rare("abc", ("abc+d", "x"))
    assert rare.found("ABCCD", "abccd")
    assert not rare.found("x", "x")
