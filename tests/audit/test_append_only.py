"""Who may write sessions can neither change the trail nor add to it by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from itinerary_app.audit import Trail
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.roles import grant_app
from itinerary_app.storage.schema import verify_schema
from itinerary_app.storage.testing import OWNER, itinerary, turn
from itinerary_app.trips.retention import sweep

ATTEMPTS = [
    "UPDATE session_events SET detail = '{}'",
    "UPDATE session_events SET hash = '', seq = seq + 1, at = now(), db_role = 'x'",
    "DELETE FROM session_events",
    "TRUNCATE session_events",
    (
        "INSERT INTO session_events SELECT * FROM session_events "
        "ON CONFLICT (session_id, seq) DO UPDATE SET kind = 'x'"
    ),
    (
        "MERGE INTO session_events e USING sessions s ON s.session_id = e.session_id "
        "WHEN MATCHED THEN DELETE"
    ),
    "COPY session_events FROM '/dev/null'",
    "COPY session_events FROM STDIN",
    "ALTER TABLE session_events DISABLE TRIGGER audit_refuse",
    "ALTER TABLE messages DISABLE TRIGGER audit_messages",
    "DROP TRIGGER audit_messages ON messages",
    "DROP TABLE session_events",
    "SET session_replication_role = replica",
    (
        "CREATE OR REPLACE FUNCTION audit_messages() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NULL; END'"
    ),
    "ALTER FUNCTION append_session_event OWNER TO CURRENT_USER",
    "SELECT append_session_event(gen_random_uuid(), 1, 'created', '{}')",
    (
        "CREATE TEMP TABLE mine (LIKE sessions); "
        "CREATE TRIGGER forge AFTER INSERT ON mine "
        "FOR EACH ROW EXECUTE FUNCTION audit_created()"
    ),
    "DELETE FROM sealed_chains",
    "UPDATE audit_seals SET mac = ''",
    "TRUNCATE messages",
    "SET itinerary.forgetting = 'on'; DELETE FROM session_events",
    "DELETE FROM audit_forgotten",
    "INSERT INTO audit_forgotten VALUES (1, now(), 1, '')",
]


@pytest.fixture
def app_role(database: Database, admin: psycopg.Connection[Any]) -> Iterator[Database]:
    """The database as the role sees it that `flask roles app` makes."""
    role = f"app_{uuid4().hex}"
    grant_app(database, role, role)
    yield Database({**database.parameters, "user": role, "password": role})
    admin.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_app_role_is_refused(
    app_role: Database, storage: PostgresStorage, trail: Trail, attempt: str
) -> None:
    """Each way to change, empty, feed or switch off the trail is refused."""
    key = storage.create_session(owner_hash=OWNER)
    storage.update_session(key.session_id, Changes(), messages=turn("a"))
    with (
        psycopg.connect(**app_role.parameters, autocommit=True) as connection,
        pytest.raises(InsufficientPrivilege),
    ):
        connection.execute(attempt)
    assert list(trail.verify(["key"])) == []


def test_who_claims_to_save_a_turn_is_recorded_all_the_same(
    app_role: Database, storage: PostgresStorage, trail: Trail
) -> None:
    """The setting that silences the triggers for a turn does so for nobody else."""
    key = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(key, Changes(), messages=turn("a"))
    before = len(trail.events(UUID(key)))
    with psycopg.connect(**app_role.parameters, autocommit=True) as connection:
        connection.execute("SET itinerary.saves_turn = 'on'")
        connection.execute("UPDATE sessions SET preferences = '{}', plans = 7")
        connection.execute("UPDATE sessions SET itinerary = '[]'")
        connection.execute("SET itinerary.saves_turn = 'on'")
        connection.execute('UPDATE sessions SET preferences = \'{"pace": "packed"}\'')
        connection.execute("SET itinerary.saves_turn = 'on'")
        connection.execute(
            "INSERT INTO messages VALUES (%s, 3, 'user', 'b', null, null, 0, now())",
            [key],
        )
    told = [event.kind for event in trail.events(UUID(key))[before:]]
    assert told == [
        *("changed", "version", "itinerary", "version", "preferences"),
        "messages",
    ]
    assert list(trail.verify(["key"])) == []


def test_the_app_role_can_do_all_that_the_app_does(
    app_role: Database, admin: psycopg.Connection[Any]
) -> None:
    """With its grants alone the app serves, sweeps, counts, seals and verifies."""
    verify_schema(app_role)
    storage, trail = PostgresStorage(app_role, pool_size=1), Trail(app_role)
    key = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(key, Changes({"pace": "packed"}, itinerary()))
    storage.update_session(key, Changes(), messages=turn("a"))
    storage.record_export(key, "ics")
    storage.delete_session(key)
    storage.create_session(owner_hash=OWNER)
    admin.execute(
        "UPDATE sessions SET ends_at = now(), sweep_after = now() - interval '1 s'"
    )
    assert sweep(storage, keep_facts=timedelta(days=1)).sessions == 1
    assert storage.sweep_totals()
    today = datetime.now(UTC).date()
    assert storage.figures(today, today).funnel.started == 2
    trail.seal("key")
    assert list(trail.verify(["key"])) == []
    storage.close()


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE session_events SET kind = 'x'",
        "DELETE FROM session_events",
        "TRUNCATE session_events, sealed_chains",
        "DELETE FROM audit_seals",
        "TRUNCATE sessions CASCADE",
    ],
)
def test_a_superuser_is_refused_as_well(
    storage: PostgresStorage, admin: psycopg.Connection[Any], attempt: str
) -> None:
    """Nobody changes the trail by mistake: it takes triggers switched off."""
    storage.create_session(owner_hash=OWNER)
    with pytest.raises(InsufficientPrivilege, match="refused: "):
        admin.execute(attempt)


def test_a_search_path_does_not_lead_the_triggers_astray(
    app_role: Database, storage: PostgresStorage, trail: Trail
) -> None:
    """Functions and tables that the app role puts in front are not used."""
    key = storage.create_session(owner_hash=OWNER).session_id
    with psycopg.connect(**app_role.parameters, autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE session_events (LIKE session_events)")
        connection.execute("SET search_path = pg_temp, public")
        connection.execute("SET itinerary.saves_turn = 'on'")
        connection.execute("UPDATE public.sessions SET ends_at = ends_at + '1 h'")
    assert len(trail.events(key)) == 2
