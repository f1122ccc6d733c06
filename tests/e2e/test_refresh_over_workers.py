"""A refresh that workers do: the bytes that a refresh of the same folder would have written, by a job for each piece."""

import json
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from pipeline.ledger import Ledger
from pipeline.ledger_schema import CALLS
from tests.e2e.marbre import NOW, SEEDS, command, environment, marbre
from tests.e2e.test_workers import PLAIN, files_below, sql, started, submitted
from tests.model_server import ModelServer

LATER = "2026-02-03T09:00:00+01:00"
SLUG = "offensive-ukrainienne"


def with_the_same_answers(sqlite: Path, url: str) -> None:
    there, here = Ledger(f"sqlite:///{sqlite}"), Ledger(url)
    with there.connect() as old, here.connect() as new:
        columns = [column for column in CALLS.c if column.name != "id"]
        found = [dict(row) for row in old.execute(select(*columns)).mappings()]
        new.execute(insert(CALLS).on_conflict_do_nothing(), found)
    there.close()
    here.close()


def change(folder: Path) -> None:
    path = folder / "002_44b7f2dba8646b0b.txt"
    text = path.read_text(encoding="utf-8")
    assert "325 millions" in text
    path.write_text(text.replace("325 millions", "410 millions"), encoding="utf-8")


def exported(out, url, now):
    ran = marbre("export", "--out", out, "--ledger", url, "--now", now, "--format", "json", **PLAIN)
    assert ran.code == 3, ran.err  # without grammar no piece is ready
    return ran.json["written"]


def refresh(url, *more):
    return marbre("refresh", "--ledger", url, "--now", LATER, "--format", "json", *more, **PLAIN)


def worked(url, server, *more):
    worker = started(url, server, "--until-empty", *more)
    told = worker.communicate(timeout=100)[1].decode()
    assert worker.returncode == 0, told
    return told


def test_a_changed_figure_through_workers_is_the_bytes_that_a_local_refresh_writes(tmp_path, postgres):
    url, ledger = postgres.schema(), tmp_path / "batch" / ".marbre" / "ledger.sqlite3"
    (tmp_path / "in").mkdir()
    for seed in sorted(SEEDS.glob("*.txt"))[:3]:
        shutil.copy(seed, tmp_path / "in")
    words = ("--out", tmp_path / "batch", "--model", "scripted")
    with ModelServer() as server:
        marbre("batch", tmp_path / "in", *words, "--now", NOW, "--base-url", server.base_url, **PLAIN)
        with_the_same_answers(ledger, url)
        submitted(url, tmp_path / "in")
        worked(url, server)
        exported(tmp_path / "export", url, NOW)
        change(tmp_path / "in")
        local = marbre("refresh", *words, "--now", LATER, "--base-url", server.base_url, **PLAIN)
        assert local.code == 3, local.err
        with_the_same_answers(ledger, url)
        asked = len(server.calls)
        assert_it_is_deferred_once(url)
        told = worked(url, server)
        assert "002_44b7f2dba8646b0b.txt: written" in told
        assert len(server.calls) == asked, "the answers are remembered"
        again = refresh(url)
        assert (again.code, again.json["totals"]["unchanged"]) == (0, 3)
        assert exported(tmp_path / "export", url, LATER) == [SLUG]
        assert files_below(tmp_path / "export") == files_below(tmp_path / "batch")
        page = (tmp_path / "export" / SLUG / "article.html").read_text(encoding="utf-8")
        assert "Mise à jour du 3" in page
        assert (tmp_path / "export" / SLUG / "history" / "1" / "difference.txt").is_file()
        assert_workers_look_by_themselves(url, server)


def assert_it_is_deferred_once(url):
    """Looked at here, with the files of this machine; nothing is asked of a model, and a second look adds nothing."""
    dry = refresh(url, "--dry-run")
    assert [p["folder"] for p in dry.json["pieces"] if p["due"]] == [SLUG]
    ran = refresh(url)
    assert "1 is due, 1 job was added." in ran.err
    assert (ran.code, ran.json["totals"]["waiting"], ran.json["totals"]["unchanged"]) == (0, 1, 2)
    (due,) = [p for p in ran.json["pieces"] if p["status"] == "waiting"]
    assert (due["folder"], due["why"].split(":")[0]) == (SLUG, "source_changed")
    again = refresh(url)
    assert (again.code, again.json["totals"]["waiting"]) == (0, 0)
    assert "0 jobs were added" in again.err
    assert marbre("status", "--ledger", url, **PLAIN).out.startswith("waiting  1")


def assert_workers_look_by_themselves(url, server):
    """By now, whenever that is, words of two pieces are stale: of two workers one looks at each tick."""
    words = ("--refresh-cron", "* * * * *", "--log", "json", "--until-empty")
    run = ("worker", "--ledger", url, "--base-url", server.base_url, "--concurrency", "1", *words)
    both = [
        subprocess.Popen(command(*run), stderr=subprocess.PIPE, env=environment(**PLAIN)) for _ in range(2)
    ]
    lines = [json.loads(line) for each in both for line in each.communicate(timeout=100)[1].splitlines()]
    assert [each.returncode for each in both] == [0, 0], lines
    rounds = [line for line in lines if line["event"] == "refresh"]
    ticks = sql(url, "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'marbre.look'").rowcount
    assert ticks == len(rounds) >= 1
    assert {each["looked_at"] for each in rounds} == {3}
    added = sum(each["deferred"] for each in rounds)
    assert sum(line["event"] == "article" for line in lines) == added >= 2
