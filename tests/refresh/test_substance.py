"""What a text says, whatever its form."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Article, Credit, Paragraph
from pipeline.refresh.substance import difference, of_article, substance, words
from pipeline.text.typography import PROFILES, typeset

SENTENCES = (
    "Washington a promis 325 millions de dollars.",
    "L’aide comprend 12 000 obus et 3,5 tonnes de vivres.",
    "« Nous tiendrons », a dit le ministre.",
    "La température est tombée à -5 degrés.",
    "Le taux atteint 12,5 % en mai 2024.",
    "Un policier tue un suspect : l’enquête commence.",
    "Le vote a-t-il eu lieu ?",
)
text = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join)
blanks = st.sampled_from([" ", "  ", "\t", "\n", "\u00a0", "\u202f", "\r\n"])
signs = st.sampled_from(
    [
        ("’", "'"),
        ("«\u00a0", "“"),
        ("\u00a0»", "”"),
        ("« ", '"'),
        (" »", '"'),
        (" :", "\u00a0:"),
        ("...", "…"),
    ]
)


def passages(*texts):
    return tuple(Paragraph(f"P{n}", text) for n, text in enumerate(texts, 1))


def article(*texts, **fields):
    return Article("a.txt", "0" * 64, None, "fr", passages(*texts), **fields)


@given(text, st.lists(blanks, min_size=1, max_size=4), st.lists(signs, max_size=5))
def test_white_space_and_signs_never_change_what_a_text_says(text, spaces, changed):
    other = text
    for n, space in enumerate(spaces):
        other = " ".join(other.split(" ")[: n + 1]) + space + " ".join(other.split(" ")[n + 1 :])
    for was, now in changed:
        other = other.replace(was, now)
    assert substance([other.strip()]) == substance([text])


@given(text, st.sampled_from(sorted(PROFILES)))
def test_setting_a_text_in_type_changes_nothing_of_what_it_says(text, profile):
    assert substance([typeset(text, PROFILES[profile])]) == substance([text])


@given(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=6), st.data())
def test_where_a_text_is_cut_into_paragraphs_says_nothing(told, data):
    cut = data.draw(st.integers(1, len(told) - 1))
    assert substance([" ".join(told)]) == substance([" ".join(told[:cut]), " ".join(told[cut:])])


@given(st.text(max_size=300))
def test_any_text_has_a_substance(text):
    assert len(substance([text])) == 64


def test_each_of_these_says_something_else():
    told = [
        "Le policier tue.", "Le policier tué.", "Il part ?", "Il part.", "Il fait -5 degrés.", "Il fait 5 degrés.",
        "Il a 3,5 tonnes.", "Il a 35 tonnes.", "Il a 5 %.", "Il a 5 €.", "Il n’a pas 5 €.",
    ]  # fmt: skip
    assert len({substance([t]) for t in told}) == len(told)


def test_a_number_is_the_same_however_it_is_grouped():
    assert words("12 000 obus") == words("12\u202f000 obus") == words("12000 obus")


def test_who_published_an_article_and_when_is_not_what_it_says():
    assert of_article(article("Un fait.")) == of_article(
        article("Un fait.", credit=Credit("AFP", date="2026-02-01"))
    )


def test_a_changed_figure_is_one_changed_paragraph_told_in_a_line():
    old = passages("Un début. Et la suite.", "Washington promet 325 millions de dollars. L’Otan approuve.")
    new = passages("Un début.  Et la suite.", "Washington promet 410 millions de dollars. L’Otan approuve.")
    found = difference(old, new)
    (change,) = found.changes
    assert change.before
    assert change.after
    assert (change.before.id, change.after.id) == ("P2", "P2")
    assert found.gone == (("P2", "Washington promet 325 millions de dollars."),)
    assert found.told == "1 paragraphe modifié : « Washington promet 410 millions de dollars. »"


def test_paragraphs_that_come_and_go_are_told_apart_from_those_that_moved():
    old = passages("Premier fait connu ici.", "Le maire de Vannes démissionne.", "Troisième fait du jour.")
    new = passages("Troisième fait du jour.", "Premier fait connu ici.", "Une grève commence lundi à Brest.")
    told = [(c.before and c.before.text, c.after and c.after.text) for c in difference(old, new).changes]
    assert told == [
        (None, "Une grève commence lundi à Brest."),
        ("Le maire de Vannes démissionne.", None),
    ]
    assert difference(old, new).told.startswith("1 paragraphe ajouté, 1 paragraphe retiré")


def test_a_paragraph_cut_in_two_is_no_difference():
    one = "Washington promet 325 millions de dollars. L’Otan approuve ce geste."
    two = ("Washington promet 325 millions de dollars.", "L’Otan approuve ce geste.")
    assert difference(passages(one), passages(*two)).changes == ()


def test_a_megabyte_of_hostile_paragraphs_takes_no_quadratic_time():
    import time

    old, new = (passages(*(f"{word} {n} mots" for n in range(30_000))) for word in ("un", "deux"))
    began = time.process_time()
    assert len(difference(old, new).changes) == 60_000
    assert time.process_time() - began < 20
