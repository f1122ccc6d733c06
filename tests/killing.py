"""A process that ends at its n-th change of a file as if by `kill -9`: nothing it holds is closed, no `finally` is run."""

import os
import sys
import warnings
from collections.abc import Callable

_CHANGES = ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "shutil.rmtree")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_KILLED = 137


def killed_at(number: int, act: Callable[[], object]) -> bool:
    """Whether it came to so many changes; else it came to its end. What fails in it fails here."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # a runner may have threads; this one child has none
        child = os.fork()
    if child == 0:
        _die_at(number)
        try:
            act()
        except BaseException:  # noqa: BLE001 - whatever it is, the parent tells it
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, _KILLED)
    return status == _KILLED


def _die_at(number: int) -> None:
    done = 0

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        if event in _CHANGES or (event == "open" and _writes(arguments)):
            done += 1
            if done == number:
                os._exit(_KILLED)

    sys.addaudithook(hear)


def _writes(arguments: tuple[object, ...]) -> bool:
    return isinstance(arguments[2], int) and bool(arguments[2] & _WRITING)
