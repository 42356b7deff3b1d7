"""How exactly the sweep finds what expired, and what turns pay for that.

`python -m tests.bench.hot`: of travellers who take a turn every so often, the share of
updates that are HOT (no index is written), by how finely `sweep_after` is rounded.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import psycopg

from itinerary_app.storage import statements
from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import CONNECTION, Database
from itinerary_app.storage.embedded import EmbeddedServer
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.testing import OWNER, plan, turn
from tests.conftest import migrate

SESSIONS, ROUNDS = 300, 5
EVERY = (20, 60, 180)  # seconds between two turns of a traveller
ROUNDED = ("1 hour", "10 min", "1 min", "1 us")
AS_SHIPPED = statements.SWEEP_AFTER
# Each has buckets that begin at a time of its own, as if it took its turns at another.
BEGIN = (
    "timestamptz 'epoch' + (hashtext(session_id::text) & 16777215) * interval '1 ms'"
)
# All grow older, each with the bucket where it would be at that age.
OLDER = f"""
UPDATE sessions SET last_accessed = last_accessed - %(by)s, ends_at = ends_at - %(by)s,
  sweep_after = date_bin(%(rounded)s,
    least(last_accessed - %(by)s + idle_timeout + '1 min', ends_at - %(by)s), {BEGIN})
"""
COUNTED = """
SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'sessions'
"""
CONNECTED = "SELECT FROM pg_stat_activity WHERE application_name = 'turns'"


def share(database: Database, rounded: str, every: int) -> float:
    """Of the updates of turns, those that are HOT."""
    statements.SWEEP_AFTER = AS_SHIPPED.replace("'10 min'", f"'{rounded}'").replace(
        "'epoch'", BEGIN
    )
    statements.save.cache_clear()
    updated = hot = 0
    with psycopg.connect(**database.parameters, autocommit=True) as admin:
        admin.execute("DELETE FROM sessions")
        keys = _turns(database, admin, [])
        for _ in range(ROUNDS):
            wanted = {"rounded": rounded, "by": timedelta(seconds=every)}
            admin.execute(OLDER, wanted)
            admin.execute("VACUUM sessions")
            before = _counted(admin)
            _turns(database, admin, keys)
            after = _counted(admin)
            updated, hot = (
                sum(it) for it in zip((updated, hot), _less(after, before), strict=True)
            )
    return hot / updated


def _turns(
    database: Database, admin: psycopg.Connection, keys: Sequence[str]
) -> list[str]:
    """One turn of each, or of new ones; counted when this returns."""
    named = {**database.parameters, "application_name": "turns"}
    storage = PostgresStorage(Database(named))
    made = list(keys) or [
        storage.create_session(owner_hash=OWNER).session_id for _ in range(SESSIONS)
    ]
    for key in made:
        storage.update_session(key, Changes(itinerary=plan("abc")), messages=turn("a"))
    storage.close()
    while admin.execute(CONNECTED).fetchall():
        pass
    return made


def _counted(admin: psycopg.Connection) -> tuple[int, int]:
    admin.execute("SELECT pg_stat_force_next_flush()")
    updated, hot = admin.execute(COUNTED).fetchone() or (0, 0)
    return updated, hot


def _less(after: tuple[int, int], before: tuple[int, int]) -> tuple[int, int]:
    return after[0] - before[0], after[1] - before[1]


def main() -> None:
    """Print a table."""
    print("| rounded to |", *(f"a turn every {it} s |" for it in EVERY))
    print("|---" * (len(EVERY) + 1) + "|")
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder) / "postgresql")
        server.acquire()
        migrate(**server.parameters)
        database = Database({**CONNECTION, **server.parameters})
        for rounded in ROUNDED:
            shares = [share(database, rounded, every) for every in EVERY]
            print(f"| {rounded} |", *(f"{it:.0%} |" for it in shares), flush=True)
        server.release()


if __name__ == "__main__":
    main()
