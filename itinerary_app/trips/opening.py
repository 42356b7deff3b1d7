"""Trips that were taken away as a file, read again. The file may hold anything."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from itinerary_app.catalogue import own
from itinerary_app.errors import CannotPlan, CorruptSession, InvalidInput
from itinerary_app.language import N_, Later
from itinerary_app.model import (
    MAX_MESSAGE_CHARS,
    Category,
    Day,
    Itinerary,
    Message,
    Place,
    Preferences,
    Role,
    TripSession,
    fields,
)
from itinerary_app.storage.base import MAX_LISTED_TRIPS, MAX_MESSAGES
from itinerary_app.storage.codec import (
    itinerary_json,
    load_itinerary,
    load_preferences,
    storable_itinerary,
)
from itinerary_app.trips.parts import Cities

MOST_STOPS = 30  # of a day
LAST_MINUTE = 36 * 60  # of a day, from its midnight
NO_FILE = N_(
    "This is no file of saved trips. Choose one that this app gave out: trip-….json "
    "or my-trips-….json."
)


class _Said(msgspec.Struct):
    role: Role
    content: str


class _Trip(msgspec.Struct):
    preferences: dict[str, Any]
    plan: msgspec.Raw = msgspec.Raw(b"null")
    conversation_history: list[_Said] = []


class _File(msgspec.Struct):
    trips: list[_Trip]


@dataclass(frozen=True, slots=True)
class SavedTrip:
    """What was kept of a trip. Without `plan` where it cannot be believed any more."""

    preferences: Preferences
    plan: Itinerary | None
    messages: tuple[Message, ...]
    lost_plan: bool

    @property
    def key(self) -> str:
        """The same for the same trip, in whichever file it is."""
        content = repr((self.preferences.to_dict(), self.plan, self.messages))
        return hashlib.sha256(content.encode()).hexdigest()


def outline(trip: TripSession) -> dict[str, Any]:
    """As little of the trip as `read` opens it from: nothing said, places by id."""
    plan = itinerary_json(trip.itinerary and _by_id(trip.itinerary))
    return {"trips": [{"preferences": trip.preferences.to_dict(), "plan": plan}]}


def _by_id(plan: Itinerary) -> Itinerary:
    nothing = ("", 0, 0, Category.VIEWPOINT, (), 0, None, None, None, "", "", "-")

    def bare(day: Day) -> Day:
        stops = (it._replace(place=Place(it.place.id, *nothing)) for it in day.stops)
        return replace(day, stops=tuple(stops))

    return replace(plan, days=tuple(map(bare, plan.days)))


def read(data: bytes, catalogue: Cities) -> tuple[SavedTrip, ...]:
    """The trips in a file that was taken away; InvalidInput when it is none.

    Places are as the catalogue has them now: nothing of what a file tells of them is
    believed. A plan with others, or whose days cannot be, is left out.
    """
    try:
        trips = msgspec.json.decode(data, type=_File).trips
        if 0 < len(trips) <= MAX_LISTED_TRIPS:
            return tuple(_saved(trip, catalogue) for trip in trips)
    except (msgspec.MsgspecError, UnicodeError, CorruptSession) as exc:
        raise InvalidInput(Later(NO_FILE), field="file") from exc
    raise InvalidInput(Later(NO_FILE), field="file")


def _saved(trip: _Trip, catalogue: Cities) -> SavedTrip:
    told = load_preferences(trip.preferences, "")
    plan = None
    with suppress(CorruptSession, CannotPlan, KeyError, InvalidInput):
        if kept := load_itinerary(bytes(trip.plan), ""):
            known = _as_known(kept, catalogue, told)
            storable_itinerary(known)
            plan = known
    return SavedTrip(
        replace(told, shared=False),
        plan,
        tuple(
            Message(it.role, it.content[:MAX_MESSAGE_CHARS])
            for it in trip.conversation_history[-MAX_MESSAGES:]
            if it.content
        ),
        lost_plan=plan is None and bytes(trip.plan) != b"null",
    )


def _as_known(
    plan: Itinerary, catalogue: Cities, told: Preferences
) -> Itinerary | None:
    """The plan with cities and places of the catalogue; KeyError names what it lacks,
    None stands for days that cannot be.
    """
    cities = {city.id: city for city in catalogue.cities}
    places = {
        place.id: place
        for city in plan.cities
        for place in (
            *catalogue.places(cities[city.id].name),
            *own.places(told.own, cities[city.id].name),
        )
    }
    numbers = [day.number for day in plan.days]
    if numbers != list(range(1, len(numbers) + 1)) or len(numbers) > fields.MAX_DAYS:
        return None
    if not all(map(_can_be, plan.days)):
        return None
    return replace(
        plan,
        city=cities[plan.city.id],
        days=tuple(_with(day, places) for day in plan.days),
        stages=tuple(it._replace(city=cities[it.city.id]) for it in plan.stages),
    )


def _can_be(day: Day) -> bool:
    times = [time for stop in day.stops for time in (stop.arrive, stop.leave)]
    return (
        times == sorted(times)
        and len(day.stops) <= MOST_STOPS
        and all(0 <= time <= LAST_MINUTE for time in times)
    )


def _with(day: Day, places: dict[str, Place]) -> Day:
    stops = (stop._replace(place=places[stop.place.id]) for stop in day.stops)
    return replace(day, stops=tuple(stops))
