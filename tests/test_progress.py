"""The line beside the bar."""

import pytest

from pipeline.console import span
from pipeline.model import Money, Outcome
from pipeline.progress import Progress, Standing, told


def test_it_tells_what_became_of_articles_what_was_spent_how_fast_and_how_long():
    standing = Standing(
        {"failed": 1, "near-duplicate": 2, "needs work": 3, "ready": 14},
        120,
        [float(n) for n in range(0, 60, 3)],
        60.0,
        Money(0.0312, "USD"),
        12_345,
    )
    assert told(standing) == (
        "14 ready, 3 needs work, 1 failed, 2 near-duplicate, 0.0312 USD spent, 19 a minute, 5 min left, "
        "12,345 characters written"
    )


def test_before_the_first_article_it_promises_nothing():
    assert told(Standing({}, 10, [0.0], 5.0)) == ""


def test_a_pause_makes_the_pace_fall():
    at = [0.0, 1.0, 2.0]
    assert "60 a minute" in told(Standing({"ready": 2}, None, at, 2.0))
    assert "60 an hour" not in told(Standing({"ready": 2}, None, at, 2.0))
    assert told(Standing({"ready": 2}, 4, at, 240.0)) == "2 ready, 30 an hour, 4 min left"


def test_at_the_end_nothing_is_left():
    assert "left" not in told(Standing({"ready": 2}, 2, [0.0, 1.0, 2.0], 2.0))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"), (59.4, "59 s"), (59.6, "1 min"), (3_580, "1 h 0 min"), (3_599, "1 h 0 min"),
        (12_000, "3 h 20 min"), (216_000, "2.5 days"),
    ],
)  # fmt: skip
def test_a_span_is_told_as_people_do(seconds, words):
    assert span(seconds) == words


def test_on_a_pipe_each_article_is_one_line_and_what_was_not_tried_is_none(capsys):
    with Progress(3) as progress:
        progress.tell(Outcome("a.txt", None, "written", folder="out/a", verdict="needs_work", words=700))
        progress.tell(
            Outcome(
                "b.txt", None, "near_duplicate", why="90% of its wording stands in a.txt", resembles="a.txt"
            )
        )
        progress.tell(Outcome("c.txt", None, "failed", why="the run was stopped"))
    assert capsys.readouterr().err.splitlines() == [
        "[1/3] needs work: a.txt -> out/a, 700 words (0 blocking)",
        "[2/3] near-duplicate: b.txt: 90% of its wording stands in a.txt",
    ]


def test_the_lines_are_counted_as_they_are_shown_whatever_was_not_tried_before_them(capsys):
    with Progress(2) as progress:
        progress.tell(Outcome("a.txt", None, "failed", why="the run was stopped"))
        progress.tell(Outcome("b.txt", None, "written", folder="out/b", verdict="needs_work", words=700))
    assert capsys.readouterr().err.startswith("[1/2] needs work: b.txt")
