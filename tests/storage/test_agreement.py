"""All storages answer a random program alike, and the program finds planted bugs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from itinerary_app.errors import SessionNotFound
from itinerary_app.model import Message
from itinerary_app.storage.base import (
    TOUCH_INTERVAL,
    Changes,
    Expiry,
    Record,
    Saved,
)
from itinerary_app.storage.database import Database
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.storage.testing import OWNER
from tests.storage.backends import (
    Backend,
    Divergence,
    MemoryBackend,
    PostgresBackend,
    RedisBackend,
)
from tests.storage.machine import EXPIRY, Agreement, Disagreement

SOAK = bool(os.environ.get("SOAK"))
PROGRAMS = settings(
    max_examples=1_000 if SOAK else 200,
    stateful_step_count=50 if SOAK else 40,
    derandomize=not SOAK,
    database=None,
    deadline=None,
)
WITHOUT_SHRINKING = settings(PROGRAMS, phases=[Phase.generate])


def run(backends: Sequence[Backend], programs: settings) -> None:
    run_state_machine_as_test(lambda: Agreement(backends), settings=programs)


@pytest.fixture
def backends(
    database: Database, postgresql: psycopg.Connection, redis_url: str
) -> Iterator[list[Backend]]:
    backends = [
        MemoryBackend(EXPIRY),
        PostgresBackend(EXPIRY, database, postgresql),
        RedisBackend(EXPIRY, redis_url),
    ]
    yield backends
    for backend in backends:
        backend.close()


def test_all_backends_answer_alike(backends: list[Backend]) -> None:
    """Whatever is asked, and whenever, all storages give the same answer or error."""
    run(backends, PROGRAMS)


class EndsTooEarly(MemoryStorage):
    def __init__(self, *, expiry: Expiry, **rest: Any) -> None:
        super().__init__(
            expiry=replace(expiry, idle=expiry.idle - TOUCH_INTERVAL), **rest
        )


class LosesThePlan(MemoryStorage):
    """When preferences are changed in the same write."""

    def update_session(self, session_id: str, changes: Changes, **rest: Any) -> Saved:
        if changes.preferences:
            changes = replace(changes, itinerary=None)
        return super().update_session(session_id, changes, **rest)


class VersionsOfTalk(MemoryStorage):
    """Also when nothing was changed but said."""

    def update_session(self, session_id: str, changes: Changes, **rest: Any) -> Saved:
        before = self.get_session(session_id, history=0, touch=False)
        if before and not changes.record and rest.get("messages"):
            changes = replace(changes, record=Record([], before))
        return super().update_session(session_id, changes, **rest)


class PagesFromTheOldest(MemoryStorage):
    def messages(
        self, session_id: str, *, before: int | None = None, limit: int = 50
    ) -> list[Message]:
        super().messages(session_id, limit=limit)
        return super().messages(session_id, before=before, limit=1_000)[:limit]


class AppendsTwice(MemoryStorage):
    def update_session(self, session_id: str, changes: Changes, **rest: Any) -> Saved:
        saved = super().update_session(session_id, changes, **rest)
        if saved.replayed:
            super().update_session(session_id, changes, messages=saved.messages)
        return saved


class RevivesTheDeleted(MemoryStorage):
    def __init__(self, **rest: Any) -> None:
        super().__init__(**rest)
        self.deleted: set[str] = set()

    def delete_session(self, session_id: str) -> bool:
        deleted = super().delete_session(session_id)
        if deleted:
            self.deleted.add(session_id)
        return deleted

    def update_session(self, session_id: str, changes: Changes, **rest: Any) -> Saved:
        try:
            return super().update_session(session_id, changes, **rest)
        except SessionNotFound:
            if session_id in self.deleted:
                self.create_session(owner_hash=OWNER, session_id=session_id)
            raise


@pytest.mark.parametrize(
    "mutant",
    [
        EndsTooEarly,
        LosesThePlan,
        VersionsOfTalk,
        PagesFromTheOldest,
        AppendsTwice,
        RevivesTheDeleted,
    ],
)
def test_each_planted_bug_is_found(mutant: type[MemoryStorage]) -> None:
    """The random program tells a storage with a bug from the right one."""
    with pytest.raises(Disagreement):
        run([MemoryBackend(EXPIRY), MemoryBackend(EXPIRY, mutant)], WITHOUT_SHRINKING)


@pytest.mark.parametrize("divergence", Divergence)
def test_a_divergence_that_heals_is_found(divergence: Divergence) -> None:
    """A backend that is said to differ, and does not, is found as well."""
    healed = MemoryBackend(EXPIRY)
    healed.divergences = frozenset([divergence])
    with pytest.raises(Disagreement, match="healed"):
        run([MemoryBackend(EXPIRY), healed], WITHOUT_SHRINKING)
