"""How two states of a trip differ, by day and stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from itinerary_app.assistant.reader import Scene
from itinerary_app.assistant.telling import plans, wishes
from itinerary_app.assistant.telling.step import Planned, Step
from itinerary_app.model import Itinerary
from itinerary_app.text.clock import clock
from itinerary_app.text.words import counted, listed, title

MOST_TIMES = 3  # that are named; of more only their number
MOST_BACK = 6  # stops that come, go or move and are named when one goes back


def difference(step: Step, scene: Scene, *, back: bool = False) -> list[str]:
    """A sentence for each day that is another, then for each wish; () for no change.

    With `back` they are of a plan that was there before.
    """
    if step.before is not None and step.after is None:
        return ["There is no plan any more."]
    said: list[str] = []
    if step.after is not None:
        if step.before is None or step.before.cities != step.after.cities:
            return [whole(step.after)]
        said = list(_days(step, _again if back else _compared))
    kept = wishes.BY_PLAN if said else frozenset[str]()
    return [*said, *wishes.said(step.told, step.wishes, scene, without=kept)]


def back(step: Step, scene: Scene) -> str:
    """What going back brought: in short where it is most of the plan."""
    shifted = len(step.gone) + len(step.come) + len(step.moved)
    if step.after is not None and shifted > MOST_BACK:
        return f"your plan is as it was. {whole(step.after)}"
    same = (step.told, step.before) == (step.wishes, step.after)
    unsaid = "nothing is different." if same else "that is as it was before."
    return " ".join(difference(step, scene, back=True)) or unsaid


def whole(plan: Itinerary) -> str:
    return f"{title(plan)}. {plans.highlights(plan.days)}"


Stops = list[Planned]


def _days(
    step: Step, told: Callable[[int, Stops, Stops, Stops, str], str]
) -> Iterator[str]:
    """What is `told` of each day: its stops that come, go, are from another day, and
    the words on other times.
    """
    assert step.before is not None
    assert step.after is not None
    was, now = len(step.before.days), len(step.after.days)
    if was != now:
        yield f"{counted(now, 'day')} instead of {was}."
    for day in step.after.days:
        number = day.number
        come = [it for it in step.come if it.day.number == number]
        gone = [it for it in step.gone if it.day.number == number]
        moved = [it for it in step.moved if it.day.number == number]
        times = "" if was != now else _times(step, number, come or gone or moved)
        if said := told(number, come, gone, moved, times):
            yield said


def _compared(number: int, come: Stops, gone: Stops, moved: Stops, times: str) -> str:
    parts = [
        f"with {_timed(come)}" if come else "",
        f"without {plans.names(gone)}" if gone else "",
        f"{_timed(moved)} from another day" if moved else "",
        times,
    ]
    said = [part for part in parts if part]
    return f"Day {number}: {listed(said)}." if said else ""


def _again(number: int, come: Stops, gone: Stops, moved: Stops, times: str) -> str:
    parts = [
        _back(come, f"on day {number} again"),
        _back(moved, f"back on day {number}"),
        f"{plans.names(gone)} {_are(gone)} out of day {number}" if gone else "",
    ]
    if said := [part for part in parts if part]:
        return f"{listed(said)}{f' ({times})' if times else ''}."
    return f"Day {number}: {times}." if times else ""


def _back(stops: Stops, where: str) -> str:
    if len(stops) == 1:
        [it] = stops
        return f"{it.stop.place.name} is {where} at {clock(it.stop.arrive)}"
    return f"{_timed(stops)} are {where}" if stops else ""


def _are(stops: Stops) -> str:
    return "is" if len(stops) == 1 else "are"


def _timed(stops: Stops) -> str:
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
