"""Edits that move, time and refit: what they do not speak of stays to the minute."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from itinerary_app.acts.acts import (
    Act,
    Add,
    Calmer,
    Move,
    Remove,
    RemoveDay,
    SetDays,
    SetHours,
    Swap,
)
from itinerary_app.acts.values import Part, Reference
from itinerary_app.catalogue.kinds import needs_light
from itinerary_app.catalogue.light import daylight
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    Category,
    Day,
    Diet,
    Itinerary,
    Mobility,
    Place,
    PlanRequest,
    Refit,
    Stop,
    StopKind,
)
from itinerary_app.planner.planner import Planner
from tests.planner.rich import RichCatalogue
from tests.planner.rules import assert_kept


class Unpriced(Catalogue):
    """The shipped places, but nobody knows what they cost."""

    def places(self, city_name: str) -> tuple[Place, ...]:
        return tuple(it._replace(price=None) for it in super().places(city_name))


REQUEST = PlanRequest("Paris", 4, excluded=("palace-of-versailles",))
PLACES = RichCatalogue().places("Paris")


@pytest.fixture(scope="module")
def rich() -> Planner:
    """The planner on places with hours, prices, diets and access."""
    return Planner(RichCatalogue())


@pytest.fixture(scope="module")
def plan(rich: Planner) -> Itinerary:
    """Four days in Paris."""
    return rich.plan(REQUEST)


def test_a_moved_stop_changes_two_days(rich: Planner, plan: Itinerary) -> None:
    """The place goes to the other day; all other stops stay on theirs."""
    calm = rich.revise(plan, Calmer(day=3), REQUEST)
    for stop in _visits(calm.days[0]):
        with suppress(CannotPlan):  # not every one is open then
            after = rich.revise(calm, Move(stop=stop.place.id, day=3), REQUEST)
            break
    assert_kept(after, REQUEST, PLACES)
    assert (after.days[1], after.days[3]) == (calm.days[1], calm.days[3])
    seen = {it.place.id for it in _visits(calm.days[2])}  # a nearer meal may come
    assert {it.place.id for it in _visits(after.days[2])} == seen | {stop.place.id}
    assert stop.place.id not in _ids(after.days[0])


def test_a_moved_meal_is_exchanged(rich: Planner, plan: Itinerary) -> None:
    """Each day has one dinner afterwards, where both places suit the other day."""
    moved = 0
    for day, other in permutations(plan.days, 2):
        [dinner] = [it for it in day.stops if it.kind is StopKind.DINNER]
        act = Move(stop=dinner.place.id, day=other.number)
        request = replace(REQUEST, must_see=(dinner.place.id,))
        try:
            after = rich.revise(plan, act, request)
        except CannotPlan:
            continue
        moved += 1
        assert_kept(after, request, PLACES)
        assert dinner.place.id in _ids(after.days[other.number - 1])
    assert moved


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        (Move(stop="x", day=2), "not in the plan"),
        (Move(stop="louvre", day=9), "There is no day 9"),
        (SetHours(day=9, start="10:00"), "There is no day 9"),
        (SetHours(day=1, start="20:00", end="20:00"), "would have no time"),
        (Refit(cheaper=True, day=9), "There is no day 9"),
    ],
)
def test_what_cannot_be_is_explained(
    rich: Planner, plan: Itinerary, edit: Act | Refit, complaint: str
) -> None:
    """A sentence for the traveller, not a stack trace."""
    with pytest.raises(CannotPlan, match=complaint):
        rich.revise(plan, edit, REQUEST)


def test_a_day_begins_when_it_is_asked_to(planner: Planner) -> None:
    """“Start at 8:00”: where the first place is open, it does; other days stay."""
    request = PlanRequest("Delhi", 2)
    plan, begun = planner.plan(request), []
    for day in plan.days:
        after = planner.revise(plan, SetHours(day=day.number, start="08:00"), request)
        assert after.days[day.number - 1].start == 8 * 60
        assert _others(after, day.number) == _others(plan, day.number)
        assert _ids(after.days[day.number - 1]) >= _ids(day)
        begun.append(after.days[day.number - 1].stops[0].arrive)
    assert min(begun) < min(day.stops[0].arrive for day in plan.days)


def test_a_shorter_day_loses_what_has_no_time(rich: Planner, plan: Itinerary) -> None:
    """“End day 1 at 16:00” drops the evening and keeps the order of the rest."""
    after = rich.revise(plan, SetHours(day=1, end="16:00"), REQUEST)
    assert_kept(after, REQUEST, PLACES)
    assert _others(after, 1) == _others(plan, 1)
    stayed = [
        s.place.id for s in plan.days[0].stops if s.place.id in _ids(after.days[0])
    ]
    order = [s.place.id for s in after.days[0].stops if s.place.id in set(stayed)]
    assert order == stayed
    assert after.days[0].stops[-1].leave <= 16 * 60


def test_hours_of_a_day_outlive_a_new_plan(rich: Planner, plan: Itinerary) -> None:
    """A late start of one day holds when the interests change."""
    late = rich.revise(plan, SetHours(day=2, start="11:00"), REQUEST)
    anew = rich.plan(replace(REQUEST, pace=plan.days[0].pace.RELAXED), late)
    assert anew.days[1].start == 11 * 60
    assert anew.days[1].stops[0].arrive >= 11 * 60


REFITS = {
    "avoid": {"avoid": (Category.MUSEUM,)},
    "day_start": {"day_start": 10 * 60},
    "dates": {"start_date": date(2026, 11, 16)},
    "depart": {"depart": 15 * 60},
    "diets": {"diets": (Diet.VEGAN,)},
    "step-free": {"mobility": (Mobility.STEP_FREE,)},
    "less walking": {"mobility": (Mobility.LESS_WALKING,)},
}


@pytest.mark.parametrize("name", REFITS)
def test_a_changed_wish_changes_only_what_breaks_it(
    rich: Planner, plan: Itinerary, name: str
) -> None:
    """What may stay does: at least nine of ten of the stops that keep the wish."""
    request = replace(REQUEST, **REFITS[name])  # type: ignore[arg-type]
    after = rich.revise(plan, Refit(), request)
    assert_kept(after, request, PLACES)
    stays = _conforming(plan, request)
    kept = stays & {stop.place.id for stop in after.stops}
    assert len(kept) >= 0.9 * len(stays)
    for old, new in zip(plan.days, after.days, strict=True):
        order = [s.place.id for s in _visits(old) if s.place.id in _ids(new)]
        assert [s.place.id for s in _visits(new) if s.place.id in set(order)] == order


def test_on_other_dates_parks_come_by_day_again(planner: Planner) -> None:
    """A garden on a summer evening is not left there, in the dark, in December."""
    june = PlanRequest(
        "Rome", 1, must_see=("orange-garden",), start_date=date(2027, 6, 15)
    )
    plan = planner.plan(june)
    plan = planner.revise(plan, Move(stop="orange-garden", part=Part.EVENING), june)
    assert _stop(plan, "orange-garden").arrive >= 18 * 60
    december = replace(june, start_date=date(2027, 12, 7))
    after = planner.revise(plan, Refit(), december)
    assert _stop(after, "orange-garden").leave <= 16 * 60 + 45


def test_a_spending_limit_takes_only_what_costs(rich: Planner, plan: Itinerary) -> None:
    """What is free stays, and what goes is replaced by what can be paid."""
    request = replace(REQUEST, spend_limit=60)
    after = rich.revise(plan, Refit(), request)
    assert_kept(after, request, PLACES)
    free = {stop.place.id for stop in plan.stops if not stop.place.price}
    assert len(free & {stop.place.id for stop in after.stops}) >= 0.9 * len(free)
    before = sum(len(_visits(day)) for day in plan.days)
    assert sum(len(_visits(day)) for day in after.days) >= 0.8 * before


def test_a_refit_of_nothing_changes_nothing(rich: Planner, plan: Itinerary) -> None:
    """A plan that keeps the request stays to the minute."""
    assert rich.revise(plan, Refit(), REQUEST) == plan


def test_excluded_places_are_replaced(rich: Planner, plan: Itinerary) -> None:
    """What is taken out by name gives way to something else on the same day."""
    by_day = [it for it in _visits(plan.days[1]) if it.leave <= 18 * 60]
    stop = max(by_day, key=lambda it: it.leave - it.arrive)
    request = replace(REQUEST, excluded=(stop.place.id,))
    after = rich.revise(plan, Refit(), request)
    assert _others(after, 2) == _others(plan, 2)
    assert stop.place.id not in _ids(after.days[1])
    assert _ids(after.days[1]) - _ids(plan.days[1])


@pytest.mark.parametrize("whole", [True, False])
def test_cheaper_costs_less(rich: Planner, plan: Itinerary, whole: bool) -> None:
    """Less is paid, by the dearest visits; the famous ones stay, and the rest."""
    paid = next(
        day.number
        for day in plan.days
        for it in _visits(day)
        if it.place.price and not it.place.site and not _is_famous(it)
    )
    act = Refit(cheaper=True, day=None if whole else paid)
    after = rich.revise(plan, act, REQUEST)
    numbers = {it.number for it in plan.days} if whole else {paid}
    before = tuple(day for day in plan.days if day.number in numbers)
    now = tuple(day for day in after.days if day.number in numbers)
    assert 0 <= _spent(now) < _spent(before)
    famous = {it.place.id for day in before for it in day.stops if _is_famous(it)}
    assert famous <= {it.place.id for day in now for it in day.stops}
    assert_kept(after, REQUEST, PLACES)
    if not whole:
        assert _others(after, paid) == _others(plan, paid)


def test_cheaper_without_prices_is_refused() -> None:
    """Where no admission is known nothing can be promised."""
    planner, request = Planner(Unpriced()), PlanRequest("Sydney", 1)
    with pytest.raises(CannotPlan, match="No admission that we know of"):
        planner.revise(planner.plan(request), Refit(cheaper=True), request)


def test_locked_stops_survive_every_edit(rich: Planner, plan: Itinerary) -> None:
    """Whatever is done to their day, they stay there, at their time."""
    stop = _visits(plan.days[0])[1]
    other = _visits(plan.days[0])[0]
    request = replace(REQUEST, locked=(stop.place.id,))
    edits: list[Act | Refit] = [
        Calmer(day=1),
        Swap(stop=other.place.id),
        Remove(stop=other.place.id),
        SetHours(day=1, end="17:00"),
        Refit(cheaper=True),
        Add(place=Reference(kind=Category.CHURCH), day=1),
        RemoveDay(day=3),
        SetDays(days=6),
    ]
    made = 0
    for edit in edits:
        try:
            after = rich.revise(plan, edit, request)
        except CannotPlan:
            continue
        made += 1
        times = {it.place.id: it.arrive for it in after.days[0].stops}
        assert times[stop.place.id] == stop.arrive
    assert made >= 5
    for edit in (
        Remove(stop=stop.place.id),
        Swap(stop=stop.place.id),
        Move(stop=stop.place.id, day=2),
        RemoveDay(day=1),
    ):
        with pytest.raises(CannotPlan, match=r"is locked on day 1.*Unlock it first"):
            rich.revise(plan, edit, request)


def test_a_day_taken_out_of_dated_days_keeps_the_hours(rich: Planner) -> None:
    """The days after it come a day earlier; what is closed then is replaced."""
    request = replace(REQUEST, start_date=date(2026, 3, 6))
    plan = rich.plan(request)
    after = rich.revise(plan, RemoveDay(day=2), request)
    assert_kept(after, replace(request, days=3), PLACES)
    longer = rich.revise(plan, SetDays(days=6), request)
    assert_kept(longer, replace(request, days=6), PLACES)
    assert longer.days[:4] == plan.days


def _conforming(plan: Itinerary, request: PlanRequest) -> set[str]:
    """The places of the stops that keep the request where they stand."""
    found = set()
    for day in plan.days:
        for stop in day.stops:
            alone = replace(
                plan,
                days=tuple(
                    replace(
                        it,
                        date=request.date_of(it.number),
                        stops=(stop,) if it is day else (),
                    )
                    for it in plan.days
                ),
            )
            sun = daylight(plan.city, request.date_of(day.number))
            if sun and needs_light(stop.place) and stop.leave > sun[1]:
                continue
            try:
                assert_kept(alone, replace(request, must_see=()), PLACES)
            except AssertionError:
                continue
            found.add(stop.place.id)
    return found


def _others(plan: Itinerary, number: int) -> list[Day]:
    return [day for day in plan.days if day.number != number]


def _visits(day: Day) -> list:  # type: ignore[type-arg]
    return [stop for stop in day.stops if stop.kind is StopKind.VISIT]


def _ids(day: Day) -> set[str]:
    return {stop.place.id for stop in day.stops}


def _spent(days: tuple[Day, ...]) -> float:
    return sum(stop.place.price or 0 for day in days for stop in day.stops)


def _is_famous(stop: Stop) -> bool:
    return stop.place.importance == 5


def _stop(plan: Itinerary, place_id: str) -> Stop:
    return next(stop for stop in plan.stops if stop.place.id == place_id)
