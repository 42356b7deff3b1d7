"""What protects the app from a database that hangs holds whatever the URL says."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from itinerary_app.errors import ConfigurationError, StorageUnavailable
from itinerary_app.storage.database import Database, open_database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.schema import verify_schema
from itinerary_app.storage.testing import OWNER


def test_options_of_the_url_come_on_top(database_url: str, tmp_path: Path) -> None:
    """What the URL asks for holds, and so do the limits of time and the time zone."""
    url = f"{database_url}&options={quote('-c work_mem=6MB -c synchronous_commit=off')}"
    database = open_database(url, tmp_path)
    verify_schema(database)
    with database.connect() as connection:
        shown = [
            connection.execute(f"SHOW {name}").fetchone()
            for name in ("work_mem", "synchronous_commit", "statement_timeout")
        ]
    assert shown == [("6MB",), ("off",), ("5s",)]


@pytest.mark.parametrize(
    ("ended", "named"),
    [
        ("options=-c%20statement_timeout%3D0", "statement_timeout"),
        ("options=-cSTATEMENT_TIMEOUT%3D0", "statement_timeout"),
        ("options=--lock-timeout%3D0", "lock_timeout"),
        ("options=-c%20timezone%3DAsia/Kolkata", "TimeZone"),
        ("connect_timeout=0", "connect_timeout"),
        ("tcp_user_timeout=0", "tcp_user_timeout"),
        ("keepalives=0", "keepalives"),
    ],
)
def test_a_protection_is_not_switched_off(
    database_url: str, tmp_path: Path, ended: str, named: str
) -> None:
    """A URL that would end one is refused, by the name of what it would end."""
    with pytest.raises(ConfigurationError, match=f"sets {named}, which protects"):
        open_database(f"{database_url}&{ended}", tmp_path)


def test_a_connection_that_lost_its_limits_is_not_used(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """Also after the start: whatever takes them away stands in the log."""
    bare = {name: it for name, it in database.parameters.items() if name != "options"}
    with closing(PostgresStorage(Database(bare), pool_size=1)) as storage:
        for _ in range(2):
            with pytest.raises(StorageUnavailable):
                storage.create_session(owner_hash=OWNER)
    assert "statement_timeout is 0 and not 5s" in caplog.text


def test_settings_that_do_not_arrive_stop_the_start(database: Database) -> None:
    """Where a pooler drops what connections ask for, the start tells which."""
    deaf = replace(database, parameters={**database.parameters, "options": ""})
    with pytest.raises(ConfigurationError, match="statement_timeout is 0 and not 5s"):
        verify_schema(deaf)
