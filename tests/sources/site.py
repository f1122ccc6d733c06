"""A site on loopback that answers as told, byte by byte, and keeps a record of who asked for what, and when."""

import contextlib
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

PROSE = (
    "<p>La mairie de Nîmes a voté lundi un budget de 12 millions d’euros pour ses écoles, a annoncé la maire Anne Petit. "
    "« Nous rénovons douze écoles cette année », a-t-elle dit devant le conseil, qui a voté le texte à l’unanimité. "
    "Les travaux commencent en juin dans le centre et finissent en août, avant la rentrée des élèves de la ville.</p>"
)
Write = Callable[[bytes], None]
Play = Callable[[Write], None]


@dataclass
class Site:
    """Paths to what is written: bytes, or a function that is given the means to write them."""

    pages: dict[str, bytes | Play] = field(default_factory=dict)
    asked: list[tuple[str, float]] = field(default_factory=list)
    """Paths, in their order, and the time of each request."""
    heads: list[str] = field(default_factory=list)
    """The requests as they came."""
    under_way: int = 0
    most_under_way: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def answer(body: bytes | str = b"", status: int = 200, **headers: str) -> bytes:
    data = body.encode() if isinstance(body, str) else body
    told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data))}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status} X", *(f"{n}: {v}" for n, v in told.items()), "", ""]
    return "\r\n".join(lines).encode() + data


def page(head: str = "", prose: str = PROSE, **headers: Any) -> bytes:
    html = f"<html lang='fr'><head><title>Le budget des écoles de Nîmes est voté</title>{head}</head><body><article>"
    return answer(
        f"{html}<h1>Le budget des écoles de Nîmes est voté</h1>{prose}</article></body></html>", **headers
    )


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    site, lock = Site(), threading.Lock()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            head = b""
            while not head.endswith(b"\r\n\r\n") and (line := self.rfile.readline(65_536)):
                head += line
            path = head.split(b" ", 2)[1].decode() if head.count(b" ") > 1 else ""
            with lock:
                site.asked.append((path, time.monotonic()))
                site.heads.append(head.decode("latin-1"))
                site.under_way += 1
                site.most_under_way = max(site.most_under_way, site.under_way)
            played = site.pages.get(path, answer(status=404))
            # Who has the last byte may ask again at once, before this thread comes to say that it is done.
            last = b"" if callable(played) else played[-1:]
            with contextlib.suppress(OSError):
                if callable(played):
                    played(self._write)
                else:
                    self._write(played[:-1])
            with lock:
                site.under_way -= 1
            with contextlib.suppress(OSError):
                self._write(last)

        def _write(self, data: bytes) -> None:
            self.wfile.write(data)
            self.wfile.flush()

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield site
        server.shutdown()
