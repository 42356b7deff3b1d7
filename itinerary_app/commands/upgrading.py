"""`flask upgrade-database`: the embedded server's data for the version of now."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from itinerary_app.commands.backup import embedded_server
from itinerary_app.errors import ItineraryError
from itinerary_app.storage.upgrading import upgrade


@click.command("upgrade-database")
@click.option(
    "--old-bin",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the old version's programs, where they are not found.",
)
@with_appcontext
def upgrade_database(old_bin: Path | None) -> None:
    """Carry the embedded server's data over from an earlier PostgreSQL.

    All of it or nothing; the app must not run meanwhile. The data of before stay.
    """
    try:
        before = upgrade(embedded_server(), old_bin, click.echo)
    except (ItineraryError, OSError) as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(
        f"Done. The data of before lie in {before}: remove them in the end. Backups of "
        "before are of the old version: make a new one, in another folder. Now run: "
        "alembic upgrade head && flask --app wsgi audit verify"
    )
