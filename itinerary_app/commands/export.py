"""The command that writes analysts' figures as files."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from itinerary_app.current import services
from itinerary_app.errors import ItineraryError
from itinerary_app.storage.parquet import export


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def export_files(folder: Path) -> None:
    """Write the analysts' daily views into FOLDER, as Parquet files by view and day.

    They hold what an analyst may read, and no more. Days that are over and have no
    living trip are written once; whatever stops this, it can be repeated, and goes on.
    """
    try:
        database = services().analytics_database()
        with click.progressbar(length=1, label=str(folder)) as bar:

            def advance(steps: int) -> None:
                bar.length = steps
                bar.update(1)

            done = export(database, folder, advance)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(
        f"{done.written:,} files written, {done.kept:,} were final already, of "
        f"{done.days:,} days."
    )
