"""The command that hands out the way to the app's PostgreSQL."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy import URL

from itinerary_app.current import services
from itinerary_app.errors import ItineraryError


@click.command("database-url")
@with_appcontext
def tell_database() -> None:
    """Tell how to reach the app's PostgreSQL: psql "$(flask --app wsgi database-url)".

    The embedded server runs while the app, or something else, uses it.
    """
    try:
        given = services().database().parameters
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    url = URL.create(
        "postgresql",
        given.get("user"),
        given.get("password"),
        database=given.get("dbname"),
        query={it: str(given[it]) for it in ("host", "port") if it in given},
    )
    click.echo(url.render_as_string(hide_password=False))
