"""The watchdog shuts what takes too long, and outlives what it watches."""

from __future__ import annotations

import socket

from itinerary_app.storage.watchdog import Watchdog


def test_a_socket_that_was_closed_ends_no_watch() -> None:
    """A driver closes a lost connection by itself; the others are watched on."""
    watchdog = Watchdog(0.2)
    (gone, its), (hangs, other) = socket.socketpair(), socket.socketpair()
    number = gone.fileno()
    gone.close()
    watchdog.watch(number)
    with its, hangs, other:
        other.settimeout(60)
        watchdog.watch(hangs.fileno())
        assert other.recv(1) == b""
