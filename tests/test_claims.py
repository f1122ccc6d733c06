import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.claims import LASTS, Claims, _here
from pipeline.errors import LedgerBusyError
from pipeline.ledger import Ledger


@pytest.fixture
def ledger(ledger_url):
    opened = Ledger(ledger_url)
    yield opened
    opened.close()


HERE = f"host space {os.getpid()}"


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def claims(ledger, clock=None, place=HERE):
    return Claims(ledger, clock or Clock(), place)


def test_a_source_has_one_holder(ledger):
    first, second = claims(ledger), claims(ledger)
    assert first.take("/a.txt")
    assert not second.take("/a.txt")
    assert second.take("/b.txt")


def test_who_waits_gets_it_when_it_is_free(ledger):
    first, second = claims(ledger), claims(ledger)
    order = []

    async def one(run, name, pause):
        async with run.on("/a.txt"):
            order.append(name)
            await asyncio.sleep(pause)
            order.append(name)

    async def both():
        await asyncio.gather(one(first, 1, 0.1), one(second, 2, 0))

    asyncio.run(both())
    assert order == [1, 1, 2, 2]


def test_it_is_free_again_after_a_failure(ledger):
    async def failing():
        async with claims(ledger).on("/a.txt"):
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - raised just above
        asyncio.run(failing())
    assert claims(ledger).take("/a.txt")


def test_who_waits_can_be_stopped(ledger):
    assert claims(ledger).take("/a.txt")

    def stopped():
        raise KeyError

    async def waiting():
        async with claims(ledger).on("/a.txt", stopped):
            pass

    with pytest.raises(KeyError):
        asyncio.run(waiting())


def test_the_claim_of_a_process_that_has_ended_is_void_on_its_machine(ledger):
    done = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    gone = f"host space {done.stdout.strip()}"
    assert claims(ledger, place=gone).take("/a.txt")
    assert not claims(ledger, place=f"elsewhere space {os.getpid()}").take("/a.txt")
    assert claims(ledger).take("/a.txt")


def test_a_claim_runs_out_unless_it_is_renewed(ledger, monkeypatch):
    clock = Clock()
    first, second = claims(ledger, clock), claims(ledger, clock)
    assert first.take("/a.txt")
    clock.now += LASTS - 1
    assert not second.take("/a.txt")
    monkeypatch.setattr("pipeline.claims._RENEWED", 0.01)

    async def kept():
        async with first.kept():
            await asyncio.sleep(0.1)

    asyncio.run(kept())
    clock.now += 2
    assert not second.take("/a.txt")
    clock.now += LASTS
    assert second.take("/a.txt")


def test_a_machine_whose_clock_is_wrong_takes_nobody_s_claim_on_a_server(postgres, monkeypatch):
    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=1)

    with closing(Ledger(postgres.schema())) as ledger:
        assert Claims(ledger, place="one 1").take("/a.txt")
        monkeypatch.setattr("pipeline.dialects.datetime", Later)
        assert not Claims(ledger, place="two 2").take("/a.txt")
        assert abs(ledger.now() - datetime.now(UTC)) < timedelta(hours=1)


def test_of_many_that_find_a_dead_claim_one_takes_it(ledger_url, ledger):
    assert claims(ledger).take("/a.txt")
    late = Clock()
    late.now += LASTS + 1

    def take(_):
        with closing(Ledger(ledger_url)) as mine:
            return claims(mine, late).take("/a.txt")

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(take, range(6))) == 1


def test_one_run_gives_a_source_to_one_of_its_own(ledger):
    mine = claims(ledger)
    assert mine.take("/a.txt")
    assert not mine.take("/a.txt")


def test_what_was_left_while_the_ledger_was_locked_is_free_for_its_own_run_and_soon_for_others(
    ledger, monkeypatch
):
    """It was renewed with the others for as long as its run went on, and that run waited for itself."""

    def locked(_):
        raise LedgerBusyError("ledger_busy", "locked", "wait")

    ours, theirs = claims(ledger), claims(ledger)
    assert ours.take("/a")
    assert ours.take("/b")
    with monkeypatch.context() as patched:
        patched.setattr(ledger, "doing", locked)
        ours.leave("/a", "/b")
    assert ours.take("/a")
    monkeypatch.setattr("pipeline.claims._RENEWED", 0.01)

    async def kept():
        async with ours.kept():
            await asyncio.sleep(0.1)

    asyncio.run(kept())
    assert [theirs.take(source) for source in ("/a", "/b")] == [False, True]


def test_a_claim_names_what_no_other_process_on_any_machine_has():
    place = _here()
    assert place.endswith(f" {os.getpid()}")
    if sys.platform == "linux":
        assert Path("/proc/sys/kernel/random/boot_id").read_text().strip() in place


def test_of_many_processes_that_want_it_one_gets_it(ledger_url, ledger):
    script = (
        "import sys; from pipeline.ledger import Ledger; from pipeline.claims import Claims\n"
        "c = Claims(Ledger(sys.argv[1])); print(sum(c.take(f'/{n}') for n in range(50))); sys.stdout.flush(); input()"
    )
    words = [sys.executable, "-c", script, ledger_url]
    runs = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    taken = [int(run.stdout.readline()) for run in runs if run.stdout]
    for run in runs:
        run.communicate("\n", timeout=30)
    assert sum(taken) == 50


def test_many_are_held_in_one_step_where_no_other_run_has_them(ledger):
    ours, theirs = Claims(ledger), Claims(ledger)
    assert theirs.take("/b")
    assert ours.take("/c")
    with ours.held("/a", "/b", "/c") as mine:
        assert mine == {"/a", "/c"}
        assert not theirs.take("/a")
    assert theirs.take("/a")
    assert not theirs.take("/c"), "what was held before is held on"
    assert [ours.is_free(source) for source in ("/a", "/c", "/d")] == [False, False, True]
