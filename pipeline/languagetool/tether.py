"""Become the command given, and be killed when the parent ends, even by kill -9. Run as a script, by its path.

A process of its own does this between fork and exec, where a program with threads must run nothing. Linux
only: elsewhere the command is started as it is, and ends with the run unless the run itself is killed.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, *command = sys.argv[1:]
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == int(parent):  # else it ended before we were tied to it
        os.execv(command[0], command)  # noqa: S606 - words of our own


if __name__ == "__main__":
    main()
