"""Commands that help with all the others."""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg
import pytest
from sqlalchemy.exc import InternalError

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from tests.conftest import ROOT
from tests.web.talk import WISH, Caller


def settings(url: str) -> Settings:
    return Settings(environment="development", secret_key="x" * 40, storage_url=url)


def test_database_url_leads_to_the_database(database_url: str) -> None:
    """What is told connects psql, and the app, to the app's own database."""
    app = create_app(settings(database_url))
    told = app.test_cli_runner().invoke(args=["database-url"]).output.strip()
    assert told.startswith("postgresql://")
    with psycopg.connect(told) as connection:
        assert connection.info.dbname == psycopg.conninfo.conninfo_to_dict(
            database_url
        ).get("dbname")


def test_database_url_of_no_database() -> None:
    """A storage without tables says what would have to be there."""
    answer = create_app(settings("memory:")).test_cli_runner()
    result = answer.invoke(args=["database-url"])
    assert result.exit_code == 1
    assert "This needs PostgreSQL" in result.output


def test_a_command_without_settings_says_what_is_missing() -> None:
    """No traceback: one line names the variable and the remedy."""
    env = {k: v for k, v in os.environ.items() if k not in ("APP_ENV", "SECRET_KEY")}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "sessions", "stats"]
    run = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert "APP_ENV=development" in run.stderr


def test_the_shell_has_the_tables(database_url: str) -> None:
    """In `flask shell` a trip's row leads to its messages; nothing can be written."""
    app = create_app(settings(database_url))
    caller = Caller(app.test_client())
    caller.say(caller.begin(), WISH)
    with app.app_context():
        shell = app.make_shell_context()
    db, trips = shell["db"], shell["StoredSession"]
    [trip] = db.scalars(shell["select"](trips).where(trips.plans > 0))
    assert [it.role for it in trip.messages] == ["user", "assistant"]
    assert trip.messages[0].content == WISH
    trip.exports = 9
    with pytest.raises(InternalError, match="read-only"):
        db.flush()
    db.close()
    db.get_bind().dispose()


def test_a_shell_without_tables_has_none() -> None:
    """With another storage the shell opens all the same."""
    app = create_app(settings("memory:"))
    with app.app_context():
        assert "db" not in app.make_shell_context()
