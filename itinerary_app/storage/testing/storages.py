"""What a backend's test module gives to the promises."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

import pytest

from itinerary_app.model import TripSession
from itinerary_app.storage.base import SessionStorage
from itinerary_app.storage.testing.values import OWNER


class Storages:
    """Beside this a fixture `storage`."""

    divergences: ClassVar[Mapping[str, str]] = {}
    """Tests that this backend cannot pass, and why. One that heals fails the test."""

    @pytest.fixture(autouse=True)
    def _divergence(self, request: pytest.FixtureRequest) -> None:
        if reason := self.divergences.get(request.function.__name__):
            request.applymarker(pytest.mark.xfail(reason=reason, strict=True))

    def pass_time(self, storage: SessionStorage, by: timedelta) -> None:
        """Let `by` go by on the clock that this storage's expiry follows."""
        raise NotImplementedError

    def damage(self, storage: SessionStorage, session_id: str) -> None:
        """Write behind the storage's back what it cannot read as preferences."""
        raise NotImplementedError

    @pytest.fixture
    def trip(self, storage: SessionStorage) -> TripSession:
        return storage.create_session(owner_hash=OWNER)
