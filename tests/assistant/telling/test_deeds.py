"""What an act did is said with its hour, and so is what it did besides."""

from __future__ import annotations

from dataclasses import replace

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
            ("The River is last on day 2 now, at 10:30. Day 1 begins at 10:30 now."),
        ),
        (
            do.SetTime(stop=TOWER, time="11:00"),
            plan((stop(TOWER, 660, 720),), BEFORE.days[1].stops),
            (
                "The Tower is fixed on day 1 at 11:00. The River had to go. Day 1 "
                "begins at 11:00 now."
            ),
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


LONG = plan(
    (
        stop(RIVER, 540, 600),
        stop(TOWER, 630, 690),
        stop(GATE, 720, 780),
        stop("mill", 810, 870),
    )
)


@pytest.mark.parametrize(
    ("act", "after", "words"),
    [
        (  # cut by its closing
            do.SetTime(stop="mill", time="19:30"),
            plan((*LONG.days[0].stops[:3], stop("mill", 1170, 1200))),
            (
                "The Mill is fixed on day 1 at 19:30. It closes at 20:00: 30 min there "
                "instead of 1 h."
            ),
        ),
        (  # another one is cut, not by its closing
            do.SetStay(stop=RIVER, minutes=75),
            plan(
                (stop(RIVER, 540, 615), stop(TOWER, 645, 690), *LONG.days[0].stops[2:])
            ),
            (
                "The River lasts 1 h 15 min now, 09:00–10:15. The Tower: 45 min there "
                "instead of 1 h. Now The Tower at 10:45."
            ),
        ),
        (  # one came to the front that was not spoken of
            do.SetTime(stop=TOWER, time="14:00"),
            plan(
                (
                    stop("mill", 480, 540),
                    stop(RIVER, 570, 630),
                    stop(GATE, 660, 720),
                    stop(TOWER, 840, 900),
                )
            ),
            (
                "The Tower is fixed on day 1 at 14:00. The Mill comes first now, at "
                "08:00. Now The River at 09:30 and The Gate at 11:00."
            ),
        ),
        (  # all are in another order
            do.Order(stop=RIVER),
            plan(
                (
                    stop(RIVER, 540, 600),
                    stop("mill", 630, 690),
                    stop(GATE, 720, 780),
                    stop(TOWER, 810, 870),
                )
            ),
            (
                "The River is first on day 1 now, at 09:00. The order of day 1 is now: "
                "The River, The Mill, The Gate and The Tower."
            ),
        ),
        (  # it was to be first
            do.Order(stop="mill"),
            plan(
                (
                    stop(RIVER, 540, 600),
                    stop("mill", 630, 690),
                    stop(TOWER, 720, 780),
                    stop(GATE, 810, 870),
                )
            ),
            (
                "The Mill is on day 1 after The River now, at 10:30. It could not come "
                "first. Now The Tower at 12:00 and The Gate at 13:30."
            ),
        ),
        (  # it was to be right before another
            do.Order(stop="mill", before=RIVER),
            plan(
                (
                    stop("mill", 480, 530),
                    stop(TOWER, 540, 570),
                    stop(RIVER, 600, 660),
                    stop(GATE, 720, 780),
                )
            ),
            None,
        ),
    ],
)
def test_what_it_did_to_other_stops_is_said(
    act: Act, after: Itinerary, words: str | None
) -> None:
    """A length or an order that nobody asked for is named, as is a wish not met."""
    open_ = {"mill": "08:00-20:00"}
    days = [
        replace(
            day,
            stops=tuple(
                it._replace(place=it.place._replace(hours=open_.get(it.place.id)))
                for it in day.stops
            ),
        )
        for day in after.days
    ]
    nothing = Preferences()
    step = Step(act, nothing, nothing, LONG, replace(after, days=tuple(days)))
    if words is None:
        assert "It could not come right before The River." in deeds.done(step)
    else:
        assert deeds.done(step) == words


def test_a_day_planned_anew_names_what_went() -> None:
    """What was on the list comes first of what is no longer there."""
    after = plan((stop("mill", 540, 600),), BEFORE.days[1].stops)
    wishes = Preferences(must_see=(TOWER,))
    step = Step(do.Replan(day=1), wishes, wishes, BEFORE, after)
    assert deeds.done(step) == (
        "Day 1 is planned anew: The Mill. The Tower and The River went."
    )


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
