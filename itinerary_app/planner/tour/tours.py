"""A trip to several cities: each city's own plan, joined, and changed city by city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.catalogue import own
from itinerary_app.catalogue.places import Catalogue, local_currency
from itinerary_app.catalogue.tickets import tickets
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Itinerary, Leg, Place, PlanRequest, Refit, Stage
from itinerary_app.model.request import AT_THE_DOOR
from itinerary_app.planner.tour import remarks
from itinerary_app.planner.tour.nights import allotted
from itinerary_app.planner.tour.touched import touched
from itinerary_app.planner.tour.transfers import (
    DAY,
    EARLIEST,
    MARGIN,
    Town,
    ready_after,
    transfer,
)

LENGTH = do.AddDay | do.RemoveDay


class OneCity(Protocol):
    """Plans a trip to a single city, whose days are numbered as in the whole."""

    def plan(
        self, request: PlanRequest, before: Itinerary | None = None
    ) -> Itinerary: ...

    def revise(
        self,
        itinerary: Itinerary,
        act: Act | Refit,
        request: PlanRequest,
        *,
        draft: bool = False,
    ) -> Itinerary: ...

    def alternatives(
        self, itinerary: Itinerary, request: PlanRequest, place_id: str
    ) -> tuple[Place, ...]: ...

    def remarks(self, itinerary: Itinerary, request: PlanRequest) -> tuple[str, ...]:
        """What a traveller with this plan should know."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A city's days, and what they were asked for; no plan yet while new."""

    stage: Stage
    request: PlanRequest
    plan: Itinerary | None = None


class Tours:
    """Plans for requests of several cities, made of plans for one."""

    def __init__(self, catalogue: Catalogue, one: OneCity) -> None:
        self._catalogue = catalogue
        self._one = one
        self._last: tuple[PlanRequest, Itinerary, list[_Part]] | None = None

    def plan(self, request: PlanRequest, before: Itinerary | None) -> Itinerary:
        """All cities anew; of a plan `before` in the same ones, days and locks hold."""
        names = [city.name for city in before.cities] if before else []
        same = names == [leg.city for leg in request.legs]
        had = _by_city(before) if before and same else {}
        parts = self._parts(request, self._days(request, had))
        made: list[_Part] = []
        for part in parts:
            own = self._with_money(part, parts, made, request)
            with _named(own):
                plan = self._one.plan(own.request, had.get(own.stage.city.id))
            made.append(replace(own, plan=plan))
        return self._joined(made, request)

    def revise(
        self,
        itinerary: Itinerary,
        act: Act | Refit,
        request: PlanRequest,
        *,
        draft: bool = False,
    ) -> Itinerary:
        """The plan after the act: cities that it does not touch stay to the minute.

        A `draft` that keeps all days gets no remarks.
        """
        if isinstance(act, do.SetDays):
            legs = request.legs or (Leg(request.city),)
            request = replace(request, legs=legs)
            days = self._days(request, _by_city(itinerary))
            return self._reshaped(self._present(itinerary, request), request, days)
        # The plan has its cities, whatever the trip is to have.
        present = tuple(Leg(city.name) for city in itinerary.cities)
        request = replace(request, legs=present, city=itinerary.city.name)
        parts = self._present(itinerary, request)
        if isinstance(act, Refit) and not act.cheaper:
            return self._reshaped(parts, request, _lengths(parts), refit=act)
        if isinstance(act, LENGTH):
            return self._longer(itinerary, parts, act, request)
        cities = [self._places(it.stage.city.name, request) for it in parts]
        at = touched(itinerary, act, cities)
        changed = self._changed(parts, at, act, request, draft=draft)
        return self._joined(changed, request, draft=draft)

    def alternatives(
        self, itinerary: Itinerary, request: PlanRequest, place_id: str
    ) -> tuple[Place, ...]:
        """What could stand where the stop does, in its own city."""
        last = self._last  # a page asks for all stops of a plan in a row
        if last is None or last[1] is not itinerary or last[0] != request:
            parts = self._present(itinerary, request)
            self._last = last = request, itinerary, parts
        for part in last[2]:
            plan = part.plan
            if plan and any(it.place.id == place_id for it in plan.stops):
                return self._one.alternatives(plan, part.request, place_id)
        return ()

    def _places(self, city: str, request: PlanRequest) -> tuple[Place, ...]:
        """The city's, and those that the traveller made there."""
        return (*self._catalogue.places(city), *own.places(request.own, city))

    def _days(self, request: PlanRequest, had: dict[str, Itinerary]) -> list[int]:
        names = {it.city.name: len(it.days) for it in had.values()}
        places = [self._catalogue.places(leg.city) for leg in request.legs]
        return allotted(request, places, names)

    def _reshaped(
        self,
        present: Sequence[_Part],
        request: PlanRequest,
        days: Sequence[int],
        *,
        refit: Refit | None = None,
    ) -> Itinerary:
        """The plan with the request's cities, so many days in each.

        A city's days stay to the minute where neither their dates nor the ways before
        and after them are others.
        """
        before = {it.stage.city.id: it for it in present}
        parts = self._parts(request, days)
        made: list[_Part] = []
        for i, part in enumerate(parts):
            ids = [it.stage.city.id for it in parts[i + 1 :]]
            later = [before[it] for it in ids if it in before]
            old = before.get(part.stage.city.id)
            own = self._with_money(part, parts, [*made, *later], request, old)
            with _named(own):
                if old is None:
                    plan = self._one.plan(own.request)
                else:
                    plan = self._followed(old, own, refit=refit)
            made.append(replace(own, plan=plan))
        return self._joined(made, request)

    def _followed(self, old: _Part, new: _Part, *, refit: Refit | None) -> Itinerary:
        """The city's days where they are now, in the number that there are now."""
        assert old.plan is not None
        first, wanted = new.stage.first, new.request.days
        days = tuple(
            replace(day, number=number, date=new.request.date_of(number))
            for number, day in enumerate(old.plan.days, start=first)
        )
        plan = replace(old.plan, days=days, notes=())
        if len(days) != wanted:
            now = replace(new.request, days=len(days))
            plan = self._one.revise(plan, do.SetDays(days=wanted), now)
        dates = [day.date for day in days] != [day.date for day in old.plan.days]
        if refit or dates or _ends(old.request) != _ends(new.request):
            freed = new.request.freed_since(old.request)
            filled = (*(refit.filled if refit else ()), *freed)
            plan = self._one.revise(plan, Refit(filled=filled), new.request)
        return plan

    def _longer(
        self,
        itinerary: Itinerary,
        parts: list[_Part],
        act: do.AddDay | do.RemoveDay,
        request: PlanRequest,
    ) -> Itinerary:
        """A day more or less in the city where it is; later ones move."""
        if isinstance(act, do.AddDay):
            at = 0 if act.front else len(parts) - 1
        elif act.day is None:
            at = len(parts) - 1
        else:
            [at] = touched(itinerary, act, ())
        part = parts[at]
        assert part.plan is not None
        if isinstance(act, do.RemoveDay) and len(part.plan.days) == 1:
            name = part.stage.city.name
            raise CannotPlan(f"It is the only day in {name}. Leave out {name} instead.")
        plan = self._one.revise(part.plan, act, part.request)
        parts[at] = replace(part, plan=plan)
        counts = _lengths(parts)
        return self._reshaped(parts, replace(request, days=sum(counts)), counts)

    def _changed(
        self,
        parts: list[_Part],
        at: Sequence[int],
        act: Act | Refit,
        request: PlanRequest,
        *,
        draft: bool,
    ) -> list[_Part]:
        """The parts after an act on one of them, on each, or on the best for it."""
        one_does = isinstance(act, do.Add | do.Clear)
        changed, refused = list(parts), []
        for i in at:
            part = self._with_money(parts[i], parts, _others(changed, i), request)
            assert part.plan is not None
            try:
                plan = self._one.revise(part.plan, act, part.request, draft=draft)
            except CannotPlan as exc:
                refused.append(exc)
                continue
            changed[i] = replace(part, plan=plan)
            if one_does:
                return changed
        if len(refused) == len(at):
            raise refused[0]
        return changed

    def _present(self, itinerary: Itinerary, request: PlanRequest) -> list[_Part]:
        """The parts of the plan there is."""
        stages = itinerary.stages or (Stage(itinerary.city, 1),)
        plans = list(itinerary.parts())
        made: list[_Part] = []
        for i, (stage, plan) in enumerate(zip(stages, plans, strict=True)):
            after = stages[i + 1] if i + 1 < len(stages) else None
            own = _of_part(request, stage, after, len(plan.days))
            made.append(_Part(stage, own, plan))
        return [self._with_money(it, made, _others(made, i), request)
                for i, it in enumerate(made)]  # fmt: skip

    def _parts(self, request: PlanRequest, days: Sequence[int]) -> list[_Part]:
        """The parts to be planned, with the ways between them."""
        cities = [self._catalogue.city(leg.city) for leg in request.legs]
        towns = [Town(it, self._catalogue.places(it.name)) for it in cities]
        firsts = [1 + sum(days[:i]) for i in range(len(days))]
        stages = [Stage(cities[0], 1)]
        ready = (request.arrive if request.arrive is not None else EARLIEST) + MARGIN
        for i in range(1, len(cities)):
            alone = days[i - 1] == 1
            since = max(ready if alone else 0, EARLIEST)
            way = transfer(towns[i - 1], towns[i], request, firsts[i], since)
            stages.append(Stage(cities[i], firsts[i], way))
            ready = ready_after(way)
        return [
            _Part(
                stage,
                _of_part(request, stage, stages[i + 1] if i + 1 < len(stages) else None,
                         days[i]),
            )
            for i, stage in enumerate(stages)
        ]  # fmt: skip

    def _with_money(
        self,
        part: _Part,
        parts: Sequence[_Part],
        done: Sequence[_Part],
        request: PlanRequest,
        old: _Part | None = None,
    ) -> _Part:
        """The part with its share of what the parts `done` leave of the limit.

        The limit is in the first city's money, and holds where that is spent. Where it
        was exceeded, with the `old` days of this part, all parts have to save.
        """
        limit = request.spend_limit
        if limit is None:
            return part
        currency = self._currency(parts[0])
        if self._currency(part) != currency:
            return replace(part, request=replace(part.request, spend_limit=None))
        spent = sum(self._spent(it, currency) for it in done)
        left = limit - spent
        if old and spent + self._spent(old, currency) > limit:
            left = limit * part.request.days / request.days
        known = {it.stage.city.id for it in done}
        open_ = [
            it.request.days
            for it in parts
            if it.stage.city.id not in known and self._currency(it) == currency
        ]
        share = left * part.request.days / sum(open_) if open_ else left
        own = replace(part.request, spend_limit=max(0, int(share)))
        return replace(part, request=own)

    def _currency(self, part: _Part) -> str:
        return local_currency(self._catalogue.places(part.stage.city.name))

    def _spent(self, part: _Part, currency: str) -> float:
        stops = part.plan.stops if part.plan else ()
        paid = [it.place for it in stops if it.place.currency == currency]
        return sum(place.price or 0.0 for place in tickets(paid))

    def _joined(
        self, parts: Sequence[_Part], request: PlanRequest, *, draft: bool = False
    ) -> Itinerary:
        plans = [it.plan for it in parts if it.plan]
        stages = tuple(it.stage for it in parts) if len(parts) > 1 else ()
        whole = Itinerary(
            plans[0].city, tuple(day for plan in plans for day in plan.days), (), stages
        )
        if draft:
            return whole
        told = [
            (plan.city.name, plan.notes or self._one.remarks(plan, part.request))
            for part, plan in zip(parts, plans, strict=True)
        ]
        if not stages:
            return replace(whole, notes=told[0][1])
        currencies = {it.stage.city.name: self._currency(it) for it in parts}
        return replace(whole, notes=remarks.joined(told, whole, request, currencies))


def _of_part(
    request: PlanRequest, stage: Stage, after: Stage | None, days: int
) -> PlanRequest:
    """What is asked of the days in one city, between the ways to it and from it."""
    own = replace(
        request,
        city=stage.city.name,
        days=days,
        first=stage.first,
        legs=(),
        base=request.base if stage.transfer is None else None,
        goes_on=after is not None,
    )
    if way := stage.transfer:
        at = way.target.name if way.target else AT_THE_DOOR
        arrive = way.arrive if way.target else way.arrive + MARGIN
        own = replace(own, arrive=arrive, arrive_at=at)
    if after is not None:
        own = replace(own, depart=None, depart_at=AT_THE_DOOR, depart_there=False)
    if after is not None and (way := after.transfer) and way.leave < 0:
        at = way.origin.name if way.origin else AT_THE_DOOR
        margin = 0 if way.origin else MARGIN
        own = replace(own, depart=way.leave + DAY - margin, depart_at=at)
    return own


@contextmanager
def _named(part: _Part) -> Iterator[None]:
    """What cannot be says of which city that is."""
    name = part.stage.city.name
    try:
        yield
    except CannotPlan as exc:
        text = str(exc)
        raise CannotPlan(text if name in text else f"{name}: {text}") from exc


def _ends(request: PlanRequest) -> tuple[object, ...]:
    """When and where the days in a city begin and end."""
    beds = [it for it in request.bases if it.city == request.city]
    return (
        request.arrive,
        request.depart,
        request.arrive_at,
        request.depart_at,
        request.base,
        beds,
        bool(beds) and request.goes_on,  # which night is the last
    )


def _by_city(itinerary: Itinerary) -> dict[str, Itinerary]:
    return {it.city.id: it for it in itinerary.parts()}


def _lengths(parts: Sequence[_Part]) -> list[int]:
    return [len(it.plan.days) for it in parts if it.plan]


def _others(parts: Sequence[_Part], i: int) -> list[_Part]:
    return [it for j, it in enumerate(parts) if j != i]
