"""A real Postgres on this machine's own disk and loopback, and ledgers on it; a schema for each test.

Each worker of a session has a server of its own, so that a test may stop it.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

PASSWORD = "s3cret/à@b:c"
_USERS = ("postgres", "nobody")
_SPEED = ("fsync=off", "full_page_writes=off", "shared_buffers=16MB", "autovacuum=off")


class Postgres:
    """One server with a data folder of its own."""

    def __init__(self, programs: Path, *, safe: bool = False, listens: str = "127.0.0.1") -> None:
        """`listens` elsewhere than on loopback is for a network of its own: its neighbours are let in by password."""
        self._programs = programs
        self._listens = listens
        self._speed = () if safe else _SPEED
        self._home = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path has 107 bytes at most
        self._as: list[str] = []
        if os.geteuid() == 0:  # it refuses to run as root
            user = next(
                name
                for name in _USERS
                if subprocess.run(["id", name], capture_output=True, check=False).returncode == 0
            )
            shutil.chown(self._home, user)
            self._as = [f"--reuid={user}", f"--regid={_group(user)}", "--clear-groups"]
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        secret = self._home / "secret"
        secret.write_text(f"{PASSWORD}\n", encoding="utf-8")
        self._run(
            "initdb", "--pgdata", str(self._home / "data"), "--username=anne", f"--pwfile={secret}", "--no-sync",
            "--auth-local=trust", "--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8",
            # Sorted as a dictionary is: who relies on the order of bytes must say so.
            "--locale-provider=icu", "--icu-locale=fr",
        )  # fmt: skip
        if listens != "127.0.0.1":
            with (self._home / "data" / "pg_hba.conf").open("a", encoding="utf-8") as rules:
                rules.write("host all all samenet scram-sha-256\n")
        self.start()

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run([*self._command(program), *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout} {done.stderr}")

    def _command(self, program: str) -> list[str]:
        # Ended with the thread that starts it, and so with the tests, however these end.
        return ["setpriv", *self._as, "--pdeathsig", "QUIT", str(self._programs / program)]

    def start(self) -> None:
        places = (
            f"unix_socket_directories={self._home}",
            f"listen_addresses={self._listens}",
            f"port={self.port}",
        )
        words = [word for setting in (*places, *self._speed) for word in ("-c", setting)]
        with (self._home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self._command("postgres"), "-D", str(self._home / "data"), *words],
                cwd=self._home, stdout=log, stderr=log,
            )  # fmt: skip
        self.wait()

    def wait(self) -> None:
        """Until it lets somebody in; a minute is thirty times what it takes."""
        import psycopg

        end = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(host=str(self._home), port=self.port, user="anne", dbname="postgres").close()
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError((self._home / "log").read_text(encoding="utf-8")) from None
                time.sleep(0.05)
            else:
                return

    def is_up(self) -> bool:
        return self._process.poll() is None

    def stop(self) -> None:
        """At once: whoever is connected is thrown out."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(60)

    def crash(self) -> None:
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(60)

    def remove(self) -> None:
        with suppress(ProcessLookupError):
            self.crash()
        shutil.rmtree(self._home, ignore_errors=True)

    def sql(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def size(self) -> int:
        """Bytes of the largest schema's tables and indexes."""
        import psycopg

        sizes = "SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c WHERE relkind = 'r' GROUP BY relnamespace"
        with psycopg.connect(self.address()) as connection:
            rows = connection.execute(sizes + " ORDER BY 1 DESC LIMIT 1").fetchone()
            return int(rows[0]) if rows else 0

    def schema(self) -> str:
        """The address of a schema that nobody else has."""
        name = f"t{uuid.uuid4().hex}"
        self.sql(f"CREATE SCHEMA {name}")
        return f"{self.address()}&options=-csearch_path%3D{name}"

    def address(self) -> str:
        """By its socket, which asks for no password."""
        return f"postgresql://anne@/postgres?host={self._home}&port={self.port}"

    def by_network(self, user: str = "anne", password: str = PASSWORD, database: str = "postgres") -> str:
        return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{database}"


def _group(user: str) -> str:
    return subprocess.run(["id", "-g", user], capture_output=True, text=True, check=True).stdout.strip()


def programs() -> Path | None:
    found = shutil.which("initdb")
    # Debian keeps them beside its own wrappers, a folder a version.
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: -int(f.parent.name.split(".")[0])
    )
    return next((f for f in folders if (f / "initdb").is_file()), None)


def missing() -> str | None:
    """What a server cannot be had without, and how to get it."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "needs psycopg: run make setup"
    if programs() is None or shutil.which("setpriv") is None:
        return "needs Postgres 15: apt install postgresql"
    return None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Where it cannot be had the test is skipped, but never on a build machine."""
    if why := missing():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)
    found = programs()
    assert found
    server = Postgres(found)
    yield server
    server.remove()


@pytest.fixture(params=["sqlite", "postgres"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new ledger's address: the test is played on both databases."""
    if request.param == "sqlite":
        from pipeline.ledger import sqlite_url

        return sqlite_url(tmp_path)
    server: Postgres = request.getfixturevalue("postgres")
    return server.schema()
