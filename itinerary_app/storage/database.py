"""How the app reaches a PostgreSQL database: its own embedded one or one by URL."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import sqlalchemy as sa
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.json import set_json_loads

from itinerary_app.errors import ConfigurationError, StorageSilent
from itinerary_app.storage.embedded import DATA, EmbeddedServer
from itinerary_app.storage.reasons import CONNECTING, ELSE, POOLER, remedy

POOL_TIMEOUT = 3.0  # seconds that a caller waits for a free connection
LIMITS = {  # of each connection; without them one that hangs holds a thread for ever
    "connect_timeout": "2",  # seconds
    "tcp_user_timeout": "3000",  # milliseconds
    "keepalives_idle": "30",  # seconds
    "keepalives_interval": "5",  # seconds
    "keepalives_count": "3",
}
PROTECTIONS = {  # settings of the server, as it shows them
    "statement_timeout": "5s",
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": "10s",
    "TimeZone": "UTC",
}
CONNECTION = {
    "application_name": "itinerary_app",
    **LIMITS,
    "options": " ".join(f"-c {name}={value}" for name, value in PROTECTIONS.items()),
}
ROLE_SETTINGS = (
    "Behind a pooler its role must have these settings: `flask --app wsgi roles app "
    "ROLE` gives them, past the pooler; or ALTER ROLE … SET …"
)
IN_FORCE = "SELECT " + ", ".join(f"current_setting('{it}')" for it in PROTECTIONS)


class Unprotected(psycopg.OperationalError):
    """The connection lives without the limits that it asked for."""


@dataclass(frozen=True, slots=True)
class Database:
    """Connection parameters, and how to bring the server back where we may.

    Where it is `pooled`, a pooler may give each transaction another connection:
    nothing of a connection may then outlast its transaction. `start` comes before each
    connection of this process, where the server may not run yet.
    """

    parameters: dict[str, Any]
    revive: Callable[[], None] | None = None
    pooled: bool = False
    start: Callable[[], None] | None = None

    def connect(self) -> psycopg.Connection[Any]:
        """A new connection; the embedded server is started again if need be."""
        prepare = None if self.pooled else 0
        if self.start is not None:
            self.start()
        try:
            connection = psycopg.connect(**self.parameters, prepare_threshold=prepare)
        except psycopg.OperationalError as exc:
            hangs = isinstance(exc, psycopg.errors.ConnectionTimeout)
            if self.revive is None or hangs:  # which a start would not mend
                raise
            self.revive()
            connection = psycopg.connect(**self.parameters, prepare_threshold=prepare)
        set_json_loads(msgspec.json.decode, connection)
        return connection

    def missing_protections(self) -> list[str]:
        """What a connection asked for and does not have, with the remedy.

        Raises StorageSilent where nobody lets us ask.
        """
        try:
            with self.connect() as connection:
                missing = _missing(connection.cursor())
        except psycopg.OperationalError as exc:
            raise silent(exc) from exc
        if not missing:
            return []
        return [f"{missing} {ROLE_SETTINGS if self.pooled else POOLER}"]

    @staticmethod
    def verify_protected(cursor: psycopg.Cursor[Any]) -> None:
        """Raise Unprotected: what held at the start need not hold after a reconnect."""
        if missing := _missing(cursor):
            raise Unprotected(missing)

    def engine(self, *, pool_size: int) -> sa.Engine:
        """An AUTOCOMMIT engine: each statement is a transaction of its own.

        Begin/commit around single statements, or a default engine's ROLLBACK +
        DEALLOCATE ALL after each read, cost two to four times the statement itself.
        """
        engine = sa.create_engine(
            "postgresql+psycopg://",
            creator=self.connect,
            isolation_level="AUTOCOMMIT",
            skip_autocommit_rollback=True,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=POOL_TIMEOUT,
            hide_parameters=True,
        )
        return engine


def _missing(cursor: psycopg.Cursor[Any]) -> str:
    found = cursor.execute(IN_FORCE).fetchone() or ()
    missing = [
        f"{name} is {value} and not {wanted}"
        for (name, wanted), value in zip(PROTECTIONS.items(), found, strict=True)
        if value != wanted
    ]
    return f"The connection is not protected: {'; '.join(missing)}." if missing else ""


def silent(exc: Exception) -> StorageSilent:
    """What to tell an operator whose database cannot be connected to: the server's own
    reason, without addresses and passwords, and the remedy.
    """
    text = str(exc)
    found = re.search(r".*(?:failed: |FATAL: +|ERROR: +)(.+)", text)
    reason = f"{type(exc).__name__}: {found[1]}" if found else type(exc).__name__
    does = "refuses us" if "FATAL: " in text else "does not answer"
    return StorageSilent(
        f"The database {does} ({reason}). {remedy(text, CONNECTING) or ELSE}"
    )


def open_database(
    url: str,
    instance_path: Path,
    *,
    synchronous_commit: bool = True,
    at_once: bool = True,
    read_only: bool = False,
    variable: str = "DATABASE_URL",
) -> Database:
    """The database for `embedded:` or a postgresql:// URL.

    Without `synchronous_commit` a crash of the server loses the last fraction of a
    second of what was answered already; nothing is torn. `read_only` connections write
    nothing; where a pooler is in between, its role's rights alone see to that.

    The embedded server runs when this returns, or if not `at_once` with the first
    connection, and until this process ends. Raises ConfigurationError, which names the
    `variable`, for a URL that cannot be understood.
    """
    base = dict(CONNECTION)
    if not synchronous_commit:
        base["options"] += " -c synchronous_commit=off"
    if read_only:
        base["options"] += " -c default_transaction_read_only=on"
    if url == "embedded:":
        server = EmbeddedServer(instance_path / DATA)
        if at_once:
            server.acquire()
        parameters = {**base, **server.parameters}
        return Database(parameters, server.revive, start=server.ensure)
    url, pooled = _pooled(url, variable)
    try:
        given = conninfo_to_dict(url)
    except psycopg.ProgrammingError as exc:
        raise ConfigurationError(
            f"{variable} is not understood; expected "
            "postgresql://user:password@host:port/database."
        ) from exc
    _refuse_unprotected(given, variable)
    if pooled:
        if "options" in given or not synchronous_commit:
            raise ConfigurationError(
                f"A pooler passes no options on: take `options` out of {variable}, "
                "and for SYNCHRONOUS_COMMIT=off say ALTER ROLE … SET "
                "synchronous_commit = off."
            )
        del base["options"]
        return Database({**base, **given}, pooled=True)
    options = f"{base['options']} {given.pop('options', '')}".strip()
    return Database({**base, **given, "options": options})


def _pooled(url: str, variable: str) -> tuple[str, bool]:
    """The URL as libpq knows it, and whether it says pooler=transaction."""
    address, _, query = url.partition("?")
    items = query.split("&") if query else []
    modes = [it for it in items if it.startswith("pooler=")]
    if modes not in ([], ["pooler=transaction"]):
        raise ConfigurationError(f"{variable} knows pooler=transaction, and no other.")
    others = "&".join(it for it in items if it not in modes)
    return f"{address}?{others}" if others else address, bool(modes)


def _refuse_unprotected(given: Mapping[str, Any], variable: str) -> None:
    """Raise ConfigurationError where parameters of the URL would end a protection."""
    asked = re.findall(r"(?:-c *|--)([\w.-]+)", given.get("options", ""))
    names = {name.casefold().replace("-", "_") for name in asked}
    ended = [name for name in PROTECTIONS if name.casefold() in names]
    ended += [name for name in LIMITS if str(given.get(name, "1")).strip() == "0"]
    if str(given.get("keepalives", "1")).strip() == "0":
        ended.append("keepalives")
    if ended:
        raise ConfigurationError(
            f"{variable} sets {', '.join(ended)}, which protects the app from a "
            "database that hangs. Take it out of the URL; other parameters are kept."
        )
