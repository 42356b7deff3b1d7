"""Histories of concurrent clients, and whether some order of theirs explains them.

The checker is Wing and Gong's: of the operations that may come first it tries each
whose answer fits. The state is (version, count) and each write tells its version, so
that the search hardly branches.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from threading import Barrier
from typing import NamedTuple

from itinerary_app.storage.base import Changes, SessionStorage
from itinerary_app.storage.testing import OWNER, said

CLIENTS = 5
OPERATIONS = 200  # of each client


class State(NamedTuple):
    version: int
    count: int


@dataclass(frozen=True, slots=True)
class Operation:
    """What a client was told, and when it asked. A count of None was not told."""

    begun: int  # nanoseconds
    ended: int  # nanoseconds
    version: int
    count: int | None
    added: int | None = None  # messages; None when nothing was written
    turn: tuple[str, int] | None = None  # its key and the seq of its message

    def after(self, state: State) -> State | None:
        """The state that follows, or None when the answer does not fit."""
        if self.added is not None:
            state = State(state.version + 1, state.count + self.added)
        fits = self.version == state.version and self.count in (None, state.count)
        return state if fits else None


History = Sequence[Sequence[Operation]]  # by client


def record(storage: SessionStorage, seed: int) -> History:
    """What clients are told who use one new session all at once."""
    session_id = storage.create_session(owner_hash=OWNER).session_id
    start = Barrier(CLIENTS)

    def client(number: int) -> list[Operation]:
        choose = random.Random(f"{seed} {number}")
        start.wait()
        return [
            _operate(storage, session_id, choose, step) for step in range(OPERATIONS)
        ]

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(client, range(CLIENTS)))


def _operate(
    storage: SessionStorage, session_id: str, choose: random.Random, step: int
) -> Operation:
    """Read, append in a turn that others may have begun too, or change a field."""
    act = choose.choices(["read", "append", "change"], [5, 4, 1])[0]
    key = choose.choice([f"shared {step // 4}", f"own {choose.random()}"])
    begun = time.monotonic_ns()
    if act == "read":
        session = storage.get_session(session_id, history=0)
        ended = time.monotonic_ns()
        assert session is not None
        return Operation(begun, ended, session.version, session.message_count)
    if act == "change":
        saved = storage.update_session(session_id, Changes(questions=1))
        ended = time.monotonic_ns()
        return Operation(begun, ended, saved.version, None, added=0)
    saved = storage.update_session(
        session_id, Changes(), messages=[said(key)], turn_key=key
    )
    ended = time.monotonic_ns()
    (message,) = saved.messages
    turn = key, message.seq
    if saved.replayed:
        return Operation(begun, ended, saved.version, None, turn=turn)
    return Operation(begun, ended, saved.version, message.seq, added=1, turn=turn)


def is_linearizable(history: History) -> bool:
    """Whether one client alone, in an order that time allows, could be told this."""
    todo = [((0,) * len(history), State(version=1, count=0))]
    seen = set(todo)
    while todo:
        places, state = todo.pop()
        heads = {
            client: operations[place]
            for client, (operations, place) in enumerate(
                zip(history, places, strict=True)
            )
            if place < len(operations)
        }
        if not heads:
            return True
        first_end = min(head.ended for head in heads.values())
        for client, head in heads.items():
            after = head.after(state) if head.begun <= first_end else None
            if after is None:
                continue
            found = (_advanced(places, client), after)
            if found not in seen:
                seen.add(found)
                todo.append(found)
    return False


def _advanced(places: tuple[int, ...], client: int) -> tuple[int, ...]:
    return (*places[:client], places[client] + 1, *places[client + 1 :])


def turns_stand_once(history: History) -> bool:
    """Whether each turn key was written by one operation, and told alike by all."""
    told = [it for operations in history for it in operations if it.turn]
    written = [it.turn for it in told if it.added]
    keys = {key for key, _ in written}
    return len(written) == len(keys) and {it.turn for it in told} == set(written)


def encounters(history: History) -> int:
    """How many operations began before the one that began last had ended."""
    spans = sorted((it.begun, it.ended) for client in history for it in client)
    return sum(later[0] < earlier[1] for earlier, later in pairwise(spans))
