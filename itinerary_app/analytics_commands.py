"""Commands for analytics: figures for analysts, and invented trips to try them on."""

from __future__ import annotations

import re
import secrets
import sys
from contextlib import closing

import click
from flask.cli import AppGroup, with_appcontext

from itinerary_app.demo import Demo
from itinerary_app.errors import ItineraryError
from itinerary_app.services import services
from itinerary_app.storage import open_storage
from itinerary_app.storage.analyst import grant_analyst, is_role
from itinerary_app.storage.base import Expiry

MIN_PASSWORD_CHARS = 12

analytics = AppGroup("analytics", help="Let analysts read figures, and only figures.")


@analytics.command("grant")
@click.argument("role")
@click.option("--password-stdin", is_flag=True, help="Read its password from stdin.")
def grant(role: str, password_stdin: bool) -> None:
    """Make ROLE an analyst of this database.

    It reads the views of the schema `analyst`, and nothing else. A new role gets a
    password that is shown once, one that exists keeps its own. Safe to repeat; do so
    after each migration.
    """
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
        grant_analyst(database, role, password)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(f"{role} reads the views of the schema analyst, and nothing else.")
    if generated:
        click.echo(f"Its password, shown this once: {generated}")
    given = database.parameters
    click.echo(
        f"psql -h {given.get('host', 'localhost')} -p {given.get('port', 5432)} "
        f"-U {role} {given.get('dbname', '')}"
    )


@click.command("demo")
@click.option(
    "--sessions", "number", default=2_000, type=click.IntRange(1), show_default=True
)
@click.option("--days", default=30, type=click.IntRange(1, 3_650), show_default=True)
@click.option("--yes", is_flag=True, help="Outside development, too.")
@with_appcontext
def demo(number: int, days: int, yes: bool) -> None:
    """Fill the database with invented trips of the last days.

    The assistant and the planner make them as they make real ones; most have expired
    and are swept. They cannot be told from real ones afterwards.
    """
    settings = services().settings
    if settings.environment != "development" and not yes:
        raise click.ClickException(
            f"This would put {number:,} invented trips among real ones. Set "
            "APP_ENV=development and another DATABASE_URL, or say --yes."
        )
    try:
        database = services().database()
        storage = open_storage(
            settings.storage_url,
            expiry=Expiry(settings.session_idle, settings.session_lifetime),
            instance_path=settings.instance_path,
            pool_size=1,
            synchronous_commit=False,
        )
        with (
            closing(storage),
            database.connect() as admin,
            click.progressbar(length=number, label=f"{number:,} trips") as bar,
        ):
            Demo(storage, admin, days=days).fill(number, on_trip=bar.update)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc


def _password() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if len(password) < MIN_PASSWORD_CHARS:
        raise click.ClickException(
            f"The password on stdin must have {MIN_PASSWORD_CHARS} characters or more."
        )
    return password
