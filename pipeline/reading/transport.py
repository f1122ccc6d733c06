"""The wire below `fetch`: connects to addresses that were checked, and never later than a deadline."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from ssl import SSLContext
from typing import Any

import httpcore2
import httpx2

from pipeline.reading.addresses import Private, resolved

FAULTS = (
    httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, httpcore2.TimeoutException, httpcore2.NetworkError,
    httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, ValueError,
)  # fmt: skip
"""What a server or a bad address may cause."""


class Wire(httpx2.BaseTransport):
    """One fetch. The client's own transport has a limit for each read, so a server that drips may take for ever;
    and it resolves a name again after it was checked.
    """

    def __init__(self, private: Private, deadline: float, about: str) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_trust(),
            network_backend=_Checked(private, deadline, about),
            max_keepalive_connections=0,
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Any:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@cache
def _trust() -> SSLContext:
    """The certificates; reading them takes longer than most pages."""
    return httpx2.create_ssl_context(trust_env=False)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout
    return left if timeout is None else min(left, timeout)


@dataclass(frozen=True, slots=True)
class _Checked(httpcore2.NetworkBackend):
    private: Private
    deadline: float
    about: str

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        failed: Exception = httpcore2.ConnectError("no address")
        for address in resolved(host, port, self.private, self.about):
            try:
                stream = httpcore2.SyncBackend().connect_tcp(
                    address, port, _left(self.deadline, timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
                continue
            return _Timed(stream, self.deadline)
        raise failed


class _Timed(httpcore2.NetworkStream):
    """A connection whose every step ends by the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = _left(self._deadline, timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
