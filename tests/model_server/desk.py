"""Files and batches, as a provider's Batch API has them: answers come later, in no order, and not always all."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

from tests.model_server import wire

Answered = Callable[[dict[str, Any]], tuple[int, dict[str, Any]]]
"""A chat completion request, and the status and body that come of it."""
Reply = tuple[int, Any]
ENDED = frozenset({"completed", "expired", "cancelled", "failed"})


@dataclass
class Batch:
    id: str
    input_file: str
    metadata: dict[str, str]
    requests: list[dict[str, Any]]
    polls: int | None
    """After so many looks it is done; None: when the test says so."""
    status: str = "validating"
    created_at: int = field(default_factory=lambda: int(time.time()))
    output_file: str | None = None
    error_file: str | None = None
    errors: list[dict[str, Any]] = field(default_factory=list)


class Desk:
    """All files and batches of a server. `polls` holds for batches to come."""

    def __init__(self, answered: Answered, polls: int | None) -> None:
        self._answered = answered
        self._lock = threading.RLock()
        self.polls = polls
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, Batch] = {}
        self.create_takes = 0.0
        """Seconds between the making of a batch and the word that it is made."""
        self.drop_creates = 0
        """So many batches are made and nobody is told."""
        self.refuse_creates: tuple[int, dict[str, Any]] | None = None
        self._n = 0

    def finish(
        self,
        batch: str | None = None,
        status: str = "completed",
        *,
        answer: int | None = None,
        tell: bool = True,
    ) -> None:
        """Ends a batch (the last one), with the first `answer` of its lines answered.

        `tell`: whether the error file has a line for each of the others.
        """
        with self._lock:
            found = self.batches[batch or next(reversed(self.batches))]
            answers: list[dict[str, Any]] = []
            errors: list[dict[str, Any]] = []
            for number, line in enumerate(found.requests):
                if answer is not None and number >= answer:
                    told = {"code": f"batch_{status}", "message": f"This request was not done: {status}."}
                    errors += [self._line(line, None, told)] if tell else []
                    continue
                code, body = self._answered(line["body"])
                (answers if code == 200 else errors).append(self._line(line, (code, body), None))
            found.output_file = self._put(answers)
            found.error_file = self._put(errors)
            found.status = status

    def fail(self, code: str, message: str) -> None:
        """The last batch is refused as a whole."""
        found = self.batches[next(reversed(self.batches))]
        found.errors, found.status = (
            [{"code": code, "message": message, "line": None, "param": None}],
            "failed",
        )

    def lose(self) -> None:
        """The last batch is not known any more."""
        with self._lock:
            del self.batches[next(reversed(self.batches))]

    def upload(self, media: str, raw: bytes) -> Reply:
        form = message_from_bytes(f"content-type: {media}\r\n\r\n".encode() + raw)
        parts = {p.get_param("name", header="content-disposition"): p for p in form.walk() if p is not form}
        if "file" not in parts or parts["purpose"].get_payload() != "batch":
            return 400, wire.error("A file for a batch is wanted.", "invalid_request_error")
        data = parts["file"].get_payload(decode=True)
        assert isinstance(data, bytes)
        name = self._keep(data)
        told = {"id": name, "object": "file", "bytes": len(data), "created_at": int(time.time())}
        return 200, told | {"filename": "batch.jsonl", "purpose": "batch", "status": "processed"}

    def create(self, request: dict[str, Any]) -> Reply:
        if self.refuse_creates:
            return self.refuse_creates
        if request.get("completion_window") != "24h" or request.get("endpoint") != "/v1/chat/completions":
            return 400, wire.error("Unknown window or endpoint.", "invalid_request_error")
        data = self.files.get(request.get("input_file_id", ""))
        if data is None:
            return 404, wire.error("No such file.", "invalid_request_error")
        lines = [json.loads(line) for line in data.splitlines()]
        with self._lock:
            self._n += 1
            made = Batch(
                f"batch_{self._n}", request["input_file_id"], request.get("metadata") or {}, lines, self.polls
            )
            ids = [line["custom_id"] for line in lines]
            if len(set(ids)) < len(ids):
                made.status, made.errors = "failed", [{"code": "duplicate_custom_id", "message": "Twice."}]
            self.batches[made.id] = made
        return 200, self._told(made)

    def get(self, batch: str) -> Reply:
        with self._lock:
            found = self.batches.get(batch)
            if found is None:
                return 404, wire.error(f"No batch found with id '{batch}'.", "invalid_request_error")
            if found.status not in ENDED:
                if found.polls == 0:
                    self.finish(found.id)
                else:
                    found.status = "in_progress"
                    found.polls = None if found.polls is None else found.polls - 1
            return 200, self._told(found)

    def all(self) -> Reply:
        """All on one page, the newest first."""
        with self._lock:
            data = [self._told(b) for b in reversed(self.batches.values())]
        return 200, {"object": "list", "data": data, "has_more": False}

    def delete(self, file: str) -> Reply:
        return 200, {"id": file, "object": "file", "deleted": self.files.pop(file, None) is not None}

    def _line(
        self, line: dict[str, Any], response: tuple[int, Any] | None, error: dict[str, str] | None
    ) -> dict[str, Any]:
        told = response and {"status_code": response[0], "request_id": "req_batch", "body": response[1]}
        return {
            "id": f"batch_req_{line['custom_id'][:8]}",
            "custom_id": line["custom_id"],
            "response": told,
            "error": error,
        }

    def _put(self, lines: list[dict[str, Any]]) -> str | None:
        """Backwards: nobody may count on an order."""
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in reversed(lines))
        return self._keep(text.encode()) if lines else None

    def _keep(self, data: bytes) -> str:
        with self._lock:
            self._n += 1
            self.files[f"file-{self._n}"] = data
            return f"file-{self._n}"

    def _told(self, batch: Batch) -> dict[str, Any]:
        return {
            "id": batch.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
            "status": batch.status,
            "created_at": batch.created_at,
            "input_file_id": batch.input_file,
            "output_file_id": batch.output_file,
            "error_file_id": batch.error_file,
            "errors": {"object": "list", "data": batch.errors} if batch.errors else None,
            "metadata": batch.metadata,
            "request_counts": {"total": len(batch.requests), "completed": 0, "failed": 0},
        }
