"""Hostile input at the command line: one line, the right exit code, nothing written elsewhere, no secret told."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.e2e.marbre import NOW, ROOT, SEEDS, Ran, environment, marbre, program
from tests.languagetool import shared
from tests.model_server import ModelServer

GOOD = SEEDS / "000_7fd1b95d1a6cabb8.txt"


def told(ran):
    assert "Traceback" not in ran.err
    return [line for line in ran.err.splitlines() if line.startswith(("marbre:", "Error:"))]


def quiet(*words, **more):
    return marbre(*words, MARBRE_GRAMMAR="false", **more)


@pytest.mark.parametrize(
    "words",
    [
        ("--budget", "inf"),
        ("--budget", "nan"),
        ("--budget", "1e300"),
        ("--base-url", "http://[::1"),
        ("--base-url", "http://a\udc80/v1"),
        ("--now", "0001-01-01"),
        ("--now", "9999-12-31T23:59:59-12:00"),
        ("--now", "\udc80"),
        ("--out", "a\udc80"),
        ("--tone", "\udc80"),
        ("--model", "\udc80"),
        ("--ledger", "\udc80"),
        ("--keyphrase", "\udc80"),
        ("--instructions", "@/dev/zero"),
        ("--settings", "/dev/zero"),
        ("--wait",),
    ],
    ids=lambda w: ascii(" ".join(w)),
)
def test_a_flag_that_cannot_be_is_one_line_and_2(tmp_path, words):
    given = () if "--out" in words else ("--out", tmp_path / "out")
    ran = quiet("batch", SEEDS, *given, *words, cwd=tmp_path)
    assert_one_line_and_2(ran, tmp_path)


def assert_one_line_and_2(ran, folder):
    assert ran.code == 2, ran.err
    assert len(told(ran)) == 1
    assert list(folder.iterdir()) == []


_LONG = "a" * 300


@pytest.mark.parametrize(
    "words",
    [
        ("batch", _LONG),
        ("batch", f"@{_LONG}"),
        ("batch", SEEDS, "--out", _LONG),
        ("batch", SEEDS, "--related", _LONG),
        ("check", GOOD, "--archive", _LONG),
        ("rewrite", _LONG),
        ("check", _LONG),
        ("check", GOOD, "--ack", _LONG),
        ("cost", "--out", _LONG),
        ("ledger", "backup", _LONG),
        ("doctor", "--out", _LONG),
        ("schedule", "health", "--out", _LONG),
    ],
    ids=lambda w: " ".join(map(str, w))[:30],
)
def test_a_path_that_no_file_can_have_is_one_line_and_2(tmp_path, words):
    assert_one_line_and_2(quiet(*words, cwd=tmp_path), tmp_path)


def test_words_that_are_no_utf_8_reach_the_program_as_python_gives_them_to_a_test(tmp_path):
    assert_one_line_and_2(run_bytes("batch", SEEDS, "--out", b"a\x80", cwd=tmp_path), tmp_path)


def run_bytes(*words, cwd):
    """As `marbre`, with arguments that are no UTF-8."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *(w if isinstance(w, bytes) else str(w) for w in words)],
        cwd=cwd,
        capture_output=True,
        timeout=120,
        env=environment(MARBRE_GRAMMAR="false", PYTHONPATH=str(ROOT)),
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("command", ["rewrite", "dossier"])
def test_a_folder_for_one_article_is_wrong_usage(tmp_path, command):
    ran = marbre(command, SEEDS)
    assert ran.code == 2
    assert "marbre batch" in told(ran)[0]


@pytest.mark.parametrize("what", ["/dev/zero", "pipe", "folder"])
def test_a_piece_without_end_is_not_read(tmp_path, what):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    ran = quiet("check", tmp_path / what)
    assert ran.code == 4
    assert len(told(ran)) == 1


def test_more_than_an_article_through_a_pipe_is_not_read(tmp_path):
    for words in (("rewrite", "-", "--out", tmp_path / "out"), ("check", "-"), ("dossier", "-")):
        ran = program(*words, stdin=b"a" * 20_000_001, MARBRE_GRAMMAR="false")
        assert ran.code == 4
        assert len(told(ran)) == 1
        assert "larger than" in told(ran)[0]


def test_forgetting_what_nobody_knows_is_an_error(tmp_path):
    out = tmp_path / "out"
    quiet("rewrite", GOOD, "--out", out)
    ran = quiet("forget", tmp_path / "none.txt", "--out", out)
    assert ran.code == 2
    assert "none.txt" in told(ran)[0]
    assert quiet("forget", GOOD, "--out", out).code == 0, "known, and no model was asked"


@pytest.mark.parametrize("slug", ["../escaped", "/{elsewhere}/escaped", "..", "a/../../escaped"])
def test_no_ledger_leads_out_of_the_output_folder(tmp_path, slug):
    out, source = tmp_path / "a/out", tmp_path / "source.txt"
    shutil.copy(GOOD, source)
    assert quiet("rewrite", source, "--out", out).code == 3
    slug = slug.format(elsewhere=tmp_path)
    with closing(sqlite3.connect(out / ".marbre/ledger.sqlite3")) as database:
        database.execute("UPDATE pieces SET slug = ?, entry = json_set(entry, '$.slug', ?)", (slug, slug))
        database.commit()
    before = sorted(p for p in tmp_path.rglob("*") if out not in p.parents)
    ran = quiet("rewrite", source, "--out", out, "--words", "710")
    assert ran.code == 4
    assert len(told(ran)) == 1
    assert "did not write" in told(ran)[0]
    assert sorted(p for p in tmp_path.rglob("*") if out not in p.parents) == before


def test_a_secret_in_an_address_is_told_nowhere_and_kept_nowhere(tmp_path):
    with ModelServer() as server:
        host = server.base_url.removeprefix("http://")
        address = f"http://anne:s3cret@{host}?api-key=s3cret"
        words = ("--base-url", address, "--model", "scripted", "--out", tmp_path / "out")
        ran = quiet("rewrite", GOOD, *words)
        assert ran.code == 3, ran.err
        assert quiet("doctor", *words, MARBRE_LANGUAGETOOL_URL=shared.url()).code == 0
    gone = quiet("rewrite", GOOD, "--words", "710", *words, "--now", NOW)
    assert gone.code == 4
    assert "cannot be reached" in gone.out
    doctor = quiet("doctor", *words, MARBRE_LANGUAGETOOL=str(tmp_path / "none"))  # it was asked above
    assert doctor.code == 4
    assert "does not answer" in doctor.out
    for each in (ran, gone, doctor):
        assert "s3cret" not in each.out + each.err
    for path in (p for p in (tmp_path / "out").rglob("*") if p.is_file()):
        assert b"s3cret" not in path.read_bytes()


class Answers(BaseHTTPRequestHandler):
    """One body for whatever is asked."""

    body, kind = b"", "text/html"

    def do_GET(self):
        self.do_POST()

    def do_DELETE(self):
        self.do_POST()

    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.send_response(200)
        self.send_header("content-type", self.kind)
        self.send_header("content-length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_):
        pass


@pytest.fixture
def answering():
    servers = []

    def start(body, kind="application/json"):
        handler = type("Handler", (Answers,), {"body": body, "kind": kind})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/v1"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


ECONOMY = '[models.scripted]\neconomy = { factor = 0.5, date = 2026-11-22, source = "this test" }\n'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html>hello</html>", "text/html"),
        (b"", "application/json"),
        (b"[" * 200_000, "application/json"),
        (b"[]", "application/json"),
        (b"7", "application/json"),
        (b"{}", "application/json"),
        (b'{"id": 7}', "application/json"),
        (b'{"id": "../../x", "status": "completed"}', "application/json"),
        (b'{"id": "f", "status": [], "metadata": 3, "errors": [1], "data": 5}', "application/json"),
        (
            b'{"id": "f", "status": {"a": 1}, "output_file_id": {"b": 2}, "data": [1, "x"]}',
            "application/json",
        ),
        (
            b'{"id": "f", "status": "failed", "output_file_id": 5, "errors": {"data": ["x", {"message": [1]}]}}',
            "application/json",
        ),
        (
            b'{"id": "f", "status": "completed", "output_file_id": ["a"], "errors": "x", "metadata": "y"}',
            "application/json",
        ),
    ],
)
def test_a_batch_server_of_any_shape_ends_in_one_line(tmp_path, answering, body, kind):
    settings = tmp_path / "marbre.toml"
    settings.write_text(ECONOMY)
    words = [
        "batch", SEEDS, "--limit", 1, "--out", tmp_path / "out", "--base-url", answering(body, kind), "--model",
        "scripted", "--settings", settings, "--no-grammar", "--economy",
    ]  # fmt: skip
    for _ in range(2):  # the second collects what the first has sent
        ran = quiet(*words, OPENAI_API_KEY="sk-x")
        assert ran.code in (4, 5)
        assert "internal" not in ran.out + ran.err
        assert "Error" not in ran.out + ran.err


@pytest.mark.parametrize("stream", [True, False])
def test_an_answer_of_brackets_is_no_answer(tmp_path, answering, stream):
    body = b"[" * 200_000
    kind = "text/event-stream" if stream else "application/json"
    url = answering(b"data: " + body + b"\n\ndata: [DONE]\n\n" if stream else body, kind)
    ran = quiet(
        "rewrite", GOOD, "--out", tmp_path / "out", "--base-url", url, "--model", "m", "--format", "json"
    )
    assert ran.code == 4
    assert ran.json["pieces"][0]["error"]["code"] == "bad_answer"


@pytest.mark.parametrize(
    "said", ["[" * 9_000, '{"a":' * 4_000, "{" * 9_000 + "}", "> " * 9_000, "![" * 9_000]
)
def test_an_answer_that_says_brackets_is_no_fault_of_ours(tmp_path, answering, said):
    choices = [{"index": 0, "message": {"role": "assistant", "content": said}, "finish_reason": "stop"}]
    url = answering(json.dumps({"id": "1", "object": "chat.completion", "choices": choices}).encode())
    ran = quiet(
        "rewrite", GOOD, "--out", tmp_path / "out", "--base-url", url, "--model", "m", "--format", "json"
    )
    (piece,) = ran.json["pieces"]
    assert ran.code in (3, 4)
    assert not piece["error"] or piece["error"]["code"] != "internal", piece


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html></html>", "text/html"),
        (b"[" * 200_000, "application/json"),
        (b'{"data": 3}', "application/json"),
    ],
)
def test_doctor_tells_a_server_that_is_none(tmp_path, answering, body, kind):
    ran = quiet(
        "doctor", "--out", tmp_path / "out", "--base-url", answering(body, kind), "--model", "m",
        MARBRE_LANGUAGETOOL=str(tmp_path / "none"),  # one of its own takes ten seconds to start
    )  # fmt: skip
    assert ran.code == 4
    assert "is no OpenAI-compatible server" in ran.out
    assert "Traceback" not in ran.err
