"""`python -m tests.bench.hosts`: the five seeds on two workers of two hosts that share Postgres and the model, and nothing else.

Three network namespaces joined by cables: in one a Postgres, the scripted model, and who submits and exports; in each of
the others a worker with a network, host name, process numbers and file systems of its own, where the disk cannot be written
and the sources are not to be seen. What is exported must be what `marbre batch` writes on one machine, byte for byte, and
each host must have written some of it. Then all is submitted for pieces of other words, and the cable of one host is pulled
while it waits for an answer: the other must finish. The program ends with 1 where anything is otherwise.
It needs root, iproute2 and unshare, so no test does it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import postgres
from tests.e2e.marbre import NOW, SEEDS, bytes_of, command
from tests.model_server import ModelServer
from tests.model_server.pieces import ROOT
from tests.waiting import wait_for

LATENCY = 1.0  # seconds an answer takes: long enough that both hosts get some
CENTRE = "10.231.{n}.1"
HOST = "10.231.{n}.2"
_GRACE = 180  # seconds for all that a host does
# The disk of all is there to be read, since the program lies on it; the sources and whatever else is below `base` are not.
_OWN_DISK = """
set -e
hostname "$1"; mount -t tmpfs none "$2"; mount -o remount,bind,ro /
mkdir "$2/home" "$2/tmp"; cd "$2/home"; shift 2
exec "$@"
"""


def run(*words: object, **more: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*map(str, words)], check=True, capture_output=True, **more)


@dataclass(frozen=True, slots=True)
class Net:
    """Namespaces by name: the centre, and a host for each number from 1."""

    centre: str
    hosts: tuple[str, ...]

    def cable(self, n: int, state: str) -> None:
        run("ip", "-n", self.centre, "link", "set", f"to{n}", state)


@contextmanager
def net(hosts: int) -> Iterator[Net]:
    mark = f"marbre{os.getpid()}"
    made = Net(f"{mark}-0", tuple(f"{mark}-{n + 1}" for n in range(hosts)))
    with ExitStack() as stack:
        for name in (made.centre, *made.hosts):
            run("ip", "netns", "add", name)
            stack.callback(run, "ip", "netns", "delete", name)
            run("ip", "-n", name, "link", "set", "lo", "up")
        for n, name in enumerate(made.hosts, start=1):
            ends = ("type", "veth", "peer", "name", "up0", "netns", name)
            run("ip", "-n", made.centre, "link", "add", f"to{n}", *ends)
            for where, link, address in ((made.centre, f"to{n}", CENTRE), (name, "up0", HOST)):
                run("ip", "-n", where, "address", "add", address.format(n=n) + "/30", "dev", link)
                run("ip", "-n", where, "link", "set", link, "up")
        yield made


def serve() -> None:
    """In the centre: Postgres and the model, until standard input ends. Told are their ports."""
    programs = postgres.programs()
    if programs is None:
        sys.exit("needs Postgres 15: apt install postgresql")
    server = postgres.Postgres(programs, listens="*")
    try:
        with ModelServer(host="0.0.0.0", latency=LATENCY) as model:
            print(json.dumps([server.by_network(), model.base_url]), flush=True)
            sys.stdin.read()
    finally:
        server.remove()


@contextmanager
def served(centre: str) -> Iterator[tuple[str, str]]:
    words = ["ip", "netns", "exec", centre, sys.executable, "-m", "tests.bench.hosts", "serve"]
    process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    try:
        ledger, model = json.loads(process.stdout.readline())
        yield ledger, model
    finally:
        process.stdin.close()
        process.wait(60)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who submits and exports, beside Postgres; and the hosts it starts workers on."""

    net: Net
    base: Path
    ledger: str
    model: str

    def marbre(self, *words: object) -> dict[str, Any]:
        inside = ("ip", "netns", "exec", self.net.centre, *command(*words, "--format", "json"))
        done = subprocess.run(inside, env=environment(self.ledger), capture_output=True, check=False)
        if not done.stdout:
            sys.exit(f"{words[0]}: {done.returncode} {done.stderr.decode()}")
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def worker(self, n: int) -> subprocess.Popen[bytes]:
        there = CENTRE.format(n=n)
        own = {"HOME": f"{self.base}/home", "TMPDIR": f"{self.base}/tmp", "PYTHONDONTWRITEBYTECODE": "1"}
        words = command("worker", "--until-empty", "--concurrency", "1")
        return subprocess.Popen(
            ["ip", "netns", "exec", self.net.hosts[n - 1], "unshare", "--mount", "--uts", "--pid", "--fork", "--mount-proc",
             "--kill-child", "sh", "-c", _OWN_DISK, "sh", f"host-{n}", str(self.base), *words],
            env=environment(self.ledger.replace("127.0.0.1", there), self.model.replace("127.0.0.1", there)) | own,
            stderr=subprocess.PIPE,
        )  # fmt: skip


def environment(ledger: str, model: str = "") -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MARBRE_", "OPENAI_"))}
    own = {"MARBRE_LEDGER": ledger, "MARBRE_GRAMMAR": "false", "PYTHONPATH": str(ROOT)}
    return clean | own | ({"MARBRE_BASE_URL": model} if model else {})


def submitted(desk: Desk, *more: object) -> None:
    words = ("--model", "scripted", "--now", NOW, *more)
    told = desk.marbre("submit", desk.base / "in", *words)
    assert told["new"] == 5, told


def by_hosts(desk: Desk) -> dict[str, bytes]:
    """What two workers wrote together."""
    submitted(desk)
    both = [desk.worker(n) for n in (1, 2)]
    told = [worker.communicate(timeout=_GRACE)[1].decode() for worker in both]
    assert [worker.returncode for worker in both] == [0, 0], told
    written = [said.count(": written, ") for said in told]
    print(f"five seeds on two hosts: {written[0]} and {written[1]} written")
    assert sum(written) == 5, told
    assert min(written), told
    exported = desk.marbre("export", "--out", desk.base / "export", "--now", NOW)
    assert (exported["pieces"], exported["failed"]) == (5, 0), exported
    made: dict[str, bytes] = bytes_of(desk.base / "export")
    return made


def by_batch(base: Path) -> dict[str, bytes]:
    with ModelServer() as model:
        words = ("batch", base / "in", "--out", base / "batch", "--model", "scripted", "--now", NOW)
        env = environment(f"sqlite:///{base}/one.sqlite3", model.base_url)
        subprocess.run(command(*words), env=env, capture_output=True, timeout=_GRACE, check=False)
    made: dict[str, bytes] = bytes_of(base / "batch")
    return made


def without_a_cable(desk: Desk) -> None:
    submitted(desk, "--words", "650")
    both = [desk.worker(n) for n in (1, 2)]
    wait_for(lambda: desk.marbre("status")["jobs"]["running"] >= 2, 60)
    desk.net.cable(1, "down")
    began = time.monotonic()
    told = both[1].communicate(timeout=_GRACE)[1].decode()
    assert both[1].returncode == 0, told
    assert "taken over; 1 of its workers ended" in told, told
    state = desk.marbre("status")["jobs"]
    assert (state["waiting"], state["running"], state["failed"]) == (0, 0, 0), state
    print(f"the cable of a host pulled: the other had finished all {time.monotonic() - began:.0f} s later")
    desk.net.cable(1, "up")
    late = both[0].communicate(timeout=_GRACE)[1].decode()
    assert both[0].returncode == 0, late
    assert desk.marbre("status")["jobs"]["done"] == state["done"]
    print("the cable put back: it found nothing left to do, and ended with 0")


def main() -> None:
    if sys.argv[1:] == ["serve"]:
        serve()
        return
    missing = [name for name in ("ip", "unshare", "hostname") if shutil.which(name) is None]
    if os.geteuid() or missing:
        sys.exit(f"needs root, iproute2 and util-linux; missing: {', '.join(missing) or 'root'}")
    with tempfile.TemporaryDirectory() as name, net(2) as made, served(made.centre) as (ledger, model):
        base = Path(name)
        base.chmod(0o755)
        shutil.copytree(SEEDS, base / "in")
        desk = Desk(made, base, ledger, model)
        ours, theirs = by_hosts(desk), by_batch(base)
        differ = sorted(n for n in ours.keys() | theirs.keys() if ours.get(n) != theirs.get(n))
        print(
            f"{len(theirs)} files of batch, {len(differ)} of them otherwise by two hosts {differ[:5]}",
            flush=True,
        )
        without_a_cable(desk)
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
