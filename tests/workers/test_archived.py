"""An archive in the ledger: entered once by who has the folder, looked into by workers who have it not."""

import asyncio
import pickle
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import event

from pipeline.archive.shared import enter, open_shared
from pipeline.cli import cli
from pipeline.crew import Crew
from pipeline.errors import LedgerError
from pipeline.items import items_of
from pipeline.ledger import Ledger
from pipeline.settings import Settings
from pipeline.workers.beside import archived
from pipeline.workers.content import content_of, digest_of, expressly_of
from pipeline.workers.runs import Runs
from pipeline.workers.stored import task_of
from pipeline.workers.submit import submit
from tests.archive.test_archive import FRESH, LIFTED, OTHER, found, put
from tests.workers.queued import MOMENT, rows

COUNTS = """
SELECT (SELECT count(*) FROM archive_pieces) AS pieces, (SELECT count(*) FROM archive_paragraphs) AS paragraphs,
    (SELECT count(*) FROM archive_prints) AS prints, (SELECT max(id) FROM archive_paragraphs) AS last
"""


@pytest.fixture
def archive(tmp_path):
    put(tmp_path / "archive", "vendange", LIFTED)
    put(tmp_path / "archive", "patinoire", OTHER)
    return tmp_path / "archive"


def looked_into(ledger, archive):
    return open_shared(ledger, Path(str(enter(ledger, archive))))


def test_an_archive_entered_again_adds_nothing_and_a_file_that_changed_takes_its_own_place(ledger, archive):
    index = looked_into(ledger, archive)
    before = rows(ledger, COUNTS)
    for path in archive.rglob("*.md"):
        path.touch()
    looked_into(ledger, archive)
    assert rows(ledger, COUNTS) == before, "what lies in a file decides, not when it was put there"
    put(archive, "vendange", FRESH)
    looked_into(ledger, archive)
    assert index.pieces == 2
    assert found(index, LIFTED) == []
    assert len(found(index, FRESH)) == 1
    (archive / "vendange" / "article.md").unlink()
    looked_into(ledger, archive)
    assert (index.pieces, found(index, FRESH)) == (1, [])


def test_two_archives_know_nothing_of_each_other(ledger, archive, tmp_path):
    mine = looked_into(ledger, archive)
    put(tmp_path / "other", "neige", FRESH)
    theirs = looked_into(ledger, tmp_path / "other")
    assert (mine.pieces, theirs.pieces) == (2, 1)
    assert (found(mine, FRESH), found(theirs, LIFTED)) == ([], [])
    assert len(found(mine, LIFTED)) == len(found(theirs, FRESH)) == 1


def test_what_workers_wrote_counts_at_once_until_the_folder_has_it(ledger, archive, tmp_path):
    index = looked_into(ledger, archive)
    written = put(tmp_path / "of-worker", "neige", FRESH)
    index.add(written)
    index.add(written)
    assert index.pieces == 3
    assert len(found(index, FRESH)) == 1
    assert found(index, FRESH, ["neige"], written) == []
    looked_into(ledger, archive)
    assert index.pieces == 3, "it is not exported yet"
    put(archive, "neige", FRESH)
    looked_into(ledger, archive)
    assert index.pieces == 3
    assert rows(ledger, "SELECT path FROM archive_pieces WHERE slug = 'neige'") == [("neige/article.md",)]


def test_a_process_of_a_worker_has_a_connection_of_its_own(ledger, archive):
    index = looked_into(ledger, archive)
    there = pickle.loads(pickle.dumps(index.without(["patinoire"])))
    assert there.index.base.database is not ledger
    assert there.pieces == 2
    assert len(found(there.index, LIFTED)) == 1
    there.index.base.database.close()


def test_a_look_is_a_few_queries_however_long_the_piece(ledger, archive):
    index = looked_into(ledger, archive)
    asked = []
    listen = (ledger._engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    event.listen(*listen)
    found(index, " ".join(f"{LIFTED} Et {n} fois." for n in range(100)), ["vendange"])
    event.remove(*listen)
    assert 0 < len(asked) <= 8, asked


def test_the_archive_goes_with_a_submission_and_one_that_changed_is_no_other_setting(ledger, archive):
    settings = Settings(archive=archive)
    content = archived(ledger, content_of(settings), settings)
    put(archive, "neige", FRESH)
    assert digest_of(archived(ledger, content_of(settings), settings), {}) == digest_of(content, {})
    assert str(archive) not in str(content)
    assert "archive" not in content_of(Settings()), "what was submitted without one is known still"
    assert "archive" not in expressly_of(settings), "a refresh goes by the one a piece was submitted with"


def test_workers_hold_an_article_against_the_archive_it_was_submitted_with(
    ledger, archive, sources, tmp_path
):
    settings = Settings(archive=archive, writer="offline", grammar=False)
    items = list(items_of(sources, Path("elsewhere")))
    submit(ledger, items, archived(ledger, content_of(settings), settings), {}, MOMENT)
    submit(ledger, items, content_of(settings), {}, MOMENT)
    tasks = [task_of(ledger, row.id) for row in rows(ledger, "SELECT id FROM work_items ORDER BY id")]

    async def archives():
        with closing(Crew(1)) as crew:
            runs = Runs(Settings(out=tmp_path), ledger, crew, "worker-1")
            told = [(await runs.of(task))[0].archive for task in (tasks[0], tasks[-1])]
            await runs.close()
            return told

    with_one, without = asyncio.run(archives())
    assert len(found(with_one, LIFTED)) == 1
    assert without is None


def test_files_that_were_not_read_are_told_by_workers_too(ledger, archive):
    (archive / "big.md").write_bytes(b"un mot " * 150_000)
    index = looked_into(ledger, archive)
    assert list(index.left_out) == ["big.md (larger than a piece can be)"]
    (archive / "big.md").unlink()
    assert list(looked_into(ledger, archive).left_out) == []


def test_an_archive_that_somebody_made_up_is_told_in_one_line(ledger):
    with pytest.raises(LedgerError, match="did not write"):
        open_shared(ledger, Path("../elsewhere"))


def test_a_folder_that_is_not_there_is_told_in_one_line_and_nothing_is_submitted(postgres, sources, tmp_path):
    url = postgres.schema()
    words = ["submit", str(sources), "--archive", str(tmp_path / "no"), "--ledger", url]
    ran = CliRunner().invoke(cli, words)
    assert (ran.exit_code, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert "Give another with --archive" in ran.stderr
    with closing(Ledger(url)) as ledger:
        assert rows(ledger, "SELECT 1 FROM work_submissions") == []
