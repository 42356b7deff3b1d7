"""`flask analytics export` writes what analysts may read, once, and whole."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import psycopg
import pytest
from click.testing import Result

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import KEY
from itinerary_app.storage.analyst import grant_analyst
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.roles import grant_app
from itinerary_app.storage.testing import OWNER, turn
from tests.conftest import ROOT
from tests.storage.test_views import GUIDE
from tests.waiting import until

VIEWS = (
    "cities_per_day funnel interests_per_day length_of_stay questions_to_plan "
    "sessions_per_day starts_by_hour time_to_plan turns_per_plan"
).split()
GRANTS = {"app": grant_app, "analyst": grant_analyst}
PASSWORD = "correct-horse-battery-staple"
ROME = 'Rome, "Q"\n'
# Twelve trips on each of some days that are over, all ended; seven are of Rome.
FACTS = """
INSERT INTO session_facts (started_on, started_hour, city, days, interests,
  user_messages, assistant_messages, questions, plans, seconds_to_plan, turns_to_plan,
  questions_to_plan, seconds_used, ended_on, reason)
SELECT current_date - day, mod(number, 2),
  CASE WHEN number < 7 THEN E'Rome, "Q"\\n' ELSE 'Oslo' END, 3, ARRAY['food'], 2, 2,
  1, 1, 10 * number, 2, 1, 60, current_date - day, 'expired'
FROM generate_series(1, %s) AS day, generate_series(1, 12) AS number
"""


@pytest.fixture
def admin(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("SET timezone = 'UTC'")
        yield connection


@pytest.fixture
def storage(database: Database) -> Iterator[PostgresStorage]:
    storage = PostgresStorage(database, pool_size=2)
    yield storage
    storage.close()


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(
        environment="development", secret_key="x" * 40, storage_url=database_url
    )


def begin(storage: PostgresStorage, count: int) -> list[str]:
    """Trips of today."""
    keys = [storage.create_session(owner_hash=OWNER).session_id for _ in range(count)]
    for key in keys:
        storage.update_session(key, Changes({"city": "Rome"}), messages=turn("a"))
    return keys


def export(settings: Settings, folder: Path) -> Result:
    app = create_app(settings)
    try:
        return app.test_cli_runner().invoke(args=["analytics", "export", str(folder)])
    finally:
        app.extensions[KEY].storage.close()


def done(settings: Settings, folder: Path) -> str:
    result = export(settings, folder)
    assert result.exit_code == 0, result.output
    return result.output.splitlines()[-1]


def files(folder: Path) -> dict[str, int]:
    """All files, with when they were written (ns)."""
    return {
        str(it.relative_to(folder)): it.stat().st_mtime_ns
        for it in folder.glob("*/day=*/data.parquet")
    }


def read_back(folder: Path, view: str) -> list[tuple[Any, ...]]:
    found = duckdb.read_parquet(f"{folder}/{view}/*/*.parquet", hive_partitioning=True)
    rest = [name for name in found.columns if name != "day"]
    return sorted(found.project(", ".join(["day", *rest])).fetchall())


def asked(admin: psycopg.Connection[Any], view: str) -> list[tuple[Any, ...]]:
    return sorted(admin.execute(f"SELECT * FROM analyst.{view}").fetchall())


def test_files_hold_what_analysts_read(
    settings: Settings,
    storage: PostgresStorage,
    admin: psycopg.Connection[Any],
    tmp_path: Path,
) -> None:
    """The same rows as by SQL, small groups left out, each view in a file a day."""
    admin.execute(FACTS, [3])
    begin(storage, 6)
    folder = tmp_path / "it's here"
    said = done(settings, folder)
    assert said == "36 files written, 0 were final already, of 4 days."
    assert len(files(folder)) == 36
    assert {it.name for it in folder.iterdir()} == {*VIEWS, ".lock"}
    for view in VIEWS:
        assert read_back(folder, view) == asked(admin, view), view
    today = datetime.now(UTC).date()
    cities = {row[1:] for row in read_back(folder, "cities_per_day") if row[0] != today}
    assert cities == {(ROME, 6, 6), ("Oslo", 6, 6)}


def test_a_day_that_is_over_is_written_once(
    settings: Settings,
    storage: PostgresStorage,
    admin: psycopg.Connection[Any],
    tmp_path: Path,
) -> None:
    """A second run writes the day that goes on, and no other."""
    admin.execute(FACTS, [3])
    begin(storage, 6)
    done(settings, tmp_path)
    before = files(tmp_path)
    begin(storage, 2)
    said = done(settings, tmp_path)
    assert said == "9 files written, 27 were final already, of 4 days."
    after = files(tmp_path)
    changed = {name for name, at in after.items() if before[name] != at}
    assert changed == {name for name in after if f"day={datetime.now(UTC):%F}" in name}
    assert [row[1] for row in read_back(tmp_path, "funnel")] == [12, 12, 12, 8]


def test_a_day_whose_trips_live_is_not_final(
    settings: Settings,
    storage: PostgresStorage,
    admin: psycopg.Connection[Any],
    tmp_path: Path,
) -> None:
    """Yesterday is written again until its last trip has ended, and once after that."""
    living = begin(storage, 6)
    admin.execute("UPDATE sessions SET created_at = created_at - interval '1 day'")
    for _ in range(2):
        assert done(settings, tmp_path).startswith("9 files written, 0 were final")
    for key in living:
        storage.delete_session(key)
    assert done(settings, tmp_path).startswith("9 files written, 0 were final")
    assert done(settings, tmp_path).startswith("0 files written, 9 were final")
    [(_, started, *_, abandoned, left)] = read_back(tmp_path, "sessions_per_day")
    assert (started, abandoned, left) == (6, 6, 0)


def test_a_killed_run_leaves_no_half_file(
    settings: Settings, admin: psycopg.Connection[Any], tmp_path: Path
) -> None:
    """What is there is whole, and the next run brings the rest."""
    admin.execute(FACTS, [300])
    env = {**os.environ, "APP_ENV": "development", "DATABASE_URL": settings.storage_url}
    command = (sys.executable, "-m", "flask", "--app", "wsgi", "analytics", "export")
    with subprocess.Popen(
        [*command, tmp_path], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
    ) as run:
        until(lambda: len(files(tmp_path)) > 20)
        run.send_signal(signal.SIGKILL)
    left = len(files(tmp_path))
    assert 20 < left < 2_700
    whole = duckdb.sql(f"SELECT count(*) FROM parquet_schema('{tmp_path}/*/day=*/*')")
    assert whole.fetchall()[0][0] > left
    said = done(settings, tmp_path)
    assert said.startswith(f"{2_700 - left:,} files written, {left:,} were final")
    assert not (tmp_path / ".unfinished").exists()
    for view in VIEWS:
        assert read_back(tmp_path, view) == asked(admin, view), view


def test_two_do_not_write_at_once(settings: Settings, tmp_path: Path) -> None:
    """The second says so, and ends."""
    with (tmp_path / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = export(settings, tmp_path)
    assert result.exit_code == 1
    assert "Another export writes into" in result.output


def test_without_rights_or_duckdb_the_remedy_is_told(
    settings: Settings,
    database: Database,
    admin: psycopg.Connection[Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The app's role reads no views of analysts; an analyst's is enough."""
    admin.execute(FACTS, [3])
    url = settings.storage_url
    roles = {f"{name}_{uuid4().hex[:12]}": give for name, give in GRANTS.items()}
    said = []
    for role, give in roles.items():
        give(database, role, PASSWORD)
        own = re.sub(r"user=\w+", f"user={role}&password={PASSWORD}", url)
        said.append(export(replace(settings, analytics_url=own), tmp_path).output)
        admin.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")
    assert "may not read the schema analyst" in said[0]
    assert "27 files written" in said[1]
    monkeypatch.setitem(sys.modules, "duckdb", None)
    result = export(settings, tmp_path)
    assert result.exit_code == 1
    assert "pip install 'itinerary_app[parquet]'" in result.output


def test_the_guides_query_reads_the_files(
    settings: Settings, admin: psycopg.Connection[Any], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """What ANALYTICS.md asks of the files, it gets."""
    admin.execute(FACTS, [3])
    done(settings, tmp_path / "figures")
    monkeypatch.chdir(tmp_path)
    code = GUIDE.read_text().split("```python\n")[1].split("```")[0]
    exec(code, scope := {})
    counted = Counter()
    for _, city, sessions in scope["found"].fetchall():  # two years, in January
        counted[city] += sessions
    assert counted == {"Oslo": 18, ROME: 18}
