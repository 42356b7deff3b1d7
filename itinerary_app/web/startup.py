"""What must hold before the server starts: looked at once, by its first process."""

from __future__ import annotations

import errno
import socket

from itinerary_app.config import Settings, verify_archive
from itinerary_app.errors import ConfigurationError
from itinerary_app.storage import verify_storage


def verify(settings: Settings) -> None:
    """Raise ConfigurationError, naming the remedy, unless the app can serve.

    Starts the embedded PostgreSQL, which then runs while this process lives.
    """
    _verify_address(settings.host, settings.port, "PORT")
    if settings.live_port:
        _verify_address(settings.host, settings.live_port, "LIVE_PORT")
    verify_archive(settings)
    verify_storage(
        settings.storage_url,
        instance_path=settings.instance_path,
        workers=settings.workers,
    )


def _verify_address(host: str, port: int, name: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as exc:
            if exc.errno == errno.EADDRINUSE:
                raise ConfigurationError(
                    f"Port {port} on {host} is in use. Stop the program that uses "
                    f"it, or choose another port: {name}={port % 65_535 + 1}"
                ) from exc
            raise ConfigurationError(
                f"Cannot listen on HOST={host} {name}={port}: {exc.strerror}."
            ) from exc
