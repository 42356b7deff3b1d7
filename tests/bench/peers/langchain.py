"""langchain-postgres: a row for each message; reading always reads all of them."""

from __future__ import annotations

import uuid

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_postgres import PostgresChatMessageHistory
from psycopg_pool import ConnectionPool

from tests.bench.contestants import POOL_SIZE, Contestant
from tests.bench.servers import Servers
from tests.bench.workload import Said, chunks, said

TABLE = "chat_history"


class LangChain(Contestant):
    note = "keeps history only, so it does less; it can only load all of it"

    def __init__(self, servers: Servers) -> None:
        self._pool = ConnectionPool(
            min_size=1,
            max_size=POOL_SIZE,
            kwargs={**servers.database("langchain"), "autocommit": True},
            open=True,
        )
        with self._pool.connection() as connection:
            PostgresChatMessageHistory.create_tables(connection, TABLE)

    def conversation(self, messages: int) -> str:
        key = str(uuid.uuid4())
        for piece in chunks(messages):
            self._add(key, piece)
        return key

    def turn(self, key: str) -> None:
        # No connection is held between: there a real turn waits for the model.
        with self._pool.connection() as connection:
            PostgresChatMessageHistory(
                TABLE, key, sync_connection=connection
            ).get_messages()
        self._add(key, said())

    def _add(self, key: str, texts: list[Said] | tuple[Said, ...]) -> None:
        with self._pool.connection() as connection:
            PostgresChatMessageHistory(
                TABLE, key, sync_connection=connection
            ).add_messages([_message(text) for text in texts])

    def close(self) -> None:
        self._pool.close()


def _message(text: Said) -> BaseMessage:
    role, content = text
    return (HumanMessage if role == "user" else AIMessage)(content)
