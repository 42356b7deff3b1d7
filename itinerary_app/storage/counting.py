"""How often something was asked for, counted by all processes together.

By a sliding window: of the period before, that part counts which the window still
covers. All by the database's clock; no key that tells of a person comes here.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from itinerary_app.storage.pool import Pool

FORGET_EVERY = 60.0  # seconds

NOW = "extract(epoch FROM now()) / %(seconds)s"
LEFT = f"(1 - mod({NOW}, 1))"  # of the period: so much of the one before counts
BEFORE = """CASE it.period WHEN excluded.period THEN it.before
  WHEN excluded.period - 1 THEN it.count ELSE 0 END"""
COUNT = "CASE it.period WHEN excluded.period THEN it.count ELSE 0 END + excluded.count"
ADD = f"""
INSERT INTO request_counts AS it (key, period, count, before, until)
SELECT %(key)s, floor({NOW})::bigint, %(amount)s, 0,
       now() + make_interval(secs => 2 * %(seconds)s)
WHERE %(amount)s <= %(most)s
ON CONFLICT (key) DO UPDATE SET
  period = excluded.period, count = {COUNT}, before = {BEFORE}, until = excluded.until
WHERE {BEFORE} * {LEFT} + {COUNT} <= %(most)s
RETURNING key
"""
READ = f"""
SELECT CASE period WHEN floor({NOW}) THEN before WHEN floor({NOW}) - 1 THEN count
       ELSE 0 END,
       CASE period WHEN floor({NOW}) THEN count ELSE 0 END,
       ({LEFT} * %(seconds)s)::double precision
FROM request_counts WHERE key = %(key)s
"""
FORGET_KEY = "DELETE FROM request_counts WHERE key = %(key)s RETURNING key"
FORGET = "DELETE FROM request_counts WHERE until < now() RETURNING key"


class Window(NamedTuple):
    """`left`: seconds until what was asked `lately` is `before`."""

    before: int
    lately: int
    left: float


class RequestCounts:
    """Counts by key. Raises StorageUnavailable."""

    def __init__(self, pool: Pool, *, forget_every: float = FORGET_EVERY) -> None:
        self._pool, self._forget_every = pool, forget_every
        self._forgotten_at = time.monotonic()

    def add(self, key: bytes, amount: int, *, most: int, seconds: int) -> bool:
        """Whether that makes no more than `most` in any so many seconds; else it does
        not count.
        """
        if time.monotonic() - self._forgotten_at > self._forget_every:
            self._forgotten_at = time.monotonic()
            self._pool.run(FORGET, {}, repeatable=True)
        wanted = {"key": key, "amount": amount, "most": most, "seconds": seconds}
        return bool(self._pool.run(ADD, wanted))

    def window(self, key: bytes, *, seconds: int) -> Window:
        found = self._pool.run(READ, {"key": key, "seconds": seconds}, repeatable=True)
        return Window(*found[0]) if found else Window(0, 0, seconds)

    def forget(self, key: bytes) -> None:
        self._pool.run(FORGET_KEY, {"key": key}, repeatable=True)

    def check(self) -> None:
        self._pool.run("SELECT FROM request_counts LIMIT 1", {}, repeatable=True)
