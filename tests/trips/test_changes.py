"""Acts on a state: what they change, what is proposed first, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Meal, Part, Reference
from itinerary_app.model import (
    Budget,
    Category,
    Diet,
    Interest,
    Itinerary,
    Pace,
    PlanRequest,
    Preferences,
    StopKind,
)
from itinerary_app.storage.base import State
from itinerary_app.trips.changes import Change, apply
from tests.trips.scripted import PLANNER, Traveller, day_of, visits

WISHES = Preferences(
    city="Rome",
    duration_days=3,
    interests=(Interest.HISTORY,),
    must_see=("colosseum", "pantheon"),
    start_date=date(2027, 3, 12),
)


def planned(wishes: Preferences = WISHES) -> State:
    request = PlanRequest.from_preferences(wishes)
    assert request is not None
    return State(wishes, PLANNER.plan(request))


ROME = planned()


def after(*acts: Act, state: State = ROME) -> Itinerary:
    plan = made(*acts, state=state).state.itinerary
    assert plan is not None
    return plan


def made(*acts: Act, state: State = ROME, agreed: bool = False) -> Change:
    change = apply(acts, state, PLANNER, agreed=agreed)
    assert change.refused is None, change.refused
    return change


def plan_of(state: State) -> Itinerary:
    assert state.itinerary is not None
    return state.itinerary


BEFORE = plan_of(ROME)


def test_children_take_bars_out_and_leave_the_rest() -> None:
    """“Two kids come along” is no wish for another plan, but a night out is out."""
    state = planned(
        Preferences(city="London", duration_days=2, interests=(Interest.NIGHTLIFE,))
    )
    bars = {
        it.place.id
        for it in plan_of(state).stops
        if it.place.category in ("bar", "show")
    }
    assert bars
    family = after(do.SetParty(children=2), state=state)
    had = {it.place.id for it in plan_of(state).stops}
    now = {it.place.id for it in family.stops}
    assert not bars & now
    assert had - bars <= now


SOMETHING = next(it for it in visits(BEFORE, 2) if it not in WISHES.must_see)


def test_all_acts_of_a_list_are_carried_out_in_their_order() -> None:
    """“Take A out, put B on day 2 and begin there at ten” does all three."""
    plan = after(
        do.Remove(stop=SOMETHING),
        do.Add(place="piazza-del-popolo", day=1),
        do.SetHours(day=3, start="10:30"),
    )
    assert day_of(plan, SOMETHING) is None
    assert day_of(plan, "piazza-del-popolo") == 1
    assert plan.days[2].stops[0].arrive >= 10 * 60 + 30


def test_one_act_that_cannot_be_leaves_everything_as_it_is() -> None:
    """All or nothing; the refusal names the act, and why."""
    impossible = do.Calmer(day=9)
    acts = (do.Remove(stop=SOMETHING), impossible)
    change = apply(acts, ROME, PLANNER)
    assert change.state == ROME
    assert change.refused is not None
    assert change.refused.act is impossible
    assert "day 9" in change.refused.why


@pytest.mark.parametrize(
    "act",
    [
        do.Calmer(day=2),
        do.SetHours(day=2, start="10:30"),
        do.Remove(stop=SOMETHING),
        do.Swap(stop=SOMETHING),
        do.Replan(day=2),
    ],
)
def test_days_that_are_not_named_stay(act: Act) -> None:
    """An act on day 2 leaves days 1 and 3 to the minute, without being asked."""
    change = made(act)
    assert not change.proposed
    plan = plan_of(change.state)
    assert (plan.days[0], plan.days[2]) == (BEFORE.days[0], BEFORE.days[2])


@pytest.mark.parametrize(
    "acts",
    [
        (do.SetInterests(more=(Interest.ART,), only=True),),
        (do.SetCity(city="Florence"),),
        (do.Clear(),),
    ],
)
def test_what_reaches_further_than_it_says_is_proposed(acts: tuple[Act, ...]) -> None:
    """A new plan, another city, a day that nobody chose: first a yes is needed."""
    change = made(*acts)
    assert change.proposed == acts
    assert change.state == ROME
    assert made(*acts, agreed=True).state != ROME


@pytest.mark.parametrize(
    "act",
    [
        do.SetPace(pace=Pace.RELAXED),
        do.SetHours(start="10:00"),
        do.Avoid(kind=Category.CHURCH),
        do.SetDays(days=2),
        do.RemoveDay(day=1),
        do.Replan(),
    ],
)
def test_a_rule_for_the_whole_trip_names_all_days(act: Act) -> None:
    """Asked for exactly that, nothing is proposed."""
    change = made(act)
    assert not change.proposed
    assert change.state != ROME


def test_a_must_see_never_goes_unasked() -> None:
    """A calmer day that would lose a must-see is proposed, or keeps it."""
    for number in (1, 2, 3):
        change = apply([do.Calmer(day=number)], ROME, PLANNER)
        gone = {it.stop.place.id for step in change.steps for it in step.gone}
        assert change.proposed or not gone & set(WISHES.must_see)


def test_what_was_taken_out_stays_out() -> None:
    """A later plan keeps to what was removed, swapped in and swapped out."""
    state = made(do.Remove(stop=SOMETHING)).state
    state = made(do.Swap(stop="pantheon", place="piazza-del-popolo"), state=state).state
    assert {SOMETHING, "pantheon"} <= set(state.preferences.excluded)
    assert "piazza-del-popolo" in state.preferences.must_see
    anew = after(do.Replan(), state=state)
    assert day_of(anew, SOMETHING) is None
    assert day_of(anew, "pantheon") is None
    assert day_of(anew, "piazza-del-popolo") is not None


def test_what_is_added_again_is_no_longer_excluded() -> None:
    """“Put the Pantheon back” ends what “leave it out” began."""
    state = made(do.Remove(stop="pantheon")).state
    state = made(do.Add(place="pantheon"), state=state).state
    assert "pantheon" not in state.preferences.excluded
    assert day_of(plan_of(state), "pantheon") is not None


def test_a_planned_place_is_moved_rather_than_added_twice() -> None:
    """“Add the Pantheon on day 3” moves it there."""
    other = 3 if day_of(BEFORE, "pantheon") != 3 else 1
    plan = after(do.Add(place="pantheon", day=other))
    assert [it.place.id for it in plan.stops].count("pantheon") == 1
    assert day_of(plan, "pantheon") == other


def test_a_fixed_time_is_kept_by_later_changes() -> None:
    """“Colosseum at 11, booked” holds while other things change."""
    number = day_of(BEFORE, "colosseum")
    assert number is not None
    state = made(do.SetTime(stop="colosseum", time="11:00")).state
    state = made(do.SetDiet(add=(Diet.VEGETARIAN,)), state=state).state
    begins = [it.arrive for it in plan_of(state).stops if it.place.id == "colosseum"]
    assert begins == [11 * 60]
    assert state.preferences.times == (("colosseum", 11 * 60),)


def test_the_first_plan_comes_with_what_was_said_of_its_stops() -> None:
    """City, days and “the Pantheon on day 2” in one message give exactly that."""
    nothing = State(Preferences(), None)
    plan = after(
        do.Add(place="pantheon", day=2),
        do.SetCity(city="Rome"),
        do.SetDays(days=2),
        state=nothing,
    )
    assert day_of(plan, "pantheon") == 2


def test_a_first_plan_stands_without_what_cannot_be_met() -> None:
    """“4 days, gelato” plans the days and says that there is no such place."""
    change = made(
        do.SetCity(city="Rome"),
        do.SetDays(days=2),
        do.Add(place=Reference(kind="no such thing")),
        state=State(Preferences(), None),
    )
    assert change.state.itinerary is not None
    assert any("no such thing" in step.why for step in change.steps)


def test_a_city_left_by_its_name_makes_room_for_the_next() -> None:
    """“Forget Delhi, just Jaipur, two days” is planned without a further yes."""
    state = made(
        do.SetCity(city="Delhi"),
        do.AddCity(city="Jaipur"),
        do.SetDays(days=4),
        state=State(Preferences(), None),
    ).state
    change = made(do.RemoveCity(city="Delhi"), do.SetDays(days=2), state=state)
    assert plan_of(change.state).city.name == "Jaipur"
    assert len(plan_of(change.state).days) == 2
    assert change.state.preferences.legs == ()


def test_another_city_forgets_what_only_the_last_one_had() -> None:
    """Must-sees, exclusions and a limit in its money are not taken along."""
    state = made(do.SetSpendLimit(amount=100)).state
    change = made(do.SetCity(city="London"), state=state, agreed=True)
    wishes = change.state.preferences
    assert (wishes.must_see, wishes.spend_limit) == ((), None)
    assert wishes.interests == WISHES.interests


def test_dates_shift_as_a_whole() -> None:
    """“All a week later” moves day 1; the days stay."""
    change = made(do.SetDates(shift=7))
    assert change.state.preferences.start_date == date(2027, 3, 19)
    assert len(plan_of(change.state).days) == 3


def test_the_first_day_goes_with_its_date() -> None:
    """Without day 1 the other days keep their dates."""
    change = made(do.RemoveDay(day=1))
    assert change.state.preferences.start_date == date(2027, 3, 13)
    dates = [day.date for day in plan_of(change.state).days]
    assert dates == [day.date for day in BEFORE.days[1:]]


def test_from_scratch_leaves_no_plan() -> None:
    """“Start over” forgets wishes and plan, but not that the plan is shared."""
    state = State(Preferences(city="Rome", duration_days=2, shared=True), BEFORE)
    change = made(do.StartOver(), state=state)
    assert change.state == State(Preferences(shared=True), None)


def test_an_evening_is_kept_free() -> None:
    """“The evening of day 1 is ours” leaves that evening without stops."""
    day = after(do.Clear(day=1, part=Part.EVENING)).days[0]
    assert all(stop.arrive < 18 * 60 for stop in day.stops)
    assert day.free == (Part.EVENING,)


def test_what_cannot_be_kept_is_refused() -> None:
    """A date that does not exist, or too many days, changes nothing."""
    for act in (do.SetDates(start="2027-02-30"), do.SetDays(days=60)):
        change = apply([act], ROME, PLANNER)
        assert change.refused is not None
        assert change.state == ROME


@pytest.mark.parametrize(("budget", "most"), [(Budget.LOW, 0), (Budget.MODERATE, 1)])
def test_a_lower_budget_binds_where_no_admission_is_asked(
    budget: Budget, most: int
) -> None:
    """Dear places to eat go, also from a plan that has nothing else to save on."""
    wishes = Preferences(
        city="New York", duration_days=5, budget=Budget.HIGH, spend_limit=0
    )
    high = planned(wishes)
    assert dear(plan_of(high)) > most
    assert dear(after(do.SetBudget(budget=budget), state=high)) <= most


def dear(plan: Itinerary) -> int:
    """At how many of the dearest places one eats."""
    return sum(stop.place.level == 4 for stop in plan.stops)


def test_a_stop_goes_to_whichever_other_day_takes_it() -> None:
    """To another day, with room made for it if need be, by its name alone."""
    here = day_of(BEFORE, "colosseum")
    plan = after(do.Move(stop="colosseum", day="other"))
    assert day_of(plan, "colosseum") not in (None, here)
    one = planned(replace(WISHES, duration_days=1))
    change = apply([do.Move(stop="colosseum", day="other")], one, PLANNER)
    assert change.refused
    assert "no other day" in change.refused.why


def test_a_meal_comes_where_there_is_none() -> None:
    """“Plan a dinner on day 2” finds a place after a dinner was left out there."""
    without = made(do.SkipMeal(meal=Meal.DINNER, day=2)).state
    assert not dinners(plan_of(without), 2)
    on_day = after(do.SetMeal(meal=Meal.DINNER, day=2), state=without)
    assert len(dinners(on_day, 2)) == 1
    wherever = after(do.SetMeal(meal=Meal.DINNER), state=without)
    assert [len(dinners(wherever, day)) for day in (1, 2, 3)] == [1, 1, 1]
    assert wherever.days[0] == plan_of(without).days[0]


def dinners(plan: Itinerary, day: int) -> list[str]:
    return [it.place.id for it in plan.days[day - 1].stops if it.kind == "dinner"]


SHORT = planned(replace(WISHES, must_see=(), depart=13 * 60))


@pytest.mark.parametrize(
    ("act", "full"),
    [
        (do.SetDeparture(time="23:00"), 3),
        (do.SetDeparture(), 3),
        (do.AddDay(), 3),
    ],
)
def test_time_that_is_given_to_a_day_is_filled(act: Act, full: int) -> None:
    """Who leaves later, or a day later, has lunch, sights and dinner until then."""
    before, plan = plan_of(SHORT).days[full - 1], after(act, state=SHORT)
    day = plan.days[full - 1]
    assert {it.place.id for it in before.stops} <= {it.place.id for it in day.stops}
    kinds = [it.kind for it in day.stops]
    assert kinds.count(StopKind.VISIT) > len(visits(plan_of(SHORT), full))
    assert StopKind.DINNER in kinds
    assert StopKind.LUNCH in (*kinds, *(it.holds for it in day.stops))
    assert plan.days[: full - 1] == plan_of(SHORT).days[: full - 1]


def test_a_day_that_was_made_calmer_is_not_filled() -> None:
    """A later departure fills the day of departure alone."""
    calm = made(do.Calmer(day=1), state=SHORT).state
    plan = after(do.SetDeparture(time="23:00"), state=calm)
    assert plan.days[0] == plan_of(calm).days[0]


ROOMY = planned(replace(WISHES, must_see=(), duration_days=3))


@pytest.mark.parametrize(
    "act",
    [
        do.SetDeparture(time="10:00"),
        do.SetArrival(time="20:00"),
        do.SetHours(day=2, end="10:00"),
    ],
)
def test_a_famous_sight_goes_only_after_a_yes(act: Act) -> None:
    """Who has less time is told which sights not to miss would go, before they do."""
    change = apply([act], ROOMY, PLANNER)
    assert change.proposed == (act,)
    assert change.state == ROOMY
    lost = {it.stop.place.id for step in change.steps for it in step.gone}
    famous = {it.place.id for it in plan_of(ROOMY).stops if it.place.is_famous}
    assert lost & famous
    agreed = apply([act], ROOMY, PLANNER, agreed=True)
    assert agreed.state != ROOMY


def test_one_stop_moves_and_the_others_keep_their_order() -> None:
    """Put behind the next one, a stop moves alone: meals stay where they were among
    the others, and the day begins no earlier.
    """
    ann = Traveller(
        do.SetCity(city="Vienna"),
        do.SetDays(days=2),
        do.SetInterests(more=(Interest.HISTORY,)),
    )
    before = ann.plan.days[0].stops
    moved, beside = before[0].place.id, before[1].place.id
    ann.wants(do.Order(stop=moved, after=beside))
    after = ann.plan.days[0].stops
    ids = [it.place.id for it in before]
    assert [it.place.id for it in after] == [beside, moved, *ids[2:]]
    assert after[0].arrive >= before[0].arrive
