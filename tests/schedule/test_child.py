"""A run as a process: finished in its own time, or made to stop."""

import asyncio
import os
import signal
import sys

import pytest

from pipeline.schedule import child
from tests.waiting import wait_for

FINISHES = """
import time
from pipeline.schedule.child import finishing_on_sigterm
with finishing_on_sigterm() as stopping:
    open(FILE, "w").close()
    while not stopping():
        time.sleep(0.01)
raise SystemExit(130)
"""
DROPS = FINISHES.replace("while not stopping()", "while True").replace(
    "    open(", "    import atexit; atexit.register(lambda: open(FILE + '.end', 'w').close())\n    open("
)
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(FILE, "w").close()
time.sleep(60)
"""


def ran(script, tmp_path, grace, signals=()):
    """The exit code of a script that gets these signals once it has begun."""
    ready = tmp_path / "ready"

    async def go():
        stop = child.Stop()
        words = [sys.executable, "-c", f"FILE = {str(ready)!r}\n{script}"]
        running = asyncio.ensure_future(child.run(words, os.environ, stop, grace))
        if signals:
            await asyncio.to_thread(wait_for, ready.exists)
        for number in signals:
            stop.ask(number)
        return await running, stop.signal

    return asyncio.run(go())


def test_it_goes_by_itself_to_its_end(tmp_path):
    assert ran("raise SystemExit(4)", tmp_path, 60.0) == (4, 0)


def test_asked_to_stop_it_finishes_what_is_under_way(tmp_path):
    assert ran(FINISHES, tmp_path, 60.0, [signal.SIGTERM]) == (130, signal.SIGTERM)


def test_past_the_grace_it_drops_what_is_under_way(tmp_path):
    ran(DROPS, tmp_path, 0.1, [signal.SIGINT])
    assert (tmp_path / "ready.end").is_file(), "it came to its own end"


def test_asked_twice_it_drops_it_at_once(tmp_path):
    _, first = ran(DROPS, tmp_path, 60.0, [signal.SIGINT, signal.SIGTERM])
    assert first == signal.SIGINT
    assert (tmp_path / "ready.end").is_file()


def test_what_hears_nothing_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(child, "_LAST", 0.1)
    assert ran(DEAF, tmp_path, 0.1, [signal.SIGTERM])[0] == -signal.SIGKILL


def test_signals_reach_the_loop_and_the_handlers_before_come_back():
    async def go():
        stop = child.Stop()
        with child.heeding_signals(stop):
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.wait_for(stop.asked.wait(), 10)
        return stop.signal

    before = signal.getsignal(signal.SIGTERM)
    assert asyncio.run(go()) == signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_second_sigterm_interrupts():
    with child.finishing_on_sigterm() as stopping:
        assert not stopping()
        os.kill(os.getpid(), signal.SIGTERM)
        assert stopping()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
