"""Measure what 50 versions of a real trip take: `python -m tests.bench.versions`.

Beside them the same trip's states kept as whole rows. Bytes are those of the rows as
PostgreSQL keeps them, compressed where it does so; WAL is what writing them costs.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg

from itinerary_app.acts.acts import Move, Remove, SetHours, Swap
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Itinerary, PlanRequest
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.base import Changes, Record, State
from itinerary_app.storage.codec import dump_itinerary, dump_json
from itinerary_app.storage.database import CONNECTION, Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.trips.changes import Revision
from tests.bench.servers import Servers
from tests.conftest import migrate

VERSIONS = 50
LOCKED_EVERY = 5  # versions: one change in five is of a preference alone
WHOLE = """
CREATE TABLE whole_rows (session_id uuid, number integer, acts json NOT NULL,
  preferences jsonb NOT NULL, itinerary json, created_at timestamptz NOT NULL,
  PRIMARY KEY (session_id, number));
CREATE TABLE patches (LIKE plan_versions INCLUDING INDEXES);
"""
KEEP_WHOLE = """
INSERT INTO whole_rows VALUES (%s, %s, %s::json, %s::jsonb, %s::json, now())
"""
KEEP_PATCH = "INSERT INTO patches SELECT * FROM plan_versions WHERE number = %s"
SIZE_OF_WHOLE = """
SELECT sum(pg_column_size(acts) + pg_column_size(preferences)
  + pg_column_size(itinerary)) FROM whole_rows
"""
SIZE_OF_PATCHES = """
SELECT sum(pg_column_size(acts) + pg_column_size(way_back)) FROM patches
"""


def edits(itinerary: Itinerary, source: random.Random) -> Iterator[Revision]:
    """Everyday edits of this plan, in an order by chance, without end."""
    while True:
        day = source.choice([day for day in itinerary.days if day.stops])
        place_id = source.choice(day.stops).place.id
        start = source.choice(("08:00", "08:45", "09:30", "10:15", "11:00"))
        yield source.choice(
            [
                Swap(stop=place_id),
                Remove(stop=place_id),
                Move(stop=place_id, day=source.choice(itinerary.days).number),
                SetHours(day=day.number, start=start),
            ]
        )


def plans(planner: Planner) -> Iterator[Itinerary]:
    """A trip of about 6 kB, edited again and again."""
    request, source = PlanRequest("Jaipur", 3), random.Random(1)
    itinerary = planner.plan(request)
    yield itinerary
    while True:
        for edit in edits(itinerary, source):
            with suppress(CannotPlan):
                edited = planner.revise(itinerary, edit, request)
                if len(edited.stops) < 10:  # it was emptied: plan anew
                    edited = planner.plan(request)
                if edited != itinerary:
                    break
        itinerary = edited
        yield itinerary


def wal(connection: psycopg.Connection[Any], statement: str, values: list[Any]) -> int:
    """Bytes of WAL that the statement costs, by the server's own count."""
    explained = connection.execute(
        f"EXPLAIN (ANALYZE, WAL, FORMAT JSON) {statement}", values
    )
    row = explained.fetchone()
    assert row is not None
    return int(row[0][0]["Plan"]["WAL Bytes"])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Servers(Path(folder)) as servers:
        parameters = servers.database("versions")
        migrate(**parameters)
        storage = PostgresStorage(Database({**CONNECTION, **parameters}), pool_size=1)
        with psycopg.connect(**parameters, autocommit=True) as admin:
            measure(storage, admin)
        storage.close()


def measure(storage: PostgresStorage, admin: psycopg.Connection[Any]) -> None:
    admin.execute(WHOLE)
    key = storage.create_session(owner_hash=bytes(32)).session_id
    trip = plans(Planner(Catalogue()))
    storage.update_session(key, Changes({"city": "Jaipur"}, next(trip)))
    first = storage.get_session(key)
    assert first is not None
    states, whole, patches = [], 0, 0
    for number in range(2, VERSIONS + 2):
        before = storage.get_session(key, history=0)
        assert before is not None
        states.append(State(before.preferences, before.itinerary))
        act = {"act": "Swap", "day": 2, "place": "albert-hall-museum"}
        changes = Changes({"locked": [str(number)]}, record=Record([act], before))
        if number % LOCKED_EVERY:
            changes = replace(changes, preferences={}, itinerary=next(trip))
        storage.update_session(key, changes)
        after = storage.get_session(key, history=0)
        assert after is not None
        assert after.itinerary is not None
        preferences = dump_json(after.preferences.to_dict())
        plan = dump_itinerary(after.itinerary)
        values = [key, number, dump_json([act]), preferences, plan]
        whole += wal(admin, KEEP_WHOLE, values)
        patches += wal(admin, KEEP_PATCH, [number])
    restored = sum(
        storage.state(key, number) == state
        for number, state in enumerate(states, start=1)
    )
    sizes = [
        admin.execute(query).fetchone() for query in (SIZE_OF_WHOLE, SIZE_OF_PATCHES)
    ]
    length = sum(len(dump_itinerary(it.itinerary)) for it in states if it.itinerary)
    print(f"{VERSIONS} versions of a plan of {length // VERSIONS:,} bytes")
    print(f"{restored} restored")
    for name, size, log in zip(
        ("whole rows", "versions"), sizes, (whole, patches), strict=True
    ):
        assert size is not None
        print(f"{name:<12}{size[0]:>10,} bytes{log:>10,} bytes of WAL")


if __name__ == "__main__":
    main()
