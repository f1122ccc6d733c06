"""A ledger with a queue, and sources to submit."""

from contextlib import closing

import pytest

from pipeline.workers.filed import FiledLedger
from pipeline.workers.queue import prepared


@pytest.fixture
def ledger(postgres, tmp_path):
    """As a worker has it."""
    with closing(FiledLedger(postgres.schema(), tmp_path / "of-worker")) as opened:
        prepared(opened)
        yield opened


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(
            f"Article {n}\n\nLe conseil a voté le budget {n}.\n", encoding="utf-8"
        )
    return folder
