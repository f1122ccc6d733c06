"""What every test shares. No test can reach the network: only this machine's own loopback."""

import os
import socket
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import settings

from tests.languagetool import shared
from tests.postgres import ledger_url, postgres  # noqa: F401 - fixtures of every test
from tests.sharing import slow_first

# A busy machine is no bug, and a build does not fail by the luck of a draw: there the examples are always the
# same; on a developer's machine they are new each time.
settings.register_profile("here", deadline=None)
settings.register_profile("build", deadline=None, derandomize=True)
settings.load_profile("build" if os.environ.get("CI") else "here")

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family != socket.AF_UNIX and host not in _LOOPBACK:
            raise AssertionError(f"a test tried to reach {address!r}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's key or settings never decide a test."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "MARBRE_MODEL", "MARBRE_BASE_URL", "MARBRE_OUT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", autouse=True)
def certificates_read_once() -> Iterator[None]:
    """Each client of a model's server reads those of the machine anew, which takes longer than most tests do."""
    import httpcore2

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(httpcore2, "default_ssl_context", cache(httpcore2.default_ssl_context))
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if workers := os.environ.get("PYTEST_XDIST_WORKER_COUNT"):
        items[:] = slow_first(items, int(workers))


def pytest_configure(config: pytest.Config) -> None:
    """Workers share one LanguageTool, which is up by the time they ask for it."""
    shares = getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput")
    started = shared.begin() if shares else None
    if started:
        config.add_cleanup(started.kill)
