"""`marbre batch`: what is left out because it was printed before, what is taken, in what order, and what it would take."""

import json
import os

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from tests.e2e.marbre import NOW
from tests.reprints import LEDES, figures_changed, paragraphs, reprinted

SEED, OTHER = "001_7107e614131a75cb", "004_1ac56a06fa62bc08"


def run(*words, code=3):
    ran = CliRunner().invoke(cli, [*map(str, words), "--now", NOW])
    assert ran.exit_code == code, ran.output
    return ran


def batch(tmp_path, *more, code=3):
    """Working drafts, told as JSON: of this it does not matter who writes."""
    asked = ("--out", tmp_path / "out", "--writer", "offline", "--no-grammar", "--format", "json")
    return json.loads(run("batch", tmp_path / "in", *asked, *more, code=code).stdout)


def statuses(told):
    return {p["source"].rsplit("/", 1)[-1]: p["status"] for p in told["pieces"]}


@pytest.fixture
def write(tmp_path):
    (tmp_path / "in").mkdir()

    def to(name, text, folder="in", mtime=None):
        path = tmp_path / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n\n".join(text), encoding="utf-8")
        if mtime:
            os.utime(path, (mtime, mtime))
        return path

    return to


def test_a_reprint_is_left_out_with_a_row_of_its_own_until_it_is_asked_for(tmp_path, write):
    first = write("a.txt", paragraphs(SEED))
    write("b.txt", reprinted(paragraphs(SEED), LEDES[SEED]))
    for status in ("written", "unchanged"):
        told = batch(tmp_path)
        assert statuses(told) == {"a.txt": status, "b.txt": "near_duplicate"}
        row = told["pieces"][1]
        assert row["resembles"] == str(first)
        assert "--near-duplicates write" in row["why"]
        assert (row["folder"], row["verdict"], row["error"]) == (None, None, None)
        assert told["totals"]["near_duplicates"] == 1
    assert statuses(batch(tmp_path, "--near-duplicates", "write"))["b.txt"] == "written"
    assert statuses(batch(tmp_path))["b.txt"] == "unchanged", "it has a piece of its own now"


def test_a_person_is_told_what_to_do_about_it(tmp_path, write):
    write("a.txt", paragraphs(SEED))
    write("b.txt", reprinted(paragraphs(SEED), LEDES[SEED]))
    asked = ("--out", tmp_path / "out", "--writer", "offline", "--no-grammar")
    ran = run("batch", tmp_path / "in", *asked)
    line = next(x for x in ran.stderr.splitlines() if "near-duplicate" in x)
    assert line.startswith("[1/2] near-duplicate: "), "nobody waited for the other to be written"
    assert "a.txt" in line
    assert "1 near-duplicate" in ran.stdout


def test_an_updated_story_is_written_and_says_what_it_resembles(tmp_path, write):
    (updated, *_) = figures_changed(paragraphs(SEED))
    first = write("a.txt", paragraphs(SEED))
    write("b.txt", updated)
    told = batch(tmp_path)
    assert statuses(told) == {"a.txt": "written", "b.txt": "written"}
    assert told["pieces"][1]["resembles"] == str(first)
    assert "which it tells otherwise" in told["pieces"][1]["why"]


def test_an_updated_source_is_no_duplicate_of_its_own_piece_nor_of_its_reprint(tmp_path, write):
    write("a.txt", paragraphs(SEED))
    write("b.txt", reprinted(paragraphs(SEED), LEDES[SEED]))
    batch(tmp_path, "--near-duplicates", "write")
    write("a.txt", paragraphs(SEED)[:-1])
    told = batch(tmp_path)
    assert statuses(told) == {"a.txt": "written", "b.txt": "unchanged"}
    assert told["pieces"][0]["why"] == "source changed"


def test_a_source_with_other_white_space_alone_is_left_as_it_is_and_another_figure_is_not(tmp_path, write):
    (updated, *_) = figures_changed(paragraphs(SEED))
    write("a.txt", paragraphs(SEED))
    batch(tmp_path)
    write("a.txt", [each.replace(" ", "  ", 3) + " " for each in paragraphs(SEED)])
    planned = batch(tmp_path, "--dry-run", code=0)
    told = batch(tmp_path)
    assert (told["pieces"][0]["status"], told["pieces"][0]["why"]) == (
        "unchanged",
        "its source says the same in other bytes; nothing changed",
    )
    assert "stay as it is" in planned["sources"][0]["would"]
    write("a.txt", updated)
    assert statuses(batch(tmp_path)) == {"a.txt": "written"}


def test_a_reprint_that_comes_in_another_night_is_found_too(tmp_path, write):
    first = write("a.txt", paragraphs(SEED), folder="monday")
    write("b.txt", reprinted(paragraphs(SEED), LEDES[SEED]))
    asked = ("--out", tmp_path / "out", "--writer", "offline", "--no-grammar")
    run("batch", tmp_path / "monday", *asked)
    told = batch(tmp_path, code=0)
    assert (told["pieces"][0]["status"], told["pieces"][0]["resembles"]) == ("near_duplicate", str(first))


def test_an_article_that_is_named_is_written(tmp_path, write):
    write("a.txt", paragraphs(SEED))
    batch(tmp_path)
    again = write("b.txt", reprinted(paragraphs(SEED), LEDES[SEED]), folder="other")
    asked = ("--out", tmp_path / "out", "--writer", "offline", "--no-grammar", "--format", "json")
    told = json.loads(run("rewrite", again, *asked).stdout)
    assert told["pieces"][0]["status"] == "written"


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("name", ["a.txt", "b.txt", "c.txt"]),
        ("oldest", ["b.txt", "c.txt", "a.txt"]),
        ("newest", ["a.txt", "c.txt", "b.txt"]),
        ("smallest", ["c.txt", "a.txt", "b.txt"]),
        ("largest", ["b.txt", "a.txt", "c.txt"]),
    ],
)
def test_sources_are_taken_by_date_or_size(tmp_path, write, order, names):
    for name, size, day in (("c.txt", 1, 2), ("a.txt", 2, 3), ("b.txt", 3, 1)):
        write(name, ["x" * 50] * size, mtime=day * 86_400)
    told = batch(tmp_path, "--order", order, "--limit", "2", code=4)
    assert list(statuses(told)) == names[:2]


def test_only_those_that_failed_are_tried_again(tmp_path, write):
    write("a.txt", paragraphs(SEED))
    write("b.txt", ["Trop court."])
    write("c.txt", paragraphs(OTHER))
    batch(tmp_path, code=4)
    assert statuses(batch(tmp_path, "--only", "FAILED", code=4)) == {"b.txt": "failed"}
    both = batch(tmp_path, "--only", "failed,needs-work", "--limit", "2", code=4)
    assert statuses(both) == {"a.txt": "unchanged", "b.txt": "failed"}
    write("b.txt", paragraphs("003_31e25e82d465c41c"))
    assert statuses(batch(tmp_path, "--only", "FAILED")) == {"b.txt": "written"}
    none = run(
        "batch", tmp_path / "in", "--out", tmp_path / "out", "--only", "FAILED", "--writer", "offline", code=0
    )
    assert none.stderr == "marbre: the ledger has none of these sources as FAILED; nothing to do.\n"
    assert none.stdout == ""
    assert batch(tmp_path, "--only", "FAILED", code=0)["pieces"] == []


def test_only_what_the_ledger_knows_can_be_asked_for(tmp_path, write):
    write("a.txt", paragraphs(SEED))
    words = ("batch", tmp_path / "in", "--out", tmp_path / "out", "--only")
    assert "no ledger" in run(*words, "FAILED", code=2).stderr
    assert "'DONE' is not one of" in CliRunner().invoke(cli, [*map(str, words), "FAILED,done"]).stderr
