"""The way to a server: it can swallow what is sent, and lead to another server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Reach = Callable[[], socket.socket]
BLOCK = 1 << 16  # bytes


def by_tcp(port: int) -> Reach:
    return lambda: socket.create_connection(("127.0.0.1", port))


def by_unix(path: str) -> Reach:
    def reach() -> socket.socket:
        made = socket.socket(socket.AF_UNIX)
        made.connect(path)
        return made

    return reach


class Way:
    """Passes on what comes to `port`, in both directions, until it is closed."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self._swallowed: tuple[str, ...] = ()
        self._open: list[tuple[socket.socket, socket.socket]] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    @contextmanager
    def swallowing(self, *directions: str) -> Iterator[None]:
        """What goes in these `directions`, "there" or "back", is lost while inside; no
        end hears of it. After that nothing passes any more on the connections of now.
        """
        self._swallowed = directions
        try:
            yield
        finally:
            self.cut()
            self._swallowed = ()

    def cut(self) -> None:
        """End all connections."""
        ended, self._open = self._open, []
        for ends in ended:
            for end in ends:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                here, _ = self._listener.accept()
                try:
                    there = self.reach()
                except OSError:
                    here.close()
                    continue
                self._open.append((here, there))
                for pump in ((here, there, "there"), (there, here, "back")):
                    threading.Thread(target=self._pump, args=pump, daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, direction: str) -> None:
        with suppress(OSError), source:
            while data := source.recv(BLOCK):
                if direction not in self._swallowed:
                    sink.sendall(data)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)
