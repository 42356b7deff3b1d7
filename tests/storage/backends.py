"""Storages whose time passes at the test's word."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import psycopg
import redis

from itinerary_app.storage.base import Expiry, SessionStorage
from itinerary_app.storage.database import Database
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.redis import RedisStorage


class Divergence(StrEnum):
    """What a backend does otherwise than memory, always; one that heals is an error."""

    NOTHING_TO_SWEEP = "what has expired is gone already"
    EXPIRED_ID_IS_FREE = "the id of an expired session is given anew before a sweep"


class Backend(ABC):
    storage: SessionStorage
    divergences: frozenset[Divergence] = frozenset()
    aged = timedelta()
    """How much older all stored instants look than they were given out."""

    @abstractmethod
    def pass_time(self, by: timedelta) -> None:
        """Let `by` go by for everything that is stored."""

    @abstractmethod
    def reset(self) -> None:
        """Forget all sessions."""

    def sweep(self, limit: int) -> int:
        return self.storage.delete_expired_sessions(limit=limit)

    def close(self) -> None:
        self.storage.close()


class MemoryBackend(Backend):
    def __init__(
        self, expiry: Expiry, kind: type[MemoryStorage] = MemoryStorage
    ) -> None:
        self.expiry = expiry
        self.kind = kind
        self.reset()

    def clock(self) -> datetime:
        """No two instants are the same, as on a server."""
        self.now += timedelta(microseconds=1)
        return self.now

    def pass_time(self, by: timedelta) -> None:
        self.now += by

    def reset(self) -> None:
        self.now = datetime(2026, 1, 15, 10, tzinfo=UTC)
        self.storage = self.kind(expiry=self.expiry, clock=self.clock)


class PostgresBackend(Backend):
    """The database's clock cannot be set, so all rows grow older instead."""

    def __init__(
        self, expiry: Expiry, database: Database, admin: psycopg.Connection
    ) -> None:
        self.storage = PostgresStorage(database, expiry=expiry)
        self.admin = admin
        admin.autocommit = True

    def pass_time(self, by: timedelta) -> None:
        self.admin.execute(
            "WITH said AS (UPDATE messages SET created_at = created_at - %(by)s), "
            "kept AS (UPDATE plan_versions SET created_at = created_at - %(by)s) "
            "UPDATE sessions SET created_at = created_at - %(by)s, "
            "last_accessed = last_accessed - %(by)s, ends_at = ends_at - %(by)s, "
            "sweep_after = sweep_after - %(by)s",
            {"by": by},
        )
        self.aged += by

    def reset(self) -> None:
        # On a handful of rows 20 times as quick as TRUNCATE.
        self.admin.execute("DELETE FROM sessions")


class RedisBackend(Backend):
    """The server's clock cannot be set, so all keys grow older instead."""

    divergences = frozenset(Divergence)

    def __init__(self, expiry: Expiry, url: str) -> None:
        self.storage = RedisStorage(url, expiry=expiry)
        self.admin = redis.Redis.from_url(url)
        self._age = self.admin.register_script(AGE)

    def pass_time(self, by: timedelta) -> None:
        self._age(args=[by // timedelta(microseconds=1)])
        self.aged += by

    def reset(self) -> None:
        self.admin.flushdb()

    def close(self) -> None:
        super().close()
        self.admin.close()


AGE = """
for _, key in ipairs(redis.call('KEYS', 'itinerary:*')) do
  if string.find(key, ':state$') then
    for _, name in ipairs({'created', 'accessed', 'ends'}) do
      redis.call('HINCRBY', key, name, -ARGV[1])
    end
  elseif string.find(key, ':said$') or string.find(key, ':versions$') then
    for place, said in ipairs(redis.call('LRANGE', key, 0, -1)) do
      local at, rest = string.match(said, '^(%d+)(.*)$')
      local aged = string.format('%.0f', at - ARGV[1]) .. rest
      redis.call('LSET', key, place - 1, aged)
    end
  end
  local ends = redis.call('PEXPIRETIME', key) - math.ceil(ARGV[1] / 1000)
  redis.call('PEXPIREAT', key, string.format('%.0f', ends))
end
"""
