"""Where one sleeps: what an act makes of the traveller's wishes, city by city."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from msgspec.structs import replace as with_

from itinerary_app.acts import acts as do
from itinerary_app.acts.values import Reference
from itinerary_app.catalogue.gateways import is_named
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Base, City, Itinerary, Preferences
from itinerary_app.model.fields import MAX_DAYS


class Cities(Protocol):
    def city(self, name: str) -> City: ...

    def has(self, city: str, place_id: str) -> bool: ...


def placed(
    act: do.SetBase, told: Preferences, plan: Itinerary | None, known: Cities
) -> do.SetBase:
    """The act with its city: as said, of its night, or that which has the place.

    CannotPlan where the place is in another one.
    """
    cities = [leg.city for leg in told.legs if _is_in(act.where, leg.city, known)]
    if act.city is not None:
        act = with_(act, city=known.city(act.city).name)
    elif act.night is None and len(cities) == 1:
        act = with_(act, city=cities[0])
    elif act.night is not None and told.city is not None:
        act = with_(act, city=_city(act, told, plan))
    if isinstance(act.where, str) and cities and act.city not in (None, *cities):
        raise CannotPlan(f"That is in {cities[0]}, and those nights are in {act.city}.")
    return act


def _is_in(where: str | Reference, city: str, known: Cities) -> bool:
    """Whether the city has this place, or a station or airport of this name."""
    if isinstance(where, str):
        return known.has(city, where)
    return is_named(where.name or "", known.city(city))


def slept(act: do.SetBase, told: Preferences, plan: Itinerary | None) -> Preferences:
    """With a base for a city, or for some nights there. CannotPlan where the act names
    a city or a night that the trip has not.
    """
    where = act.where.name if isinstance(act.where, Reference) else act.where
    if where is None:
        raise CannotPlan("Where do you sleep? Name a district or a sight near it.")
    if told.city is None:
        return replace(told, base=where)
    city = act.city or _city(act, told, plan)
    if city not in ({leg.city for leg in told.legs} or {told.city}):
        raise CannotPlan(f"{city} is not part of the trip.")
    nights = act.nights and min(act.nights, MAX_DAYS)
    if act.night == "last":
        base = Base(where, city, -(nights or 1))
    elif isinstance(act.night, int):
        base = Base(where, city, _night_there(act.night, city, told, plan), nights)
    else:
        base = Base(where, city, 1, nights)
    whole = (base.night, base.nights) == (1, None)
    if whole and city == told.city:
        told = replace(told, base=where)
    kept = tuple(it for it in told.bases if not (it.city == city and _covers(base, it)))
    return replace(told, bases=kept if whole and city == told.city else (*kept, base))


def moved(told: Preferences, city: str) -> Preferences:
    """The wishes when this is the trip's first city: its base stands by itself."""
    first = [
        it
        for it in told.slept
        if it.city == city and (it.night, it.nights) == (1, None)
    ]
    return replace(
        told,
        base=first[-1].where if first else None,
        bases=tuple(it for it in told.slept if it not in first),
    )


def _covers(new: Base, old: Base) -> bool:
    """Whether nothing is left of the older one."""
    return (new.night, new.nights) in ((1, None), (old.night, old.nights))


def _city(act: do.SetBase, told: Preferences, plan: Itinerary | None) -> str:
    """The city of the night; of none, the first one."""
    assert told.city is not None
    if act.night == "last":
        return told.legs[-1].city if told.legs else told.city
    if not isinstance(act.night, int):
        return told.city
    if plan is not None:
        return plan.city_of(act.night).name
    return next((city for city, first, days in _stays(told)
                 if first <= act.night < first + days), told.city)  # fmt: skip


def _night_there(
    night: int, city: str, told: Preferences, plan: Itinerary | None
) -> int:
    """The number of the night within the city, of that in the trip."""
    if plan is not None:
        first = next((part.days[0].number for part in plan.parts()
                      if part.city.name == city), 1)  # fmt: skip
    else:
        first = next((first for it, first, _ in _stays(told) if it == city), 1)
    if night < first:
        raise CannotPlan(f"The night after day {night} is not in {city}.")
    return night - first + 1


def _stays(told: Preferences) -> list[tuple[str, int, int]]:
    """The cities with their first day and nights, as far as nights are told."""
    found: list[tuple[str, int, int]] = []
    first = 1
    for leg in told.legs:
        last = leg is told.legs[-1]
        if leg.nights is None and not last:
            raise CannotPlan(
                "Which city is that night in? Name it, or the nights in each."
            )
        found.append((leg.city, first, leg.nights or MAX_DAYS))
        first += leg.nights or 0
    return found
