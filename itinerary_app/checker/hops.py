"""Whether a way is told shorter than it can be."""

from __future__ import annotations

from itinerary_app.checker.subject import km
from itinerary_app.language import _, number
from itinerary_app.model import Anchor, Place, Way

# Nobody is faster along the great circle.
FASTEST_KM_H = {
    "walk": 6.0,
    "ride": 30.0,
    Way.FERRY: 70.0,
    Way.TRAIN: 150.0,
    Way.BUS: 90.0,
    Way.ROAD: 90.0,
}
SANE_SHARE = 0.6  # of the time at that speed: what is told below it is no estimate
ISLAND_KM = 6.0  # of two places that the same ferry serves: one walks or rides there
HILL_KM = 0.35  # of two places up the same climb
SAME_MINUTES = 8  # the difference between two places on one island, or hill


def why_too_short(
    minutes: int, mode: str, one: Place | Anchor, other: Place | Anchor
) -> str:
    """Why nobody gets from the one to the other in these minutes, or ""."""
    crossing = _crossing(one, other)
    if minutes < crossing:
        return _(
            "%(minutes)s min from %(one)s, of which the way there takes %(crossing)s",
            minutes=minutes,
            one=one.name,
            crossing=crossing,
        )
    far = walked_km(one, other)
    if minutes < SANE_SHARE * far / FASTEST_KM_H.get(mode, FASTEST_KM_H["ride"]) * 60:
        return _(
            "%(minutes)s min from %(one)s are too few for %(far)s km",
            minutes=minutes,
            one=one.name,
            far=number(round(far, 1)),
        )
    return ""


def walked_km(one: Place | Anchor, other: Place | Anchor) -> float:
    """Great-circle kilometres from where one comes out of the first."""
    way = one.approach
    lat, lon = (way and way.end) or (one.lat, one.lon)
    return km(lat, lon, other.lat, other.lon)


def climb(place: Place) -> int:
    """The minutes up to the place that are part of seeing it."""
    way = place.approach
    return way.minutes if way and way.way is Way.CLIMB else 0


def _crossing(one: Place | Anchor, other: Place | Anchor) -> int:
    """The minutes of ferries, trains and climbs between the two."""
    away, there = one.approach, other.approach
    minutes = 0
    if away and there and abs(away.minutes - there.minutes) <= SAME_MINUTES:
        far = km(one.lat, one.lon, other.lat, other.lon)
        if away.start is not None and away.start == there.start and far <= ISLAND_KM:
            return 0
        if away.way is Way.CLIMB and there.way is Way.CLIMB and far <= HILL_KM:
            return 0
    if away and away.way not in (Way.CLIMB, Way.WALK):
        minutes += away.minutes
    if there and there.way is not Way.WALK:
        minutes += there.minutes
    return minutes
