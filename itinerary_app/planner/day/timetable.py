"""When the stops of one day start, and in which order they waste least time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from itinerary_app.model import StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice, Option

Route = tuple[Option, ...]

EXTRA_REST = (15, 10, 5, 0)  # minutes tried on top of the pace's rest
PAUSE = 30  # minutes that nobody minds before dinner
HOLE = 45  # minutes of waiting from which on it feels wasted
LATE_START = 60  # minutes after the day's earliest start
RETURN = 30  # minutes of detour that are better than to come back to a site
REPETITION = 20  # minutes of detour that are better than three churches in a row


def start_times(route: Route, frame: Frame) -> list[int] | None:
    """When each stop starts, in minutes after midnight; None if it won't fit.

    The morning is moved towards lunch, so that waiting becomes a longer sleep,
    and the stops get as much rest between them as the day allows.
    """
    for extra in EXTRA_REST:
        roomy = replace(frame, rest=frame.rest + extra)
        times = _times(route, roomy)
        if times is not None:
            return times
    return None


def cost(route: Route, frame: Frame) -> float | None:
    """Minutes of travel, of lost mornings and of half-wasted time; None if the route
    won't fit.
    """
    times = _times(route, frame)
    if times is None:
        return None
    if not route:
        return 0.0
    gaps = _gaps(route, frame)
    holes = [
        max(0, times[i + 1] - times[i] - route[i].minutes - gaps[i] - HOLE)
        for i in range(len(gaps))
    ]
    late = max(0, times[0] - frame.begins(route[0].place) - LATE_START)
    wasted = sum(holes) / 2 + late
    return travel(route, frame) + wasted + tedium(route)


def travel(route: Route, frame: Frame) -> int:
    """Minutes on the way, those from where the day begins and to where it ends too."""
    ways = frame.ways
    between = sum(
        ways.minutes(one.place, other.place) for one, other in pairwise(route)
    )
    return between + rim(route, frame)


def rim(route: Route, frame: Frame) -> int:
    """Minutes of the first and the last way."""
    if not route:
        return 0
    ways, origin, target = frame.ways, frame.origin, frame.target
    return (ways.minutes(origin, route[0].place) if origin else 0) + (
        ways.minutes(route[-1].place, target) if target else 0
    )


def tedium(route: Route) -> int:
    """Minutes of detour that three of a kind in a row and split sites are as bad as."""
    return REPETITION * len(trios(route)) + RETURN * _returns(route)


def _returns(route: Route) -> int:
    """How often one comes back to a site after other visits; a meal is none."""
    sites = [it.place.site for it in route if it.kind is StopKind.VISIT]
    if len({*sites} - {None}) == len(sites):
        return 0
    begun = [site for site, _ in groupby(sites) if site]
    return len(begun) - len(set(begun))


def trios(route: Route) -> list[Route]:
    """The visits of a kind of which three follow each other."""
    return [
        trio
        for trio in zip(route, route[1:], route[2:], strict=False)
        if all(it.kind is StopKind.VISIT for it in trio)
        and len({it.place.category for it in trio}) == 1
    ]


def tidied(route: Route, frame: Frame) -> Route:
    """The route after moving single stops to other positions while that pays."""
    best = cost(route, frame)
    while best is not None:
        found = min(_scored(_moves(route), frame), default=None, key=lambda it: it[0])
        if found is None or found[0] >= best:
            break
        best, route = found
    return route


def inserted(route: Route, choice: Choice, frame: Frame) -> Route | None:
    """The route with the choice where it wastes least time; None if it won't fit."""
    longer = (
        (*route[:i], option, *route[i:])
        for option in choice.options
        for i in range(len(route) + 1)
    )
    found = min(_scored(longer, frame), default=None, key=lambda it: it[0])
    return found[1] if found else None


def _scored(routes: Iterator[Route], frame: Frame) -> Iterator[tuple[float, Route]]:
    for route in routes:
        score = cost(route, frame)
        if score is not None:
            yield score, route


def _moves(route: Route) -> Iterator[Route]:
    for i, option in enumerate(route):
        others = route[:i] + route[i + 1 :]
        for j in range(len(route)):
            if j != i:
                yield (*others[:j], option, *others[j:])


def _times(route: Route, frame: Frame) -> list[int] | None:
    gaps = _gaps(route, frame)
    times = _earliest(route, gaps, frame)
    if not times or frame.prompt:
        return times
    pivot = _pivot(route, times, gaps)
    if route[pivot].kind is StopKind.LUNCH:
        _delay_lunch(route, times, gaps, pivot)
    for i in range(pivot - 1, -1, -1):
        times[i] = min(route[i].latest, times[i + 1] - gaps[i] - route[i].minutes)
    return times


def _earliest(route: Route, gaps: Sequence[int], frame: Frame) -> list[int] | None:
    if frame.terms.forbid(option.place for option in route if not option.pause):
        return None
    if _eats_twice(route, frame):
        return None
    times: list[int] = []
    free = frame.begins(route[0].place) if route else frame.start
    for i, option in enumerate(route):
        start = max(free, option.earliest)
        late = start > option.latest or start + option.minutes > frame.end
        if late or frame.number not in option.days:
            return None
        times.append(start)
        free = start + option.minutes + (gaps[i] if i < len(gaps) else 0)
    if route and free > frame.ends(route[-1].place):
        return None
    return times


def _eats_twice(route: Route, frame: Frame) -> bool:
    """Whether a meal comes twice in its usual hours: one at a time of the traveller's
    own beside them does not count.
    """
    had = set()
    for option in route:
        kind = option.eats
        if kind is None or option.pause:
            continue
        if option.place.id in frame.terms.times:
            first, last = frame.meal(kind)[:2]
            if not first <= option.earliest <= last:
                continue
        if kind in had:
            return True
        had.add(kind)
    return False


def _pivot(route: Route, times: Sequence[int], gaps: Sequence[int]) -> int:
    """The stop that the ones before it are moved towards: lunch, or who waits."""
    for i, option in enumerate(route):
        if option.kind is StopKind.LUNCH:
            return i
    for i, option in enumerate(route[1:], start=1):
        if option.kind is StopKind.DINNER:
            break
        if times[i] > times[i - 1] + route[i - 1].minutes + gaps[i - 1]:
            return i
    return 0


def _delay_lunch(
    route: Route, times: list[int], gaps: Sequence[int], lunch: int
) -> None:
    """Move lunch and the afternoon later, to close the hole before the next wait."""
    delay = route[lunch].latest - times[lunch]
    for i in range(lunch + 1, len(route)):
        wait = times[i] - times[i - 1] - route[i - 1].minutes - gaps[i - 1]
        if wait > 0:
            delay = min(delay, wait - PAUSE)
            break
        delay = min(delay, route[i].latest - times[i])
    else:
        return
    for j in range(lunch, i):
        times[j] += max(0, delay)


def _gaps(route: Route, frame: Frame) -> list[int]:
    return [
        frame.gap(frame.ways.minutes(one.place, other.place))
        for one, other in pairwise(route)
    ]
