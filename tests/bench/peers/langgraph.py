"""LangGraph's PostgresSaver: a checkpoint for each step, each changed channel whole."""

from __future__ import annotations

import uuid
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langgraph.checkpoint.base import create_checkpoint, empty_checkpoint
from langgraph.checkpoint.postgres import PostgresSaver
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from tests.bench.contestants import POOL_SIZE, Contestant
from tests.bench.servers import Servers
from tests.bench.workload import ITINERARY, Said, history, pace, said


class LangGraph(Contestant):
    note = "one checkpoint each turn, where a graph's run writes two or three"

    def __init__(self, servers: Servers) -> None:
        self._pool = ConnectionPool(
            min_size=1,
            max_size=POOL_SIZE,
            kwargs={
                **servers.database("langgraph"),
                "autocommit": True,
                "prepare_threshold": 0,
                "row_factory": dict_row,
            },
            open=True,
        )
        self._saver = PostgresSaver(self._pool)
        self._saver.setup()

    def conversation(self, messages: int) -> dict[str, Any]:
        thread = {"thread_id": str(uuid.uuid4()), "checkpoint_ns": ""}
        values = {
            "messages": [_message(text) for text in history(messages)],
            "itinerary": ITINERARY,
            "preferences": {},
        }
        self._put({"configurable": thread}, empty_checkpoint(), values, step=0)
        return {"configurable": thread}

    def turn(self, key: dict[str, Any]) -> None:
        found = self._saver.get_tuple(key)
        assert found is not None
        said_before = found.checkpoint["channel_values"]["messages"]
        changed = {
            "messages": [*said_before, *map(_message, said())],
            "preferences": {"pace": pace()},
        }
        step = found.metadata["step"] + 1
        self._put(found.config, found.checkpoint, changed, step=step)

    def _put(
        self, config: Any, before: Any, changed: dict[str, Any], *, step: int
    ) -> None:
        versions = before["channel_versions"]
        new = {
            name: self._saver.get_next_version(versions.get(name), None)
            for name in changed
        }
        checkpoint = create_checkpoint(before, None, step)
        checkpoint["channel_values"] = {**before["channel_values"], **changed}
        checkpoint["channel_versions"] = {**versions, **new}
        metadata: Any = {"source": "loop", "step": step, "parents": {}}
        self._saver.put(config, checkpoint, metadata, new)

    def close(self) -> None:
        self._pool.close()


def _message(text: Said) -> BaseMessage:
    role, content = text
    kind = HumanMessage if role == "user" else AIMessage
    return kind(content, id=str(uuid.uuid4()))
