"""The one real LanguageTool of a test session: of all its worker processes, and of the programs they run."""

import os
import socket
import time
from contextlib import AbstractContextManager
from functools import cache
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest

from pipeline.languagetool import installed, java, process
from pipeline.languagetool.client import Client
from pipeline.languagetool.match import Match
from pipeline.languagetool.server import Grammar

URL = "MARBRE_TEST_LANGUAGETOOL_URL"
"""Names a server that runs; else the session starts one and hands its address down here."""


def begin() -> process.Process | None:
    """Start it for a session of several processes, without waiting; None where it cannot run."""
    if os.environ.get(URL) or not _is_here():
        return None
    started = process.spawn()
    os.environ[URL] = started.url
    return started


@cache
def grammar() -> Grammar:
    """LanguageTool, to be asked. Where it cannot run the test is skipped, but never on a build machine."""
    if os.environ.get(URL) is None and not _is_here():
        if os.environ.get("CI"):
            pytest.fail("a build needs Java 17, Maven and LanguageTool")
        pytest.skip("needs LanguageTool: run make setup with Java 17 and Maven at hand")
    if os.environ.get(URL):
        _wait(os.environ[URL])
    return Grammar(os.environ.get(URL)).start()


def url() -> str:
    """Its address, once it answers."""
    return grammar().ready()


def asked_once() -> AbstractContextManager[object]:
    """While it is open, the session's LanguageTool is asked once about a text: the pieces of most runs are the same."""
    ask = Client.ask

    def remembering(client: Client, text: str) -> tuple[Match, ...]:
        if client.url != os.environ.get(URL):
            return ask(client, text)
        if text not in _REMARKS:
            _REMARKS[text] = ask(client, text)
        return _REMARKS[text]

    return patch.object(Client, "ask", remembering)


_REMARKS: dict[str, tuple[Match, ...]] = {}


def _is_here() -> bool:
    return installed() is not None and java.find() is not None


def _wait(address: str) -> None:
    """Until somebody listens there; a minute is thirty times what a start takes."""
    place, end = urlsplit(address), time.monotonic() + 60
    while True:
        try:
            socket.create_connection((place.hostname or "", place.port or 80), timeout=5).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
