"""Several workers over a real Postgres: the same pieces as one batch, and nothing lost with a worker or the server."""

import json
import re
import signal
import subprocess
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from sqlalchemy import select, text

from pipeline.ledger import Ledger
from pipeline.ledger_schema import CALLS
from pipeline.publish.folder import FILES
from pipeline.workers import takeover
from tests.e2e.marbre import NOW, REFERENCES, SEEDS, command, environment, marbre
from tests.model_server import Fault, ModelServer
from tests.reprints import LEDES, paragraphs, reprinted
from tests.reprints import SEEDS as TEXTS
from tests.waiting import wait_for

PLAIN = {"MARBRE_GRAMMAR": "false"}


def started(url, server, *more):
    words = ("worker", "--ledger", url, "--base-url", server.base_url, "--concurrency", "1", *more)
    return subprocess.Popen(command(*words), stderr=subprocess.PIPE, env=environment(**PLAIN))


def submitted(url, *targets):
    """`targets`, and options."""
    ran = marbre(
        "submit", *targets, "--ledger", url, "--model", "scripted", "--now", NOW, "--format", "json", **PLAIN
    )
    assert ran.code == 0, ran.err
    return ran.json


def files_below(folder: Path) -> dict[str, bytes]:
    """What is there for people, and for their sites; nothing that belongs to a ledger."""
    found = (p for p in sorted(folder.rglob("*")) if p.is_file() and ".marbre" not in p.parts)
    return {str(p.relative_to(folder)): p.read_bytes() for p in found}


def sql(url, statement):
    ledger = Ledger(url)
    try:
        with ledger.connect() as connection:
            return connection.execute(text(statement) if isinstance(statement, str) else statement)
    finally:
        ledger.close()


def sql_rows(url, statement):
    with closing(Ledger(url)) as ledger, ledger.connect() as connection:
        return connection.execute(text(statement)).all()


def with_the_same_answers(sqlite: Path, url: str) -> None:
    there, here = Ledger(f"sqlite:///{sqlite}"), Ledger(url)
    with there.connect() as old, here.connect() as new:
        new.execute(CALLS.insert(), [dict(row) for row in old.execute(select(CALLS)).mappings()])
    there.close()
    here.close()


def test_the_seeds_through_two_workers_are_the_bytes_that_batch_writes(tmp_path, postgres):
    url, queries = postgres.schema(), tmp_path / "queries.csv"
    queries.write_text("requête;volume\noffensive ukrainienne;1200\ntarte aux pommes;90\n", encoding="utf-8")
    own = ("--keyphrases", queries)
    words = ("--out", tmp_path / "batch", "--model", "scripted", "--now", NOW, "--format", "json", *own)
    with ModelServer() as server:
        ran = marbre("batch", SEEDS, *words, "--base-url", server.base_url, **PLAIN)
        with_the_same_answers(tmp_path / "batch" / ".marbre" / "ledger.sqlite3", url)
        asked = len(server.calls)
        told = submitted(url, SEEDS, *own)
        assert (told["new"], told["keyphrases"]) == (5, ran.json["keyphrases"])
        again = submitted(url, SEEDS, *own)
        assert (again["new"], again["again"], again["known"]) == (0, 0, 5)
        both = [started(url, server, "--until-empty") for _ in range(2)]
        told = [worker.communicate(timeout=100)[1].decode() for worker in both]
        assert [worker.returncode for worker in both] == [0, 0], told
        assert len(server.calls) == asked, "the answers are remembered"
    ran = exported(tmp_path / "export", url)
    assert ran.code == 3, ran.err  # without grammar no piece is ready
    assert (ran.json["pieces"], len(ran.json["written"]), ran.json["failed"]) == (5, 5, 0)
    assert files_below(tmp_path / "export") == files_below(tmp_path / "batch")
    assert_an_export_leaves_the_folders_of_others_alone(tmp_path, url)
    assert_an_export_leaves_what_is_there(tmp_path, url)
    assert_an_export_of_another_ledger_takes_nothing_away(tmp_path, postgres.schema())


def test_reprints_and_a_folder_of_background_come_to_what_batch_makes_of_them(tmp_path, postgres):
    """Each story stands beside its reprint, so that two workers have them at the same moment."""
    url, folder = postgres.schema(), tmp_path / "in"
    folder.mkdir()
    for n, (seed, path) in enumerate(list(TEXTS.items())[-2:]):
        (folder / f"{n}a.txt").write_bytes(path.read_bytes())
        again = "\n\n".join(reprinted(paragraphs(seed), LEDES[seed]))
        (folder / f"{n}b.txt").write_text(again, encoding="utf-8")
    words = ("--out", tmp_path / "batch", "--model", "scripted", "--now", NOW, "--related", SEEDS)
    with ModelServer() as server:
        ran = marbre("batch", folder, *words, "--base-url", server.base_url, "--format", "json", **PLAIN)
        with_the_same_answers(tmp_path / "batch" / ".marbre" / "ledger.sqlite3", url)
        asked = len(server.calls)
        submitted(url, folder, "--related", SEEDS)
        both = [started(url, server, "--until-empty") for _ in range(2)]
        told = [worker.communicate(timeout=100)[1].decode() for worker in both]
        assert [worker.returncode for worker in both] == [0, 0], told
        assert len(server.calls) == asked, "the answers are remembered"
    of_batch = {Path(each["source"]).name: (each["status"], each["why"]) for each in ran.json["pieces"]}
    rows = sql_rows(url, "SELECT ref, status, why FROM work_items")
    assert {Path(row.ref).name: (row.status, row.why) for row in rows} == of_batch
    statuses = Counter(status for status, _ in of_batch.values())
    assert statuses["written"] == statuses["near_duplicate"] == len(of_batch) / 2
    exported(tmp_path / "export", url)
    assert files_below(tmp_path / "export") == files_below(tmp_path / "batch")


def test_another_file_of_queries_has_those_written_again_whose_keyphrase_is_another(tmp_path, postgres):
    url, folder = postgres.schema(), sources(tmp_path / "in", 3)
    plain = ("--writer", "offline", "--now", NOW, "--format", "json")
    for queries in ("offensive ukrainienne\n", "sommet de l’Otan\noffensive ukrainienne\n", ""):
        file = tmp_path / "queries.csv"
        file.write_text(queries, encoding="utf-8")
        own = (*plain, "--keyphrases", file) if queries else plain
        ran = marbre("batch", folder, "--out", tmp_path / "batch", *own, **PLAIN).json
        told = marbre("submit", folder, "--ledger", url, *own, **PLAIN).json
        assert told["new"] + told["again"] == ran["totals"]["written"]
        assert told.get("keyphrases") == ran.get("keyphrases")
        ended = marbre("worker", "--ledger", url, "--concurrency", "1", "--until-empty", **PLAIN)
        assert ended.code == 0, ended.err
    exported(tmp_path / "export", url)
    now, expected = files_below(tmp_path / "export"), files_below(tmp_path / "batch")
    # An export links the last version alone; a run of batch links each at its end.
    assert {n: b for n, b in now.items() if "history" not in n} == {
        n: b for n, b in expected.items() if "history" not in n
    }


def test_an_archive_finds_for_a_worker_what_it_finds_for_batch(tmp_path, postgres):
    """One after the other, since each is held against those written before."""
    url, archive = postgres.schema(), tmp_path / "archive"
    archive.mkdir()
    for path in sorted(REFERENCES.glob("*.md"))[:2]:
        printed = re.sub(r"(?m)^slug: .*", f"slug: paru-{path.stem[:3]}", path.read_text(encoding="utf-8"))
        (archive / path.name).write_text(printed, encoding="utf-8")
    folder, own = sources(tmp_path / "in", 3), ("--archive", archive)
    words = ("--out", tmp_path / "batch", "--model", "scripted", "--now", NOW, "--concurrency", "1", *own)
    with ModelServer() as server:
        marbre("batch", folder, *words, "--base-url", server.base_url, **PLAIN)
        with_the_same_answers(tmp_path / "batch" / ".marbre" / "ledger.sqlite3", url)
        asked = len(server.calls)
        submitted(url, folder, *own)
        (archive / "nothing.md").write_text("", encoding="utf-8")
        assert submitted(url, folder, *own)["known"] == 3, "an archive that changed is no other setting"
        (archive / "nothing.md").unlink()
        submitted(url, folder, *own)
        worker = started(url, server, "--until-empty")
        told = worker.communicate(timeout=100)[1].decode()
        assert worker.returncode == 0, told
        assert len(server.calls) == asked, "the answers are remembered"
    exported(tmp_path / "export", url)
    assert files_below(tmp_path / "export") == files_below(tmp_path / "batch")
    reports = [json.loads(path.read_text()) for path in (tmp_path / "export").glob("*/report.json")]
    assert sorted(report["metrics"]["archive_pieces"] for report in reports) == [2, 3, 4]
    assert sum(f["code"] == "ORI005" for report in reports for f in report["findings"])


def exported(out, url):
    return marbre("export", "--out", out, "--ledger", url, "--now", NOW, "--format", "json", **PLAIN)


def assert_an_export_leaves_what_is_there(tmp_path, url):
    """The second time nothing is written; what somebody edited stays when the ledger has another version of it."""
    piece = next((tmp_path / "export").glob("*/article.md"))
    edited = f"{piece.read_text(encoding='utf-8')}\nUne phrase de la rédaction.\n"
    piece.write_text(edited, encoding="utf-8")
    before = files_below(tmp_path / "export")
    sql(url, f"DELETE FROM work_files WHERE slug = '{piece.parent.name}' AND name = 'report.html'")
    told = exported(tmp_path / "export", url).json
    assert (told["written"], told["edited"]) == ([], [piece.parent.name])
    assert files_below(tmp_path / "export") == before


def assert_an_export_of_another_ledger_takes_nothing_away(tmp_path, url):
    """It does not know these pieces, and may not take them for working drafts that gave their places up. Nor does an
    export take the place of a folder that it has not made.
    """
    submitted(url, SEEDS)
    before = {name: data for name, data in files_below(tmp_path / "export").items() if "/" in name}
    assert exported(tmp_path / "export", url).json["pieces"] == 0
    assert before
    assert {n: data for n, data in files_below(tmp_path / "export").items() if "/" in n} == before


def assert_an_export_leaves_the_folders_of_others_alone(tmp_path, url):
    slugs = sorted(p.parent.name for p in (tmp_path / "batch").glob("*/article.md"))
    site, notes = tmp_path / "site", tmp_path / "notes"
    (site / slugs[0] / "history").mkdir(parents=True)
    (site / slugs[0] / "history" / "plan.txt").write_text("à garder", encoding="utf-8")
    (site / slugs[1]).write_text("un fichier", encoding="utf-8")
    notes.mkdir()
    (notes / "privé.txt").write_text("à personne", encoding="utf-8")
    (site / slugs[2]).symlink_to(notes)
    before = files_below(site)
    told = exported(site, url).json
    assert sorted(told["edited"]) == slugs[:3]
    assert sorted(told["written"]) == slugs[3:]
    assert {name: data for name, data in files_below(site).items() if name in before} == before
    assert (site / slugs[2]).is_symlink()
    assert not list(site.rglob("article.md"))[len(slugs[3:]) :]


def sources(folder, number=2):
    folder.mkdir()
    for n, seed in enumerate(sorted(SEEDS.glob("*.txt"))[:number]):
        (folder / f"{n}.txt").write_bytes(seed.read_bytes())
    return folder


def silent_for_long(url):
    """As if who lives no more had been silent for long, and the server there for long: nobody waits so in a test."""
    sql(url, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    old = f"SELECT 1 WHERE now() - pg_postmaster_start_time() > interval '{takeover.LOST} s'"
    wait_for(lambda: sql(url, old).rowcount)


def test_what_a_killed_worker_had_is_finished_by_another_and_answered_calls_are_not_paid_again(
    tmp_path, postgres
):
    url = postgres.schema()
    with ModelServer([Fault("timeout", variant="mid", stage="write", times=1)]) as server:
        submitted(url, sources(tmp_path / "in"))
        first = started(url, server)
        wait_for(lambda: len([c for c in server.calls if c.kind == "write"]) >= 1, 60)
        answered = [call.sha for call in server.answered()]
        first.kill()
        first.communicate()
        silent_for_long(url)
        second = started(url, server, "--until-empty")
        told = second.communicate(timeout=100)[1].decode()
        assert second.returncode == 0, told
        assert "taken over; 1 of its workers ended" in told
        assert max(Counter(call.sha for call in server.answered()).values()) == 1, "no answered call again"
        assert answered
    ran = marbre("status", "--ledger", url, "--format", "json", **PLAIN).json
    assert ran["jobs"] == {"waiting": 0, "running": 0, "done": 2, "failed": 0}
    assert ran["calls"] == {"paid": len(server.answered())}
    assert (ran["cost"], ran["unpriced"], ran["workers"]) == (None, ran["calls"]["paid"], 0), (
        "nobody knows its price"
    )


def test_a_worker_told_to_end_gives_back_what_it_cannot_finish_and_a_server_that_restarts_loses_nothing(
    tmp_path, postgres
):
    url = postgres.schema()
    with ModelServer([Fault("timeout", variant="mid", stage="write", times=1)]) as server:
        submitted(url, sources(tmp_path / "in", 1))
        first = started(url, server, "--grace", "0.5")
        wait_for(lambda: len([c for c in server.calls if c.kind == "write"]) >= 1, 60)
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=20)
        assert first.returncode == 0
        assert marbre("status", "--ledger", url, "--format", "json", **PLAIN).json["jobs"]["waiting"] == 1
        server.latency = 1.0
        second = started(url, server, "--until-empty")
        wait_for(lambda: len([c for c in server.calls if c.kind == "write"]) >= 2, 60)  # once more
        postgres.stop()
        postgres.start()
        told = second.communicate(timeout=100)[1].decode()
        assert second.returncode == 0, told
        assert max(Counter(call.sha for call in server.answered()).values()) == 1, "no answered call again"
    ran = exported(tmp_path / "out", url).json
    assert (ran["pieces"], ran["failed"], ran["set_aside"]) == (1, 0, 0)
    for slug in ran["written"]:
        assert {p.name for p in (tmp_path / "out" / slug).iterdir()} >= set(FILES)


def test_a_server_that_is_away_for_long_costs_no_answer_and_fails_no_article(tmp_path, postgres):
    """A worker that waits for it reads nothing meanwhile: answers that are on their way wait in the pipe, however patient
    it is with a silent model.
    """
    url = postgres.schema()
    with ModelServer(latency=2.0, first_token=0.2) as server:
        submitted(url, sources(tmp_path / "in", 3))
        patience = {"MARBRE_TIMEOUT_SILENCE": "2", "MARBRE_TIMEOUT_FIRST_TOKEN": "3", "MARBRE_TIMEOUT": "5"}
        words = (
            "worker",
            "--ledger",
            url,
            "--base-url",
            server.base_url,
            "--concurrency",
            "3",
            "--until-empty",
        )
        worker = subprocess.Popen(
            command(*words), stderr=subprocess.PIPE, env=environment(**PLAIN, **patience)
        )
        wait_for(lambda: any(c.kind == "write" and c.status == "received" for c in server.calls), 60)
        postgres.stop()
        time.sleep(8)
        postgres.start()
        told = worker.communicate(timeout=100)[1].decode()
        assert worker.returncode == 0, told
        asked = Counter(call.sha for call in server.calls)
        assert max(asked.values()) == 1, (told, [c.status for c in server.calls])
    ran = marbre("status", "--ledger", url, "--format", "json", **PLAIN).json
    assert ran["jobs"] == {"waiting": 0, "running": 0, "done": 3, "failed": 0}
    assert ran["calls"] == {"paid": len(server.calls)}
