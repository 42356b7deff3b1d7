"""Fixtures of the tests of the reader that asks a language model."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tests.assistant.model_scene import Clock
from tests.assistant.model_server import ModelHost


@pytest.fixture
def host() -> Iterator[ModelHost]:
    with ModelHost() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.released.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def clock() -> Clock:
    return Clock()
