"""The HTTP server: one thread a connection, every wait ends when the server stops."""

import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from tests.model_server import wire
from tests.model_server.answers import Answer, answer, limited
from tests.model_server.calls import Call, CallLog
from tests.model_server.desk import Desk, Reply
from tests.model_server.faults import REFUSED, Fault, Script, spoil
from tests.model_server.markdown import Piece
from tests.model_server.pieces import ROOT, Library
from tests.model_server.prompt import Prompt, content, read_prompt

REQUESTS_PER_MINUTE = 10_000
TOKENS_PER_MINUTE = (
    60_000_000  # more than a program on this machine can take: what is measured is the program
)
TRUNCATED = 512
"""So many tokens of a prompt are read by a server with too small a context."""


class _GoneError(ConnectionError):
    """Nobody is there to read the answer, or nobody is to get one."""


class ModelServer:
    """A scripted model at `base_url`, started by `with` or by `start`.

    `latency` is the time of a whole answer in seconds; a stream begins after `first_token` seconds (after
    `latency` when None) and spreads its chunks over what is left. `log` is a JSONL file to append to.
    `twist` may change any answer, knowing what was asked and every word that was sent. A batch is done after it was
    looked at `batch_polls` times; when that is None, once the test says so at the `desk`.
    """

    def __init__(
        self,
        faults: Iterable[Fault] = (),
        *,
        latency: float = 0.0,
        first_token: float | None = None,
        log: Path | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        models: tuple[str, ...] = ("scripted",),
        references: Path = ROOT / "tests" / "reference",
        seeds: Path = ROOT / "seeds",
        listener: Callable[[Call], None] | None = None,
        twist: Callable[[Answer, Prompt, str], Answer] | None = None,
        batch_polls: int | None = 0,
    ) -> None:
        self.twist = twist
        self.desk = Desk(self.completed, batch_polls)
        self.script = Script(tuple(faults))
        self.latency = latency
        self.first_token = latency if first_token is None else min(first_token, latency or first_token)
        self.models = models
        self.library = Library.read(references, seeds)
        self.stopping = threading.Event()
        self._released = threading.Event()
        self.log = CallLog(log, listener)
        try:
            self._http = _Http((host, port), self)
        except OSError:
            self.log.close()
            raise
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, name="scripted model"
        )

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    @property
    def environment(self) -> dict[str, str]:
        """What a command started by a test needs to find this server."""
        return {"OPENAI_BASE_URL": self.base_url, "OPENAI_API_KEY": "scripted"}

    @property
    def calls(self) -> tuple[Call, ...]:
        return self.log.calls

    def answered(self, kind: str | None = None) -> tuple[Call, ...]:
        """The calls a provider would bill."""
        return tuple(c for c in self.calls if c.status == "answered" and kind in {None, c.kind})

    def completed(self, request: dict[str, Any]) -> Reply:
        """One line of a batch: the same answers and refusals as for a call of its own."""
        prompt, piece, faults, call = self.received(request)
        if faults and faults[0].kind in REFUSED:
            status, body, _ = wire.refused(faults[0], request)
            with self.log.ending(call, "refused", status):
                return status, body
        used = None if any(f.kind == "no_usage" for f in faults) else self.used(request, faults)
        result = self.answer(prompt, piece, request, faults)
        counted = used and wire.usage(*used, result)
        with self.log.ending(call, "answered", 200):
            return 200, wire.completion(call.n, call.model, int(call.t_received), result, counted)

    def received(self, request: dict[str, Any]) -> tuple[Prompt, Piece | None, tuple[Fault, ...], Call]:
        """Raises KeyError, TypeError or AttributeError for what is no chat completion request."""
        prompt = read_prompt(request["messages"])
        piece = self.library.find(prompt)
        name = piece.name if piece else ""
        faults = self.script.strike(prompt, name, request)
        return prompt, piece, faults, self.log.receive(prompt, name, request, faults)

    def answer(
        self, prompt: Prompt, piece: Piece | None, request: dict[str, Any], faults: tuple[Fault, ...]
    ) -> Answer:
        limit = request.get("max_completion_tokens") or request.get("max_tokens")
        result = spoil(answer(prompt, piece), prompt, faults)
        if self.twist:
            result = self.twist(result, prompt, "\n".join(map(content, request["messages"])))
        return limited(result, limit)

    def used(self, request: dict[str, Any], faults: tuple[Fault, ...]) -> tuple[int, int]:
        """Tokens of the prompt, and of them those seen before."""
        prompt = wire.tokens("".join(map(content, request["messages"])))
        if any(f.kind == "truncated_prompt" for f in faults):
            prompt = min(prompt, TRUNCATED)
        return prompt, min(self.log.cached(request), prompt)

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends every connection and waits for every thread."""
        self.stopping.set()
        self._released.set()
        self._http.shutdown()
        self._http.hang_up()
        self._http.server_close()
        self._thread.join()
        self.log.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def release(self) -> None:
        """Let go what a `timeout` of the variant `held` has kept back, now and from now on."""
        self._released.set()

    def hold(self) -> None:
        """Until `release`; raises when the server stops before."""
        self._released.wait()
        if self.stopping.is_set():
            raise _GoneError

    def wait(self, seconds: float) -> None:
        if seconds > 0 and self.stopping.wait(seconds):
            raise _GoneError


class _Http(ThreadingHTTPServer):
    daemon_threads = False  # so that server_close waits for them
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], model: ModelServer) -> None:
        self.model = model
        self._open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        for connection in tuple(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is everyday life here; any other error is a bug to be seen."""
        import sys

        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "scripted-model"
    disable_nagle_algorithm = True
    server: _Http

    def log_message(self, *_: object) -> None:
        """The call log says more."""

    def do_GET(self) -> None:
        if self.path.rstrip("/").endswith("/models"):
            data = [
                {"id": m, "object": "model", "created": 0, "owned_by": "tests"}
                for m in self.server.model.models
            ]
            self._send_json(200, {"object": "list", "data": data})
            return
        desk = self.server.model.desk
        match self._address():
            case ["files", file, "content"] if file in desk.files:
                self._send_head(200, "application/jsonl", {"content-length": str(len(desk.files[file]))})
                self.wfile.write(desk.files[file])
            case ["batches"]:
                self._send_json(*desk.all())
            case ["batches", batch]:
                self._send_json(*desk.get(batch))
            case _:
                self._unknown()

    def do_DELETE(self) -> None:
        match self._address():
            case ["files", file]:
                self._send_json(*self.server.model.desk.delete(file))
            case _:
                self._unknown()

    def _address(self) -> list[str]:
        return urlsplit(self.path).path.strip("/").split("/")[1:]

    def _unknown(self) -> None:
        self._send_json(404, wire.error(f"Unknown address {self.path}", "invalid_request_error"))

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        match self._address():
            case ["files"]:
                self._send_json(*self.server.model.desk.upload(self.headers["content-type"], raw))
            case ["batches"]:
                self._create_batch(json.loads(raw))
            case ["chat", "completions"]:
                self._complete(raw)
            case _:
                self._unknown()

    def _create_batch(self, request: dict[str, Any]) -> None:
        desk = self.server.model.desk
        reply = desk.create(request)
        self.server.model.wait(desk.create_takes)
        if desk.drop_creates:
            desk.drop_creates -= 1
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        self._send_json(*reply)

    def _complete(self, raw: bytes) -> None:
        model = self.server.model
        try:
            request = json.loads(raw)
            prompt, piece, faults, call = model.received(request)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            self._send_json(400, wire.error("This is no chat completion request.", "invalid_request_error"))
            return
        try:
            if faults and faults[0].kind in REFUSED:
                self._refuse(call, faults[0], request)
            else:
                self._deliver(call, model.answer(prompt, piece, request, faults), request, faults)
        except OSError:
            self.close_connection = True
            with model.log.ending(call, "dropped"):
                pass

    def _refuse(self, call: Call, fault: Fault, request: dict[str, Any]) -> None:
        status, body, headers = wire.refused(fault, request)
        with self.server.model.log.ending(call, "refused", status):
            self._send_json(status, body, {"x-request-id": f"req_{call.n}", **headers})

    def _deliver(
        self, call: Call, result: Answer, request: dict[str, Any], faults: tuple[Fault, ...]
    ) -> None:
        model = self.server.model
        by_kind = {fault.kind: fault for fault in faults}
        reset, timeout, slow = (by_kind.get(kind) for kind in ("reset", "timeout", "slow"))
        if reset and reset.variant in {"", "before"}:
            self._reset(call)
        if timeout:
            self._fall_silent(timeout)
        model.wait(model.first_token if call.stream else model.latency)
        self._still_there()
        parts = self._begin(call, result, request, faults)
        if timeout and timeout.variant == "comments":
            self._comment(_seconds(timeout, 60))
        rest = model.latency - model.first_token if call.stream else 0.0
        pause = _seconds(slow, 0.05) if slow else rest / len(parts)
        for index, part in enumerate(parts[:-1]):
            if index == (len(parts) - 1) // 2:
                if reset and reset.variant == "end":
                    self._end_early(call, b"")
                if reset:
                    self._reset(call)
                if "stream_error" in by_kind:
                    self._end_early(call, wire.framed(wire.FAILED))
                if timeout and timeout.variant == "mid":
                    model.wait(_seconds(timeout, 60))
            self.wfile.write(part)
            model.wait(pause)
        self._still_there()
        with model.log.ending(call, "answered", 200):
            self.wfile.write(parts[-1])

    def _fall_silent(self, timeout: Fault) -> None:
        if timeout.variant in {"", "before"}:
            self.server.model.wait(_seconds(timeout, 60))
        if timeout.variant == "held":
            self.server.model.hold()

    def _begin(
        self, call: Call, result: Answer, request: dict[str, Any], faults: tuple[Fault, ...]
    ) -> list[bytes]:
        """Sends the headers; returns the body in the parts it is to be sent in."""
        kinds = {fault.kind for fault in faults}
        prompt, cached = self.server.model.used(request, faults)
        used = None if "no_usage" in kinds else wire.usage(prompt, cached, result)
        created = int(call.t_received)
        headers = {"x-request-id": f"req_{call.n}", **self._limits(call, prompt)}
        if call.stream and "no_stream" not in kinds:
            counted = (request.get("stream_options") or {}).get("include_usage")
            events = list(wire.events(call.n, call.model, created, result, used if counted else None))
            self._send_head(
                200, "text/event-stream; charset=utf-8", {**headers, "transfer-encoding": "chunked"}
            )
            framed = [wire.framed(event) for event in events]
            return [*framed[:-1], framed[-1] + b"0\r\n\r\n"]
        body = json.dumps(
            wire.completion(call.n, call.model, created, result, used), ensure_ascii=False
        ).encode()
        self._send_head(200, "application/json", {**headers, "content-length": str(len(body))})
        size = min(512, len(body) // 4)  # never one part alone: faults strike between two
        return [body[start : start + size] for start in range(0, len(body), size)]

    def _limits(self, call: Call, prompt: int) -> dict[str, str]:
        since = time.time() - 60
        recent = sum(1 for c in self.server.model.calls[-REQUESTS_PER_MINUTE:] if c.t_received > since)
        return {
            "x-ratelimit-limit-requests": str(REQUESTS_PER_MINUTE),
            "x-ratelimit-remaining-requests": str(max(0, REQUESTS_PER_MINUTE - recent)),
            "x-ratelimit-reset-requests": "6ms",
            "x-ratelimit-limit-tokens": str(TOKENS_PER_MINUTE),
            "x-ratelimit-remaining-tokens": str(max(0, TOKENS_PER_MINUTE - prompt)),
            "x-ratelimit-reset-tokens": "1ms",
            "openai-processing-ms": str(int((time.time() - call.t_received) * 1000)),
        }

    def _send_head(self, status: int, media: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"content-type": media, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send_json(self, status: int, value: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        body = json.dumps(value, ensure_ascii=False).encode()
        self._send_head(status, "application/json", {**(headers or {}), "content-length": str(len(body))})
        self.wfile.write(body)

    def _still_there(self) -> None:
        """Raises when the client has hung up: what is sent then, nobody has been given."""
        with contextlib.suppress(BlockingIOError):
            if self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b"":
                raise _GoneError

    def _comment(self, seconds: float) -> None:
        """Signs of life without an answer, as some gateways send them."""
        for _ in range(max(1, int(seconds / 0.05))):
            self.wfile.write(wire.framed(wire.COMMENT))
            self.server.model.wait(0.05)

    def _end_early(self, call: Call, last: bytes) -> None:
        """Ends a stream as if all of it had been sent."""
        with self.server.model.log.ending(call, "dropped"):
            self.wfile.write(last + b"0\r\n\r\n")
        raise _GoneError

    def _reset(self, call: Call) -> None:
        """Closes with RST: a linger time of zero throws away what was not sent."""
        with self.server.model.log.ending(call, "dropped"):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.rfile.close()
            self.connection.close()
        raise _GoneError


def _seconds(fault: Fault, usual: float) -> float:
    return usual if fault.seconds is None else fault.seconds
