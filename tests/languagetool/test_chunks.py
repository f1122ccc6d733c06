from hypothesis import given
from hypothesis import strategies as st

from pipeline.languagetool import chunks as packing
from pipeline.languagetool.chunks import chunks
from pipeline.languagetool.match import Match

TEXTS = st.lists(st.text(alphabet=st.sampled_from("aé. !?\n«\u202f»😀"), max_size=60), max_size=8)


def test_an_article_is_one_request():
    [only] = chunks(["Un titre", "Un texte.", ""])
    assert only.text == "Un titre\n\nUn texte."


@given(TEXTS, st.integers(2, 40))
def test_every_character_comes_back_to_its_part(parts, longest):
    packing.LONGEST, before = longest, packing.LONGEST
    try:
        packed = list(chunks(parts))
    finally:
        packing.LONGEST = before
    seen: list[list[int]] = [[] for _ in parts]
    for chunk in packed:
        assert len(chunk.text) <= longest + 2 * len(chunk.pieces)
        for at in range(len(chunk.text)):
            if home := chunk.home(Match(at, at + 1, "R", "C", "")):
                part, match = home
                assert parts[part][match.start : match.end] == chunk.text[at]
                seen[part].append(match.start)
    assert [list(range(len(p))) for p in parts] == seen


def test_a_remark_that_runs_into_the_next_part_ends_with_its_own():
    [chunk] = chunks(["abc", "def"])
    assert chunk.home(Match(1, 7, "R", "C", "")) == (0, Match(1, 3, "R", "C", ""))
    assert chunk.home(Match(3, 5, "R", "C", "")) is None
