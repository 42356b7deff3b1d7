"""The labelled conversations: their turns, and what is to hold after each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from itinerary_app.acts import codec
from itinerary_app.acts.acts import Ask
from itinerary_app.acts.focus import Focus
from itinerary_app.acts.values import minutes_of
from itinerary_app.assistant.reader import Understanding
from itinerary_app.model import Day, Itinerary, Preferences, Stop
from tests.assistant.labelled.grading import Grade, changes

FOLDER = Path(__file__).parent / "conversations"


@dataclass(frozen=True, slots=True)
class LabelledTurn:
    say: str
    then: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conversation:
    name: str
    part: str
    turns: Sequence[LabelledTurn]


class State(NamedTuple):
    """What a change would change; whether the trip is shared is none of it."""

    preferences: Preferences = Preferences()
    itinerary: Itinerary | None = None

    @property
    def known(self) -> State:
        return self._replace(preferences=replace(self.preferences, shared=False))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a turn. `states` has the trip's after each turn before, in order."""

    before: State
    after: State
    states: Sequence[State] = ()
    read: Understanding = field(default_factory=Understanding)
    focus: Focus = field(default_factory=Focus)
    unknown: Sequence[str] = ()  # names that were read and that nothing here bears
    astray: bool = False  # a turn before was not right

    @property
    def same(self) -> bool:
        return self.before.known == self.after.known

    @property
    def asks(self) -> bool:
        """Whether something is called not understood, asked or proposed."""
        return bool(
            self.read.unread
            or self.unknown
            or self.read.language != "en"
            or self.focus.pending
            or self.focus.asked
            or self.focus.proposed
        )

    @property
    def read_a_change(self) -> bool:
        """One that could not be made is answered with the reason."""
        return any(changes(act) for act in codec.dumps(self.read.acts))


def conversations(part: str) -> list[Conversation]:
    return [
        Conversation(
            path.stem,
            part,
            [
                LabelledTurn(**json.loads(line))
                for line in path.read_text("utf-8").splitlines()
                if line.strip()
            ],
        )
        for path in sorted((FOLDER / part).glob("*.jsonl"))
    ]


def failing(then: Mapping[str, Any], outcome: Outcome) -> list[str]:
    """The names of the checks that do not hold."""
    return [
        name
        for name, wanted in then.items()
        if not (
            HELD[name](wanted, outcome.after)
            if name in HELD
            else SEEN[name](wanted, outcome)
        )
    ]


def grade(then: Mapping[str, Any], outcome: Outcome) -> Grade:
    """Silent: something that held is broken, or something else changed.

    What was asked for and does not hold is refused where the answer says so. After a
    turn that was not right, what does not hold may be missing since then.
    """
    failed = failing(then, outcome)
    if not failed:
        return Grade.RIGHT
    if outcome.same:
        refused = outcome.asks or outcome.read_a_change
        return Grade.REFUSED if refused else Grade.WRONG
    broken = {"same", "only"} & {*failed} or any(
        HELD[name](then[name], outcome.before) for name in failed if name in HELD
    )
    if broken or not (outcome.asks or outcome.astray):
        return Grade.SILENT
    return Grade.PARTLY if outcome.asks else Grade.WRONG


# What holds of a trip, whatever was said


def _planned(state: State) -> dict[str, list[tuple[Day, Stop]]]:
    made: dict[str, list[tuple[Day, Stop]]] = {}
    for day in state.itinerary.days if state.itinerary else ():
        for stop in day.stops:
            made.setdefault(stop.place.id, []).append((day, stop))
    return made


def _days(wanted: int, state: State) -> bool:
    return state.preferences.duration_days == wanted and (
        state.itinerary is None or len(state.itinerary.days) == wanted
    )


def _preferences(wanted: Mapping[str, Any], state: State) -> bool:
    stated = state.preferences.to_dict()
    for name, value in wanted.items():
        have = stated.get(name, [] if isinstance(value, list) else None)
        if have != value and (
            not isinstance(value, list) or sorted(have) != sorted(value)
        ):
            return False
    return True


def _on(wanted: Mapping[str, int], state: State) -> bool:
    planned = _planned(state)
    return all(
        any(day.number == number for day, _ in planned.get(place, ()))
        for place, number in wanted.items()
    )


def _order(wanted: Sequence[str], state: State) -> bool:
    """In this order on one day; others may be between them."""
    for day in state.itinerary.days if state.itinerary else ():
        there = [stop.place.id for stop in day.stops if stop.place.id in wanted]
        if there == list(wanted):
            return True
    return False


def _at(wanted: Mapping[str, str], state: State) -> bool:
    planned = _planned(state)
    return all(
        any(stop.arrive == minutes_of(time) for _, stop in planned.get(place, ()))
        for place, time in wanted.items()
    )


def _begins(wanted: Mapping[str, str], state: State) -> bool:
    days = {day.number: day.stops for day in _days_of(state)}
    return all(
        int(number) in days
        and all(stop.arrive >= minutes_of(time) for stop in days[int(number)])
        for number, time in wanted.items()
    )


def _ends(wanted: Mapping[str, str], state: State) -> bool:
    days = {day.number: day.stops for day in _days_of(state)}
    return all(
        int(number) in days
        and all(stop.leave <= minutes_of(time) for stop in days[int(number)])
        for number, time in wanted.items()
    )


def _days_of(state: State) -> Sequence[Day]:
    return state.itinerary.days if state.itinerary else ()


HELD: dict[str, Callable[[Any, State], bool]] = {
    "city": lambda wanted, state: state.preferences.city == wanted,
    "days": _days,
    "start": lambda wanted, state: (
        state.preferences.to_dict().get("start_date") == wanted
    ),
    "preferences": _preferences,
    "plan": lambda wanted, state: (state.itinerary is not None) is wanted,
    "has": lambda wanted, state: set(wanted) <= _planned(state).keys(),
    "lacks": lambda wanted, state: not set(wanted) & _planned(state).keys(),
    "on": _on,
    "order": _order,
    "at": _at,
    "begins": _begins,
    "ends": _ends,
}


# What the turn did


def _only(wanted: Sequence[int], outcome: Outcome) -> bool:
    """The stops of the other days, and their times, are as they were."""
    before, after = (
        {
            day.number: [(s.place.id, s.arrive, s.leave) for s in day.stops]
            for day in _days_of(state)
        }
        for state in (outcome.before, outcome.after)
    )
    return before.keys() == after.keys() and all(
        before[number] == after[number] for number in before if number not in wanted
    )


def _as(wanted: int, outcome: Outcome) -> bool:
    return outcome.after.known == outcome.states[wanted - 1].known


def _answer(wanted: str, outcome: Outcome) -> bool:
    asked = [act.topic for act in outcome.read.acts if isinstance(act, Ask)]
    return wanted in asked


def _unread(wanted: bool, outcome: Outcome) -> bool:
    read = outcome.read
    said = bool(read.unread or outcome.unknown) or read.language != "en"
    return said is wanted


SEEN: dict[str, Callable[[Any, Outcome], bool]] = {
    "same": lambda wanted, outcome: outcome.same is wanted,
    "only": _only,
    "as": _as,
    "answer": _answer,
    "question": lambda wanted, outcome: (
        bool(outcome.focus.pending or outcome.focus.asked) is wanted
    ),
    "proposed": lambda wanted, outcome: bool(outcome.focus.proposed) is wanted,
    "unread": _unread,
}
