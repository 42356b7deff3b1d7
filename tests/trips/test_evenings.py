"""Promises about a show that is asked for: dinner makes way, and comes back."""

from __future__ import annotations

import pytest

from itinerary_app.acts.acts import Act, Add, Remove
from itinerary_app.acts.values import Part
from itinerary_app.checker import Verdict, checks_of
from itinerary_app.model import PlanRequest, Preferences, StopKind
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.base import State
from itinerary_app.trips.changes import apply
from tests.trips.scripted import CATALOGUE

PLANNER = Planner(CATALOGUE)


def _after(act: Act, state: State) -> State:
    change = apply([act], state, PLANNER, agreed=True)
    assert change.refused is None
    return change.state


def _dinner(state: State) -> int:
    """When it begins on day 2, in minutes after midnight; it is on time."""
    wishes, plan = state
    request = PlanRequest.from_preferences(wishes)
    assert plan is not None
    assert request is not None
    places = CATALOGUE.places(request.city)
    checks = {it.key: it for it in checks_of(plan, request, places)}
    assert checks["meals"].verdict is Verdict.OK
    [stop] = [it for it in plan.days[1].stops if it.kind is StopKind.DINNER]
    return stop.arrive


@pytest.mark.parametrize(
    ("city", "act"),
    [
        ("Vienna", Add(place="vienna-state-opera", day=2, time="19:00")),
        (
            "London",
            Add(place="the-lion-king-at-the-lyceum-theatre", day=2, part=Part.EVENING),
        ),
    ],
)
def test_dinner_comes_before_the_show(city: str, act: Add) -> None:
    """It is neither refused nor left out, and goes back when the show does."""
    wishes = Preferences(city=city, duration_days=3)
    before = State(wishes, PLANNER.plan(PlanRequest(city, 3)))
    after = _after(act, before)
    assert after.itinerary is not None
    [show] = [it for it in after.itinerary.days[1].stops if it.place.id == act.place]
    assert _dinner(after) < min(show.arrive, _dinner(before))
    back = _after(Remove(stop=show.place.id), after)
    assert _dinner(back) > _dinner(after)
