"""How far an act may reach: the days it names, and what it may drop."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.assistant.telling.step import Step
from itinerary_app.model import StopKind
from itinerary_app.trips.making_room import WANTS_ROOM

_ONE_DAY = (  # acts on a day, on a stop of a day, or both
    do.Add
    | do.Remove
    | do.Swap
    | do.Move
    | do.Order
    | do.SetTime
    | do.SetStay
    | do.SetHours
    | do.Calmer
    | do.Fuller
    | do.Clear
    | do.SwapDays
    | do.MoveDay
    | do.Replan
    | do.BestOrder
    | do.SetMeal
    | do.SkipMeal
)
_OF_TIME = (  # acts that take time from what is there; what goes is not named by them
    do.SetHours
    | do.SetArrival
    | do.SetDeparture
    | do.SetNights
    | do.Add
    | do.Move
    | do.Order
    | do.SetTime
    | do.SetStay
    | do.SetMeal
)
MOST_GONE = 3  # visits that make room for what is asked for by name
_CHOOSE = do.Add | do.SetTime | do.SetMeal | do.Move  # without a day: the best one


def exceeds(step: Step, acts: Sequence[Act]) -> bool:
    """Whether the act changed more than it was asked for, as one of all these.

    That is: stops of days that it does not name, a must-see or a locked stop that went
    without being named, a famous sight that went for time, a meal left open for a
    diet, a rest or the hours of all days, or a day freed that nobody chose.
    """
    made = acts if step.act is None else (step.act,)
    if step.before and any(map(_takes_time, made)):
        named = {it for act in acts for it in _named(act)}
        if any(it.stop.place.is_famous for it in step.gone
               if it.stop.place.id not in named):  # fmt: skip
            return True
    if step.act is None or step.before is None:
        hungry = any(
            (isinstance(act, do.SetDiet) and act.add)
            or (isinstance(act, do.SetHours) and act.day is None)
            for act in acts
        )
        return bool(_lost(step, set()) or (hungry and step.left_open))
    days = _days(step.act, step)
    if days is not None:
        beyond = set(step.changed_days) - days
        chooses = isinstance(step.act, _CHOOSE) and not days
        if len(beyond) > (chooses or getattr(step.act, "day", None) == "other"):
            return True
    if isinstance(step.act, do.Clear) and step.act.day is None and step.gone:
        return True
    if isinstance(step.act, do.Clear) and step.act.start and step.left_open:
        return True
    visits = [it for it in step.gone if it.stop.kind is StopKind.VISIT]
    if isinstance(step.act, WANTS_ROOM) and len(visits) > MOST_GONE:
        return True
    return bool(_lost(step, _named(step.act)))


def _takes_time(act: Act) -> bool:
    """Whether it does, and not as a rule for all days."""
    every_day = isinstance(act, do.SetHours) and act.day is None
    rests = isinstance(act, do.Clear) and act.start is not None
    return rests or (isinstance(act, _OF_TIME) and not every_day)


def _days(act: Act, step: Step) -> set[int] | None:
    """The numbers of the days that the act names; None: all of them."""
    if not isinstance(act, _ONE_DAY):
        return None
    if isinstance(act, do.SwapDays):
        return {it for it in (act.first, act.second) if isinstance(it, int)}
    if isinstance(act, do.MoveDay) and isinstance(act.day, int):
        to = act.to if isinstance(act.to, int) else act.day
        return set(range(min(act.day, to), max(act.day, to) + 1))
    named = {getattr(act, "day", None)}
    for name in ("stop", "place", "before", "after"):
        item = step.old.get(getattr(act, name, None) or "")
        named.add(item and item.day.number)
    numbers = {it for it in named if isinstance(it, int)}
    whole = do.SetHours | do.BestOrder | do.Replan | do.SkipMeal | do.SetMeal
    if not numbers and isinstance(act, whole):
        return None if getattr(act, "place", None) is None else numbers
    return numbers


def _named(act: Act) -> set[str]:
    """The ids of the places that the act itself takes out."""
    if isinstance(act, do.Remove | do.Swap | do.Avoid):
        gone = act.place if isinstance(act, do.Avoid) else act.stop
        return {gone} if isinstance(gone, str) else set()
    return set()


def _lost(step: Step, named: set[str]) -> set[str]:
    """What was insisted on or locked, was planned, and is no longer."""
    if isinstance(step.act, do.RemoveDay | do.SetDays | do.StartOver | do.SkipMeal):
        return set()  # exactly that was asked for
    kept = {*step.told.must_see, *step.told.locked}
    return kept & {item.stop.place.id for item in step.gone} - named
