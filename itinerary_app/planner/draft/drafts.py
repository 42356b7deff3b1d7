"""A new plan: one solve decides days, windows and order, then gaps are mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day, Place, Stop, StopKind
from itinerary_app.model.fields import MAX_DAYS
from itinerary_app.planner.day import options
from itinerary_app.planner.day.frames import (
    CROWDED_REST,
    SHORTEST_VISIT,
    Frame,
    around,
)
from itinerary_app.planner.day.options import Choice
from itinerary_app.planner.day.spending import Purse, places_of
from itinerary_app.planner.day.timetable import Route
from itinerary_app.planner.draft import evenings, outings
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.candidates import (
    meal_choices,
    visit_choices,
    with_lunch,
)
from itinerary_app.planner.draft.pauses import with_pauses
from itinerary_app.planner.solver import anew, meals, repair
from itinerary_app.planner.solver.amid import days_out_amid
from itinerary_app.planner.solver.breaks import fewer_breaks
from itinerary_app.planner.solver.districts import Division, divided, settled
from itinerary_app.planner.solver.routes import best_routes
from itinerary_app.planner.solver.sunset import well_lit
from itinerary_app.text.clock import clock
from itinerary_app.text.words import listed, no_access

# At most, of the search for what is worth most, a draft only; then, so many times that,
# of the one in districts. Fewer leave more near visits apart, and meals far.
ITERATIONS = 120
IN_DISTRICTS = 6


def new_days(
    brief: Brief,
    places: Sequence[Place],
    frames: Sequence[Frame] | None = None,
    spent: float = 0.0,
    *,
    iterations: int = ITERATIONS,
) -> tuple[Day, ...]:
    """The best days in these frames, or all of them, with the money left."""
    frames = brief.frames() if frames is None else frames
    _check_days(brief, frames)
    pinned = _pinned(brief, frames)
    out = outings.days_out(brief)
    frames = [replace(it, terms=replace(it.terms, days_out=out)) for it in frames]
    frames = [around(it, pinned.get(it.number, ())) for it in frames]
    locks = [
        Choice((options.pinned(stop, number),), required=True)
        for number, stops in pinned.items()
        for stop in stops
    ]
    free = [place for place in places if place.id not in brief.pinned]
    draft = _Draft(brief, frames, locks, free, spent, iterations)
    routes = draft.routes()
    if missed := draft.missed(routes):  # what was asked for outranks the usual number
        roomy = [
            replace(it, visits=it.visits + missed, rest=min(it.rest, CROWDED_REST))
            for it in frames
        ]
        draft = _Draft(brief, roomy, locks, free, spent, iterations)
        more = draft.routes()
        if draft.missed(more) < missed:
            routes, frames = more, roomy
        tight = [replace(it, rest=0) for it in roomy]
        more = draft.with_must_sees(routes, tight)
        if draft.missed(more) < draft.missed(routes):
            routes, frames = more, tight
    return tuple(
        with_pauses(route, frame, brief)
        for route, frame in zip(routes, frames, strict=True)
    )


class _Draft:
    """The choices of a new plan and the way to its routes."""

    def __init__(
        self,
        brief: Brief,
        frames: Sequence[Frame],
        locks: Sequence[Choice],
        places: Sequence[Place],
        spent: float,
        iterations: int,
    ) -> None:
        self._brief = brief
        self._iterations = iterations
        self._frames = frames
        self._must = {*brief.request.must_see, *(it.place.id for it in locks)}
        limit = brief.request.spend_limit
        self._purse = Purse(
            brief.places, None if limit is None else max(0, int(limit - spent))
        )
        self._visits = self._visit_choices(places, locks)
        self._meals = self._meal_choices(places)
        most = 4 * len(frames) + 10  # for the solver; what mends its routes knows all
        self._choices = [*locks, *self._visits, *self._meals[:most]]

    def routes(self) -> list[Route]:
        """A route for each day, with all that the request demands."""
        routes = self._solved(self._choices)
        if self._purse.left(places_of(routes)) >= 0:
            finished = self._finished(routes, self._choices)
            if self._purse.left(places_of(finished)) >= 0:
                return finished
        kept = self._purse.affordable(self._choices, repair.used(routes), self._must)
        return self._finished(self._solved(kept), kept)

    def with_must_sees(
        self, routes: Sequence[Route], frames: Sequence[Frame]
    ) -> list[Route]:
        """The routes in these frames with what they lack, as far as money goes."""
        more = repair.no_missed_must_see(routes, self._visits, frames, self._must)
        return more if self._purse.left(places_of(more)) >= 0 else list(routes)

    def missed(self, routes: Sequence[Route]) -> int:
        """How many visits that were asked for have no place in the routes."""
        taken = repair.used(routes)
        return sum(it.place.id in self._must - taken for it in self._visits)

    def _visit_choices(
        self, places: Sequence[Place], locks: Sequence[Choice]
    ) -> list[Choice]:
        frames, request = self._frames, self._brief.request
        room = sum(frame.visits for frame in frames)
        most = 3 * room // 2 + 6
        found = visit_choices(places, self._brief.taste, frames, len(places))
        self._others = found[most:]
        if self._purse.limit is None:
            found = found[:most]
        else:  # the free ones must be among them
            paid = [it for it in found if self._purse.price(it.place)]
            free = [it for it in found if not self._purse.price(it.place)]
            found = [*paid[:most], *free[:most]]
            self._others = free[most:]
        known = len(found) + sum(_is_visit(it) for it in locks)
        needed = sum(not frame.is_short for frame in frames)
        if known < needed:
            raise CannotPlan(_too_few(request.city, known, needed, bool(request.avoid)))
        return found

    def _meal_choices(self, places: Sequence[Place]) -> list[Choice]:
        frames, taste = self._frames, self._brief.taste
        near = [choice.place for choice in self._visits]
        found = meal_choices(places, taste, frames, near)
        return [
            it
            for it in found
            if self._purse.price(it.place) <= 0 or self._purse.limit is None
        ]

    def _solved(self, choices: Sequence[Choice]) -> list[Route]:
        """What is worth most, of no day much more than of the others."""
        frames = self._frames
        visits = sum(_is_visit(choice) for choice in choices)
        share = -(-visits // len(frames))
        spread = [replace(it, visits=min(it.visits, max(1, share))) for it in frames]
        routes = best_routes(
            self._with_lunches(choices),
            spread,
            iterations=self._iterations,
            solver=self._brief.solve,
        )
        if routes is None:
            raise CannotPlan(_locked_too_much(self._brief))
        return routes

    def _in_districts(self, routes: list[Route], choices: Sequence[Choice]) -> Division:
        """The routes after what is near each other has come to share days."""
        choices = self._with_lunches(choices)
        division = divided(routes, choices, self._frames, self._must)
        found = division and best_routes(
            choices,
            division.frames,
            iterations=round(self._iterations * IN_DISTRICTS),
            solver=self._brief.solve,
            first=division.routes,
        )
        if not division or not found:
            return Division(self._frames, routes)
        return Division(division.frames, found)

    def _with_lunches(self, choices: Sequence[Choice]) -> list[Choice]:
        """The choices; where food is short, some quarters have lunch, too."""
        if not _food_is_short(choices, len(self._frames)):
            return list(choices)
        return [
            it if it.required else with_lunch(it, self._brief.taste, self._frames)
            for it in choices
        ]

    def _finished(self, routes: list[Route], choices: Sequence[Choice]) -> list[Route]:
        frames, routes = self._in_districts(routes, choices)
        must, interests = self._must, self._brief.request.interests
        visits = [choice for choice in choices if _is_visit(choice)]
        food = [it for it in self._with_lunches(choices) if not it.required]
        known = {choice.place.id for choice in choices}
        food += [it for it in self._meals if it.place.id not in known]
        rebuilder = anew.Rebuilder(visits, food, frames, must, self._brief.solve)
        give = ", or raise your limit" * (self._purse.limit is not None)
        routes = rebuilder.better_days(routes, range(len(frames)))
        routes = repair.no_missed_must_see(routes, [*visits, *food], frames, must)
        routes = rebuilder.no_missed_great_visit(routes)
        empty = [i for i, it in enumerate(routes) if not repair.visits_of(it)]
        for i in empty:  # it eats where its visit is
            routes[i] = tuple(it for it in routes[i] if it.place.id in must)
        routes = repair.no_empty_day(routes, visits, frames, give)
        routes = rebuilder.better_days(routes, empty)
        routes = repair.no_missed_interest(routes, visits, frames, must, interests)
        routes = repair.no_three_of_a_kind(routes, visits, frames, must, interests)
        routes = [
            meals.no_far_meal(meals.one_of_each(route, must), frame, must)
            for route, frame in zip(routes, frames, strict=True)
        ]
        routes = meals.no_missed_meal(routes, food, frames, must)
        spare = [*visits, *self._others]
        routes = repair.filled(routes, spare, settled(routes, spare, frames))
        routes = repair.evened(routes, visits, frames, must)
        routes = meals.nearer_meals(routes, food, frames, must)
        routes = evenings.with_dinners(routes, frames, self._brief, must)
        by_place = {choice.place.id: choice for choice in visits}
        routes = [
            repair.near_tidied(route, frame, must)
            for route, frame in zip(routes, frames, strict=True)
        ]
        frames = settled(routes, spare, frames)
        routes = fewer_breaks(routes, spare, food, frames, must)
        great = (
            it.place.id for it in visits if repair.is_great(it) or it.place.is_famous
        )
        keep = {*must, *great, *repair.only_ones(routes, interests)}
        rebuilder = replace(rebuilder, frames=frames)
        routes = rebuilder.nearer_meals(routes, keep)
        routes = days_out_amid(routes, [*spare, *food], frames)
        return [
            well_lit(route, by_place, frame)
            for route, frame in zip(routes, frames, strict=True)
        ]


def _check_days(brief: Brief, frames: Sequence[Frame]) -> None:
    days = brief.request.days
    if not 1 <= days <= MAX_DAYS:
        raise CannotPlan(f"A plan has 1 to {MAX_DAYS} days, not {days}.")
    if all(frame.end - frame.start < SHORTEST_VISIT for frame in frames):
        frame = frames[0]
        raise CannotPlan(
            f"There is no time for anything between {clock(frame.start)} and "
            f"{clock(max(0, frame.end))}. Begin earlier or end later."
        )


def _too_few(city: str, known: int, needed: int, avoids: bool) -> str:
    advice = f"Ask for {known} days or fewer" if known else "Choose another city"
    if avoids:
        advice += ", or avoid fewer kinds of places"
    return f"The places we know in {city} fill {known} of the {needed} days. {advice}."


def _pinned(brief: Brief, frames: Sequence[Frame]) -> dict[int, list[Stop]]:
    """What stays where it stands, by day; CannotPlan if something forbids a lock."""
    found: dict[int, list[Stop]] = {}
    by_number = {frame.number: frame for frame in frames}
    for number, stop in brief.pinned.values():
        if number not in by_number:
            continue
        why = lock_objection(brief, stop, by_number[number])
        if why and stop.place.id in brief.locked:
            raise CannotPlan(why)
        if not why:
            found.setdefault(number, []).append(stop)
    purse = Purse(brief.places, None)
    total = purse.total(it.place for stops in found.values() for it in stops)
    limit = brief.request.spend_limit
    if limit is not None and total > limit:
        raise CannotPlan(
            f"The locked stops alone cost {purse.money(total)}, more than your limit "
            f"of {purse.money(limit)}. Unlock one of them or raise the limit."
        )
    return found


def lock_objection(brief: Brief, stop: Stop, frame: Frame) -> str:
    """Why the locked stop can't stay where it is on this day, or ""."""
    name, at = stop.place.name, f"day {frame.number} at {clock(stop.arrive)}"
    taste = brief.taste
    why = ""
    if not taste.can_enter(stop.place):
        why = no_access(stop.place)
    elif stop.kind is not StopKind.VISIT and not taste.can_eat_at(stop.place):
        why = "it is not known to serve what you keep to"
    elif not taste.wants(stop.place):
        why = f"you want no {stop.place.category.label}"
    elif what := options.objection(stop, frame):
        why = what
    elif stop.arrive < frame.earliest:
        why = f"that day begins at {clock(frame.earliest)}"
    elif stop.leave > max(frame.latest, frame.end):
        why = f"that day ends at {clock(frame.latest)}"
    elif frame.leave is not None and frame.leaving(stop) < frame.leave:
        why = f"one can't be there before {clock(frame.begins(stop.place))}"
    elif frame.back is not None and frame.returning(stop) > frame.back:
        why = f"one has to leave there by {clock(frame.ends(stop.place))}"
    return why and (
        f"{name} is locked on {at}, but {why}. Unlock it first, or change the other "
        "wish."
    )


def _is_visit(choice: Choice) -> bool:
    return any(option.kind is StopKind.VISIT for option in choice.options)


def _food_is_short(choices: Sequence[Choice], days: int) -> bool:
    """Whether there are too few proper food places for two meals a day."""
    kinds = [{option.kind for option in choice.options} for choice in choices]
    lunches = sum(StopKind.LUNCH in kind for kind in kinds)
    dinners = sum(StopKind.DINNER in kind for kind in kinds)
    either = sum(bool(kind - {StopKind.VISIT}) for kind in kinds)
    return lunches < days or dinners < days or either < 2 * days


def _locked_too_much(brief: Brief) -> str:
    names = listed([stop.place.name for _, stop in brief.pinned.values()])
    return f"The days can't be planned around {names}. Unlock one of them."
