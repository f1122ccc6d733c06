import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.sentences import sentences


def cut(text):
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il vient. Elle part.", ["Il vient.", "Elle part."]),
        ("M. Dupont vient. Mme Leroy part.", ["M. Dupont vient.", "Mme Leroy part."]),
        ("« Jamais ! » a-t-il lancé. Puis il part.", ["« Jamais ! » a-t-il lancé.", "Puis il part."]),
        ("Il pèse 3.5 kg. C’est peu.", ["Il pèse 3.5 kg.", "C’est peu."]),
        ("J. Stoltenberg parle… Puis il part.", ["J. Stoltenberg parle…", "Puis il part."]),
        ("L’art. 49 s’applique. Le vote suit.", ["L’art. 49 s’applique.", "Le vote suit."]),
        ("Il cite « tout. », puis part. Fin.", ["Il cite « tout. », puis part.", "Fin."]),
        ("« Une phrase. Une autre. » Il se tait.", ["« Une phrase.", "Une autre. »", "Il se tait."]),
        ("Viendra-t-il ? Oui ! Peut-être…", ["Viendra-t-il ?", "Oui !", "Peut-être…"]),
        ("Des chars, etc. Puis rien.", ["Des chars, etc.", "Puis rien."]),
        ("Sans point final", ["Sans point final"]),
    ],
)
def test_french_sentences_end_where_a_reader_stops(text, expected):
    assert cut(text) == expected


@given(st.text(alphabet='aÀ .!?…«»”")\u00a0\n’1M', max_size=60))
def test_no_letter_is_lost_between_sentences(text):
    kept = "".join(cut(text))
    assert "".join(kept.split()) == "".join(text.split())


@given(st.text())
def test_spans_are_in_order_and_inside_the_text(text):
    end = 0
    for start, stop in sentences(text):
        assert end <= start < stop <= len(text)
        end = stop
