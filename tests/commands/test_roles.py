"""`flask roles app`: a role that serves, and can do no more."""

from __future__ import annotations

from uuid import uuid4

import psycopg

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import services


def test_the_command_makes_a_role_that_serves(
    database_url: str, postgresql: psycopg.Connection
) -> None:
    """With a password that is shown once; the app writes trips as that role."""
    role = f"app_{uuid4().hex}"

    def app_as(url: str) -> Settings:
        return Settings(environment="development", secret_key="x" * 40, storage_url=url)

    runner = create_app(app_as(database_url)).test_cli_runner()
    refused = runner.invoke(args=["roles", "app", "Robert'); DROP"])
    assert refused.exit_code == 2
    made = runner.invoke(args=["roles", "app", role])
    assert made.exit_code == 0, made.output
    assert "shown this once" in made.output
    again = runner.invoke(args=["roles", "app", role])
    assert "shown this once" not in again.output
    user = f"user={postgresql.info.user}"
    assert user in database_url
    app = create_app(app_as(database_url.replace(user, f"user={role}")))
    with app.app_context():
        assert app.test_client().post("/api/v1/sessions").status_code == 201
        services().storage.close()
    postgresql.autocommit = True
    postgresql.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")
