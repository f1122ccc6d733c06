from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Article, DateMention, Figure, Name, Paragraph, Quotation
from pipeline.stages.dossier import build

Item = Quotation | Figure | DateMention | Name


def article(*paragraphs, ref="a"):
    return Article(
        ref, "0", None, "fr", tuple(Paragraph(f"P{n}", text) for n, text in enumerate(paragraphs, 1))
    )


LEAD = (
    "Le président russe Vladimir Poutine a ordonné une invasion en février 2022. "
    "« Nous tiendrons 14 mois », a dit lundi soir Oleksiy Reznikov, ministre ukrainien de la Défense."
)


def test_holds_quotations_figures_dates_and_names_with_their_places():
    dossier = build(article(LEAD))
    (quote,) = dossier.quotations
    assert (quote.id, quote.text, quote.speaker) == ("Q1", "Nous tiendrons 14 mois", "Oleksiy Reznikov")
    assert [(f.id, f.value, f.unit) for f in dossier.figures] == [("F1", 14, "month")]
    assert [(d.id, d.value) for d in dossier.dates] == [("D1", "2022-02"), ("D2", "monday/evening")]
    people = [(n.text, n.role) for n in dossier.names if n.kind == "person"]
    assert people == [
        ("Vladimir Poutine", "président russe"),
        ("Oleksiy Reznikov", "ministre ukrainien de la Défense"),
    ]


def test_ids_follow_the_reading_order():
    dossier = build(article("En 2022, 3 chats.", "« Oui », dit-il à Paris. En 2023, 4 chiens."))
    for items, letter in (
        (dossier.quotations, "Q"),
        (dossier.figures, "F"),
        (dossier.dates, "D"),
        (dossier.names, "N"),
    ):
        assert [i.id for i in items] == [f"{letter}{n}" for n in range(1, len(items) + 1)]
        places = [(int(i.paragraph[1:]), i.start) for i in items]
        assert places == sorted(places)


def test_related_articles_become_dossiers_of_their_own():
    dossier = build(article(LEAD), (article("Il a vu 3 chats.", ref="b"),))
    assert [d.article.ref for d in dossier.all] == ["a", "b"]
    assert dossier.related[0].figures[0].id == "F1"


def test_an_article_without_paragraphs_has_an_empty_dossier():
    dossier = build(article())
    assert (dossier.quotations, dossier.figures) == ((), ())
    assert (dossier.dates, dossier.names) == ((), ())


NEWS = st.lists(
    st.sampled_from(
        ["«", "»", "“", "”", '"', " ", ", ", ". ", "a déclaré", "Jean Dupont", "le maire", "il", "Selon", "de", "Paris", "14", "mois",
         "lundi", "la", "Ministère", "(", ")", ":", "-t-il", "OTAN", "l’", "qui", "soulignant", "que", "\u00a0", "de Lyon"]
    )
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(st.lists(NEWS | st.text(), max_size=4))
def test_every_span_holds_its_text_whatever_the_source(texts):
    source = article(*texts)
    dossier = build(source)
    paragraphs = {p.id: p.text for p in source.paragraphs}
    items: list[Item] = [*dossier.quotations, *dossier.figures, *dossier.dates, *dossier.names]
    for item in items:
        assert paragraphs[item.paragraph][item.start : item.end] == item.text
    assert dossier == build(source)


def test_hostile_text_takes_linear_time():
    # Seven articles' length of each shape that once took longer than linear: minutes instead of a second.
    start = process_time()
    for shape in ("« a », a dit ", '« "', "« a » ", "Jean Dupont, maire de la ", "un ", "1 "):
        build(article(shape * (40_000 // len(shape))))
    assert process_time() - start < 60
