"""The storage that the page on adding one shows keeps the contract."""

from __future__ import annotations

import re
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from itinerary_app.storage import base
from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.testing import SessionStorageContract
from tests.storage.test_memory import Clock

PAGE = Path(base.__file__).parent / "README.md"


def shown() -> Any:
    """The class that the page's first piece of code defines."""
    code = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)[0]
    names: dict[str, Any] = {}
    exec(compile(code, str(PAGE), "exec"), names)
    return names["SqliteStorage"]


class TestExample(SessionStorageContract):
    clock: Clock
    path: Path

    @pytest.fixture
    def storage(self, tmp_path: Path) -> SessionStorage:
        self.clock = Clock()
        self.path = tmp_path / "trips.sqlite"
        storage: SessionStorage = shown()(self.path, clock=self.clock)
        return storage

    def damage(self, storage: SessionStorage, session_id: str) -> None:
        kept = sqlite3.connect(self.path, isolation_level=None)
        kept.execute(
            "UPDATE sessions SET data = json_set(data, '$.preferences.pace', 7) "
            "WHERE id = ?",
            [session_id],
        )

    def pass_time(self, storage: SessionStorage, by: timedelta) -> None:
        self.clock.now += by
