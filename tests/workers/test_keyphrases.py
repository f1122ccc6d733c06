"""Queries of a file, given out to submitted sources: each article has its own, on whatever machine it is written."""

import asyncio
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.crew import Crew
from pipeline.items import items_of
from pipeline.matching import Match
from pipeline.model import Outcome
from pipeline.queries import Query
from pipeline.run import brief_of
from pipeline.settings import Settings
from pipeline.workers.content import content_of
from pipeline.workers.queue import prepared
from pipeline.workers.runs import Runs
from pipeline.workers.status import status_of
from pipeline.workers.stored import task_of
from pipeline.workers.submit import submit
from pipeline.workers.work import note
from tests.workers.queued import MOMENT, registered, rows, taken_by, task_at

OFFLINE = Settings(writer="offline", grammar=False)
ROWS = "SELECT keyphrase, keyphrase_why FROM work_items ORDER BY key"


def submitted(ledger, folder, phrases, flags=()):
    """`phrases`: the name of a source's file -> its query."""
    items = list(items_of(folder, Path("elsewhere")))
    names = {item.key: Path(item.ref).name for item in items}
    given = {key: Match(Query(phrases[name]), 3.0, "said") for key, name in names.items() if name in phrases}
    told = submit(ledger, items, content_of(OFFLINE), dict(flags), MOMENT, given=given)
    return told.new, told.again, told.known


def test_a_source_waits_again_when_it_got_another_keyphrase_and_no_other_does(ledger, sources):
    first = {"0.txt": "budget voté", "1.txt": "conseil municipal"}
    assert submitted(ledger, sources, first) == (3, 0, 0)
    assert [row.keyphrase for row in rows(ledger, ROWS)] == ["budget voté", "conseil municipal", None]
    assert submitted(ledger, sources, first) == (0, 0, 3)
    assert submitted(ledger, sources, first | {"1.txt": "budget du conseil"}) == (0, 1, 2)
    assert submitted(ledger, sources, {}) == (0, 2, 1), "as without the file in batch"
    assert status_of(ledger).waiting == 3, "each has one job"


def test_what_a_worker_wrote_for_an_older_keyphrase_is_not_the_end_of_the_newer(ledger, sources):
    submitted(ledger, sources, {"0.txt": "budget voté"})
    task = task_at(ledger, taken_by(ledger, registered(ledger)))
    submitted(ledger, sources, {"0.txt": "budget du conseil"})
    note(ledger, task, Outcome(task.ref, None, "written"))
    (row,) = rows(ledger, "SELECT status, keyphrase FROM work_items WHERE id = :id", id=task.id)
    assert (row.status, row.keyphrase) == (None, "budget du conseil")
    again = task_of(ledger, task.id)
    note(ledger, again, Outcome(task.ref, None, "written"))
    assert rows(ledger, "SELECT 1 FROM work_items WHERE status = 'written'")


@pytest.mark.parametrize(("flags", "expected"), [({}, "budget voté"), ({"keyphrase": "mairie"}, "mairie")])
def test_the_brief_of_an_article_has_its_keyphrase_and_why(ledger, sources, tmp_path, flags, expected):
    submitted(ledger, sources, {"0.txt": "budget voté"}, flags)
    own = OFFLINE.model_copy(update={"out": tmp_path})
    tasks = [task_of(ledger, row.id) for row in rows(ledger, "SELECT id FROM work_items ORDER BY id")]

    async def briefs():
        with closing(Crew(1)) as crew:
            runs = Runs(own, ledger, crew, "worker-1")
            told = [brief_of(*await runs.of(task), ()) for task in tasks[:2]]
            await runs.close()
            return told

    mine, other = asyncio.run(briefs())
    assert mine.keyphrase == expected
    assert flags or dict(mine.origins)["keyphrase"] == "keyphrases (said)"
    assert other.keyphrase == flags.get("keyphrase")


def test_tables_of_an_earlier_version_get_what_they_have_not(ledger, sources):
    rows(ledger, "ALTER TABLE work_items DROP COLUMN keyphrase, DROP COLUMN keyphrase_why")
    assert submitted(prepared(ledger), sources, {"0.txt": "budget voté"}) == (3, 0, 0)


def test_a_file_that_is_none_is_told_in_one_line_and_nothing_is_submitted(postgres, sources, tmp_path):
    url = postgres.schema()
    words = ["submit", str(sources), "--keyphrases", str(tmp_path / "no.csv"), "--ledger", url]
    ran = CliRunner().invoke(cli, words)
    assert (ran.exit_code, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert "Give another with --keyphrases" in ran.stderr
