"""Acts on the number of days and their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from itinerary_app.acts.acts import (
    Act,
    AddDay,
    MoveDay,
    RemoveDay,
    Replan,
    SetDays,
    SetHours,
    SwapDays,
)
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day, Itinerary, Pace, PlanRequest, StopKind
from itinerary_app.planner.planner import Planner
from tests.conftest import MakeCatalogue
from tests.planner.change.trips import (
    CATALOGUE,
    PARIS,
    PLANNER,
    ROME,
    ids,
    planned,
    revised,
    where,
)
from tests.planner.change.trips import visits as visits_of
from tests.planner.rules import unexcused

REQUEST = PlanRequest("Toytown", 2, pace=Pace.PACKED)


def museums(count: int) -> list[str]:
    return [
        f"m{i},Museum {i},10.0{i},20.0,museum,,3,09:00-21:00,,,src,{i},CC0,,60,,"
        for i in range(count)
    ]


def visits(day: Day) -> int:
    return sum(stop.kind is StopKind.VISIT for stop in day.stops)


def test_a_further_day_takes_what_the_fullest_can_spare(
    toytown: MakeCatalogue,
) -> None:
    """Nothing is lost, nothing comes twice, and the new day has its fair share."""
    planner = Planner(toytown(museums(8)))
    plan = planner.plan(REQUEST)
    assert sum(map(visits, plan.days)) == 8
    after = planner.revise(plan, SetDays(days=3), REQUEST)
    assert sorted(it.place.id for it in after.stops) == [f"m{i}" for i in range(8)]
    assert all(visits(day) >= 2 for day in after.days)


def test_days_that_could_share_nothing_are_refused(toytown: MakeCatalogue) -> None:
    """One sight a day cannot become three days."""
    planner = Planner(toytown(museums(2)))
    plan = planner.plan(REQUEST)
    with pytest.raises(CannotPlan, match="2 days or fewer"):
        planner.revise(plan, SetDays(days=3), REQUEST)


def test_two_days_trade_places() -> None:
    """Stops, hours and what is kept free change places; times hold to the minute."""
    plan = PLANNER.revise(planned(PARIS), SetHours(day=1, start="10:00"), PARIS)
    after = revised(PARIS, SwapDays(first=1, second=3), 1, 3, plan=plan, reorders=True)
    assert after.days[2] == replace(plan.days[0], number=3)
    assert after.days[0] == replace(plan.days[2], number=1)


def test_dated_days_trade_places_only_where_all_is_open() -> None:
    """The Vatican Museums are closed on Sundays: that is named, nothing changes."""
    number, _ = where(planned(ROME), "vatican-museums-and-sistine-chapel")
    act = SwapDays(first=number, second=3)  # day 3 is a Sunday
    with pytest.raises(CannotPlan, match=r"closed .* Sunday"):
        PLANNER.revise(planned(ROME), act, ROME)


def test_swapped_dated_days_have_their_dates() -> None:
    """The stops change days, the dates do not."""
    after = revised(ROME, SwapDays(first=1, second=2), 1, 2, reorders=True)
    assert [day.date for day in after.days] == [day.date for day in planned(ROME).days]
    assert set(ids(after.days[0])) >= {
        it.place.id for it in visits_of(planned(ROME).days[1])
    }


def test_a_day_moves_to_the_front() -> None:
    """The others follow in their order."""
    before = planned(PARIS)
    after = revised(PARIS, MoveDay(day=3, to=1), 1, 2, 3, reorders=True)
    for now, old in zip(after.days[:3], (3, 1, 2), strict=True):
        had = {it.place.id for it in visits_of(before.days[old - 1])}
        assert set(ids(now)) >= had
    with pytest.raises(CannotPlan, match="day 2 already"):
        PLANNER.revise(before, MoveDay(day=2, to=2), PARIS)


def test_a_day_comes_at_the_end_or_in_front() -> None:
    """The days there were stay to the minute, with later numbers behind a new one."""
    plan = planned(ROME)
    longer = PLANNER.revise(plan, AddDay(), ROME)
    assert longer.days[:3] == plan.days
    earlier = replace(ROME, start_date=date(2027, 6, 10))
    front = PLANNER.revise(plan, AddDay(front=True), earlier)
    assert front.days[1:] == tuple(
        replace(day, number=day.number + 1) for day in plan.days
    )
    for after, request in ((longer, ROME), (front, earlier)):
        asked = replace(request, days=4)
        assert unexcused(after, asked, CATALOGUE.places("Rome")) == []
        assert all(visits(day) >= 3 for day in after.days)


def test_the_last_day_goes_where_none_is_named() -> None:
    """“A day shorter”: the others stay to the minute."""
    after = PLANNER.revise(planned(PARIS), RemoveDay(), PARIS)
    assert after.days == planned(PARIS).days[:3]


def test_a_day_goes_and_the_later_ones_move_up() -> None:
    """Without dates nothing else changes."""
    plan = planned(PARIS)
    after = PLANNER.revise(plan, RemoveDay(day=2), PARIS)
    assert after.days == (
        plan.days[0],
        *(replace(day, number=day.number - 1) for day in plan.days[2:]),
    )


def test_a_dated_day_that_moves_up_is_open_then() -> None:
    """What is closed on its new date gives way, and nothing else does."""
    plan = planned(ROME)
    after = PLANNER.revise(plan, RemoveDay(day=1), ROME)
    assert unexcused(after, replace(ROME, days=2), CATALOGUE.places("Rome")) == []
    kept = {it.place.id for it in after.stops}
    was = {it.place.id for day in plan.days[1:] for it in day.stops}
    assert len(kept & was) >= 0.8 * len(was)


def test_a_locked_stop_keeps_its_day() -> None:
    """A day with a lock does not go, and a dated one does not move."""
    stop = planned(ROME).days[1].stops[0]
    request = replace(ROME, locked=(stop.place.id,))
    for act in (RemoveDay(day=2), RemoveDay(day=1), SwapDays(first=1, second=2)):
        with pytest.raises(CannotPlan, match=r"is locked on day 2.*Unlock it first"):
            PLANNER.revise(planned(ROME), act, request)


def test_a_locked_stop_keeps_its_day_without_dates() -> None:
    """Days do not change places where one has a lock, dated or not."""
    stop = planned(PARIS).days[1].stops[0]
    request = replace(PARIS, locked=(stop.place.id,))
    for act in (SwapDays(first=1, second=2), SwapDays(first=2, second=1)):
        with pytest.raises(CannotPlan, match=r"is locked on day 2.*Unlock it first"):
            PLANNER.revise(planned(PARIS), act, request)


def test_the_only_day_stays() -> None:
    """A trip has a day at least."""
    one = PlanRequest("Rome", 1)
    with pytest.raises(CannotPlan, match="only day"):
        PLANNER.revise(PLANNER.plan(one), RemoveDay(), one)


@pytest.mark.parametrize("act", [AddDay(), SetDays(days=3), Replan(day=2)])
def test_further_days_keep_the_budget(toytown: MakeCatalogue, act: Act) -> None:
    """With a moderate one, one eats once in a trip at the dearest places."""
    dear = [
        f"r{i},Restaurant {i},10.0{i},20.0,restaurant,,3,,,,src,r{i},CC0,,,,"
        for i in range(8)
    ]
    planner = Planner(toytown([*museums(20), *dear], "4,,,,,"))
    request = PlanRequest("Toytown", 2)
    plan = planner.plan(request)
    assert meals(plan) == 1
    assert meals(planner.revise(plan, act, request)) == 1


def meals(plan: Itinerary) -> int:
    return sum(stop.place.category == "restaurant" for stop in plan.stops)
