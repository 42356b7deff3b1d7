"""Commands for stored sessions: `flask --app wsgi sessions …`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import click
import msgspec
from flask.cli import AppGroup

from itinerary_app.current import services
from itinerary_app.errors import ItineraryError
from itinerary_app.storage import open_storage, verify_storage
from itinerary_app.storage.acting import Acting, acting
from itinerary_app.storage.base import (
    TOUCH_INTERVAL,
    Expiry,
    Mark,
    Portable,
    Reencryptable,
)
from itinerary_app.storage.rotation import rotate
from itinerary_app.storage.transfer import copy
from itinerary_app.trips.retention import BATCH, MAX_SECONDS, Clocks, sweep


def _tell_audit() -> None:
    acting.set(Acting("cli:sessions"))


sessions = AppGroup(
    "sessions", help="Look after the stored sessions.", callback=_tell_audit
)


@sessions.command("copy")
@click.option("--from", "source_url", required=True, help="URL to copy from.")
@click.option("--to", "target_url", required=True, help="URL to copy to.")
@click.option("--after", default="", help="Go on behind this session id.")
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that notes what was copied; with it a repetition deletes, too.",
)
def copy_sessions(
    source_url: str, target_url: str, after: str, journal: Path | None
) -> None:
    """Copy all living sessions to another storage, and verify each.

    Safe to repeat: what is there already in the same or a later version stays. What
    the journal notes and the source has no more is deleted, unless it went on there.
    """
    try:
        source, target = _portable(source_url), _portable(target_url)
        ids = list(source.session_ids(after=after))
        with (
            _journal(journal) as marks,
            click.progressbar(ids, label=f"{len(ids):,} sessions") as bar,
        ):
            copied = copy(source, target, bar, marks)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(
        f"{copied.written:,} written with {copied.messages:,} messages, "
        f"{copied.kept:,} there already, {copied.gone:,} ended meanwhile, "
        f"{copied.deleted:,} deleted, {len(copied.failed):,} failed. "
        "What was copied was read back and is the same."
    )
    for session_id, reason in copied.failed.items():
        click.echo(f"Session {session_id} {reason}.")
    if copied.failed:
        raise SystemExit(1)


@contextmanager
def _journal(path: Path | None) -> Iterator[dict[str, Mark]]:
    """What the file notes; what became of it is noted, also after a failure."""
    if path is None:
        yield {}
        return
    try:
        text = path.read_bytes() if path.exists() else b"{}"
        marks = msgspec.json.decode(text, type=dict[str, Mark])
    except (OSError, msgspec.MsgspecError) as exc:
        raise click.ClickException(f"{path} is no journal of a copy.") from exc
    try:
        yield marks
    finally:
        path.write_bytes(msgspec.json.encode(marks))


@sessions.command("sweep")
@click.option("--dry-run", is_flag=True, help="Only tell what there is to do.")
@click.option("--batch", default=BATCH, type=click.IntRange(1), show_default=True)
@click.option(
    "--max-seconds", default=MAX_SECONDS, type=click.FloatRange(0), show_default=True
)
@click.option("--trust-clock", is_flag=True, help="Though there is reason to doubt it.")
def sweep_sessions(
    dry_run: bool, batch: int, max_seconds: float, trust_clock: bool
) -> None:
    """Delete expired sessions for good, as the server does from time to time.

    For cron or a systemd timer. Safe beside other sweepers and while people talk.
    """
    storage = services().storage
    try:
        backlog = storage.backlog()
        if dry_run:
            click.echo(f"{backlog.sessions:,} expired sessions would be deleted.")
            return
        if not trust_clock and (doubt := Clocks(storage).doubt()):
            raise click.ClickException(
                f"Nothing is deleted: {doubt}. Set the clocks right, or say "
                "--trust-clock if they are."
            )
        with click.progressbar(length=backlog.sessions, label="sessions") as bar:
            swept = sweep(
                storage,
                batch=batch,
                max_seconds=max_seconds,
                keep_facts=services().settings.keep_facts,
                on_batch=bar.update,
            )
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(f"{swept}.")


@sessions.command("rotate-keys")
@click.option("--after", default="", help="Go on behind this session id.")
def rotate_keys(after: str) -> None:
    """Encrypt all kept sessions under the first of ENCRYPTION_KEYS.

    Those that are not encrypted yet, too; with `plain` first all are decrypted. Safe
    beside travellers, and to repeat: what is done already is only read.
    """
    storage, keys = services().storage, services().settings.encryption_keys
    if not isinstance(storage, Reencryptable):
        raise click.ClickException("Memory is not encrypted.")
    if not keys:
        raise click.ClickException("Set ENCRYPTION_KEYS first; README says how.")
    try:
        ids = list(storage.kept_ids(after=after))
        with click.progressbar(ids, label=f"{len(ids):,} sessions") as bar:
            rotated = rotate(storage, bar)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(
        f"{rotated.written:,} written under {next(iter(keys))}, {rotated.kept:,} were "
        f"already, {rotated.gone:,} ended meanwhile, {len(rotated.failed):,} failed."
    )
    for session_id, reason in rotated.failed.items():
        click.echo(f"Session {session_id}: {reason}")
    if rotated.failed:
        raise SystemExit(1)


@sessions.command("list")
@click.option("--limit", default=50, type=click.IntRange(1), show_default=True)
@click.option("--after", default="", help="Go on behind this session id.")
def list_sessions(limit: int, after: str) -> None:
    """List living sessions by id: used last, messages, days and city."""
    storage = _own_portable()
    try:
        for session_id in islice(storage.session_ids(after=after), limit):
            trip = services().storage.get_session(session_id, history=0, touch=False)
            if trip is not None:
                told = trip.preferences
                click.echo(
                    f"{session_id}  {trip.last_accessed:%Y-%m-%d %H:%M:%SZ}"
                    f"  {trip.message_count:>6,}  {told.duration_days or '-':>4}"
                    f"  {told.city or '-'}{'' if trip.itinerary else ' (no plan)'}"
                )
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc


@sessions.command("show")
@click.argument("session_id")
@click.option("--texts", is_flag=True, help="What was said, too.")
def show_session(session_id: str, texts: bool) -> None:
    """Show one session. It does not count as use."""
    storage = _own_portable()
    try:
        found = storage.snapshot(session_id)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    if found is None:
        raise click.ClickException("There is no living session with this id.")
    trip = found.session
    expires = min(trip.last_accessed + trip.idle + TOUCH_INTERVAL, trip.ends_at)
    lines = {
        "version": trip.version,
        "created": trip.created_at.isoformat(" ", "seconds"),
        "last used": trip.last_accessed.isoformat(" ", "seconds"),
        "expires": expires.isoformat(" ", "seconds"),
        "preferences": trip.preferences.to_dict(),
        "questions": trip.clarifying_questions_count,
        "messages": trip.message_count,
    }
    for name, value in lines.items():
        click.echo(f"{name:<12} {value}")
    for day in trip.itinerary.days if trip.itinerary else ():
        names = ", ".join(stop.place.name for stop in day.stops)
        click.echo(f"{f'day {day.number}':<12} {names}")
    for message in trip.conversation_history if texts else ():
        click.echo(f"{message.seq:>5} {message.role:<10} {message.content}")


@sessions.command("stats")
def count_sessions() -> None:
    """Count the living sessions, and the expired ones that are not swept yet."""
    try:
        living = sum(1 for _ in _own_portable().session_ids())
        backlog = services().storage.backlog()
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(f"{living:,} living sessions")
    since = f", the first since {backlog.oldest}" if backlog.oldest else ""
    click.echo(f"{backlog.sessions:,} expired sessions to sweep{since}")


def _own_portable() -> Portable:
    storage = services().storage
    if not isinstance(storage, Portable):
        raise click.ClickException("Another process's memory cannot be looked into.")
    return storage


def _portable(url: str) -> Portable:
    settings = services().settings
    verify_storage(url, instance_path=settings.instance_path, workers=1)
    storage = open_storage(
        url,
        expiry=Expiry(settings.session_idle, settings.session_lifetime),
        instance_path=settings.instance_path,
        pool_size=1,
        encryption_keys=settings.encryption_keys,
    )
    if not isinstance(storage, Portable):
        raise click.ClickException(f"Sessions in {url} cannot be copied.")
    return storage
