"""What is said of the trip as a whole: where, when, how long, for whom and how."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from itinerary_app.acts.acts import (
    Act,
    Add,
    AddDay,
    Ask,
    RemoveDay,
    SetArrival,
    SetBase,
    SetBudget,
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
    Topic,
)
from itinerary_app.acts.values import MAX_DAYS, Meal, Part, Reference
from itinerary_app.assistant.reading import cities, lodging
from itinerary_app.assistant.reading.found import Found
from itinerary_app.assistant.reading.frames import Acts, Frame, Node, at
from itinerary_app.assistant.reading.known import Known as Known
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.whichdays import last_day
from itinerary_app.catalogue import currencies
from itinerary_app.model import Budget, Interest

MOST_LONGER = 14  # days that a date of leaving makes a trip longer
# When one arrives or leaves in a part of the day.
ARRIVALS = {Part.MORNING: "10:00", Part.AFTERNOON: "15:00", Part.EVENING: "18:00"}
DEPARTURES = {Part.MORNING: "11:00", Part.AFTERNOON: "15:00", Part.EVENING: "18:00"}


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
    if known.planned and frame.has("PACE") and frame.has("DATE"):
        if not frame.has("FROM"):
            return None  # "make tomorrow easy": of a day that is none of the plan
    if frame.refs and _is_of_a_day(frame, known):
        return None  # "put the museum on Sunday", which is no day that is known
    if frame.has("SLEEP", "HOTEL", "BED"):
        beds = lodging.slept(frame, known)
        if known.planned and (beds or lodging.is_of_nights(frame)):
            return beds
        of_trip = len(known.cities) > 1 and known.has_cities(cities.names(frame))
        if beds and not frame.has("DATE") and (of_trip or not frame.has("CITY")):
            return beds
    made: list[Act] = [*cities.between(frame, known)]
    if not made:
        made = [*cities.named(frame, known), *_dates(frame, known)]
    values = frame.values
    made += _interests(frame, known)
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
    party = _party(frame)
    made += party
    if frame.has("HOTEL", "SLEEP", "BED"):
        where = lodging.where(frame)
        if where is None:
            nights = all(isinstance(it, SetNights) for it in made)
            if not known.planned and frame.has("CITY") and not frame.has("HOTEL"):
                return made  # "we're staying in Rome for four days"
            return made if known.planned and made and nights else None
        return [*made, SetBase(where=where, city=lodging.city(frame))]
    if "MONEY" in values and frame.has("PERDAY"):
        return None  # a limit is for the whole trip
    if "MONEY" in values:
        limit = _limit(frame, party)
        if limit is None:
            return None
        made.append(limit)
    elif "LIMITWORD" in values and frame.numbers:
        made.append(SetSpendLimit(amount=frame.numbers[0]))
    made += _places(frame, known)
    if "LAYOVER" in values and not known.planned:
        made += _layover(frame)
    return made if made and _all_used(frame, made) else None


def _is_of_a_day(frame: Frame, known: Known) -> bool:
    """Whether a date tells of a stop rather than when the trip begins."""
    dates: list[Found] = frame.values.get("DATE", [])
    if not dates or known.planned:
        return bool(dates)
    return all(it.weekday for it in dates) and not frame.has("CITY", "LENGTH", "TO")


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


def _dates(frame: Frame, known: Known) -> list[Act]:
    found: list[Found] = list(frame.values.get("DATE", []))
    made: list[Act] = []
    start = found[0].day if found else None
    if start and len(found) > 1 and found[1].day:
        end = last_day(found[0], found[1])
        if end is not None and end >= start:
            made += [
                SetDates(start=start.isoformat()),
                SetDays(days=min(MAX_DAYS, (end - start).days + 1)),
            ]
            return made
    if start:
        made.append(SetDates(start=start.isoformat()))
    if frame.lengths:
        exact = [it.days + (it.unit == "night") for it in frame.lengths if it.exact]
        for days in dict.fromkeys(exact):  # several contradict each other
            made.append(SetDays(days=min(MAX_DAYS, max(1, days))))
    elif frame.has("WEEKEND") and not known.planned:
        made.append(SetDays(days=2))
    elif frame.has("PERDAY") and frame.has("CITY") and not known.planned:
        if not (frame.numbers or frame.refs):  # "a day in Florence"
            made.append(SetDays(days=1))
    elif frame.durations and "CITY" in frame.values and frame.durations[0] >= 20 * 60:
        made.append(SetDays(days=-(-frame.durations[0] // (24 * 60))))
    return made


def _interests(frame: Frame, known: Known) -> list[Act]:
    names = tuple(dict.fromkeys(frame.interests))
    children = frame.values.get("CHILDREN", [0])
    if not known.planned and not any((*children, *frame.values.get("AGE", []))):
        if "CHILDREN" in frame.values:  # so many that nobody said: "with kids"
            names = tuple(dict.fromkeys((*names, Interest.FAMILY)))
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
    aged, counts = sum(values.get("AGE", [])), sum(values.get("CHILDREN", []))
    if aged or counts:
        children = max(aged, counts)
    if said := [it for it in values.get("ADULTS", []) if it]:
        first, *rest = said
        of_all = first in (sum(rest), sum(rest) + (children or 0)) and rest
        adults = sum(rest) if of_all else sum(said)
    if adults is None and children is None:
        return []
    return [SetParty(adults=adults, children=children)]


def _limit(frame: Frame, party: list[Act]) -> SetSpendLimit | None:
    """For each of those for whom it is, if it is said of nothing else."""
    amount, word, is_each = frame.values["MONEY"][0]
    currency = currencies.named(word) if word else None
    if not is_each and not frame.has("CITY", "LENGTH"):
        if Interest.FAMILY in frame.interests:
            return None  # of how many?
        for them in party:
            amount //= getattr(them, "adults", None) or 1
    return SetSpendLimit(amount=amount, currency=currency)


def _places(frame: Frame, known: Known) -> list[Act]:
    made: list[Act] = []
    if any(ref.focus or ref.nth for ref in frame.refs):
        return made
    for ref in frame.refs:
        if ref.ids:
            time = at(frame.times[0], late_until=7) if frame.times else None
            made.append(Add(place=ref, day=frame.day, part=frame.part, time=time))
    for token in frame.kinds:
        kind = token.value.split(",")[0]
        ref = Reference(kind=kind, city=frame.cities.get(token.start))
        if token.kind in ("TAG", "CUISINE"):
            part = frame.part if token.kind == "TAG" else None
            made.append(Add(place=ref, day=frame.day, part=part))
        elif token.kind == "KIND" and not (known.planned and frame.plural(token)):
            made.append(Add(place=ref, day=frame.day, part=frame.part))
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
    if not known.are_on(frame.all_days, 1):
        return None  # one arrives on the first day
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
    if known.planned and (frame.has("DATE") or frame.all_days):
        ends = _ending(frame, known)
        if ends is None:
            return None
        rest = ends
    elif frame.values.keys() & {"CITY", "DATE", "LENGTH", "WEEKEND"}:
        rest = slots(frame, known) or []
    until = frame.until
    clock = frame.times[0] if frame.times else frame.not_before
    if isinstance(until, Clock) and not frame.times:
        clock = until
    part = frame.part or (until if isinstance(until, Part) else None)
    time = at(clock, late_until=7) or (DEPARTURES[part] if part else None)
    if time is None:
        return rest or None
    return [*rest, SetDeparture(time=time)]


def _ending(frame: Frame, known: Known) -> Acts:
    """The trip, or one's stay in a city of it, ends on the day that is named; [] where
    it does by now and an hour is told, None where the plan has no such day.
    """
    plan = known.itinerary
    assert plan is not None
    dates = [it.day for it in frame.values.get("DATE", [])]
    start = plan.days[0].date
    if dates and start and dates[-1]:
        number = (dates[-1] - start).days + 1
    elif frame.day == "last" or not isinstance(frame.day, int):
        return [] if known.are_on(frame.all_days, -1) and not dates else None
    else:
        number = frame.day
    timed = bool(frame.times or frame.part or frame.until or frame.not_before)
    last = len(plan.days)
    for city in frame.values.get("CITY", []):
        nights = number - known.first_day(city.name)
        if city.name not in known.cities or nights < 1:
            return None
        if city.name != plan.cities[-1].name:
            return None if timed else [SetNights(city=city.name, nights=nights)]
    if plan.stages and number != last and not frame.has("CITY"):
        return None  # which city, or the trip?
    if number == last:
        return [] if timed else [Ask(topic=Topic.DATES)]
    if (timed and number < last) or not 0 < number <= last + MOST_LONGER:
        return None  # of that day, or of the trip?
    return [SetDays(days=number)]


def _without_times(frame: Frame) -> Frame:
    values = {kind: it for kind, it in frame.values.items() if kind != "TIME"}
    return replace(frame, times=[], values=values)
