import asyncio

from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.acknowledged import key_of
from pipeline.checks.check import Desk
from pipeline.errors import WriterError
from pipeline.model import (
    Acknowledgement,
    Article,
    Brief,
    Credit,
    Dossier,
    Draft,
    Evidence,
    Finding,
    Paragraph,
    Place,
    Plan,
)
from pipeline.stages import dropping, sections
from pipeline.stages.means import Limits, Means
from pipeline.stages.repair import repair

SOURCE = Dossier(
    Article(
        "a.txt",
        "0" * 64,
        None,
        "fr",
        (Paragraph("P1", "Le conseil a voté jeudi le budget. On attend que la suite soit dite bientôt."),),
    )
)
NOTHING = Desk()
PLAN = Plan("budget", "Le budget voté", "Le budget", "Une description.", "budget", ())
ENGLISH = "The council voted last week for the new budget of the town."
BODY = (
    f"# Le budget\n\nLe vote est acquis.\n\n## Le vote\n\n{ENGLISH}\n\n## La suite\n\nElle viendra plus tard."
)


class FakeWriter:
    name = "fake"

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    async def mend(self, dossier, brief, section, findings, outline):
        self.asked.append((section, [f.code for f in findings], outline))
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer


def run(body, writer, words=5, desk=NOTHING, **limits):
    means = Means(desk=desk)
    done = asyncio.run(repair(SOURCE, Brief(words=words), PLAN, Draft(body), writer, Limits(**limits), means))
    return done.draft, done.log


def test_only_the_section_at_fault_goes_back():
    writer = FakeWriter("## Le vote\n\nLes élus ont adopté le texte.")
    draft, log = run(BODY, writer)
    assert writer.asked == [(f"## Le vote\n\n{ENGLISH}", ["LNG001"], ["La suite"])]
    assert "Les élus ont adopté le texte." in draft.body
    assert [(r.section, r.kept) for r in log] == [("Le vote", True)]


def test_what_an_editor_let_stand_is_not_sent_back():
    word = Acknowledgement("LNG001", key_of(ENGLISH), "Anne Petit", "2026-01-31", "Une devise.")
    writer = FakeWriter("## Le vote\n\nLes élus ont adopté le texte.")
    draft, _ = run(BODY, writer, desk=Desk(None, (word,)))
    assert writer.asked == []
    assert ENGLISH in draft.body


def test_a_section_that_comes_back_worse_is_dropped():
    writer = FakeWriter(f"## Le vote\n\n{ENGLISH} {ENGLISH}", f"## Le vote\n\n{ENGLISH}")
    draft, log = run(BODY, writer)
    assert draft.body == BODY
    assert [r.kept for r in log] == [False]


def test_the_same_thing_is_not_asked_twice():
    """The ledger would give the same answer; where the section is another by then, it is another question."""
    other = "## La suite\n\nThe mayor said that the works would begin in the spring of next year."
    writer = FakeWriter(
        "## La suite\n\nElle viendra.", f"## Le vote\n\n{ENGLISH} {ENGLISH}", "## Le vote\n\nOui."
    )
    run(BODY.replace("## La suite\n\nElle viendra plus tard.", other), writer)
    asked = [(section, tuple(codes), tuple(outline)) for section, codes, outline in writer.asked]
    assert len(asked) == len(set(asked)) == 2


def test_fixes_are_applied_by_code_without_asking_the_writer():
    writer = FakeWriter()
    draft, log = run(
        "# Le budget\n\nVoté.\n\n## Le vote\n\nOui.\n\n#### Le détail\n\nNon.\n\n# Encore\n\nFin.",
        writer,
        words=4,
    )
    assert "\n### Le détail" in draft.body
    assert "\n## Encore" in draft.body
    assert log[0].by == "code"
    assert not writer.asked


def test_calls_and_rounds_are_bounded():
    # Each answer is better than the one before and not yet good: there is always something new to ask.
    better = ["\n\n".join(["## Le vote", *[ENGLISH] * n]) for n in range(5, 0, -1)]
    body = BODY.replace(ENGLISH, "\n\n".join([ENGLISH] * 6))
    writer = FakeWriter(*better)
    run(body, writer, rounds=2, calls=1)
    assert len(writer.asked) == 1
    writer = FakeWriter(*better)
    run(body, writer, rounds=3, calls=9)
    assert len(writer.asked) == 3


def test_missing_words_are_asked_of_the_shortest_sections():
    writer = FakeWriter("## La suite\n\nElle viendra plus tard, et le conseil y pense déjà depuis longtemps.")
    body = "# Le budget\n\nVoté.\n\n## Le vote\n\nLes élus ont adopté le texte jeudi soir.\n\n## La suite\n\nElle viendra."
    draft, _ = run(body, writer, words=20, rounds=1)
    assert writer.asked[0][0].startswith("## La suite")
    assert writer.asked[0][1] == ["LEN001"]
    assert "depuis longtemps" in draft.body


def test_a_writer_that_fails_leaves_the_draft_as_it_was():
    writer = FakeWriter(WriterError("timeout", "No answer.", "Run it again."))
    draft, log = run(BODY, writer)
    assert draft.body == BODY
    assert log[-1].why == "No answer. Run it again."


def test_a_writer_that_cannot_mend_ends_the_repair():
    draft, log = run(BODY, FakeWriter())
    assert (draft.body, log) == (BODY, ())


@given(st.text(alphabet="# ab\n", max_size=60))
def test_cutting_a_body_loses_nothing(body):
    assert "".join(sections.cut(body)) == body


@given(st.text(alphabet="# ab\n", min_size=1, max_size=60), st.integers(0, 59))
def test_each_character_stands_in_the_part_that_holds_it(body, offset):
    parts = sections.cut(body)
    offset = min(offset, len(body) - 1)
    index = sections.index_at(parts, offset)
    before = sum(map(len, parts[:index]))
    assert before <= offset < before + len(parts[index])


FALSE = "Le maire {Q99} s’en réjouit."


def test_a_sentence_that_stays_false_is_taken_out():
    body = BODY.replace(ENGLISH, f"Les élus ont adopté le texte. {FALSE} La séance fut courte.")
    same = f"## Le vote\n\nLes élus ont adopté le texte. {FALSE} La séance fut courte."
    draft, log = run(body, FakeWriter(same))
    assert "## Le vote\n\nLes élus ont adopté le texte. La séance fut courte.\n\n## La suite" in draft.body
    assert [(r.by, r.kept) for r in log] == [("writer", False), ("code", True)]
    assert log[-1].why == f"taken out: {FALSE}"


def test_a_false_sentence_stays_where_the_piece_would_be_too_short():
    body = BODY.replace(ENGLISH, f"Les élus ont adopté le texte. {FALSE}")
    draft, _ = run(body, FakeWriter(), words=18)
    assert FALSE in draft.body


def test_a_paragraph_that_is_all_false_goes_whole_and_its_section_does_not_stay_empty():
    body = BODY.replace(ENGLISH, f"Les élus ont adopté le texte.\n\n{FALSE}")
    draft, _ = run(body, FakeWriter())
    assert "le texte.\n\n## La suite" in draft.body
    only, _ = run(BODY.replace(ENGLISH, FALSE), FakeWriter())
    assert FALSE in only.body


def test_a_false_sentence_that_is_needed_is_told_in_the_words_of_the_publisher():
    article = Article(
        "a.txt",
        "0" * 64,
        None,
        "fr",
        (Paragraph("P1", "La ville est calme. Le conseil a voté jeudi le budget de la ville."),),
        credit=Credit(publisher="L’Écho"),
    )
    said = Evidence("S1", "P1", "a voté jeudi")
    finding = Finding("FID004", "block", "No.", Place(1, 0, 1, "x"), (said,))
    body = "# Le budget\n\nIl pleut. Le conseil a voté en 2019. Il fait froid.\n"
    ways = list(dropping.without(body, finding, body.index("2019"), Dossier(article)))
    assert ways[0][0] == "# Le budget\n\nIl pleut. Il fait froid.\n"
    told = "«\u00a0Le conseil a voté jeudi le budget de la ville\u00a0», rapporte L’Écho."
    assert ways[1][0] == f"# Le budget\n\nIl pleut. {told} Il fait froid.\n"


@given(st.integers(0, 90))
def test_any_place_can_be_asked_for(at):
    body = "# Un\n\n- Un *point*. Un autre.\n- Deux\n\n> Oui. Non.\n\n| a | b |\n|---|---|\n| c | d |\n\nFin. Fin.\n"
    finding = Finding("FID004", "block", "No.")
    for cut, _ in dropping.without(body, finding, at, SOURCE):
        assert len(cut) < len(body)
