"""The rules that every plan keeps: told anew here, and as the checker has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from opening_hours import OpeningHours

from itinerary_app.catalogue.holidays import holiday, region
from itinerary_app.catalogue.mealtimes import usual
from itinerary_app.checker import checks_of
from itinerary_app.model import (
    Access,
    Category,
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
    Way,
)

HOURS = {
    Pace.RELAXED: (600, 1245),
    Pace.MODERATE: (540, 1260),
    Pace.PACKED: (510, 1290),
}
MEAL_WAY = 25
INSISTED = ("near", "hours")  # what gives way to a place that was asked for by name


def assert_kept(
    itinerary: Itinerary, request: PlanRequest, places: tuple[Place, ...]
) -> None:
    """Fail on the first rule that the plan breaks."""
    known = {place.id: place for place in places}
    ids = [stop.place.id for stop in itinerary.stops]
    assert len(ids) == len(set(ids)), "a place occurs twice"
    assert set(ids) <= set(known)
    numbers = [day.number for day in itinerary.days]
    assert numbers == list(range(request.first, request.last + 1))
    for day in itinerary.days:
        assert day.date == request.date_of(day.number)
        _assert_window(day, request, itinerary.city.country)
        _assert_times(day)
        for stop in day.stops:
            _assert_open(stop, day, region(itinerary.city))
            _assert_wanted(stop, known[stop.place.id], request)
        _assert_meals(day, request, itinerary.city.country)
    _assert_spending(itinerary, request, places)
    told = " ".join(itinerary.notes)
    for place_id in set(request.must_see) - set(ids):
        assert known[place_id].name in told, "a must-see is missing and nothing says so"


def _assert_window(day: Day, request: PlanRequest, country: str) -> None:
    start, end = HOURS[day.pace]
    if Interest.NIGHTLIFE in request.interests:
        end = 1410
    start = next(it for it in (day.start, request.day_start, start) if it is not None)
    if StopKind.DINNER not in (*request.skipped, *day.skipped):
        soon = usual(country)[StopKind.DINNER].earliest + 30
        end = max(end, dict(request.meal_times).get(StopKind.DINNER, soon) + 75)
    end = next(it for it in (day.end, request.day_end, end) if it is not None)
    if day.number == request.first:
        start = max(start, request.arrive or 0)
    if day.number == request.last and request.depart is not None:
        end = min(end, request.depart)
    since = [day.start if day.start is not None else request.day_start]
    until = [day.end if day.end is not None else request.day_end]
    since.append(request.arrive if day.number == request.first else None)
    until.append(request.depart if day.number == request.last else None)
    if day.stops:
        assert day.leaves is not None
        assert day.back is not None
        assert day.stops[0].arrive >= start
        assert day.stops[-1].leave <= end
        assert all(day.leaves >= it for it in since if it is not None)
        assert all(day.back <= it for it in until if it is not None)


def _assert_times(day: Day) -> None:
    for before, stop in pairwise(day.stops):
        assert stop.arrive >= before.leave + stop.travel_minutes
        assert stop.travel_minutes >= 1
    for stop in day.stops:
        assert stop.reason
        assert stop.arrive < stop.leave


def _assert_open(stop: Stop, day: Day, where: str) -> None:
    if stop.place.hours is None:
        return
    rules = stop.place.hours.split(";")
    if day.date is None and "unknown" in stop.place.hours:
        return
    usual = ";".join(rule for rule in rules if "PH" not in rule)
    if day.date and holiday(day.date, where):
        return  # the checker's part
    if day.date:
        midnights = [datetime.combine(day.date, time())]
        hours = _read(usual)
    else:
        mondays = datetime(2025, 1, 13), datetime(2025, 7, 7)
        midnights = [it + timedelta(n) for it in mondays for n in range(7)]
        hours = _read(usual)
    opened = 0
    for midnight in midnights:
        noon = midnight + timedelta(hours=6)
        if not day.date and all(
            hours.is_closed(noon + timedelta(minutes=15 * n)) for n in range(72)
        ):
            continue
        opened += 1
        for minute in (stop.arrive, (stop.arrive + stop.leave) // 2, stop.leave - 1):
            assert not hours.is_closed(midnight + timedelta(minutes=minute)), (
                f"{stop.place.name} is closed then"
            )
    assert opened


@lru_cache
def _read(hours: str) -> OpeningHours:
    return OpeningHours(hours, auto_country=False, auto_timezone=False)


def _assert_wanted(stop: Stop, place: Place, request: PlanRequest) -> None:
    if Mobility.STEP_FREE in request.mobility:
        assert place.access is not Access.NO
    if Mobility.LESS_WALKING in request.mobility and stop.travel_mode == "walk":
        way = place.approach  # a climb that was planned before the wish may stay
        climb = way.minutes if way and way.way is Way.CLIMB else 0
        assert stop.travel_minutes - climb <= 11
    if stop.kind is not StopKind.VISIT:
        served = set(place.diets)
        if Diet.VEGAN in served:
            served.add(Diet.VEGETARIAN)
        assert served >= set(request.diets)
    if place.id in request.must_see:
        return
    assert place.id not in request.excluded
    assert place.category not in request.avoid
    if place.category is Category.BAR:
        assert Interest.NIGHTLIFE in request.interests


def _assert_meals(day: Day, request: PlanRequest, country: str) -> None:
    insisted = {*request.must_see, *request.locked}
    kinds = Counter(stop.kind for stop in day.stops)
    for kind, (earliest, latest, _) in usual(country).items():
        assert kinds[kind] <= (kind not in (*request.skipped, *day.skipped))
        if kind is StopKind.DINNER and _has_show(day, earliest, latest + 75):
            earliest, latest = earliest - 90, latest + 90
        if stated := dict(request.meal_times).get(kind):
            earliest = latest = stated
        for i, stop in enumerate(day.stops):
            if stop.kind is not kind:
                continue
            assert earliest <= stop.arrive <= latest
            around = [*(it.travel_minutes for it in day.stops), day.back_minutes]
            ways = around[i : i + 2]
            if len(day.stops) > 1 and not insisted & {it.place.id for it in day.stops}:
                assert min(ways, default=0) <= MEAL_WAY


def _has_show(day: Day, since: int, until: int) -> bool:
    return any(
        it.place.category is Category.SHOW and it.arrive < until and since < it.leave
        for it in day.stops
        if it.kind is StopKind.VISIT
    )


def _assert_spending(
    itinerary: Itinerary, request: PlanRequest, places: tuple[Place, ...]
) -> None:
    if request.spend_limit is None:
        return
    counts = Counter(place.currency for place in places if place.currency)
    currency = max(counts, key=lambda it: (counts[it], it), default=None)
    paid = {
        (stop.place.site or stop.place.id, stop.place.price)
        for stop in itinerary.stops
        if stop.place.currency == currency and stop.place.price
    }
    assert sum(price for _, price in paid) <= request.spend_limit


def unexcused(
    itinerary: Itinerary,
    request: PlanRequest,
    places: tuple[Place, ...] | Mapping[str, tuple[Place, ...]],
    *,
    before: Itinerary | None = None,
) -> list[str]:
    """What the checker finds and no note tells, in words."""
    return [
        finding.words
        for promise in checks_of(itinerary, request, places, before=before)
        for finding in promise.findings
        if not (promise.key in INSISTED and finding.asked)
        and not _is_told(finding.place, itinerary)
    ]


def _is_told(name: str | None, itinerary: Itinerary) -> bool:
    told = (it for it in itinerary.notes if "left out" in it or "no room" in it)
    return name is not None and any(name in note for note in told)
