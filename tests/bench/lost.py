"""Workers ended by `kill -9` at random moments, each replaced at once as a service would be, and what became of the articles."""

import hashlib
import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests import postgres
from tests.bench.hired import Hired, Office, office
from tests.bench.killed import calls_of, environment, moments, torn
from tests.bench.throughput import ROOT

WORKERS = 3
SOON = 30.0
"""Seconds in which a lost worker's articles are to be others'."""
_MOST = 3_600  # seconds for all of it
_HAD = """
SELECT item.ref FROM work_items item JOIN procrastinate_jobs job ON job.id = item.job
WHERE job.worker_id = :worker AND job.status = 'doing'
"""
_HEADS = ("article", "worker", "calls", "had", "of these taken", "within", "set aside")


@dataclass(frozen=True, slots=True)
class Kill:
    at: float
    """Seconds since 1970."""
    done: int
    """Articles by then."""
    worker: int
    answered: int
    """Calls by then, by anybody's asking."""
    had: tuple[str, ...]
    """The articles that were the worker's."""


@dataclass(frozen=True, slots=True)
class Twice:
    """Calls that were answered more than once."""

    remembered: int
    """Though the ledger held the answer."""
    in_the_air: int
    """The ledger never had the first answer: its worker ended with it."""


def killed(place: Office, kills: int, chance: random.Random) -> list[Kill]:
    """Have all articles done while so many workers are killed, each when so many articles are done."""
    crowd = [place.hire() for _ in range(WORKERS)]
    begun, until = list(crowd), time.monotonic() + _MOST
    left, lost = moments(kills, place.articles, chance), list[Kill]()
    try:
        while any(one.process.poll() is None for one in crowd):
            if time.monotonic() > until:
                sys.exit(f"not through after {_MOST} s: {place.done()} of {place.articles} are done")
            if left and place.done() >= left[0]:
                left.pop(0)
                lost.append(_kill(place, crowd.pop(chance.randrange(WORKERS))))
                crowd.append(place.hire())
                begun.append(crowd[-1])
            time.sleep(0.2)
    finally:
        for one in begun:
            with suppress(ProcessLookupError):
                one.process.kill()
            one.process.wait()
    return lost


def _kill(place: Office, one: Hired) -> Kill:
    one.process.kill()
    one.process.wait()
    at, done = time.time(), place.done()
    had = tuple(row.ref for row in place.asked(_HAD, worker=one.number))
    answered = sum(call["status"] == "answered" for call in calls_of(place.log))
    return Kill(at, done, one.number, answered, had)


def events(place: Office) -> dict[str, list[tuple[float, str]]]:
    """Of each article, when it was taken over or set aside."""
    found = defaultdict(list)
    for path in sorted(place.folder.glob("*.jsonl")):
        if path != place.log:
            for line in path.read_text(encoding="utf-8").splitlines():
                with suppress(ValueError):  # the last line of who was killed
                    told = json.loads(line)
                    if told["event"] in ("taken_over", "set_aside"):
                        at = datetime.fromisoformat(told["at"]).timestamp()
                        found[told["article"]].append((at, told["event"]))
    return found


def row_of(kill: Kill, heard: dict[str, list[tuple[float, str]]]) -> tuple[list[object], float]:
    """A row of the table, and the seconds until the last of what the worker had was taken."""
    first = [
        min((e for e in heard.get(ref, ()) if e[0] > kill.at), default=(float("inf"), "")) for ref in kill.had
    ]
    seconds = max((at - kill.at for at, _ in first), default=0.0)
    taken = sum(name == "taken_over" for _, name in first)
    aside = sum(name == "set_aside" for _, name in first)
    told = [kill.done, kill.worker, kill.answered, len(kill.had), taken, f"{seconds:.1f} s", aside]
    return told, seconds


def twice(place: Office) -> Twice:
    """An answer is remembered within a second or never; asked again is what others took over, twenty seconds later."""
    kept = {}
    for row in place.asked("SELECT request, at FROM calls WHERE usable"):
        messages = json.dumps(json.loads(row.request)["messages"], ensure_ascii=False, sort_keys=True)
        kept[hashlib.sha256(messages.encode()).hexdigest()] = datetime.fromisoformat(row.at).timestamp()
    answers = defaultdict(list)
    for call in calls_of(place.log):
        if call["status"] == "answered":
            answers[call["sha"]].append(call["t_received"])
    again = [(sha, at) for sha, times in answers.items() for at in sorted(times)[1:]]
    held = sum(kept.get(sha, float("inf")) < at for sha, at in again)
    return Twice(held, len(again) - held)


def exported(place: Office) -> tuple[int, list[str]]:
    """How many pieces are whole once they are exported, and what is wrong with the others."""
    out = place.folder / "out"
    words = ("export", "--out", str(out), "--ledger", place.url, "--format", "json")
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *words], cwd=ROOT, env=environment(), capture_output=True, check=False
    )  # fmt: skip
    if not done.stdout:
        sys.exit(f"export: {done.stderr.decode()}")
    found = {row.slug: list(torn(out, row.slug, row.entry)) for row in place.ledger.pieces()}
    return sum(not faults for faults in found.values()), [f for faults in found.values() for f in faults]


def show(server: postgres.Postgres, given: Any) -> Iterator[str]:
    """Print the table; what is not as it should be."""
    print(
        f"\n{given.articles} articles on {WORKERS} workers, {given.kills} of them killed, seed {given.seed}",
        flush=True,
    )
    with office(server, given.articles, given.seconds, given.in_flight) as place:
        began = time.monotonic()
        lost = killed(place, given.kills, random.Random(given.seed))
        took, heard = time.monotonic() - began, events(place)
        print(_line(_HEADS))
        for kill in lost:
            told, seconds = row_of(kill, heard)
            print(_line(told))
            if seconds > SOON:
                yield f"worker {kill.worker}: taken over after {seconds:.1f} s"
        yield from _sums(place, took)


def _line(told: Sequence[object]) -> str:
    return "".join(f"{each!s:>16}" for each in told)


def _sums(place: Office, took: float) -> Iterator[str]:
    aside = [row.ref for row in place.asked("SELECT ref FROM work_items WHERE status = 'set_aside'")]
    hit = place.asked("SELECT killed, count(*) AS n FROM work_items GROUP BY killed ORDER BY killed")
    paid, (whole, faults) = twice(place), exported(place)
    print(
        f"{whole} pieces whole of {place.articles}, {len(aside)} set aside; answered calls paid again: "
        f"{paid.remembered} that the ledger held, {paid.in_the_air} whose worker ended before it could write them down; "
        f"articles by workers lost: {', '.join(f'{row.n} × {row.killed}' for row in hit)}; {took:.0f} s",
        flush=True,
    )
    yield from faults
    if whole + len(aside) != place.articles:
        yield f"{place.articles - whole - len(aside)} articles are neither written nor set aside"
    if paid.remembered:
        yield f"{paid.remembered} answered calls paid again"
