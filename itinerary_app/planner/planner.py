"""Planner: from a request to an itinerary, and from an act to the next one."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import timedelta
from functools import cache
from math import inf

from pyvrp import ProblemData

from itinerary_app.acts.acts import Act, SetDays
from itinerary_app.catalogue import own
from itinerary_app.catalogue.anchors import anchors
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    Budget,
    City,
    Day,
    Itinerary,
    Place,
    PlanRequest,
    Refit,
    Stop,
)
from itinerary_app.planner.change import alternatives
from itinerary_app.planner.change.revise import revised
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.candidates import Taste
from itinerary_app.planner.draft.days import anchored, retold
from itinerary_app.planner.draft.drafts import new_days
from itinerary_app.planner.draft.notes import facts, notes
from itinerary_app.planner.solver.solving import Fleet, Solve, solve
from itinerary_app.planner.tour.remarks import joined
from itinerary_app.planner.tour.tours import Tours
from itinerary_app.planner.ways.travel import Estimates, TravelTimes

_end: ContextVar[float] = ContextVar("when the plan must be made", default=inf)


class Planner:
    """Plans are pure: the same request gives the same itinerary, to the minute."""

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        travel: TravelTimes | None = None,
        solve: Solve = solve,
        seconds: float = inf,
    ) -> None:
        """A plan, or a change of one, that takes more `seconds` is PlannerBusy."""
        self._catalogue = catalogue
        self._travel = travel or Estimates()
        self._solve = solve
        self._seconds = seconds
        self._tours = Tours(catalogue, self)
        self._last: tuple[PlanRequest, Itinerary, Brief] | None = None

    def city(self, name: str) -> City:
        """The covered city of this name; CannotPlan names those that are."""
        return self._catalogue.city(name)

    def has(self, city: str, place_id: str) -> bool:
        """Whether the covered city has this place."""
        if own.is_of(city, place_id):
            return True
        return any(it.id == place_id for it in self._catalogue.places(city))

    def currency(self, city: str) -> str:
        """The ISO 4217 code of what the city's admissions are in, "" if unknown."""
        return self._catalogue.currency(city)

    def plan(self, request: PlanRequest, before: Itinerary | None = None) -> Itinerary:
        """The best days for the request; CannotPlan says what would help.

        From the plan `before`, if it is of the same city, what is locked stays where it
        is, and the hours that were asked for single days hold on.
        """
        with self._timed():
            if len(request.legs) > 1:
                return self._tours.plan(request, before)
            brief = self._brief(request, before)
            days = new_days(brief, brief.places)
            return self._noted(days, brief)

    def revise(
        self,
        itinerary: Itinerary,
        act: Act | Refit,
        request: PlanRequest,
        *,
        draft: bool = False,
    ) -> Itinerary:
        """The itinerary after the act: days that it does not name stay to the minute.

        On the others visits keep their order, except where the act asks for another, or
        is possible only if one of them shifts. A `draft` is a step on the way to
        another plan and gets no remarks: to find them may take a second.
        CannotPlan says why the act is not possible and what would have to give.
        """
        several = len(request.legs) > 1 and isinstance(act, SetDays)
        with self._timed():
            if itinerary.stages or several:
                return self._tours.revise(itinerary, act, request, draft=draft)
            brief = self._brief(replace(request, city=itinerary.city.name), itinerary)
            days = revised(itinerary, act, brief)
            brief = replace(brief, request=replace(brief.request, days=len(days)))
            days = tuple(anchored(day, brief.frame(day, len(days))) for day in days)
            return Itinerary(brief.city, days) if draft else self._noted(days, brief)

    def alternatives(
        self, itinerary: Itinerary, request: PlanRequest, place_id: str
    ) -> tuple[Place, ...]:
        """Up to three places that could stand where the stop does, the best first."""
        if itinerary.stages:
            return self._tours.alternatives(itinerary, request, place_id)
        last = self._last  # a page asks for all stops of a plan in a row
        if last is None or last[1] is not itinerary or last[0] != request:
            self._last = last = request, itinerary, self._brief(request, itinerary)
        return alternatives.of_stop(itinerary, place_id, last[2])

    def remarks(self, itinerary: Itinerary, request: PlanRequest) -> tuple[str, ...]:
        """What a traveller with this plan in one city should know."""
        return self._noted(itinerary.days, self._brief(request, itinerary)).notes

    def for_others(self, plan: Itinerary) -> Itinerary:
        """The plan as anybody may see it: told anew from its days alone.

        Reasons and remarks rest on places and dates, and on nobody's wishes; where a
        city is not covered any more there are none.
        """
        days: list[Day] = []
        told = []
        for part in plan.parts():
            first = part.days[0]
            start = first.date and first.date - timedelta(days=first.number - 1)
            request = PlanRequest(
                part.city.name,
                len(part.days),
                budget=Budget.HIGH,
                start_date=start,
                first=first.number,
            )
            try:
                brief = self._brief(request, part)
            except CannotPlan:
                days += (_untold(day) for day in part.days)
                continue
            days += (retold(day, brief) for day in part.days)
            told.append((part.city.name, facts(part.days, brief)))
        seen = replace(plan, days=tuple(replace(it, skipped=()) for it in days))
        if seen.stages and told:
            return replace(seen, notes=joined(told, seen, request, {}))
        return replace(seen, notes=told[0][1] if told else ())

    def _noted(self, days: tuple[Day, ...], brief: Brief) -> Itinerary:
        plan = Itinerary(brief.city, days)

        @cache  # the refusals of a plan have their first acts in common
        def after(acts: tuple[Act, ...]) -> tuple[Itinerary, PlanRequest] | None:
            if not acts:
                return plan, brief.request
            before = after(acts[:-1])
            return before and self._after(*before, acts[-1])

        def proves(place: Place, acts: tuple[Act, ...]) -> bool:
            made = after(acts)
            return made is not None and place.id in {
                stop.place.id for stop in made[0].stops
            }

        return replace(plan, notes=notes(days, brief, proves))

    def _after(
        self, plan: Itinerary, request: PlanRequest, act: Act
    ) -> tuple[Itinerary, PlanRequest] | None:
        """The plan, without what the act takes out, and its request; None if it can't
        be.
        """
        gone = getattr(act, "stop", None)
        must = tuple(it for it in request.must_see if it != gone)
        request = replace(request, days=len(plan.days), must_see=must)
        try:
            days = revised(plan, act, self._brief(request, plan))
        except CannotPlan:
            return None
        return replace(plan, days=days), request

    def _brief(self, request: PlanRequest, before: Itinerary | None) -> Brief:
        city = self._catalogue.city(request.city)
        made = own.places(request.own, city.name)
        places = (*self._catalogue.places(city.name), *made)
        request = replace(request, city=city.name)
        if before is not None and before.city.id != city.id:
            before = None
        stops = before.stops if before else ()
        known = {stop.place.id: stop.place for stop in stops}
        known.update((place.id, place) for place in places)
        ends = anchors(request, city, places)
        return Brief(
            city=city,
            request=request,
            places=places,
            taste=Taste(
                request, places, {stop.place.id for stop in stops}, city.country
            ),
            ways=self._travel.ways((*known.values(), *ends.all), request.mobility),
            anchors=ends,
            solve=self._solved_in_time,
            locked=_locked(before, request, known) if before else {},
            fixed=_standing(before, dict(request.times), known) if before else {},
            before={day.number: day for day in before.days} if before else {},
        )

    @contextmanager
    def _timed(self) -> Iterator[None]:
        """The time for a plan runs; for the parts of a plan it runs already."""
        token = _end.set(min(_end.get(), time.monotonic() + self._seconds))
        try:
            yield
        finally:
            _end.reset(token)

    def _solved_in_time(
        self,
        data: ProblemData,
        iterations: int,
        seconds: float = inf,
        first: Fleet = (),
    ) -> Fleet | None:
        left = _end.get() - time.monotonic()
        return self._solve(data, iterations, min(seconds, left), first)


def _untold(day: Day) -> Day:
    return replace(day, stops=tuple(it._replace(reason="") for it in day.stops))


def _locked(
    before: Itinerary, request: PlanRequest, known: Mapping[str, Place]
) -> dict[str, tuple[int, Stop]]:
    wanted = set(request.locked) - (set(request.excluded) - set(request.must_see))
    return _standing(before, wanted, known)


def _standing(
    before: Itinerary, wanted: Collection[str], known: Mapping[str, Place]
) -> dict[str, tuple[int, Stop]]:
    """These stops with the numbers of their days, and with the facts of now."""
    return {
        stop.place.id: (day.number, stop._replace(place=known[stop.place.id]))
        for day in before.days
        for stop in day.stops
        if stop.place.id in wanted
    }
