"""Preferences set as a whole, as programs do: the plan that is there follows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from itinerary_app.acts.acts import SetDays
from itinerary_app.errors import CannotPlan, InvalidInput
from itinerary_app.model import Itinerary, PlanRequest, Preferences, Refit, TripSession
from itinerary_app.storage.base import Changes, Record
from itinerary_app.text.words import listed
from itinerary_app.trips import own
from itinerary_app.trips.beds import moved
from itinerary_app.trips.changes import TripPlanner
from itinerary_app.trips.legs import BY_PLACE, OF_A_CITY, days, followed, had

ANEW = {"interests", "pace", "budget"}  # a plan for others is another plan
ASIDE = {"shared", "duration_days", "legs", "notes", "adults", "children"}


def changes(
    trip: TripSession, patch: Mapping[str, Any], planner: TripPlanner
) -> Changes:
    """What a merge patch of preferences changes; InvalidInput where no plan can."""
    told = trip.preferences
    patch = _with_beds(_with_cities(patch, trip), told)
    wishes = told.merged(patch)
    refuse_unknown(told, wishes, trip.itinerary, planner)
    plan = None
    if trip.itinerary and wishes.is_enough and set(patch) - {"shared"}:
        try:
            plan = _plan(told, wishes, trip.itinerary, planner)
        except CannotPlan as exc:
            raise InvalidInput(str(exc), field="preferences") from exc
    if plan is not None and plan.stages:
        kept = followed(wishes, plan)
        patch, wishes = {**patch, **kept.patch_from(wishes)}, kept
    changed = replace(wishes, shared=told.shared) != told or plan != trip.itinerary
    record = Record([], trip) if changed and set(patch) - {"shared"} else None
    return Changes(preferences=patch, itinerary=plan, record=record)


def refuse_unknown(
    told: Preferences, wishes: Preferences, plan: Itinerary | None, planner: TripPlanner
) -> None:
    """Raise InvalidInput for an id that is new and of no place in the trip's cities.

    What people type is no id: it would be kept, and never mean anything.
    """
    cities = [leg.city for leg in wishes.legs] or [wishes.city or ""]
    planned = {stop.place.id for stop in plan.stops} if plan else set()
    for base in wishes.bases:
        if base.city not in cities:
            raise InvalidInput(
                f"bases are in cities of the trip; {base.city!r} is none.",
                field="bases",
            )
    for made in wishes.own:
        if made in told.own:  # maybe of a city that was taken out since
            continue
        if made.city not in cities:
            raise InvalidInput(
                f"own places are in cities of the trip; {made.city!r} is none.",
                field="own",
            )
        own.verify(planner.city(made.city), made.lat, made.lon, field="own")
    for name in BY_PLACE:
        before = {_id(it) for it in getattr(told, name)}
        for place in map(_id, getattr(wishes, name)):
            if place in before or place in planned:
                continue
            if wishes.city is None:
                raise InvalidInput(f"Tell the city before {name}.", field=name)
            if not any(planner.has(city, place) for city in cities):
                raise InvalidInput(
                    f"{name} names places by their ids, which a plan and its "
                    f"alternatives tell; {place!r} is none in {listed(cities)}.",
                    field=name,
                )


def _id(item: str | tuple[str, Any]) -> str:
    return item if isinstance(item, str) else item[0]


def with_legs(patch: Mapping[str, Any], planner: TripPlanner) -> dict[str, Any]:
    """The patch with what its legs say of the trip, by the cities' proper names.

    Raises CannotPlan for a city that is not covered, InvalidInput for what are no legs.
    """
    told = Preferences.from_dict({"legs": patch["legs"]}).legs
    legs = tuple(leg._replace(city=planner.city(leg.city).name) for leg in told)
    first = legs[0].city
    if len({leg.city for leg in legs}) < len(legs):
        raise InvalidInput("Each of legs must be another city.", field="legs")
    if patch.get("city") not in (None, first):
        raise InvalidInput("The first of legs must be the city.", field="legs")
    length = {} if None in {leg.nights for leg in legs} else {
        "duration_days": days(legs, None, {})
    }  # fmt: skip
    kept = Preferences(legs=legs if len(legs) > 1 else ()).to_dict().get("legs")
    return {**length, **patch, "city": first, "legs": kept}


def _with_cities(patch: Mapping[str, Any], trip: TripSession) -> Mapping[str, Any]:
    """The patch with what follows from its cities, unless it says so itself."""
    told = trip.preferences
    wishes = told.merged(patch)
    if "legs" in patch and wishes.legs:
        before = had(told, trip.itinerary)
        count = days(wishes.legs, wishes.duration_days, before)
        patch = {"duration_days": count, **patch}
    if told.city is None or patch.get("city", told.city) == told.city:
        return patch
    was = {leg.city for leg in told.legs} or {told.city}
    if was & {leg.city for leg in wishes.legs}:
        first = moved(told, wishes.city or "")
        return {**first.patch_from(told), "spend_limit": None, **patch}
    return {**dict.fromkeys(OF_A_CITY), "spend_limit": None, "legs": None, **patch}


def _with_beds(patch: Mapping[str, Any], told: Preferences) -> Mapping[str, Any]:
    """The patch without the beds in cities that the trip has no longer."""
    wishes = told.merged(patch)
    cities = [leg.city for leg in wishes.legs] or [wishes.city or ""]
    kept = replace(wishes, bases=tuple(it for it in told.bases if it.city in cities))
    if "bases" in patch or kept.bases == told.bases:
        return patch
    return {**patch, **kept.patch_from(wishes)}


def _plan(
    told: Preferences, wishes: Preferences, before: Itinerary, planner: TripPlanner
) -> Itinerary:
    request = PlanRequest.from_preferences(wishes)
    assert request is not None
    wanted = [leg.city for leg in request.legs] or [request.city]
    if {city.name for city in before.cities}.isdisjoint(wanted):
        return planner.plan(request)
    changed = {
        item.name
        for item in fields(wishes)
        if getattr(told, item.name) != getattr(wishes, item.name)
    }
    if changed & ANEW or bool(told.children) != bool(wishes.children):
        return planner.plan(request, before)
    plan = before
    if "legs" in changed:
        plan = planner.revise(plan, SetDays(days=request.days), request)
    if changed - ASIDE:
        plan = planner.revise(plan, Refit(), replace(request, days=len(plan.days)))
    if request.days != len(plan.days):
        plan = planner.revise(plan, SetDays(days=request.days), request)
    return plan
