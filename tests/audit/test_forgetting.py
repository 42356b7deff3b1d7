"""What is old enough is forgotten: whole chains, by their owner, and not unnoticed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from itinerary_app.audit import Damage, Forgotten, Trail, Upkeep
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.testing import OWNER, turn

KEY = "a secret key of the app"
YEAR = timedelta(days=365)


@pytest.fixture
def untriggered(admin: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """A superuser for whom no trigger fires."""
    admin.execute("SET session_replication_role = replica")
    return admin


@pytest.fixture
def ended(storage: PostgresStorage) -> UUID:
    key = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(key, Changes(), messages=turn("a"))
    storage.delete_session(key)
    return UUID(key)


@pytest.fixture
def living(storage: PostgresStorage) -> UUID:
    return UUID(storage.create_session(owner_hash=OWNER).session_id)


def forget(trail: Trail, older_than: timedelta = timedelta()) -> list[Any]:
    return list(trail.forget([KEY], older_than=older_than))


def found(trail: Trail) -> list[str]:
    return [str(finding) for finding in trail.verify([KEY])]


def test_what_ended_is_forgotten_and_what_lives_is_not(
    trail: Trail, ended: UUID, living: UUID
) -> None:
    """Sealed chains of ended sessions go whole; the trail still verifies."""
    trail.seal(KEY)
    [done] = forget(trail)
    assert (done.seal, done.chains) == (1, 1)
    assert trail.events(ended) == []
    assert len(trail.events(living)) == 1
    assert found(trail) == []


def test_what_lived_is_sealed_anew_and_forgotten_later(
    trail: Trail, storage: PostgresStorage, living: UUID
) -> None:
    """A session that outlives its first seal is guarded by the next one."""
    trail.seal(KEY)
    forget(trail)
    assert trail.seal(KEY)[1] == 1
    storage.delete_session(str(living))
    trail.seal(KEY)
    assert sum(done.chains for done in forget(trail)) == 1
    assert (trail.events(living), found(trail)) == ([], [])


def test_young_and_unsealed_chains_stay(trail: Trail, ended: UUID) -> None:
    """Nothing goes that is not sealed, or whose seal is not old enough."""
    assert forget(trail) == []
    trail.seal(KEY)
    assert forget(trail, YEAR) == []
    assert len(trail.events(ended)) == 3


def test_tampering_is_not_forgotten(
    trail: Trail, ended: UUID, untriggered: psycopg.Connection[Any]
) -> None:
    """A seal that does not fit stays, and is told."""
    trail.seal(KEY)
    untriggered.execute("DELETE FROM session_events WHERE seq = 3")
    [finding] = forget(trail)
    assert isinstance(finding, Damage)
    assert "is missing, though it is in seal 1" in str(finding)
    assert len(trail.events(ended)) == 2


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE audit_forgotten SET chains = 7",
        "UPDATE audit_forgotten SET mac = sha256(mac)",
        "DELETE FROM audit_forgotten",
        "UPDATE audit_seals SET mac = sha256(mac)",
        "INSERT INTO audit_forgotten SELECT 2, now(), 1, mac FROM audit_forgotten",
    ],
)
def test_who_forges_the_record_is_found(
    trail: Trail, ended: UUID, untriggered: psycopg.Connection[Any], forgery: str
) -> None:
    """A chain that somebody else deleted does not pass for a forgotten one."""
    trail.seal(KEY)
    forget(trail)
    trail.seal(KEY)
    untriggered.execute(forgery)
    assert found(trail)


def test_a_delete_by_mistake_is_still_refused(
    ended: UUID, trail: Trail, admin: psycopg.Connection[Any]
) -> None:
    """After forgetting, the owner's plain DELETE is refused as before."""
    trail.seal(KEY)
    forget(trail)
    with pytest.raises(InsufficientPrivilege):
        admin.execute("DELETE FROM sealed_chains")


def test_upkeep_seals_daily_and_forgets(
    database: Database, trail: Trail, ended: UUID
) -> None:
    """The server seals once a day however often it sweeps, and forgets what is old."""
    times = [datetime.now(UTC)]
    upkeep = Upkeep(
        lambda: database, secrets=[KEY], keep=timedelta(), clock=lambda: times[-1]
    )
    upkeep()
    first = trail.last_seal()
    times.append(times[0] + timedelta(hours=23))
    upkeep()
    assert first
    assert trail.last_seal() == first
    assert trail.events(ended) == []
    times.append(times[0] + timedelta(days=2))
    upkeep()
    last = trail.last_seal()
    assert last
    assert last.number == 2
    assert found(trail) == []


def test_upkeep_survives_a_database_that_is_away(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What cannot be done now is logged, and does not stop the sweeper."""
    away = Database({"host": "127.0.0.1", "port": "1", "user": "x", "dbname": "x"})
    Upkeep(lambda: away, secrets=[KEY], keep=YEAR)()
    assert "not looked after" in caplog.text


def test_forgotten_tells_how_many(trail: Trail, ended: UUID) -> None:
    """Each seal's record says how many chains ended in it."""
    trail.seal(KEY)
    assert [type(it) for it in forget(trail)] == [Forgotten]
