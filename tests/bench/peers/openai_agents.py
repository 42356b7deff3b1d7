"""OpenAI's Agents SDK: its sessions keep the history and no state."""

from __future__ import annotations

import uuid
from typing import Any

from tests.bench.contestants import POOL_SIZE, AsyncContestant
from tests.bench.servers import Servers
from tests.bench.workload import HISTORY, Said, chunks, said


class Agents(AsyncContestant):
    """A new session object for each turn, as each web request would make one."""

    note = "keeps history only, so it does less; asyncio, at 8 clients 8 tasks"

    def _session(self, key: str) -> Any:
        raise NotImplementedError

    def conversation(self, messages: int) -> str:
        key = str(uuid.uuid4())

        async def fill() -> None:
            for piece in chunks(messages):
                await self._session(key).add_items([_item(text) for text in piece])

        self.loop.run_until_complete(fill())
        return key

    async def turn(self, key: str) -> None:
        await self._session(key).get_items(limit=HISTORY)
        await self._session(key).add_items([_item(text) for text in said()])


class AgentsSQLAlchemy(Agents):
    def __init__(self, servers: Servers) -> None:
        from agents.extensions.memory import SQLAlchemySession
        from sqlalchemy.ext.asyncio import create_async_engine

        super().__init__(servers)
        url = servers.sqlalchemy_url("agents", "asyncpg")
        self._engine = create_async_engine(url, pool_size=POOL_SIZE)
        self._kind = SQLAlchemySession
        first = SQLAlchemySession("first", engine=self._engine, create_tables=True)
        self.loop.run_until_complete(first.get_items())

    def _session(self, key: str) -> Any:
        return self._kind(key, engine=self._engine)

    def close(self) -> None:
        self.loop.run_until_complete(self._engine.dispose())
        self.loop.close()


class AgentsRedis(Agents):
    store = "redis"

    def __init__(self, servers: Servers) -> None:
        from agents.extensions.memory import RedisSession
        from redis.asyncio import Redis

        super().__init__(servers)
        self._client = Redis.from_url(servers.redis_url)
        self._kind = RedisSession

    def _session(self, key: str) -> Any:
        return self._kind(key, redis_client=self._client)

    def close(self) -> None:
        self.loop.run_until_complete(self._client.aclose())
        self.loop.close()


def _item(text: Said) -> dict[str, str]:
    role, content = text
    return {"role": role, "content": content}
