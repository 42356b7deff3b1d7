"""A turn beside millions of stored trips: `python -m tests.bench.crowd`.

Two databases of one server, with few trips and with many, take turns in changing order:
on twenty trips that are in use, and on any of those stored, whose pages are cold. A
turn reads a trip and saves two messages, as delivered, with the audit trail.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import CONNECTION, Database
from itinerary_app.storage.postgres import PostgresStorage
from tests.bench.ours import _messages
from tests.bench.servers import Servers
from tests.bench.workload import ITINERARY_JSON, said
from tests.conftest import ROOT, migrate

FEW = 1_000  # trips
AT_ONCE = 50_000  # trips that are put in by a statement
IN_USE = 20  # trips
RESULT = Path("bench-results/crowd.md")

FILL = """
WITH made AS (
  INSERT INTO sessions (session_id, owner_hash, itinerary, message_count,
    user_message_count, idle_timeout, created_at, last_accessed, ends_at, sweep_after)
  SELECT gen_random_uuid(), sha256(n::text::bytea), %(plan)s, 2, 1, interval '30 d',
    now(), now(), now() + interval '30 d', now() + interval '30 d'
  FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
  RETURNING session_id)
INSERT INTO messages (session_id, seq, role, content, created_at)
SELECT session_id, 1, 'user', %(user)s, now() FROM made
UNION ALL SELECT session_id, 2, 'assistant', %(assistant)s, now() FROM made
"""
SIZES = r"""
SELECT regexp_replace(relname, '_\d+(_|$)', '\1'), sum(pg_table_size(oid))::bigint
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')
GROUP BY 1 HAVING sum(pg_table_size(oid)) > 2^20 ORDER BY 2 DESC
"""
DIVIDE = (ROOT / "deploy" / "partitions.sql").read_text()
WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"


class Site:
    """A database with so many trips, and its storage."""

    def __init__(self, parameters: dict[str, Any], trips: int, divided: bool) -> None:
        migrate(**parameters)
        self._admin = psycopg.connect(**parameters, autocommit=True)
        if divided:
            self._admin.execute(DIVIDE)
        self.trips = trips
        self._fill()
        rows = self._admin.execute(
            "SELECT session_id::text FROM sessions TABLESAMPLE BERNOULLI (%s) LIMIT %s",
            [min(100, 100 * 4 * FEW / trips), FEW],
        ).fetchall()
        self.any_of_them = [row[0] for row in rows]
        random.Random(1).shuffle(self.any_of_them)
        self.in_use = self.any_of_them[:IN_USE]
        self.storage = PostgresStorage(Database({**CONNECTION, **parameters}))

    def _fill(self) -> None:
        (_, user), (_, assistant) = said()
        self._admin.execute("SET session_replication_role = replica")  # no triggers
        self._admin.execute("SET synchronous_commit = off")
        for first in range(1, self.trips + 1, AT_ONCE):
            last = min(first + AT_ONCE - 1, self.trips)
            given = {"plan": ITINERARY_JSON, "user": user, "assistant": assistant}
            self._admin.execute(FILL, {**given, "first": first, "last": last})
            print(f"\r{last:,} of {self.trips:,} trips stored", end="", flush=True)
        print(flush=True)

    def turn(self, trip: str) -> float:
        """Milliseconds."""
        begun = time.perf_counter()
        self.storage.get_session(trip)
        self.storage.update_session(trip, Changes(), messages=_messages(said()))
        return 1_000 * (time.perf_counter() - begun)

    def wal(self) -> int:
        """Bytes of the whole server until now."""
        return int(self._number(WAL))

    def sizes(self) -> list[tuple[str, int]]:
        """Of tables and indexes of a megabyte and more, in bytes."""
        return [(name, size) for name, size in self._admin.execute(SIZES)]

    def _number(self, query: str) -> int:
        row = self._admin.execute(query).fetchone()
        assert row
        return int(row[0])

    def close(self) -> None:
        self.storage.close()
        self._admin.close()


def measured(
    sites: list[Site], trips_of: Callable[[Site], list[str]], rounds: int
) -> list[tuple[float, int]]:
    """For each site the median milliseconds and the mean bytes of WAL of a turn."""
    took: list[list[float]] = [[] for _ in sites]
    wal = [0 for _ in sites]
    for number in range(rounds):
        order = list(enumerate(sites))[:: 1 if number % 2 else -1]
        for place, site in order:
            trips = trips_of(site)
            before = site.wal()
            took[place].append(site.turn(trips[number % len(trips)]))
            wal[place] += site.wal() - before
    return [
        (median(its), bytes_ // rounds) for its, bytes_ in zip(took, wal, strict=True)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.crowd", description=__doc__)
    parser.add_argument("--trips", type=int, default=5_000_000, help="%(default)s")
    parser.add_argument("--partitions", action="store_true", help="of all, before")
    parser.add_argument("--turns", type=int, default=FEW, help="each; %(default)s")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Servers(Path(folder)) as servers:
        sites = [
            Site(servers.database(f"crowd_{trips}"), trips, given.partitions)
            for trips in (FEW, given.trips)
        ]
        servers.settle()
        measured(sites, lambda site: site.in_use, 200)  # warm
        hot = measured(sites, lambda site: site.in_use, given.turns)
        cold = measured(sites, lambda site: site.any_of_them, given.turns)
        sizes = sites[-1].sizes()
        for site in sites:
            site.close()
    text = _told(given.trips, {"in use": hot, "any": cold}, sizes)
    print(text)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text)


def _told(
    trips: int,
    measures: dict[str, list[tuple[float, int]]],
    sizes: list[tuple[str, int]],
) -> str:
    lines = [
        f"# A turn beside {FEW:,} and {trips:,} stored trips",
        "",
        "| trips | p50, few | p50, many | ratio | WAL, few | WAL, many |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for which, ((few, wal_few), (many, wal_many)) in measures.items():
        lines.append(
            f"| {which} | {few:.2f} ms | {many:.2f} ms | {many / few:.2f} | "
            f"{wal_few:,} bytes | {wal_many:,} bytes |"
        )
    lines += ["", "| of many | MB |", "| --- | --- |"]
    lines += [f"| {name} | {size / 1e6:,.0f} |" for name, size in sizes]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
