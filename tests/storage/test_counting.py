"""Requests are counted by all processes together, over a window that slides."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from itinerary_app.errors import StorageUnavailable
from itinerary_app.storage.counting import RequestCounts
from itinerary_app.storage.database import Database
from itinerary_app.storage.pool import Pool

DAY = 86_400  # seconds
KEY, OTHER = b"k" * 16, b"o" * 16


@pytest.fixture
def pool(database: Database) -> Iterator[Pool]:
    with closing(Pool(database, size=8)) as pool:
        yield pool


@pytest.fixture
def counts(pool: Pool) -> RequestCounts:
    return RequestCounts(pool)


def let_a_period_pass(postgresql: psycopg.Connection) -> None:
    postgresql.execute("UPDATE request_counts SET period = period - 1")
    postgresql.commit()


def test_no_more_than_so_many(counts: RequestCounts) -> None:
    """Each key by itself; what is refused does not count, and many at once neither
    lose nor gain one.
    """
    with ThreadPoolExecutor(8) as threads:
        let_in = list(
            threads.map(lambda _: counts.add(KEY, 1, most=20, seconds=DAY), range(50))
        )
    assert sum(let_in) == 20
    assert counts.window(KEY, seconds=DAY).lately == 20
    assert counts.add(OTHER, 1, most=20, seconds=DAY)
    assert not counts.add(OTHER, 20, most=20, seconds=DAY)


def test_the_period_before_counts_by_what_the_window_covers(
    counts: RequestCounts, postgresql: psycopg.Connection
) -> None:
    """Less and less of it, and after another one nothing."""
    assert counts.add(KEY, 1_000_000, most=1_000_000, seconds=DAY)
    let_a_period_pass(postgresql)
    before, lately, left = counts.window(KEY, seconds=DAY)
    assert (before, lately) == (1_000_000, 0)
    free = int(1_000_000 * (1 - left / DAY))
    assert not counts.add(KEY, free + 1_000, most=1_000_000, seconds=DAY)
    assert counts.add(KEY, max(free, 1), most=1_000_001, seconds=DAY)
    let_a_period_pass(postgresql)
    let_a_period_pass(postgresql)
    assert counts.window(KEY, seconds=DAY)[:2] == (0, 0)
    assert counts.add(KEY, 1_000_000, most=1_000_000, seconds=DAY)


def test_what_is_over_is_forgotten(
    pool: Pool, counts: RequestCounts, postgresql: psycopg.Connection
) -> None:
    """Whoever counts next deletes it."""
    counts.add(KEY, 1, most=1, seconds=1)
    postgresql.execute("UPDATE request_counts SET until = now() - interval '1 s'")
    postgresql.commit()
    RequestCounts(pool, forget_every=-1).add(OTHER, 1, most=1, seconds=DAY)
    kept = postgresql.execute("SELECT key FROM request_counts").fetchall()
    assert [bytes(key) for (key,) in kept] == [OTHER]
    counts.forget(OTHER)
    assert counts.window(OTHER, seconds=DAY) == (0, 0, DAY)


def test_a_table_that_is_away_is_told(
    counts: RequestCounts, postgresql: psycopg.Connection
) -> None:
    """Every method says so."""
    counts.check()
    postgresql.execute("DROP TABLE request_counts")
    postgresql.commit()
    for call in (
        counts.check,
        lambda: counts.add(KEY, 1, most=1, seconds=1),
        lambda: counts.window(KEY, seconds=1),
        lambda: counts.forget(KEY),
    ):
        with pytest.raises(StorageUnavailable):
            call()
