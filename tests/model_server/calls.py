"""What the server remembers of every call, in memory and in a JSONL file."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, TextIO

from tests.model_server.faults import Fault
from tests.model_server.prompt import Prompt, content

State = Literal["received", "answered", "refused", "dropped"]


@dataclass(frozen=True, slots=True)
class Call:
    n: int
    """Counted from 1, in order of arrival."""
    kind: str
    """`plan`, `write`, `repair`, `refresh`, `continue` or `other`."""
    seed: str
    """Stem of the seed, `source-` and a hash for another source, empty when the prompt names none."""
    stream: bool
    model: str
    t_received: float
    """Seconds since 1970."""
    sha: str
    """SHA-256 of the messages as canonical JSON."""
    faults: tuple[str, ...]
    status: State = "received"
    """`answered`: sent to its last byte; `refused`: an HTTP error; `dropped`: reset, or the client was gone."""
    http: int | None = None
    t_done: float | None = None


class CallLog:
    """Each call is written when it has come, before anything is sent, and again when it is over."""

    def __init__(self, path: Path | None, listener: Callable[[Call], None] | None = None) -> None:
        self._lock = threading.RLock()
        self._calls: list[Call] = []
        self._prefixes: set[bytes] = set()
        self._listener = listener
        self._file: TextIO | None = path.open("a", encoding="utf-8") if path else None

    @property
    def calls(self) -> tuple[Call, ...]:
        """A call whose last byte was sent is never still `received` here."""
        with self._lock:
            return tuple(self._calls)

    def receive(self, prompt: Prompt, name: str, request: dict[str, Any], faults: tuple[Fault, ...]) -> Call:
        canonical = json.dumps(request["messages"], ensure_ascii=False, sort_keys=True)
        with self._lock:
            call = Call(
                n=len(self._calls) + 1,
                kind=prompt.kind,
                seed=name,
                stream=bool(request.get("stream")),
                model=str(request.get("model", "")),
                t_received=time.time(),
                sha=sha256(canonical.encode()).hexdigest(),
                faults=tuple(f.kind for f in faults),
            )
            self._calls.append(call)
            self._write(call)
            return call

    @contextmanager
    def ending(self, call: Call, status: State, http: int | None = None) -> Iterator[None]:
        """Holds the log while the last bytes leave, so that who has read them also reads the new status.

        A call ends once: what comes after its first end is not recorded.
        """
        with self._lock:
            yield
            if self._calls[call.n - 1].status != "received":
                return
            done = replace(call, status=status, http=http, t_done=time.time())
            self._calls[call.n - 1] = done
            self._write(done)

    def _write(self, call: Call) -> None:
        if self._file and not self._file.closed:
            self._file.write(json.dumps(asdict(call), ensure_ascii=False) + "\n")
            self._file.flush()
        if self._listener:
            self._listener(call)

    def cached(self, request: dict[str, Any]) -> int:
        """Tokens of the longest beginning seen before, by OpenAI's rule: blocks of 128, from 1,024 on."""
        text = request.get("model", "") + "\0" + "\n".join(map(content, request["messages"]))
        running, hashes = sha256(), []
        for end in range(512, len(text) + 1, 512):
            running.update(text[end - 512 : end].encode())
            hashes.append(running.digest())
        with self._lock:
            known = sum(1 for h in hashes if h in self._prefixes)
            self._prefixes.update(hashes)
        return known * 128 if known >= 8 else 0

    def close(self) -> None:
        with self._lock:
            if self._file:
                self._file.close()
