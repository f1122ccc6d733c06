"""What a worker has in hand lies in a folder of its own, which nobody finds there once it has ended, however it did."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from pipeline.errors import StorageError
from pipeline.schedule import lock
from pipeline.workers import scratch as rooms
from pipeline.workers.scratch import scratch, sweep
from tests.e2e.marbre import ROOT, environment

WORKER = """
import sys, time
from pathlib import Path
from pipeline.workers.scratch import scratch
with scratch(Path(sys.argv[1])) as place:
    (place / "piece").mkdir()
    (place / "piece" / "article.md").write_text("x")
    print(place, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def started(tmp_path):
    """A worker's process, and its folder."""
    processes = []

    def start():
        words = [sys.executable, "-c", WORKER, str(tmp_path)]
        process = subprocess.Popen(words, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True)
        processes.append(process)
        assert process.stdout
        return process, tmp_path / process.stdout.readline().strip()

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def test_the_next_worker_takes_away_what_a_killed_one_left_and_nothing_of_a_living_one(started, tmp_path):
    killed, left = started()
    _, other = started()
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert (left / "piece" / "article.md").is_file()
    with scratch(tmp_path) as mine:
        assert not left.exists()
        assert (other / "piece" / "article.md").is_file()
        sweep(tmp_path)
        assert mine.is_dir()
    assert list(tmp_path.iterdir()) == [other]


def test_what_has_no_lock_or_is_a_link_or_somebody_elses_is_left_alone(tmp_path, monkeypatch):
    private = tmp_path / "private"
    private.mkdir()
    (private / ".worker").touch()
    (tmp_path / "marbre-worker-older").mkdir()
    (tmp_path / "marbre-worker-file").write_text("x", encoding="utf-8")
    (tmp_path / "marbre-worker-link").symlink_to(private)
    before = sorted(tmp_path.rglob("*"))
    sweep(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before
    theirs = tmp_path / "marbre-worker-theirs"
    theirs.mkdir()
    (theirs / ".worker").touch()
    with monkeypatch.context() as patched:
        patched.setattr(os, "geteuid", lambda: -1)
        sweep(tmp_path)
    assert theirs.is_dir()
    sweep(tmp_path)
    assert not theirs.exists()


def test_a_folder_that_was_swept_before_it_was_locked_is_made_anew(tmp_path, monkeypatch):
    taken: list[Path] = []
    locked = lock.held

    def late(path, what):
        """Somebody has swept just then: the lock is one on a file that is there no more."""
        if taken:
            return locked(path, what)
        taken.append(path.parent)
        shutil.rmtree(path.parent)
        return nullcontext()

    monkeypatch.setattr(rooms, "held", late)
    with scratch(tmp_path) as place:
        assert place.is_dir()
        assert [place] != taken
    assert list(tmp_path.iterdir()) == []


def test_where_no_folder_can_be_made_one_line_says_so(tmp_path):
    with pytest.raises(StorageError, match="TMPDIR names another place"), scratch(tmp_path / "none"):
        pass
