"""A plan made to keep to changed wishes: what keeps to them already stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day, Itinerary, Place, Stop, StopKind
from itinerary_app.planner.change import fit
from itinerary_app.planner.day import options
from itinerary_app.planner.day.frames import Frame, crowded
from itinerary_app.planner.day.options import MEALS, Choice, Option
from itinerary_app.planner.day.spending import Purse, cheapest_loss, places_of
from itinerary_app.planner.day.timetable import Route, cost, inserted, start_times
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.candidates import visit_choices
from itinerary_app.planner.draft.drafts import lock_objection
from itinerary_app.planner.draft.eating import within_budget
from itinerary_app.planner.solver import repair
from itinerary_app.planner.solver.meals import no_far_meal
from itinerary_app.planner.solver.nearness import far_meals
from itinerary_app.planner.solver.routes import TRAVEL_COST

MOST = 16  # candidates for each gap
CHEAPER = 0.75  # of the known admissions remain at most


def refitted(
    itinerary: Itinerary,
    brief: Brief,
    *,
    only: Collection[int] | None = None,
    retimed: Collection[int] = (),
    filled: Collection[int] = (),
    cheaper: Collection[int] = (),
    emptier: Collection[int] = (),
    count: int | None = None,
) -> tuple[Day, ...]:
    """The days as the brief's request wants them; with `only`, no others change.

    `cheaper` are the numbers of days that must cost less than now. Those `retimed`
    begin as early as they may, and like those `filled` they take as many visits as
    their pace has; those `emptier` get no visits for what goes. `count` is of all
    days, if some are missing yet.
    """
    count = count or len(itinerary.days)
    drafts = {
        day.number: _conforming(
            day, brief.frame(day, count), brief, retimed=day.number in retimed
        )
        for day in itinerary.days
        if only is None or day.number in only
    }
    others = [day for day in itinerary.days if day.number not in drafts]
    plan = _Refit(
        brief, drafts, {it.place.id: it.place for d in others for it in d.stops}
    )
    plan.save_money(cheaper)
    for number in emptier:
        draft = plan.drafts[number]
        lost = tuple(it for it in draft.lost if it is not StopKind.VISIT)
        plan.drafts[number] = replace(draft, lost=lost)
    plan.refill({*retimed, *filled}, free_only=cheaper)
    days = {number: draft.told(brief) for number, draft in plan.drafts.items()}
    return tuple(days.get(day.number, day) for day in itinerary.days)


@dataclass(frozen=True, slots=True)
class _Draft:
    """One day: its route so far, pinned to the present times while those hold."""

    day: Day
    usual: Frame
    frame: Frame
    route: Route = ()
    lost: tuple[StopKind, ...] = ()
    loose: tuple[Option, ...] = ()  # of the places that may shift

    def without(self, option: Option) -> _Draft:
        route = tuple(it for it in self.route if it is not option)
        return replace(self, route=route, lost=(*self.lost, option.kind))

    def rooms(self) -> Iterator[tuple[Route, Frame]]:
        """The route as it is, then with ever less rest, then shifted in time."""
        loose = {it.place.id: it for it in self.loose}
        shifted = tuple(loose.get(it.place.id, it) for it in self.route)
        for route in (self.route, shifted):
            yield route, self.usual
            # the hurried one: a late evening is for what was asked for by name
            yield route, crowded(self.usual)[1]
            yield route, replace(self.usual, rest=0)

    def told(self, brief: Brief) -> Day:
        """The day anew; the same one if nothing about it changed."""
        new, old = fit.as_day(self.route, self.frame, self.usual, brief), self.day
        if _essence(new) == _essence(old):
            return replace(old, date=new.date, start=new.start, end=new.end)
        return new


def _conforming(day: Day, usual: Frame, brief: Brief, *, retimed: bool) -> _Draft:
    """The stops that the request allows, at their times if those hold."""
    facts = {place.id: place for place in brief.places}
    stays, lost = [], []
    for stop in day.stops:
        if stop.place.id in brief.locked and (
            why := lock_objection(brief, stop, usual)
        ):
            raise CannotPlan(why)
        place = facts.get(stop.place.id)
        now = stop._replace(place=place) if place else stop
        if place is not None and _is_wanted(now, usual, brief):
            stays.append(now)
        else:
            lost.append(stop.kind)
    while gone := _one_too_many(stays, usual, brief):
        stays.remove(gone)
        lost.append(gone.kind)
    draft = _Draft(day, usual, usual, lost=tuple(lost))
    pinned = None if retimed else _pinned(draft, stays, brief)
    return pinned or _loosened(draft, stays, brief, retimed=retimed)


def _is_wanted(stop: Stop, frame: Frame, brief: Brief) -> bool:
    taste = brief.taste
    if not taste.wants(stop.place):
        return False
    if stop.kind is not StopKind.VISIT:
        asked = brief.insisted
        fits = within_budget([stop.place], brief.request.budget, asked)
        if not (fits and taste.can_eat_at(stop.place)):
            return False
    return fit.movable(stop, frame, brief) is not None


def _one_too_many(stops: Sequence[Stop], frame: Frame, brief: Brief) -> Stop | None:
    """The least of the stops of a kind of which there are too many, if one may go."""
    excess = frame.terms.too_many(stop.place for stop in stops)
    if excess is None:
        return None
    pinned, taste, must = brief.pinned, brief.taste, brief.request.must_see
    spare = [
        it
        for it in stops
        if is_of_kind(it.place, excess[0]) and it.place.id not in pinned
    ]
    return min(
        spare, key=lambda it: (it.place.id in must, taste.prize(it.place)), default=None
    )


def _pinned(draft: _Draft, stays: Sequence[Stop], brief: Brief) -> _Draft | None:
    """All at their present times; None if those do not hold any more."""
    if any(options.objection(stop, draft.usual) for stop in stays):
        return None
    frame = replace(draft.usual, rest=0)
    choices = [fit.movable(stop, frame, brief) for stop in stays]
    loose = [choice.options[0] for choice in choices if choice]
    route = tuple(
        replace(
            option,
            earliest=stop.arrive,
            latest=stop.arrive,
            minutes=stop.leave - stop.arrive,
        )
        for stop, option in zip(stays, loose, strict=True)
    )
    if start_times(route, frame) is None:
        return None
    free = tuple(it for it in loose if it.place.id not in brief.locked)
    return replace(draft, route=route, frame=frame, loose=free)


def _loosened(
    draft: _Draft, stays: Sequence[Stop], brief: Brief, *, retimed: bool
) -> _Draft:
    """As many as fit in their order, those that are worth most; before that, if the
    day is not `retimed`, those that may be where they are now.
    """
    usual, lost = draft.usual, list(draft.lost)
    found = (fit.movable(stop, usual, brief) for stop in stays)
    choices = [choice for choice in found if choice]
    standing = {it.place.id for it in stays if not retimed and _stands(it, usual)}

    def worth(choice: Choice) -> tuple[bool, bool, bool, int]:
        place, option = choice.place, choice.options[0]
        asked, stands = place.id in brief.insisted, place.id in standing
        matters = place.is_famous or option.kind in MEALS
        return asked, matters, stands, option.prize

    while True:
        left = [
            stop for stop in stays if stop.place.id in {it.place.id for it in choices}
        ]
        if len(left) < len(stays) and all(_stands(stop, usual) for stop in left):
            still = _pinned(replace(draft, lost=tuple(lost)), left, brief)
            if still is not None:
                return still
        frames = (*crowded(usual)[:2], replace(usual, rest=0))
        if fitted := fit.fitted(choices, frames):
            route, frame = fitted
            return replace(draft, route=route, frame=frame, lost=tuple(lost))
        free = [it for it in choices if it.place.id not in brief.locked]
        if not free:
            raise CannotPlan(
                f"The locked stops of day {draft.day.number} don't fit it any more. "
                "Unlock one of them."
            )
        free.sort(key=worth)
        enough = (it for it in free if fit.fitted(_without(choices, it), frames))
        gone = next(enough, free[0])
        choices.remove(gone)
        lost.append(gone.options[0].kind)


def _without(choices: Sequence[Choice], one: Choice) -> list[Choice]:
    return [it for it in choices if it is not one]


def _stands(stop: Stop, frame: Frame) -> bool:
    """Whether the stop may be where it is now."""
    return frame.holds([stop]) and not options.objection(stop, frame)


@dataclass(slots=True)
class _Refit:
    """The days on their way; `others` are the places of those that stay as they are."""

    brief: Brief
    drafts: dict[int, _Draft]
    others: dict[str, Place]
    purse: Purse = field(init=False)

    def __post_init__(self) -> None:
        self.purse = Purse(self.brief.places, self.brief.request.spend_limit)

    def save_money(self, cheaper: Collection[int]) -> None:
        """Drop what is worth least for its price until the limits are kept, famous
        sights after all others; for a cheaper plan the dearest, but none of those.
        """
        brief, purse = self.brief, self.purse
        must = brief.insisted
        self._drop_dear_meals()
        limit: float | None = purse.limit
        if limit is not None:
            limit = max(0, limit - purse.total(self.others.values()))
        self._drop_until(self.drafts, limit, [must, set(brief.locked)])
        if not cheaper:
            return
        days = [self.drafts[number].day for number in cheaper]
        before = purse.total(stop.place for day in days for stop in day.stops)
        if not before:
            raise CannotPlan("No admission that we know of is asked there.")
        keep = must | {it.id for it in brief.places if it.is_famous}
        if not self._drop_until(cheaper, before * CHEAPER, [keep], dearest=True):
            now = purse.total(places_of(self.drafts[it].route for it in cheaper))
            if now >= before:
                raise CannotPlan(
                    "What costs admission there is a sight not to miss, locked or on "
                    "your list. Remove one by its name."
                )

    def refill(self, fill: Collection[int], *, free_only: Collection[int]) -> None:
        """Fill the gaps with what fits: the must-sees, then visits, then meals."""
        self._add_must_sees()
        for number in self.drafts:
            self._refill(number, fill=number in fill, free_only=number in free_only)
        self._fill_empty_days()

    def _refill(self, number: int, *, fill: bool, free_only: bool) -> None:
        draft = self.drafts[number]
        lacks = sum(kind is StopKind.VISIT for kind in draft.lost)
        if fill:
            have = len(repair.visits_of(draft.route))
            lacks = max(lacks, draft.frame.visits - have)
            self._feed(number, MEALS, free_only=free_only)  # before the time is gone
        for _ in range(lacks):
            self._add_visit(number, self._places(number, free_only=free_only))
        draft = self.drafts[number]
        near = no_far_meal(draft.route, draft.frame, self.brief.insisted)
        for option in set(draft.route) - set(near):
            draft = draft.without(option)
        self.drafts[number] = draft
        if meals := [it for it in MEALS if it in draft.lost or fill]:
            self._feed(number, meals, free_only=free_only)

    def _feed(
        self, number: int, meals: Collection[StopKind], *, free_only: bool
    ) -> None:
        draft, places = self.drafts[number], self._places(number, free_only=free_only)
        route = fit.fed(draft.route, draft.frame, self.brief, places, meals)
        self.drafts[number] = replace(draft, route=route)

    def _drop_until(
        self,
        numbers: Collection[int],
        limit: float | None,
        keeping: Sequence[set[str]],
        *,
        dearest: bool = False,
    ) -> bool:
        """Whether what the days cost could be brought to the limit."""
        price = self.purse.price
        for keep in keeping:
            while limit is not None:
                routes = {number: self.drafts[number].route for number in numbers}
                if self.purse.total(places_of(routes.values())) <= limit:
                    return True
                gone = cheapest_loss(
                    list(routes.values()), price, keep, dearest=dearest
                )
                if gone is None:
                    break
                for number, route in routes.items():
                    if gone in route:
                        self.drafts[number] = self.drafts[number].without(gone)
        return limit is None

    def _drop_dear_meals(self) -> None:
        """Keep one place to eat of the top level, if the budget allows no more."""
        had = list(self.others.values())
        for number, draft in self.drafts.items():
            for option in draft.route:
                budget, asked = self.brief.request.budget, self.brief.insisted
                if not within_budget([option.place], budget, asked, had):
                    self.drafts[number] = self.drafts[number].without(option)
                else:
                    had.append(option.place)

    def _add_visit(self, number: int, places: Sequence[Place]) -> bool:
        """Add the visit that is most worth its way; False if none fits."""
        draft = self.drafts[number]
        choices = visit_choices(places, self.brief.taste, [draft.usual], MOST)
        for route, frame in draft.rooms():
            found = []
            for choice in choices:
                longer = inserted(route, choice, frame)
                if longer is None or _far(longer, frame) > _far(route, frame):
                    continue
                minutes = cost(longer, frame) or 0.0
                value = choice.options[0].prize - TRAVEL_COST * minutes
                found.append((value, choice.place.id, longer))
            if found:
                _, _, longer = max(found, key=lambda it: it[:2])
                self.drafts[number] = replace(draft, route=longer, frame=frame)
                return True
        return False

    def _add_must_sees(self) -> None:
        wanted = set(self.brief.request.must_see) - self._used()
        for place in self.brief.places:
            if place.id in wanted and place in self._affordable([place]):
                for number in sorted(
                    self.drafts, key=lambda it: len(self.drafts[it].route)
                ):
                    if self._add_visit(number, [place]):
                        break

    def _fill_empty_days(self) -> None:
        for number, draft in self.drafts.items():
            if repair.visits_of(draft.route):
                continue
            if self._add_visit(number, self._places(number, free_only=False)):
                continue
            if self._filled_anew(number):
                continue
            if draft.day.stops and not draft.frame.is_short:
                raise CannotPlan(
                    f"With that, nothing is left to see on day {number}. Plan a day "
                    "less, or wish for less."
                )

    def _filled_anew(self, number: int) -> bool:
        """Whether a visit fits where the meals were: what was far away may have been
        all that they were near to.
        """
        draft = self.drafts[number]
        for option in draft.route:
            if option.place.id not in self.brief.insisted:
                draft = draft.without(option)
        if draft is self.drafts[number]:
            return False
        before, self.drafts[number] = self.drafts[number], draft
        if self._add_visit(number, self._places(number, free_only=False)):
            self._refill(number, fill=True, free_only=False)
            return True
        self.drafts[number] = before
        return False

    def _places(self, number: int, *, free_only: bool) -> list[Place]:
        """What can come in: unused, affordable, and not what this day just lost."""
        used = self._used()
        gone = {stop.place.id for stop in self.drafts[number].day.stops}
        unused = [
            place
            for place in self.brief.places
            if place.id not in used and place.id not in gone
        ]
        routes = [draft.route for draft in self.drafts.values()]
        had = [*places_of(routes), *self.others.values()]
        request = self.brief.request
        unused = within_budget(unused, request.budget, request.must_see, had)
        if free_only:
            return [place for place in unused if not self.purse.price(place)]
        return self._affordable(unused)

    def _affordable(self, places: Sequence[Place]) -> list[Place]:
        routes = [draft.route for draft in self.drafts.values()]
        left = self.purse.left([*places_of(routes), *self.others.values()])
        return [place for place in places if self.purse.price(place) <= left]

    def _used(self) -> set[str]:
        routes = [draft.route for draft in self.drafts.values()]
        return repair.used(routes) | self.others.keys()


def _far(route: Route, frame: Frame) -> int:
    return len(far_meals(route, frame))


def _essence(day: Day) -> list[tuple[object, ...]]:
    return [
        (it.place.id, it.arrive, it.leave, it.travel_minutes, it.travel_mode, it.holds)
        for it in day.stops
    ]
