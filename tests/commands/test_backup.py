"""`flask backup` and `flask restore`: nothing is lost, and nothing by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import Result
from psycopg.conninfo import make_conninfo

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import services
from itinerary_app.storage.embedded import EmbeddedServer
from tests.conftest import migrate
from tests.storage.dumps import by_pg_dump
from tests.web.talk import WISH, Caller


def settings(url: str) -> Settings:
    return Settings(environment="development", secret_key="x" * 40, storage_url=url)


def run(url: str, *words: str | Path) -> Result:
    return create_app(settings(url)).test_cli_runner().invoke(args=map(str, words))


def done(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return str(result.output)


def content(url: str) -> list[str]:
    """All that pg_dump tells, but for its own secrets of the day."""
    lines = by_pg_dump(url).splitlines()
    return sorted(it for it in lines if not re.match(r"\\(un)?restrict", it))


@pytest.fixture
def lived_in(database_url: str) -> tuple[str, Caller, str]:
    """A database with a trip, its plan, versions and seals, and one that ended."""
    app = create_app(settings(database_url))
    caller = Caller(app.test_client())
    path = caller.begin()
    caller.say(path, WISH)
    caller.say(path, "make day 2 more relaxed")
    caller.call("GET", f"{path}/itinerary.md")
    ended = caller.begin()
    caller.call("DELETE", ended)
    with app.app_context():
        services().storage.close()
    done(run(database_url, "audit", "seal"))
    return database_url, caller, path


@pytest.fixture
def empty_url(postgresql: psycopg.Connection) -> Iterator[str]:
    """Another database of that server, without tables."""
    info, name = postgresql.info, f"{postgresql.info.dbname}_empty"
    postgresql.autocommit = True
    postgresql.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    yield (
        f"postgresql://?host={info.host}&port={info.port}&user={info.user}"
        f"&dbname={name}"
    )
    postgresql.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_nothing_is_lost(
    lived_in: tuple[str, Caller, str], empty_url: str, tmp_path: Path
) -> None:
    """All rows, functions, triggers and rights are there again, the audit trail
    verifies, and the traveller finds the trip with its versions.
    """
    url, caller, path = lived_in
    file = tmp_path / "a.dump"
    before = caller.call("GET", path).json
    assert "bytes" in done(run(url, "backup", file))
    assert file.stat().st_mode & 0o777 == 0o600
    done(run(empty_url, "restore", file))
    assert content(empty_url) == content(url)
    assert "whole" in done(run(empty_url, "audit", "verify"))
    app = create_app(settings(empty_url))
    again = Caller(app.test_client(), caller.token)
    assert {**again.call("GET", path).json, "last_accessed": ""} == {
        **before,
        "last_accessed": "",
    }
    assert again.say(path, "undo").status_code == 201
    with app.app_context():
        services().storage.close()


def test_what_is_there_is_not_lost_by_mistake(
    lived_in: tuple[str, Caller, str], tmp_path: Path
) -> None:
    """A file and a database with rows stay, unless it is said that they may go."""
    url, *_ = lived_in
    file = tmp_path / "a.dump"
    done(run(url, "backup", file))
    again = run(url, "backup", file)
    assert again.exit_code == 1
    assert "--overwrite" in again.output
    done(run(url, "backup", file, "--overwrite"))
    then = content(url)
    app = create_app(settings(url))
    Caller(app.test_client()).begin()
    with app.app_context():
        services().storage.close()
    now = content(url)
    refused = run(url, "restore", file)
    assert refused.exit_code == 1
    assert "not empty" in refused.output
    assert content(url) == now != then
    done(run(url, "restore", file, "--replace"))
    assert content(url) == then


def test_under_a_running_app_nothing_is_restored(
    lived_in: tuple[str, Caller, str], tmp_path: Path
) -> None:
    """It would be served a mixture."""
    url, *_ = lived_in
    file = tmp_path / "a.dump"
    done(run(url, "backup", file))
    app = create_app(settings(url))
    Caller(app.test_client()).begin()
    refused = run(url, "restore", file, "--replace")
    assert refused.exit_code == 1
    assert "Stop it first" in refused.output
    with app.app_context():
        services().storage.close()


@pytest.mark.parametrize("tenths", [3, 5, 9])
def test_of_a_damaged_file_there_is_all_or_nothing(
    lived_in: tuple[str, Caller, str],
    postgresql: psycopg.Connection,
    tenths: int,
    tmp_path: Path,
) -> None:
    """Cut off anywhere it is refused and nothing changes, unless all rows are in it."""
    url, *_ = lived_in
    file, backed_up = tmp_path / "a.dump", content(url)
    done(run(url, "backup", file))
    postgresql.execute("DELETE FROM sessions")
    postgresql.commit()
    before, whole = content(url), file.read_bytes()
    file.write_bytes(whole[: len(whole) * tenths // 10])
    result = run(url, "restore", file, "--replace")
    assert content(url) == (before if result.exit_code else backed_up)
    assert result.exit_code or tenths > 5


def test_what_is_no_backup_is_refused(database_url: str, tmp_path: Path) -> None:
    """Before anything is changed."""
    (tmp_path / "a.dump").write_text("no backup")
    result = run(database_url, "restore", tmp_path / "a.dump")
    assert result.exit_code == 1
    assert "damaged" in result.output


def test_a_right_needs_its_role(
    lived_in: tuple[str, Caller, str],
    postgresql: psycopg.Connection,
    empty_url: str,
    tmp_path: Path,
) -> None:
    """A server that lacks a role which the backup gives rights to says its name."""
    url, *_ = lived_in
    postgresql.autocommit = True
    postgresql.execute('CREATE ROLE "Ann B" LOGIN')
    postgresql.execute('GRANT SELECT ON sessions TO "Ann B"')
    done(run(url, "backup", tmp_path / "a.dump"))
    postgresql.execute('DROP OWNED BY "Ann B"; DROP ROLE "Ann B"')
    result = run(empty_url, "restore", tmp_path / "a.dump")
    assert result.exit_code == 1
    assert "Ann B" in result.output


def test_of_a_folder_the_newest_are_kept(database_url: str, tmp_path: Path) -> None:
    """Each backup gets a name by its time; others' files stay."""
    (tmp_path / "mine.txt").touch()
    for day in (1, 2):
        (tmp_path / f"itinerary_2020-01-0{day}T000000Z.dump").touch()
    done(run(database_url, "backup", tmp_path, "--keep", "2"))
    names = sorted(it.name for it in tmp_path.iterdir())
    assert len(names) == 3
    assert "mine.txt" in names
    assert "itinerary_2020-01-02T000000Z.dump" in names


def test_where_it_cannot_be_written(database_url: str, tmp_path: Path) -> None:
    """The reason is told, and no half of a file stays."""
    result = run(database_url, "backup", tmp_path / "missing" / "a.dump")
    assert result.exit_code == 1
    assert "No such file or directory" in result.output
    assert list(tmp_path.iterdir()) == []


def test_the_embedded_server(tmp_path: Path) -> None:
    """Its folder is backed up and restored as well."""
    server = EmbeddedServer(tmp_path / "postgresql")
    server.acquire()
    migrate(**server.parameters)
    app = create_app(
        Settings(environment="development", secret_key="x" * 40, instance_path=tmp_path)
    )
    runner = app.test_cli_runner()
    file = tmp_path / "a.dump"
    done(runner.invoke(args=["backup", str(file)]))
    done(runner.invoke(args=["restore", str(file)]))
    assert "alembic_version" in by_pg_dump(make_conninfo(**server.parameters))
    server.release()


def test_back_to_a_time(data: Path, tmp_path: Path) -> None:
    """A copy of the embedded server's data, and what was written until then."""
    folder, server = tmp_path / "backups", EmbeddedServer(data)

    def at(*words: str | Path) -> Result:
        given = Settings(
            environment="development", secret_key="x" * 40, instance_path=data.parent
        )
        return create_app(given).test_cli_runner().invoke(args=map(str, words))

    def note(number: int) -> str:
        """When it was kept, by the server's clock."""
        server.acquire()
        with psycopg.connect(make_conninfo(**server.parameters)) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS notes AS SELECT 0 AS number")
            connection.execute("INSERT INTO notes VALUES (%s)", [number])
        with psycopg.connect(make_conninfo(**server.parameters)) as connection:
            row = connection.execute("SELECT clock_timestamp()").fetchone()
        server.release()
        assert row
        return str(row[0].isoformat())

    assert "Any time from now on" in done(at("backup", folder, "--base", "--keep", "1"))
    moment = note(1)
    note(2)
    assert "no time" in at("restore", folder, "--to", "yesterday").output
    assert "Add Z" in at("restore", folder, "--to", "2026-11-30T10:00:00").output
    early = at("restore", folder, "--to", "2026-11-30T10:00:00Z")
    assert (early.exit_code, "nothing before" in early.output) == (1, True)
    told = done(at("restore", folder, "--to", moment))
    assert "What was there before lies in" in told
    assert "audit verify" in told
    server.acquire()
    with psycopg.connect(make_conninfo(**server.parameters)) as connection:
        found = connection.execute("SELECT max(number) FROM notes").fetchone()
    server.release()
    assert found == (1,)
    assert "whole" in done(at("audit", "verify"))
    nothing = at("upgrade-database")
    assert (nothing.exit_code, "no data of a version" in nothing.output) == (1, True)


def test_a_time_is_for_a_folder(database_url: str, tmp_path: Path) -> None:
    """A file is as of one time, and a server of one's own has means of its own."""
    (tmp_path / "a.dump").touch()
    file = run(database_url, "restore", tmp_path / "a.dump", "--to", "2026-11-30T10Z")
    assert "--to is for the folder" in file.output
    for words in (["backup", tmp_path, "--base"], ["restore", tmp_path]):
        refused = run(database_url, *words)
        assert refused.exit_code == 1
        assert "pgBackRest" in refused.output


def test_another_storage_says_what_to_do() -> None:
    """In memory there is nothing to back up."""
    result = run("memory:", "backup", "a.dump")
    assert result.exit_code == 1
    assert "Only PostgreSQL" in result.output
