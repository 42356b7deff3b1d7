"""How two states of a trip differ, by day and stop."""

from __future__ import annotations

from collections.abc import Iterator

from itinerary_app.assistant.reader import Scene
from itinerary_app.assistant.telling import plans, wishes
from itinerary_app.assistant.telling.step import Planned, Step
from itinerary_app.model import Itinerary
from itinerary_app.text.clock import clock
from itinerary_app.text.words import counted, listed, title

MOST_TIMES = 3  # that are named; of more only their number
MOST_BACK = 6  # stops that come, go or move and are named when one goes back


def difference(step: Step, scene: Scene) -> list[str]:
    """A sentence for each day that is another, then for each wish; () for no change."""
    if step.before is not None and step.after is None:
        return ["There is no plan any more."]
    said: list[str] = []
    if step.after is not None:
        if step.before is None or step.before.cities != step.after.cities:
            return [whole(step.after)]
        said = list(_days(step))
    kept = wishes.BY_PLAN if said else frozenset[str]()
    return [*said, *wishes.said(step.told, step.wishes, scene, without=kept)]


def back(step: Step, scene: Scene) -> str:
    """What going back brought: in short where it is most of the plan."""
    shifted = len(step.gone) + len(step.come) + len(step.moved)
    if step.after is not None and shifted > MOST_BACK:
        return f"your plan is as it was. {whole(step.after)}"
    same = (step.told, step.before) == (step.wishes, step.after)
    unsaid = "nothing is different." if same else "that is as it was before."
    return " ".join(difference(step, scene)) or unsaid


def whole(plan: Itinerary) -> str:
    return f"{title(plan)}. {plans.highlights(plan.days)}"


def _days(step: Step) -> Iterator[str]:
    assert step.before is not None
    assert step.after is not None
    was, now = len(step.before.days), len(step.after.days)
    if was != now:
        yield f"{counted(now, 'day')} instead of {was}."
    for day in step.after.days:
        come = [it for it in step.come if it.day.number == day.number]
        gone = [it for it in step.gone if it.day.number == day.number]
        moved = [it for it in step.moved if it.day.number == day.number]
        parts = [
            f"with {_timed(come)}" if come else "",
            f"without {plans.names(gone)}" if gone else "",
            f"{_timed(moved)} from another day" if moved else "",
            "" if was != now else _times(step, day.number, come or gone or moved),
        ]
        if told := [part for part in parts if part]:
            yield f"Day {day.number}: {listed(told)}."


def _timed(stops: list[Planned]) -> str:
    if len(stops) > MOST_TIMES:
        return plans.names(stops)
    return listed(f"{it.stop.place.name} at {clock(it.stop.arrive)}" for it in stops)


def _times(step: Step, number: int, others: object) -> str:
    """The stops of a day that only begin or end at another time: how many where
    `others` come or go, too.
    """
    other = [
        item
        for key, item in step.new.items()
        if item.day.number == number
        and key in step.old
        and step.old[key].day.number == number
        and step.old[key].stop[1:3] != item.stop[1:3]  # arrive and leave
    ]
    if others:
        return f"{counted(len(other), 'other stop')} at another time" if other else ""
    if len(other) > MOST_TIMES:
        return f"{counted(len(other), 'stop')} at other times"
    return _timed(other)
