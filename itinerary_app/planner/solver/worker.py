"""A process that solves what it is asked, until nobody can ask any more.

It imports the search and nothing else of the app: there may be one for each core.
"""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing.connection import Connection

from itinerary_app.planner.solver.solving import solve

NICENESS = 5  # pages go first


def main(descriptor: int) -> None:
    """Answer on the connection that is open under this descriptor."""
    os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    with Connection(descriptor) as asked:
        while True:
            try:
                asked.send(solve(*asked.recv()))
            except (EOFError, OSError):  # the parent is gone
                return


def main_of_copy(descriptor: int) -> None:
    """As `main`, in a copy of a process that serves: nothing else of it is kept."""
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, os.sysconf("SC_OPEN_MAX"))
    main(descriptor)


if __name__ == "__main__":
    main(int(sys.argv[1]))
