"""Preferences set by a program: the plan follows them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from itinerary_app.errors import (
    InvalidInput,
)
from itinerary_app.model import Budget, Interest, Pace
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.trips.conversation import ConversationManager
from tests.trips.phrases import WISH, ids, plan_of
from tests.trips.scripted import ALICE


def test_preferences_that_cannot_be_planned_are_refused(
    talk: ConversationManager, trip: str
) -> None:
    """A change that leaves no honest plan is refused, and the plan stays."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    before = talk.trip(trip, ALICE)
    with pytest.raises(InvalidInput, match="Atlantis"):
        talk.change_preferences(trip, ALICE, {"city": "Atlantis"})
    assert talk.trip(trip, ALICE) == before


def test_changed_preferences_make_the_plan_anew(
    talk: ConversationManager, trip: str
) -> None:
    """With a plan there, other preferences lead to another plan at once."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    session = talk.change_preferences(trip, ALICE, {"duration_days": 2})
    assert session.itinerary is not None
    assert len(session.itinerary.days) == 2


def test_children_make_another_plan(talk: ConversationManager, trip: str) -> None:
    """Programs that tell of children get a plan for them; how many is one to it."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    before = talk.trip(trip, ALICE).itinerary
    more = talk.change_preferences(trip, ALICE, {"adults": 3}).itinerary
    assert more == before
    family = talk.change_preferences(trip, ALICE, {"children": 2}).itinerary
    assert family != before
    assert talk.change_preferences(trip, ALICE, {"children": 3}).itinerary == family


def test_changes_at_once_are_both_made(
    talk: ConversationManager, storage: MemoryStorage, trip: str
) -> None:
    """Two changes of different preferences at once: both stand, none is refused."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    patches = [{"budget": "low"}, {"pace": "packed"}, {"interests": ["art"]}]
    with ThreadPoolExecutor(len(patches)) as pool:
        list(pool.map(lambda p: talk.change_preferences(trip, ALICE, p), patches))
    preferences = talk.trip(trip, ALICE).preferences
    assert preferences.budget is Budget.LOW
    assert preferences.pace is Pace.PACKED
    assert preferences.interests == (Interest.ART,)


def test_a_city_is_covered_or_refused(talk: ConversationManager, trip: str) -> None:
    """Preferences take a covered city in any case, and no other."""
    changed = talk.change_preferences(trip, ALICE, {"city": "jaipur"})
    assert changed.preferences.city == "Jaipur"
    with pytest.raises(InvalidInput, match="Jaipur"):
        talk.change_preferences(trip, ALICE, {"city": "Atlantis"})
    with pytest.raises(InvalidInput, match="Jaipur"):
        talk.start(ALICE, preferences={"city": "Atlantis"})
    assert len(talk.trips(ALICE)) == 1


def test_a_new_city_is_never_planned_on_the_old_one(
    talk: ConversationManager, trip: str
) -> None:
    """City and days told one after the other, after a fresh start, make a new plan."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    talk.send(trip, "start over", "k2", owner_hash=ALICE)
    talk.change_preferences(trip, ALICE, {"city": "Kyoto"})
    talk.change_preferences(trip, ALICE, {"duration_days": 2})
    talk.send(trip, "dunno", "k3", owner_hash=ALICE)
    plan = plan_of(talk, trip)
    assert plan.city.name == "Kyoto"
    assert len(plan.days) == 2


def test_named_places_belong_to_their_city(
    talk: ConversationManager, trip: str
) -> None:
    """What is no place of the trip's cities is refused, by the name of what it was
    given for; what was taken out in Jaipur is nothing to New York.
    """
    with pytest.raises(InvalidInput, match="'central-park' is none in Jaipur") as no:
        talk.change_preferences(
            trip, ALICE, {"city": "Jaipur", "must_see": ["central-park"]}
        )
    assert no.value.field == "must_see"
    with pytest.raises(InvalidInput, match="Tell the city before notes"):
        talk.change_preferences(trip, ALICE, {"notes": [{"meet Ann": "at noon"}]})
    talk.change_preferences(
        trip,
        ALICE,
        {"city": "Jaipur", "duration_days": 2, "excluded": ["amber-fort"]},
    )
    talk.send(trip, "New York, nature", "k1", owner_hash=ALICE)
    talk.send(trip, "yes", "k2", owner_hash=ALICE)
    session = talk.trip(trip, ALICE)
    assert session.preferences.city == "New York"
    assert session.preferences.excluded == ()
    assert "central-park" in ids(plan_of(talk, trip))


def test_a_changed_constraint_leaves_the_rest_of_the_plan(
    talk: ConversationManager, trip: str
) -> None:
    """What the traveller now avoids goes; all other stops stay on their days."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    before = plan_of(talk, trip)
    talk.change_preferences(trip, ALICE, {"avoid": ["fort"]})
    after = plan_of(talk, trip)
    assert not any(stop.place.category == "fort" for stop in after.stops)
    stays = {s.place.id for s in before.stops if s.place.category != "fort"}
    assert len(stays & ids(after)) >= 0.9 * len(stays)
    talk.change_preferences(trip, ALICE, {"day_start": "10:30"})
    assert min(day.stops[0].arrive for day in plan_of(talk, trip).days) >= 630


def test_locked_stops_stay_when_the_pace_changes(
    talk: ConversationManager, trip: str
) -> None:
    """A new plan is made around them."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    stop = plan_of(talk, trip).days[1].stops[1]
    talk.change_preferences(trip, ALICE, {"locked": [stop.place.id]})
    talk.change_preferences(trip, ALICE, {"pace": "packed"})
    times = {s.place.id: s.arrive for s in plan_of(talk, trip).days[1].stops}
    assert times[stop.place.id] == stop.arrive


def test_constraints_and_days_change_together(
    talk: ConversationManager, trip: str
) -> None:
    """Dates and another length at once: the days that were there stay."""
    talk.send(trip, WISH, "k1", owner_hash=ALICE)
    before = plan_of(talk, trip)
    patch = {"start_date": "2026-12-07", "duration_days": 4}
    talk.change_preferences(trip, ALICE, patch)
    after = plan_of(talk, trip)
    assert [str(day.date) for day in after.days] == [
        f"2026-12-{n:02}" for n in (7, 8, 9, 10)
    ]
    assert len(ids(before) & ids(after)) >= 0.8 * len(ids(before))


def test_a_limit_in_the_old_citys_money_is_forgotten(
    talk: ConversationManager, trip: str
) -> None:
    """500 rupees are no limit for New York, and Jaipur's locks hold nothing there."""
    talk.change_preferences(
        trip,
        ALICE,
        {
            "city": "Jaipur",
            "duration_days": 1,
            "spend_limit": 500,
            "locked": ["amber-fort"],
        },
    )
    told = talk.change_preferences(trip, ALICE, {"city": "New York"}).preferences
    assert told.spend_limit is None
    assert told.locked == ()


LEGS = [{"city": "delhi", "nights": 2}, {"city": "Agra", "nights": 1}]


def test_legs_make_a_trip_of_several_cities(
    talk: ConversationManager, trip: str
) -> None:
    """Their first is the city, their nights tell the days, their order is kept."""
    session = talk.change_preferences(trip, ALICE, {"legs": LEGS})
    told = session.preferences
    assert (told.city, told.duration_days) == ("Delhi", 4)
    assert [leg.city for leg in told.legs] == ["Delhi", "Agra"]


def test_a_plan_follows_its_legs(talk: ConversationManager, trip: str) -> None:
    """A city more, another number of days, and back to one city."""
    talk.change_preferences(trip, ALICE, {"legs": LEGS, "interests": ["history"]})
    talk.send(trip, "surprise me", "k1", owner_hash=ALICE)
    assert cities(talk, trip) == ["Delhi", "Agra"]
    legs = [LEGS[0], {"city": "Jaipur"}, LEGS[1]]
    session = talk.change_preferences(trip, ALICE, {"legs": legs})
    assert cities(talk, trip) == ["Delhi", "Jaipur", "Agra"]
    assert session.preferences.duration_days == len(plan_of(talk, trip).days)
    session = talk.change_preferences(trip, ALICE, {"duration_days": 8})
    assert len(plan_of(talk, trip).days) == 8
    session = talk.change_preferences(trip, ALICE, {"legs": [{"city": "Agra"}]})
    assert cities(talk, trip) == ["Agra"]
    assert session.preferences.legs == ()


@pytest.mark.parametrize(
    "patch",
    [
        {"legs": [*LEGS, LEGS[0]]},
        {"legs": LEGS, "city": "Agra"},
        {"legs": [{"city": "Atlantis"}]},
        {"legs": [{"city": "Agra", "days": 3}]},
    ],
)
def test_legs_that_cannot_be_are_refused(
    talk: ConversationManager, trip: str, patch: dict[str, object]
) -> None:
    """Two times the same, not first, not covered, of another form."""
    with pytest.raises(InvalidInput):
        talk.change_preferences(trip, ALICE, patch)


def test_beds_are_in_cities_of_the_trip(talk: ConversationManager, trip: str) -> None:
    """Elsewhere they are refused; those of a city that leaves go with it."""
    talk.change_preferences(trip, ALICE, {"legs": LEGS, "interests": ["history"]})
    inn = [{"where": "Inn", "city": "Agra"}]
    bad = [{"where": "Inn", "city": "Atlantis"}]
    with pytest.raises(InvalidInput, match="Atlantis"):
        talk.change_preferences(trip, ALICE, {"bases": bad})
    session = talk.change_preferences(trip, ALICE, {"bases": inn})
    assert session.preferences.to_dict()["bases"] == inn
    turned = {"legs": [LEGS[1], LEGS[0]], "city": "Agra"}
    session = talk.change_preferences(trip, ALICE, turned)
    assert (session.preferences.base, session.preferences.bases) == ("Inn", ())
    talk.change_preferences(trip, ALICE, {"bases": [{"where": "Inn", "city": "Delhi"}]})
    session = talk.change_preferences(trip, ALICE, {"legs": [LEGS[1]]})
    assert session.preferences.bases == ()


def cities(talk: ConversationManager, trip: str) -> list[str]:
    return [city.name for city in plan_of(talk, trip).cities]
