"""Commands for who asks for his data: `flask --app wsgi privacy …`."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from itinerary_app.current import services
from itinerary_app.errors import ItineraryError
from itinerary_app.storage.acting import Acting, acting
from itinerary_app.text.words import counted
from itinerary_app.trips.belongings import belongings, erase


def _tell_audit() -> None:
    acting.set(Acting("cli:privacy"))


privacy = AppGroup(
    "privacy",
    help="Have or erase all trips of a traveller, who is known by the id of one.",
    callback=_tell_audit,
)


@privacy.command("export")
@click.argument("session_id")
def export(session_id: str) -> None:
    """Print all trips of the traveller who has this one, as JSON."""
    try:
        trips = belongings(services().storage, _owner(session_id))
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(json.dumps({"trips": trips}, indent=1, ensure_ascii=False))


@privacy.command("erase")
@click.argument("session_id")
@click.confirmation_option(prompt="Delete all trips of this traveller for good?")
def erase_all(session_id: str) -> None:
    """Delete all trips of the traveller who has this one."""
    try:
        count = erase(services().storage, _owner(session_id))
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(f"{counted(count, 'trip')} erased.")


def _owner(session_id: str) -> bytes:
    trip = services().storage.get_session(session_id, history=0, touch=False)
    if trip is None:
        raise click.ClickException("There is no living session with this id.")
    return trip.owner_hash
