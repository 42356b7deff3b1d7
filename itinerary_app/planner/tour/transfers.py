"""When one leaves a city for the next, and arrives there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from itinerary_app.catalogue.anchors import middle
from itinerary_app.catalogue.hops import hop, least_minutes
from itinerary_app.catalogue.zones import zone_of
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    CHECKING_IN,
    COMING_OUT,
    Anchor,
    City,
    Place,
    PlanRequest,
    Transfer,
)
from itinerary_app.planner.day.paces import shape
from itinerary_app.planner.ways.travel import Estimates
from itinerary_app.text.words import lasting

MARGIN = 30  # minutes kept free of stops before one leaves a door and after one arrives
LONG = 3 * 60  # minutes; a longer way begins an hour earlier than the day would
DAY = 24 * 60
EVENING = 21 * 60  # what is later takes nothing from the day
NIGHT = 8 * 60  # minutes of daytime that a night in a bed is worth
EARLIEST, LATEST = 6 * 60, 23 * 60 + 30  # of arriving
GRAIN = 30
GATE_GRAIN = 5
SOME_DAY = date(2027, 1, 13)  # for clocks, where dates are open


@dataclass(frozen=True, slots=True)
class Town:
    """A city with its places."""

    city: City
    places: Sequence[Place]


@dataclass(frozen=True, slots=True)
class _Way:
    """A way from door to door: to the gateway, the `ride`, and from that of the next
    city.
    """

    mode: str
    known: bool
    before: int
    ride: int
    after: int
    origin: Anchor | None
    target: Anchor | None

    @property
    def minutes(self) -> int:
        return self.before + self.ride + self.after


def transfer(
    one: Town, other: Town, request: PlanRequest, day: int, ready: int
) -> Transfer:
    """The way that arrives on this day, so that it takes the least of the days.

    By default one leaves in the morning and sees the next city in the afternoon. Who
    would lose the whole day leaves the day before, if `ready` then (minutes after
    midnight), and travels through the night.
    CannotPlan if the way is too long for both.
    """
    way, on = _way(one, other), request.date_of(day)
    start = request.day_start
    if start is None:
        start = shape(request.pace).start
    morning = start - 60 * (way.minutes > LONG and request.day_start is None)
    eve = range(ready - DAY, -60 - way.before, GRAIN)
    found: list[tuple[int, int, int]] = []
    for door in (*range(morning, EVENING, GRAIN), *eve):
        leave = door + way.before
        arrive = _arrives(one.city, other.city, on, leave, way.ride)
        if not EARLIEST <= arrive <= LATEST - way.after:
            continue
        lost = max(0, min(arrive + way.after, EVENING) - start)
        if leave < 0:
            lost += NIGHT + max(0, EVENING - (door + DAY - MARGIN))
        found.append((lost, -leave, arrive))
    if not found:
        raise CannotPlan(
            f"The way from {one.city.name} to {other.city.name} takes about "
            f"{lasting(way.minutes)}: it does not fit between days of sightseeing. "
            f"Leave out {other.city.name}, or have more days in {one.city.name}."
        )
    _, early, arrive = min(found)
    return Transfer(
        way.mode, way.ride, -early, arrive, way.known, way.origin, way.target
    )


def ready_after(way: Transfer) -> int:
    """When one who has come in is ready for what comes next."""
    return way.out if way.target else way.arrive + MARGIN


def _way(one: Town, other: Town) -> _Way:
    """The usual way, of which the time at gateways and to them is a part."""
    usual = hop(one.city, other.city)
    origin, target = usual.gate(one.city), usual.gate(other.city)
    before = CHECKING_IN[origin.kind] + _to_gate(one, origin) if origin else 0
    after = COMING_OUT[target.kind] + _to_gate(other, target) if target else 0
    before, after = _whole(before), _whole(after)
    ride = usual.minutes - before - after
    least = least_minutes(usual, origin, target) if origin and target else ride
    known = usual.known and ride >= least
    return _Way(usual.mode, known, before, max(ride, least), after, origin, target)


def _to_gate(town: Town, gate: Anchor) -> int:
    """The minutes from the middle of the city."""
    centre = middle(town.city, town.places)
    return Estimates().ways((centre, gate), ()).minutes(centre, gate)


def _whole(minutes: int) -> int:
    return -(-minutes // GATE_GRAIN) * GATE_GRAIN


def _arrives(one: City, other: City, on: date | None, leave: int, minutes: int) -> int:
    """When it is there, by the clock there, who leaves at that minute of the date."""
    midnight = datetime.combine(on or SOME_DAY, time())
    zones = zone_of(one), zone_of(other)
    if zones[0] is None or zones[1] is None:  # by the sun, to the hour
        return leave + minutes + round((other.lon - one.lon) / 15) * 60
    start = (midnight + timedelta(minutes=leave)).replace(tzinfo=zones[0])
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zones[1])
    return int((end.replace(tzinfo=None) - midnight).total_seconds()) // 60
