"""`python -m tests.bench.killed [ROUNDS [SEED]]`: runs killed by `kill -9` at random moments, and what the next run makes of it.

So many rounds of a batch of 60 (20 in flight, 0.2 s a call) and as many of a refresh of 20 pieces whose sources changed. The
moments are drawn from equal parts of the CPU time that a run takes which nobody kills, so that its end is met too. After the
next run, which goes to its end, all has to agree: `faults` tells what does not, and ends the program with 1.
"""

import hashlib
import json
import math
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pipeline.ledger import FILE, Ledger
from pipeline.model import EDITED
from pipeline.publish.folder import FILES
from pipeline.upkeep import look
from tests.bench.throughput import ROOT, corpus, model

LATENCY = 0.2
IN_FLIGHT = 20
SOURCES, DUE = 60, 20
WRITTEN, LATER = "2026-01-31T09:00:00+01:00", "2026-02-03T09:00:00+01:00"
_CORRECTED = (
    ("75e anniversaire", "76e anniversaire"),
    ("14 mois", "15 mois"),
    ("325 millions", "410 millions"),
    ("100 milliards", "110 milliards"),
    ("150 milliards", "170 milliards"),
)
"""A figure of each seed, and another."""
_TICK = os.sysconf("SC_CLK_TCK")
_GLANCE = 0.02  # seconds
_HALF_MADE = re.compile(r"\.[^/]+\.[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Command:
    """What is killed and run again: words for `marbre`, in a folder with `in`, `out` and the model's log."""

    root: Path
    words: tuple[str, ...]
    history: int
    """Earlier versions that each piece has in the end."""
    again: bool = True
    """Whether one more run is to show that nothing is left to do."""

    @property
    def out(self) -> Path:
        return self.root / "out"

    def start(self, told: int = subprocess.PIPE, said: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "pipeline", *self.words],
            cwd=ROOT,
            env=environment(),
            stdout=told,
            stderr=said,
            start_new_session=True,
        )

    def run(self) -> dict[str, Any]:
        """What it told, once it has come to its end."""
        process = self.start()
        out, said = process.communicate()
        assert out, said.decode()
        told: dict[str, Any] = json.loads(out)
        return told


def batch(root: Path, url: str, sources: int, *, again: bool = True) -> Command:
    (root / "in").mkdir(exist_ok=True)
    corpus(root / "in", sources)
    words = (
        "batch",
        str(root / "in"),
        "--related",
        str(ROOT / "seeds"),
        "--near-duplicates",
        "write",
        "--now",
        WRITTEN,
        *_common(root, url),
    )
    return Command(root, words, history=0, again=again)


def refresh(root: Path, url: str, *, again: bool = True) -> Command:
    """Of pieces that a batch has written, after each of their sources was corrected."""
    for path in sorted((root / "in").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        was, now = next(pair for pair in _CORRECTED if pair[0] in text)
        path.write_text(text.replace(was, now), encoding="utf-8")
    return Command(root, ("refresh", "--now", LATER, *_common(root, url)), history=1, again=again)


def _common(root: Path, url: str) -> tuple[str, ...]:
    told = ("--out", str(root / "out"), "--base-url", url, "--model", "scripted", "--format", "json")
    return (*told, "--no-grammar", "--concurrency", str(IN_FLIGHT))


def environment() -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MARBRE_", "OPENAI_"))}
    return clean | {"OPENAI_API_KEY": "scripted"}


@dataclass(frozen=True, slots=True)
class Round:
    """A run that was killed, and the state after the next one."""

    moment: float
    """CPU seconds that the run had used when it was killed; negative when it had ended before."""
    pieces: int
    """Whole and recorded when it was killed."""
    answered: int
    """Calls that the model had answered to the last byte by then."""
    in_the_air: int
    """Of these, those that the ledger did not hold yet."""
    oldest: float
    """Seconds for which the oldest of those had been answered; 0 where there is none."""
    paid_again: int
    """Calls asked and answered again though the ledger held their answer."""
    whole: int
    of: int
    faults: tuple[str, ...] = field(default=())


def killed(command: Command, log: Path, moment: float) -> Round:
    """Kill it at a moment, run it to its end, look at everything."""
    known = len(calls_of(log))
    process = command.start(subprocess.DEVNULL, subprocess.DEVNULL)
    _used(process, moment)
    alive = process.poll() is None
    process.kill()
    at = time.time()
    process.wait()
    time.sleep(2 * LATENCY)  # the model ends what nobody waits for any more
    answered = [c for c in calls_of(log)[known:] if c["status"] == "answered"]
    held = _remembered(command.out)
    air = [at - c["t_done"] for c in answered if c["sha"] not in held]
    pieces = sum(1 for _ in _rows(command.out))
    seen = len(calls_of(log))
    told = command.run()
    again = sum(c["sha"] in held for c in calls_of(log)[seen:])
    whole = sum(not list(torn(command.out, slug, entry)) for slug, entry in _rows(command.out))
    found = (*_faults(command, told), *([f"{again} answered calls paid again"] if again else ()))
    total = len(list((command.root / "in").iterdir()))
    return Round(
        moment if alive else -moment, pieces, len(answered), len(air), max(air, default=0.0), again, whole, total, found
    )  # fmt: skip


def calls_of(log: Path) -> list[dict[str, Any]]:
    """Each as it stands now, by number."""
    found = {}
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else ():
        told = json.loads(line)
        found[told["n"]] = told
    return [found[n] for n in sorted(found)]


def _query(out: Path, query: str) -> list[tuple[Any, ...]]:
    if not (out / FILE).is_file():
        return []
    with closing(sqlite3.connect(f"file:{out / FILE}?mode=ro", uri=True)) as ledger:
        try:
            return ledger.execute(query).fetchall()
        except sqlite3.OperationalError:  # killed before there was a table
            return []


def _remembered(out: Path) -> set[str]:
    """The answers in the ledger, by the hash of what was asked as the model has it."""
    asked = (
        json.loads(request)["messages"]
        for (request,) in _query(out, "SELECT request FROM calls WHERE usable")
    )
    return {
        hashlib.sha256(json.dumps(m, ensure_ascii=False, sort_keys=True).encode()).hexdigest() for m in asked
    }


def _rows(out: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for slug, entry in _query(out, "SELECT slug, entry FROM pieces WHERE files_sha256 != '' ORDER BY slug"):
        yield slug, json.loads(entry)


def _faults(command: Command, told: dict[str, Any]) -> Iterator[str]:
    """Everything that does not agree after the run that followed."""
    rows = dict(_rows(command.out))
    sources = sorted(str(p) for p in (command.root / "in").iterdir())
    known = sorted(source for (source,) in _query(command.out, "SELECT source FROM pieces"))
    if known != sources:
        yield f"the ledger knows {len(known)} pieces of {len(sources)} sources"
    for slug, entry in rows.items():
        yield from torn(command.out, slug, entry)
        history = len(list((command.out / slug / "history").glob("*")))
        if history != command.history:
            yield f"{slug}: {history} earlier versions"
    strangers = {p.name for p in command.out.iterdir() if p.is_dir()} - rows.keys() - {".marbre"}
    yield from (f"{name}: a folder that the ledger does not know" for name in sorted(strangers))
    yield from (f"{p['source']}: {p['why']}" for p in told["pieces"] if EDITED in p["why"])
    yield from (f"{p['source']}: {p['error']['message']}" for p in told["pieces"] if p["error"])
    yield from (f"left over: {path.relative_to(command.out)}" for path in _left_over(command.out))
    yield from _pages(command.out, rows)
    yield from _checked(command.out)
    if command.again:
        yield from _stirred(command)


def _stirred(command: Command) -> Iterator[str]:
    """What one more run does, which has nothing to do."""
    before = bytes_of(command.out)
    last = command.run()
    calls = last["totals"]["calls"]["paid"]
    after = bytes_of(command.out)
    if calls or after != before:
        changed = sorted(n for n in before.keys() | after.keys() if before.get(n) != after.get(n))
        yield f"a third run paid {calls} calls and changed {changed[:5]}"


def torn(out: Path, slug: str, entry: dict[str, Any]) -> Iterator[str]:
    """What of a piece is not as it was written, or does not fit the rest of it."""
    place = out / slug
    if missing := [name for name in FILES if not (place / name).is_file()]:
        yield f"{slug}: without {', '.join(missing)}"
        return
    for name, sha256 in entry["hashes"].items():
        if hashlib.sha256((place / name).read_bytes()).hexdigest() != sha256:
            yield f"{slug}: {name} is not as the ledger has it"
    report = json.loads((place / "report.json").read_text(encoding="utf-8"))
    text = (place / "article.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("---\n")[1])
    if not entry["verdict"] == report["verdict"] == front["verdict"]:
        yield f"{slug}: ledger, report and article tell different verdicts"
    if any(text[e["start"] : e["end"]] != e["text"] for e in report["evidence"]):
        yield f"{slug}: the report is of another text"


def _left_over(out: Path) -> Iterator[Path]:
    for room in ("new", "aside", "coming"):
        yield from sorted((out / ".marbre" / room).glob("*"))
    yield from (p for p in sorted(out.rglob(".*")) if _HALF_MADE.fullmatch(p.name))


def _pages(out: Path, rows: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Whether index and feed tell of the pieces there are."""
    index, feed = ((out / name).read_text(encoding="utf-8") for name in ("index.html", "feed.xml"))
    shown = set(re.findall(r'href="\./([a-z0-9-]+)/article\.html"', index))
    if shown != rows.keys():
        yield f"the index shows {len(shown)} pieces of {len(rows)}"
    ready = {slug for slug, entry in rows.items() if entry["verdict"] == "ready_for_review"}
    if set(re.findall(r">marbre:([a-z0-9-]+)<", feed)) != ready:
        yield "the feed does not tell of the pieces that are ready"


def _checked(out: Path) -> Iterator[str]:
    with closing(Ledger(f"sqlite:///{out / FILE}")) as ledger:
        for seen in look(ledger, out, out / FILE, time.time()):
            yield f"ledger check: {seen.what} {seen.where}"


def bytes_of(out: Path) -> dict[str, bytes]:
    """Every file but those of the ledger."""
    files = (p for p in sorted(out.rglob("*")) if p.is_file() and ".marbre" not in p.parts)
    return {str(p.relative_to(out)): p.read_bytes() for p in files}


def moments(rounds: int, cost: float, chance: random.Random) -> list[float]:
    """One in each of so many equal parts of a time."""
    return [cost * (n + chance.random()) / rounds for n in range(rounds)]


def batches(
    root: Path, rounds: int, chance: random.Random, sources: int = SOURCES, *, again: bool = True
) -> Iterator[Round]:
    with model(root, LATENCY) as (url, log):
        command = batch(root, url, sources, again=again)
        cost = _cost(command)
        for moment in moments(rounds, cost, chance):
            shutil.rmtree(command.out, ignore_errors=True)
            yield killed(command, log, moment)


def refreshes(
    root: Path, rounds: int, chance: random.Random, sources: int = DUE, *, again: bool = True
) -> Iterator[Round]:
    with model(root, LATENCY) as (url, log):
        batch(root, url, sources).run()
        kept = [(root / name, root / f"{name}-kept") for name in ("in", "out")]
        for place, copy in kept:
            shutil.copytree(place, copy)
        command = refresh(root, url)
        cost = _cost(command)
        for moment in moments(rounds, cost, chance):
            for place, copy in kept:
                shutil.rmtree(place)
                shutil.copytree(copy, place)
            yield killed(refresh(root, url, again=again), log, moment)


def _cost(command: Command) -> float:
    """CPU seconds of a run that nobody kills."""
    return _used(command.start(subprocess.DEVNULL, subprocess.DEVNULL), math.inf)


def _used(process: subprocess.Popen[bytes], most: float) -> float:
    """Wait until a run and its processes have used so many CPU seconds, or it has ended; what they have used.

    A moment is told by that, and not by the clock, which says little about a run where others are at work too.
    """
    used: dict[int, float] = {}
    while process.poll() is None and sum(used.values()) < most:
        with suppress(OSError):
            for each in family(process.pid):
                fields = Path(f"/proc/{each}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                used[each] = (int(fields[11]) + int(fields[12])) / _TICK
        time.sleep(_GLANCE)
    return sum(used.values())


def family(process: int) -> Iterator[int]:
    yield process
    for told in Path(f"/proc/{process}/task").glob("*/children"):
        for child in told.read_text(encoding="utf-8").split():
            yield from family(int(child))


_HEADS = ("moment", "written", "answered", "in the air", "paid again", "whole", "agreeing")


def line(one: Round) -> str:
    """A row of the table."""
    moment = f"{one.moment:.1f} s" if one.moment >= 0 else "ended"
    air = f"{one.in_the_air} ({one.oldest * 1000:.0f} ms)" if one.in_the_air else "0"
    whole = f"{one.whole} of {one.of}"
    told = (moment, one.pieces, one.answered, air, one.paid_again, whole, "no" if one.faults else "yes")
    return "".join(f"{each!s:>12}" for each in told)


def show(name: str, rounds: Iterator[Round]) -> list[str]:
    print(f"\n{name}\n{''.join(f'{h:>12}' for h in _HEADS)}", flush=True)
    faults: list[str] = []
    for one in rounds:
        print(line(one), flush=True)
        for fault in one.faults:
            print(f"    {fault}", flush=True)
        faults += one.faults
    return faults


def main(words: Sequence[str]) -> int:
    rounds = int(words[0]) if words else 10
    seed = int(words[1]) if len(words) > 1 else 8
    print(f"seed {seed}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    faults: list[str] = []
    for name, play in ((f"batch of {SOURCES}", batches), (f"refresh of {DUE}", refreshes)):
        with tempfile.TemporaryDirectory() as folder:
            faults += show(name, play(Path(folder), rounds, random.Random(seed)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
