"""`python -m tests.bench.throughput [ARTICLES [SECONDS ...]]`: what the pipeline costs beside the model, in two cases.

Five seconds a call and 20 in flight is a quick model's real pace: there the pipeline is to keep up with the model.
Half a second a call is more than any machine keeps up with: there it is told how many articles a second it does.
The program is the real one, in a process of its own, from its start to its end, and without grammar. The sources are
the five seeds over and over, each with a paragraph of its own; background is the seeds. The scripted
model runs on the same cores, and streams; its share is not counted.
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

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
IN_FLIGHT = 20
_WORDS = "patience attention prudence constance rigueur passion calme soin méthode curiosité".split()


def corpus(folder: Path, articles: int) -> None:
    for n in range(articles):
        seed = SEEDS[n % len(SEEDS)]
        paragraphs = seed.read_text(encoding="utf-8").splitlines(keepends=True)
        own = f"La rédaction suit ce dossier avec {_WORDS[n % 10]} et {_WORDS[n // 10 % 10]} depuis des mois.\n\n"
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


def watch(process: subprocess.Popen[bytes], used: dict[int, float]) -> None:
    """CPU seconds of each process of the program's session; those of a crew are nobody's children at the end."""
    tick = os.sysconf("SC_CLK_TCK")
    while process.poll() is None:
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                if int(fields[3]) == process.pid:
                    used[int(stat.parent.name)] = (int(fields[11]) + int(fields[12])) / tick
        time.sleep(0.25)


def measure(articles: int, latency: float) -> None:
    with tempfile.TemporaryDirectory() as name, model(Path(name), latency) as (url, log):
        folder = Path(name)
        (folder / "in").mkdir()
        corpus(folder / "in", articles)
        words = ["batch", folder / "in", "--out", folder / "out", "--base-url", url, "--model", "scripted"]
        words += ["--related", ROOT / "seeds", "--near-duplicates", "write"]
        more = ["--no-grammar", "--concurrency", str(IN_FLIGHT), "--format", "json"]
        began, wall = time.time(), time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", *map(str, words), *more],
            cwd=ROOT,
            env=os.environ | {"OPENAI_API_KEY": "scripted"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        used: dict[int, float] = {}
        Thread(target=watch, args=(process, used), daemon=True).start()
        told, _ = process.communicate()
        wall, cpu = time.perf_counter() - wall, sum(used.values())
        logged = map(json.loads, log.read_text(encoding="utf-8").splitlines())
        calls = [c for c in logged if c["status"] == "answered"]
    pieces = json.loads(told)["pieces"]
    written = sum(p["status"] == "written" for p in pieces)
    ideal = len(calls) * latency / IN_FLIGHT
    first = min(c["t_received"] for c in calls) - began
    last = began + wall - max(c["t_done"] or 0.0 for c in calls)
    print(
        f"{latency:g} s a call, {IN_FLIGHT} in flight: {written} of {articles} written, {len(calls)} calls in {wall:.1f} s; "
        f"ideal {ideal:.1f} s, so {ideal / wall:.0%}; first call after {first:.1f} s, end {last:.1f} s after the last; "
        f"{articles / wall:.2f} articles a second; {cpu / articles:.2f} CPU seconds an article; "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
        flush=True,
    )


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    for latency in (float(x) for x in (sys.argv[2:] or ("5", "0.5"))):
        measure(articles, latency)


if __name__ == "__main__":
    main()
