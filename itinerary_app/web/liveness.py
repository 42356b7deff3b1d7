"""/livez on a port of its own, answered by gunicorn's master: it waits for no worker,
no thread and no database.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer

SLOW = 0.5  # seconds that one who asks has for asking


class Liveness(HTTPServer):
    """Answers 200 while `is_alive()`, else 503; from a thread of its own."""

    def __init__(self, host: str, port: int, is_alive: Callable[[], bool]) -> None:
        self.is_alive = is_alive
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Answer)
        threading.Thread(
            target=self.serve_forever, name="liveness", daemon=True
        ).start()

    def server_bind(self) -> None:
        """Without looking the host's name up, which may take its time."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)


class _Answer(BaseHTTPRequestHandler):
    timeout = SLOW

    def do_GET(self) -> None:
        assert isinstance(self.server, Liveness)
        if self.path != "/livez":
            status, text = 404, b'{"status": "not here"}'
        elif self.server.is_alive():
            status, text = 200, b'{"status": "alive"}'
        else:
            status, text = 503, b'{"status": "no worker answers"}'
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args: object) -> None:
        """Nothing: it is asked every few seconds."""
