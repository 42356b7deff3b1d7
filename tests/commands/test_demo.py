"""`flask demo` fills a database with trips to try the views on."""

from __future__ import annotations

from typing import Literal

import psycopg
import pytest
from click.testing import Result

from itinerary_app.app import create_app
from itinerary_app.config import Settings

Environment = Literal["development", "production"]


def demo(url: str, *arguments: str, environment: Environment = "development") -> Result:
    settings = Settings(environment=environment, secret_key="x" * 40, storage_url=url)
    runner = create_app(settings).test_cli_runner()
    return runner.invoke(args=["demo", *arguments])


def test_trips_are_spread_over_the_last_days(
    database_url: str, postgresql: psycopg.Connection
) -> None:
    """So many sessions as asked for; what expired is swept, some were planned, and
    about a fifth of those are exported, and no other.
    """
    result = demo(database_url, "--sessions", "60", "--days", "3")
    assert result.exit_code == 0, result.output
    found = postgresql.execute(
        """
        SELECT count(*), max(plans) > 0, min(started_on) >= current_date - 3,
               (SELECT count(*) FROM session_facts) > 0,
               (SELECT count(*) FROM messages WHERE created_at > now()),
               (SELECT count(*) FROM analytics.retention_backlog)
        FROM analytics.sessions
        """
    ).fetchone()
    assert found == (60, True, True, True, 0, 0)
    planned, exported, unplanned = postgresql.execute(
        """
        SELECT count(*) FILTER (WHERE plans > 0),
               count(*) FILTER (WHERE plans > 0 AND exports > 0),
               count(*) FILTER (WHERE plans = 0 AND exports > 0)
        FROM analytics.sessions
        """
    ).fetchone() or (0, 0, 0)
    assert 0.05 * planned < exported < 0.5 * planned
    assert unplanned == 0


def test_real_trips_are_not_mixed_with_invented_ones(
    database_url: str, postgresql: psycopg.Connection
) -> None:
    """Outside development nothing is made unless --yes says so."""
    result = demo(database_url, "--sessions", "1", environment="production")
    assert result.exit_code == 1
    assert "APP_ENV=development" in result.output
    made = "SELECT count(*) FROM analytics.sessions"
    assert postgresql.execute(made).fetchone() == (0,)
    postgresql.rollback()
    result = demo(database_url, "--sessions", "1", "--yes", environment="production")
    assert result.exit_code == 0, result.output
    assert postgresql.execute(made).fetchone() == (1,)


@pytest.mark.parametrize("url", ["memory:", "redis://127.0.0.1:1/0"])
def test_other_storages_have_no_views_to_try(url: str) -> None:
    """Without PostgreSQL the command says what it needs."""
    result = demo(url)
    assert result.exit_code == 1
    assert "needs PostgreSQL" in result.output
