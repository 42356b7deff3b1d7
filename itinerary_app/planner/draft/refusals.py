"""Why a must-see is left out, found by trying, and what would make it fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

from itinerary_app.acts.acts import Act, Add, AddDay, Remove, SetHours, SkipMeal, Swap
from itinerary_app.acts.values import Meal
from itinerary_app.model import Category, Day, Place, Stop, StopKind, hhmm
from itinerary_app.model.fields import MAX_DAYS
from itinerary_app.planner.day import options, paces
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import MEALS, Choice
from itinerary_app.planner.day.timetable import Route, inserted, start_times
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.solver.nearness import far_meals
from itinerary_app.text.clock import clock
from itinerary_app.text.words import counted, lasting, listed

MIDNIGHT = 24 * 60
EARLIEST = 8 * 60  # minutes after midnight: when one may be asked to begin
MOST_DAYS_MORE = 6  # that are tried: each is a plan of its own


# Whether the place is in the plan once these acts are done.
Proof = Callable[[Place, tuple[Act, ...]], bool]


@dataclass(frozen=True, slots=True)
class _Relief:
    """Why, with and without what it would fit, and the acts that make it so."""

    why: str
    more: tuple[str, ...]
    less: tuple[str, ...]
    acts: tuple[Act, ...]

    @property
    def words(self) -> str:
        terms = (
            f"with {listed(self.more)}" if self.more else "",
            f"without {listed(self.less)}" if self.less else "",
        )
        told = " and ".join(filter(None, terms))
        return f"{self.why}. {told[:1].upper()}{told[1:]} it would fit"


def refusal(
    place: Place,
    days: Sequence[Day],
    frames: Sequence[Frame],
    brief: Brief,
    proves: Proof,
    *,
    many: bool = False,
) -> str:
    """The first that helps, and is proved to: longer hours, no meal, another place
    less, two of these; a day more, two places less, several days more. Where none does,
    that is what it says. Of `many` places only more days are tried, as one try serves
    them all.
    """
    add = Add(place=place.id)
    if many:
        reliefs = _days_more(place, days, brief)
    else:
        reliefs = _reliefs(place, days, frames, brief)
    for it in reliefs:
        if proves(place, it.acts) or (not many and proves(place, (*it.acts, add))):
            return f"{place.name} is left out: {it.words}."
    return f"{place.name} is left out: {_fact(place, days, brief, many=many)}."


def _reliefs(
    place: Place, days: Sequence[Day], frames: Sequence[Frame], brief: Brief
) -> Iterator[_Relief]:
    rooms = [
        _Room(place, day, replace(frame, rest=0), brief)
        for day, frame in zip(days, frames, strict=True)
    ]
    for ways in (_Room.longer, _Room.hungry, _Room.without_one, _Room.both):
        for room in rooms:
            yield from ways(room)
    more = _days_more(place, days, brief)
    yield from islice(more, 1)
    for room in rooms:
        yield from room.without_two()
    yield from more


def _days_more(place: Place, days: Sequence[Day], brief: Brief) -> Iterator[_Relief]:
    """One day more, or several, or a long one."""
    new = _new_day(place, days, brief)
    most = min(MAX_DAYS - len(days), MOST_DAYS_MORE)
    if new.fits:
        yield from map(_more_days, range(1, most + 1))
    elif most > 0:
        one = _more_days(1)
        for it in new.longer():
            more, acts = (*one.more, *it.more), (*one.acts, *it.acts)
            yield _Relief(one.why, more, (), acts)


def _more_days(count: int) -> _Relief:
    more = "a day more" if count == 1 else f"{counted(count, 'day')} more"
    why = "the days are full of what else you asked for"
    return _Relief(why, (more,), (), (AddDay(count=count),))


def _new_day(place: Place, days: Sequence[Day], brief: Brief) -> _Room:
    """A day more, with nothing in it; not that of the departure."""
    number = days[-1].number + 1
    day = Day(number, brief.request.pace, (), brief.request.date_of(number))
    return _Room(place, day, brief.frame(day, len(days) + 2), brief)


def _fact(place: Place, days: Sequence[Day], brief: Brief, *, many: bool) -> str:
    """What is so, where nothing that was tried helps."""
    new = _new_day(place, days, brief)
    if new.fits or any(new.longer()):
        tried = f"with up to {MOST_DAYS_MORE} days more"
        if not many:
            tried = f"with longer hours, without a meal or two places, or {tried}"
        return (
            "beside what else you asked for, none of your days has the time for it, "
            f"not {tried}"
        )
    way = new.frame.ways.minutes(brief.anchors.base, place)
    return (
        f"it is about {lasting(way)} away, and even from {clock(EARLIEST)} to midnight "
        "no day has the time for the way there, the visit and the way back while it "
        "is open"
    )


@dataclass(frozen=True, slots=True)
class _Room:
    """A day, tried with one or two things relaxed."""

    place: Place
    day: Day
    frame: Frame
    brief: Brief

    @property
    def fits(self) -> bool:
        return self._with_it(self.frame, self.day.stops) is not None

    def longer(self, gone: Sequence[Stop] = ()) -> Iterator[_Relief]:
        """A later end or an earlier start, with these stops left out."""
        for found in (self._later(gone), self._earlier(gone)):
            if found:
                yield found

    def hungry(self) -> Iterator[_Relief]:
        for meal in self._meals():
            yield from self._without([meal])

    def without_one(self) -> Iterator[_Relief]:
        for stop in self._spare():
            yield from self._without([stop])

    def both(self) -> Iterator[_Relief]:
        """A stop or a meal less and longer hours, or a stop and a meal less: one that
        was asked for only where no meal would do.
        """
        spare, insisted = self._spare(), self.brief.insisted
        wished = [it for it in spare if it.place.id in insisted]
        yield from self._less_and_more([it for it in spare if it not in wished])
        for meal in self._meals():
            yield from self.longer([meal])
        yield from self._less_and_more(wished)

    def _less_and_more(self, spare: Sequence[Stop]) -> Iterator[_Relief]:
        for stop in spare:
            yield from self.longer([stop])
            for meal in self._meals():
                yield from self._without([stop, meal])

    def without_two(self) -> Iterator[_Relief]:
        """Two stops less; or one less, no meal and longer hours."""
        for pair in combinations(self._spare(), 2):
            yield from self._without(pair)
        for stop in self._spare():
            for meal in self._meals():
                yield from self.longer([stop, meal])

    def _without(self, gone: Sequence[Stop]) -> Iterator[_Relief]:
        if self._with_it(self.frame, self._left(gone)):
            yield self._relief(f"day {self.day.number} is full", (), gone)

    def _later(self, gone: Sequence[Stop]) -> _Relief | None:
        frame = self.frame
        wide = replace(frame, end=max(frame.end, paces.NIGHT_END), back=None)
        if self.day.number == self.brief.request.last and (
            self.brief.request.depart is not None
        ):
            return None
        longer = self._with_it(wide, self._left(gone))
        if longer is None:
            return None
        times = start_times(longer, wide) or [0]
        ends = times[-1] + longer[-1].minutes
        if frame.target is not None:
            way = frame.ways.minutes(longer[-1].place, frame.target)
            ends += -(-way // paces.GRAIN) * paces.GRAIN
        until = max(frame.end + paces.GRAIN, ends)
        if until >= MIDNIGHT:
            return None
        return self._relief(
            f"it needs {self._length(longer)}, and day {self.day.number} ends at "
            f"{clock(frame.end)}",
            (f"that day until {clock(until)}",),
            gone,
            SetHours(day=self.day.number, end=hhmm(until)),
        )

    def _earlier(self, gone: Sequence[Stop]) -> _Relief | None:
        frame, request = self.frame, self.brief.request
        arrives = self.day.number == request.first and request.arrive is not None
        if frame.start <= EARLIEST or arrives:
            return None
        wide = replace(frame, start=EARLIEST, leave=EARLIEST)
        longer = self._with_it(wide, self._left(gone))
        if longer is None:
            return None
        return self._relief(
            f"it needs {self._length(longer)}, and day {self.day.number} begins at "
            f"{clock(frame.start)}",
            (f"that day from {clock(EARLIEST)} on",),
            gone,
            SetHours(day=self.day.number, start=hhmm(EARLIEST)),
        )

    def _relief(
        self, why: str, more: tuple[str, ...], gone: Sequence[Stop], *acts: Act
    ) -> _Relief:
        """These terms and acts, after those that take the stops out."""
        less = (
            f"{it.kind} that day" if it.kind in MEALS else it.place.name for it in gone
        )
        if [it.kind for it in gone] == [StopKind.VISIT] and not acts:
            acts = (Swap(stop=gone[0].place.id, place=self.place.id),)
        else:
            acts = (*map(self._taken_out, gone), *acts)
        return _Relief(why, more, tuple(less), acts)

    def _taken_out(self, stop: Stop) -> Act:
        if stop.kind in MEALS:
            return SkipMeal(meal=Meal(stop.kind), day=self.day.number)
        return Remove(stop=stop.place.id)

    def _left(self, gone: Sequence[Stop]) -> list[Stop]:
        return [stop for stop in self.day.stops if stop not in gone]

    def _meals(self) -> list[Stop]:
        return [
            stop
            for stop in self.day.stops
            if stop.kind in MEALS and stop.place.id not in self.brief.pinned
        ]

    def _with_it(self, frame: Frame, stops: Sequence[Stop]) -> Route | None:
        """The route of these stops with the place; None if that won't fit."""
        if self.place.category is Category.SHOW:
            frame = replace(frame, bends=True)
        route = tuple(self._as_planned(stop, frame) for stop in stops)
        prize = self.brief.taste.prize(self.place)
        had = {stop.kind for stop in stops}
        lacking = [kind for kind in MEALS if kind not in had]
        found = options.visits(self.place, prize, [frame])
        if options.is_meal(self.place):
            found = options.meals(self.place, prize, [frame], lacking)
        if not found:
            return None
        longer = inserted(route, Choice(found), frame)
        if longer is None or len(far_meals(longer, frame)) > len(
            far_meals(route, frame)
        ):
            return None
        return longer

    def _as_planned(self, stop: Stop, frame: Frame) -> options.Option:
        """The stop at any time that its hours allow, or where it is pinned."""
        present = options.pinned(stop, self.day.number)
        if stop.place.id in self.brief.pinned:
            return present
        found = options.of_kind(stop.place, stop.kind, 0, [frame])
        same = (
            it
            for it in found
            if it.earliest <= stop.arrive <= it.latest
            and it.minutes == present.minutes
            and it.lunch == bool(stop.holds)
        )
        return next(same, present)

    def _spare(self) -> list[Stop]:
        """The visits that could go, the least first."""
        insisted, taste = self.brief.insisted, self.brief.taste
        visits = [it for it in self.day.stops if it.kind is StopKind.VISIT]
        free = [it for it in visits if it.place.id not in self.brief.pinned]
        return sorted(
            free, key=lambda it: (it.place.id in insisted, taste.prize(it.place))
        )

    def _length(self, route: Route) -> str:
        return lasting(next(it.minutes for it in route if it.place.id == self.place.id))
