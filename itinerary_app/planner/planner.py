"""Planner: from a request to an itinerary, and from an edit to the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    ChangeDays,
    City,
    Day,
    Edit,
    Itinerary,
    Place,
    PlanRequest,
    Refit,
    RemoveDay,
    SetHours,
    Stop,
)
from itinerary_app.planner.change import alternatives, edits
from itinerary_app.planner.change.oneday import visits
from itinerary_app.planner.change.refit import refitted
from itinerary_app.planner.change.stretch import stretched
from itinerary_app.planner.day.options import SHORTEST_VISIT
from itinerary_app.planner.day.spending import Purse
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.candidates import Taste
from itinerary_app.planner.draft.drafts import new_days
from itinerary_app.planner.draft.notes import notes
from itinerary_app.planner.solver.routes import Solve, solve
from itinerary_app.planner.ways.travel import Estimates, TravelTimes
from itinerary_app.text.clock import clock


class Planner:
    """Plans are pure: the same request gives the same itinerary, to the minute."""

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        travel: TravelTimes | None = None,
        solve: Solve = solve,
    ) -> None:
        self._catalogue = catalogue
        self._travel = travel or Estimates()
        self._solve = solve
        self._last: tuple[PlanRequest, Itinerary, Brief] | None = None

    def city(self, name: str) -> City:
        """The covered city of this name; CannotPlan names those that are."""
        return self._catalogue.city(name)

    def plan(self, request: PlanRequest, before: Itinerary | None = None) -> Itinerary:
        """The best days for the request; CannotPlan says what would help.

        From the plan `before`, if it is of the same city, what is locked stays where it
        is, and the hours that were asked for single days hold on.
        """
        brief = self._brief(request, before)
        days = new_days(brief, brief.places)
        return Itinerary(brief.city, days, notes(days, brief))

    def revise(
        self, itinerary: Itinerary, edit: Edit, request: PlanRequest
    ) -> Itinerary:
        """The itinerary after the edit: what it does not speak of stays.

        CannotPlan says why the edit is not possible and what would help.
        """
        brief = self._brief(replace(request, city=itinerary.city.name), itinerary)
        match edit:
            case ChangeDays():
                try:
                    days = _so_many(edit.days, itinerary, brief)
                except _NothingLeft:  # what is left fills no day
                    request = replace(brief.request, days=edit.days)
                    try:
                        days = stretched(itinerary, replace(brief, request=request))
                    except CannotPlan:
                        return self.plan(request, itinerary)
            case RemoveDay():
                days = _without(edit.day, itinerary, brief)
            case SetHours():
                days = _with_hours(edit, itinerary, brief)
            case Refit(cheaper=True):
                days = refitted(itinerary, brief, cheaper=_numbers(edit, itinerary))
            case Refit():
                days = refitted(itinerary, brief)
            case _:
                changed = {
                    day.number: day for day in edits.apply(itinerary, edit, brief)
                }
                days = tuple(changed.get(day.number, day) for day in itinerary.days)
        return Itinerary(itinerary.city, days, notes(days, brief))

    def alternatives(
        self, itinerary: Itinerary, request: PlanRequest, place_id: str
    ) -> tuple[Place, ...]:
        """Up to three places that could stand where the stop does, the best first."""
        last = self._last  # a page asks for all stops of a plan in a row
        if last is None or last[1] is not itinerary or last[0] != request:
            self._last = last = request, itinerary, self._brief(request, itinerary)
        return alternatives.of_stop(itinerary, place_id, last[2])

    def _brief(self, request: PlanRequest, before: Itinerary | None) -> Brief:
        city = self._catalogue.city(request.city)
        places = self._catalogue.places(city.name)
        request = replace(request, city=city.name)
        if before is not None and before.city.id != city.id:
            before = None
        stops = before.stops if before else ()
        known = {stop.place.id: stop.place for stop in stops}
        known.update((place.id, place) for place in places)
        return Brief(
            city=city,
            request=request,
            places=places,
            taste=Taste(request, places),
            ways=self._travel.ways(tuple(known.values()), request.mobility),
            solve=self._solve,
            locked=_locked(before, request, known) if before else {},
            asked={day.number: (day.start, day.end) for day in before.days}
            if before
            else {},
        )


class _NothingLeft(CannotPlan):
    """The places that are left fill no further day as the others are filled."""


def _locked(
    before: Itinerary, request: PlanRequest, known: Mapping[str, Place]
) -> dict[str, tuple[int, Stop]]:
    wanted = set(request.locked) - (set(request.excluded) - set(request.must_see))
    return {
        stop.place.id: (day.number, stop._replace(place=known[stop.place.id]))
        for day in before.days
        for stop in day.stops
        if stop.place.id in wanted
    }


def _so_many(count: int, itinerary: Itinerary, brief: Brief) -> tuple[Day, ...]:
    """The days up to `count`, and new ones from places unused so far."""
    stay = itinerary.days[:count]
    _check_locks_stay(stay, brief)
    brief = replace(brief, request=replace(brief.request, days=count))
    if count <= len(itinerary.days):
        return refitted(replace(itinerary, days=stay), brief)
    spent = Purse(brief.places, None).total(it.place for it in itinerary.stops)
    later = replace(brief, locked={}, asked={})
    try:
        more = new_days(later, brief.unused(itinerary), len(stay) + 1, spent)
    except CannotPlan as exc:
        raise _NothingLeft(str(exc)) from exc
    share = sum(len(visits(day)) for day in stay) / len(stay)
    if any(len(visits(day)) < share / 2 for day in more):
        raise _NothingLeft("Too little is left.")
    return (*stay, *more)


def _without(number: int, itinerary: Itinerary, brief: Brief) -> tuple[Day, ...]:
    stay = [day for day in itinerary.days if day.number != number]
    if len(stay) == len(itinerary.days):
        raise CannotPlan(f"There is no day {number}.")
    if not stay:
        raise CannotPlan("It is the only day. Swap its stops instead.")
    _check_locks_stay(stay, brief)
    moved = {day.number: i for i, day in enumerate(stay, start=1)}
    for day, stop in brief.locked.values():
        if brief.request.start_date and moved[day] != day:
            raise CannotPlan(
                f"{stop.place.name} is locked on day {day}, which would come a day "
                "earlier. Unlock it first, or begin a day later."
            )
    brief = replace(
        brief,
        request=replace(brief.request, days=len(stay)),
        locked={
            place_id: (moved[day], stop)
            for place_id, (day, stop) in brief.locked.items()
        },
    )
    days = tuple(replace(day, number=moved[day.number]) for day in stay)
    return refitted(replace(itinerary, days=days), brief)


def _check_locks_stay(stay: list[Day] | tuple[Day, ...], brief: Brief) -> None:
    numbers = {day.number for day in stay}
    for day, stop in brief.locked.values():
        if day not in numbers:
            raise CannotPlan(
                f"{stop.place.name} is locked on day {day}. Unlock it first."
            )


def _with_hours(edit: SetHours, itinerary: Itinerary, brief: Brief) -> tuple[Day, ...]:
    day = edits.find_day(itinerary, edit.day)
    changed = replace(
        day,
        start=day.start if edit.start is None else edit.start,
        end=day.end if edit.end is None else edit.end,
    )
    frame = brief.frame(changed, len(itinerary.days))
    if frame.end - frame.start < SHORTEST_VISIT:
        raise CannotPlan(
            f"Day {day.number} would have no time: from {clock(frame.start)} to "
            f"{clock(max(0, frame.end))}. Begin earlier or end later."
        )
    days = tuple(changed if it is day else it for it in itinerary.days)
    plan = replace(itinerary, days=days)
    return refitted(plan, brief, retimed=[day.number])


def _numbers(edit: Refit, itinerary: Itinerary) -> list[int]:
    if edit.day is not None:
        return [edits.find_day(itinerary, edit.day).number]
    return [day.number for day in itinerary.days]
