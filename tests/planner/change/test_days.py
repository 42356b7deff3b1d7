"""Acts on a day: hours, pace, what is kept free, order and other places."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest

from itinerary_app.acts.acts import (
    BestOrder,
    Calmer,
    Clear,
    Fuller,
    Order,
    Replan,
    SetHours,
)
from itinerary_app.acts.values import Part
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day, PlanRequest
from itinerary_app.planner.planner import Planner
from tests.conftest import MakeCatalogue
from tests.planner.change.trips import (
    PARIS,
    PLANNER,
    ROME,
    added,
    at,
    gone,
    ids,
    planned,
    revised,
    visits,
    where,
)


@pytest.mark.parametrize("request_", [ROME, PARIS], ids=["rome", "paris"])
def test_a_calmer_day_has_less_and_keeps_its_order(request_: object) -> None:
    """At least one visit goes; what stays comes in the order that it had."""
    assert request_ in (ROME, PARIS)
    request = ROME if request_ is ROME else PARIS
    after = revised(request, Calmer(day=1), 1)
    assert len(visits(after.days[0])) < len(visits(planned(request).days[0]))
    come = added(planned(request), after)
    assert not {it.place.id for it in visits(after.days[0])} & set(come)


def test_a_fuller_day_has_all_it_had_and_more() -> None:
    """Nothing goes, nothing changes its order, and a visit at least comes."""
    after = revised(ROME, Fuller(day=2), 2)
    assert gone(planned(ROME), after) == ()
    assert len(visits(after.days[1])) > len(visits(planned(ROME).days[1]))


def test_a_day_begins_later_and_ends_earlier() -> None:
    """“From half past nine until six”: it lies within, in its order."""
    after = revised(PARIS, SetHours(day=2, start="09:30", end="18:00"), 2)
    stops = after.days[1].stops
    assert stops[0].arrive - stops[0].travel_minutes >= at("09:30")
    assert stops[-1].leave + after.days[1].back_minutes <= at("18:00")


def test_an_earlier_end_takes_only_what_lies_behind_it() -> None:
    """“Home by seven on Saturday”: what leaves time for the way home stays."""
    after = revised(ROME, SetHours(day=2, end="19:00"), 2)
    before = planned(ROME).days[1]
    stays = {it.place.id for it in before.stops if it.leave <= at("18:30")}
    assert stays <= set(ids(after.days[1]))


def test_hours_for_all_days_replace_those_of_single_days() -> None:
    """“Nothing before ten on any day”: on no day, though one had its own hours."""
    early = revised(ROME, SetHours(day=1, start="08:00"), 1)
    request = replace(ROME, day_start=at("10:00"))
    after = revised(request, SetHours(start="10:00"), 1, 2, 3, plan=early)
    assert all(day.stops[0].arrive >= at("10:00") for day in after.days)


def test_hours_that_a_booking_breaks_are_refused() -> None:
    """A later start would lose what is booked: the booking is named."""
    request = replace(ROME, times=(("trevi-fountain", at("10:00")),))
    plan = PLANNER.plan(request)
    number, _ = where(plan, "trevi-fountain")
    act = SetHours(day=number, start="11:00")
    with pytest.raises(CannotPlan, match="Trevi Fountain is to begin at 10:00"):
        PLANNER.revise(plan, act, request)


@pytest.mark.parametrize(
    ("part", "number", "start", "end"),
    [
        (Part.MORNING, 1, "00:00", "12:00"),
        (Part.AFTERNOON, 3, "13:00", "18:00"),
        (Part.EVENING, 2, "18:00", "30:00"),
    ],
)
def test_a_part_of_a_day_is_kept_free(
    part: Part, number: int, start: str, end: str
) -> None:
    """Nothing is left in it, and what lies elsewhere stays to the minute."""
    before = planned(PARIS).days[number - 1]
    act = Clear(day=number, part=part)
    after = revised(PARIS, act, number, plan=planned(PARIS)).days[number - 1]
    first, last = (int(it[:2]) * 60 for it in (start, end))
    assert all(it.leave <= first or last <= it.arrive for it in after.stops)
    outside = [it for it in before.stops if it.leave <= first or last <= it.arrive]
    assert _visit_times(after) == [
        (it.place.id, it.arrive) for it in outside if it.kind == "visit"
    ]
    assert after.free == (part,)


@pytest.mark.parametrize("number", [1, 2])
def test_what_is_famous_stays_beside_a_free_afternoon(number: int) -> None:
    """The Eiffel Tower shifts to the morning, rather than that the day loses it."""
    before = planned(PARIS).days[number - 1]
    act = Clear(day=number, part=Part.AFTERNOON)
    after = PLANNER.revise(planned(PARIS), act, PARIS).days[number - 1]
    famous = {it.place.id for it in before.stops if it.place.is_famous}
    assert famous <= {it.place.id for it in after.stops}
    assert not any(
        it.arrive < at("18:00") and at("13:00") < it.leave for it in after.stops
    )


def test_a_free_part_stays_free() -> None:
    """Later edits and a new plan put nothing there."""
    free = revised(ROME, Clear(day=2, part=Part.AFTERNOON), 2)
    fuller = revised(ROME, Fuller(day=2), 2, plan=free)
    anew = PLANNER.plan(replace(ROME, day_start=at("09:30")), free)
    for plan in (fuller, anew):
        assert plan.days[1].free == (Part.AFTERNOON,)
        for stop in plan.days[1].stops:
            assert stop.leave <= at("13:00") or at("18:00") <= stop.arrive


def test_a_free_part_is_given_up_again() -> None:
    """“Saturday afternoon is not free any more” fills it."""
    free = revised(ROME, Clear(day=2, part=Part.AFTERNOON), 2)
    act = Clear(day=2, part=Part.AFTERNOON, free=False)
    after = revised(ROME, act, 2, plan=free)
    assert after.days[1].free == ()
    assert any(at("13:00") <= it.arrive < at("18:00") for it in after.days[1].stops)


def test_a_whole_day_is_kept_free() -> None:
    """It has no stop, and a note does not call the time too short."""
    after = revised(ROME, Clear(day=2), 2)
    assert after.days[1].stops == ()
    assert not any("too short" in note for note in after.notes)


def test_a_free_day_is_where_it_hurts_least() -> None:
    """Without a day the one whose stops are worth least is kept free."""
    after = PLANNER.revise(planned(PARIS), Clear(), PARIS)
    [free] = [day.number for day in after.days if not day.stops]
    assert [day for day in after.days if day.number != free] == [
        day for day in planned(PARIS).days if day.number != free
    ]


def test_what_is_locked_cannot_be_cleared() -> None:
    """The refusal names the stop that stays."""
    stop = planned(ROME).days[1].stops[0]
    request = replace(ROME, locked=(stop.place.id,))
    with pytest.raises(CannotPlan, match=f"{stop.place.name} stays at"):
        PLANNER.revise(planned(ROME), Clear(day=2), request)


def test_a_replanned_day_has_other_places() -> None:
    """“I don't like any of it”: all visits are others, the must-sees and locks stay."""
    before = planned(ROME).days[1]
    must, locked = visits(before)[0].place.id, visits(before)[1]
    request = replace(ROME, must_see=(must,), locked=(locked.place.id,))
    plan = planned(ROME)
    after = revised(request, Replan(day=2), 2, plan=plan, reorders=True)
    stays = set(ids(before)) & set(ids(after.days[1]))
    assert stays == {must, locked.place.id}
    assert where(after, locked.place.id)[1].arrive == locked.arrive
    assert len(visits(after.days[1])) >= len(visits(before)) - 1


def test_a_day_that_is_all_locked_is_not_replanned() -> None:
    """Its visits would all be the same, so nothing is claimed to be new."""
    own = tuple(it.place.id for it in visits(planned(ROME).days[1]))
    request = replace(ROME, locked=own)
    with pytest.raises(CannotPlan, match="All visits of day 2 are locked"):
        PLANNER.revise(planned(ROME), Replan(day=2), request)


def test_a_replanned_trip_has_other_places() -> None:
    """The whole trip with nothing of what it had but the must-sees."""
    request = replace(PARIS, must_see=("louvre-museum",))
    after = revised(request, Replan(), 1, 2, 3, 4, plan=planned(PARIS), reorders=True)
    before = {stop.place.id for stop in planned(PARIS).stops}
    assert before & {stop.place.id for stop in after.stops} == {"louvre-museum"}


def test_the_best_order_travels_least() -> None:
    """A day brought out of order travels less again; meals and locks stay put."""
    plan = planned(ROME)
    for number, day in enumerate(plan.days, start=1):
        last = visits(day)[-1].place.id
        with suppress(CannotPlan):  # on some day every order is as good
            worse = revised(ROME, Order(stop=last), number, plan=plan)
            act = BestOrder(day=number)
            after = revised(ROME, act, number, plan=worse, reorders=True)
            break
    old, new = worse.days[number - 1], after.days[number - 1]
    assert _travel(new) < _travel(old)
    assert [(it.place.id, it.arrive) for it in new.stops if it.kind != "visit"] == [
        (it.place.id, it.arrive) for it in old.stops if it.kind != "visit"
    ]


def test_a_day_in_the_best_order_says_so() -> None:
    """Nothing changes in silence: what is best already is said to be."""
    plan = planned(ROME)
    with suppress(CannotPlan):
        plan = PLANNER.revise(plan, BestOrder(day=1), ROME)
    with pytest.raises(CannotPlan, match="the least travel already"):
        PLANNER.revise(plan, BestOrder(day=1), ROME)


def _visit_times(day: Day) -> list[tuple[str, int]]:
    return [(it.place.id, it.arrive) for it in visits(day)]


def _travel(day: Day) -> int:
    return sum(stop.travel_minutes for stop in day.stops)


def test_a_calmer_day_gives_up_what_is_worth_least(toytown: MakeCatalogue) -> None:
    """A famous sight that is open early only stays, as lesser ones can go."""
    rows = [
        f"{name},{name},10.00{n},20.0,{kind},,{importance},{hours},{name},CC0,,60"
        for n, (name, kind, importance, hours) in enumerate(
            [
                ("dawn", "palace", 5, "09:00-10:00,,,src"),
                ("noon", "museum", 5, "09:00-18:00,,,src"),
                ("park", "park", 2, "09:00-18:00,,,src"),
                ("well", "monument", 2, "09:00-18:00,,,src"),
            ]
        )
    ]
    planner = Planner(toytown(rows, last=",,,,,,,"))
    request = PlanRequest("Toytown", 1)
    plan = planner.plan(request)
    assert set(ids(plan.days[0])) == {"dawn", "noon", "park", "well"}
    after = planner.revise(plan, Calmer(day=1), request)
    assert {"dawn", "noon"} < set(ids(after.days[0]))
