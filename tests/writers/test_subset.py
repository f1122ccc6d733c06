import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.writers.subset import within_subset


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("## 3. Les travaux", "## Les travaux"),
        ("## **Les travaux**", "## Les travaux"),
        ("## Les travaux ##", "## Les travaux"),
        ("#### Un détail", "### Un détail"),
        ("Un mot.[^1]\n\n[^1]: La note.\n", "Un mot.\n\n"),
        ("- [x] Fait", "- Fait"),
        ("Un mot ~~barré~~ et du `code`.", "Un mot barré et du code."),
        ("Avant\n\n---\n\nAprès", "Avant\n\n\nAprès"),
        ("```python\nx\n```\n", "x\n"),
        ("Un fait [P3]. Un autre (S2P1, Q2). Un titre [Q1 ; P2]", "Un fait. Un autre. Un titre"),
        ("{P3} {S2F1}", ""),
        (
            "**Les travaux**\n\nUn texte.\n\n**La suite**\n\nUn texte.",
            "## Les travaux\n\nUn texte.\n\n## La suite\n\nUn texte.",
        ),
    ],
)
def test_what_a_piece_may_not_hold_goes_and_its_words_stay(text, plain):
    assert within_subset(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "La D1 et la nationale 7 (N7) sont fermées, la départementale (D906) aussi.",
        "{Q1}, a déclaré la maire. {S2Q3}",
        "Le pays s’est « tenu[s] » à l’écart.",
        "- un\n- deux\n\n| a | b |\n| --- | --- |\n| 1 | 2 |",
        "Un mot en **gras** et un autre en *italique*.",
        "## Le 3e chantier\n\n1. un\n2. deux",
        "**Un seul paragraphe en gras**\n\nUn texte.",
    ],
)
def test_good_markdown_comes_back_as_it_was(text):
    assert within_subset(text) == text


@given(st.text(alphabet="ab#*_`~[]()^-{}PQ123 \n.", max_size=80))
def test_any_text_comes_through_and_nothing_is_added(text):
    assert set(within_subset(text)) <= set(text) | set("# ")
