"""What an act did is said with its hour, and so is what it did besides."""

from __future__ import annotations

import pytest

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Meal, Part
from itinerary_app.assistant.telling import deeds
from itinerary_app.assistant.telling.step import Step
from itinerary_app.model import (
    Category,
    City,
    Day,
    Interest,
    Itinerary,
    Pace,
    Place,
    Preferences,
    Stop,
    StopKind,
)

CITY = City("toy", "Toytown", "XX", 10.0, 20.0)
RIVER, TOWER, GATE, INN = "river", "tower", "gate", "inn"


def place(name: str) -> Place:
    return Place(
        name,
        f"The {name.title()}",
        10.0,
        20.0,
        Category.LANDMARK,
        (Interest.HISTORY,),
        3,
        None,
        None,
        None,
        "curated",
        name,
        "CC0",
    )


def stop(name: str, arrive: int, leave: int) -> Stop:
    kind = StopKind.DINNER if name == INN else StopKind.VISIT
    return Stop(kind, arrive, leave, 0, "walk", "", place(name))


def plan(*days: tuple[Stop, ...]) -> Itinerary:
    numbered = enumerate(days, start=1)
    return Itinerary(CITY, tuple(Day(n, Pace.MODERATE, it) for n, it in numbered))


BEFORE = plan((stop(RIVER, 540, 600), stop(TOWER, 630, 690)), (stop(GATE, 540, 600),))


def told(act: Act | None, after: Itinerary, wishes: Preferences | None = None) -> str:
    nothing = Preferences()
    return deeds.done(Step(act, nothing, wishes or nothing, BEFORE, after))


@pytest.mark.parametrize(
    ("act", "after", "words"),
    [
        (
            do.Remove(stop=RIVER),
            plan((stop(TOWER, 540, 600),), BEFORE.days[1].stops),
            "The River is out of day 1 and stays out. Now The Tower at 09:00.",
        ),
        (
            do.Add(place=INN),
            plan((*BEFORE.days[0].stops, stop(INN, 1140, 1200)), BEFORE.days[1].stops),
            "The Inn is on day 1, 19:00–20:00.",
        ),
        (
            do.Move(stop=RIVER, day=2),
            plan(
                (stop(TOWER, 630, 690),), (stop(GATE, 540, 600), stop(RIVER, 630, 690))
            ),
            "The River is last on day 2 now, at 10:30.",
        ),
        (
            do.SetTime(stop=TOWER, time="11:00"),
            plan((stop(TOWER, 660, 720),), BEFORE.days[1].stops),
            "The Tower is fixed on day 1 at 11:00. The River had to go.",
        ),
        (
            do.SetHours(day=2, start="10:00"),
            plan(BEFORE.days[0].stops, (stop(GATE, 600, 660),)),
            "Day 2 begins at 10:00 now. Now The Gate at 10:00.",
        ),
        (
            do.Calmer(day=1),
            plan((stop(TOWER, 630, 690),), BEFORE.days[1].stops),
            "Day 1 is calmer: The River went.",
        ),
        (
            do.Clear(day=2, part=Part.MORNING),
            plan(BEFORE.days[0].stops, ()),
            "The morning of day 2 is free now: The Gate went.",
        ),
        (
            do.RemoveDay(),
            plan(BEFORE.days[0].stops),
            "Day 2 is out. The Gate went with it.",
        ),
        (
            do.SetMeal(meal=Meal.DINNER, day=2),
            plan(BEFORE.days[0].stops, (stop(GATE, 540, 600), stop(INN, 1140, 1200))),
            "Dinner: The Inn on day 2 at 19:00.",
        ),
        (
            do.SwapDays(first=1, second=2),
            plan(BEFORE.days[1].stops, BEFORE.days[0].stops),
            "Days 1 and 2 have changed places.",
        ),
    ],
)
def test_each_act_says_what_it_did(act: Act, after: Itinerary, words: str) -> None:
    """One short sentence with the hour, then what had to go, came in or shifted."""
    assert told(act, after) == words


def test_nothing_is_claimed_that_did_not_happen() -> None:
    """A plan that did not have to change is said to be as it was."""
    assert told(None, BEFORE) == deeds.NOTHING
    assert "already" in told(do.Move(stop=RIVER, day=1), BEFORE)


def test_a_day_that_runs_too_long_says_so() -> None:
    """Past the end that was asked for, the reply names both hours."""
    late = plan(BEFORE.days[0].stops, (stop(GATE, 540, 600), stop(INN, 1200, 1290)))
    wishes = Preferences(day_end=1260)
    assert "Day 2 runs until 21:30, past 21:00." in told(
        do.Add(place=INN), late, wishes
    )


def test_a_plan_that_is_mostly_new_is_not_listed() -> None:
    """When most stops are others, the best of each day is named instead."""
    new = plan((stop("bridge", 540, 600), stop("mill", 630, 690)), ())
    assert told(None, new).startswith("Most of the plan is new.")
