"""`flask backup` and `flask restore`: the database as a file, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from itinerary_app.current import services
from itinerary_app.errors import ItineraryError
from itinerary_app.storage import has_tables
from itinerary_app.storage.archive import back_up_base, prune
from itinerary_app.storage.backup import back_up, rows_of
from itinerary_app.storage.backup import restore as restore_from
from itinerary_app.storage.database import Database, open_database
from itinerary_app.storage.embedded import DATA, EmbeddedServer
from itinerary_app.storage.recovering import recover

NAME = "itinerary_{:%Y-%m-%dT%H%M%SZ}.dump"
RESTORED = "Restored. Now run: alembic upgrade head && flask --app wsgi audit verify"


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="TARGET may be a file that exists.")
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    help="Of the backups in the folder TARGET keep only so many, the newest.",
)
@click.option(
    "--base",
    is_flag=True,
    help="Copy the embedded server's data to a new folder in the folder TARGET, and "
    "have its log of writes kept there from now on: for a restore to any time since.",
)
@with_appcontext
def backup(target: Path, overwrite: bool, keep: int | None, base: bool) -> None:
    """Write the whole database to the file TARGET, or to a new one in that folder.

    The app goes on meanwhile. The file holds all that travellers said (as it is stored:
    encrypted with ENCRYPTION_KEYS), but neither keys nor roles of the server.
    """
    if base:
        _back_up_base(target, keep)
        return
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


def _back_up_base(folder: Path, keep: int | None) -> None:
    try:
        server = embedded_server()
        made = back_up_base(server, folder, _progress)
        if keep:
            prune(server, folder, keep)
    except (ItineraryError, OSError) as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(f"{made} is whole. Any time from now on can be restored.")


@click.command("restore")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--replace", is_flag=True, help="Lose what the database holds now.")
@click.option(
    "--to",
    metavar="TIME",
    help="Where SOURCE is the folder of `backup --base`: what was written until then, "
    "as 2026-11-30T10:00:00Z; all of it without this.",
)
@with_appcontext
def restore(source: Path, replace: bool, to: str | None) -> None:
    """Make the database what it was when the backup SOURCE was written.

    All of it or nothing; the app must not run meanwhile.
    """
    if source.is_dir():
        _recover(source, to)
        return
    if to:
        raise click.UsageError("--to is for the folder of `backup --base`.")
    try:
        size = source.stat().st_size
        with click.progressbar(length=size, label=f"{size:,} bytes") as bar:
            restore_from(_database(), source, bar.update, replace=replace)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(RESTORED)


def _recover(folder: Path, to: str | None) -> None:
    try:
        time = datetime.fromisoformat(to) if to else None
    except ValueError as exc:
        raise click.UsageError(f"{to} is no time: 2026-11-30T10:00:00Z is.") from exc
    if time and time.tzinfo is None:
        raise click.UsageError(f"Whose {to}? Add Z for UTC, or an offset as +02:00.")
    try:
        last, before = recover(embedded_server(), folder, time, _progress)
    except (ItineraryError, OSError) as exc:
        raise click.ClickException(str(exc)) from exc
    if last:
        click.echo(f"The last change in it is of {last.astimezone(UTC):%FT%T.%fZ}.")
    if before:
        click.echo(f"What was there before lies in {before}: remove it in the end.")
    click.echo(RESTORED)


@contextmanager
def _progress(length: int, label: str) -> Iterator[Callable[[int], object]]:
    with click.progressbar(length=length, label=label) as bar:
        yield bar.update


def embedded_server() -> EmbeddedServer:
    """The app's own; ClickException where it has another."""
    settings = services().settings
    if settings.storage_url != "embedded:":
        raise click.ClickException(
            "This is for the embedded server only. A PostgreSQL of your own has its "
            "own means: pgBackRest, pg_upgrade, or those of who runs it."
        )
    return EmbeddedServer(settings.instance_path / DATA)


def _database() -> Database:
    """As it is, with or without tables."""
    settings = services().settings
    if not has_tables(settings.storage_url):
        raise click.ClickException(
            "Only PostgreSQL is backed up so. For Redis, keep copies of its snapshots "
            "(or append-only files), or run: flask --app wsgi sessions copy"
        )
    return open_database(settings.storage_url, settings.instance_path)
