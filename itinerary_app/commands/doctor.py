"""`flask doctor`: what has to be mended before, or while, the app serves."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path

import click
from flask.cli import with_appcontext
from limits.storage import storage_from_string

from itinerary_app.config import (
    DEVELOPMENT_SECRET,
    SECRETS,
    STATIC,
    Settings,
    verify_archive,
)
from itinerary_app.current import services
from itinerary_app.errors import ItineraryError, StorageUnavailable
from itinerary_app.storage import has_tables
from itinerary_app.storage.examining import examine_storage
from itinerary_app.storage.findings import Finding
from itinerary_app.trips.retention import Clocks

ASSETS = ("leaflet/dist/leaflet.js", "leaflet/dist/leaflet.css", "sortablejs")
TOO_LITTLE = 200_000_000  # bytes free, with which PostgreSQL will stop soon
LITTLE = 2_000_000_000  # bytes: about two checkpoints' WAL


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Say what is wrong with settings, storage, files and disk, and the remedy.

    Changes nothing, and may run while the app serves. A line that begins with MEND has
    to be mended, and makes the exit status 1; one with LOOK should be known.
    """
    graves = 0
    for about, examine in EXAMINATIONS.items():
        found = list(_all(examine, services().settings))
        for finding in found:
            click.echo(
                f"{'MEND' if finding.grave else 'LOOK'}  {about}: {finding.text}"
            )
        if not found:
            click.echo(f"ok    {about}: {LOOKED_AT[about]}")
        graves += sum(it.grave for it in found)
    sys.exit(1 if graves else 0)


def _all(
    examine: Callable[[Settings], Iterator[Finding]], settings: Settings
) -> Iterator[Finding]:
    """All findings; what stops the examination is the last."""
    try:
        yield from examine(settings)
    except ItineraryError as exc:
        yield Finding(str(exc))


def _settings(settings: Settings) -> Iterator[Finding]:
    """What is allowed alone, and not together. What is never allowed stopped us."""
    public = not _is_loopback(settings.host)
    if public and settings.secret_key == DEVELOPMENT_SECRET:
        yield Finding(
            f"HOST={settings.host} serves others with the secret of development, which "
            "everybody knows: anyone can open any trip. Set SECRET_KEY, and "
            "APP_ENV=production."
        )
    if settings.environment != "production":
        return
    if not settings.allowed_hosts:
        yield Finding(
            "Any name is taken for the site's. Set ALLOWED_HOSTS to its own.", False
        )
    if public and not settings.trusted_proxies:
        yield Finding(
            "No proxy is counted. Put one with TLS in front (slow clients would stop "
            "the app) and set TRUSTED_PROXIES=1.",
            grave=False,
        )
    if has_tables(settings.storage_url) and not settings.sweep_every:
        yield Finding(
            "SWEEP_SECONDS=0: expired trips stay until a timer runs `flask --app wsgi "
            "sessions sweep`.",
            grave=False,
        )
    apart = "memory://", "database:"  # which need no server of their own
    counts = settings.limit_requests and settings.limit_store_url not in apart
    if counts and not storage_from_string(settings.limit_store_url).check():
        yield Finding(
            "LIMIT_STORE_URL does not answer: each worker counts for itself. Start it, "
            "or take the variable out.",
            grave=False,
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _storage(settings: Settings) -> Iterator[Finding]:
    graves = 0
    for finding in examine_storage(
        settings.storage_url,
        instance_path=settings.instance_path,
        workers=settings.workers,
        threads=settings.threads,
        synchronous_commit=settings.synchronous_commit,
    ):
        graves += finding.grave
        yield finding
    if graves:  # what else fails, may fail by that
        return
    storage = services().storage
    try:
        storage.check()
    except StorageUnavailable as exc:
        yield Finding(
            f"No trip can be written: {exc} Is the server full, a replica, set to "
            "read only, or does it wait for a standby that is away?"
        )
    if doubt := Clocks(storage).doubt():
        yield Finding(f"{doubt}: expired trips are not deleted. Set it right.")
    try:
        services().analytics.clock()  # `storage` itself, unless there is a replica
    except StorageUnavailable:
        yield Finding(
            "ANALYTICS_DATABASE_URL gives no answer: /analytics is 503 meanwhile. "
            "Start that replica, or take the variable out.",
            grave=False,
        )


def _assets(settings: Settings) -> Iterator[Finding]:
    folder = STATIC / "node_modules"
    missing = [name for name in ASSETS if not (folder / name).exists()]
    if missing:
        yield Finding(
            f"{', '.join(missing)} are not in {folder}: pages have no map. Run: "
            f"cd {folder.parent} && npm ci"
        )
    verify_archive(settings)


def _disk(settings: Settings) -> Iterator[Finding]:
    path = settings.instance_path
    if settings.storage_url != "embedded:" or not path.exists():
        return  # the disk of another server is not seen from here
    free = shutil.disk_usage(path).free
    if free < LITTLE:
        yield Finding(
            f"{free // 1_000_000:,} MB are free where {path} lies; on a full disk "
            "PostgreSQL stops. Free some, or move INSTANCE_PATH.",
            grave=free < TOO_LITTLE,
        )


def _files(settings: Settings) -> Iterator[Finding]:
    path = settings.instance_path
    if path.exists() and path.stat().st_mode & stat.S_IWOTH:
        yield Finding(
            f"Everybody may write into {path}, where the database lies. Run: chmod o-w "
            f"{path}"
        )
    for name in SECRETS:
        file = os.environ.get(f"{name}_FILE")
        if file and Path(file).stat().st_mode & stat.S_IROTH:
            yield Finding(
                f"Everybody on this machine may read {name}_FILE. Run: chmod o= {file}",
                grave=False,
            )


LOOKED_AT = {  # with nothing to say
    "settings": "secret, names of the site, proxies, sweeping, store of limits",
    "storage": "reached, its version and tables, connections, written to, clocks agree",
    "assets": "map, its style and dragging are installed, a map of one's own is there",
    "disk": "free space, where the database is the app's own",
    "files": "others cannot write the app's own folder, or read files of secrets",
}
EXAMINATIONS: dict[str, Callable[[Settings], Iterator[Finding]]] = {
    "settings": _settings,
    "storage": _storage,
    "assets": _assets,
    "disk": _disk,
    "files": _files,
}
