"""Who takes part, and what each must be able to do."""

from __future__ import annotations

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar, Literal

from tests.bench.servers import Servers
from tests.bench.workload import TURN

Key = Any  # by which a contestant knows a conversation
POOL_SIZE = 8
Role = Literal["ours", "limit", "peer"]


class Contestant(ABC):
    """A storage with its pool, tables made. Operations take a conversation's key."""

    role: ClassVar[Role] = "peer"
    store: ClassVar[str] = "postgresql"
    note: ClassVar[str] = ""  # what a reader of the table should know
    most_turns: ClassVar[int] = 40  # in a round
    name: str  # given by `enter`

    @abstractmethod
    def __init__(self, servers: Servers) -> None: ...

    @abstractmethod
    def conversation(self, messages: int) -> Key:
        """A new conversation with its plan and so many messages."""

    @abstractmethod
    def turn(self, key: Key) -> Any:
        """Load, append two messages, change a preference."""

    def age(self, keys: Sequence[Key]) -> None:
        """Let two minutes pass for these conversations, so that a touch is due."""
        raise NotImplementedError

    def delete(self, key: Key) -> None:
        """Called for what is no longer needed; a database lets it lie."""
        return

    def close(self) -> None:
        """Let go of connections."""
        return

    def run(self, operation: str, shares: list[list[Key]]) -> list[Any]:
        """Each share by a client of its own, all at once; what the first one got."""
        call = getattr(self, operation)
        if len(shares) == 1:
            return [call(key) for key in shares[0]]
        return _CREW.run(call, shares)


class AsyncContestant(Contestant):
    """For asyncio: `turn` is a coroutine; clients are tasks on one loop."""

    def __init__(self, servers: Servers) -> None:
        self.loop = asyncio.new_event_loop()

    def run(self, operation: str, shares: list[list[Key]]) -> list[Any]:
        call = getattr(self, operation)

        async def client(keys: list[Key]) -> list[Any]:
            return [await call(key) for key in keys]

        async def clients() -> list[list[Any]]:
            return await asyncio.gather(*map(client, shares))

        return self.loop.run_until_complete(clients())[0]


class _Crew:
    """Threads that stay: a peer that connects by thread connects once."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(POOL_SIZE)

    def run(self, call: Callable[[Key], Any], shares: list[list[Key]]) -> list[Any]:
        """Nobody begins before all are there, so that each has its own thread."""
        together = threading.Barrier(len(shares))

        def client(keys: list[Key]) -> list[Any]:
            together.wait()
            return [call(key) for key in keys]

        got = list(self._pool.map(client, shares))
        return got[0]


_CREW = _Crew()


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    module: str
    factory: str

    def start(self, servers: Servers) -> Contestant:
        """Ready, and proven by a turn."""
        factory = getattr(import_module(f"tests.bench.{self.module}"), self.factory)
        contestant: Contestant = factory(servers)
        contestant.name = self.name
        key = contestant.conversation(2)
        contestant.run(TURN, [[key]])
        contestant.delete(key)
        return contestant


CONTESTANTS = (
    Entry("raw-2rt", "limits", "RawPostgres"),
    Entry("raw redis", "limits", "RawRedis"),
    Entry("our PostgreSQL", "ours", "Postgres"),
    Entry("our PostgreSQL, encrypted", "ours", "EncryptedPostgres"),
    Entry("our Redis", "ours", "Redis"),
    Entry("our Redis, encrypted", "ours", "EncryptedRedis"),
    Entry("our memory", "ours", "Memory"),
    Entry("Flask-Session SQLAlchemy", "peers.flask_session", "SQLAlchemySessions"),
    Entry("Flask-Session Redis", "peers.flask_session", "RedisSessions"),
    Entry("Django db", "peers.django", "DjangoSessions"),
    Entry("openai-agents SQLAlchemy", "peers.openai_agents", "AgentsSQLAlchemy"),
    Entry("openai-agents Redis", "peers.openai_agents", "AgentsRedis"),
    Entry("LangGraph PostgresSaver", "peers.langgraph", "LangGraph"),
    Entry("langchain-postgres", "peers.langchain", "LangChain"),
)


def enter(
    names: Sequence[str], servers: Servers
) -> tuple[list[Contestant], dict[str, str]]:
    """Those of these names who can run here, and the reason for each who cannot."""
    ready: list[Contestant] = []
    left_out: dict[str, str] = {}
    for entry in CONTESTANTS:
        if entry.name not in names:
            continue
        try:
            ready.append(entry.start(servers))
        except Exception as exc:
            # Whatever a library dies of, the others can still be measured.
            left_out[entry.name] = reason(exc)
    return ready, left_out


def reason(exc: Exception) -> str:
    """One line for the reader of the table."""
    text = str(exc).strip().splitlines()
    return f"{type(exc).__name__}: {text[0]}" if text else type(exc).__name__
