"""A deadline for waiting on a server that hangs.

`statement_timeout` is kept by the server, keepalives notice a dead machine only: a
server that is frozen keeps its callers for ever, unless the socket is shut from here.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import suppress

IDLE_ROUNDS = 5  # before the thread ends: to begin one costs as much as an operation


class Watchdog:
    """Shuts the sockets whose answer takes longer than `seconds`, within a twentieth of
    that."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._forget()
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        """Also in a forked child, which has neither the thread nor its sockets."""
        self._lock = threading.Lock()
        self._deadlines: dict[int, float] = {}
        self._runs = False

    def watch(self, fileno: int) -> None:
        """From now on; the socket must not be closed before `unwatch`."""
        with self._lock:
            self._deadlines[fileno] = time.monotonic() + self._seconds
            if not self._runs:
                self._runs = True
                threading.Thread(
                    target=self._patrol, name="watchdog", daemon=True
                ).start()

    def unwatch(self, fileno: int) -> None:
        with self._lock:
            self._deadlines.pop(fileno, None)

    def _patrol(self) -> None:
        idle = 0
        while True:
            time.sleep(self._seconds / 20)
            now = time.monotonic()
            with self._lock:
                late = [key for key, due in self._deadlines.items() if due < now]
                for fileno in late:
                    del self._deadlines[fileno]
                    _shut(fileno)
                idle = 0 if self._deadlines else idle + 1
                if idle == IDLE_ROUNDS:
                    self._runs = False
                    return


def _shut(fileno: int) -> None:
    # A driver that lost the connection meanwhile has closed it: nothing is left to do.
    with suppress(OSError), socket.socket(fileno=os.dup(fileno)) as ours:
        ours.shutdown(socket.SHUT_RDWR)
