"""Commands that make roles of least rights: for analysts, and for the app itself."""

from __future__ import annotations

import re
import secrets
import sys
from collections.abc import Callable

import click
from flask.cli import AppGroup

from itinerary_app.current import services
from itinerary_app.errors import ItineraryError
from itinerary_app.storage.analyst import grant_analyst
from itinerary_app.storage.database import Database
from itinerary_app.storage.roles import grant_app, is_role

MIN_PASSWORD_CHARS = 12

analytics = AppGroup("analytics", help="Let analysts read figures, and only figures.")
roles = AppGroup("roles", help="Let the app run with the rights that it needs.")

role_name = click.argument("role")
password_stdin = click.option(
    "--password-stdin", is_flag=True, help="Read its password from stdin."
)


@analytics.command("grant")
@role_name
@password_stdin
def grant(role: str, password_stdin: bool) -> None:
    """Make ROLE an analyst of this database.

    It reads the views of the schema `analyst`, and nothing else. A new role gets a
    password that is shown once, one that exists keeps its own. Safe to repeat; do so
    after each migration.
    """
    database = _granted(grant_analyst, role, password_stdin)
    click.echo(f"{role} reads the views of the schema analyst, and nothing else.")
    given = database.parameters
    click.echo(
        f"psql -h {given.get('host', 'localhost')} -p {given.get('port', 5432)} "
        f"-U {role} {given.get('dbname', '')}"
    )


@roles.command("app")
@role_name
@password_stdin
def app_role(role: str, password_stdin: bool) -> None:
    """Let ROLE serve the app: its rows, but neither the schema nor the audit trail.

    Run it as the role that migrates, and again after each migration; then give the
    servers a DATABASE_URL with ROLE. A new role gets a password that is shown once.
    """
    _granted(grant_app, role, password_stdin)
    click.echo(
        f"{role} may serve the app. It cannot change the schema or the audit trail."
    )


def _granted(
    give: Callable[[Database, str, str | None], None], role: str, password_stdin: bool
) -> Database:
    """The database in which `give` gave the role its rights, and a password if new."""
    if not re.fullmatch(r"(?!pg_)[a-z_][a-z0-9_]{0,62}", role):
        raise click.BadParameter(
            "expected lower-case letters, digits and _, not pg_ at the start.",
            param_hint="ROLE",
        )
    password = _password() if password_stdin else None
    generated = None
    try:
        database = services().database()
        if password is None and not is_role(database, role):
            password = generated = secrets.token_urlsafe(24)
        give(database, role, password)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    if generated:
        click.echo(f"Its password, shown this once: {generated}")
    return database


def _password() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if len(password) < MIN_PASSWORD_CHARS:
        raise click.ClickException(
            f"The password on stdin must have {MIN_PASSWORD_CHARS} characters or more."
        )
    return password
