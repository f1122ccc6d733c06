"""What a person sees of an answer while it is written: a count on a terminal, nothing on a pipe."""

import os
import pty
import re
import shutil
import signal
import subprocess
from contextlib import suppress

from tests.e2e.marbre import SEEDS, command, environment, marbre
from tests.model_server import Fault, ModelServer
from tests.waiting import wait_for

SEED = SEEDS / "002_44b7f2dba8646b0b.txt"


def words(server, out):
    return ("rewrite", SEED, "--out", out, "--base-url", server.base_url, "--model", "scripted")


def on_a_terminal(*words, **env):
    """The program with a terminal for its messages: it, and our end of that."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        command(*words),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=environment(MARBRE_GRAMMAR="false", TERM="xterm", **env),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    os.close(theirs)
    return running, ours


def shown(ours):
    """All that is written to the terminal until its end."""
    seen = shown_up_to(None, ours)
    os.close(ours)
    return seen


def shown_up_to(words, ours):
    seen = b""
    with suppress(OSError):  # how Linux says that nobody writes to a terminal any more
        while part := os.read(ours, 4096):
            seen += part
            if words and words.encode() in seen:
                break
    return seen.decode(errors="replace")


def test_a_terminal_shows_how_much_has_been_written(tmp_path):
    with ModelServer(latency=0.6, first_token=0.1) as server:
        running, ours = on_a_terminal(*words(server, tmp_path))
        seen = shown(ours)
        assert running.wait() == 3, "without grammar no piece is ready"
    assert "characters written" in seen


def test_a_terminal_shows_what_became_of_articles_what_was_spent_and_how_long_it_will_take(tmp_path):
    settings = tmp_path / "marbre.toml"
    settings.write_text(
        "[models.scripted.price]\ninput = 1.0\ncached = 0.1\noutput = 2.0\ndate = 2026-01-01\nsource = 'a contract'\n"
    )
    (tmp_path / "in").mkdir()
    for name in ("002_44b7f2dba8646b0b", "004_1ac56a06fa62bc08"):
        shutil.copy(SEEDS / f"{name}.txt", tmp_path / "in")
    (tmp_path / "in" / "short.txt").write_text("Trop court.")
    with ModelServer(latency=0.2) as server:
        asked = (
            "batch",
            tmp_path / "in",
            "--out",
            tmp_path / "out",
            "--base-url",
            server.base_url,
            "--model",
            "scripted",
        )
        running, ours = on_a_terminal(*asked, "--settings", settings, COLUMNS="160")
        seen = shown(ours)
        assert running.wait() == 4, "one is too short"
    for told in ("1/3", "3/3", "2 needs work", "1 failed", "USD spent", " left, "):
        assert told in seen
    assert re.search(r"\d+ (?:a minute|an hour)", seen)


def test_a_terminal_has_its_cursor_back_after_ctrl_c_twice(tmp_path):
    with ModelServer([Fault("timeout", variant="held")]) as server:
        running, ours = on_a_terminal(*words(server, tmp_path))
        wait_for(lambda: server.calls)
        running.send_signal(signal.SIGINT)
        seen = shown_up_to("Stopping", ours)
        running.send_signal(signal.SIGINT)
        seen += shown(ours)
        assert running.wait() == 130
    assert seen.rindex("\x1b[?25h") > seen.rindex("\x1b[?25l")
    assert seen.strip().splitlines()[-1].startswith("marbre: interrupted; ")


def test_a_pipe_gets_one_line_an_article(tmp_path):
    with ModelServer() as server:
        ran = marbre(*words(server, tmp_path), MARBRE_GRAMMAR="false")
    assert "characters" not in ran.err
    assert len(ran.err.splitlines()) == 2
