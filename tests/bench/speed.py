"""`make bench`: start-up, checks, batch and memory of whole processes; medians with their spread."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
REFERENCE = ROOT / "tests" / "reference" / "000_7fd1b95d1a6cabb8.md"
SOURCE = SEEDS / "000_7fd1b95d1a6cabb8.txt"
RUNS = 7


def once(words: list[str]) -> tuple[float, float]:
    """Wall seconds and peak memory (MB) of one process, as the operating system counts them."""
    started = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def measure(name: str, words: list[str], goal: str, prepare=lambda: None) -> None:
    once(words)  # warm the disk
    seconds, memory = [], []
    for _ in range(RUNS):
        prepare()
        wall, peak = once(words)
        seconds.append(wall)
        memory.append(peak)
    low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
    print(f"{name:34} {middle:6.3f} s ({low:.3f} to {high:.3f})  {max(memory):4.0f} MB   goal: {goal}")


def main() -> None:
    marbre = [sys.executable, "-m", "pipeline"]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        measure("marbre --help", [*marbre, "--help"], "0.15 s")
        check = [*marbre, "check", "--no-grammar", str(REFERENCE)]
        measure("marbre check, no source", check, "0.5 s")
        measure("marbre check, with source", [*check, "--source", str(SOURCE)], "0.5 s")
        batch = [*marbre, "batch", str(SEEDS), "--writer", "offline", "--no-grammar", "--out", str(out)]
        measure(
            "marbre batch, five seeds, new", batch, "150 MB", lambda: shutil.rmtree(out, ignore_errors=True)
        )
        measure("marbre batch, five seeds, again", batch, "5 s")


if __name__ == "__main__":
    main()
