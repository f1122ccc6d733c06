"""A ledger with a queue, and sources to submit."""

from contextlib import closing

import pytest

from pipeline.ledger import Ledger
from pipeline.workers.queue import prepared


@pytest.fixture
def ledger(postgres):
    with closing(prepared(Ledger(postgres.schema()))) as opened:
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
