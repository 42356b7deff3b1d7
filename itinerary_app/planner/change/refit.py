"""A plan made to keep a changed request: what keeps it already stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day, Itinerary, Place, Stop, StopKind
from itinerary_app.planner.change import oneday
from itinerary_app.planner.day import options
from itinerary_app.planner.day.frames import Frame, crowded
from itinerary_app.planner.day.options import MEALS, Choice, Option
from itinerary_app.planner.day.spending import Purse, cheapest_loss, places_of
from itinerary_app.planner.day.timetable import Route, cost, inserted, start_times
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.candidates import visit_choices
from itinerary_app.planner.draft.days import day as told
from itinerary_app.planner.draft.drafts import check_lock
from itinerary_app.planner.solver import repair
from itinerary_app.planner.solver.routes import TRAVEL_COST

MOST = 16  # candidates for each gap
FAMOUS = 5  # importance of what a first visit must not miss
CHEAPER = 0.75  # of the known admissions remain at most


def refitted(
    itinerary: Itinerary,
    brief: Brief,
    *,
    cheaper: Collection[int] = (),
    retimed: Collection[int] = (),
) -> tuple[Day, ...]:
    """The days as the brief's request wants them.

    `cheaper` are the numbers of days that must cost less than now; those `retimed`
    begin as early as they may and take as many visits as their pace has.
    """
    count = len(itinerary.days)
    days = [_Refit(day, brief.frame(day, count), brief) for day in itinerary.days]
    plan = _Plan(brief, days, cheaper)
    for day in days:
        day.keep_what_conforms(retimed=day.day.number in retimed)
    plan.save_money()
    plan.refill(retimed)
    return tuple(day.told() for day in days)


@dataclass(slots=True)
class _Refit:
    """One day: its route so far, pinned to the present times while those hold."""

    day: Day
    usual: Frame
    brief: Brief
    route: Route = ()
    lost: list[StopKind] = field(default_factory=list)
    loose: dict[str, Option] = field(default_factory=dict)  # of places that may shift
    frame: Frame = field(init=False)

    def __post_init__(self) -> None:
        self.frame = self.usual

    def keep_what_conforms(self, *, retimed: bool) -> None:
        """The stops that the request allows, at their times if those hold."""
        facts = {place.id: place for place in self.brief.places}
        stays = []
        for stop in self.day.stops:
            if stop.place.id in self.brief.locked:
                check_lock(self.brief, stop, self.frame)
            place = facts.get(stop.place.id)
            if place is not None and self._is_wanted(stop._replace(place=place)):
                stays.append(stop._replace(place=place))
            else:
                self.lost.append(stop.kind)
        if retimed or not self._pin(stays):
            self._loosen(stays)

    def drop(self, option: Option) -> None:
        self.route = tuple(it for it in self.route if it is not option)
        self.lost.append(option.kind)

    def rooms(self) -> Iterator[tuple[Route, Frame]]:
        """The route as it is, then with ever less rest, then shifted in time."""
        shifted = tuple(self.loose.get(it.place.id, it) for it in self.route)
        for route in (self.route, shifted):
            yield route, self.usual
            yield from ((route, frame) for frame in crowded(self.usual)[1:2])
            yield route, replace(self.usual, rest=0)

    def told(self) -> Day:
        """The day anew; the same one if nothing about it changed."""
        new = told(self.route, self.frame, self.brief)
        old = self.day
        if _essence(new) == _essence(old):
            return replace(old, date=new.date, start=new.start, end=new.end)
        return new

    def _is_wanted(self, stop: Stop) -> bool:
        taste = self.brief.taste
        if not taste.wants(stop.place):
            return False
        if stop.kind is not StopKind.VISIT and not taste.can_eat_at(stop.place):
            return False
        return bool(self._options(stop))

    def _options(self, stop: Stop) -> tuple[Option, ...]:
        """When the stop can be on this day, at its present length."""
        prize = self.brief.taste.prize(stop.place)
        if stop.kind is not StopKind.VISIT:
            prize = self.brief.taste.meal_prize(stop.place)
        pinned = options.pinned(stop, self.day.number, prize)
        if stop.place.id in self.brief.locked:
            return (pinned,)
        found = options.of_kind(stop.place, stop.kind, prize, [self.frame])
        if not found and options.is_open(stop, self.frame):
            return (pinned,)
        return found

    def _pin(self, stays: Sequence[Stop]) -> bool:
        """Keep all at their present times; False if those do not hold any more."""
        if not all(options.is_open(stop, self.frame) for stop in stays):
            return False
        frame = replace(self.frame, rest=0)
        route = tuple(
            replace(
                self._options(stop)[0],
                earliest=stop.arrive,
                latest=stop.arrive,
                minutes=stop.leave - stop.arrive,
            )
            for stop in stays
        )
        if start_times(route, frame) is None:
            return False
        self.route, self.frame = route, frame
        for stop in stays:
            if stop.place.id not in self.brief.locked:
                self.loose[stop.place.id] = self._options(stop)[0]
        return True

    def _loosen(self, stays: Sequence[Stop]) -> None:
        """Keep as many as fit in their order, those that are worth most."""
        choices = [Choice(self._options(stop)) for stop in stays]
        standing = {stop.place.id for stop in stays if self._stands(stop)}

        def worth(choice: Choice) -> tuple[bool, bool, int]:
            place_id = choice.place.id
            insisted = place_id in self.brief.insisted
            return insisted, place_id in standing, choice.options[0].prize

        while True:
            for frame in (*crowded(self.usual)[:2], replace(self.usual, rest=0)):
                if (route := _in_order(choices, frame)) is not None:
                    self.route, self.frame = route, frame
                    return
            free = [it for it in choices if it.place.id not in self.brief.locked]
            if not free:
                raise CannotPlan(
                    f"The locked stops of day {self.day.number} don't fit it any more. "
                    "Unlock one of them."
                )
            gone = min(free, key=worth)
            choices.remove(gone)
            self.lost.append(gone.options[0].kind)

    def _stands(self, stop: Stop) -> bool:
        """Whether the stop may be where it is now."""
        within = self.usual.start <= stop.arrive and stop.leave <= self.usual.end
        return within and options.is_open(stop, self.usual)


@dataclass(frozen=True, slots=True)
class _Plan:
    brief: Brief
    days: Sequence[_Refit]
    cheaper: Collection[int]

    def save_money(self) -> None:
        """Drop what is worth least for its price until the limits are kept; for a
        cheaper plan the dearest, but none of the famous sights.
        """
        brief, purse = self.brief, self._purse
        must = brief.insisted
        self._drop_until(self.days, purse.limit, [must, set(brief.locked)])
        if not self.cheaper:
            return
        days = [day for day in self.days if day.day.number in self.cheaper]
        before = purse.total(stop.place for day in days for stop in day.day.stops)
        if not before:
            raise CannotPlan("No admission that we know of is asked there.")
        famous = {it.id for it in brief.places if it.importance == FAMOUS}
        if not self._drop_until(days, before * CHEAPER, [must | famous], dearest=True):
            now = purse.total(places_of(day.route for day in days))
            if now >= before:
                raise CannotPlan(
                    "What costs admission there is a sight not to miss, locked or on "
                    "your list. Remove one by its name."
                )

    def refill(self, fill: Collection[int]) -> None:
        """Fill the gaps with what fits: visits, then meals, then the must-sees."""
        for day in self.days:
            lacks = sum(kind is StopKind.VISIT for kind in day.lost)
            have = len(repair.visits_of(day.route))
            if day.day.number in fill:
                lacks = max(lacks, day.frame.visits - have)
            for _ in range(lacks):
                self._add_visit(day)
            near = repair.no_far_meal(day.route, day.frame, self.brief.insisted)
            for option in set(day.route) - set(near):
                day.drop(option)
            meals = [it for it in MEALS if it in day.lost or day.day.number in fill]
            if meals:
                places = self._places(day)
                day.route = oneday.fed(day.route, day.frame, self.brief, places, meals)
        self._add_must_sees()
        self._fill_empty_days()

    def _drop_until(
        self,
        days: Sequence[_Refit],
        limit: float | None,
        keeping: Sequence[set[str]],
        *,
        dearest: bool = False,
    ) -> bool:
        """Whether what the days cost could be brought to the limit."""
        price = self._purse.price
        for keep in keeping:
            while limit is not None:
                routes = [day.route for day in days]
                if self._purse.total(places_of(routes)) <= limit:
                    return True
                gone = cheapest_loss(routes, price, keep, dearest=dearest)
                if gone is None:
                    break
                for day in days:
                    if gone in day.route:
                        day.drop(gone)
        return limit is None

    def _add_visit(self, day: _Refit, places: Sequence[Place] | None = None) -> bool:
        """Add the visit that is most worth its way; False if none fits."""
        places = self._places(day) if places is None else places
        choices = visit_choices(places, self.brief.taste, [day.usual], MOST)
        for route, frame in day.rooms():
            found = []
            for choice in choices:
                longer = inserted(route, choice, frame)
                if longer is None or _far(longer, frame) > _far(route, frame):
                    continue
                minutes = cost(longer, frame) or 0.0
                value = choice.options[0].prize - TRAVEL_COST * minutes
                found.append((value, choice.place.id, longer))
            if found:
                day.route, day.frame = max(found, key=lambda it: it[:2])[2], frame
                return True
        return False

    def _add_must_sees(self) -> None:
        wanted = set(self.brief.request.must_see) - self._used()
        for place in self.brief.places:
            if place.id in wanted and place in self._affordable([place]):
                for day in sorted(self.days, key=lambda day: len(day.route)):
                    if self._add_visit(day, [place]):
                        break

    def _fill_empty_days(self) -> None:
        for day in self.days:
            if repair.visits_of(day.route) or self._add_visit(day):
                continue
            if day.day.stops and not day.frame.is_short:
                raise CannotPlan(
                    f"With that, nothing is left to see on day {day.day.number}. "
                    "Plan a day less, or wish for less."
                )

    def _places(self, day: _Refit) -> list[Place]:
        """What can come in: unused, affordable, and not what this day just lost."""
        used = self._used()
        gone = {stop.place.id for stop in day.day.stops}
        unused = [
            place
            for place in self.brief.places
            if place.id not in used and place.id not in gone
        ]
        if day.day.number in self.cheaper:
            return [place for place in unused if not self._purse.price(place)]
        return self._affordable(unused)

    def _affordable(self, places: Sequence[Place]) -> list[Place]:
        routes = [day.route for day in self.days]
        left = self._purse.left(places_of(routes))
        return [place for place in places if self._purse.price(place) <= left]

    def _used(self) -> set[str]:
        return repair.used([day.route for day in self.days])

    @property
    def _purse(self) -> Purse:
        return Purse(self.brief.places, self.brief.request.spend_limit)


def _in_order(choices: Sequence[Choice], frame: Frame) -> Route | None:
    """The choices in this order, each as early as it can be; None if they don't fit."""
    route: Route = ()
    for choice in choices:
        routes = ((*route, option) for option in choice.options)
        fit = next((it for it in routes if start_times(it, frame) is not None), None)
        if fit is None:
            return None
        route = fit
    return route


def _far(route: Route, frame: Frame) -> int:
    return len(repair.far_meals(route, frame))


def _essence(day: Day) -> list[tuple[str, int, int, int, str]]:
    return [
        (it.place.id, it.arrive, it.leave, it.travel_minutes, it.travel_mode)
        for it in day.stops
    ]
