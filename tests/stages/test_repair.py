import asyncio

from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import WriterError
from pipeline.model import Article, Brief, Dossier, Draft, Paragraph, Plan
from pipeline.stages import sections
from pipeline.stages.repair import Limits, repair

SOURCE = Dossier(
    Article("a.txt", "0" * 64, None, "fr", (Paragraph("P1", "Le conseil a voté jeudi le budget."),))
)
PLAN = Plan("budget", "Le budget voté", "Le budget", "Une description.", "budget", ())
ENGLISH = "The council voted on Thursday for the new budget of the town."
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


def run(body, writer, words=5, **limits):
    return asyncio.run(repair(SOURCE, Brief(words=words), PLAN, Draft(body), writer, Limits(**limits)))


def test_only_the_section_at_fault_goes_back():
    writer = FakeWriter("## Le vote\n\nLes élus ont adopté le texte.")
    draft, log = run(BODY, writer)
    assert writer.asked == [(f"## Le vote\n\n{ENGLISH}", ["LNG001"], ["La suite"])]
    assert "Les élus ont adopté le texte." in draft.body
    assert [(r.section, r.kept) for r in log] == [("Le vote", True)]


def test_a_section_that_comes_back_worse_is_dropped():
    writer = FakeWriter(f"## Le vote\n\n{ENGLISH} {ENGLISH}", f"## Le vote\n\n{ENGLISH}")
    draft, log = run(BODY, writer)
    assert draft.body == BODY
    assert [r.kept for r in log] == [False, False]


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
    writer = FakeWriter(*[f"## Le vote\n\n{ENGLISH}"] * 20)
    run(BODY, writer, rounds=2, calls=1)
    assert len(writer.asked) == 1
    writer = FakeWriter(*[f"## Le vote\n\n{ENGLISH}"] * 20)
    run(BODY, writer, rounds=3, calls=9)
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
