from random import Random

import pytest

from pipeline.errors import LedgerError
from pipeline.linking.about import About, about, as_entry, of_entry
from pipeline.linking.choose import MOST, Link, Linkable, choose
from pipeline.linking.listed import Page
from tests import page_samples as samples


def piece(
    slug, topic, anchors=(), terms=range(10), *, new=True, links=(), verdict="ready_for_review", **more
):
    told = "\n".join(f"{n * 100} {n * 100 + 20} {n} {stems}" for n, stems in enumerate(anchors))
    own = [1000 + sum(slug.encode()) * 10 + n for n in range(3)]
    known = About(frozenset((*terms, *own)), frozenset(topic.split()), frozenset(), told)
    return Linkable(slug, verdict, working=False, about=known, new=new, links=links, **more)


def targets(chosen):
    return {slug: [k.target for k in links] for slug, links in chosen.items()}


PONT = piece("pont", "pont forge", ["hal grain", "pont forge"])
HALLE = piece("halle", "hal grain", ["pont forge", "vot budget"])


def test_pieces_of_one_subject_lead_to_one_another():
    assert targets(choose([PONT, HALLE])) == {"pont": ["halle"], "halle": ["pont"]}


def test_pieces_that_share_nothing_are_not_linked():
    other = piece("lune", "hal grain", ["pont forge"], terms=range(50, 60))
    assert targets(choose([PONT, other])) == {"pont": [], "lune": []}


def test_words_of_another_subject_lead_nowhere():
    assert targets(choose([piece("pont", "pont forge", ["vot budget"]), HALLE]))["pont"] == []


def test_words_beside_a_name_that_the_other_piece_is_not_about_are_left_for_better_ones():
    giver = piece("pont", "pont forge", ["hal grain|rouen", "hal nouvel grain"])
    taker = piece("halle", "hal grain nouvel", ["pont forge"])
    (link,) = choose([giver, taker])["pont"]
    assert link.start == 100


def test_they_lead_to_a_piece_that_nothing_else_leads_to():
    giver = piece("pont", "pont forge", ["hal grain|rouen"])
    assert targets(choose([giver, HALLE]))["pont"] == ["halle"]
    other = piece("quai", "quai", ["hal grain"])
    assert targets(choose([giver, HALLE, other])) == {"pont": [], "quai": ["halle"], "halle": ["pont"]}


def test_words_beside_what_another_piece_is_about_do_not_lead_there_for_want_of_better_ones():
    giver = piece("pont", "pont forge", ["hal grain|rouen"])
    rouen = piece("rouen", "rouen", verdict="needs_work")
    assert targets(choose([giver, HALLE]))["pont"] == ["halle"]
    assert targets(choose([giver, HALLE, rouen]))["pont"] == []


def test_a_ready_piece_does_not_lead_to_one_that_needs_work():
    chosen = targets(choose([PONT, piece("halle", "hal grain", ["pont forge"], verdict="needs_work")]))
    assert chosen == {"pont": [], "halle": ["pont"]}


def test_the_order_of_the_pieces_changes_nothing():
    stories = [
        piece(
            f"p{n:02}",
            f"t{n % 7} u{n % 5}",
            [f"t{k} u{j}" for k in range(7) for j in range(5)],
            range(n, n + 12),
        )
        for n in range(30)
    ]
    expected = choose(stories)
    for seed in range(3):
        Random(seed).shuffle(stories)
        assert choose(stories) == expected
    assert all(len(links) <= MOST for links in expected.values())
    led = {k.target for links in expected.values() for k in links}
    assert led == {p.slug for p in stories}


def test_earlier_pieces_keep_their_links_and_lead_to_a_new_one_only_where_nobody_else_can():
    earlier = piece(
        "halle", "hal grain", ["vot budget", "pont forge"], new=False, links=(Link(0, 20, "budget"),)
    )
    alone = choose([PONT, earlier])
    assert alone["halle"] == (Link(0, 20, "budget"), Link(100, 120, "pont"))
    both = choose([PONT, earlier, piece("rue", "rue bas", ["pont forge"])])
    assert "halle" not in both
    assert targets(both)["rue"] == ["pont"]


def test_a_reviewed_piece_stays_as_it_is():
    earlier = piece("halle", "hal grain", ["pont forge"], new=False, open=False)
    assert "halle" not in choose([PONT, earlier])


def test_nothing_new_changes_nothing():
    assert choose([piece("a", "pont forge", ["hal grain"], new=False)]) == {}


def test_a_listed_page_is_led_to_by_words_that_say_half_of_its_title():
    pages = (
        Page("https://a.example/budget", frozenset(("vot", "budget"))),
        Page("https://a.example/x", frozenset("abcd")),
    )
    assert targets(choose([HALLE], pages)) == {"halle": ["https://a.example/budget"]}


def test_what_is_kept_of_a_piece_comes_back():
    for number in range(5):
        known = about(samples.reference(number))
        assert of_entry(as_entry(known)) == known
        text = samples.reference(number).markdown
        for anchor in known.anchors:
            assert 2 <= len(text[anchor.start : anchor.end].split()) <= 7
    assert of_entry(None) is None


def test_a_sentence_on_what_another_piece_is_about_leads_to_that_one():
    both = piece("gare", "gar grain", ["hal grain|rouen"])
    told = About(HALLE.about.terms, HALLE.about.topic, frozenset({"rouen"}), HALLE.about.told)
    halle = piece("halle", "hal grain", ["gar grain"])
    halle = Linkable("halle", halle.verdict, working=False, about=told, new=True)
    assert targets(choose([both, halle]))["gare"] == ["halle"]
    assert targets(choose([both, halle, piece("rouen", "rouen")]))["gare"] == []


def test_an_office_bears_no_link_whoever_holds_it():
    made = samples.reference(4)
    shown = {made.markdown[a.start : a.end] for a in about(made).anchors}
    assert not any(phrase.startswith("secrétaire général") for phrase in shown)
    assert shown


@pytest.mark.parametrize(
    "told", ["", "<b>", "[1]", "{}", '{"terms": [[]], "topic": [], "wider": [], "anchors": []}']
)
def test_what_somebody_else_wrote_of_a_piece_is_told_in_one_line(told):
    with pytest.raises(LedgerError, match="did not write"):
        of_entry(told)


def test_a_hostile_piece_has_no_words_that_could_break_a_link():
    hostile = samples.hostile_piece()
    for anchor in about(hostile).anchors:
        assert not set(hostile.markdown[anchor.start : anchor.end]) & set("[]()<>*_`\\\n")
