"""`flask backup` and `flask restore`: the database as a file, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from itinerary_app.current import services
from itinerary_app.errors import ItineraryError
from itinerary_app.storage import has_tables
from itinerary_app.storage.backup import back_up, rows_of
from itinerary_app.storage.backup import restore as restore_from
from itinerary_app.storage.database import Database, open_database

NAME = "itinerary_{:%Y-%m-%dT%H%M%SZ}.dump"


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="TARGET may be a file that exists.")
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    help="Of the backups in the folder TARGET keep only so many, the newest.",
)
@with_appcontext
def backup(target: Path, overwrite: bool, keep: int | None) -> None:
    """Write the whole database to the file TARGET, or to a new one in that folder.

    The app goes on meanwhile. The file holds all that travellers said (as it is stored:
    encrypted with ENCRYPTION_KEYS), but neither keys nor roles of the server.
    """
    folder = target if target.is_dir() else None
    file = folder / NAME.format(datetime.now(UTC)) if folder else target
    if file.exists() and not overwrite:
        raise click.ClickException(f"{file} exists. To lose it, add --overwrite.")
    if keep and not folder:
        raise click.UsageError("--keep is for a folder.")
    try:
        database = _database()
        rows = rows_of(database)
        with click.progressbar(length=rows, label=f"about {rows:,} rows") as bar:
            back_up(database, file, bar.update)
            bar.update(rows)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(f"{file} holds {file.stat().st_size:,} bytes.")
    if folder and keep:
        for old in sorted(folder.glob("itinerary_*Z.dump"))[:-keep]:
            old.unlink()


@click.command("restore")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Lose what the database holds now.")
@with_appcontext
def restore(source: Path, replace: bool) -> None:
    """Make the database what it was when the backup SOURCE was written.

    All of it or nothing; the app must not run meanwhile.
    """
    try:
        size = source.stat().st_size
        with click.progressbar(length=size, label=f"{size:,} bytes") as bar:
            restore_from(_database(), source, bar.update, replace=replace)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(
        "Restored. Now run: alembic upgrade head && flask --app wsgi audit verify"
    )


def _database() -> Database:
    """As it is, with or without tables."""
    settings = services().settings
    if not has_tables(settings.storage_url):
        raise click.ClickException(
            "Only PostgreSQL is backed up so. For Redis, keep copies of its snapshots "
            "(or append-only files), or run: flask --app wsgi sessions copy"
        )
    return open_database(settings.storage_url, settings.instance_path)
