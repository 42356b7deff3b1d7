"""When one leaves a city for the next, and arrives there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from itinerary_app.catalogue.hops import hop
from itinerary_app.catalogue.zones import zone_of
from itinerary_app.errors import CannotPlan
from itinerary_app.model import City, PlanRequest, Transfer
from itinerary_app.planner.day.paces import shape
from itinerary_app.text.words import lasting

MARGIN = 30  # minutes kept free of stops before one leaves and after one arrives
LONG = 3 * 60  # minutes; a longer way begins an hour earlier than the day would
DAY = 24 * 60
EVENING = 21 * 60  # what is later takes nothing from the day
NIGHT = 8 * 60  # minutes of daytime that a night in a bed is worth
EARLIEST, LATEST = 6 * 60, 23 * 60 + 30  # of arriving
GRAIN = 30
SOME_DAY = date(2027, 1, 13)  # for clocks, where dates are open


def transfer(
    one: City, other: City, request: PlanRequest, day: int, ready: int
) -> Transfer:
    """The way that arrives on this day, so that it takes the least of the days.

    By default one leaves in the morning and sees the next city in the afternoon. Who
    would lose the whole day leaves the day before, if `ready` then (minutes after
    midnight), and travels through the night.
    CannotPlan if the way is too long for both.
    """
    way, on = hop(one, other), request.date_of(day)
    start = request.day_start
    if start is None:
        start = shape(request.pace).start
    morning = start - 60 * (way.minutes > LONG and request.day_start is None)
    found: list[tuple[int, int, int]] = []
    for leave in (*range(morning, EVENING, GRAIN), *range(ready - DAY, -60, GRAIN)):
        arrive = _arrives(one, other, on, leave, way.minutes)
        if not EARLIEST <= arrive <= LATEST:
            continue
        lost = max(0, min(arrive, EVENING) - start)
        if leave < 0:
            lost += NIGHT + max(0, EVENING - (leave + DAY - MARGIN))
        found.append((lost, -leave, arrive))
    if not found:
        raise CannotPlan(
            f"The way from {one.name} to {other.name} takes about "
            f"{lasting(way.minutes)}: it does not fit between days of sightseeing. "
            f"Leave out {other.name}, or have more days in {one.name}."
        )
    _, early, arrive = min(found)
    return Transfer(way.mode, way.minutes, -early, arrive, way.known)


def _arrives(one: City, other: City, on: date | None, leave: int, minutes: int) -> int:
    """When it is there, by the clock there, who leaves at that minute of the date."""
    midnight = datetime.combine(on or SOME_DAY, time())
    zones = zone_of(one), zone_of(other)
    if zones[0] is None or zones[1] is None:  # by the sun, to the hour
        return leave + minutes + round((other.lon - one.lon) / 15) * 60
    start = (midnight + timedelta(minutes=leave)).replace(tzinfo=zones[0])
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zones[1])
    return int((end.replace(tzinfo=None) - midnight).total_seconds()) // 60
