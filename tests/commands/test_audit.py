"""flask audit show, verify and seal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import Result
from flask import Flask

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.testing import OWNER, turn


@pytest.fixture
def storage(database: Database) -> Iterator[PostgresStorage]:
    storage = PostgresStorage(database, pool_size=2)
    yield storage
    storage.close()


@pytest.fixture
def admin(database: Database) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(**database.parameters, autocommit=True) as connection:
        yield connection


def app(url: str, secret: str = "x" * 40) -> Flask:
    return create_app(
        Settings(environment="development", secret_key=secret, storage_url=url)
    )


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["audit", *arguments])


def test_an_auditors_day(
    database_url: str,
    storage: PostgresStorage,
    admin: psycopg.Connection[Any],
    tmp_path: Path,
) -> None:
    """Seal, verify and show; a finding says where and exits with 1."""
    trips = app(database_url)
    key = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(key, Changes(), messages=turn("a"))
    line = run(trips, "seal").output.splitlines()[-1]
    whole = run(trips, "verify", "--seal", line)
    assert whole.exit_code == 0
    assert "1 sessions are whole; sealed last" in whole.output
    shown = run(trips, "show", key).output
    assert "messages" in shown
    assert '"role":"assistant"' in shown

    new = app(database_url, "y" * 40)
    assert "--old-key-file" in run(new, "verify").output
    (tmp_path / "old").write_text("x" * 40 + "\n")
    assert run(new, "verify", "--old-key-file", str(tmp_path / "old")).exit_code == 0

    admin.execute("SET session_replication_role = replica")
    admin.execute("DELETE FROM session_events WHERE seq = 2")
    broken = run(trips, "verify")
    assert broken.exit_code == 1
    assert f"session {key}, event 2 is missing" in broken.output


def test_unknown_session(database_url: str) -> None:
    """Of a session that never was there is nothing to show."""
    none = run(app(database_url), "show", "00000000-0000-4000-8000-000000000000")
    assert none.exit_code == 1
    assert "Nothing is recorded" in none.output


@pytest.mark.parametrize("arguments", [["verify"], ["seal"], ["show", "0" * 32]])
def test_other_storages_have_no_trail(arguments: list[str]) -> None:
    """Without PostgreSQL the commands say what the trail needs."""
    refused = run(app("memory:"), *arguments)
    assert refused.exit_code == 1
    assert "needs PostgreSQL" in refused.output
