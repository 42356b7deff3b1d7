"""What a trip costs to serve and keep: `python -m tests.bench.growth`.

The travellers of `flask demo` talk to the assistant on a PostgreSQL, then all their
trips expire and are swept. Bytes are of tables with indexes, after VACUUM FULL; WAL is
with the full pages that a checkpoint before each part brings.
"""

from __future__ import annotations

import argparse
import random
import secrets
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from itinerary_app.assistant import open_reader
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.database import CONNECTION, Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.trips.conversation import ConversationManager
from itinerary_app.trips.demo import RememberingPlanner, Stories
from itinerary_app.trips.retention import sweep
from tests.bench.servers import Servers
from tests.conftest import migrate

RESULT = Path("bench-results/growth.md")
SIZES = """
SELECT relname, pg_total_relation_size(oid) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
EXPIRE = """
UPDATE sessions SET created_at = created_at - interval '2 d',
  last_accessed = last_accessed - interval '2 d', ends_at = ends_at - interval '2 d',
  sweep_after = sweep_after - interval '2 d'
"""
AGAIN = """
SET session_replication_role = replica;  -- the audit trail refuses, otherwise
TRUNCATE sessions, session_facts, session_events CASCADE;
RESET session_replication_role
"""


class Talk:
    """Travellers who say what those of the demo say."""

    def __init__(self, storage: PostgresStorage) -> None:
        self._storage = storage
        self._catalogue = Catalogue()
        self._planner = Planner(self._catalogue)
        self._remembering = RememberingPlanner(self._planner)

    def __call__(self, sessions: int, *, remember: bool) -> tuple[int, float]:
        """Turns taken, and seconds of this process' CPU for each.

        With `remember` the same plan is made once only, and not at all if an earlier
        such talk made it.
        """
        planner = self._remembering if remember else self._planner
        conversation = ConversationManager(
            storage=self._storage,
            reader=open_reader("rules:", places=self._catalogue.places),
            planner=planner,
            catalogue=self._catalogue,
        )
        stories = Stories(self._catalogue.cities, random.Random(7))
        turns, begun = 0, time.process_time()
        for _ in range(sessions):
            owner = secrets.token_bytes(32)
            key = conversation.start(owner).session_id
            for number, text in enumerate(stories.next()):
                conversation.send(key, text, f"turn-{number}", owner_hash=owner)
                turns += 1
        return turns, (time.process_time() - begun) / turns


class Measured:
    """What lies in the database, and what was written to its WAL."""

    def __init__(self, admin: psycopg.Connection) -> None:
        self._admin = admin

    def wal_of(self, work: Callable[[], object]) -> int:
        """Bytes of WAL while `work` was done."""
        self._admin.execute("CHECKPOINT")
        before = self._admin.execute("SELECT pg_current_wal_lsn()").fetchone()
        work()
        found = self._admin.execute(
            "SELECT pg_current_wal_lsn() - %s::pg_lsn", before
        ).fetchone()
        assert found
        return int(found[0])

    def sizes(self) -> dict[str, int]:
        """Bytes of each table with its indexes."""
        self._admin.execute("VACUUM FULL")
        return dict(self._admin.execute(SIZES).fetchall())


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.growth", description=__doc__)
    parser.add_argument("--sessions", type=int, default=2_000, help="%(default)s")
    parser.add_argument("--planned", type=int, default=100, help="%(default)s")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Servers(Path(folder)) as servers:
        parameters = servers.database("growth")
        migrate(**parameters)
        storage = PostgresStorage(Database({**CONNECTION, **parameters}))
        with psycopg.connect(**parameters, autocommit=True) as admin:
            text = _measure(storage, admin, given.sessions, given.planned)
        storage.close()
    print(text)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text)


def _measure(
    storage: PostgresStorage, admin: psycopg.Connection, sessions: int, planned: int
) -> str:
    talk, measured = Talk(storage), Measured(admin)
    print("plans that will be remembered …", flush=True)
    talk(sessions, remember=True)
    print(f"{planned:,} trips with all their plans …", flush=True)
    _, all_in = talk(planned, remember=False)
    admin.execute(AGAIN)
    empty = measured.sizes()
    print(f"{sessions:,} trips …", flush=True)
    took = []
    talked = measured.wal_of(lambda: took.append(talk(sessions, remember=True)))
    [(turns, alone)] = took
    full = measured.sizes()
    admin.execute(EXPIRE)
    swept = measured.wal_of(lambda: sweep(storage))
    left = measured.sizes()
    head = (
        f"# What {sessions:,} trips with {turns:,} turns cost\n\n"
        f"- {turns / sessions:.2f} turns a trip\n"
        f"- WAL: {talked / turns:,.0f} bytes a turn, {swept / sessions:,.0f} a trip "
        "that is swept\n"
        f"- CPU of the app: {1_000 * alone:.1f} ms a turn whose plan is remembered, "
        f"{1_000 * all_in:.0f} ms with planning, on average\n\n"
        "| table | bytes a trip | left after the sweep |\n|---|---|---|\n"
    )
    grown = {name: full[name] - empty[name] for name in full}
    kept = {name: left[name] - empty[name] for name in left}
    lines = [
        f"| `{name}` | {grown[name] / sessions:,.0f} | {kept[name] / sessions:,.0f} |"
        for name in sorted(grown)
        if max(grown[name], kept[name]) > 100 * sessions
    ]
    return head + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
