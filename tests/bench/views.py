"""How long each view of the schema `analytics` takes: `python -m tests.bench.views`.

Facts of two years and stored sessions beside them, of which some expired. Each view
over all of it, over the last 30 days, and as an analyst reads it; then the figures of
the page /analytics, which the app gives up after four seconds.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from itinerary_app.storage.database import CONNECTION, Database
from itinerary_app.storage.postgres import PostgresStorage
from tests.bench.servers import Servers
from tests.conftest import migrate

VIEWS = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'analyst'::regnamespace "
    "AND relkind = 'v' ORDER BY relname"
)
FACTS = """
INSERT INTO session_facts (
  started_on, started_hour, city, days, pace, budget, interests, user_messages,
  assistant_messages, questions, plans, seconds_to_plan, turns_to_plan,
  questions_to_plan, seconds_used, ended_on, reason)
SELECT current_date - n %% 730, n * 7 %% 24, city, 1 + n %% 14, 'relaxed', 'low',
       ARRAY['food', 'culture', 'art'], 1 + n %% 9, 1 + n %% 9, n %% 4,
       CASE WHEN planned THEN 1 + n %% 3 ELSE 0 END,
       CASE WHEN planned THEN 10 + n * 13 %% 900 END,
       CASE WHEN planned THEN 1 + n %% 5 END,
       CASE WHEN planned THEN n %% 4 END,
       20 + n %% 3600, current_date - n %% 730, 'expired'
FROM (SELECT n, random() < 0.7 AS planned,
             (ARRAY['Jaipur', 'Singapore', 'Tokyo', 'Kyoto', 'Bangkok', 'Istanbul',
                    'Paris', 'London', 'Rome', 'New York', 'Amsterdam', 'Vienna',
                    NULL])[1 + floor(random() * 13)] AS city
      FROM generate_series(1, %s) AS n) AS trips
"""
STORED = """
INSERT INTO sessions (
  session_id, owner_hash, preferences, message_count, user_message_count, plans,
  planned_at, turns_to_plan, questions_to_plan, idle_timeout, created_at, ends_at,
  last_accessed, sweep_after)
SELECT gen_random_uuid(), decode(repeat('00', 32), 'hex'),
       '{"city": "Jaipur", "duration_days": 3, "interests": ["food", "art"]}', 4, 2, 1,
       now(), 2, 1, interval '1 h', now() - n * interval '1 s',
       now() + interval '1 d', now() - n * interval '1 s',
       now() + interval '1 h' - n * interval '1 s'
FROM generate_series(1, %s) AS n
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.views", description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000, help="%(default)s")
    parser.add_argument("--sessions", type=int, default=10_000, help="%(default)s")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Servers(Path(folder)) as servers:
        parameters = servers.database("views")
        migrate(**parameters)
        with psycopg.connect(**parameters, autocommit=True) as admin:
            admin.execute(FACTS, [given.facts])
            admin.execute(STORED, [given.sessions])
            servers.settle()
            print(f"{given.facts:,} facts, {given.sessions:,} sessions; seconds\n")
            print(f"{'view':<20}{'exact':>8}{'30 days':>9}{'analyst':>9}{'rows':>9}")
            for (view,) in admin.execute(VIEWS).fetchall():
                exact, rows = _timed(admin, f"analytics.{view}")
                month, _ = _timed(
                    admin, f"analytics.{view} WHERE day > current_date - 30"
                )
                analyst, _ = _timed(admin, f"analyst.{view}")
                print(f"{view:<20}{exact:>8.2f}{month:>9.2f}{analyst:>9.2f}{rows:>9,}")
        storage = PostgresStorage(Database({**CONNECTION, **parameters}))
        for days in (30, 730):
            start, today = time.perf_counter(), datetime.now(UTC).date()
            storage.figures(today - timedelta(days=days - 1), today)
            print(f"page, {days} days: {time.perf_counter() - start:.2f}")
        storage.close()


def _timed(admin: psycopg.Connection[Any], source: str) -> tuple[float, int]:
    """The median of three."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        rows = len(admin.execute(f"SELECT * FROM {source}").fetchall())
        seconds.append(time.perf_counter() - start)
    return sorted(seconds)[1], rows


if __name__ == "__main__":
    main()
