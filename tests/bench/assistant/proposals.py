"""Whether what reaches far is proposed first, of the messages that are read right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from itinerary_app.acts import codec
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.base import State
from itinerary_app.trips.changes import Change, apply
from tests.assistant.labelled.grading import Grade, changes, judge
from tests.assistant.labelled.messages import CATALOGUE, scene
from tests.bench.assistant.measured import Result


class Made(NamedTuple):
    """What the app does of acts that were read right."""

    result: Result
    change: Change
    wanted: set[bool]  # whether it is to be proposed; both: either will do

    @property
    def right(self) -> bool:
        return self.change.refused is None and bool(self.change.proposed) in self.wanted


def made(results: Sequence[Result]) -> list[Made]:
    planner = Planner(CATALOGUE)
    found = []
    for result in results:
        said_in = scene(result.message)
        acts = [
            act
            for act, data in zip(
                result.reading.acts, codec.dumps(result.reading.acts), strict=True
            )
            if changes(data) and data["act"] not in NOT_OF_THE_PLAN
        ]
        if not result.right or not acts or said_in.itinerary is None:
            continue
        state = State(said_in.preferences, said_in.itinerary)
        wanted = {
            outcome.get("proposed", False)
            for outcome in result.message.want
            if judge(result.reading, [outcome], said_in).grade is Grade.RIGHT
        }
        found.append(Made(result, apply(acts, state, planner), wanted))
    return found


NOT_OF_THE_PLAN = (
    *("confirm", "undo", "redo", "restore", "start_over"),
    *("share", "unshare", "keep", "delete"),
)


def table(part: str, found: Sequence[Made]) -> str:
    proposed = [it for it in found if it.wanted == {True}]
    free = [it for it in found if it.wanted == {False}]
    done = sum(not it.change.proposed and not it.change.refused for it in proposed)
    asked = sum(bool(it.change.proposed) for it in free)
    refused = sum(it.change.refused is not None for it in found)
    return (
        f"{part.capitalize()}: of {len(found)} changes read right, {len(proposed)} are "
        f"to be proposed first ({done} are not), {len(free)} are not ({asked} are); "
        f"{refused} cannot be made.\n"
    )


def failure(made: Made) -> str:
    message, change = made.result.message, made.change
    did = "proposed" if change.proposed else "done"
    if change.refused:
        did = f"refused: {change.refused.why}"
    return (
        f"{message.id} ({message.plan}): {message.say}\n"
        f"    acts: {codec.dumps(made.result.reading.acts)}\n    {did}\n"
    )
