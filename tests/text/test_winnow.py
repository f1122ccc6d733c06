from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.winnow import GRAM, SURE, fingerprints

WORDS = st.lists(st.sampled_from("le la maire vote un deux prix pont été".split()), max_size=40)


@given(
    WORDS, st.lists(st.text("abcde", min_size=1, max_size=4), min_size=SURE, max_size=20), WORDS, WORDS, WORDS
)
def test_two_texts_that_share_a_long_run_share_a_fingerprint(before, run, after, other_before, other_after):
    assert fingerprints(before + run + after) & fingerprints(other_before + run + other_after)


@given(WORDS)
def test_a_text_too_short_for_a_sequence_has_no_fingerprint_and_any_other_has_some(words):
    assert bool(fingerprints(words)) == (len(words) >= GRAM)


def test_about_two_sequences_in_five_are_kept():
    words = [f"mot{n}" for n in range(5000)]
    assert 0.36 < len(fingerprints(words)) / len(words) < 0.44
