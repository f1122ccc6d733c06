import asyncio
import io
import os
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from pipeline import batch
from pipeline.batch import exit_code, process
from pipeline.cli import cli
from pipeline.crew import here
from pipeline.errors import ExitCode, SourceError, UsageError
from pipeline.halt import Halt
from pipeline.items import Item, item_of, items_of
from pipeline.ledger import Ledger
from pipeline.ledger_schema import CLAIMS
from pipeline.model import Outcome
from pipeline.settings import Settings
from pipeline.stages.clean import clean

SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt"))


def test_sources_come_in_order_of_name_and_hidden_files_and_outputs_are_passed_over(tmp_path):
    for name in ("b.txt", "a.md", ".hidden.txt", "sub/c.html", "outputs/d/article.md", ".git/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = [i.ref.removeprefix(f"{tmp_path}/") for i in items_of(tmp_path, tmp_path / "outputs")]
    assert found == ["a.md", "b.txt", "sub/c.html"]


@pytest.mark.parametrize("closed", ["", "sub"])
def test_a_folder_that_cannot_be_listed_is_a_source_that_fails(tmp_path, monkeypatch, closed):
    """Else a night whose folder lost its rights ends well, with nothing done. (Whoever runs tests may list anything.)"""
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text("x")
    listed = os.scandir

    def scandir(place):
        if Path(place) == tmp_path / closed:
            raise PermissionError(13, "Permission denied", str(place))
        return listed(place)

    monkeypatch.setattr(os, "scandir", scandir)
    found = list(items_of(tmp_path, tmp_path / "outputs"))
    failing = [i for i in found if i.path is None]
    assert [i.path for i in found if i.path] == ([tmp_path / "a.txt"] if closed else [])
    assert [i.ref for i in failing] == [str(tmp_path / closed)]
    with pytest.raises(SourceError, match="Permission denied"):
        failing[0].read()


def test_files_of_a_folder_that_may_not_be_entered_fail_each(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("x")
    looked = Path.stat

    def stat(path, **more):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return looked(path, **more)

    monkeypatch.setattr(Path, "stat", stat)
    (item,) = items_of(tmp_path, tmp_path / "outputs")
    with pytest.raises(SourceError, match="could not be read"):
        item.read()


@pytest.mark.parametrize("words", [("rewrite",), ("batch",)])
def test_a_path_below_a_closed_folder_ends_in_one_line(tmp_path, monkeypatch, words):
    looked = Path.stat

    def stat(path, **more):
        if "closed" in path.parts:
            raise PermissionError(13, "Permission denied", str(path))
        return looked(path, **more)

    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(cli, [*words, "closed/a.txt", "--no-grammar"])
    assert (ran.exit_code, ran.stderr.count("\n")) == (4, 1)
    assert ran.stderr.startswith("marbre: closed/a.txt: Permission denied.")


def test_a_refresh_says_that_it_takes_no_sources(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(cli, ["refresh", "seeds", "--no-grammar"])
    assert ran.exit_code == 2
    assert "takes no sources" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_was_looked_up_ahead_is_not_kept_for_who_does_not_ask_for_it(tmp_path):
    """A run with a folder of background asks for none of it: 100,000 rows stayed until its end."""
    ahead: dict[str, Any] = {}

    def never():
        raise AssertionError("nothing is read here")

    items = [Item(f"{n}", f"/{n}", never, tmp_path / f"{n}") for n in range(5)]

    async def one(_, item):
        return Outcome(item.ref, None, "unchanged")

    with closing(Ledger("sqlite://")) as ledger:
        run: Any = SimpleNamespace(
            settings=Settings(), ledger=ledger, now=datetime.now(UTC), economy=None, halt=Halt(), ahead=ahead
        )
        assert len(asyncio.run(process(run, items, lambda _: None, one))) == 5
    assert ahead == {}


def test_a_folder_that_does_not_exist_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError):
        list(items_of(tmp_path / "none", tmp_path))


def test_a_folder_given_for_one_article_names_the_other_command(tmp_path):
    with pytest.raises(UsageError, match="marbre batch"):
        item_of(str(tmp_path), Settings(), io.BytesIO())


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([], ExitCode.READY),
        ([Outcome("a", None, "written", verdict="ready_for_review")], ExitCode.READY),
        ([Outcome("a", None, "skipped")], ExitCode.READY),
        ([Outcome("a", None, "written", verdict="needs_work")], ExitCode.NEEDS_WORK),
        ([Outcome("a", None, "unchanged", verdict="needs_work")], ExitCode.NEEDS_WORK),
        (
            [Outcome("a", None, "written", verdict="needs_work"), Outcome("b", None, "failed")],
            ExitCode.NOT_WRITTEN,
        ),
        (
            [Outcome("a", None, "waiting"), Outcome("b", None, "written", verdict="needs_work")],
            ExitCode.WAITING,
        ),
        ([Outcome("a", None, "waiting"), Outcome("b", None, "failed")], ExitCode.NOT_WRITTEN),
    ],
)
def test_the_exit_code_tells_the_worst(outcomes, code):
    assert exit_code(outcomes) == code


def test_who_makes_the_pages_keeps_the_claim_on_them_however_long_that_takes(tmp_path, monkeypatch):
    """Else another run that ends would make them at the same time, in the same files."""
    seen = []

    def slowly(_, ledger):
        for _ in range(2):
            with ledger.connect() as connection:
                claim = CLAIMS.c.source == batch.PAGES
                seen.append(connection.execute(select(CLAIMS.c.expires).where(claim)).scalar())
            time.sleep(0.5)

    async def go():
        settings = Settings(out=tmp_path, grammar=False, links=False)
        async with batch.open_run(settings, {}, "offline", datetime.now(UTC), list):
            pass

    monkeypatch.setattr(batch, "write_index", slowly)
    monkeypatch.setattr("pipeline.claims._RENEWED", 0.05)
    asyncio.run(go())
    assert seen[0] < seen[1]


def test_sources_are_cleaned_where_the_work_of_their_articles_is_done(tmp_path):
    """Cleaned one after the other beside the thread that sends, sixty hold up the first call for half a second."""
    done = []

    async def recording(function, /, *args, **kwargs):
        done.append(function)
        return await here(function, *args, **kwargs)

    async def go():
        only = tmp_path / "in"
        only.mkdir()
        copy(SEED, only)
        settings = Settings(out=tmp_path / "out", grammar=False, links=False)
        async with batch.open_run(settings, {}, "offline", datetime.now(UTC), list) as run:
            return await process(
                replace(run, lane=lambda: recording), items_of(only, tmp_path / "out"), lambda _: None
            )

    (outcome,) = asyncio.run(go())
    assert outcome.status == "written"
    assert done[0] is clean


def test_a_named_folder_of_background_is_read_before_the_first_article_asks_for_it(tmp_path, monkeypatch):
    begun = []

    async def reading(*_):
        begun.append(True)

    async def go():
        settings = Settings(out=tmp_path / "out", related=SEED.parent, grammar=False, links=False)
        async with batch.open_run(settings, {}, "offline", datetime.now(UTC), list):
            await asyncio.sleep(0)

    monkeypatch.setattr("pipeline.corpus.build_by", reading)
    asyncio.run(go())
    assert begun == [True]
