"""Sweeping beside foreground turns: `make bench-sweep`.

Half of the sessions, ten messages each, have expired; a traveller takes a turn every
few milliseconds while they are swept, and before, for comparison.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from itinerary_app.storage.base import Changes
from itinerary_app.storage.database import CONNECTION, Database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.trips.retention import BATCH, sweep
from tests.bench.ours import OWNER, _messages
from tests.bench.servers import Servers
from tests.bench.workload import ITINERARY_JSON, said
from tests.conftest import migrate

EVERY = 0.005  # seconds between two turns of the foreground
BASELINE = 5.0  # seconds
RESULT = Path("bench-results/sweep.md")

FILL = """
INSERT INTO sessions (session_id, owner_hash, itinerary, message_count, idle_timeout,
                      created_at, last_accessed, ends_at, sweep_after)
SELECT gen_random_uuid(), %(owner)s, %(plan)s, 10, interval '1 h',
       now() - age, now() - age, now() - age + interval '1 d',
       now() - age + interval '2 h'
FROM (SELECT (n %% 2) * interval '3 h' AS age
      FROM generate_series(1, %(sessions)s) AS n) AS ages
"""
SAY = """
INSERT INTO messages (session_id, seq, role, content, created_at)
SELECT session_id, seq, CASE seq %% 2 WHEN 1 THEN 'user' ELSE 'assistant' END,
       CASE seq %% 2 WHEN 1 THEN %(user)s ELSE %(assistant)s END, now()
FROM sessions, generate_series(1, 10) AS seq
"""


class Foreground:
    """Turns on one session, each timed."""

    def __init__(self, storage: PostgresStorage) -> None:
        self._storage = storage
        self._key = storage.create_session(owner_hash=OWNER).session_id
        self._ends = threading.Event()
        self.seconds: list[float] = []

    def run(self) -> None:
        while not self._ends.wait(EVERY):
            start = time.perf_counter()
            self._storage.get_session(self._key)
            self._storage.update_session(
                self._key, Changes(), messages=_messages(said())
            )
            self.seconds.append(time.perf_counter() - start)

    def during(self, work: Callable[[], object]) -> list[float]:
        """The milliseconds of the turns while `work` was done."""
        self._ends.clear()
        self.seconds = []
        thread = threading.Thread(target=self.run)
        thread.start()
        work()
        self._ends.set()
        thread.join()
        return sorted(1_000 * it for it in self.seconds)


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.sweep", description=__doc__)
    parser.add_argument("--sessions", type=int, default=400_000, help="%(default)s")
    parser.add_argument("--batch", type=int, default=BATCH, help="%(default)s")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Servers(Path(folder)) as servers:
        parameters = servers.database("sweep")
        migrate(**parameters)
        print(f"filling {given.sessions:,} sessions …", flush=True)
        (_, user), (_, assistant) = said()
        with psycopg.connect(**parameters, autocommit=True) as admin:
            admin.execute("SET session_replication_role = replica")  # no triggers
            admin.execute(
                FILL,
                {"owner": OWNER, "plan": ITINERARY_JSON, "sessions": given.sessions},
            )
            admin.execute(SAY, {"user": user, "assistant": assistant})
        servers.settle()
        storage = PostgresStorage(Database({**CONNECTION, **parameters}))
        foreground = Foreground(storage)
        alone = foreground.during(lambda: time.sleep(BASELINE))
        batches: list[float] = [time.perf_counter()]
        swept = []
        beside = foreground.during(
            lambda: swept.append(
                sweep(
                    storage,
                    batch=given.batch,
                    max_seconds=600,
                    on_batch=lambda _: batches.append(time.perf_counter()),
                )
            )
        )
        storage.close()
    [done] = swept
    longest = max(b - a for a, b in itertools.pairwise(batches))
    text = (
        f"# Sweeping {done.sessions:,} of {given.sessions:,} sessions\n\n"
        "Ten messages each, a turn of somebody else every few milliseconds.\n\n"
        f"- {done.sessions / done.seconds:,.0f} sessions/s in batches of "
        f"{given.batch:,}; the longest batch took {1_000 * longest:,.0f} ms\n"
        f"- turn beside it: p50 {_quantile(beside, 50):.2f} ms, "
        f"p99 {_quantile(beside, 99):.2f} ms; alone: p50 {_quantile(alone, 50):.2f} "
        f"ms, p99 {_quantile(alone, 99):.2f} ms "
        f"({_quantile(beside, 50) / _quantile(alone, 50):.2f}x the median)\n"
    )
    print(text)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text)


def _quantile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


if __name__ == "__main__":
    main()
