"""Ctrl-C and SIGTERM: asked once, a run comes to its end in order; asked twice, it ends where it stands.

Everything on disk is whole at any moment, as it must be for `kill -9`, so the second needs no goodbye.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

from pipeline.errors import ExitCode

KEPT = "what was finished and what was paid for is kept: the same command goes on."
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_SHOW_CURSOR = b"\x1b[?25h"


class Interruption:
    """What somebody asked for while a run went on."""

    def __init__(self) -> None:
        self.asked = False
        self._end: Callable[[], None] | None = None

    def means(self, end: Callable[[], None]) -> None:
        """What the first signal does; it comes at any moment. Until this is called it is a `KeyboardInterrupt`."""
        self._end = end

    @contextmanager
    def heard(self) -> Iterator["Interruption"]:
        """For as long as this lasts, signals come here; Python gives them to the main thread alone."""
        is_main = current_thread() is main_thread()
        before = {number: signal.signal(number, self._hear) for number in _SIGNALS if is_main}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            _end_now()
        self.asked = True
        if self._end is None:
            raise KeyboardInterrupt
        self._end()


def _end_now() -> None:
    """No wait for calls, threads or processes: those of the run end with it."""
    shown = _SHOW_CURSOR + b"\n" if sys.stderr.isatty() else b""
    os.write(2, shown + f"marbre: interrupted; {KEPT}\n".encode())
    os._exit(ExitCode.INTERRUPTED)
