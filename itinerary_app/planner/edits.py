"""The traveller's edits: each changes one day and leaves the others alone."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from itinerary_app.errors import CannotPlan
from itinerary_app.model import Category, Day, Itinerary, Place, Stop, StopKind
from itinerary_app.planner import oneday, paces
from itinerary_app.planner.candidates import Taste, visit_choices
from itinerary_app.planner.days import day as told
from itinerary_app.planner.oneday import crowded, kept, limits, solved, visits
from itinerary_app.planner.options import Choice
from itinerary_app.planner.timetable import cost, inserted
from itinerary_app.planner.wishes import Wishes, possible
from itinerary_app.requests import AddStop, ChangePace, Edit, RemoveStop, SwapStop

MOST_ADDITIONS = 20  # candidates for a fuller day
EAGER = 200_000  # prize on top, so that a fuller day takes what there is time for


def apply(
    itinerary: Itinerary, edit: Edit, taste: Taste, places: Sequence[Place]
) -> Day:
    """The day that the edit changes, as it becomes; CannotPlan if it can't."""
    change = _Change(itinerary, taste, Wishes(itinerary, taste, places))
    match edit:
        case ChangePace(number, calmer=True):
            return change.calmer(change.day(number))
        case ChangePace(number):
            return change.fuller(change.day(number))
        case SwapStop():
            return change.swapped(change.day(edit.day), edit)
        case RemoveStop():
            return change.removed(change.day(edit.day), edit.place_id)
        case AddStop(None):
            return change.added_somewhere(edit)
        case AddStop(int() as number):
            return change.added(change.day(number), edit)
    raise TypeError(f"{edit!r} changes more than a day.")


@dataclass(frozen=True, slots=True)
class _Change:
    itinerary: Itinerary
    taste: Taste
    wishes: Wishes

    def day(self, number: int) -> Day:
        for day in self.itinerary.days:
            if day.number == number:
                return day
        count = len(self.itinerary.days)
        raise CannotPlan(
            f"There is no day {number}: the plan has {count} "
            f"{'day' if count == 1 else 'days'}."
        )

    def calmer(self, day: Day) -> Day:
        """One step down the ladder and one visit less, if there are several."""
        pace = day.pace.step(calmer=True)
        count = len(visits(day))
        if count <= 1 and pace is day.pace:
            raise CannotPlan(
                f"Day {day.number} is as calm as it gets: one visit is left."
            )
        target = max(1, min(paces.shape(pace).visits, count - 1))
        best = sorted(visits(day), key=lambda it: -self.taste.prize(it.place))[:target]
        stops = [s for s in day.stops if s in best or s.kind is not StopKind.VISIT]
        wide = limits(day, pace, self.taste, visits=target)
        usual = replace(wide, start=paces.shape(pace).start)
        found = solved([kept(stop) for stop in stops], (usual, *crowded(wide)))
        if found is None:
            raise CannotPlan(f"Day {day.number} can't be made calmer; remove a stop.")
        return told(day.number, pace, *found, self.taste)

    def fuller(self, day: Day) -> Day:
        """One step up the ladder and at least one visit more."""
        pace = day.pace.step(calmer=False)
        count = len(visits(day))
        most = count + 1
        if pace is not day.pace:
            most = max(most, paces.shape(pace).visits)
        more = visit_choices(self.wishes.unused(), self.taste, MOST_ADDITIONS)
        choices = [*map(kept, day.stops), *map(_eager, more)]
        shape = limits(day, pace, self.taste, visits=most)
        found = solved(choices, [shape])
        if found is None or len(found[0]) <= len(day.stops):
            raise CannotPlan(
                f"Nothing more fits on day {day.number}. Swap a stop instead."
            )
        return told(day.number, pace, *found, self.taste)

    def swapped(self, day: Day, edit: SwapStop) -> Day:
        """The day with another place instead of the stop."""
        stop = _find(day, edit.place_id)
        if edit.other_id is not None:
            choice = self._wish(
                _minus(day, stop), AddStop(day.number, place_id=edit.other_id)
            )
        elif stop.kind is StopKind.VISIT:
            choice = self.wishes.visit(_minus(day, stop), edit.wanted, stop)
        else:
            choice = self.wishes.meal(stop, edit.wanted)
        return self._with(
            day,
            _minus(day, stop),
            choice,
            f"Nothing suitable fits on day {day.number} instead of "
            f"{stop.place.name}. Make the day calmer first.",
        )

    def removed(self, day: Day, place_id: str) -> Day:
        """The day without the stop; its last visit stays."""
        stop = _find(day, place_id)
        if visits(day) == (stop,):
            raise CannotPlan(
                f"{stop.place.name} is the only visit on day {day.number}. Swap it, "
                "or plan a day less."
            )
        return self._with(
            day, _minus(day, stop), None, f"Day {day.number} can't be timed anew."
        )

    def added(self, day: Day, edit: AddStop) -> Day:
        """The day with the wanted place on top, even beyond the pace's count."""
        return self._with(
            day,
            day,
            self._wish(day, edit),
            f"There is no time left for it on day {day.number}. Remove a stop first, "
            "or choose another day.",
        )

    def added_somewhere(self, edit: AddStop) -> Day:
        """The day where the wanted place costs least, with it."""
        days: list[Day] = []
        complaints: list[CannotPlan] = []
        for day in self.itinerary.days:
            try:
                self._wish(day, edit)
                days.append(day)
            except CannotPlan as exc:
                complaints.append(exc)
        if not days:
            raise complaints[0]
        for day in sorted(days, key=lambda day: self._burden(day, edit)):
            with suppress(CannotPlan):
                return self.added(day, edit)
        raise CannotPlan("It fits on none of the days. Remove a stop first.")

    def _wish(self, day: Day, edit: AddStop) -> Choice:
        if edit.place_id is None:
            return self.wishes.visit(day, edit.wanted)
        place = self.wishes.named(edit.place_id)
        if found := possible(place, day, self.taste.prize(place)):
            return Choice(found, required=True)
        if place.category is Category.RESTAURANT:
            raise CannotPlan(
                f"{place.name} fits no open meal of day {day.number}. Swap its lunch "
                "or dinner instead."
            )
        raise CannotPlan(f"{place.name} is never open at a time that fits.")

    def _burden(self, day: Day, edit: AddStop) -> tuple[bool, bool, float]:
        """How little the wish suits the day: no time, too many stops, detours."""
        shape = limits(day, day.pace, self.taste, visits=0)
        route = tuple(map(oneday.option, day.stops))
        loose = tuple(kept(stop).options[0] for stop in day.stops)
        longer = inserted(loose, self._wish(day, edit), shape)
        before, after = cost(route, shape), longer and cost(longer, shape)
        full = len(visits(day)) >= paces.shape(day.pace).visits
        return longer is None, full, (after or 0.0) - (before or 0.0)

    def _with(self, day: Day, rest: Day, choice: Choice | None, complaint: str) -> Day:
        """The stops of `rest` and the choice, timed within the limits of `day`."""
        choices = [kept(stop) for stop in rest.stops]
        if choice is not None:
            choices.append(choice)
        shapes = crowded(limits(day, day.pace, self.taste, visits=len(choices)))
        found = solved(choices, shapes)
        if found is None:
            raise CannotPlan(complaint)
        return told(day.number, day.pace, *found, self.taste)


def _find(day: Day, place_id: str) -> Stop:
    for stop in day.stops:
        if stop.place.id == place_id:
            return stop
    names = ", ".join(stop.place.name for stop in day.stops)
    raise CannotPlan(f"That is not on day {day.number}, which has {names}.")


def _minus(day: Day, stop: Stop) -> Day:
    return replace(day, stops=tuple(it for it in day.stops if it is not stop))


def _eager(choice: Choice) -> Choice:
    """The choice with so high a prize that it is taken if there is time."""
    return Choice(tuple(replace(it, prize=it.prize + EAGER) for it in choice.options))
