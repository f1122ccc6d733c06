"""`python -m tests.bench.memory [FEW MANY]`: the most memory of a run over finished sources, and how it grows with them.

Each run is a process of its own; the goal is that 10,000 sources take at most 50 MB more than 600.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def most(sources: int) -> int:
    """MB of the second run over so many, which finds everything noted."""
    words = [sys.executable, "-m", "tests.bench.rerun", str(sources)]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return int(told.split()[-2])


def main() -> None:
    few, many = (int(n) for n in sys.argv[1:] or ("600", "10000"))
    some, all_of_them = most(few), most(many)
    print(f"memory: {few} sources {some} MB, {many} sources {all_of_them} MB, {all_of_them - some} MB more")


if __name__ == "__main__":
    main()
