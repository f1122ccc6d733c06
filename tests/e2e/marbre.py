"""Running the real program, as a user does."""

import gc
import io
import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from pipeline import crew
from pipeline.cli import main
from tests.languagetool import shared

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
REFERENCES = ROOT / "tests" / "reference"
_LONGEST = 120  # seconds of one command
NOW = "2026-01-31T09:00:00+01:00"
TWO = ("--limit", "2")
"""Articles, where more would show no more: a run does them in one thread, and has no processes to start."""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def command(*words):
    return [sys.executable, "-m", "pipeline", *map(str, words)]


def environment(**more):
    """Of the program under test. LanguageTool is the session's: starting one costs ten seconds."""
    if "MARBRE_GRAMMAR" not in more and "MARBRE_LANGUAGETOOL_URL" not in more:
        more["MARBRE_LANGUAGETOOL_URL"] = shared.url()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MARBRE_", "OPENAI_"))}
    return clean | {"COLUMNS": "200"} | more


def marbre(*words, cwd=ROOT, stdin=b"", **env):
    """What the command does, done in this process: to start one and read the seeds anew costs three seconds a time.

    The same `main` with the same arguments, environment and streams; the work of many articles is done in a thread,
    as that of few always is. What needs a process of its own (a signal, a start, bytes that no cache helped to make)
    calls `program`.
    """
    out, err = (
        io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors=errors, write_through=True)
        for errors in ("strict", "backslashreplace")  # as Python has them
    )
    collects = gc.isenabled()
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, environment(**env), clear=True))
        stack.enter_context(patch.object(sys, "argv", ["marbre", *map(str, words)]))
        stack.enter_context(patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")))
        stack.enter_context(patch.object(crew, "_FEW", sys.maxsize))
        stack.enter_context(shared.asked_once())
        stack.enter_context(chdir(cwd))
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        stack.enter_context(_at_most(_LONGEST))
        try:
            code = int(main())
        finally:
            if collects:
                gc.enable()  # a command that ends soon does without
    return Ran(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))


@contextmanager
def _at_most(seconds):
    """A command that never ends fails its test, as a process would."""

    def give_up(*_):
        raise TimeoutError(f"not through after {seconds} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def program(*words, cwd=ROOT, stdin=None, **env):
    """The same in a process of its own."""
    done = subprocess.run(
        command(*words),
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=_LONGEST,
        env=environment(**env),
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def batch_words(out, server):
    """The five seeds, written by the scripted model, told as JSON."""
    asked = ("--base-url", server.base_url, "--model", "scripted", "--format", "json")
    return ("batch", SEEDS, "--out", out, *asked)


def batch(out, server, *more, **env):
    return marbre(*batch_words(out, server), *more, **env)


def started_batch(out, server, *more, **env):
    """The same under way, to be killed or interrupted."""
    return subprocess.Popen(
        command(*batch_words(out, server), *more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(**env),
        text=True,
        # A test runner may ignore Ctrl-C, and a child would inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )


def bytes_of(folder):
    """Every file under a folder but the ledger's, as bytes."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and ".marbre" not in p.parts
    }
