"""Where on a day a stop is to stand, and what its place allows there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from itinerary_app.acts.values import minutes_of
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Anchor, Category, Day, Part, Place, Stop, StopKind
from itinerary_app.planner.change.plan import Plan
from itinerary_app.planner.day import options, paces
from itinerary_app.planner.day.frames import PARTS, Frame
from itinerary_app.planner.day.options import MEALS, Choice, Option
from itinerary_app.planner.day.paces import GRAIN
from itinerary_app.planner.day.timetable import Route
from itinerary_app.text.clock import clock
from itinerary_app.text.dates import in_words
from itinerary_app.text.words import listed

NEVER = 48 * 60  # minutes; no day lasts until then
LONG_WAY = 60  # minutes, to a place that is not chosen yet


@dataclass(frozen=True, slots=True)
class Spot:
    """Where on a day a stop is to stand; nothing set: wherever it fits best."""

    part: Part | None = None
    after: str | None = None
    before: str | None = None
    time: int | None = None  # minutes after midnight

    last: bool = False
    first: bool = False

    @property
    def is_free(self) -> bool:
        return self == Spot()

    def positions(
        self, ids: Sequence[str], ends_with_meal: bool
    ) -> Iterator[Collection[int] | None]:
        """The positions among these places that are the spot, the best ones first."""
        if self.after in ids:
            yield [ids.index(self.after) + 1]
        elif self.before in ids:
            yield [ids.index(self.before)]
        elif self.first:
            yield [0]
        elif self.last:
            yield [len(ids)]
            if ends_with_meal:  # the last thing before dinner
                yield [len(ids) - 1]
        else:
            yield None

    def holds(self, place_id: str, route: Route, *, loosely: bool = False) -> bool:
        """Whether the place stands at the spot; `loosely`: but for meals between."""
        named = {place_id, self.after, self.before}
        ids = [
            it.place.id
            for it in route
            if not loosely or it.kind not in MEALS or it.place.id in named
        ]
        if place_id not in ids:
            return True  # a meal that is still to find its place
        if self.after in ids:
            return ids.index(place_id) == ids.index(self.after) + 1
        if self.before in ids:
            return ids.index(place_id) == ids.index(self.before) - 1
        if self.first:
            return route[0].place.id == place_id
        if self.last:
            last = [it.place.id for it in route if it.kind not in MEALS][-1:]
            return place_id in (*last, route[-1].place.id)
        return True

    @property
    def words(self) -> str:
        if self.time is not None:
            return f" at {clock(self.time)}"
        if self.first or self.last:
            return " as the last stop" if self.last else " as the first stop"
        return f" in the {self.part}" if self.part else ""


def spot_of(part: Part | None, after: object, before: object, time: str | None) -> Spot:
    return Spot(
        part,
        None if after is None else id_of(after),
        None if before is None else id_of(before),
        None if time is None else minutes_of(time),
    )


def id_of(stop: object) -> str:
    if isinstance(stop, str):
        return stop
    raise TypeError(f"{stop!r} is not resolved.")


def day_number(day: int | str | None) -> int | None:
    if day is None or isinstance(day, int):
        return day
    raise TypeError(f"{day!r} is not resolved.")


def offered(
    plan: Plan,
    day: Day,
    place: Place,
    spot: Spot,
    frame: Frame,
    stop: Stop | None = None,
) -> tuple[Frame, tuple[Option, ...]]:
    """What the place can be at the spot, in a frame that has room for its time."""
    if spot.time is not None:
        terms = replace(frame.terms, times={**frame.terms.times, place.id: spot.time})
        frame = replace(frame, terms=terms)
    fitting = at(possible(plan, place, day, frame, stop), spot, frame)
    if not fitting and spot.part is not None:
        found = possible(plan, place, day, frame, stop, wide=True)
        fitting = at(found, spot, frame)
    if not fitting:
        raise CannotPlan(_closed(plan, place, spot, frame, stop))
    if spot.time is not None:
        frame = roomy(plan, day, frame, spot.time, fitting[0].minutes, place)
    elif spot.part is Part.EVENING:
        frame = replace(frame, end=min(frame.latest, max(frame.end, paces.NIGHT_END)))
    return frame, fitting


def for_a_show(frame: Frame, choices: Sequence[Choice]) -> Frame:
    """The frame, where dinner makes way if all that may come are shows."""
    shows = all(it.place.category is Category.SHOW for it in choices)
    return replace(frame, bends=frame.bends or shows) if choices else frame


def possible(
    plan: Plan,
    place: Place,
    day: Day,
    frame: Frame,
    stop: Stop | None = None,
    *,
    wide: bool = False,
) -> tuple[Option, ...]:
    """What the place can be on this day; as a stop that was planned, what it was."""
    wishes = plan.wishes(stop)
    prize = plan.brief.taste.prize(place)
    if stop is not None and stop.kind is not StopKind.VISIT:
        return options.meals(place, prize, [frame], (stop.kind,))
    if stop is not None:
        now = stop.leave - stop.arrive
        for far in (wide, True):
            found = options.visits(place, prize, [frame], wide=far)
            if found:
                stated = frame.terms.stays.get(place.id)
                same = tuple(it for it in found if it.minutes == now)
                return found if stated else same or found
        return ()
    return wishes.possible(place, day, frame, prize, wide=wide)


def _closed(
    plan: Plan, place: Place, spot: Spot, frame: Frame, stop: Stop | None
) -> str:
    is_meal = place.category is Category.RESTAURANT or (
        stop is not None and stop.kind is not StopKind.VISIT
    )
    if is_meal and spot.is_free and stop is None:
        return (
            f"{place.name} fits no open meal of day {frame.number}. Swap its lunch or "
            "dinner instead."
        )
    unhindered = replace(frame, free=(), rests=())
    if frame.blocked and options.visits(place, 0, [unhindered]):
        rests = [f"{clock(start)}–{clock(end)}" for start, end in frame.rests]
        what = f"Day {frame.number}"
        if {*frame.free} != {*Part}:
            what = f"{listed([*frame.free, *rests]).capitalize()} of day {frame.number}"
        return f"{what} is kept free. Give it up first."
    if is_meal:
        return f"{place.name} serves no meal on day {frame.number}{spot.words}."
    if spot.time is not None or spot.part is not None:
        return f"{place.name} is closed{on(frame)}{spot.words}."
    if frame.date:
        return f"{place.name} is closed{on(frame)}."
    return f"{place.name} is never open at a time that fits."


def on(frame: Frame) -> str:
    if frame.date:
        return f" on {in_words(frame.date)}"
    return f" on day {frame.number}"


def at(found: Sequence[Option], spot: Spot, frame: Frame) -> tuple[Option, ...]:
    """The options at the spot's part of the day or time."""
    start, end = PARTS[spot.part] if spot.part else (0, NEVER)
    if spot.time is not None:
        found = [it for it in found if it.earliest <= spot.time <= it.latest]
        return tuple(replace(it, earliest=spot.time, latest=spot.time) for it in found)
    # To begin in a part is enough: a long visit may last beyond it.
    within = (options.within(it, start, end + it.minutes - 1) for it in found)
    return tuple(it for it in within if it)


def roomy(
    plan: Plan,
    day: Day,
    frame: Frame,
    begins: int,
    minutes: int,
    place: Place | None = None,
) -> Frame:
    """The day's frame with room for what begins at a stated time.

    The newest wish counts more than the day's hours, but not more than when the
    traveller arrives and departs.
    """
    start, end = day.start, day.end
    ends = begins + minutes
    if begins < (frame.begins(place) if place else frame.start):
        start = max(0, begins - _way(frame.origin, place, frame))
    if ends > (frame.ends(place) if place else frame.end):
        end = ends + _way(frame.target, place, frame)
    if (start, end) == (day.start, day.end):
        return frame
    wide = plan.frame(replace(day, start=start, end=end))
    if begins < wide.start:
        raise CannotPlan(f"Day {day.number} begins at {clock(wide.start)} only.")
    if ends > wide.end:
        raise CannotPlan(f"Day {day.number} is over at {clock(wide.end)}.")
    if place and wide.origin and begins < wide.begins(place):
        raise CannotPlan(
            f"On day {day.number} one comes from {wide.origin.name} and is at "
            f"{place.name} at {clock(wide.begins(place))} at the earliest."
        )
    if place and wide.target and ends > wide.ends(place):
        raise CannotPlan(
            f"On day {day.number} one has to leave {place.name} by "
            f"{clock(wide.ends(place))} for {wide.target.name}."
        )
    return replace(
        wide,
        start=max(wide.start, min(frame.start, begins)),
        end=min(wide.end, max(frame.end, ends)),
        terms=frame.terms,
        visits=frame.visits,
    )


def _way(end: Anchor | None, place: Place | None, frame: Frame) -> int:
    """Minutes between where the day begins or ends and the place, at most."""
    if end is None:
        return 0
    if place is None:
        return LONG_WAY
    there, back = frame.ways.minutes(end, place), frame.ways.minutes(place, end)
    return -(-max(there, back) // GRAIN) * GRAIN


def with_stay(frame: Frame, place: Place, minutes: int) -> Frame:
    terms = replace(frame.terms, stays={**frame.terms.stays, place.id: minutes})
    return replace(frame, terms=terms)
