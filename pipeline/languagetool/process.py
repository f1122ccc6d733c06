"""One LanguageTool process of this machine: started, watched until it listens, killed."""

import os
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from pipeline import languagetool
from pipeline.languagetool import java
from pipeline.languagetool.client import ServerLost
from pipeline.languagetool.match import GrammarUnavailable

INSTALL = "Run: python -m pipeline.languagetool"
# A start takes 1.4 to 2.5 s on two cores; a machine thirty times slower still gets its server.
_START_SECONDS = 60
# C1 alone: the first check, which loads all rules, takes half the time, and later ones are no slower
# in a run of some hundred articles. 1 GB holds the rules (350 MB) and the cache of sentences.
_FLAGS = ("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8")
_MAIN = "org.languagetool.server.HTTPServer"
_HERE = Path(__file__).parent
_LISTENS, _TAKEN = b"Server started", b"Address already in use"
# Keys of the user are none of its business.
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "SYSTEMROOT", "LD_LIBRARY_PATH")


class Process:
    """A Java process whose server listens on loopback alone, once `wait` has returned.

    Start it from a thread that lives as long as the run: Linux ends it with that thread.
    """

    def __init__(self, port: int, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._process = process
        self._log = log

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait(self) -> bool:
        """True once it listens, False when another program took its port.

        Raises `ServerLost` when somebody killed it, else `GrammarUnavailable`.
        """
        end = monotonic() + _START_SECONDS
        while _LISTENS not in (said := self._said()):
            if (ended := self._process.poll()) is not None:
                if _TAKEN in said:
                    return False
                if ended < 0:
                    raise ServerLost(f"killed by signal {-ended} as it started")
                raise GrammarUnavailable(f"LanguageTool did not start: {_reason(said)}", INSTALL)
            if monotonic() > end:
                raise GrammarUnavailable(f"LanguageTool did not start in {_START_SECONDS} s.", INSTALL)
            sleep(0.05)
        return True

    def _said(self) -> bytes:
        try:
            self._log.seek(0)
            return self._log.read(20_000)
        except ValueError:  # another thread has ended it
            return b""

    def kill(self) -> None:
        """End it now; ending it twice is no error."""
        with suppress(ProcessLookupError):
            self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=10)
        self._log.close()


def spawn() -> Process:
    """Start LanguageTool; raises `GrammarUnavailable` when Java or LanguageTool itself is missing."""
    found = java.find()
    if found is None:
        raise GrammarUnavailable(f"No Java {java.OLDEST} or newer was found.", java.REMEDY)
    home = languagetool.installed()
    if home is None:
        raise GrammarUnavailable("LanguageTool is not installed.", INSTALL)
    port = _free_port()
    command = [found, *_FLAGS, "-cp", str(home / languagetool.JAR), _MAIN, "--port", str(port)]
    command += ["--config", str(_HERE / "server.properties")]
    if sys.platform == "linux":
        command = [sys.executable, "-I", "-S", str(_HERE / "tether.py"), str(os.getpid()), *command]
    log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process; has no name on the disk
    try:
        process = subprocess.Popen(  # noqa: S603 - words of our own
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            start_new_session=True,  # Ctrl-C is for us; we end it
        )
    except OSError as error:
        raise GrammarUnavailable(f"LanguageTool did not start: {error.strerror}.", java.REMEDY) from None
    return Process(port, process, log)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _reason(said: bytes) -> str:
    """The line that tells most: the first error, or the last line."""
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if "Error" in line or 'Exception in thread "main"' in line]
    return (errors or lines[-1:] or ["it said nothing"])[0][:200]
