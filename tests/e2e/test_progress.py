"""What a person sees of an answer while it is written: a count on a terminal, nothing on a pipe."""

import os
import pty
import subprocess

from tests.e2e.marbre import SEEDS, command, environment, marbre
from tests.model_server import ModelServer

SEED = SEEDS / "002_44b7f2dba8646b0b.txt"


def words(server, out):
    return ("rewrite", SEED, "--out", out, "--base-url", server.base_url, "--model", "scripted")


def test_a_terminal_shows_how_much_has_been_written(tmp_path):
    ours, theirs = pty.openpty()
    with ModelServer(latency=0.6, first_token=0.1) as server:
        running = subprocess.Popen(
            command(*words(server, tmp_path)),
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            env=environment(MARBRE_GRAMMAR="false", TERM="xterm"),
        )
        os.close(theirs)
        seen = b""
        try:
            while part := os.read(ours, 4096):
                seen += part
        except OSError:  # how Linux says that nobody writes to a terminal any more
            pass
        finally:
            os.close(ours)
        assert running.wait() == 3, "without grammar no piece is ready"
    assert b"characters written" in seen


def test_a_pipe_gets_one_line_an_article(tmp_path):
    with ModelServer() as server:
        ran = marbre(*words(server, tmp_path), MARBRE_GRAMMAR="false")
    assert "characters" not in ran.err
    assert len(ran.err.splitlines()) == 2
