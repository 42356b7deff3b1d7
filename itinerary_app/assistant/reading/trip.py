"""What is said of the trip as a whole: where, when, how long, for whom and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from itinerary_app.acts.acts import (
    Act,
    Add,
    AddCity,
    AddDay,
    OrderCities,
    RemoveDay,
    SetArrival,
    SetBase,
    SetBudget,
    SetCity,
    SetDates,
    SetDays,
    SetDeparture,
    SetDiet,
    SetInterests,
    SetMobility,
    SetNights,
    SetPace,
    SetParty,
    SetSpendLimit,
    SetTime,
)
from itinerary_app.acts.values import Meal, Part, Reference
from itinerary_app.assistant.reading.dates import Found
from itinerary_app.assistant.reading.frames import Acts, Frame, Node, at
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.whichdays import last_day
from itinerary_app.model import Budget, Day, Itinerary, Preferences, StopKind

# When one arrives or leaves in a part of the day.
ARRIVALS = {Part.MORNING: "10:00", Part.AFTERNOON: "15:00", Part.EVENING: "18:00"}
DEPARTURES = {Part.MORNING: "11:00", Part.AFTERNOON: "15:00", Part.EVENING: "18:00"}


@dataclass(frozen=True, slots=True)
class Known:
    """What the plan holds now, for what is said relative to it."""

    today: date
    preferences: Preferences
    itinerary: Itinerary | None = None
    focus_day: int | None = None
    shown: tuple[str, ...] = ()  # stops that were shown or named last
    eating: frozenset[str] = frozenset()  # ids of the city's places to eat

    @property
    def planned(self) -> bool:
        return self.itinerary is not None

    @property
    def stops(self) -> frozenset[str]:
        """The ids of the places that are planned."""
        return frozenset(stop.place.id for it in self._days(None) for stop in it.stops)

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
        if frame.deltas and not frame.has("EARLIER", "LATER"):
            nights += frame.deltas[0] * (-1 if frame.has("LESS") else 1)
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

    def begins(self, day: int | str | None) -> int | None:
        """When the first stop of a day begins, or of all days the first."""
        starts = [it.stops[0].arrive for it in self._days(day) if it.stops]
        return min(starts, default=None)

    def meal_begins(self, meal: Meal, day: int | str | None) -> int | None:
        stops = [
            stop
            for it in self._days(day)
            for stop in it.stops
            if stop.kind is StopKind(meal.value)
        ]
        return stops[0].arrive if stops else None

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
        return tuple(it for it in days if day is None or it.number == day)


def fixed(
    ref: Reference,
    clock: Clock,
    day: int | str | None,
    part: Part | None = None,
    *,
    known: Known,
) -> Act:
    """A stop at its time, as booked."""
    late = ref.meal is Meal.DINNER or part is Part.EVENING or known.dines_at(ref.ids)
    meal_hours = 11 if late else 7
    return SetTime(stop=ref, time=at(clock, late_until=meal_hours), day=day)


def slots(frame: Frame, known: Known) -> Acts:
    """All wishes about the trip that the arguments hold."""
    if known.planned and frame.refs and frame.has("PACE"):
        return None  # "a quiet museum"
    made: list[Act] = [*_cities(frame, known), *_dates(frame, known)]
    values = frame.values
    made += _interests(frame)
    if pace := values.get("PACE"):
        made.append(SetPace(pace=pace[0]))
    if budget := values.get("BUDGET"):
        made.append(SetBudget(budget=budget[-1]))
    elif frame.has("CHEAPER") and (not frame.refs or not known.planned):
        made.append(
            SetBudget(step=-1) if known.planned else SetBudget(budget=Budget.LOW)
        )
    elif frame.has("DEARER") and not frame.refs:
        made.append(SetBudget(step=1))
    over = frame.has("NOLONGER")
    if found := values.get("DIET"):
        made += diets(*_now_and_no_more(found, over=over))
    if found := values.get("MOBILITY"):
        now, gone = _now_and_no_more(found, over=over)
        made.append(SetMobility(add=tuple(now), drop=tuple(gone)))
    made += _party(frame)
    if "HOTEL" in values or "SLEEP" in values:
        named = [it for it in frame.refs if it.ids]
        where = frame.near or (named[0] if named else None)
        if where is None:
            return None
        return [*made, SetBase(where=where)]
    if "MONEY" in values and frame.has("PERDAY"):
        return None  # a limit is for the whole trip
    if "MONEY" in values:
        made.append(SetSpendLimit(amount=values["MONEY"][0][0]))
    elif "LIMITWORD" in values and frame.numbers:
        made.append(SetSpendLimit(amount=frame.numbers[0]))
    made += _places(frame, known)
    if "LAYOVER" in values and not known.planned:
        made += _layover(frame)
    return made if made and _all_used(frame, made) else None


def _layover(frame: Frame) -> list[Act]:
    """Hours between two flights."""
    made: list[Act] = []
    if not any(it.exact for it in frame.lengths):
        made.append(SetDays(days=1))
    if len(frame.times) == 2:
        made.append(SetArrival(time=at(frame.times[0])))
        made.append(SetDeparture(time=at(frame.times[1], late_until=11)))
        frame.times = []
    return made


def _all_used(frame: Frame, acts: list[Act]) -> bool:
    """Whether no hour and no day that was named is lost."""
    timed = any(getattr(it, "time", None) for it in acts)
    dated = any(getattr(it, "day", None) for it in acts)
    return (timed or not frame.times) and (dated or not frame.all_days)


def _cities(frame: Frame, known: Known) -> list[Act]:
    cities = list(dict.fromkeys(it.name for it in frame.values.get("CITY", [])))
    if not cities:
        return []
    values = frame.values
    if known.planned or known.preferences.city:
        for name in ("BEFORE_CITY", "AFTER_CITY"):
            if other := values.get(name):
                pair = [cities[0], other[0].name]
                order = pair if name == "BEFORE_CITY" else pair[::-1]
                return [OrderCities(cities=tuple(order))]
        if len(cities) == 1 and (there := known.stays_in(cities[0], frame)):
            frame.lengths = []
            return there
        nights = [it for it in frame.lengths if it.unit == "night"]
        if nights and len(cities) == 1:
            frame.lengths = []
            if cities[0] == known.preferences.city:
                return [SetNights(city=cities[0], nights=nights[0].days)]
            return [AddCity(city=cities[0], nights=nights[0].days)]
        if frame.has("FIRST") and len(cities) == 1:
            return [OrderCities(cities=(cities[0],))]
    first, *rest = cities
    if rest and len(frame.lengths) == len(cities):  # "Agra one day, Delhi two days"
        return _each_so_long(cities, frame)
    made: list[Act] = [SetCity(city=first), *(AddCity(city=it) for it in rest)]
    nights = [it for it in frame.lengths if it.unit == "night"]
    if rest and nights:
        made.append(SetNights(city=first, nights=nights[0].days))
        frame.lengths = [it for it in frame.lengths if it.unit != "night"]
    return made


def _each_so_long(cities: list[str], frame: Frame) -> list[Act]:
    """Cities with a length for each; days and nights of all tell the trip's length."""
    lengths, frame.lengths = frame.lengths, []
    first, *rest = zip(cities, (it.days for it in lengths), strict=True)
    made: list[Act] = [SetCity(city=first[0])]
    made += [AddCity(city=city, nights=nights) for city, nights in rest]
    made.append(SetNights(city=first[0], nights=first[1]))
    if all(it.unit != "night" for it in lengths):
        made.append(SetDays(days=min(60, sum(it.days for it in lengths))))
    return made


def joined(frame: Frame, known: Known) -> list[Act]:
    """Other cities that come behind those of the plan: "and then on to Venice"."""
    cities = [it.name for it in frame.values["CITY"]]
    if not known.planned or known.preferences.city in cities:
        return []
    nights = frame.lengths[0].days if frame.lengths else None
    return [AddCity(city=it, nights=nights) for it in dict.fromkeys(cities)]


def _dates(frame: Frame, known: Known) -> list[Act]:
    found: list[Found] = list(frame.values.get("DATE", []))
    made: list[Act] = []
    start = found[0].day if found else None
    if start and len(found) > 1 and found[1].day:
        end = last_day(found[0], found[1])
        if end is not None and end >= start:
            made += [
                SetDates(start=start.isoformat()),
                SetDays(days=(end - start).days + 1),
            ]
            return made
    if start:
        made.append(SetDates(start=start.isoformat()))
    if frame.lengths:
        length = frame.lengths[-1]
        if length.exact:
            extra = 1 if length.unit == "night" else 0
            made.append(SetDays(days=min(60, max(1, length.days + extra))))
    elif frame.has("WEEKEND") and not known.planned:
        made.append(SetDays(days=2))
    elif frame.durations and "CITY" in frame.values and frame.durations[0] >= 20 * 60:
        made.append(SetDays(days=-(-frame.durations[0] // (24 * 60))))
    return made


def _interests(frame: Frame) -> list[Act]:
    names = tuple(dict.fromkeys(frame.interests))
    if not names or (names == ("food",) and frame.has("DIET")):
        return []
    less = frame.has("LESS")
    return [SetInterests(less=names) if less else SetInterests(more=names)]


def _now_and_no_more(said: list[str], *, over: bool) -> tuple[list[Any], list[Any]]:
    """The values that hold now, and those that do no more, which "-" marks."""
    unique = list(dict.fromkeys(it.removeprefix("-") for it in said))
    gone = [it for it in unique if over or f"-{it}" in said]
    return [it for it in unique if it not in gone], gone


def diets(add: list[str], drop: list[str]) -> list[Act]:
    return [SetDiet(add=tuple(add), drop=tuple(drop))]  # type: ignore[arg-type]  # words of the lexicon are Diet's


def _party(frame: Frame) -> list[Act]:
    values = frame.values
    adults = children = None
    if "SOLO" in values:
        adults = 1
    if "FRIENDS" in values:
        adults = 2
    if counts := [it for it in values.get("CHILDREN", []) if it]:
        children = sum(counts)
    elif "AGE" in values and "CHILDREN" not in values:
        children = 1
    if said := [it for it in values.get("ADULTS", []) if it]:
        first, *rest = said
        of_all = first in (sum(rest), sum(rest) + (children or 0)) and rest
        adults = sum(rest) if of_all else sum(said)
    if adults is None and children is None:
        return []
    return [SetParty(adults=adults, children=children)]


def _places(frame: Frame, known: Known) -> list[Act]:
    made: list[Act] = []
    if any(ref.focus or ref.nth for ref in frame.refs):
        return made
    for ref in frame.refs:
        if ref.ids:
            time = at(frame.times[0], late_until=7) if frame.times else None
            made.append(Add(place=ref, day=frame.day, part=frame.part, time=time))
    for token in frame.kinds:
        if token.kind in ("TAG", "CUISINE"):
            kind = token.value.split(",")[0]
            made.append(Add(place=Reference(kind=kind), day=frame.day))
        elif token.kind == "KIND" and not (known.planned and frame.plural(token)):
            made.append(
                Add(place=Reference(kind=token.value), day=frame.day, part=frame.part)
            )
    return made


def forgotten(frame: Frame) -> Acts:
    """Wishes that hold no more."""
    values = frame.values
    made: list[Act] = []
    if "DIET" in values:
        made += diets([], list(dict.fromkeys(values["DIET"])))
    if "MOBILITY" in values:
        made.append(SetMobility(drop=tuple(dict.fromkeys(values["MOBILITY"]))))
    if "DATESWORD" in values:
        made.append(SetDates())
    if "LIMITWORD" in values or "MONEY" in values:
        made.append(SetSpendLimit())
    return made or None


def shifted(frame: Frame, known: Known) -> Acts:
    """All dates a week later."""
    if frame.has("DATE"):
        return slots(frame, known)
    days = (frame.deltas or [it.days for it in frame.lengths] or [0])[0]
    if not days:
        return None
    sooner = frame.has("EARLIER", "SHIFTBACK")
    return [SetDates(shift=-days if sooner else days)]


def arriving(nodes: list[Node], known: Known) -> Acts:
    """We land at 11:20; arriving on Friday evening."""
    frame = Frame.of(*nodes)
    rest: list[Act] = []
    if frame.deltas and not frame.times:
        if frame.has("LATER"):
            return [RemoveDay(day=1)]
        return [AddDay(front=True, count=frame.deltas[0])]
    if frame.values.keys() & {"CITY", "DATE", "LENGTH", "WEEKEND"}:
        rest = slots(_without_times(frame), known) or []
    if frame.times and len(frame.refs) == 1 and known.day_of(frame.refs[0]):
        return [fixed(frame.refs[0], frame.times[0], frame.day, known=known)]
    clock = frame.times[0] if frame.times else frame.not_before
    time = at(clock, late_until=5) or (ARRIVALS[frame.part] if frame.part else None)
    if time is None:
        return rest or None
    return [*rest, SetArrival(time=time)]


def departing(nodes: list[Node], known: Known) -> Acts:
    """The flight home is at 17:40; we leave on Sunday afternoon."""
    frame = Frame.of(*nodes)
    rest: list[Act] = []
    if frame.deltas and not frame.times:
        if frame.has("LATER", "LONGER"):
            return [AddDay(count=frame.deltas[0])]
        return known.shorter(frame.deltas[0])
    if frame.refs:
        return None
    if frame.values.keys() & {"CITY", "DATE", "LENGTH", "WEEKEND"}:
        rest = slots(_without_times(frame), known) or []
    until = frame.until
    clock = frame.times[0] if frame.times else frame.not_before
    if isinstance(until, Clock) and not frame.times:
        clock = until
    part = frame.part or (until if isinstance(until, Part) else None)
    time = at(clock, late_until=7) or (DEPARTURES[part] if part else None)
    if time is None:
        return rest or None
    return [*rest, SetDeparture(time=time)]


def _without_times(frame: Frame) -> Frame:
    frame.values.pop("TIME", None)
    return frame
