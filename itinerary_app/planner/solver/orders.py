"""The order of a day's stops with the least travel, found exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from itinerary_app.planner.day import options
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Option
from itinerary_app.planner.day.timetable import Route, rim, travel

MOST = 9  # stops; more would take too long, and no day has them but by edits


class _Part(NamedTuple):
    """A way through some of the stops, ending at `option`."""

    travel: int  # minutes
    free: int  # when the last of them ends
    option: Option
    before: _Part | None


def shortest(route: Route, frame: Frame) -> Route:
    """The route in the order that travels least within the windows and the rest.

    Grows sets of stops, and keeps of the ways through each set to the same last stop
    those that no other one beats in both travel and time.
    """
    n = len(route)
    if not 1 < n <= MOST:
        return route
    minutes = [[frame.ways.minutes(a.place, b.place) for b in route] for a in route]
    gaps = [[frame.gap(it) for it in row] for row in minutes]
    ways = [_ways(option, frame) for option in route]
    inward = [rim((option,), replace(frame, target=None)) for option in route]
    outward = [rim((option,), replace(frame, origin=None)) for option in route]
    limit = travel(route, frame)
    parts: dict[tuple[int, int], list[_Part]] = {}
    for i in range(n):
        _add(
            parts,
            (1 << i, i),
            _next(ways[i], frame.begins(route[i].place), frame, inward[i], None),
        )
    for done in range(1, (1 << n) - 1):
        for last in range(n):
            for part in parts.get((done, last), ()):
                for i in range(n):
                    far = part.travel + minutes[last][i]
                    if done >> i & 1 or far >= limit:
                        continue
                    free = part.free + gaps[last][i]
                    longer = _next(ways[i], free, frame, far, part)
                    _add(parts, (done | 1 << i, i), longer)
    full = (1 << n) - 1
    whole = [
        part._replace(travel=part.travel + outward[i])
        for i in range(n)
        for part in parts.get((full, i), ())
        if part.free <= frame.ends(route[i].place)
    ]
    if not whole:
        return route
    return _route(min(whole, key=lambda part: (part.travel, part.free)))


def _ways(option: Option, frame: Frame) -> tuple[Option, ...]:
    """The windows that the stop could be in as well, at the same length."""
    if option.earliest == option.latest:
        return (option,)
    others = options.of_kind(option.place, option.kind, option.prize, [frame])
    same = (
        it
        for it in others
        if it.minutes == option.minutes and it.lunch == option.lunch and it != option
    )
    return (option, *same)


def _next(
    ways: Sequence[Option], free: int, frame: Frame, far: int, before: _Part | None
) -> _Part | None:
    """The stop as early as it can be after `free`; None if it is too late for it."""
    best: _Part | None = None
    for option in ways:
        start = max(free, option.earliest)
        end = start + option.minutes
        if start > option.latest or end > frame.end:
            continue
        if best is None or end < best.free:
            best = _Part(far, end, option, before)
    return best


def _add(
    parts: dict[tuple[int, int], list[_Part]],
    key: tuple[int, int],
    new: _Part | None,
) -> None:
    if new is None:
        return
    rivals = parts.setdefault(key, [])
    if any(it.travel <= new.travel and it.free <= new.free for it in rivals):
        return
    rivals[:] = [it for it in rivals if it.travel < new.travel or it.free < new.free]
    rivals.append(new)


def _route(part: _Part) -> Route:
    found: list[Option] = []
    last: _Part | None = part
    while last is not None:
        found.append(last.option)
        last = last.before
    return tuple(reversed(found))
