"""A local server that speaks the protocol of chat completions, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Handler"], None]


def completes(content: str) -> Answer:
    """An answer as it should be, with this content."""
    body = json.dumps({"choices": [{"message": {"content": content}}]})
    return raw(200, body.encode())


def says(*acts: tuple[str, dict[str, Any]], language: str = "en") -> Answer:
    """A completion of our schema: acts with their quotes."""
    said = [{"quote": quote, "act": act} for quote, act in acts]
    return completes(json.dumps({"language": language, "acts": said}))


def raw(status: int, body: bytes = b"", **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.begin(status, len(body), headers)
        handler.wfile.write(body)

    return answer


def cut(handler: Handler) -> None:
    """The connection ends in the middle of the answer."""
    handler.begin(200, 1_000, {})
    handler.wfile.write(b'{"choices": [')


def silent(handler: Handler) -> None:
    """Nothing comes, however long one waits."""
    handler.server.released.wait()


def trickling(handler: Handler) -> None:
    """A byte now and then, so that no single read takes long."""
    handler.begin(200, 1_000_000, {})
    while not handler.server.released.wait(0.02):
        handler.wfile.write(b" ")


class ModelHost(ThreadingHTTPServer):
    """Gives the next answer to each question, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Answer] = []
        self.questions: list[dict[str, Any]] = []
        self.sizes: list[int] = []
        self.keys: list[str | None] = []
        self.paths: list[str] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def scene(self) -> dict[str, Any]:
        """What the last question says, as data."""
        described: dict[str, Any] = json.loads(
            self.questions[-1]["messages"][-1]["content"]
        )
        return described

    def handle_error(self, *_: object) -> None:
        """A client that has given up is what these tests are about."""


class Handler(BaseHTTPRequestHandler):
    server: ModelHost

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.questions.append(json.loads(body))
        self.server.sizes.append(len(body))
        self.server.keys.append(self.headers["Authorization"])
        self.server.paths.append(self.path)
        self.server.answers.pop(0)(self)

    def begin(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """The tests' output is not the place for it."""
