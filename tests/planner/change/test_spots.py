"""Where a stop is to stand: a part of the day, a time, before or after another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from itinerary_app.acts.acts import Add, Move, Order, SetStay, SetTime, Swap
from itinerary_app.acts.values import Part, Reference
from itinerary_app.catalogue.hours import possible
from itinerary_app.errors import CannotPlan
from itinerary_app.model import Day, Stop
from tests.planner.change.trips import (
    PARIS,
    PLANNER,
    ROME,
    added,
    at,
    gone,
    ids,
    meal,
    planned,
    revised,
    unused,
    visits,
    where,
)


def test_a_place_is_added_right_after_another() -> None:
    """“Add X after the Forum” puts it there, on the Forum's day."""
    forum = "roman-forum"
    number, _ = where(planned(ROME), forum)
    place = "arch-of-constantine"
    after = revised(ROME, Add(place=place, after=forum), number)
    stops = ids(after.days[number - 1])
    assert stops[stops.index(forum) + 1] == place


def test_a_place_is_added_right_before_another() -> None:
    """“… before the Spanish Steps”: the next stop is those."""
    number, _ = where(planned(ROME), "spanish-steps")
    place = unused(ROME, "church")[0].id
    after = revised(ROME, Add(place=place, before="spanish-steps"), number)
    stops = ids(after.days[number - 1])
    assert stops[stops.index(place) + 1] == "spanish-steps"


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [
        (Part.MORNING, "00:00", "11:59"),
        (Part.AFTERNOON, "12:00", "17:59"),
        (Part.EVENING, "18:00", "23:30"),
    ],
)
def test_a_stop_moves_to_a_part_of_its_day(part: Part, first: str, last: str) -> None:
    """It begins in that part, and the other stops keep their order."""
    number, stop = where(planned(ROME), "trevi-fountain")
    after = revised(ROME, Move(stop=stop.place.id, part=part), number)
    assert at(first) <= where(after, stop.place.id)[1].arrive <= at(last)
    assert gone(planned(ROME), after) == ()


def test_a_stop_moves_to_the_evening_of_another_day() -> None:
    """“Move the fountain to Saturday evening”: both days change and no third."""
    source, stop = where(planned(ROME), "trevi-fountain")
    target = source % 3 + 1
    act = Move(stop=stop.place.id, day=target, part=Part.EVENING)
    after = revised(ROME, act, source, target)
    number, now = where(after, stop.place.id)
    assert number == target
    assert now.arrive >= at("18:00")


def test_an_evening_visit_stays_in_the_evening() -> None:
    """What was moved there does not slip back when another stop goes."""
    number, stop = where(planned(ROME), "trevi-fountain")
    late = revised(ROME, Move(stop=stop.place.id, part=Part.EVENING), number)
    other = visits(late.days[number - 1])[0].place.id
    after = revised(ROME, Swap(stop=other), number, plan=late)
    assert where(after, stop.place.id)[1].arrive >= at("18:00")


def test_a_stop_moves_behind_one_of_another_day() -> None:
    """“San Clemente right after the castle” goes to the day of the castle."""
    plan = planned(ROME)
    neighbour = visits(plan.days[0])[0]
    stop = min(visits(plan.days[2]), key=lambda it: it.leave - it.arrive)
    act = Move(stop=stop.place.id, after=neighbour.place.id)
    after = revised(ROME, act, 1, 3)
    stops = ids(after.days[0])
    assert stops[stops.index(neighbour.place.id) + 1] == stop.place.id


def test_stops_are_put_first_and_last() -> None:
    """Begin or finish the day with it; nothing is lost by it."""
    plan = planned(ROME)
    day = plan.days[-1]
    late = [it for it in visits(day)[1:] if _closes(it, day) >= 18 * 60]
    middle = late[0].place.id
    first = revised(ROME, Order(stop=middle), day.number)
    assert ids(first.days[-1])[0] == middle
    last = revised(ROME, Order(stop=middle, last=True), day.number)
    assert visits(last.days[-1])[-1].place.id == middle
    assert gone(plan, first) == gone(plan, last) == ()


def _closes(stop: Stop, day: Day) -> int:
    return max(end for _, end in possible(stop.place.hours, day.date))


def test_two_stops_change_places() -> None:
    """Before or after another one of the day: right there."""
    one, other = (it.place.id for it in visits(planned(ROME).days[1])[:2])
    after = revised(ROME, Order(stop=other, before=one), 2)
    assert ids(after.days[1]).index(other) + 1 == ids(after.days[1]).index(one)
    again = revised(ROME, Order(stop=other, after=one), 2, plan=after)
    assert ids(again.days[1]).index(one) + 1 == ids(again.days[1]).index(other)


def test_an_order_that_cannot_be_names_what_is_in_its_way() -> None:
    """The refusal names a stop without which it would fit, or the day at fault."""
    plan = planned(ROME)
    other = visits(plan.days[1])[0].place.id
    act = Order(stop=visits(plan.days[0])[0].place.id, after=other)
    with pytest.raises(CannotPlan, match="is on day 2, not on day 1"):
        PLANNER.revise(plan, act, ROME)
    dinner = meal(plan.days[0], "dinner").place.id
    with pytest.raises(CannotPlan, match="does not fit on day 1 as the first stop"):
        PLANNER.revise(plan, Order(stop=dinner), ROME)


def test_a_booked_stop_begins_on_time() -> None:
    """“Colosseum at 10, booked”: it does, and nothing that can stay is lost."""
    request = replace(ROME, times=(("colosseum", at("10:00")),))
    number, _ = where(planned(ROME), "colosseum")
    act = SetTime(stop="colosseum", time="10:00")
    after = revised(request, act, number, plan=planned(ROME))
    assert where(after, "colosseum")[1].arrive == at("10:00")
    assert gone(planned(ROME), after) == ()


def test_a_booking_before_the_day_begins_makes_it_begin_earlier() -> None:
    """At 8:00 on a day that begins at 9:00: one leaves in time for it now."""
    request = replace(ROME, times=(("trevi-fountain", at("08:00")),))
    act = SetTime(stop="trevi-fountain", time="08:00")
    number, _ = where(planned(ROME), "trevi-fountain")
    after = revised(request, act, number, plan=planned(ROME))
    day = after.days[number - 1]
    assert day.start == at("07:50")
    assert at("07:50") <= (day.leaves or 0) < at("07:55")
    assert where(after, "trevi-fountain")[1].arrive == at("08:00")


def test_a_booking_on_another_day_takes_the_stop_there() -> None:
    """“The Colosseum is booked for Friday at 10”: on Friday, at 10."""
    request = replace(ROME, times=(("colosseum", at("10:00")),))
    number, _ = where(planned(ROME), "colosseum")
    target = number % 3 + 1
    act = SetTime(stop="colosseum", time="10:00", day=target)
    after = revised(request, act, number, target, plan=planned(ROME))
    day, stop = where(after, "colosseum")
    assert (day, stop.arrive) == (target, at("10:00"))


def test_a_booking_stays_through_later_edits_and_a_new_plan() -> None:
    """The time holds when a stop is swapped, and when the trip is planned anew."""
    request = replace(ROME, times=(("colosseum", at("10:00")),))
    number, _ = where(planned(ROME), "colosseum")
    act = SetTime(stop="colosseum", time="10:00")
    booked = revised(request, act, number, plan=planned(ROME))
    day = visits(booked.days[number - 1])
    other = next(it.place.id for it in day if it.place.id != "colosseum")
    later = revised(request, Swap(stop=other), number, plan=booked)
    anew = PLANNER.plan(replace(request, pace=booked.days[0].pace.PACKED), booked)
    for plan in (later, anew):
        assert where(plan, "colosseum")[0] == number
        assert where(plan, "colosseum")[1].arrive == at("10:00")


def test_a_time_at_which_it_is_closed_is_refused() -> None:
    """The reason is named: closed then, on that date."""
    act = SetTime(stop="vatican-museums-and-sistine-chapel", time="06:00", day=1)
    with pytest.raises(CannotPlan, match=r"closed on Friday 11 June 2027 at 06:00"):
        PLANNER.revise(planned(ROME), act, ROME)


def test_a_stay_gets_its_length() -> None:
    """Three hours, or half an hour less: to the minute, and nothing is lost by it."""
    number, stop = where(planned(ROME), "roman-forum")
    for act, minutes in (
        (SetStay(stop="roman-forum", minutes=180), 180),
        (SetStay(stop="roman-forum", change=-30), stop.leave - stop.arrive - 30),
    ):
        request = replace(ROME, stays=(("roman-forum", minutes),))
        after = revised(request, act, number, plan=planned(ROME))
        now = where(after, "roman-forum")[1]
        assert now.leave - now.arrive == minutes
        assert gone(planned(ROME), after) == ()


def test_the_stay_holds_when_the_day_is_timed_anew() -> None:
    """A stated length outlives later edits of its day."""
    request = replace(ROME, stays=(("roman-forum", 150),))
    number, _ = where(planned(ROME), "roman-forum")
    act = SetStay(stop="roman-forum", minutes=150)
    long = revised(request, act, number, plan=planned(ROME))
    day = visits(long.days[number - 1])
    other = next(it.place.id for it in day if it.place.id != "roman-forum")
    after = revised(request, Swap(stop=other), number, plan=long)
    now = where(after, "roman-forum")[1]
    assert now.leave - now.arrive == 150


def test_a_word_that_no_place_has_is_named() -> None:
    """No waterfall in our list of Rome: it is said, and nothing changes."""
    act = Add(place=Reference(kind="waterfall"))
    with pytest.raises(CannotPlan, match="I know no place for “waterfall” in Rome"):
        PLANNER.revise(planned(ROME), act, ROME)


def test_a_word_is_looked_for_in_names() -> None:
    """“A pizza place for dinner instead” finds one by its name."""
    day = planned(ROME).days[1]
    dinner = next(it for it in day.stops if it.kind == "dinner")
    act = Swap(stop=dinner.place.id, place=Reference(kind="pizzeria"))
    after = revised(ROME, act, 2)
    [new] = added(planned(ROME), after)
    assert "pizzeria" in new


def test_what_is_too_much_names_what_would_have_to_give() -> None:
    """A full day: the refusal names a stop without which it would fit."""
    number, _ = where(planned(PARIS), "louvre-museum")
    full = [
        day.number
        for day in planned(PARIS).days
        if day.number != number and len(visits(day)) >= 4
    ]
    told = []
    for target in full:
        with pytest.raises(CannotPlan) as refused:
            PLANNER.revise(
                planned(PARIS), Move(stop="louvre-museum", day=target), PARIS
            )
        told.append(str(refused.value))
    assert any("would fit without" in it and "Remove that first" in it for it in told)


def test_what_does_not_fit_on_an_empty_day_is_refused() -> None:
    """An hour of a day without stops has no room for a gallery, and this is said."""
    hour = replace(ROME, day_start=16 * 60, day_end=17 * 60)
    first, *rest = PLANNER.plan(hour).days
    plan = replace(planned(ROME), days=(replace(first, stops=()), *rest))
    with pytest.raises(CannotPlan, match="no time left for Borghese Gallery"):
        PLANNER.revise(plan, Add(place="borghese-gallery", day=1), hour)
