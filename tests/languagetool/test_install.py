"""The way without Maven, from a server of our own."""

import hashlib
import os
import subprocess
import sys
import threading
import zipfile
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from pipeline.languagetool.install import main

ROOT = Path(__file__).parents[2]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def host(tmp_path):
    """Serves a distribution in small: the address and its hash."""
    folder = tmp_path / "served"
    folder.mkdir()
    path = folder / "LanguageTool-6.8.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("LanguageTool-6.8/languagetool-server.jar", "a jar")
        made.writestr("LanguageTool-6.8/libs/a.jar", "another")
    with HTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", hashlib.sha256(path.read_bytes()).hexdigest()
        server.shutdown()


def install(home, address, digest):
    """In a process of its own, without Maven: the library reads its addresses when it is imported."""
    code = (
        "import shutil; which = shutil.which\n"
        "shutil.which = lambda name, **more: None if name == 'mvn' else which(name, **more)\n"
        "from pipeline.languagetool.install import install\nprint(install())"
    )
    env = os.environ | {
        "MARBRE_LANGUAGETOOL": str(home),
        "LTP_DOWNLOAD_HOST_NEW_RELEASES": address,
        "LTP_DOWNLOAD_SHA256": digest,
        "no_proxy": "127.0.0.1",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def test_without_maven_the_librarys_download_is_taken(tmp_path, host):
    home = tmp_path / "here" / "lt"
    assert "was put in" in install(home, *host)
    assert (home / "languagetool-server.jar").read_text() == "a jar"
    assert (home / "libs" / "a.jar").is_file()
    assert [p.name for p in home.parent.iterdir()] == ["lt"]


@pytest.mark.parametrize("fault", ["another file", "no server"])
def test_a_download_that_fails_is_told_and_leaves_nothing(tmp_path, host, fault):
    address, digest = host
    home = tmp_path / "here" / "lt"
    if fault == "another file":
        digest = "0" * 64
    else:
        address = "http://127.0.0.1:9/"
    said = install(home, address, digest)
    assert "could not be fetched: no Maven found; the download says" in said
    assert list(home.parent.iterdir()) == []


def test_who_installs_it_in_a_script_learns_whether_it_is_there(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MARBRE_LANGUAGETOOL", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("pipeline.languagetool.java.find", lambda: None)
    assert main() == 4
    assert "not installed: no Java 17 or newer found" in capsys.readouterr().err
    (tmp_path / "languagetool-server.jar").touch()
    assert main() == 0


def test_a_folder_that_cannot_be_made_is_told_in_a_line(tmp_path, monkeypatch, capsys):
    (tmp_path / "a file").touch()
    monkeypatch.setenv("MARBRE_LANGUAGETOOL", str(tmp_path / "a file" / "lt"))
    monkeypatch.setattr("pipeline.languagetool.java.find", lambda: "/usr/bin/java")
    assert main() == 4
    told = capsys.readouterr().err
    assert "cannot be put there" in told
    assert "MARBRE_LANGUAGETOOL" in told
    assert told.count("\n") == 1
