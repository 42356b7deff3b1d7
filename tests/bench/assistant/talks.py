"""The labelled conversations, had with all of the real parts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from traceback import format_exception

from itinerary_app.acts import codec
from itinerary_app.acts.focus import Focus
from itinerary_app.acts.resolve import resolve
from itinerary_app.assistant.reader import Reader, Scene, Understanding
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.trips.conversation import ConversationManager
from tests.assistant.labelled.grading import Grade
from tests.assistant.labelled.messages import CATALOGUE, TODAY
from tests.assistant.labelled.turns import (
    Conversation,
    LabelledTurn,
    Outcome,
    State,
    failing,
    grade,
)

OWNER = bytes(32)
YES = "yes, do it"
COLUMNS = (
    *("turns", "right", "after a yes", "partly", "refused", "wrong", "silent"),
    "right %",
)


@dataclass(frozen=True, slots=True)
class Held:
    """How a turn ended. `asked_first`: what was wanted came after a yes."""

    conversation: Conversation
    number: int
    turn: LabelledTurn
    grade: Grade
    failed: Sequence[str]
    answer: str
    read: Understanding
    asked_first: bool = False

    @property
    def right(self) -> bool:
        return self.grade is Grade.RIGHT


def held(reader: Reader, conversations: Sequence[Conversation]) -> list[Held]:
    return [turn for talk in conversations for turn in Talk(reader, talk).turns()]


class Listening(Reader):
    """Another reader, what it read last, and the names in it that nothing bears."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.read_last = Understanding()
        self.unknown: Sequence[str] = ()

    def read(self, text: str, scene: Scene) -> Understanding:
        self.read_last = self._reader.read(text, scene)
        self.unknown = resolve(self.read_last.acts, scene).unknown
        return self.read_last


class Talk:
    """One conversation of a new traveller."""

    def __init__(self, reader: Reader, conversation: Conversation) -> None:
        self._reader = Listening(reader)
        self._conversation = conversation
        self._manager = new_manager(self._reader)
        self._trip = self._manager.start(OWNER).session_id
        self._states: list[State] = []
        self._said = 0
        self._astray = False

    def turns(self) -> list[Held]:
        return [
            self._turn(number, turn)
            for number, turn in enumerate(self._conversation.turns, 1)
        ]

    def _turn(self, number: int, turn: LabelledTurn) -> Held:
        before = self._state()
        answer, outcome = self._say(turn.say, before)
        read = outcome.read
        reached = grade(turn.then, outcome)
        asked_first = False
        if reached is Grade.REFUSED and outcome.focus.proposed:
            again, confirmed = self._say(YES, before)
            if grade(turn.then, confirmed) is Grade.RIGHT:
                asked_first, outcome, reached = True, confirmed, Grade.RIGHT
                answer += f"\n{YES}\n{again}"
        self._states.append(self._state())
        self._astray |= reached is not Grade.RIGHT
        return Held(
            self._conversation,
            number,
            turn,
            reached,
            failing(turn.then, outcome),
            answer,
            read,
            asked_first,
        )

    def _say(self, text: str, before: State) -> tuple[str, Outcome]:
        self._said += 1
        try:
            turn = self._manager.send(
                self._trip, text, f"turn-{self._said}", owner_hash=OWNER
            )
        except Exception as exc:  # as a server would: nothing is stored
            return traceback(exc), Outcome(before, self._state(), self._states)
        message = turn.assistant
        return message.content, Outcome(
            before,
            self._state(),
            self._states,
            self._reader.read_last,
            Focus.from_context(message.context),
            self._reader.unknown,
            self._astray,
        )

    def _state(self) -> State:
        trip = self._manager.trip(self._trip, OWNER, history=0)
        return State(trip.preferences, trip.itinerary)


def new_manager(reader: Reader) -> ConversationManager:
    return ConversationManager(
        storage=MemoryStorage(),
        reader=reader,
        planner=Planner(CATALOGUE),
        catalogue=CATALOGUE,
        today=lambda: TODAY,
    )


def traceback(exc: Exception) -> str:
    return "".join(format_exception(exc)[-3:])


def table(part: str, turns: Sequence[Held]) -> str:
    lines = [
        f"## {part.capitalize()}: turns of conversations\n",
        f"| conversation | {' | '.join(COLUMNS)} |",
        "|---|" + "---:|" * len(COLUMNS),
    ]
    for name in dict.fromkeys(turn.conversation.name for turn in turns):
        if part == "seen":
            lines.append(_row(name, [t for t in turns if t.conversation.name == name]))
    lines.append(_row("**all**", turns))
    return "\n".join(lines) + "\n"


def _row(name: str, turns: Sequence[Held]) -> str:
    right, *others = (sum(t.grade is grade for t in turns) for grade in Grade)
    asked = sum(t.asked_first for t in turns)
    share = 100 * right / max(1, len(turns))
    cells = (name, len(turns), right, asked, *others, f"{share:.1f}")
    return "| " + " | ".join(map(str, cells)) + " |"


def failure(turn: Held) -> str:
    said = f"{turn.conversation.name}, turn {turn.number}: {turn.turn.say}"
    read = json.dumps(codec.dumps(turn.read.acts), ensure_ascii=False)
    lines = [
        f"{turn.grade.name:8}{said}",
        f"    wanted:   {json.dumps(turn.turn.then, ensure_ascii=False)}",
        f"    not held: {', '.join(turn.failed)}",
        f"    read:     {read}, unread: {list(turn.read.unread)}",
        f"    answer:   {turn.answer}",
    ]
    return "\n".join(lines) + "\n"
