"""Small rounds in which all contestants take turns, each time in another order."""

from __future__ import annotations

import gc
import math
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.bench.contestants import Contestant, Key, reason
from tests.bench.workload import TURN

SLICE = 0.05  # seconds that one contestant gets in a round
SLOW = 0.2  # seconds an operation; slower ones sit out rounds
CUT_OFF = 1.0  # seconds a turn; slower ones do no longer conversations


@dataclass(slots=True)
class Result:
    """Seconds for one operation: by contestant, then by round.

    `growth` has the exponent of a turn's seconds by messages instead of seconds.
    """

    operation: str
    messages: int
    clients: int = 1
    rounds: dict[str, dict[int, float]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


class Bench:
    """Runs workloads and keeps their results. Who is cut off does no longer ones."""

    def __init__(
        self,
        contestants: Sequence[Contestant],
        rounds: int,
        settle: Callable[[], None],
    ) -> None:
        self.results: list[Result] = []
        self._rounds = rounds
        self._settle = settle
        self._cut: dict[str, tuple[int, str]] = {}  # after so many messages, and why
        self._supplies: dict[tuple[str, int], _Supply] = {}
        self._order = random.Random(len(contestants))

    def compare(
        self,
        contestants: Sequence[Contestant],
        operation: str,
        messages: int,
        *,
        clients: int = 1,
    ) -> None:
        """One workload for all of them."""
        result = Result(operation, messages, clients)
        self._announce(f"{operation}, {messages:,} messages, {clients} client(s)")
        taking_part = []
        for one in contestants:
            at, why = self._cut.get(one.name, (messages, ""))
            if messages > at:
                result.left_out[one.name] = why
            else:
                taking_part.append(one)
        lanes = [
            _Lane(one, operation, self._supply(one, messages), clients)
            for one in taking_part
        ]
        for number, lane, seconds in self._run(lanes, result):
            result.rounds.setdefault(lane.name, {})[number] = seconds
        self.results.append(result)
        for lane in lanes:
            if operation == TURN and lane.single > CUT_OFF:
                why = f"a turn at {messages:,} messages takes {lane.single:.2g} s"
                self._cut[lane.name] = (messages, why)
                print(f"  {lane.name} is cut off: {why}")

    def growth(self, contestants: Sequence[Contestant], lengths: Sequence[int]) -> None:
        """The exponent of a turn's seconds by length, all lengths within a round."""
        result = Result("growth", max(lengths))
        self._announce(f"growth from {min(lengths):,} to {max(lengths):,} messages")
        lanes = [
            _Lane(one, TURN, self._supply(one, messages), 1)
            for one in contestants
            for messages in lengths
        ]
        points: dict[tuple[str, int], list[tuple[float, float]]] = {}
        for number, lane, seconds in self._run(lanes, result):
            point = (math.log(lane.supply.messages), math.log(seconds))
            points.setdefault((lane.name, number), []).append(point)
        for (name, number), found in points.items():
            slope = statistics.linear_regression(*zip(*found, strict=True)).slope
            result.rounds.setdefault(name, {})[number] = slope
        self.results.append(result)

    def _run(
        self, lanes: list[_Lane], result: Result
    ) -> list[tuple[int, _Lane, float]]:
        """Round number, lane and seconds an operation, of all rounds."""
        start = time.monotonic()
        for lane in lanes[:]:
            self._guarded(lane.warm_up, lane, lanes, result)
        self._settle()
        gc.collect()
        gc.freeze()  # what lives by now is not to be searched again in every round
        found = []
        for number in range(self._rounds):
            if number % 2:
                lanes.reverse()
            else:
                self._order.shuffle(lanes)
            due = [lane for lane in lanes if number % lane.every == 0]
            for lane in due:
                self._guarded(lane.prepare, lane, lanes, result)
            for lane in due:
                if lane not in lanes:
                    continue
                gc.collect()
                seconds = self._guarded(lane.measure, lane, lanes, result)
                if seconds is not None:
                    found.append((number, lane, seconds))
        print(f" {time.monotonic() - start:.0f} s", flush=True)
        return found

    def _guarded(
        self,
        act: Callable[[], float | None],
        lane: _Lane,
        lanes: list[_Lane],
        result: Result,
    ) -> float | None:
        """A peer that fails drops out of this workload, and the reason is told."""
        try:
            return act()
        except Exception as exc:
            if lane.contestant.role != "peer":
                raise
            lanes.remove(lane)
            result.left_out[lane.name] = reason(exc)
            print(f"\n  {lane.name} dropped out: {reason(exc)}")
            return None

    def _supply(self, contestant: Contestant, messages: int) -> _Supply:
        key = (contestant.name, messages)
        if key not in self._supplies:
            self._supplies[key] = _Supply(contestant, messages)
        return self._supplies[key]

    @staticmethod
    def _announce(text: str) -> None:
        print(f"{text} …", end="", flush=True)


class _Supply:
    """Conversations of one length: each serves until it has grown by a tenth."""

    def __init__(self, contestant: Contestant, messages: int) -> None:
        self.contestant = contestant
        self.messages = messages
        self._turns_each = max(1, messages // 20)
        self._current: Key = None
        self._left = 0
        self._used: list[Key] = []

    def take(self, count: int) -> list[Key]:
        """A key for each of so many turns."""
        keys: list[Key] = []
        while len(keys) < count:
            if not self._left:
                self._current = self.contestant.conversation(self.messages)
                self._left = self._turns_each
            served = min(self._left, count - len(keys))
            keys += [self._current] * served
            self._left -= served
            if not self._left:
                self._used.append(self._current)
        return keys

    def clear_away(self) -> None:
        """Delete what was used up."""
        for key in self._used:
            self.contestant.delete(key)
        self._used.clear()


class _Lane:
    """A contestant in a workload: so many operations in each of its rounds."""

    def __init__(
        self, contestant: Contestant, operation: str, supply: _Supply, clients: int
    ) -> None:
        self.contestant = contestant
        self.name = contestant.name
        self.supply = supply
        self.single = 0.0  # seconds, as measured before the rounds
        self.every = 1  # it takes part in every so many rounds
        self._operation = operation
        self._clients = clients
        self._count = 1  # operations of each client
        self._shares: list[list[Key]] = []
        self._lasting: list[Key] = []

    def warm_up(self) -> None:
        """Decide by the best of three how many operations a round has."""
        self.single = min(self._probe() for _ in range(3))
        self.every = math.ceil(self.single / SLOW)
        most = self.contestant.most_turns
        fitting = SLICE / self.single
        if self._clients > 1:
            # All clients share two cores, but waiting overlaps.
            most, fitting = 3 * most // self._clients, 2 * fitting / self._clients
        self._count = max(1, min(most, round(fitting)))
        self.prepare()
        self.measure()

    def prepare(self) -> None:
        """Get the conversations for the next round ready, outside of its time."""
        self.supply.clear_away()
        keys = self._keys(self._count * self._clients)
        self._shares = [keys[place :: self._clients] for place in range(self._clients)]

    def measure(self) -> float:
        """Seconds an operation, of one round."""
        start = time.perf_counter()
        got = self.contestant.run(self._operation, self._shares)
        seconds = time.perf_counter() - start
        if self._operation == "create":
            for key in got:
                self.contestant.delete(key)
        return seconds / sum(map(len, self._shares))

    def _probe(self) -> float:
        self._shares = [self._keys(1)]
        return self.measure()

    def _keys(self, count: int) -> list[Key]:
        """Turns use conversations up; the other operations leave them as they are."""
        if self._operation == TURN:
            return self.supply.take(count)
        if self._operation == "create":
            return [None] * count
        while len(self._lasting) < count:
            conversation = self.contestant.conversation(self.supply.messages)
            self._lasting.append(conversation)
        keys = self._lasting[:count]
        if self._operation == "touch":
            self.contestant.age(keys)
        return keys
