"""Changes: acts applied to a trip, all of them or none; pure but for the planner."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from msgspec.structs import replace as with_

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.telling.step import Step
from itinerary_app.errors import CannotPlan, InvalidInput
from itinerary_app.model import (
    City,
    Itinerary,
    Pace,
    Place,
    PlanRequest,
    Preferences,
    Refit,
)
from itinerary_app.storage.base import State
from itinerary_app.trips import beds, each_city, legs, making_room, own
from itinerary_app.trips.legs import CITIES
from itinerary_app.trips.reach import exceeds
from itinerary_app.trips.wishes import learned, wished

Revision = Act | Refit

ON_PLAN = (  # acts that the planner carries out
    do.Add
    | do.Remove
    | do.Swap
    | do.Move
    | do.Order
    | do.SetTime
    | do.SetStay
    | do.Calmer
    | do.Fuller
    | do.Clear
    | do.SwapDays
    | do.MoveDay
    | do.AddDay
    | do.RemoveDay
    | do.SetDays
    | do.Replan
    | do.BestOrder
    | do.SetMeal
    | do.SkipMeal
)
RULES = (  # wishes that a plan is made to keep to; whatever does already, stays
    do.SetDates
    | do.SetSpendLimit
    | do.SetDiet
    | do.SetMobility
    | do.SetParty
    | do.SetArrival
    | do.SetDeparture
    | do.SetBase
    | do.SetHours
    | do.Avoid
    | do.AtMost
)
LENGTH = do.SetDays | do.AddDay | do.RemoveDay
NEAR = 60  # minutes: a stop that begins so much later is where it was asked for
HOW = (  # who travels, and how
    do.SetParty | do.SetPace | do.SetBudget | do.SetDiet | do.SetMobility | do.SetHours
)


class TripPlanner(Protocol):
    """What is asked of a planner; all methods may raise CannotPlan."""

    def city(self, name: str) -> City: ...

    def has(self, city: str, place_id: str) -> bool: ...

    def currency(self, city: str) -> str: ...

    def plan(
        self, request: PlanRequest, before: Itinerary | None = None
    ) -> Itinerary: ...

    def revise(
        self,
        itinerary: Itinerary,
        act: Revision,
        request: PlanRequest,
        *,
        draft: bool = False,
    ) -> Itinerary: ...

    def for_others(self, plan: Itinerary) -> Itinerary: ...

    def alternatives(
        self, itinerary: Itinerary, request: PlanRequest, place_id: str
    ) -> tuple[Place, ...]: ...


class Refusal(NamedTuple):
    """The act that cannot be carried out, and why, in a sentence.

    None is for all of them together.
    """

    act: Act | None
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """What acts make of a trip: `steps` in order, and the state afterwards.

    `proposed` are the acts if they reach further than they say: the steps are then
    what would happen, and the state is as before. So it is after a refusal.
    """

    state: State
    steps: tuple[Step, ...] = ()
    proposed: tuple[Act, ...] = ()
    refused: Refusal | None = None


def apply(
    acts: Sequence[Act],
    state: State,
    planner: TripPlanner,
    *,
    agreed: bool = False,
    hold: bool = False,
) -> Change:
    """The change that resolved acts make; the state itself is left as it is.

    InvalidInput is for an own place whose point cannot be.

    With `agreed` nothing is proposed, but done. With `hold` a trip without a plan gets
    none yet, whatever is known of it.
    """
    making = _Making(state, planner, acts, agreed=agreed, hold=hold)
    act: Act | None = None
    try:
        for act in sorted(acts, key=_turn):
            making.carry_out(act)
        act = None
        making.follow()
    except (CannotPlan, InvalidInput) as exc:
        if isinstance(act, do.AddOwn) and isinstance(exc, InvalidInput):
            raise  # what was typed into its form is to be mended there
        return Change(state, refused=Refusal(act, str(exc)))
    if not agreed and making.exceeds:
        return Change(state, tuple(making.steps), proposed=tuple(acts))
    return Change(State(making.wishes, making.plan), tuple(making.steps))


@dataclass(slots=True)
class _Making:
    """The state on its way from act to act."""

    state: State
    planner: TripPlanner
    acts: Sequence[Act]
    agreed: bool
    hold: bool
    wishes: Preferences = field(init=False)
    plan: Itinerary | None = field(init=False)
    steps: list[Step] = field(default_factory=list)
    later: list[Act] = field(default_factory=list)  # wait for the first plan
    ruled: bool = False  # the plan is to keep to changed rules
    anew: bool = False  # all is to be planned anew

    def __post_init__(self) -> None:
        self.wishes, self.plan = self.state
        self.anew = self.plan is not None and any(map(self._changes_taste, self.acts))

    @property
    def exceeds(self) -> bool:
        """Whether more would change than was asked for."""
        if self.anew or (self._moves and not self._left) or self._narrows:
            return True
        return any(exceeds(step, self.acts) for step in self.steps)

    def carry_out(self, act: Act) -> None:
        if isinstance(act, do.AddOwn):
            self.wishes, act = own.made(act, self.wishes, self.plan)
        act = self._proper(act)
        told, before = self.wishes, self.plan
        why = ""
        if isinstance(act, do.StartOver):
            self.plan = None
        self.wishes = self._wished(act)
        if before is None or self._moves:
            self.later.append(act)
        elif self._is_for_planner(act):
            self.plan = making_room.made(before, act, self.wishes, self._revised)
            self.wishes = learned(act, self.wishes, before, self.plan)
        elif isinstance(act, do.SetPace | do.SetBudget) and not self.anew:
            why = self._leaned(act)
        elif isinstance(act, RULES) and _request(self.wishes) != _request(told):
            self.ruled = True
        self.steps.append(Step(act, told, self.wishes, before, self.plan, why))
        if isinstance(act, do.Add) and act.minutes and before is not None:
            come = {*self.wishes.must_see} - {*told.must_see}
            if isinstance(act.place, Reference) and len(come) == 1:
                self._last(do.SetStay(stop=come.pop(), minutes=act.minutes))

    def _last(self, act: do.SetStay) -> None:
        """Let what came for a kind last as long as was asked, where it came to."""
        before, told, why = self.plan, self.wishes, ""
        assert before is not None
        try:
            self.wishes = self._wished(act)
            plan = making_room.made(before, act, self.wishes, self._revised)
            was, now = (_begins(it, act.stop) for it in (before, plan))
            if abs(now - was) > NEAR:
                raise CannotPlan("There is no time for so long a visit then.")
            self.plan = plan
        except CannotPlan as exc:
            self.wishes, why = told, str(exc)
        self.steps.append(Step(act, told, self.wishes, before, self.plan, why))

    def follow(self) -> None:
        """The plan that the wishes call for, once all of them are known."""
        before = self.plan
        request = PlanRequest.from_preferences(self.wishes)
        if before is None or self._moves:
            if request is None or self.hold or not self._is_due:
                return
            if before is not None and not self.agreed and not self._left:
                return  # a proposal: not planned before it is wanted
            self._plan_first(request)
            return
        assert request is not None
        if self.anew:
            self.plan = self.planner.plan(request, before)
        elif request.days != len(before.days) or self._has_other_cities:
            self.plan = self.planner.revise(
                before, do.SetDays(days=request.days), request
            )
        if self.ruled:
            assert self.plan is not None
            told = _request(self.state.preferences)
            filled = request.freed_since(told) if told else ()
            self.plan = self.planner.revise(self.plan, Refit(filled=filled), request)
            if any(isinstance(it, do.SetDates) for it in self.acts):
                self.plan = making_room.restored(
                    before, self.plan, self.wishes, self._revised
                )
        if self.plan is not before:
            self._step(before)

    @property
    def _moves(self) -> bool:
        """Whether the plan is of other cities than the trip now, all of them."""
        return self.plan is not None and self._cities.isdisjoint(self._wanted)

    @property
    def _left(self) -> bool:
        """Whether the cities of the plan were taken out of the trip by their names."""
        gone = {it.city for it in self.acts if isinstance(it, do.RemoveCity)}
        return self.plan is not None and self._cities <= gone

    @property
    def _cities(self) -> set[str]:
        """Of the plan."""
        return {city.name for city in (self.plan.cities if self.plan else ())}

    @property
    def _wanted(self) -> list[str]:
        several = [leg.city for leg in self.wishes.legs]
        return several or [self.wishes.city or ""]

    @property
    def _narrows(self) -> bool:
        """Whether a trip to several cities would be to the one that was named."""
        before = self.state.itinerary
        had = {city.name for city in (before.cities if before else ())}
        named = any(isinstance(it, do.SetCity) for it in self.acts)
        return named and not had <= {*self._wanted}

    @property
    def _has_other_cities(self) -> bool:
        """Whether acts said which cities, and the plan may not have them so."""
        if not any(isinstance(it, CITIES) for it in self.acts) or self.plan is None:
            return False
        return bool(self.plan.stages or self.wishes.legs)

    @property
    def _is_due(self) -> bool:
        """A plan comes by itself, but not behind a start from scratch."""
        return not any(isinstance(it, do.StartOver) for it in self.acts)

    def _wished(self, act: Act) -> Preferences:
        if isinstance(act, do.RemoveDay | do.AddDay) and any(
            isinstance(it, do.SetDates) for it in self.acts
        ):
            dated = wished(act, self.wishes, self.plan)
            changed = {"duration_days": dated.duration_days}
            return self.wishes.merged(changed)
        if isinstance(act, CITIES):
            return self._with_cities(act)
        # As JSON, so that nothing is wished that cannot be kept.
        return Preferences.from_dict(wished(act, self.wishes, self.plan).to_dict())

    def _with_cities(self, act: CITIES) -> Preferences:
        known = legs.Known(
            self.planner.city,
            self.planner.has,
            self.planner.currency,
            legs.had(self.state.preferences, self.plan),
            free=not any(isinstance(it, do.OrderCities) for it in self.acts),
        )
        return Preferences.from_dict(legs.changed(act, self.wishes, known).to_dict())

    def _proper(self, act: Act) -> Act:
        """The act with its cities' proper names, as it applies to the plan there is."""
        if isinstance(act, do.SetBase):
            return beds.placed(act, self.wishes, self.plan, self.planner)
        if isinstance(act, do.SetCity | do.AddCity | do.SetNights):
            return with_(act, city=self.planner.city(act.city).name)
        days = self._days()
        match act:
            case do.Add(place=str() as place) if place in days:
                return _of_planned(act, place, days[place])
            case do.Move(stop=str() as stop) if days and stop not in days:
                return do.Add(
                    place=stop,
                    day=act.day,
                    part=act.part,
                    after=act.after,
                    before=act.before,
                )
        return act

    def _is_for_planner(self, act: Act) -> bool:
        days = self._days()
        if isinstance(act, do.Add) and act.place in days:
            return False  # it is there, and nothing else is asked of it
        if isinstance(act, do.Move) and act.day == days.get(act.stop):
            return (act.part, act.after, act.before) != (None,) * 3
        if isinstance(act, do.Remove) and act.stop not in days:
            return False  # it never comes, then
        return isinstance(act, ON_PLAN) or _is_of_a_day(act)

    def _days(self) -> dict[object, int]:
        """The number of the day of each planned place."""
        return {
            stop.place.id: day.number
            for day in (self.plan.days if self.plan else ())
            for stop in day.stops
        }

    def _plan_first(self, request: PlanRequest) -> None:
        before, self.plan = self.plan, self.planner.plan(request)
        self._step(before)
        for act in self.later:
            if not _waits(act):
                continue
            assert self.plan is not None
            for part in each_city.meant(act, self.plan):
                self._add_later(act, part)

    def _add_later(self, act: Act, part: Itinerary) -> None:
        """Carry the act out in this part of the first plan, or say why not."""
        before, act, why = self.plan, self._proper(act), ""
        assert before is not None
        if not self._is_for_planner(act):
            return
        try:
            why = each_city.served(act, part)
            if not why:
                act = each_city.moved(act, part, self.wishes.must_see)
                self.plan = each_city.made(act, part, before, self._made_room)
                self.wishes = learned(act, self.wishes, before, self.plan)
        except CannotPlan as exc:
            why = str(exc)
        self.steps.append(Step(act, self.wishes, self.wishes, before, self.plan, why))

    def _made_room(self, plan: Itinerary, act: Act) -> Itinerary:
        return making_room.made(plan, act, self.wishes, self._revised)

    def _revised(
        self, plan: Itinerary, act: Revision, *, draft: bool = False
    ) -> Itinerary:
        request = PlanRequest.from_preferences(self.wishes)
        if request is None:
            raise CannotPlan("I still need a city and a number of days.")
        return self.planner.revise(plan, act, request, draft=draft)

    def _leaned(self, act: do.SetPace | do.SetBudget) -> str:
        """Bring the plan nearer to a pace or budget; why it could not follow, or ""."""
        assert self.plan is not None
        if isinstance(act, do.SetBudget):
            self.ruled = True  # where one eats keeps to it in any case
            if act.step != -1 and act.budget != "low":
                return ""
            try:
                self.plan = self._revised(self.plan, Refit(cheaper=True))
            except CannotPlan as exc:
                return str(exc)
            return ""
        wanted, ladder = self.wishes.pace or Pace.MODERATE, list(Pace)
        for day in self.plan.days:
            way = ladder.index(wanted) - ladder.index(day.pace)
            kind = do.Calmer if way < 0 else do.Fuller
            for _ in range(abs(way)):
                with suppress(CannotPlan):  # it is as calm or full as it gets
                    self.plan = self._revised(self.plan, kind(day=day.number))
        return ""

    def _changes_taste(self, act: Act) -> bool:
        if not isinstance(act, do.SetInterests):
            return False
        return wished(act, self.wishes, self.plan).interests != self.wishes.interests

    def _step(self, before: Itinerary | None) -> None:
        self.steps.append(Step(None, self.wishes, self.wishes, before, self.plan))


def _turn(act: Act) -> int:
    """What is forgotten is so first; the cities decide what a number of days means; and
    what goes makes room for what comes, which then stays where it was put.
    """
    if isinstance(act, do.StartOver):
        return 0
    return 1 if isinstance(act, CITIES) else 2 if isinstance(act, do.Remove) else 3


def _begins(plan: Itinerary, place: object) -> int:
    """When a stop begins, in minutes of the whole trip."""
    return next(
        day.number * 24 * 60 + stop.arrive
        for day in plan.days
        for stop in day.stops
        if stop.place.id == place
    )


def _request(wishes: Preferences) -> PlanRequest | None:
    """What a planner heeds of the wishes."""
    return PlanRequest.from_preferences(wishes)


def _of_planned(act: do.Add, place: str, now: int) -> Act:
    """The act for a place that is in the plan already."""
    if act.time is not None:
        return do.SetTime(stop=place, time=act.time, day=act.day)
    if act.after or act.before or act.part or act.day not in (None, now):
        return do.Move(
            stop=place, day=act.day, part=act.part, after=act.after, before=act.before
        )
    if act.minutes is not None:
        return do.SetStay(stop=place, minutes=act.minutes)
    return act


def _is_of_a_day(act: Act) -> bool:
    return isinstance(act, do.SetHours) and act.day is not None


def _waits(act: Act) -> bool:
    """Whether the act says more of the first plan than the wishes do."""
    if isinstance(act, LENGTH | do.Remove | do.Replan):
        return False
    if isinstance(act, do.Add):
        said = (act.day, act.part, act.after, act.before, act.time)
        return isinstance(act.place, Reference) or any(it is not None for it in said)
    if isinstance(act, do.SetMeal):
        wished = (act.day, act.place, act.near, act.kind, act.budget, act.step)
        return any(it is not None for it in wished)
    if isinstance(act, do.SkipMeal):
        return act.day is not None
    return isinstance(act, ON_PLAN) or _is_of_a_day(act)
