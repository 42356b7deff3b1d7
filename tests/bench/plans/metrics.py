"""What makes a plan good, as numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np

from itinerary_app.catalogue import hours
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.light import daylight
from itinerary_app.catalogue.mealtimes import usual
from itinerary_app.model import (
    Anchor,
    Budget,
    Category,
    Day,
    Itinerary,
    Place,
    PlanRequest,
    Stop,
    StopKind,
)
from itinerary_app.planner.day import paces

NEAR_KM = 0.6  # visits that are so near belong to one day
HOLE = 120  # minutes
NEAR = 12  # minutes
DEAREST = 4  # level of a place to eat
Label = tuple[float, int]  # kilometres so far, minute at which one is free


def of_plan(
    plan: Itinerary, request: PlanRequest, places: Sequence[Place]
) -> dict[str, float]:
    """The soft metrics of one plan; one that does not apply is left out."""
    found: dict[str, float] = {}
    days = [day for day in plan.days if day.stops]
    visits = [s for s in plan.stops if s.kind is StopKind.VISIT]
    served = {it for place in places for it in place.interests}
    wanted = [it for it in request.interests if it in served]
    got = {it for stop in plan.stops for it in stop.place.interests}
    if wanted:
        found["interests covered"] = sum(it in got for it in wanted) / len(wanted)
    plain = not (request.avoid or request.excluded or request.mobility)
    in_town = [place for place in places if not place.is_outing]
    famous = [place.id for place in in_town if place.importance == 5]
    if plain and famous and visits:
        others = set(request.must_see) - set(famous)
        room = max(1, min(len(famous), len(visits) - len(others)))
        seen = sum(stop.place.id in famous for stop in visits)
        found["famous sights seen"] = min(1.0, seen / room)
    ours, best = sum(map(_km, days)), sum(_best_km(day, plan) for day in days)
    found["km a day"] = ours / max(1, len(days))
    if best > 0:
        found["km to the best tour"] = ours / best
    found["km around the day's middle"] = float(np.mean([_spread(d) for d in days]))
    found["days with three of a kind"] = sum(map(_repeats, days)) / len(days)
    untold = [_has_untold_hole(day, plan) for day in days]
    found["days with an untold hole"] = sum(untold) / len(days)
    full = sum(paces.shape(day.pace).visits for day in days)
    found["visits to the pace's"] = len(visits) / full
    meals = [stop for stop in plan.stops if stop.kind is not StopKind.VISIT]
    if meals:
        ways = [_meal_way(day, i) for day in days for i in _meals(day)]
        found["minutes to a meal"] = float(np.mean(ways))
        both = [_both_ways(day, i) <= NEAR for day in days for i in _meals(day)]
        found["meals near both"] = float(np.mean(both))
        dear = sum(stop.place.level == DEAREST for stop in meals)
        most = {Budget.LOW: 0, Budget.MODERATE: 1}.get(request.budget, len(meals))
        asked = sum(stop.place.id in request.must_see for stop in meals)
        found["budget kept"] = float(dear <= most + asked)
    if (apart := _pairs_apart(days)) is not None:
        found["pairs apart"] = apart
    found |= _light(plan)
    if visits:
        known = sum(stop.place.price is not None for stop in visits)
        found["prices known"] = known / len(visits)
    return found


def _km(day: Day) -> float:
    """From where the day begins to where it ends."""
    between = sum(_apart(one, other) for one, other in pairwise(day.stops))
    return _rim(day.origin, day.stops[0]) + between + _rim(day.target, day.stops[-1])


def _rim(end: Anchor | None, stop: Stop) -> float:
    if end is None:
        return 0.0
    return distance_km(end.lat, end.lon, stop.place.lat, stop.place.lon)


def _best_km(day: Day, plan: Itinerary) -> float:
    """The shortest tour of the day's stops that their windows and its hours allow.

    Exact, over sets of stops; rest between stops is not asked for, so that the bound
    is no easier than the plan's own rules.
    """
    stops, n = day.stops, len(day.stops)
    windows = [_windows(stop, day, plan) for stop in stops]
    km = [[_apart(a, b) for b in stops] for a in stops]
    end = stops[-1].leave
    labels: dict[tuple[int, int], list[Label]] = {}
    for i in range(n):
        start = _start(stops[i], windows[i], stops[0].arrive, end)
        if start is not None:
            labels[1 << i, i] = [
                (_rim(day.origin, stops[i]), start + stops[i].leave - stops[i].arrive)
            ]
    for done in range(1, 1 << n):
        for last in range(n):
            for far, free in labels.get((done, last), ()):
                for j in range(n):
                    if done >> j & 1:
                        continue
                    minutes = _minutes(km[last][j])
                    start = _start(stops[j], windows[j], free + minutes, end)
                    if start is None:
                        continue
                    leave = start + stops[j].leave - stops[j].arrive
                    key = done | 1 << j, j
                    _add(labels.setdefault(key, []), (far + km[last][j], leave))
    everything = (1 << n) - 1
    tours = [
        far + _rim(day.target, stops[i])
        for i in range(n)
        for far, _ in labels.get((everything, i), ())
    ]
    return min([_km(day), *tours])


def _windows(stop: Stop, day: Day, plan: Itinerary) -> list[tuple[int, int]]:
    if meal := usual(plan.city.country).get(stop.kind):
        return [(meal.earliest, meal.latest + stop.leave - stop.arrive)]
    found = hours.windows(
        stop.place.hours, stop.place.category, day.date, plan.city.country
    )
    return [*found, (stop.arrive, stop.leave)]


def _start(
    stop: Stop, windows: Sequence[tuple[int, int]], free: int, end: int
) -> int | None:
    length = stop.leave - stop.arrive
    starts = [
        max(free, opens)
        for opens, closes in windows
        if max(free, opens) + length <= min(closes, end)
    ]
    return min(starts, default=None)


def _add(labels: list[Label], new: Label) -> None:
    if any(far <= new[0] and free <= new[1] for far, free in labels):
        return
    labels[:] = [it for it in labels if it[0] < new[0] or it[1] < new[1]]
    labels.append(new)


def _minutes(km: float) -> int:
    """The planner's estimate, told again."""
    road = km * 1.3
    if km < 1.5:
        return int(np.ceil(road / 4.5 * 60))
    slow = min(road, 10.0)
    return int(np.ceil((slow / 18 + (road - slow) / 45) * 60 + 8))


def _apart(one: Stop, other: Stop) -> float:
    a, b = one.place, other.place
    return distance_km(a.lat, a.lon, b.lat, b.lon)


def _spread(day: Day) -> float:
    lat = float(np.mean([stop.place.lat for stop in day.stops]))
    lon = float(np.mean([stop.place.lon for stop in day.stops]))
    away = [distance_km(lat, lon, s.place.lat, s.place.lon) for s in day.stops]
    return float(np.mean(away))


def _pairs_apart(days: Sequence[Day]) -> float | None:
    """The share of near pairs of visits that are on different days."""
    visits = [
        (day.number, stop)
        for day in days
        for stop in day.stops
        if stop.kind is StopKind.VISIT
    ]
    near = [
        one != other
        for (one, a), (other, b) in combinations(visits, 2)
        if _apart(a, b) < NEAR_KM
    ]
    return sum(near) / len(near) if near and len(days) > 1 else None


def _light(plan: Itinerary) -> dict[str, float]:
    """Shares of the visits of dated days that come in the right light."""
    by_day, at_sunset, at_night = [], [], []
    for day in plan.days:
        sun = daylight(plan.city, day.date)
        if sun is None:
            continue
        for stop in day.stops:
            if stop.kind is not StopKind.VISIT:
                continue
            lit = sun[0] <= stop.arrive and stop.leave <= sun[1]
            kind = stop.place.category
            if kind in (Category.PARK, Category.GARDEN):
                by_day.append(lit)
            if kind is Category.VIEWPOINT:
                at_sunset.append(stop.arrive <= sun[1] <= stop.leave)
            if kind in (Category.BAR, Category.SHOW):
                at_night.append(stop.leave > sun[1])
    shares = {
        "dusk-safe": by_day,
        "viewpoints at sunset": at_sunset,
        "bars and shows after dark": at_night,
    }
    return {name: sum(some) / len(some) for name, some in shares.items() if some}


def _repeats(day: Day) -> bool:
    kinds = [s.place.category if s.kind is StopKind.VISIT else s for s in day.stops]
    trios = zip(kinds, kinds[1:], kinds[2:], strict=False)
    return any(one is two is three for one, two, three in trios)


def of_days(plan: Itinerary, request: PlanRequest) -> dict[str, int]:
    """How many days of the plan there are, and how many have what is a pity."""
    days = [day for day in plan.days if day.stops]
    had = [stop for stop in plan.stops if stop.kind is not StopKind.VISIT]
    left = {day.number: _left_open(day, request, plan) for day in plan.days}
    return {
        "days": len(days),
        "with a hole over 2 h": sum(bool(_holes(day)) for day in days),
        "with one that is untold": sum(_has_untold_hole(day, plan) for day in days),
        "that begin late": sum(_is_late(day, request, plan) for day in days),
        "of one visit": sum(
            [it.kind for it in day.stops].count(StopKind.VISIT) == 1 for day in days
        ),
        "meals had": len(had) + sum(bool(it.holds) for it in plan.stops),
        "meals left open": sum(left.values()),
        "meals left open, untold": sum(
            count for number, count in left.items() if not _is_open_told(number, plan)
        ),
    }


def _holes(day: Day) -> list[tuple[int, int]]:
    """From when to when there are over two hours with nothing planned."""
    gaps = [
        (before.leave, stop.arrive - stop.travel_minutes)
        for before, stop in pairwise(day.stops)
    ]
    return [(since, until) for since, until in gaps if until - since > HOLE]


def _has_untold_hole(day: Day, plan: Itinerary) -> bool:
    """Whether the plan's remarks do not call such a time free."""
    told = [it for it in plan.notes if "Free time: " in it]
    return any(
        f"day {day.number}, {_hhmm(since)} to {_hhmm(until)}" not in note
        for since, until in _holes(day)
        for note in told or [""]
    )


def _is_late(day: Day, request: PlanRequest, plan: Itinerary) -> bool:
    """Whether it begins at lunch or later, though nothing that was told makes it."""
    lunch = usual(plan.city.country)[StopKind.LUNCH]
    told = [day.start, request.day_start]
    told.append(request.arrive if day.number == request.first else None)
    if day.free or day.rests or any((it or 0) > 10 * 60 for it in told):
        return False
    return day.stops[0].arrive >= lunch.earliest


def _left_open(day: Day, request: PlanRequest, plan: Itinerary) -> int:
    """How many meals the day has time for and has not."""
    start, end = paces.shape(day.pace).start, paces.shape(day.pace).end
    start = next((it for it in (day.start, request.day_start) if it), start)
    end = next((it for it in (day.end, request.day_end) if it), end)
    if day.number == request.first:
        start = max(start, (request.arrive or 0) + HOLE)
    if day.number == request.last and request.depart is not None:
        end = min(end, request.depart - 2 * HOLE)
    had = {kind for stop in day.stops for kind in (stop.kind, stop.holds)}
    return sum(
        kind not in had
        and kind not in (*request.skipped, *day.skipped)
        and max(start, meal.earliest) + meal.minutes <= min(end, meal.latest + 60)
        for kind, meal in usual(plan.city.country).items()
    )


def _is_open_told(number: int, plan: Itinerary) -> bool:
    told = [it for it in plan.notes if "meal is left open" in it]
    return any(str(number) in re.findall(r"\d+", note) for note in told)


def _hhmm(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _meals(day: Day) -> list[int]:
    return [i for i, stop in enumerate(day.stops) if stop.kind is not StopKind.VISIT]


def _both_ways(day: Day, i: int) -> int:
    """Minutes to the farther one of the stops around a meal."""
    ways = [stop.travel_minutes for stop in day.stops[max(1, i) : i + 2]]
    return max(ways, default=0)


def _meal_way(day: Day, i: int) -> int:
    ways = [stop.travel_minutes for stop in day.stops[max(1, i) : i + 2]]
    return min(ways, default=0)
