"""Waiting for what another process does."""

import time
from subprocess import Popen
from threading import Timer

import psutil


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def lives(pid: int) -> bool:
    """Whether a process goes on. One that has ended is there until somebody asks for it, and nobody may."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def said_up_to(words: str, running: Popen[str], seconds: float = 60) -> str:
    """What a program says on standard error, up to the line with these words; one that does not say them is killed."""
    assert running.stderr
    said = ""
    giving_up = Timer(seconds, running.kill)
    giving_up.start()
    try:
        for line in running.stderr:
            said += line
            if words in line:
                return said
    finally:
        giving_up.cancel()
    raise AssertionError(f"it never said {words!r}: {said}")
