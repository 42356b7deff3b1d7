"""Known: what the plan holds now, for what is said relative to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from itinerary_app.acts.acts import Act, RemoveDay, SetDays, SetNights
from itinerary_app.acts.candidates import WEEKDAYS
from itinerary_app.acts.values import Meal, Reference
from itinerary_app.assistant.reading.frames import Frame
from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.model import Day, Itinerary, Preferences, StopKind


@dataclass(frozen=True, slots=True)
class Known:
    """What the plan holds now, for what is said relative to it."""

    today: date
    preferences: Preferences
    itinerary: Itinerary | None = None
    focus_day: int | None = None
    of_day: int | None = None  # the one that the last answer was about
    shown: tuple[str, ...] = ()  # stops that were shown or named last
    eating: frozenset[str] = frozenset()  # ids of the city's places to eat

    @property
    def planned(self) -> bool:
        return self.itinerary is not None

    @property
    def stops(self) -> frozenset[str]:
        """The ids of the places that are planned."""
        return frozenset(stop.place.id for it in self._days(None) for stop in it.stops)

    def stops_on(self, day: int | str) -> frozenset[str]:
        """The ids of the places that are planned on a day."""
        return frozenset(stop.place.id for it in self._days(day) for stop in it.stops)

    def has_kind(self, kind: str, day: int | str) -> bool:
        """Whether a place of that kind is planned on a day."""
        return any(
            is_of_kind(stop.place, kind) for it in self._days(day) for stop in it.stops
        )

    def lacks(self, ref: Reference, day: int | str | None) -> bool:
        """Whether one of a kind is named that this day does not have."""
        named = ref.ids or ref.focus or ref.definite or ref.every
        if named or ref.kind is None or day is None:
            return False
        return not self.has_kind(ref.kind, day)

    def of_kind(self, kind: str) -> frozenset[str]:
        """The ids of the planned places of that kind."""
        stops = (stop for it in self._days(None) for stop in it.stops)
        return frozenset(it.place.id for it in stops if is_of_kind(it.place, kind))

    def day(self, day: int | str) -> Day | None:
        """The one day of the plan that is named."""
        found = self._days(day)
        return found[0] if len(found) == 1 else None

    @property
    def cities(self) -> list[str]:
        """The names of the trip's cities in their order."""
        if self.itinerary is not None:
            return [city.name for city in self.itinerary.cities]
        told = self.preferences
        return [leg.city for leg in told.legs] or ([told.city] if told.city else [])

    def has_cities(self, names: Sequence[str]) -> bool:
        return bool(names) and set(names) <= set(self.cities)

    def nights_in(self, city: str) -> int | None:
        """As planned, or else as told; None where nobody knows."""
        for there in self.itinerary.cities if self.itinerary else ():
            if there.name == city:
                return self.itinerary.nights(there) if self.itinerary else None
        told = {leg.city: leg.nights for leg in self.preferences.legs}
        return told.get(city)

    def first_day(self, city: str | None) -> int:
        """The number of the first day in a city of the plan."""
        for part in self.itinerary.parts() if self.itinerary else ():
            if part.city.name == city:
                return part.days[0].number
        return 1

    def are_on(self, days: Sequence[int | str], nth: int) -> bool:
        """Whether these days, if any is named, are the first (1) or last (-1)."""
        if self.itinerary is None:
            return True
        number = 1 if nth == 1 else len(self.itinerary.days)
        words: tuple[str, ...] = ("first",) if nth == 1 else ("last",)
        if self.itinerary.days[0].date is None:
            words += tuple(WEEKDAYS)  # then it is that one
        return all(day in (number, *words, "same", "other") for day in days)

    def shorter(self, days: int) -> list[Act]:
        """So many days less, at the end."""
        if self.itinerary is None or days == 1:
            return [RemoveDay()]
        return [SetDays(days=max(1, len(self.itinerary.days) - days))]

    def stays_in(self, city: str, frame: Frame) -> list[Act]:
        """How long one stays in a city of a trip to several, if that is said."""
        plan = self.itinerary
        there = [it for it in (plan.cities if plan else ()) if it.name == city]
        if plan is None or not plan.stages or not there:
            return []
        nights = plan.nights(there[0])
        deltas = frame.deltas or [it.days for it in frame.lengths]
        if deltas and not frame.has("EARLIER", "LATER") and (
            frame.deltas or frame.has("LESS", "MORE")
        ):  # fmt: skip
            nights += deltas[0] * (-1 if frame.has("LESS") else 1)
        elif frame.lengths:
            last = there[0] == plan.cities[-1] and frame.lengths[0].unit != "night"
            nights = frame.lengths[0].days - last
        else:
            return []
        return [SetNights(city=city, nights=max(1, nights))]

    def day_of(self, ref: Reference) -> int | None:
        """The day on which a stop is that was named, or spoken of last."""
        if ref.focus == "it" and self.shown:
            ref = Reference(ids=self.shown[:1])
        for day in self._days(None):
            if any(stop.place.id in ref.ids for stop in day.stops):
                return day.number
        return None

    def minutes_at(self, ref: Reference) -> int:
        """How long a stop is that was named; 0 if it is not planned."""
        stops = (it for day in self._days(None) for it in day.stops)
        return next((it.leave - it.arrive for it in stops if it.place.id in ref.ids), 0)

    def begins_at(self, ref: Reference) -> int:
        """When a stop begins that was named; 0 if it is not planned."""
        stops = (it for day in self._days(None) for it in day.stops)
        return next((it.arrive for it in stops if it.place.id in ref.ids), 0)

    def begins(self, day: int | str | None) -> int | None:
        """When the first stop of a day begins, or of all days the first."""
        starts = [it.stops[0].arrive for it in self._days(day) if it.stops]
        return min(starts, default=None)

    def ends(self, day: int | str | None) -> int | None:
        """When one is back from the last stop of a day."""
        ends = [it.back or it.stops[-1].leave for it in self._days(day) if it.stops]
        return max(ends, default=None)

    def meal_begins(self, meal: Meal, day: int | str | None) -> int | None:
        stops = [
            stop
            for it in self._days(day)
            for stop in it.stops
            if stop.kind is StopKind(meal.value)
        ]
        return stops[0].arrive if stops else None

    def meal_ends(self, meal: Meal, day: int | str | None) -> int | None:
        stops = (stop for it in self._days(day) for stop in it.stops)
        return next((it.leave for it in stops if it.kind is StopKind(meal.value)), None)

    def dines_at(self, ids: tuple[str, ...]) -> bool:
        """Whether one of these places is where dinner is planned."""
        return any(
            stop.kind is StopKind.DINNER and stop.place.id in ids
            for it in self._days(None)
            for stop in it.stops
        )

    def meal_at(self, ids: tuple[str, ...]) -> tuple[Meal, int] | None:
        """The one meal that is planned at one of these places, with its day."""
        found = [
            (Meal(stop.kind.value), it.number)
            for it in self._days(None)
            for stop in it.stops
            if stop.place.id in ids and stop.kind is not StopKind.VISIT
        ]
        return found[0] if len(found) == 1 else None

    def meal_place(self, meal: Meal, day: int | str | None) -> str | None:
        for it in self._days(day):
            for stop in it.stops:
                if stop.kind is StopKind(meal.value):
                    return stop.place.id
        return None

    def _days(self, day: int | str | None) -> tuple[Day, ...]:
        if self.itinerary is None:
            return ()
        days = self.itinerary.days
        if day == "last":
            return days[-1:]
        if day == "same":
            day = self.focus_day
        return tuple(
            it
            for it in days
            if day in (None, it.number)
            or (it.date and day in (it.date.isoformat(), WEEKDAYS[it.date.weekday()]))
        )
