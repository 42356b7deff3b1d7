"""Commands for auditors: `flask --app wsgi audit …`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import click
from flask.cli import AppGroup

from itinerary_app.audit import Forgotten, Trail
from itinerary_app.current import services
from itinerary_app.errors import ItineraryError
from itinerary_app.text.words import counted

MANY = 5_000  # sessions; from so many on, progress is shown

audit = AppGroup("audit", help="Read, verify and seal the audit trail.")


@audit.command("show")
@click.argument("session_id", type=click.UUID)
def show(session_id: UUID) -> None:
    """Show what is recorded of a session, which may have ended."""
    try:
        events = _trail().events(session_id)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    if not events:
        raise click.ClickException("Nothing is recorded of a session with this id.")
    for event in events:
        told = f"request {event.request_id}" if event.request_id else ""
        click.echo(
            f"{event.seq:>5}  {event.at:%Y-%m-%d %H:%M:%SZ}  v{event.version}"
            f"  {event.kind:<11}  {event.actor or event.db_role}  {told}\n"
            f"       {event.detail}"
        )


old_keys = click.option(
    "--old-key-file",
    "old_keys",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A former SECRET_KEY, under which seals were made.",
)


@audit.command("verify")
@old_keys
@click.option("--seal", "kept", multiple=True, help="A seal that you kept elsewhere.")
def verify(old_keys: tuple[Path, ...], kept: tuple[str, ...]) -> None:
    """Find what was changed, removed, put in, moved or cut off; exit with 1 if so."""
    try:
        secrets = _secrets(old_keys)
        trail = _trail()
        chains = trail.count()
        with click.progressbar(
            length=chains, label="sessions", hidden=chains < MANY
        ) as bar:
            findings = list(trail.verify(secrets, kept=kept, advance=bar.update))
        last = trail.last_seal()
    except (ItineraryError, OSError) as exc:
        raise click.ClickException(str(exc)) from exc
    for finding in findings:
        click.echo(finding)
    if findings:
        click.echo(f"{counted(len(findings), 'finding')}.", err=True)
        raise SystemExit(1)
    sealed = (
        f"sealed last at {last.sealed_at:%Y-%m-%d %H:%M}Z" if last else "not sealed"
    )
    click.echo(f"The events of {chains:,} sessions are whole; {sealed}.")


@audit.command("seal")
def seal() -> None:
    """Seal all that is recorded so far; once a day or more often, after `verify`."""
    try:
        made, chains = _trail().seal(services().settings.secret_key)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(
        f"{chains:,} sessions sealed. Keep this outside of the database:\n{made}"
    )


@audit.command("forget")
@click.option(
    "--days",
    type=click.IntRange(1),
    help="Keep events so long; by default KEEP_AUDIT_DAYS.",
)
@old_keys
def forget(days: int | None, old_keys: tuple[Path, ...]) -> None:
    """Delete the events of sessions that ended, and were sealed, long ago.

    Only who owns the tables may. Run `verify` first: what is forgotten cannot be
    verified any more, only that it was forgotten by this command.
    """
    keep = timedelta(days=days) if days else services().settings.keep_audit
    if keep is None:
        raise click.ClickException("Say how long to keep: --days, or KEEP_AUDIT_DAYS.")
    chains = 0
    try:
        for done in _trail().forget(_secrets(old_keys), older_than=keep):
            if not isinstance(done, Forgotten):
                raise click.ClickException(f"Nothing more is forgotten: {done}")
            chains += done.chains
    except (ItineraryError, OSError) as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(f"The events of {chains:,} sessions are forgotten.")


def _secrets(old_keys: tuple[Path, ...]) -> list[str]:
    former = [path.read_text(encoding="utf-8").strip() for path in old_keys]
    return [*services().settings.secret_keys, *former]


def _trail() -> Trail:
    return Trail(services().database())
