"""The command that invents trips, so that the analytics can be seen."""

from __future__ import annotations

from contextlib import closing

import click
from flask.cli import with_appcontext

from itinerary_app.current import services
from itinerary_app.errors import ItineraryError
from itinerary_app.storage import open_storage
from itinerary_app.storage.base import Expiry
from itinerary_app.trips.demo import Demo


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
            encryption_keys=settings.encryption_keys,
        )
        with (
            closing(storage),
            database.connect() as admin,
            click.progressbar(length=number, label=f"{number:,} trips") as bar,
        ):
            Demo(storage, admin, days=days).fill(number, on_trip=bar.update)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
