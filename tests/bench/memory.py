"""`python -m tests.bench.memory [FEW MANY]`: the most memory of a run over finished sources, and how it grows with them.

Each run is a process of its own. The first makes the page of all pieces too, which the second finds as it should be. The goal
is that 10,000 sources take at most 50 MB more than 600.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def most(sources: int) -> tuple[int, int]:
    """MB of the first and of the second run over so many."""
    words = [sys.executable, "-m", "tests.bench.rerun", str(sources)]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    first, second = (int(line.split()[-2]) for line in told.splitlines())
    return first, second


def main() -> None:
    few, many = (int(n) for n in sys.argv[1:] or ("600", "10000"))
    some, all_of_them = most(few), most(many)
    for name, less, more in zip(("first", "second"), some, all_of_them, strict=True):
        print(f"memory, {name} run: {few} sources {less} MB, {many} sources {more} MB, {more - less} MB more")


if __name__ == "__main__":
    main()
