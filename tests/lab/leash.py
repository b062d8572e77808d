"""`python leash.py PARENT COMMAND …`: become that command, and die with the process PARENT.

Linux sends the signal when the parent ends, however it ends; elsewhere this only runs the command.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Never returns."""
    parent, *command = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != int(parent):  # it ended before the leash was on
            sys.exit(1)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
