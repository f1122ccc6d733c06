"""Text that a reader has looked at once and that stays as it is until somebody means to change it."""

import os
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def check_golden(name: str, text: str) -> None:
    """Compare with `tests/golden/NAME`; write it instead when MARBRE_REBUILD_GOLDEN is 1."""
    file = GOLDEN / name
    if os.environ.get("MARBRE_REBUILD_GOLDEN") == "1":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    kept = file.read_bytes().decode() if file.exists() else ""
    assert text == kept, (
        f"{name} differs; if it should, look at it and run again with MARBRE_REBUILD_GOLDEN=1"
    )
