"""LanguageTool in whole runs: it is there, it is missing, it is killed."""

import json
import os
import signal
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.languagetool import installed, java
from tests.e2e.marbre import REFERENCES, SEEDS, batch, marbre, started_batch
from tests.languagetool import shared
from tests.languagetool.mistakes import PLANTED, plant
from tests.model_server import Fault, ModelServer
from tests.waiting import wait_for

NAME = "000_7fd1b95d1a6cabb8"


def children(pid):
    """The process ids of all that a process started, their own included."""
    found = [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(p) for p in (task / "children").read_text().split()]
    return sorted(set(found))


def servers(run, killed):
    """The Java processes of a run that can be asked."""
    return [pid for pid in children(run) if pid not in killed and listens(pid)]


def listens(pid):
    with suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        if b"--port" in words:
            socket.create_connection(("127.0.0.1", int(words[words.index(b"--port") + 1])), timeout=5).close()
            return True
    return False


def test_planted_mistakes_block_in_the_command_too(tmp_path):
    text, places = plant((REFERENCES / f"{NAME}.md").read_text(encoding="utf-8"), PLANTED[NAME])
    piece = tmp_path / "article.md"
    piece.write_text(text, encoding="utf-8")
    ran = marbre("check", piece, "--source", SEEDS / f"{NAME}.txt", "--format", "json")
    assert ran.code == 3
    blocking = [f["where"] for f in ran.json["findings"] if (f["code"], f["severity"]) == ("GRA001", "block")]
    found = [any(w["start"] < end and start < w["end"] for w in blocking) for start, end in places]
    assert sum(found) >= 8
    assert all(text[w["start"] : w["end"]] == w["text"] for w in blocking)


def test_a_piece_written_without_java_is_proofread_once_there_is_one(tmp_path):
    bare = {"MARBRE_LANGUAGETOOL_URL": "", "MARBRE_LANGUAGETOOL": str(tmp_path / "nothing")}
    with ModelServer() as server:
        without = batch(tmp_path / "out", server, **bare)
        assert without.code == 3
        assert {tuple(p["not_run"]) for p in without.json["pieces"]} == {("GRA",)}
        report = next((tmp_path / "out").glob("*/report.json")).read_text(encoding="utf-8")
        assert "python -m pipeline.languagetool" in json.loads(report)["not_run"][0]["why"]
        again = batch(tmp_path / "out", server, **bare)
        assert {p["status"] for p in again.json["pieces"]} == {"unchanged"}
        there = batch(tmp_path / "out", server)
        assert there.code == 0
        assert {p["why"] for p in there.json["pieces"]} == {"grammar was not checked"}
        assert there.json["totals"]["calls"]["paid"] == 0
        once_more = batch(tmp_path / "out", server)
    assert {p["status"] for p in once_more.json["pieces"]} == {"unchanged"}


def test_no_grammar_is_a_choice_that_leaves_no_piece_ready(tmp_path):
    piece = REFERENCES / f"{NAME}.md"
    ran = marbre("check", piece, "--source", SEEDS / f"{NAME}.txt", "--no-grammar", "--format", "json")
    assert ran.code == 3
    assert [n["family"] for n in ran.json["not_run"]] == ["GRA"]


def test_a_rule_the_settings_list_blocks_alone(tmp_path):
    piece = tmp_path / "article.md"
    text = "---\ntitle: Un\n---\n\n# La crèche ouvre\n\n## Un vote serré\n\nLes élu de la ville ont voté.\n"
    piece.write_text(text, encoding="utf-8")
    settings = tmp_path / "marbre.toml"
    settings.write_text('[grammar]\nblocks = ["D_N_E_OU_E"]\n', encoding="utf-8")
    words = ("check", piece, "--words", "3", "--format", "json")
    mild = [f for f in marbre(*words).json["findings"] if f["family"] == "GRA"]
    hard = [f for f in marbre(*words, "--settings", settings).json["findings"] if f["family"] == "GRA"]
    assert [f["severity"] for f in mild] == ["warn"]
    assert [f["severity"] for f in hard] == ["block"]


@pytest.mark.parametrize("lives", [1, 2])
def test_killed_in_mid_batch_it_is_started_again_or_said_to_be_missing(tmp_path, lives):
    """The last article waits until it was killed as often as it shall be; with two, the other asks it meanwhile."""
    shared.grammar()  # skips where there is none
    assert installed()
    assert java.find()
    last = sorted(SEEDS.glob("*.txt"))[lives - 1].stem
    with ModelServer([Fault("timeout", variant="held", stage="write", seed=last)]) as server:
        run = started_batch(tmp_path, server, "--limit", lives, MARBRE_LANGUAGETOOL_URL="")
        killed: list[int] = []
        for _ in range(lives):
            wait_for(lambda: servers(run.pid, killed), 100)
            (pid,) = servers(run.pid, killed)
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)
        server.release()
        out, _ = run.communicate(timeout=120)
    pieces = json.loads(out)["pieces"]
    assert [p["status"] for p in pieces] == ["written"] * lives
    assert {tuple(p["not_run"]) for p in pieces} == ({()} if lives == 1 else {("GRA",)})
    assert run.returncode == (0 if lives == 1 else 3)
