"""Acts on preferences: what each leaves of them."""

from __future__ import annotations

import pytest

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Meal, Reference
from itinerary_app.errors import CannotPlan
from itinerary_app.model import (
    Budget,
    Category,
    Diet,
    Interest,
    Mobility,
    Pace,
    Preferences,
    StopKind,
)
from itinerary_app.trips.wishes import wished
from tests.assistant.plans import plan

ROME = Preferences(city="Rome", duration_days=3)


@pytest.mark.parametrize(
    ("act", "name", "value"),
    [
        (do.SetInterests(more=(Interest.ART,)), "interests", (Interest.ART,)),
        (do.SetPace(step=-1), "pace", Pace.RELAXED),
        (do.SetBudget(step=1), "budget", Budget.HIGH),
        (do.SetBudget(budget=Budget.LOW), "budget", Budget.LOW),
        (do.SetSpendLimit(amount=80), "spend_limit", 80),
        (do.SetDiet(add=(Diet.VEGAN,)), "diets", (Diet.VEGAN,)),
        (
            do.SetMobility(add=(Mobility.STEP_FREE,)),
            "mobility",
            (Mobility.STEP_FREE,),
        ),
        (do.SetArrival(time="14:10"), "arrive", 14 * 60 + 10),
        (do.SetDeparture(time="17:00"), "depart", 17 * 60),
        (do.SetHours(start="10:00"), "day_start", 600),
        (do.SetHours(end="19:00"), "day_end", 19 * 60),
        (do.SetParty(children=1), "children", 1),
        (do.SetBase(where=Reference(name="Hotel Roma")), "base", "Hotel Roma"),
        (do.Add(place="pantheon"), "must_see", ("pantheon",)),
        (do.Remove(stop="pantheon"), "excluded", ("pantheon",)),
        (do.Lock(stop="pantheon"), "locked", ("pantheon",)),
        (do.Note(stop="pantheon", text="ask"), "notes", (("pantheon", "ask"),)),
        (do.SetStay(stop="pantheon", minutes=90), "stays", (("pantheon", 90),)),
        (do.Avoid(kind=Category.CHURCH), "avoid", (Category.CHURCH,)),
        (do.Avoid(kind="nightlife"), "at_most", (("nightlife", 0),)),
        (do.Avoid(place="pantheon"), "excluded", ("pantheon",)),
        (do.AtMost(kind="museum", count=1), "at_most", (("museum", 1),)),
        (do.NoMore(kind="church"), "no_more", ("church",)),
        (do.SkipMeal(meal=Meal.LUNCH), "skipped", (StopKind.LUNCH,)),
        (
            do.SetMeal(meal=Meal.DINNER, time="21:00"),
            "meal_times",
            ((StopKind.DINNER, 21 * 60),),
        ),
        (do.AddDay(count=2), "duration_days", 5),
        (do.Share(), "shared", True),
    ],
)
def test_an_act_changes_one_wish(act: Act, name: str, value: object) -> None:
    """Each act changes its own preference and leaves all others."""
    after = wished(act, ROME, None)
    assert getattr(after, name) == value
    assert after.merged({name: None}) == ROME.merged({name: None})


def test_kinds_are_fine_again() -> None:
    """“Museums are fine again” ends every rule about them."""
    told = ROME
    for act in (
        do.Avoid(kind=Category.MUSEUM),
        do.AtMost(kind="museum", count=1),
        do.NoMore(kind="museum"),
    ):
        told = wished(act, told, None)
    assert wished(do.Allow(kind="museum"), told, None) == ROME


def test_less_of_an_interest_takes_it_back() -> None:
    """“More art, less shopping” leaves the one and not the other."""
    told = Preferences(interests=(Interest.SHOPPING, Interest.FOOD))
    act = do.SetInterests(more=(Interest.ART,), less=(Interest.SHOPPING,))
    assert wished(act, told, None).interests == (Interest.FOOD, Interest.ART)


def test_a_meal_is_wanted_again() -> None:
    """A wish for a meal ends that it was left out."""
    told = wished(do.SkipMeal(meal=Meal.LUNCH), ROME, None)
    assert wished(do.SetMeal(meal=Meal.LUNCH), told, None).skipped == ()


@pytest.mark.parametrize(
    "act",
    [
        do.SetDates(shift=7),
        do.SetStay(stop="pantheon", change=30),
    ],
)
def test_what_makes_no_sense_is_refused(act: Act) -> None:
    """No dates to shift, no other city, no stop to stay longer at: it says so."""
    with pytest.raises(CannotPlan):
        wished(act, ROME, None)


def test_what_is_never_to_come_is_no_longer_insisted_on() -> None:
    """“No churches” is of those, too, that were asked for before."""
    church = next(
        it
        for it in plan("rome").itinerary.stops
        if it.place.category == Category.CHURCH
    )
    told = Preferences(must_see=(church.place.id, "colosseum"))
    after = wished(do.Avoid(kind=Category.CHURCH), told, plan("rome").itinerary)
    assert after.must_see == ("colosseum",)
