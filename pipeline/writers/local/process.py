"""The process that serves a GGUF file: started, waited for, ended."""

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from pipeline.errors import EngineError
from pipeline.writers.local import INSTALL

_SCRIPT = Path(__file__).parent / "server.py"
# Keys of the user are none of its business.
_ENVIRONMENT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "TEMP",
    "SYSTEMROOT",
    "LD_LIBRARY_PATH",
    "PYTHONPATH",
)


class Process:
    """Started at once; `address` waits until the model is loaded, which takes seconds for each gigabyte."""

    def __init__(self, file: Path, context: int, threads: int | None = None) -> None:
        self._file = file
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process; without a name
        cores = threads or os.cpu_count() or 1
        command = [sys.executable, str(_SCRIPT), str(file), str(context), str(cores)]
        self._process = subprocess.Popen(  # noqa: S603 - the file is the user's own word
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            start_new_session=True,  # Ctrl-C is for us; we end it
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def address(self) -> str:
        """Where it listens. Raises `EngineError` when it ended instead."""
        assert self._process.stdout is not None  # noqa: S101 - opened above
        line = self._process.stdout.readline().decode().strip()
        if not line.startswith("http"):
            raise self.death()
        return line

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def death(self) -> EngineError:
        """Why it ended, as far as can be told."""
        code = self._process.wait()
        if code < 0:
            why = f"was killed by signal {-code}; a model larger than the free memory ends so"
        else:
            why = f"ended: {self._last_word()}"
        remedy = "Give --model a smaller file, or another one." if find_spec("xllamacpp") else INSTALL
        return EngineError("local_model", f"The process that served {self._file.name} {why}.", remedy)

    def _last_word(self) -> str:
        self._log.seek(0)
        said = self._log.read().decode(errors="replace")
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        return (lines or ["it said nothing"])[-1].rstrip(".")[:200]

    def close(self) -> None:
        """End it now, whatever it is doing; ending it twice is no error."""
        with suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._log):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
