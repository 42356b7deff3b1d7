"""The analyst's role: it reads figures, and whatever else it tries is refused."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.errors import (
    InsufficientPrivilege,
    ReadOnlySqlTransaction,
)

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.errors import ConfigurationError
from itinerary_app.storage.analyst import SETTINGS, grant_analyst
from itinerary_app.storage.database import Database
from itinerary_app.storage.postgres import PostgresStorage
from tests.storage.test_views import GOLDEN, admin, populate, rows, storage

__all__ = ["admin", "storage"]  # fixtures

PASSWORD = "correct horse battery staple"
Connection = psycopg.Connection[Any]
FORBIDDEN = (
    "SELECT FROM public.sessions",
    "SELECT session_id FROM public.sessions",
    "SELECT content FROM public.messages",
    "SELECT FROM public.session_facts",
    "SELECT FROM public.alembic_version",
    "SELECT FROM analytics.sessions",
    "SELECT FROM analytics.funnel",
    "TABLE analytics.cities_per_day",
    "SELECT public.session_fact(s) FROM public.sessions AS s",
    "COPY public.messages TO STDOUT",
    "SELECT pg_read_file('postgresql.conf')",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT lo_import('/etc/passwd')",
    "SELECT rolpassword FROM pg_authid",
    "SELECT FROM pg_statistic",
    "INSERT INTO public.session_facts DEFAULT VALUES",
    "UPDATE public.sessions SET plans = 0",
    "DELETE FROM public.sessions",
    "TRUNCATE public.messages",
    "CREATE TABLE public.mine (day date)",
    "CREATE VIEW analyst.mine AS SELECT 1",
    "CREATE SCHEMA mine",
    "CREATE ROLE another",
    "DROP VIEW analyst.funnel",
    "ALTER FUNCTION analyst.read_funnel() SECURITY INVOKER",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION postgres",
    "SET log_statement = 'all'",
    "LOCK TABLE public.sessions IN ACCESS SHARE MODE",
    "SET temp_file_limit = -1",
)


@pytest.fixture
def role(admin: Connection) -> Iterator[str]:
    """A name that no other test uses; the role is gone afterwards."""
    name = f"analyst_{uuid.uuid4().hex[:12]}"
    yield name
    if admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).rowcount:
        admin.execute(f"DROP OWNED BY {name}")
        admin.execute(f"DROP ROLE {name}")


@pytest.fixture
def analyst(
    database: Database, database_url: str, role: str, storage: PostgresStorage,
    admin: Connection,
) -> Iterator[Connection]:  # fmt: skip
    """An analyst's connection to a database with the population of GOLDEN."""
    populate(storage, admin)
    grant_analyst(database, role, PASSWORD)
    conninfo = make_conninfo(database_url, user=role, password=PASSWORD)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        yield connection


def lift_own_limits(analyst: Connection) -> None:
    """What every role can do for itself."""
    analyst.execute("SET default_transaction_read_only = off")
    analyst.execute("SET statement_timeout = 0")


def test_groups_under_five_are_held_back(analyst: Connection) -> None:
    """The analyst reads the same rows but those that tell of few sessions."""
    counted = {"cities_per_day": 2, "length_of_stay": 3, "starts_by_hour": 3}
    counted |= {"interests_per_day": 2, "questions_to_plan": 2}
    for view, golden in GOLDEN.items():
        told = [row for row in golden if row[counted.get(view, 1)] >= 5]
        assert rows(analyst, view) == told
        assert told
    assert [row[1] for row in rows(analyst, "retention_backlog")] == [6]


def test_connections_begin_read_only_and_bounded(analyst: Connection) -> None:
    """The role's settings are in force from the start."""
    for setting, value in SETTINGS.items():
        found = analyst.execute(f"SHOW {setting}").fetchone()
        assert found is not None
        assert found[0] in (value, "1min"), setting
    with pytest.raises(ReadOnlySqlTransaction):
        analyst.execute("CREATE TEMP TABLE mine (day date)")


def is_refused(analyst: Connection, attempt: str) -> bool:
    try:
        with analyst.transaction():
            analyst.execute(attempt)
    except InsufficientPrivilege:
        return True
    return False


def test_nothing_else_is_allowed(analyst: Connection) -> None:
    """Rights refuse it, and go on refusing when the role lifts its own limits."""
    lift_own_limits(analyst)
    assert is_refused(analyst, "SELECT * FROM funnel") is False
    assert [it for it in FORBIDDEN if not is_refused(analyst, it)] == []


def test_functions_tell_only_what_they_are_given(analyst: Connection) -> None:
    """The functions under the views reach no data for the analyst."""
    analyst.execute("SET search_path = public")
    with pytest.raises(InsufficientPrivilege):
        analyst.execute("SELECT * FROM sessions, session_ended_as(sessions)")
    told = analyst.execute("SELECT session_ended_as(NULL)").fetchone()
    assert told == (None,)
    lift_own_limits(analyst)
    analyst.execute("CREATE TEMP TABLE mine AS SELECT 1 AS one")
    with pytest.raises(InsufficientPrivilege):
        analyst.execute(
            "CREATE TRIGGER t AFTER DELETE ON public.session_facts "
            "FOR EACH ROW EXECUTE FUNCTION keep_session_fact()"
        )


def test_plans_do_not_tell_of_small_groups(analyst: Connection) -> None:
    """EXPLAIN ANALYZE counts no rows that were held back."""
    told = "".join(
        row[0]
        for row in analyst.execute(
            "EXPLAIN (ANALYZE, VERBOSE) SELECT sessions FROM cities_per_day "
            "WHERE city = 'Paris'"
        )
    )
    assert "read_cities_per_day" in told
    assert "session_facts" not in told


def test_own_functions_see_no_small_groups(analyst: Connection) -> None:
    """A cheap function in the WHERE gets only what the view shows."""
    seen: list[str] = []
    analyst.add_notice_handler(lambda notice: seen.append(notice.message_primary or ""))
    lift_own_limits(analyst)
    analyst.execute(
        "CREATE FUNCTION pg_temp.tell(city text) RETURNS boolean LANGUAGE plpgsql "
        "COST 0.0001 AS $$ BEGIN RAISE NOTICE '%', city; RETURN true; END $$"
    )
    analyst.execute("SELECT * FROM cities_per_day WHERE pg_temp.tell(city)")
    assert seen == ["Jaipur"]


def test_own_types_see_no_sessions(analyst: Connection) -> None:
    """A type of the analyst's own, named as a built-in one, is not used."""
    seen: list[str] = []
    analyst.add_notice_handler(lambda notice: seen.append(notice.message_primary or ""))
    lift_own_limits(analyst)
    analyst.execute(
        "CREATE FUNCTION pg_temp.tell(given timestamp) RETURNS boolean "
        "LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '%', given; RETURN true; END $$"
    )
    analyst.execute(
        "CREATE DOMAIN pg_temp.date AS timestamp CHECK (pg_temp.tell(VALUE))"
    )
    analyst.execute("SET search_path = pg_temp, pg_catalog")
    assert analyst.execute("SELECT * FROM analyst.funnel").rowcount == 1
    assert seen == []


def test_grant_is_safe_to_repeat(
    database: Database, database_url: str, analyst: Connection, role: str
) -> None:
    """Granting again keeps the password and puts back what the role changed."""
    analyst.execute("SET default_transaction_read_only = off")
    analyst.execute(f"ALTER ROLE {role} SET statement_timeout = 0")
    grant_analyst(database, role, None)
    conninfo = make_conninfo(database_url, user=role, password=PASSWORD)
    with psycopg.connect(conninfo) as again:
        assert again.execute("SHOW statement_timeout").fetchone() == ("10s",)
        assert rows(again, "funnel")


@pytest.mark.parametrize(
    ("before", "complaint"),
    [
        ("ALTER ROLE {} SUPERUSER", "administers the server"),
        ("GRANT pg_read_all_data TO {}", "is a member of pg_read_all_data"),
        ("GRANT SELECT (content) ON messages TO {}", "has rights on messages"),
        ("GRANT SELECT ON analytics.sessions TO {}", "has rights on analytics.session"),
        ("GRANT DELETE ON messages TO PUBLIC -- {}", "has rights on messages"),
        ("GRANT CREATE ON SCHEMA analyst TO {}", "make objects in the schema analyst"),
        ("ALTER TABLE messages OWNER TO {}", "has rights on messages"),
    ],
)
def test_a_role_that_can_do_more_is_refused(
    database: Database, admin: Connection, role: str, before: str, complaint: str
) -> None:
    """Who could do more than read figures is named with the reason; nothing changes."""
    admin.execute(f"CREATE ROLE {role}")
    admin.execute(before.format(role))
    with pytest.raises(ConfigurationError, match=complaint):
        grant_analyst(database, role, PASSWORD)
    found = admin.execute(
        "SELECT rolcanlogin, rolconfig FROM pg_roles WHERE rolname = %s", [role]
    ).fetchone()
    assert found == (False, None)
    admin.execute(f"REASSIGN OWNED BY {role} TO CURRENT_USER")


@pytest.mark.parametrize(
    "right", ["NOCREATEROLE", "CREATEROLE"], ids=["may-not-make-roles", "owns-no-views"]
)
def test_who_may_not_grant_is_told_so(
    database: Database, admin: Connection, role: str, right: str
) -> None:
    """Without the right to grant the command says who has it."""
    admin.execute(f"CREATE ROLE {role} LOGIN {right} PASSWORD '{PASSWORD}'")
    admin.execute(f"GRANT USAGE ON SCHEMA analyst TO {role}")
    admin.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA analyst TO {role}")
    admin.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA analyst TO {role}")
    user = {"user": role, "password": PASSWORD}
    with pytest.raises(ConfigurationError, match="with CREATEROLE") as caught:
        grant_analyst(Database({**database.parameters, **user}), "another", PASSWORD)
    assert PASSWORD not in str(caught.value)


def run(url: str, *arguments: str, stdin: str = "") -> tuple[int, str]:
    settings = Settings(environment="development", secret_key="x" * 40, storage_url=url)
    runner = create_app(settings).test_cli_runner()
    result = runner.invoke(args=["analytics", "grant", *arguments], input=stdin)
    return result.exit_code, result.output


def test_command_shows_a_new_password_once(
    database_url: str, admin: Connection, role: str
) -> None:
    """A new role gets a password; granting again shows none."""
    code, told = run(database_url, role)
    assert code == 0, told
    password = told.split("shown this once: ")[1].split("\n")[0]
    assert len(password) >= 32
    conninfo = make_conninfo(database_url, user=role, password=password)
    psycopg.connect(conninfo).close()
    code, told = run(database_url, role)
    assert (code, "password" in told) == (0, False), told


def test_command_reads_the_password(
    database_url: str, admin: Connection, role: str
) -> None:
    """A password on stdin is set, hashed, and not repeated."""
    code, told = run(database_url, role, "--password-stdin", stdin=f"{PASSWORD}\n")
    assert code == 0, told
    assert PASSWORD not in told
    kept = admin.execute(
        "SELECT rolpassword FROM pg_authid WHERE rolname = %s", [role]
    ).fetchone()
    assert kept is not None
    assert kept[0].startswith("SCRAM-SHA-256$")


@pytest.mark.parametrize(
    ("url", "arguments", "stdin", "complaint"),
    [
        ("memory:", ["eve"], "", "needs PostgreSQL"),
        ("memory:", ["pg_eve"], "", "lower-case letters"),
        ("memory:", ['eve"; DROP ROLE x'], "", "lower-case letters"),
        ("memory:", ["eve", "--password-stdin"], "short\n", "12 characters or more"),
        ("postgresql://me:hunter2@127.0.0.1:1/x", ["eve"], "", "does not answer"),
    ],
)
def test_command_refuses_clearly(
    url: str, arguments: list[str], stdin: str, complaint: str
) -> None:
    """What cannot be done is told with the remedy, and without secrets."""
    code, told = run(url, *arguments, stdin=stdin)
    assert code != 0
    assert complaint in told
    assert "hunter2" not in told
