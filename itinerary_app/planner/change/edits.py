"""The traveller's edits: each changes one day, or two, and leaves the others alone."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    AddStop,
    Category,
    ChangePace,
    Day,
    Edit,
    Itinerary,
    MoveStop,
    RemoveStop,
    Stop,
    StopKind,
    SwapStop,
)
from itinerary_app.planner.change import oneday
from itinerary_app.planner.change.oneday import solved, visits
from itinerary_app.planner.change.wishes import Wishes
from itinerary_app.planner.day import options, paces
from itinerary_app.planner.day.frames import Frame, crowded
from itinerary_app.planner.day.options import Choice
from itinerary_app.planner.day.spending import Purse
from itinerary_app.planner.day.timetable import Route, cost, inserted
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.candidates import visit_choices
from itinerary_app.planner.draft.days import day as told
from itinerary_app.planner.solver import repair
from itinerary_app.text.clock import clock

MOST_ADDITIONS = 20  # candidates for a fuller day
EAGER = 200_000  # prize on top, so that a fuller day takes what there is time for


def apply(itinerary: Itinerary, edit: Edit, brief: Brief) -> tuple[Day, ...]:
    """The days that the edit changes, as they become; CannotPlan if it can't."""
    change = _Change(itinerary, brief)
    match edit:
        case ChangePace(number, calmer=True):
            return (change.calmer(find_day(itinerary, number)),)
        case ChangePace(number):
            return (change.fuller(find_day(itinerary, number)),)
        case SwapStop():
            return (change.swapped(find_day(itinerary, edit.day), edit),)
        case RemoveStop():
            return (change.removed(find_day(itinerary, edit.day), edit.place_id),)
        case AddStop(None):
            return (change.added_somewhere(edit),)
        case AddStop(int() as number):
            return (change.added(find_day(itinerary, number), edit),)
        case MoveStop():
            return change.moved(edit)
    raise TypeError(f"{edit!r} is no edit of single stops.")


def find_day(itinerary: Itinerary, number: int) -> Day:
    """The day of this number; CannotPlan if there is none."""
    for day in itinerary.days:
        if day.number == number:
            return day
    count = len(itinerary.days)
    raise CannotPlan(
        f"There is no day {number}: the plan has {count} "
        f"{'day' if count == 1 else 'days'}."
    )


@dataclass(frozen=True, slots=True)
class _Change:
    itinerary: Itinerary
    brief: Brief

    def calmer(self, day: Day) -> Day:
        """One step down the ladder and one visit less, if there are several."""
        pace = day.pace.step(calmer=True)
        count = len(visits(day))
        if count <= 1 and pace is day.pace:
            raise CannotPlan(
                f"Day {day.number} is as calm as it gets: one visit is left."
            )
        locked = [stop for stop in visits(day) if stop.place.id in self.brief.locked]
        target = max(1, len(locked), min(paces.shape(pace).visits, count - 1))
        if target == count > 1:
            raise CannotPlan(f"All visits of day {day.number} are locked. Unlock one.")
        frame = replace(self._frame(replace(day, pace=pace)), visits=target)
        for target_now in range(target, max(0, len(locked) - 1), -1):
            stay = self._best(day, target_now)
            if found := self._solved(day, stay, None, frame):
                return found
        raise CannotPlan(f"Day {day.number} can't be made calmer; remove a stop.")

    def fuller(self, day: Day) -> Day:
        """One step up the ladder and at least one visit more."""
        pace = day.pace.step(calmer=False)
        count = len(visits(day))
        most = count + 1
        if pace is not day.pace:
            most = max(most, paces.shape(pace).visits)
        frame = replace(self._frame(replace(day, pace=pace)), visits=most)
        wishes = Wishes(self.itinerary, self.brief)
        more = visit_choices(wishes.unused(), self.brief.taste, [frame], MOST_ADDITIONS)
        purse = Purse(self.brief.places, self.brief.request.spend_limit)
        left = wishes.left
        choices = self._kept(day.stops, frame)
        for choice in more:
            if (price := purse.price(choice.place)) <= left:
                left -= price
                choices.append(_eager(choice))
        found = solved(choices, [frame], self.brief)
        if found is None or len(found[0]) <= len(day.stops):
            raise CannotPlan(
                f"Nothing more fits on day {day.number}. Swap a stop instead."
            )
        return told(self._near(*found), found[1], self.brief)

    def swapped(self, day: Day, edit: SwapStop) -> Day:
        """The day with another place instead of the stop."""
        stop = self._find(day, edit.place_id)
        frame, rest = self._frame(day), _minus(day, stop)
        wishes = Wishes(self.itinerary, self.brief, gone=stop)
        if edit.other_id is not None:
            choice = self._named(rest, frame, edit.other_id, wishes)
        elif stop.kind is StopKind.VISIT:
            choice = wishes.visit(rest, frame, edit.wanted, stop)
        else:
            choice = wishes.meal(stop, frame, edit.wanted)
        if found := self._solved(day, rest.stops, choice, frame):
            return found
        raise CannotPlan(
            f"Nothing suitable fits on day {day.number} instead of "
            f"{stop.place.name}. Make the day calmer first."
        )

    def removed(self, day: Day, place_id: str) -> Day:
        """The day without the stop; its last visit stays."""
        stop = self._find(day, place_id)
        if visits(day) == (stop,):
            raise CannotPlan(
                f"{stop.place.name} is the only visit on day {day.number}. Swap it, "
                "or plan a day less."
            )
        if found := self._solved(day, _minus(day, stop).stops, None, self._frame(day)):
            return found
        raise CannotPlan(f"Day {day.number} can't be timed anew.")

    def added(self, day: Day, edit: AddStop) -> Day:
        """The day with the wanted place on top, even beyond the pace's count."""
        frame = self._frame(day)
        choice = self._wish(day, frame, edit)
        if found := self._solved(day, day.stops, choice, frame):
            return found
        raise CannotPlan(
            f"There is no time left for it on day {day.number}. Remove a stop first, "
            "or choose another day."
        )

    def added_somewhere(self, edit: AddStop) -> Day:
        """The day where the wanted place costs least, with it."""
        days: list[Day] = []
        complaints: list[CannotPlan] = []
        for day in self.itinerary.days:
            try:
                self._wish(day, self._frame(day), edit)
                days.append(day)
            except CannotPlan as exc:
                complaints.append(exc)
        if not days:
            raise complaints[0]
        for day in sorted(days, key=lambda day: self._burden(day, edit)):
            with suppress(CannotPlan):
                return self.added(day, edit)
        raise CannotPlan("It fits on none of the days. Remove a stop first.")

    def moved(self, edit: MoveStop) -> tuple[Day, Day]:
        """The stop's day without it and the other day with it."""
        target = find_day(self.itinerary, edit.to_day)
        source = self._day_of(edit.place_id)
        stop = self._find(source, edit.place_id)
        if source is target:
            raise CannotPlan(f"{stop.place.name} is already on day {source.number}.")
        for other in target.stops:
            if other.kind is stop.kind is not StopKind.VISIT:
                self._find(target, other.place.id)
                return self._exchanged((source, stop), (target, other))
        frame = self._frame(target)
        wishes = Wishes(self.itinerary, self.brief, gone=stop)
        prize = self.brief.taste.prize(stop.place)
        found = wishes.possible(stop.place, target, frame, prize)
        if not found:
            raise CannotPlan(f"{stop.place.name} is closed on day {target.number}.")
        rest = self.removed(source, edit.place_id)
        longer = self._solved(target, target.stops, Choice(found, True), frame)
        if longer is None:
            raise CannotPlan(
                f"{stop.place.name} does not fit on day {target.number}. Remove a stop "
                "there first."
            )
        return rest, longer

    def _exchanged(
        self, one: tuple[Day, Stop], other: tuple[Day, Stop]
    ) -> tuple[Day, Day]:
        """Both days with each other's meal."""
        changed = []
        for (day, gone), (_, come) in ((one, other), (other, one)):
            frame = self._frame(day)
            found = options.meals(come.place, 0, [frame], (come.kind,))
            rest = _minus(day, gone).stops
            new = self._solved(day, rest, Choice(found, True), frame) if found else None
            if new is None:
                raise CannotPlan(
                    f"{come.place.name} does not suit day {day.number}, which "
                    f"{gone.place.name} would leave. Swap the {gone.kind} instead."
                )
            changed.append(new)
        return changed[0], changed[1]

    def _frame(self, day: Day) -> Frame:
        return self.brief.frame(day, len(self.itinerary.days))

    def _kept(self, stops: Sequence[Stop], frame: Frame) -> list[Choice]:
        return [oneday.kept(stop, frame, self.brief) for stop in stops]

    def _best(self, day: Day, count: int) -> list[Stop]:
        """The meals and the best visits, those that are locked in any case."""
        taste, locked = self.brief.taste, self.brief.locked

        def rank(stop: Stop) -> tuple[bool, int]:
            return stop.place.id not in locked, -taste.prize(stop.place)

        best = sorted(visits(day), key=rank)[:count]
        return [s for s in day.stops if s in best or s.kind is not StopKind.VISIT]

    def _wish(self, day: Day, frame: Frame, edit: AddStop) -> Choice:
        wishes = Wishes(self.itinerary, self.brief)
        if edit.place_id is None:
            return wishes.visit(day, frame, edit.wanted)
        return self._named(day, frame, edit.place_id, wishes)

    def _named(self, day: Day, frame: Frame, place_id: str, wishes: Wishes) -> Choice:
        place = wishes.named(place_id)
        prize = self.brief.taste.prize(place)
        if found := wishes.possible(place, day, frame, prize):
            return Choice(found, required=True)
        if place.category is Category.RESTAURANT:
            raise CannotPlan(
                f"{place.name} fits no open meal of day {day.number}. Swap its lunch "
                "or dinner instead."
            )
        if frame.date:
            raise CannotPlan(f"{place.name} is closed on {frame.date:%A, %B %-d}.")
        raise CannotPlan(f"{place.name} is never open at a time that fits.")

    def _burden(self, day: Day, edit: AddStop) -> tuple[bool, bool, float]:
        """How little the wish suits the day: no time, too many stops, detours."""
        frame = self._frame(day)
        route = tuple(options.pinned(stop, day.number) for stop in day.stops)
        loose = tuple(kept.options[0] for kept in self._kept(day.stops, frame))
        wish = self._wish(day, frame, edit)
        longer = inserted(loose, wish, replace(frame, rest=0))
        before, after = cost(route, frame), longer and cost(longer, frame)
        full = len(visits(day)) >= paces.shape(day.pace).visits
        return longer is None, full, (after or 0.0) - (before or 0.0)

    def _solved(
        self, day: Day, stops: Sequence[Stop], choice: Choice | None, frame: Frame
    ) -> Day | None:
        """The day with these stops and the choice; None if there is no time."""
        choices = self._kept(stops, frame)
        if choice is not None:
            choices.append(choice)
        frames = crowded(replace(frame, visits=max(frame.visits, len(choices))))
        if self.brief.locked_on(day.number):
            frames = (*frames, replace(frame, visits=len(choices), rest=0))
        found = solved(choices, frames, self.brief)
        if found is None:
            return None
        route, frame = found
        far = {it.place.id: it.kind for it in repair.far_meals(route, frame)}
        if choice and (astray := far.keys() & {it.place.id for it in choice.options}):
            near = tuple(it for it in choice.options if it.place.id not in astray)
            rest = replace(choice, options=near)
            return self._solved(day, stops, rest, frame) if near else None
        return told(self._near(route, frame), frame, self.brief)

    def _near(self, route: Route, frame: Frame) -> Route:
        """The route with nearer meals instead of those out of its way."""
        far = {it.place.id: it.kind for it in repair.far_meals(route, frame)}
        if not far.keys() - self.brief.insisted:
            return route
        places = Wishes(self.itinerary, self.brief).unused()
        return oneday.fed(route, frame, self.brief, places, set(far.values()))

    def _day_of(self, place_id: str) -> Day:
        for day in self.itinerary.days:
            if any(stop.place.id == place_id for stop in day.stops):
                return day
        raise CannotPlan("That is not in the plan. Add it to a day instead.")

    def _find(self, day: Day, place_id: str) -> Stop:
        """The day's stop at this place; CannotPlan if there is none or it is locked."""
        for stop in day.stops:
            if stop.place.id == place_id:
                if place_id in self.brief.locked:
                    raise CannotPlan(
                        f"{stop.place.name} is locked on day {day.number} at "
                        f"{clock(stop.arrive)}. Unlock it first."
                    )
                return stop
        names = ", ".join(stop.place.name for stop in day.stops) or "no stops"
        raise CannotPlan(f"That is not on day {day.number}, which has {names}.")


def _minus(day: Day, stop: Stop) -> Day:
    return replace(day, stops=tuple(it for it in day.stops if it is not stop))


def _eager(choice: Choice) -> Choice:
    """The choice with so high a prize that it is taken if there is time."""
    return Choice(tuple(replace(it, prize=it.prize + EAGER) for it in choice.options))
