"""Session storages, chosen by URL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from itinerary_app.errors import ConfigurationError
from itinerary_app.storage.base import Expiry, SessionStorage

if TYPE_CHECKING:
    from itinerary_app.storage.counting import RequestCounts
    from itinerary_app.storage.database import Database
    from itinerary_app.storage.places import ImportedPlaces

ANALYTICS_CONNECTIONS = 2  # of each worker, where analytics have a URL of their own
REDIS = ("redis", "rediss", "redis+cluster")

# Backends are imported when chosen: each needs only its own packages.


def open_storage(
    url: str,
    *,
    expiry: Expiry,
    instance_path: Path,
    pool_size: int = 8,
    synchronous_commit: bool = True,
    encryption_keys: Mapping[str, bytes] | None = None,
) -> SessionStorage:
    """The storage for `url`; ConfigurationError names a scheme that has none.

    With `encryption_keys` (encryption.py) what travellers say and plan is encrypted
    wherever it leaves this process.

    memory:            this process's memory
    redis://…          Redis or Valkey; rediss:// with TLS, redis+cluster:// a cluster
    embedded:          PostgreSQL from a wheel, its data under `instance_path`; it is
                       started when it is needed first
    postgresql://…     a PostgreSQL server
    """
    scheme = _scheme(url)
    if scheme == "memory":
        from itinerary_app.storage.memory import MemoryStorage

        return MemoryStorage(expiry=expiry, max_sessions=_max_sessions(url))
    if scheme in REDIS:
        with _extra("redis"):
            from itinerary_app.storage.redis import RedisStorage

        return RedisStorage(
            url, expiry=expiry, pool_size=pool_size, encryption_keys=encryption_keys
        )
    with _extra("postgres" if scheme == "postgresql" else "embedded"):
        from itinerary_app.storage.database import open_database
        from itinerary_app.storage.postgres import PostgresStorage

    database = open_database(
        url, instance_path, synchronous_commit=synchronous_commit, at_once=False
    )
    return PostgresStorage(
        database, expiry=expiry, pool_size=pool_size, encryption_keys=encryption_keys
    )


@contextmanager
def _extra(name: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as exc:
        raise ConfigurationError(
            f"This storage needs the package {exc.name}. "
            f"Run: pip install 'itinerary_app[{name}]'"
        ) from exc


def open_analytics(url: str, *, instance_path: Path) -> SessionStorage:
    """The PostgreSQL of this URL, a replica say, for nothing but analytics' figures."""
    from itinerary_app.storage.postgres import PostgresStorage

    database = replica(url, instance_path)
    return PostgresStorage(database, pool_size=ANALYTICS_CONNECTIONS)


def replica(url: str, instance_path: Path) -> Database:
    """The same without a pool; its connections write nothing."""
    from itinerary_app.storage.database import open_database

    return open_database(
        url, instance_path, read_only=True, variable="ANALYTICS_DATABASE_URL"
    )


def imported_places(storage: SessionStorage) -> ImportedPlaces | None:
    """What was imported beside these sessions; None where there are no tables."""
    from itinerary_app.storage.postgres import PostgresStorage

    if isinstance(storage, PostgresStorage):
        return storage.imported_places()
    return None


def request_counts(storage: SessionStorage) -> RequestCounts | None:
    """Where all processes count together; None where there are no tables."""
    from itinerary_app.storage.postgres import PostgresStorage

    return storage.request_counts() if isinstance(storage, PostgresStorage) else None


def verify_storage(url: str, *, instance_path: Path, workers: int) -> None:
    """Raise ConfigurationError, with the remedy, unless the storage can serve.

    An embedded server runs when this returns, and while this process lives.
    """
    if _scheme(url) == "memory":
        if workers > 1:
            raise ConfigurationError(
                f"DATABASE_URL=memory: cannot be shared by {workers} workers. "
                "Set WEB_CONCURRENCY=1, or leave DATABASE_URL unset."
            )
        _max_sessions(url)
        return
    if _scheme(url) in REDIS:
        from itinerary_app.storage.redis_server import verify_redis

        verify_redis(url)
        return
    from itinerary_app.storage.database import open_database
    from itinerary_app.storage.schema import verify_schema

    verify_schema(open_database(url, instance_path=instance_path))


def _max_sessions(url: str) -> int | None:
    """What memory:?max_sessions=1000 says."""
    found = re.fullmatch(r"memory:(?:\?max_sessions=([1-9]\d{0,8}))?", url)
    if found is None:
        raise ConfigurationError(
            f"DATABASE_URL={url} is not understood; expected memory: or "
            "memory:?max_sessions=1000."
        )
    return int(found[1]) if found[1] else None


def has_tables(url: str) -> bool:
    """Whether migrations are for the storage of this URL."""
    return _scheme(url) in ("embedded", "postgresql")


def _scheme(url: str) -> str:
    scheme = url.partition(":")[0]
    if scheme in ("memory", "embedded", "postgresql", *REDIS):
        return scheme
    raise ConfigurationError(
        f"DATABASE_URL has the scheme {scheme!r}; there are postgresql://, "
        "embedded: (the default), redis://, rediss://, redis+cluster:// and memory:."
    )
