"""Our storages, as the app uses them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import psycopg

from itinerary_app.model import Message, TripSession
from itinerary_app.model import Role as Speaker
from itinerary_app.storage.base import Changes, Expiry, Record, SessionStorage
from itinerary_app.storage.database import CONNECTION, Database
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.storage.postgres import PostgresStorage
from tests.bench.contestants import POOL_SIZE, Contestant, Role
from tests.bench.servers import Servers
from tests.bench.workload import EDITED, HISTORY, PLAN, Said, chunks, pace, said
from tests.conftest import migrate

OWNER = bytes(32)
KEYS = {"k1": bytes(range(32))}
PREFERRED = {"act": "SetPace", "pace": "packed"}
EDIT = {"act": "Remove", "day": "2", "place": "one that is in the plan"}
AGED_BY = timedelta(minutes=2)


class Ours(Contestant):
    role: ClassVar[Role] = "ours"
    storage: SessionStorage

    def conversation(self, messages: int) -> str:
        key = self.create(None)
        for place, piece in enumerate(chunks(messages)):
            plan = None if place else PLAN
            self.storage.update_session(
                key, Changes(itinerary=plan), messages=_messages(piece)
            )
        return key

    def turn(self, key: str) -> None:
        """As the app does: what changes a preference is a version of the trip."""
        session = self.load(key)
        self._change(session, Changes({"pace": pace()}, questions=1), PREFERRED)

    def edit(self, key: str) -> None:
        """A turn that takes a stop out of the plan, or puts it in again."""
        session = self.load(key)
        plan = EDITED if session.itinerary == PLAN else PLAN
        self._change(session, Changes(itinerary=plan), EDIT)

    def _change(
        self, session: TripSession, changes: Changes, act: Mapping[str, str]
    ) -> None:
        self.storage.update_session(
            session.session_id,
            replace(changes, record=Record([act], session)),
            messages=_messages(said()),
            turn_key=uuid.uuid4().hex,
        )

    def create(self, _key: object) -> str:
        return self.storage.create_session(owner_hash=OWNER).session_id

    def load(self, key: str) -> TripSession:
        session = self.storage.get_session(key, history=HISTORY, touch=False)
        assert session is not None
        return session

    def touch(self, key: str) -> None:
        session = self.storage.get_session(key, history=HISTORY)
        assert session is not None

    def close(self) -> None:
        self.storage.close()


class Postgres(Ours):
    database: ClassVar[str] = "ours"
    keys: ClassVar[Mapping[str, bytes]] = {}
    note = "as delivered: with versions and the audit trail"

    def __init__(self, servers: Servers) -> None:
        self._parameters = servers.database(self.database)
        migrate(**self._parameters)
        database = Database({**CONNECTION, **self._parameters})
        self.storage = PostgresStorage(
            database, pool_size=POOL_SIZE, encryption_keys=self.keys
        )

    def age(self, keys: Sequence[str]) -> None:
        with psycopg.connect(**self._parameters) as connection:
            connection.execute(
                "UPDATE sessions SET last_accessed = now() - %s "
                "WHERE session_id = ANY(%s::uuid[])",
                [AGED_BY, list(keys)],
            )


class EncryptedPostgres(Postgres):
    database = "encrypted"
    keys = KEYS
    note = "with ENCRYPTION_KEYS"


class Redis(Ours):
    store = "redis"
    keys: ClassVar[Mapping[str, bytes]] = {}

    def __init__(self, servers: Servers) -> None:
        from redis import Redis as Client

        from itinerary_app.storage.redis import RedisStorage

        self.storage = RedisStorage(
            servers.redis_url, pool_size=POOL_SIZE, encryption_keys=self.keys
        )
        self._admin = Client.from_url(servers.redis_url)

    def age(self, keys: Sequence[str]) -> None:
        micros = AGED_BY // timedelta(microseconds=1)
        for key in keys:
            state = f"itinerary:{{{key}}}:state"
            assert self._admin.hexists(state, "accessed"), "Redis keys have changed"
            self._admin.hincrby(state, "accessed", -micros)
            self._admin.pexpire(state, self._admin.pttl(state) - micros // 1_000)


class EncryptedRedis(Redis):
    keys = KEYS
    note = "with ENCRYPTION_KEYS"


class Memory(Ours):
    store = "memory"
    most_turns = 400

    def __init__(self, servers: Servers) -> None:
        self._ahead = timedelta()
        # The clock's steps add up to hours, and nothing is to expire by them.
        self.storage = MemoryStorage(
            expiry=Expiry(idle=timedelta(days=30), lifetime=timedelta(days=30)),
            clock=lambda: datetime.now(UTC) + self._ahead,
        )

    def age(self, keys: Sequence[str]) -> None:
        self._ahead += AGED_BY

    def delete(self, key: str) -> None:
        self.storage.delete_session(key)


def _messages(texts: Sequence[Said]) -> list[Message]:
    return [Message(Speaker(role), content) for role, content in texts]
