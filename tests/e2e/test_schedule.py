"""A schedule as it runs for months, for some seconds: the real program, the scripted model, and signals."""

import json
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.e2e.marbre import NOW, SEEDS, bytes_of, command, environment, marbre
from tests.e2e.test_refresh import CHANGED, SLUG, UNREAD, change, said, words
from tests.model_server import Fault, ModelServer
from tests.waiting import wait_for


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """The five seeds, written by the scripted model now: a schedule's runs go by the time there is."""
    folder = tmp_path_factory.mktemp("scheduled")
    shutil.copytree(SEEDS, folder / "in")
    with ModelServer() as server:
        ran = marbre(*words(folder, server, "batch", folder / "in"), **UNREAD)
    assert ran.json["totals"]["written"] == 5, ran.err
    return folder


@pytest.fixture
def written(batch):
    """As it was when the test began, at its place: the ledger knows sources by their paths."""
    kept = batch.with_name(f"{batch.name}-kept")
    shutil.copytree(batch, kept, copy_function=shutil.copy2)
    yield batch
    shutil.rmtree(batch)
    kept.rename(batch)


@dataclass
class Running:
    """A schedule under way; its lines go to a file, so that no pipe holds it up."""

    process: subprocess.Popen[bytes]
    log: Path

    def said(self):
        return self.log.read_text(encoding="utf-8")

    def runs(self):
        return self.said().count("the refresh ended with exit code")

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture
def started(tmp_path):
    running: list[Running] = []

    def start(folder, server, *more):
        log = tmp_path / f"log{len(running)}"
        with log.open("wb") as file:
            process = subprocess.Popen(
                command("refresh", *words(folder, server)[:-2], *more),
                stdout=subprocess.DEVNULL,
                stderr=file,
                env=environment(**UNREAD, MARBRE_RETRIES="0"),
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
            )
        running.append(Running(process, log))
        return running[-1]

    yield start
    for each in running:
        each.process.kill()
        each.process.wait()


def schedule(folder):
    return json.loads((folder / "out" / ".marbre" / "ledger.schedule.json").read_text())


def health(folder):
    return marbre("schedule", "health", "--out", folder / "out", **UNREAD)


def metrics(path):
    families = text_string_to_metric_families(path.read_text())
    return {(s.name, *s.labels.values()): s.value for f in families for s in f.samples}


def test_a_schedule_runs_writes_what_is_due_tells_how_it_fares_and_stops_when_asked(
    written, started, tmp_path
):
    prom = tmp_path / "marbre.prom"
    with ModelServer() as server:
        kept = started(written, server, "--every", "2s", "--metrics", prom)
        wait_for(lambda: "next run at" in kept.said())
        assert server.calls == (), "the first run is at the first time, not at the start"
        second = started(written, server, "--every", "6h")
        assert second.process.wait(60) == 4
        assert "Another schedule for this ledger is under way" in second.said()
        wait_for(lambda: kept.runs() >= 1, 60)
        change(written)
        wait_for(lambda: "1 written" in kept.said(), 60)
        well = health(written)
        code = kept.stop()
        asked = len(server.calls)
    assert well.code == 0, well.err
    assert "the last refresh ended with exit code" in well.out
    assert (code, asked) == (0, 1), kept.said()
    assert "410 millions" in said(written / "out" / SLUG / "article.md")
    assert kept.said().splitlines()[-1].endswith("stopped")
    assert schedule(written)["state"] == "stopped"
    told = metrics(prom)
    assert told["marbre_refresh_pieces_written_total",] == 1.0
    assert told["marbre_refresh_runs_total", "failed"] == 0.0
    assert told["marbre_pieces", "ready_for_review"] + told["marbre_pieces", "needs_work"] == 5.0
    ill = health(written)
    assert (ill.code, "no schedule is running" in ill.err) == (4, True)


def test_a_server_that_is_down_ends_no_schedule_and_ctrl_c_is_130(written, started):
    change(written)
    with ModelServer() as server:
        pass
    kept = started(written, server, "--every", "1s", "--at-once")
    wait_for(lambda: kept.said().count("exit code 4") >= 2, 90)
    assert kept.stop(signal.SIGINT) == 130
    assert "Traceback" not in kept.said()
    assert "325 millions" in said(written / "out" / SLUG / "article.md")


def test_asked_to_stop_in_the_middle_it_finishes_the_piece_under_way(written, started):
    change(written)
    with ModelServer(latency=2.0) as server:
        kept = started(written, server, "--every", "1h", "--at-once")
        wait_for(lambda: server.calls, 60)
        assert kept.stop() == 0
        assert len(server.answered()) == len(server.calls) == 1
    assert "1 written" in kept.said()
    assert "410 millions" in said(written / "out" / SLUG / "article.md")


def test_past_its_grace_it_is_left_as_it_was_and_the_next_run_finishes_it(written, started):
    change(written)
    before = bytes_of(written / "out")
    with ModelServer([Fault("timeout", variant="held")]) as server:
        kept = started(written, server, "--every", "1h", "--at-once", "--grace", "1s")
        wait_for(lambda: server.calls, 60)
        assert kept.stop() == 0
    assert "exit code 130" in kept.said()
    assert bytes_of(written / "out") == before


def test_two_refreshes_at_once_are_one_and_a_word(written):
    change(written)
    with ModelServer([Fault("timeout", variant="held")]) as server:
        one = subprocess.Popen(
            command("refresh", *words(written, server)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(**UNREAD),
        )
        wait_for(lambda: server.calls, 60)
        two = marbre("refresh", *words(written, server), **UNREAD)
        assert (two.code, "Another refresh of this ledger is under way" in two.err) == (4, True)
        server.release()
        one.communicate()
        assert len(server.calls) == 1
    assert "410 millions" in said(written / "out" / SLUG / "article.md")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--every", "6h", "--cron", "0 6 * * *"), "exclude each other"),
        (("--every", "soon"), "is no time to wait"),
        (("--cron", "0 6 * *"), "has not five fields"),
        (("--jitter", "5m"), "There is no schedule"),
        (("--every", "6h", "--dry-run"), "--dry-run is for one refresh"),
        (("--every", "6h", "--now", NOW), "--now is for one refresh"),
        (("--every", "6h", "--time-zone", "Europe/Ys"), "no such time zone"),
        (("--metrics", "no/such/folder/m.prom"), "There is no folder"),
    ],
)
def test_what_no_schedule_can_be_is_told_before_the_first_wait(written, more, told):
    ran = marbre("refresh", "--out", written / "out", *more, **UNREAD)
    assert ran.code == 2
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("what", ["ledger", "source", "link", "folder"])
def test_metrics_take_no_other_file_s_place(written, tmp_path, what):
    """It was replaced: a ledger with all its answers, a source, a settings file."""
    file = {
        "ledger": written / "out/.marbre/ledger.sqlite3",
        "source": written / "in" / CHANGED,
        "link": tmp_path / "link",
        "folder": tmp_path,
    }[what]
    if what == "link":
        file.symlink_to("/dev/null")
    before = file.read_bytes() if what in ("ledger", "source") else b""
    ran = marbre("refresh", "--out", written / "out", "--metrics", file, **UNREAD)
    assert (ran.code, "holds no metrics" in ran.err) == (2, True)
    assert len(ran.err.splitlines()) == 1
    assert what not in ("ledger", "source") or file.read_bytes() == before
    assert what != "link" or file.is_symlink()


def test_no_ledger_is_told_at_once(tmp_path):
    ran = marbre("refresh", "--out", tmp_path, "--every", "6h", **UNREAD)
    assert (ran.code, "There is no ledger" in ran.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_units_hold_the_options_that_were_given_and_no_others(tmp_path):
    shown = marbre(
        "schedule",
        "cron",
        "--cron",
        "0 6 * * 1-5",
        "--limit",
        "20",
        "--also",
        "model",
        "--also",
        "prompt",
        "--no-grammar",
        **UNREAD,
    )
    assert shown.code == 0, shown.err
    assert shown.out.startswith("0 6 * * 1-5 cd ")
    assert shown.out.rstrip().endswith("refresh --limit=20 --also=model --also=prompt --no-grammar; }")
    assert "MARBRE_GRAMMAR of this shell" in shown.err
    wrote = marbre("schedule", "systemd", "--every", "6h", "--limit", "20", "--to", tmp_path, **UNREAD)
    assert wrote.code == 0, wrote.err
    assert '"refresh" "--limit=20"\n' in (tmp_path / "marbre-refresh.service").read_text()
    assert "OnUnitActiveSec=21600\n" in (tmp_path / "marbre-refresh.timer").read_text()
