import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.quotes import quotations


def found(text):
    return [text[q.start : q.end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Non », dit-il.", ["Non"]),
        ("«\u00a0Non\u00a0», dit-il.", ["Non"]),
        ("“Non”, dit-il.", ["Non"]),
        ("„Nein“, dit-il.", ["Nein"]),
        ('Il se dit "confiant" et "serein".', ["confiant", "serein"]),
        ("Il se dit ''confiant''.", ["confiant"]),
        ("<< Non >>, dit-il.", ["Non"]),
        (
            "l’alliance “se tient[s] à vos côtés, dans votre pays ».",
            ["se tient[s] à vos côtés, dans votre pays"],
        ),
        ("« Nous gagnerons.» Puis il part.", ["Nous gagnerons."]),
        ("« Un », dit-elle. « Deux. »", ["Un", "Deux."]),
        ("« Il m’a dit “non” deux fois », dit-elle.", ["Il m’a dit “non” deux fois"]),
        ('« Il m’a dit "non" deux fois », dit-elle.', ['Il m’a dit "non" deux fois']),
        ("« Il a dit « non » hier », dit-elle.", ["Il a dit « non » hier"]),
        ('Un écran de 27" et l\'autre de 32".', []),
        ("L'amie d'hier s'en va, l’autre aussi.", []),
        ("« »", []),
        ("Rien » ici.", []),
    ],
)
def test_finds_what_stands_between_the_marks(text, expected):
    assert found(text) == expected


def test_a_quotation_never_runs_over_a_paragraph_end():
    (quote,) = quotations("Il a dit : « Je reviens demain. Sans faute.")
    assert not quote.closed
    assert quote.end == quote.outer_end == len("Il a dit : « Je reviens demain. Sans faute.")


def test_a_forgotten_closing_mark_ends_at_the_next_opening_one():
    text = "« Un, dit-elle. « Deux », dit-il."
    assert found(text) == ["Un, dit-elle.", "Deux"]
    assert [q.closed for q in quotations(text)] == [False, True]


@given(st.text(alphabet=st.sampled_from("ab 7«»“”„\"'.,<>\u00a0\n")))
def test_spans_are_ordered_apart_trimmed_and_never_empty(text):
    end = 0
    for q in quotations(text):
        assert end <= q.outer_start < q.start < q.end <= q.outer_end <= len(text)
        assert text[q.start : q.end] == text[q.start : q.end].strip() != ""
        end = q.outer_end


@given(st.text())
def test_survives_any_text(text):
    quotations(text)
