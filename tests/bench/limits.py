"""The limits: the same data by bare drivers, values parsed no further than JSON.

`raw-2rt` is one SELECT and one data-modifying CTE on a
connection of each client's own; `raw redis` is one pipeline to read and one
transaction to write.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

import psycopg

from tests.bench.contestants import Contestant, Role
from tests.bench.servers import Servers
from tests.bench.workload import HISTORY, ITINERARY_JSON, history, pace, said

TABLES = (
    """
CREATE TABLE raw_sessions (id uuid PRIMARY KEY, prefs jsonb NOT NULL, itinerary json,
  turn_count int NOT NULL DEFAULT 0, msg_count int NOT NULL DEFAULT 0,
  version int NOT NULL DEFAULT 1, last_accessed timestamptz NOT NULL DEFAULT now())
  WITH (fillfactor = 90)
""",
    """
CREATE TABLE raw_messages (session_id uuid REFERENCES raw_sessions ON DELETE CASCADE,
  seq int, role text, content text, PRIMARY KEY (session_id, seq))
""",
)
CREATE = "INSERT INTO raw_sessions (id, prefs) VALUES (%s, '{}')"
LOAD = f"""
SELECT s.prefs, s.itinerary, s.turn_count, s.version, m.seqs, m.roles, m.contents
FROM raw_sessions s LEFT JOIN LATERAL (
  SELECT array_agg(seq) seqs, array_agg(role) roles, array_agg(content) contents
  FROM (SELECT seq, role, content FROM raw_messages WHERE session_id = s.id
        ORDER BY seq DESC LIMIT {HISTORY}) x) m ON true
WHERE s.id = %(id)s
"""
SAVE = """
WITH s AS (UPDATE raw_sessions SET prefs = %(prefs)s::jsonb,
    turn_count = turn_count + 1, msg_count = msg_count + 2, version = version + 1,
    last_accessed = now()
  WHERE id = %(id)s AND version = %(version)s RETURNING id, msg_count, version),
m AS (INSERT INTO raw_messages SELECT s.id, s.msg_count - 2 + u.o, u.role, u.content
  FROM s, (VALUES (1, 'user', %(user)s::text), (2, 'assistant', %(reply)s::text))
    u(o, role, content))
SELECT version, msg_count FROM s
"""
TOUCH = "UPDATE raw_sessions SET last_accessed = now() WHERE id = %(id)s"
TTL = 3600  # seconds


class RawPostgres(Contestant):
    role: ClassVar[Role] = "limit"

    def __init__(self, servers: Servers) -> None:
        self._parameters = servers.database("raw")
        self._own = threading.local()
        for table in TABLES:
            self._connection.execute(table)

    @property
    def _connection(self) -> psycopg.Connection[Any]:
        if not hasattr(self._own, "connection"):
            self._own.connection = psycopg.connect(
                **self._parameters, autocommit=True, prepare_threshold=0
            )
        connection: psycopg.Connection[Any] = self._own.connection
        return connection

    def conversation(self, messages: int) -> uuid.UUID:
        key = self.create(None)
        self._connection.execute(
            "UPDATE raw_sessions SET itinerary = %s, msg_count = %s WHERE id = %s",
            [ITINERARY_JSON, messages, key],
        )
        roles, contents = zip(*history(messages), strict=True)
        self._connection.execute(
            "INSERT INTO raw_messages SELECT %s, n, role, content FROM "
            "unnest(%s::text[], %s::text[]) WITH ORDINALITY u(role, content, n)",
            [key, list(roles), list(contents)],
        )
        return key

    def turn(self, key: uuid.UUID) -> None:
        row = self.load(key)
        (_, user), (_, reply) = said()
        self._connection.execute(
            SAVE,
            {
                "id": key,
                "version": row[3],
                "prefs": json.dumps({"pace": pace()}),
                "user": user,
                "reply": reply,
            },
            binary=True,
        ).fetchone()

    def create(self, _key: object) -> uuid.UUID:
        key = uuid.uuid4()
        self._connection.execute(CREATE, [key])
        return key

    def load(self, key: uuid.UUID) -> tuple[Any, ...]:
        row = self._connection.execute(LOAD, {"id": key}, binary=True).fetchone()
        assert row is not None
        found: tuple[Any, ...] = row
        return found

    def touch(self, key: uuid.UUID) -> None:
        self._connection.execute(TOUCH, {"id": key}, binary=True)
        self.load(key)

    def age(self, keys: Sequence[uuid.UUID]) -> None:
        return  # it touches whenever asked to


class RawRedis(Contestant):
    role: ClassVar[Role] = "limit"
    store = "redis"

    def __init__(self, servers: Servers) -> None:
        from redis import Redis

        self._redis = Redis.from_url(servers.redis_url)

    def conversation(self, messages: int) -> str:
        key = self.create(None)
        pipeline = self._redis.pipeline()
        pipeline.hset(f"{key}:s", "itinerary", ITINERARY_JSON)
        pipeline.rpush(f"{key}:m", *map(json.dumps, history(messages)))
        pipeline.execute()
        return key

    def turn(self, key: str) -> None:
        self.load(key)
        pipeline = self._redis.pipeline()
        pipeline.hset(f"{key}:s", "prefs", json.dumps({"pace": pace()}))
        pipeline.hincrby(f"{key}:s", "version", 1)
        pipeline.rpush(f"{key}:m", *map(json.dumps, said()))
        pipeline.expire(f"{key}:s", TTL)
        pipeline.expire(f"{key}:m", TTL)
        pipeline.execute()

    def create(self, _key: object) -> str:
        key = f"raw:{uuid.uuid4()}"
        pipeline = self._redis.pipeline()
        pipeline.hset(f"{key}:s", mapping={"prefs": "{}", "version": 1})
        pipeline.expire(f"{key}:s", TTL)
        pipeline.execute()
        return key

    def load(self, key: str) -> tuple[Any, ...]:
        pipeline = self._redis.pipeline(transaction=False)
        self._read(pipeline, key)
        return self._parsed(pipeline.execute())

    def touch(self, key: str) -> None:
        pipeline = self._redis.pipeline(transaction=False)
        pipeline.expire(f"{key}:s", TTL)
        pipeline.expire(f"{key}:m", TTL)
        self._read(pipeline, key)
        self._parsed(pipeline.execute()[2:])

    def age(self, keys: Sequence[str]) -> None:
        return

    def close(self) -> None:
        self._redis.close()

    @staticmethod
    def _read(pipeline: Any, key: str) -> None:
        pipeline.hgetall(f"{key}:s")
        pipeline.lrange(f"{key}:m", -HISTORY, -1)

    @staticmethod
    def _parsed(answers: list[Any]) -> tuple[Any, ...]:
        state, messages = answers
        return (
            {name: json.loads(value) for name, value in state.items()},
            [json.loads(message) for message in messages],
        )
