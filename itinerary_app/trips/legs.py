"""The cities of a trip: what acts make of them, of their order and of their nights."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from itinerary_app.acts import acts as do
from itinerary_app.catalogue import routes
from itinerary_app.catalogue.gateways import names_a_kind
from itinerary_app.errors import CannotPlan
from itinerary_app.model import City, Itinerary, Leg, Preferences
from itinerary_app.trips.beds import moved

CITIES = do.SetCity | do.AddCity | do.RemoveCity | do.SetNights | do.OrderCities
OF_A_CITY: dict[str, object] = {  # what only makes sense in the city it was said of
    "must_see": (),
    "excluded": (),
    "locked": (),
    "times": (),
    "stays": (),
    "notes": (),
    "no_more": (),
    "base": None,
    "bases": (),
    "arrive_at": None,
    "depart_at": None,
    "depart_there": False,
}
BY_PLACE = ("must_see", "excluded", "locked", "times", "stays", "notes")
USUAL_DAYS = 2  # in a city that comes to a plan without a number of nights


@dataclass(frozen=True, slots=True)
class Known:
    """What changes of the cities are made with.

    `had` are the days in each city by now, by its name; `city` finds one by its name,
    `has` tells whether a city has a place and `currency` what is paid with there. Where
    the traveller told the order, nothing is `free` to be put elsewhere.
    """

    city: Callable[[str], City]
    has: Callable[[str, str], bool]
    currency: Callable[[str], str]
    had: Mapping[str, int]
    free: bool = True

    @property
    def is_planned(self) -> bool:
        return bool(self.had)


def had(told: Preferences, plan: Itinerary | None) -> dict[str, int]:
    """The days in each city of the plan; without one, those of a trip to one city."""
    if plan is not None:
        return {part.city.name: len(part.days) for part in plan.parts()}
    if told.city and told.duration_days and not told.legs:
        return {told.city: told.duration_days}
    return {}


def changed(act: CITIES, told: Preferences, known: Known) -> Preferences:
    """The preferences with the trip's cities as the act wants them.

    The cities of `act` have their proper names. CannotPlan for one that is not there.
    """
    legs = list(told.legs) or ([Leg(told.city)] if told.city else [])
    match act:
        case do.SetCity(city=city):
            if city == told.city:
                return told
            return _with([Leg(city)], told, known)
        case do.AddCity(city=city, nights=nights):
            if any(leg.city == city for leg in legs):
                if nights is None and city in known.had:
                    return told
                if nights is None:
                    return _with(legs, told, known)
                return changed(do.SetNights(city=city, nights=nights), told, known)
            return _with(_added(legs, Leg(city, nights), known), told, known)
        case do.RemoveCity(city=city):
            left = [leg for leg in legs if leg.city != city]
            if left == legs:
                raise CannotPlan(f"{city} is not part of the trip.")
            if not left:
                raise CannotPlan(f"{city} is the only city. Which one instead?")
            return _with(left, told, known)
        case do.OrderCities(cities=()):
            return told
        case do.OrderCities(cities=cities):
            there = {leg.city for leg in legs}
            if others := [name for name in cities if name not in there]:
                raise CannotPlan(f"{others[0]} is not part of the trip.")
            first = [
                leg
                for name in dict.fromkeys(cities)
                for leg in legs
                if leg.city == name
            ]
            legs = [*first, *(leg for leg in legs if leg not in first)]
            legs = [  # each as long as it was; the last has what is left
                leg._replace(nights=known.had.get(leg.city, leg.nights))
                if leg is not legs[-1]
                else leg._replace(nights=None if known.had else leg.nights)
                for leg in legs
            ]
            return replace(_with(legs, told, known), duration_days=told.duration_days)
        case do.SetNights(city=city, nights=nights):
            if not any(leg.city == city for leg in legs):
                raise CannotPlan(f"{city} is not part of the trip.")
            if known.had and city != legs[-1].city and _is_in_days(told):
                legs[-1] = legs[-1]._replace(nights=None)  # it keeps the days it has
            legs = [
                leg._replace(nights=nights) if leg.city == city else leg for leg in legs
            ]
            return _with(legs, told, known)


def days(
    legs: Sequence[Leg],
    told: int | None,
    had: Mapping[str, int],
    *,
    in_days: bool = False,
) -> int | None:
    """How many days a trip to these cities has, if it had `told` so far.

    Cities keep the days that they `had`. Before any plan the number stays what was
    told, unless the nights of all cities tell it; told `in_days`, they are the days.
    """
    nights = [leg.nights for leg in legs]
    if not had and None in nights:
        return told
    if not had and told in (sum(it or 0 for it in nights), None) and told:
        return told
    each = [leg.nights or had.get(leg.city, USUAL_DAYS) for leg in legs]
    return sum(each) + (nights[-1] is not None and not in_days)


def followed(told: Preferences, plan: Itinerary) -> Preferences:
    """The nights that were told, as the plan has them by now."""
    parts = list(plan.parts())
    nights = {part.city.name: len(part.days) for part in parts}
    last = parts[-1].city.name
    same = {leg.city: leg.nights for leg in told.legs}.get(last) == nights[last]
    nights[last] -= not same  # the last day is that of leaving
    legs = tuple(
        leg._replace(nights=max(1, nights[leg.city]))
        if leg.nights and leg.city in nights
        else leg
        for leg in told.legs
    )
    return replace(told, legs=legs)


def _added(legs: list[Leg], new: Leg, known: Known) -> list[Leg]:
    """With another leg: where it saves travel, unless the order was told, as it is by
    a list that says how long one is where.
    """
    listed = new.nights is not None and not known.is_planned
    if not legs or listed or not known.free:
        return [*legs, new]
    by_city = {known.city(leg.city): leg for leg in (*legs, new)}
    *there, city = by_city
    if known.is_planned:
        order = routes.inserted(there, city)
    else:
        order = routes.shortest([*there, city])
    return [by_city[it] for it in order]


def _with(legs: list[Leg], told: Preferences, known: Known) -> Preferences:
    first, several = legs[0], len(legs) > 1
    cities = {leg.city for leg in legs}
    was = {leg.city for leg in told.legs} or {told.city or ""}
    last = told.legs[-1].city if told.legs else told.city
    if not cities & was:
        told = replace(told, **OF_A_CITY)  # type: ignore[arg-type]  # by its own names
    elif was - cities:
        told = _without_others(told, sorted(cities), known)
    if first.city != told.city:
        at = _of_any_city(told.arrive_at, first.city, known)
        same = known.currency(first.city) == known.currency(told.city or "")
        limit = told.spend_limit if same else None
        told = replace(moved(told, first.city), arrive_at=at, spend_limit=limit)
    if legs[-1].city != last:
        at = _of_any_city(told.depart_at, legs[-1].city, known)
        there = told.depart_there and at is not None
        told = replace(told, depart_at=at, depart_there=there)
    told = replace(told, bases=tuple(it for it in told.bases if it.city in cities))
    count = told.duration_days
    in_days = _is_in_days(told) and (not known.had or bool(was - cities))
    if several:
        count = days(legs, count, known.had, in_days=in_days)
    elif first.nights:
        count = first.nights + (not in_days)
    elif was - cities:
        count = known.had.get(first.city, count)
    kept = tuple(legs) if several else ()
    return replace(told, city=first.city, legs=kept, duration_days=count)


def _is_in_days(told: Preferences) -> bool:
    """So many days in each city, as they were told, and no day of leaving besides."""
    return told.duration_days == sum(leg.nights or 0 for leg in told.legs)


def _of_any_city(at: str | None, city: str, known: Known) -> str | None:
    """ "The airport" is one of each city; a name is of the one it was said of."""
    return at if at and names_a_kind(at, known.city(city)) else None


def _without_others(
    told: Preferences, cities: Sequence[str], known: Known
) -> Preferences:
    """Without wishes for places in none of these cities."""

    def stays(item: object) -> bool:
        place = str(item[0] if isinstance(item, tuple) else item)
        return any(known.has(city, place) for city in cities)

    kept = {
        field.name: tuple(it for it in getattr(told, field.name) if stays(it))
        for field in fields(told)
        if field.name in BY_PLACE
    }
    return replace(told, **kept)  # type: ignore[arg-type]  # by its own names
