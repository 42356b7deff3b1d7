"""`flask doctor` finds what was planted, names the remedy, and exits accordingly."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import redis
from alembic import command
from click.testing import Result
from psycopg.conninfo import make_conninfo

from itinerary_app.app import create_app
from itinerary_app.config import DEVELOPMENT_SECRET, Settings
from itinerary_app.current import KEY
from itinerary_app.storage.database import Database
from itinerary_app.storage.embedded import EmbeddedServer
from itinerary_app.storage.roles import grant_app
from tests import valkey
from tests.conftest import ROOT, alembic_config, migrate
from tests.live import free_port
from tests.waiting import until

SKEWED = """
CREATE SCHEMA skewed; GRANT USAGE ON SCHEMA skewed TO {role};
CREATE FUNCTION skewed.now() RETURNS timestamptz LANGUAGE sql
    AS 'SELECT pg_catalog.now() + interval ''1 hour''';
ALTER DATABASE {db} SET search_path = skewed, pg_catalog, public
"""
Admin = psycopg.Connection[Any]


@pytest.fixture
def admin(database: Database) -> Iterator[Admin]:
    with psycopg.connect(**database.parameters, autocommit=True) as connection:
        yield connection


@pytest.fixture
def role(database: Database, admin: Admin) -> Iterator[str]:
    """The app's role, as `flask roles app` makes it."""
    name = f"app_{uuid4().hex}"
    grant_app(database, name, name)
    yield name
    admin.execute(f"DROP OWNED BY {name}; DROP ROLE {name}")


@pytest.fixture
def settings(database_url: str, admin: Admin, role: str, tmp_path: Path) -> Settings:
    """Settings with which there is nothing to say."""
    return Settings(
        environment="production",
        secret_key="0123456789abcdef" * 3,
        storage_url=database_url.replace(f"user={admin.info.user}", f"user={role}"),
        instance_path=tmp_path,
        allowed_hosts=("trips.example.org",),
        sweep_every=timedelta(minutes=5),
    )


def doctor(settings: Settings) -> Result:
    app = create_app(settings)
    try:
        return app.test_cli_runner().invoke(args=["doctor"])
    finally:
        app.extensions[KEY].storage.close()


def found(settings: Settings, *, grave: bool = True) -> str:
    """The one finding, in the words of the doctor."""
    result = doctor(settings)
    lines = [it for it in result.output.splitlines() if it.startswith(("MEND", "LOOK"))]
    assert len(lines) == 1, result.output
    assert lines[0].startswith("MEND" if grave else "LOOK")
    assert result.exit_code == int(grave)
    return lines[0]


def test_nothing_is_wrong(settings: Settings) -> None:
    """A server as README says is well: every line is ok and says what was looked at,
    and so is the exit status.
    """
    result = doctor(settings)
    lines = [it.split(": ") for it in result.output.splitlines()]
    parts = ("settings", *PARTS)
    assert [it[0] for it in lines] == [f"ok    {it}" for it in parts], result.output
    assert all(len(it) == 2 and it[1] for it in lines)
    assert result.exit_code == 0


def test_a_replica_that_is_away(settings: Settings) -> None:
    """It stops no start: to be known, with the remedy."""
    nobody = f"postgresql://127.0.0.1:{free_port()}/trips"
    said = found(replace(settings, analytics_url=nobody), grave=False)
    assert "ANALYTICS_DATABASE_URL gives no answer" in said


PARTS = ("storage", "assets", "disk", "files")


def test_the_command_exits_for_scripts(tmp_path: Path) -> None:
    """As a program: 1 and the remedy before the migration, 0 after it."""
    env = {**os.environ, "APP_ENV": "development", "INSTANCE_PATH": str(tmp_path)}
    run = [sys.executable, "-m", "flask", "--app", "wsgi", "doctor"]
    for status in (1, 0):
        done = subprocess.run(
            run, cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == status, done.stdout + done.stderr
        assert ("alembic upgrade head" in done.stdout) is bool(status)
        alembic = [sys.executable, "-m", "alembic", "upgrade", "head"]
        subprocess.run(alembic, cwd=ROOT, env=env, check=True, capture_output=True)


def test_a_setting_that_cannot_be(tmp_path: Path) -> None:
    """What no server starts with, stops the doctor with the same words."""
    env = {**os.environ, "APP_ENV": "production", "SECRET_KEY": "short"}
    run = [sys.executable, "-m", "flask", "--app", "wsgi", "doctor"]
    done = subprocess.run(
        run, cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "SECRET_KEY must be set" in done.stderr


def test_the_secret_of_development_for_others(settings: Settings) -> None:
    """Nobody is served from outside with a secret that is public."""
    public = replace(
        settings,
        environment="development",
        secret_key=DEVELOPMENT_SECRET,
        host="0.0.0.0",
    )
    assert "Set SECRET_KEY" in found(public)


def test_a_database_that_is_away(settings: Settings) -> None:
    """Said with the driver's reason, and without the password."""
    url = f"postgresql://me:hunter2@127.0.0.1:{free_port()}/trips"
    line = found(replace(settings, storage_url=url))
    assert "Connection refused" in line
    assert "hunter2" not in line


def test_a_database_that_does_not_start(tmp_path: Path) -> None:
    """The app's own: the doctor is asked most where nothing else starts."""
    folder = tmp_path / "postgresql"
    folder.mkdir()
    (folder / "PG_VERSION").write_text("16\n")
    given = Settings(
        environment="development", secret_key="x" * 40, instance_path=tmp_path
    )
    assert "upgrade-database" in found(given)


def test_a_database_that_is_not_there(settings: Settings, admin: Admin) -> None:
    """The server's own reason is named."""
    url = settings.storage_url.replace(admin.info.dbname, "nothing")
    assert 'database "nothing" does not exist' in found(
        replace(settings, storage_url=url)
    )


def test_a_database_behind(settings: Settings, database: Database) -> None:
    """The command that migrates is named."""
    command.downgrade(alembic_config(database), "-1")
    line = doctor(settings).output
    assert "Run: alembic upgrade head" in line


@pytest.mark.parametrize(
    ("planted", "remedy", "grave"),
    [
        ("REVOKE INSERT ON messages FROM {role}", "roles app {role}", True),
        ("ALTER DATABASE {db} SET default_transaction_read_only = on", "replica", True),
        (
            "ALTER ROLE {role} SET synchronous_commit = off",
            "RESET synchronous_commit",
            False,
        ),
        ("ALTER TABLE places OWNER TO {role}", "roles app ROLE", False),
        (SKEWED, "by +60 minutes", True),
    ],
    ids=["rights", "read only", "commits", "owner", "clock"],
)
def test_what_is_wrong_in_the_database(
    settings: Settings,
    admin: Admin,
    role: str,
    planted: str,
    remedy: str,
    grave: bool,
) -> None:
    """Rights, replicas, commits and clocks are looked at on the app's connection."""
    names = {"role": role, "db": f'"{admin.info.dbname}"'}
    admin.execute(planted.format(**names))
    assert remedy.format(**names) in found(settings, grave=grave)


def test_a_log_that_goes_nowhere(data: Path) -> None:
    """Without it no restore reaches today, and it fills the disk."""
    server = EmbeddedServer(data)
    server.acquire()
    with psycopg.connect(
        make_conninfo(**server.parameters), autocommit=True
    ) as connection:
        connection.execute("ALTER SYSTEM SET archive_mode = 'on'")
        connection.execute("ALTER SYSTEM SET archive_command = 'false'")
    server.release()
    server.acquire()
    with psycopg.connect(
        make_conninfo(**server.parameters), autocommit=True
    ) as connection:
        connection.execute("SELECT pg_switch_wal()")
        until(
            lambda: connection.execute(
                "SELECT 1 FROM pg_stat_archiver WHERE failed_count > 0"
            ).fetchone()
        )
    given = Settings(
        environment="development", secret_key="x" * 40, instance_path=data.parent
    )
    assert "cannot hand its log over (0000" in found(given)
    server.release()


def test_more_threads_than_connections(settings: Settings) -> None:
    """What all pools together want is held against what the server gives."""
    assert "max_connections" in found(replace(settings, workers=99), grave=False)


def test_a_server_that_risks_its_data(settings: Settings, tmp_path: Path) -> None:
    """All that is grave is told at once, each with its remedy."""
    server = EmbeddedServer(tmp_path / "postgresql")
    server.acquire()
    migrate(**server.parameters)
    with psycopg.connect(**server.parameters, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
    server.release()
    output = doctor(replace(settings, storage_url="embedded:")).output
    assert output.count("MEND") == 2
    assert "SET fsync = on" in output
    assert "SET full_page_writes = on" in output


@pytest.mark.parametrize(
    ("config", "remedy", "grave"),
    [
        ({"maxmemory_policy": "allkeys-lru"}, "noeviction", True),
        ({"appendonly": "no"}, "Set appendonly yes", False),
        ({"maxmemory": "100"}, "Is the server full", True),
    ],
)
def test_a_redis_that_loses_trips(
    settings: Settings, config: dict[str, str], remedy: str, grave: bool
) -> None:
    """Policy, persistence and memory of a real server."""
    with valkey.server(**config) as server:
        url = f"redis://127.0.0.1:{server.port}/0"
        output = doctor(replace(settings, storage_url=url)).output
    assert remedy in output
    assert ("MEND" in output) is grave


def test_a_redis_that_is_nearly_full(settings: Settings) -> None:
    """It is said before trips are refused."""
    with valkey.server() as server, redis.Redis(port=server.port) as client:
        used = client.info("memory")["used_memory"]
        client.config_set("maxmemory", int(used * 1.05))
        url = f"redis://127.0.0.1:{server.port}/0"
        output = doctor(replace(settings, storage_url=url)).output
    assert "of its maxmemory" in output


def test_counters_that_are_away(settings: Settings) -> None:
    """Limits that are not counted together are known."""
    url = f"redis://127.0.0.1:{free_port()}/0"
    counted = replace(settings, limit_requests=300, limit_store_url=url)
    assert "LIMIT_STORE_URL does not answer" in found(counted, grave=False)


def test_a_map_that_is_gone(settings: Settings) -> None:
    """An archive of one's own that is not there is to be mended."""
    gone = replace(settings, tile_url="pmtiles:/nowhere/city.pmtiles")
    assert "TILE_URL names a file that cannot be read" in found(gone)


def test_files_that_are_open_to_all(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An instance folder that all may write, a secret that all may read."""
    secret = tmp_path / "secret"
    secret.write_text("x")
    secret.chmod(0o644)
    monkeypatch.setenv("SECRET_KEY_FILE", str(secret))
    assert f"chmod o= {secret}" in found(settings, grave=False)
    secret.chmod(0o600)
    tmp_path.chmod(0o777)
    assert f"chmod o-w {tmp_path}" in found(settings)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_disk_that_is_nearly_full(
    settings: Settings, small_disk: Callable[[], Path]
) -> None:
    """The embedded server's disk is looked at before PostgreSQL stops by it."""
    folder = small_disk()
    server = EmbeddedServer(folder / "postgresql")
    server.acquire()
    migrate(**server.parameters)
    server.release()
    embedded = replace(settings, storage_url="embedded:", instance_path=folder)
    assert "on a full disk PostgreSQL stops" in found(embedded)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[], Path]]:
    folder = tmp_path / "disk"

    def mount() -> Path:
        folder.mkdir()
        size = ["-t", "tmpfs", "-o", "size=190m,mode=755", "tmpfs"]
        if subprocess.run(["mount", *size, folder], check=False).returncode:
            pytest.skip("no disk can be mounted here")
        return folder

    yield mount
    lock = folder / "postgresql" / "postmaster.pid"
    if lock.exists():  # the app that was looked at has a server while it lives
        os.kill(int(lock.read_text().split()[0]), signal.SIGINT)
        until(lambda: not lock.exists())
    subprocess.run(["umount", "--lazy", folder], check=False)


def test_assets_that_npm_did_not_bring(settings: Settings) -> None:
    """Without the map's script, the command that brings it is named."""
    with without_assets() as tree:
        env = {
            **os.environ,
            "APP_ENV": "development",
            "DATABASE_URL": settings.storage_url,
        }
        run = [sys.executable, "-m", "flask", "--app", "wsgi", "doctor"]
        done = subprocess.run(
            run, cwd=tree, env=env, capture_output=True, text=True, check=False
        )
    assert done.returncode == 1, done.stderr
    assert "npm ci" in done.stdout


@contextmanager
def without_assets() -> Iterator[Path]:
    tree = Path("/tmp") / f"doctor-{uuid4().hex}"
    skip = shutil.ignore_patterns("node_modules", "__pycache__")
    shutil.copytree(ROOT / "itinerary_app", tree / "itinerary_app", ignore=skip)
    for name in ("migrations", "wsgi.py"):
        (tree / name).symlink_to(ROOT / name)
    yield tree
    shutil.rmtree(tree)
