"""The server starts, or says why not and what to do, with exit code 1."""

from __future__ import annotations

import socket
from pathlib import Path

import psycopg
import pytest

from itinerary_app.storage.embedded import EmbeddedServer
from tests.live import LiveServer


def refusal(server: LiveServer) -> str:
    code, output = server.refuses()
    assert code == 1, output
    assert "Traceback" not in output
    return output


def test_port_in_use_is_told(tmp_path: Path) -> None:
    """A port in use stops the start and another one is proposed."""
    server = LiveServer(tmp_path)
    with socket.create_server(("127.0.0.1", server.port)):
        output = refusal(server)
    assert f"Port {server.port} on 127.0.0.1 is in use" in output
    assert "PORT=" in output


def test_data_of_another_version_is_told(tmp_path: Path) -> None:
    """A data folder of another PostgreSQL stops the start with the remedy."""
    data = tmp_path / "postgresql"
    data.mkdir()
    (data / "PG_VERSION").write_text("15\n")
    output = refusal(LiveServer(tmp_path))
    assert "was made by PostgreSQL 15" in output
    assert "flask --app wsgi upgrade-database" in output
    assert "move the folder away" in output


def test_database_behind_is_told(tmp_path: Path) -> None:
    """A database behind the migrations stops the start and names the command."""
    output = refusal(LiveServer(tmp_path))
    assert "alembic upgrade head" in output
    assert not (tmp_path / "postgresql" / "postmaster.pid").exists()


def test_a_server_that_risks_its_data_is_refused(tmp_path: Path) -> None:
    """fsync=off is refused, and the remedy is told."""
    live = LiveServer(tmp_path)
    live.migrate()
    server = EmbeddedServer(tmp_path / "postgresql")
    server.acquire()
    with psycopg.connect(**server.parameters, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
    server.release()
    assert "ALTER SYSTEM SET fsync = on" in refusal(live)


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"APP_ENV": "production"}, "SECRET_KEY must be set"),
        ({"DATABASE_URL": "mysql://db/trips"}, "scheme 'mysql'"),
        ({"SYNCHRONOUS_COMMIT": "maybe"}, "SYNCHRONOUS_COMMIT must be one of on, off"),
        ({"DATABASE_URL": "postgresql://["}, "DATABASE_URL is not understood"),
        ({"DATABASE_URL": "memory:"}, "WEB_CONCURRENCY=1"),
        (
            {"DATABASE_URL": "memory:?max_sessions=0", "WEB_CONCURRENCY": "1"},
            "max_sessions=1000",
        ),
        ({"INSTANCE_PATH": "/dev/null/trips"}, "Set INSTANCE_PATH to a folder"),
        (
            {"DATABASE_URL": "postgresql://me:hunter2@127.0.0.1:1/trips"},
            "database does not answer",
        ),
        ({"DATABASE_URL": "redis://127.0.0.1:1/0"}, "Redis does not answer"),
        ({"DATABASE_URL": "redis://["}, "DATABASE_URL is not understood"),
    ],
)
def test_unfit_setting_is_told(
    tmp_path: Path, settings: dict[str, str], complaint: str
) -> None:
    """A setting that cannot work stops the start without telling secrets."""
    output = refusal(LiveServer(tmp_path, **settings))
    assert complaint in output
    assert "hunter2" not in output


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"INSTANCE_PATH": "/dev/null/trips"}, "Set INSTANCE_PATH to a folder"),
        ({"DATABASE_URL": "postgresql://["}, "DATABASE_URL is not understood"),
        ({"DATABASE_URL": "mysql://db/trips"}, "scheme 'mysql'"),
        (
            {"DATABASE_URL": "postgresql://me:hunter2@127.0.0.1:1/trips"},
            "database does not answer",
        ),
    ],
)
def test_migration_that_cannot_run_is_told(
    tmp_path: Path, settings: dict[str, str], complaint: str
) -> None:
    """`alembic upgrade head` says what is wrong and what to do, without secrets."""
    run = LiveServer(tmp_path, **settings).alembic()
    assert run.returncode == 1
    assert complaint in run.stderr
    assert "Traceback" not in run.stderr
    assert "hunter2" not in run.stderr


def test_memory_needs_no_migration(tmp_path: Path) -> None:
    """With DATABASE_URL=memory: a migration has nothing to do, and says no error."""
    run = LiveServer(tmp_path, DATABASE_URL="memory:").alembic()
    assert (run.returncode, run.stderr) == (0, "")
