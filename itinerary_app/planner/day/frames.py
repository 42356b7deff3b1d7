"""What each day allows: its date, its window and ends, its pace, the city's ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from itinerary_app.catalogue.anchors import Anchors
from itinerary_app.catalogue.holidays import region
from itinerary_app.catalogue.light import daylight
from itinerary_app.catalogue.mealtimes import MealTime, usual
from itinerary_app.model import (
    CHECKING_IN,
    COMING_OUT,
    Anchor,
    Category,
    City,
    Day,
    Pace,
    Part,
    Place,
    PlanRequest,
    Stop,
    StopKind,
)
from itinerary_app.planner.day import paces
from itinerary_app.planner.day.paces import GRAIN
from itinerary_app.planner.day.terms import Terms
from itinerary_app.planner.ways.travel import Ways

SHORT = 4 * 60  # minutes; a day of less may stay empty
SHORTEST_VISIT = 30  # minutes
UNHURRIED = 30  # minutes by which dinner may begin late
BENDS = 90  # minutes by which dinner is earlier or later for a show
CROWDED_REST = 5  # minutes; what the traveller insists on may cost the rest
PARTS = {
    Part.MORNING: (0, 12 * 60),
    Part.AFTERNOON: (13 * 60, 18 * 60),
    Part.EVENING: (18 * 60, 30 * 60),
}
NOON = (12 * 60, 13 * 60)  # of no part: an early lunch before a free afternoon


@dataclass(frozen=True, slots=True)
class Frame:
    """The limits of a day. Times are minutes after midnight.

    No stop is before `start` nor after `end`. Where the traveller told the hours, one
    leaves `origin` at `leave` at the earliest and is at `target` by `back`; the usual
    hours of a pace leave the first and the last way out.
    """

    number: int
    pace: Pace
    start: int
    end: int
    visits: int  # at most; meals come on top
    rest: int  # minutes at least between two stops, on top of travel
    ways: Ways = field(compare=False, repr=False)
    earliest: int = 0  # nothing makes it begin before
    latest: int = paces.NIGHT_END  # nor end after
    region: str = ""  # whose holidays count
    light: tuple[int, int] | None = None  # sunrise and sunset
    origin: Anchor | None = None
    target: Anchor | None = None
    leave: int | None = None
    back: int | None = None
    prompt: bool = False  # the traveller named the start, so nothing is slept away
    date: date | None = None
    asked: tuple[int | None, int | None] = (None, None)  # for this day only
    free: tuple[Part, ...] = ()  # for this day only, as the next two
    rests: tuple[tuple[int, int], ...] = ()
    skipped: tuple[StopKind, ...] = ()
    terms: Terms = field(default=Terms(), compare=False, repr=False)
    country: str = ""  # whose meal times are the usual ones
    bends: bool = False  # whether dinner makes way for a show
    # By place: minutes that a visit is worse by here, as what is near is on other days.
    apart: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def unasked(self) -> Frame:
        """Without what the traveller fixed about stops and parts of the day."""
        return replace(self, terms=Terms(), free=(), rests=())

    @property
    def is_short(self) -> bool:
        return self.room < SHORT

    @property
    def room(self) -> int:
        """Minutes that may have stops."""
        taken = (
            max(0, min(self.end, end) - max(self.start, start))
            for start, end in self.blocked
        )
        return self.end - self.start - sum(taken)

    @property
    def blocked(self) -> list[tuple[int, int]]:
        """When there must be no stop."""
        parts = [PARTS[part] for part in self.free]
        if {Part.MORNING, Part.AFTERNOON} <= {*self.free}:
            parts.append(NOON)
        return [*parts, *self.rests]

    def begins(self, place: Place) -> int:
        """When the day's first stop can begin, if it is there."""
        if self.leave is None or self.origin is None:
            return self.start
        way = _whole(self.ways.minutes(self.origin, place))
        return max(self.start, self.leave + way)

    def ends(self, place: Place) -> int:
        """When the day's last stop must be over, if it is there."""
        if self.back is None or self.target is None:
            return self.end
        return min(self.end, self.back - _whole(self.ways.minutes(place, self.target)))

    def holds(self, stops: Sequence[Stop]) -> bool:
        """Whether the day has time for these stops and the ways around them."""
        if not stops:
            return True
        first, last = stops[0], stops[-1]
        return self.begins(first.place) <= first.arrive and (
            last.leave <= self.ends(last.place)
        )

    def leaving(self, stop: Stop) -> int:
        """When one leaves for the day's first stop at the latest."""
        way = self.ways.minutes(self.origin, stop.place) if self.origin else 0
        return max(0, stop.arrive - _whole(way))

    def returning(self, stop: Stop) -> int:
        """When one is back from the day's last stop."""
        way = self.ways.minutes(stop.place, self.target) if self.target else 0
        return stop.leave + _whole(way)

    @property
    def is_lit(self) -> bool:
        """Whether the sun is up for a visit at least."""
        rises, sets = self.light or (0, paces.NIGHT_END)
        return min(self.end, sets) - max(self.start, rises) >= SHORTEST_VISIT

    def serves(self, kind: StopKind) -> bool:
        """Whether the meal is to be had on this day."""
        return kind not in self.skipped and kind not in self.terms.skipped

    def meal(self, kind: StopKind) -> MealTime:
        """When the meal begins: at a time of the traveller's own, or as is usual."""
        time = usual(self.country)[kind]
        at = self.terms.meal_times.get(kind)
        if at is not None:
            return time._replace(earliest=at, latest=at)
        if self.bends and kind is StopKind.DINNER:
            early, late = time.earliest - BENDS, time.latest + BENDS
            return time._replace(earliest=early, latest=late)
        return time

    def has_time_for(self, kind: StopKind) -> bool:
        """Whether the meal is to be had on this day, and its hours have room for it."""
        time = self.meal(kind)
        return self.serves(kind) and any(
            max(self.start, time.earliest, begin)
            <= min(time.latest, self.end - time.minutes, end - time.minutes)
            for begin, end in self._open
        )

    @property
    def _open(self) -> list[tuple[int, int]]:
        """The times between those that are blocked."""
        ends = [0, *(it for span in sorted(self.blocked) for it in span), 48 * 60]
        return list(zip(ends[::2], ends[1::2], strict=True))

    def gap(self, travel: int) -> int:
        """Minutes from the end of a stop to the start of the next, at least."""
        return _whole(travel) + self.rest


def for_request(
    request: PlanRequest,
    ways: Ways,
    city: City,
    anchors: Anchors,
    before: Mapping[int, Day],
    numbers: Sequence[int],
) -> list[Frame]:
    """Days of a new plan; what was asked for those of the plan `before` holds on."""
    days = [
        replace(before[number], pace=request.pace, stops=())
        if number in before
        else Day(number, request.pace, ())
        for number in numbers
    ]
    return [_frame(request, ways, city, anchors, day, request.days) for day in days]


def around(frame: Frame, stops: Sequence[Stop]) -> Frame:
    """The frame with room for these stops, as far as the traveller's hours allow."""
    if not stops:
        return frame
    visits = sum(stop.kind is StopKind.VISIT for stop in stops)
    wide = replace(frame, visits=max(frame.visits, visits), rest=0)
    start, end = frame.asked
    first = min(stops, key=lambda it: it.arrive)
    last = max(stops, key=lambda it: it.leave)
    if frame.earliest <= first.arrive < frame.start:
        wide, start = replace(wide, start=first.arrive), frame.leaving(first)
    if frame.end < last.leave <= frame.latest:
        wide, end = replace(wide, end=last.leave), frame.returning(last)
    return replace(wide, asked=(start, end))


def for_day(
    request: PlanRequest,
    ways: Ways,
    city: City,
    anchors: Anchors,
    day: Day,
    count: int,
) -> Frame:
    """The limits of one of `count` days; it may have more visits than usual by now."""
    usual = _frame(request, ways, city, anchors, day, count)
    visits = sum(stop.kind is StopKind.VISIT for stop in day.stops)
    return replace(usual, visits=max(usual.visits, visits))


def crowded(frame: Frame) -> tuple[Frame, ...]:
    """The frame, then with less rest, then with a late evening if nothing forbids."""
    hurried = replace(frame, rest=min(frame.rest, CROWDED_REST))
    if frame.latest < paces.NIGHT_END or frame.end >= frame.latest:
        return frame, hurried
    start, _ = frame.asked
    late = replace(hurried, end=frame.latest, asked=(start, frame.latest))
    return frame, hurried, late


def _frame(
    request: PlanRequest,
    ways: Ways,
    city: City,
    anchors: Anchors,
    day: Day,
    count: int,
) -> Frame:
    pace = paces.shape(day.pace, request.interests, request.children)
    terms = Terms.of(request)
    start = day.start if day.start is not None else request.day_start
    end = day.end if day.end is not None else request.day_end
    earliest = start or 0
    latest = end if end is not None else paces.NIGHT_END
    told_start, told_end = start is not None, end is not None
    number = day.number - request.first + 1
    origin = anchors.night(max(1, number - 1), count)
    target = anchors.night(number, count)
    if day.number == request.first and request.arrive is not None:
        origin, told_start = anchors.arrival or origin, True
        earliest = max(earliest, request.arrive + COMING_OUT.get(origin.kind, 0))
    if day.number == request.first + count - 1 and request.depart is not None:
        target, told_end = anchors.departure or target, True
        latest = min(latest, request.depart - checking_in(request, target))
    earliest = -(-earliest // GRAIN) * GRAIN
    if end is None:
        end = max(pace.end, _dinner_ends(terms, city, day))
    return Frame(
        number=day.number,
        pace=day.pace,
        start=max(earliest, pace.start if start is None else start),
        end=min(end, latest),
        earliest=earliest,
        visits=pace.visits,
        rest=pace.rest,
        ways=ways,
        latest=latest,
        region=region(city),
        light=daylight(city, request.date_of(day.number)),
        origin=origin,
        target=target,
        leave=earliest if told_start else None,
        back=latest if told_end else None,
        prompt=start is not None,
        date=request.date_of(day.number),
        asked=(day.start, day.end),
        free=day.free,
        rests=day.rests,
        skipped=day.skipped,
        terms=terms,
        country=city.country,
        bends=any(is_at_dinner(it, city.country) for it in day.stops),
    )


def is_at_dinner(stop: Stop, country: str) -> bool:
    """Whether it is a show at the usual time of dinner."""
    dinner = usual(country)[StopKind.DINNER]
    return (
        stop.kind is StopKind.VISIT
        and stop.place.category is Category.SHOW
        and stop.arrive < dinner.latest + dinner.minutes
        and dinner.earliest < stop.leave
    )


def checking_in(request: PlanRequest, target: Anchor) -> int:
    """Minutes from being there to the stated time of departure."""
    return 0 if request.depart_there else CHECKING_IN.get(target.kind, 0)


def _whole(minutes: int) -> int:
    """A way's minutes as a timetable has them."""
    return -(-minutes // GRAIN) * GRAIN


def _dinner_ends(terms: Terms, city: City, day: Day) -> int:
    """When a dinner is over that begins at a time of the traveller's own, or soon
    after the usual one.
    """
    if StopKind.DINNER in (*terms.skipped, *day.skipped):
        return 0
    dinner = usual(city.country)[StopKind.DINNER]
    soon = dinner.earliest + UNHURRIED
    return terms.meal_times.get(StopKind.DINNER, soon) + dinner.minutes
