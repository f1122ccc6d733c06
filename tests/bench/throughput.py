"""`python -m tests.bench.throughput [ARTICLES [SECONDS ...]]`: what the pipeline costs beside the model.

Five seconds a call and 20 in flight is a quick model's real pace: there the pipeline is to keep up with the model,
without and with grammar. A fifth of a second is more than the machine keeps up with: there it is told how many articles
a second one core and two do, and which processes take the time. With numbers of its own: those, without grammar.

The program is the real one, in a process of its own, from its start to its end. The sources are the five seeds over and
over, each with a paragraph of its own; background is the seeds. The scripted model runs on the same cores, and streams;
its share is not counted. The grammar server is started and asked once before; its CPU seconds count.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

from pipeline.languagetool.server import Grammar

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
IN_FLIGHT = 20
_WORDS = "patience attention prudence constance rigueur passion calme soin méthode curiosité".split()


def corpus(folder: Path, articles: int) -> None:
    for n in range(articles):
        seed = SEEDS[n % len(SEEDS)]
        paragraphs = seed.read_text(encoding="utf-8").splitlines(keepends=True)
        # A word a digit, so that no two sources say the same.
        words = " et ".join(_WORDS[int(digit)] for digit in reversed(f"{n:02}"))
        own = f"La rédaction suit ce dossier avec {words} depuis des mois.\n\n"
        paragraphs.insert(len(paragraphs) // 2, own)
        (folder / f"{n:03}.txt").write_text("".join(paragraphs), encoding="utf-8")


@contextmanager
def model(folder: Path, latency: float) -> Iterator[tuple[str, Path]]:
    """The scripted model in a process of its own: its address, and the file it logs its calls to."""
    log = folder / "calls.jsonl"
    words = ["-m", "tests.model_server", "--latency", str(latency), "--first-token", str(latency / 10)]
    process = subprocess.Popen(
        [sys.executable, *words, "--log", str(log)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout
        yield process.stdout.readline().strip(), log
    finally:
        process.terminate()
        process.wait()
        if process.stdout:
            process.stdout.close()


def cpu_of(pid: int) -> float:
    """CPU seconds of a process and its threads, so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def watch(process: subprocess.Popen[bytes], used: dict[int, float]) -> None:
    """CPU seconds of each process of the program's session; those of a crew are nobody's children at the end."""
    while process.poll() is None:
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                if int(stat.read_text().rpartition(")")[2].split()[3]) == process.pid:
                    pid = int(stat.parent.name)
                    used[pid] = cpu_of(pid)
        time.sleep(0.25)


def measure(
    articles: int, latency: float, grammar: Grammar | None = None, cores: frozenset[int] | None = None
) -> None:
    with tempfile.TemporaryDirectory() as name, model(Path(name), latency) as (url, log):
        folder = Path(name)
        (folder / "in").mkdir()
        corpus(folder / "in", articles)
        words = ["batch", folder / "in", "--out", folder / "out", "--base-url", url, "--model", "scripted"]
        words += ["--related", ROOT / "seeds", "--near-duplicates", "write"]
        more = ["--concurrency", str(IN_FLIGHT), "--format", "json"]
        reading = {"MARBRE_LANGUAGETOOL_URL": grammar.ready()} if grammar else {"MARBRE_GRAMMAR": "false"}
        server, before = (grammar.pid, cpu_of(grammar.pid)) if grammar and grammar.pid else (None, 0.0)
        began, wall = time.time(), time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", *map(str, words), *more],
            cwd=ROOT,
            env=os.environ | {"OPENAI_API_KEY": "scripted"} | reading,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if cores:
            os.sched_setaffinity(process.pid, cores)
        used: dict[int, float] = {}
        Thread(target=watch, args=(process, used), daemon=True).start()
        told, _ = process.communicate()
        wall = time.perf_counter() - wall
        sending, checking = used.get(process.pid, 0.0), sum(v for k, v in used.items() if k != process.pid)
        proofreading = cpu_of(server) - before if server else 0.0
        logged = map(json.loads, log.read_text(encoding="utf-8").splitlines())
        calls = [c for c in logged if c["status"] == "answered"]
    pieces = json.loads(told)["pieces"]
    written = sum(p["status"] == "written" for p in pieces)
    ideal = len(calls) * latency / IN_FLIGHT
    first = min(c["t_received"] for c in calls) - began
    last = began + wall - max(c["t_done"] or 0.0 for c in calls)
    cpu = sending + checking + proofreading
    where = f"{'with' if grammar else 'without'} grammar, {len(cores) if cores else os.cpu_count()} cores"
    print(
        f"{latency:g} s a call, {IN_FLIGHT} in flight, {where}: {written} of {articles} written, {len(calls)} calls in {wall:.1f} s; "
        f"ideal {ideal:.1f} s, so {ideal / wall:.0%}; first call after {first:.1f} s, end {last:.1f} s after the last; "
        f"{articles / wall:.2f} articles a second; {cpu / articles:.2f} CPU seconds an article "
        f"(sending, ledger and files {sending / articles:.2f}, checking and pages {checking / articles:.2f}, "
        f"grammar server {proofreading / articles:.2f}); "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
        flush=True,
    )


def main() -> None:
    if sys.argv[1:]:
        for latency in map(float, sys.argv[2:] or ("5", "0.5")):
            measure(int(sys.argv[1]), latency)
        return
    measure(60, 5)
    grammar = Grammar()
    if grammar.can_start():
        with grammar.start() as warm:
            warm.check(["Les chats dort."])
            measure(60, 5, warm)
    else:
        print("with grammar: not measured, LanguageTool or Java is not installed")
    there = sorted(os.sched_getaffinity(0))
    for number in (1, 2):
        measure(600, 0.2, cores=frozenset(there[:number]))


if __name__ == "__main__":
    main()
