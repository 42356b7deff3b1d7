"""Commands for operators: `flask --app wsgi sessions …`."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup

from itinerary_app.errors import ItineraryError
from itinerary_app.services import services
from itinerary_app.storage import open_storage, verify_storage
from itinerary_app.storage.base import Expiry, Portable
from itinerary_app.storage.transfer import copy

sessions = AppGroup("sessions", help="Look after the stored sessions.")


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(sessions)


@sessions.command("copy")
@click.option("--from", "source_url", required=True, help="URL to copy from.")
@click.option("--to", "target_url", required=True, help="URL to copy to.")
@click.option("--after", default="", help="Go on behind this session id.")
def copy_sessions(source_url: str, target_url: str, after: str) -> None:
    """Copy all living sessions to another storage, and verify each.

    Safe to repeat: what is there already in the same or a later version stays.
    """
    try:
        source, target = _portable(source_url), _portable(target_url)
        ids = list(source.session_ids(after=after))
        with click.progressbar(ids, label=f"{len(ids):,} sessions") as bar:
            copied = copy(source, target, bar)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(
        f"{copied.written:,} written with {copied.messages:,} messages, "
        f"{copied.kept:,} there already, {copied.gone:,} expired meanwhile. All that "
        "were copied were read back and are the same."
    )


def _portable(url: str) -> Portable:
    settings = services().settings
    verify_storage(url, instance_path=settings.instance_path, workers=1)
    storage = open_storage(
        url,
        expiry=Expiry(settings.session_idle, settings.session_lifetime),
        instance_path=settings.instance_path,
        pool_size=1,
    )
    if not isinstance(storage, Portable):
        raise click.ClickException(f"Sessions in {url} cannot be copied.")
    return storage
