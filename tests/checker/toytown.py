"""A toy city, and a good plan for two days in it, built by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from itinerary_app.checker import Check, Verdict, checks_of
from itinerary_app.model import (
    Access,
    Category,
    City,
    Day,
    Diet,
    Interest,
    Itinerary,
    Mobility,
    Pace,
    Place,
    PlanRequest,
    Stop,
    StopKind,
)

CITY = City("toy", "Toytown", "BE", 10.0, 20.0, 30.0)
THURSDAY = date(2026, 7, 9)  # an ordinary one, as is the Friday after it


def place(name: str, row: int, category: Category, **facts: Any) -> Place:
    """A place 440 m north of the one in the row before."""
    return Place(
        id=name.lower(),
        name=name,
        lat=10.0 + 0.004 * row,
        lon=20.0,
        category=category,
        interests=(Interest.HISTORY,),
        importance=3,
        source="src",
        source_id=name,
        licence="CC0",
        **{"hours": None, "price": None, "currency": None, **facts},
    )


PLACES = (
    place(
        "Museum",
        0,
        Category.MUSEUM,
        hours="Tu-Su 09:00-18:00",
        price=12.0,
        currency="EUR",
        wheelchair=Access.YES,
    ),
    place(
        "Bistro",
        1,
        Category.RESTAURANT,
        hours="Mo-Su 11:30-15:00",
        diets=(Diet.VEGETARIAN, Diet.HALAL),
    ),
    place("Tower", 2, Category.VIEWPOINT, wheelchair=Access.LIMITED),
    place(
        "Grill",
        3,
        Category.RESTAURANT,
        hours="18:00-02:00",
        diets=(Diet.VEGAN, Diet.HALAL),
    ),
    place(
        "Palace", 4, Category.PALACE, hours="Apr-Sep 09:00-19:00; Oct-Mar 09:00-17:00"
    ),
    place(
        "Canteen",
        5,
        Category.CAFE,
        hours="24/7",
        diets=(Diet.VEGETARIAN, Diet.HALAL, Diet.KOSHER),
    ),
    place("Garden", 6, Category.GARDEN, price=0.0),
    place(
        "Theatre", 7, Category.SHOW, price=25.0, currency="EUR", wheelchair=Access.NO
    ),
    place("Harbour", 8, Category.LANDMARK, price=9.0, currency="USD"),
)
KNOWN = {it.id: it for it in PLACES}


def stop(name: str, arrive: str, leave: str, kind: str = "visit", way: int = 6) -> Stop:
    return Stop(
        kind=StopKind(kind),
        arrive=minutes(arrive),
        leave=minutes(leave),
        travel_minutes=way,
        travel_mode="walk",
        reason="Well known",
        place=KNOWN[name],
    )


def minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


ITINERARY = Itinerary(
    CITY,
    (
        Day(
            1,
            Pace.MODERATE,
            (
                stop("museum", "10:00", "12:00", way=0),
                stop("bistro", "12:15", "13:15", "lunch"),
                stop("tower", "13:30", "14:15"),
                stop("grill", "18:30", "19:45", "dinner"),
            ),
            date=THURSDAY,
        ),
        Day(
            2,
            Pace.MODERATE,
            (
                stop("palace", "09:30", "11:00", way=0),
                stop("canteen", "12:00", "13:00", "lunch"),
                stop("garden", "13:15", "14:30"),
            ),
            date=date(2026, 7, 10),
        ),
    ),
)
FREE = ("Free time: day 1, 00:00 to 23:59; day 2, 00:00 to 23:59.",)

# Everything that can be asked for, and that the plan keeps.
REQUEST = PlanRequest(
    "Toytown",
    2,
    avoid=(Category.ZOO,),
    must_see=("museum",),
    excluded=("theatre",),
    locked=("tower",),
    start_date=THURSDAY,
    arrive=minutes("09:30"),
    depart=minutes("16:00"),
    day_start=minutes("09:00"),
    day_end=minutes("20:00"),
    diets=(Diet.VEGETARIAN, Diet.HALAL),
    mobility=(Mobility.STEP_FREE, Mobility.LESS_WALKING),
    spend_limit=12,
)


@dataclass(frozen=True)
class Case:
    """A plan, what it was asked for and what is known; each change gives another."""

    itinerary: Itinerary = ITINERARY
    request: PlanRequest = REQUEST
    places: tuple[Place, ...] = PLACES
    before: Itinerary | None = None
    free: tuple[str, ...] = FREE  # the remark on time that nothing fills

    def checks(self) -> dict[str, Check]:
        told = replace(self.itinerary, notes=(*self.itinerary.notes, *self.free))
        found = checks_of(told, self.request, self.places, before=self.before)
        return {it.key: it for it in found}

    def broken(self) -> set[str]:
        """The keys of the promises that are not kept."""
        return {
            key for key, it in self.checks().items() if it.verdict is Verdict.VIOLATED
        }

    def words(self, key: str) -> str:
        return " ".join(finding.words for finding in self.checks()[key].findings)

    def asked(self, **fields: Any) -> Self:
        return replace(self, request=replace(self.request, **fields))

    def day(self, nth: int, **fields: Any) -> Self:
        days = tuple(
            replace(day, **fields) if i == nth else day
            for i, day in enumerate(self.itinerary.days, start=1)
        )
        return self.with_days(days)

    def stop(self, place_id: str, change: Callable[[Stop], Stop]) -> Self:
        days = (
            replace(
                day,
                stops=tuple(
                    change(it) if it.place.id == place_id else it for it in day.stops
                ),
            )
            for day in self.itinerary.days
        )
        return self.with_days(tuple(days))

    def at(self, place_id: str, arrive: str, leave: str) -> Self:
        return self.stop(
            place_id,
            lambda it: it._replace(arrive=minutes(arrive), leave=minutes(leave)),
        )

    def held(self, place_id: str) -> Self:
        """The stop as one at which one has lunch."""
        return self.stop(place_id, lambda it: it._replace(holds=StopKind.LUNCH))

    def without(self, place_id: str) -> Self:
        days = (
            replace(day, stops=tuple(it for it in day.stops if it.place.id != place_id))
            for day in self.itinerary.days
        )
        return self.with_days(tuple(days))

    def with_days(self, days: tuple[Day, ...]) -> Self:
        return replace(self, itinerary=replace(self.itinerary, days=days))

    def known(self, place_id: str, **facts: Any) -> Self:
        """The catalogue with other facts about the place; the plan keeps its copy."""
        changed = (
            it._replace(**facts) if it.id == place_id else it for it in self.places
        )
        return replace(self, places=tuple(changed))

    def undated(self) -> Self:
        days = tuple(replace(day, date=None) for day in self.itinerary.days)
        return self.with_days(days).asked(start_date=None)
