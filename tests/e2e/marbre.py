"""Running the real program, as a user does."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.languagetool import shared

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
REFERENCES = ROOT / "tests" / "reference"
NOW = "2026-01-31T09:00:00+01:00"


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


def marbre(*words, cwd=ROOT, stdin=None, **env):
    done = subprocess.run(
        command(*words),
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=120,
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
