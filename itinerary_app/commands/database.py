"""Ways to the app's PostgreSQL: its URL for psql, its models in `flask shell`."""

from __future__ import annotations

from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import URL, func, select
from sqlalchemy.orm import Session

from itinerary_app.current import services
from itinerary_app.errors import ConfigurationError, ItineraryError
from itinerary_app.storage.tables import Base


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


def shell_context() -> dict[str, Any]:
    """For `flask shell`: all models by name, and `db`, a session that only reads."""
    try:
        engine = services().database().engine(pool_size=1)
    except ConfigurationError:
        return {}
    db = Session(
        engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    )
    models = {it.class_.__name__: it.class_ for it in Base.registry.mappers}
    return {**models, "db": db, "select": select, "func": func}
