"""Preferences set as a whole, as programs do: the plan that is there follows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from itinerary_app.acts.acts import SetDays
from itinerary_app.errors import CannotPlan, InvalidInput
from itinerary_app.model import Itinerary, PlanRequest, Preferences, Refit, TripSession
from itinerary_app.storage.base import Changes, Record
from itinerary_app.trips.changes import TripPlanner
from itinerary_app.trips.legs import OF_A_CITY

ANEW = {"interests", "pace", "budget"}  # a plan for others is another plan
ASIDE = {"shared", "duration_days", "legs", "notes", "base", "adults", "children"}


def changes(
    trip: TripSession, patch: Mapping[str, Any], planner: TripPlanner
) -> Changes:
    """What a merge patch of preferences changes; InvalidInput where no plan can."""
    told = trip.preferences
    if told.city is not None and patch.get("city", told.city) != told.city:
        patch = {**dict.fromkeys(OF_A_CITY), "legs": None, **patch}
    wishes = told.merged(patch)
    plan = None
    if trip.itinerary and wishes.is_enough and set(patch) - {"shared"}:
        try:
            plan = _plan(told, wishes, trip.itinerary, planner)
        except CannotPlan as exc:
            raise InvalidInput(str(exc), field="preferences") from exc
    changed = replace(wishes, shared=told.shared) != told or plan != trip.itinerary
    record = Record([], trip) if changed and set(patch) - {"shared"} else None
    return Changes(preferences=patch, itinerary=plan, record=record)


def _plan(
    told: Preferences, wishes: Preferences, before: Itinerary, planner: TripPlanner
) -> Itinerary:
    request = PlanRequest.from_preferences(wishes)
    assert request is not None
    if request.city != before.city.name:
        return planner.plan(request)
    changed = {
        item.name
        for item in fields(wishes)
        if getattr(told, item.name) != getattr(wishes, item.name)
    }
    if changed & ANEW:
        return planner.plan(request, before)
    plan = before
    if changed - ASIDE:
        plan = planner.revise(plan, Refit(), replace(request, days=len(plan.days)))
    if request.days != len(plan.days):
        plan = planner.revise(plan, SetDays(days=request.days), request)
    return plan
