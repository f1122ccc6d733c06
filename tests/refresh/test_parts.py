"""Which parts of a piece rest on what changed, and what a title says then."""

from datetime import date

from pipeline.model import Carried, Paragraph, SourceSpan
from pipeline.refresh.parts import touched
from pipeline.refresh.signs import signs
from pipeline.refresh.substance import difference
from pipeline.refresh.swaps import swapped, swaps
from pipeline.text.markdown import parse

OLD = "Washington promet 325 millions de dollars. L’Otan approuve la décision de ses alliés."
NEW = OLD.replace("325", "410")
PARTS = (
    "# Titre\n\nUn chapô sur Kiev.\n\n",
    "## L’aide\n\nLes États-Unis donnent 325 millions de dollars.\n\n",
    "## La réunion\n\nL’Otan approuve cela.\n",
)


def passages(*texts):
    return tuple(Paragraph(f"P{n}", text) for n, text in enumerate(texts, 1))


def carried(part, text, *sources, label="S1"):
    spans = tuple(SourceSpan(label, "P1", 0, len(s), s) for s in sources)
    return part, Carried(0, len(text), text, 1.0, spans)


SAID, AGREED = (s.strip() + "." for s in OLD.rstrip(".").split(". "))
CARRIED = (
    carried(1, "Les États-Unis donnent 325 millions de dollars.", SAID),
    carried(2, "L’Otan approuve cela.", AGREED, SAID),
)


def indexes(old, new, evidence=CARRIED, **more):
    return [
        t.index for t in touched(PARTS, evidence, {"S1": difference(passages(*old), passages(*new))}, **more)
    ]


def test_only_the_section_that_tells_the_changed_figure_is_touched():
    (found,) = touched(PARTS, CARRIED, {"S1": difference(passages(OLD), passages(NEW))})
    assert found.index == 1
    assert found.changes == (f"S1 disait : « {SAID} » ; maintenant : « {SAID.replace('325', '410')} »",)


def test_a_sentence_is_touched_that_rests_first_of_all_on_one_that_is_denied_now():
    denied = OLD.replace("L’Otan approuve", "L’Otan n’approuve pas")
    assert indexes([OLD], [denied]) == [2]


def test_what_a_source_takes_back_touches_the_section_that_told_it():
    (found,) = touched(PARTS, CARRIED, {"S1": difference(passages(OLD), passages(AGREED))})
    assert (found.index, found.changes) == (1, (f"S1 ne dit plus : « {SAID} »",))


def test_what_a_source_adds_goes_where_the_piece_speaks_of_it():
    more = "L’Otan approuve aussi une réunion de ses alliés à Vilnius."
    assert indexes([OLD], [OLD, more]) == [2]


def test_of_background_only_news_on_the_keyphrase_count():
    change = {"S2": difference((), passages("Il pleut à Brest.", "La réunion de l’Otan est reportée."))}
    (found,) = touched(PARTS, CARRIED, change, keyphrase="réunion de l’Otan")
    assert (found.index, len(found.changes)) == (2, 1)


def test_the_part_that_holds_a_stale_sign_is_touched():
    text = "".join(PARTS).replace("cela", "cette année l’envoi")
    (sign,) = signs(parse(text), date(2026, 1, 31))
    parts = [p.replace("cela", "cette année l’envoi") for p in PARTS]
    assert [t.index for t in touched(parts, (), {}, [sign])] == [2]


def test_nothing_is_touched_where_nothing_changed():
    assert indexes([OLD], [OLD]) == []


def test_a_figure_of_the_title_is_exchanged_as_in_the_source_and_only_then():
    values = swaps([difference(passages(OLD), passages(NEW))])
    assert values == {"325": "410"}
    assert swapped("Kiev reçoit 325 millions (1325 obus)", values) == "Kiev reçoit 410 millions (1325 obus)"
    other = difference(passages(OLD), passages("Tout est différent maintenant dans ce texte."))
    assert swaps([other]) == {}
    twice = [difference(passages(OLD), passages(OLD.replace("325", n))) for n in ("410", "500")]
    assert swaps(twice) == {}
