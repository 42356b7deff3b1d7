"""Talk about a plan that is there: it changes if that was asked for, and as told."""

from __future__ import annotations

import pytest

from itinerary_app.model import Budget
from tests.assistant.talk import Traveller

WISH = "3 days in Jaipur, we love food and culture, relaxed, moderate budget"


@pytest.fixture(scope="module")
def planned() -> Traveller:
    """For tests that change nothing, and so can share a trip."""
    return Traveller(WISH)


@pytest.mark.parametrize(
    "text",
    [
        "don't remove Amber Fort",
        "please do not make it cheaper",
        "don't add a day",
        "I don't want to skip the museum",
        "never mind",
        "ok",
        "what time is lunch on day 1?",
        "what's on day 2?",
        "is Amber Fort good for kids?",
        "does day 1 have museums?",
        "are there any parks?",
        "how much does Amber Fort cost?",
        "was 4 days too long?",
        "can I go to Paris for lunch?",
        "will it rain?",
        "I love Paris",
        "undo",
        "lunch at 2pm",
        "swap day 1 and day 2",
        "remove Atlantis",
        "swap Amber Fort for teamLab",
        "swap lunch on day 2 for ramen",
        "remove Amber Fort and Hawa Mahal",
        "no museums; what about Chennai?",
        "this plan is bad",
        "I love day 3, it's so relaxed",
        "day 1 is nice and relaxed",
        "We love Amber Fort!",
        "any other forts?",
        "should we skip Galtaji?",
        "Where can we have coffee?",
        "show me the plan",
        "what about day 2?",
        "add Taj Mahal",
        "a bit more time at Amber Fort",
        "Can we do Agra as a day trip?",
        "We met in Rome 20 years ago",
    ],
)
def test_what_asks_for_no_change_changes_nothing(planned: Traveller, text: str) -> None:
    """Questions, refusals and wishes beyond us leave plan and wishes as they were."""
    before, told = planned.plan, planned.told
    answer = planned.says(text)
    assert planned.plan == before
    assert planned.told == told
    assert answer.content
    assert "Here is your" not in answer.content


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("what time is lunch on day 1?", "Lunch: on day 1 at 12:"),
        ("which day is Amber Fort?", "Amber Fort (fort) is on day "),
        ("how much is Hawa Mahal?", "INR 600"),
        ("what does Amber Fort cost?", "INR 1,000"),
        ("how many days is this?", "Your plan has 3 days."),
        ("what does it all cost?", "INR "),
        ("what's on day 2?", "Day 2: "),
        ("are there any zoos?", "No zoos there"),
        ("what about the weather?", "weather I know nothing"),
        ("who built it?", "That I can't tell"),
        ("swap Amber Fort for teamLab", "I don't know where to find “teamlab”"),
        ("remove Atlantis", "I don't find “atlantis” in your plan"),
        ("remove Amber Fort and Hawa Mahal", "One change at a time"),
        ("what's on day 9?", "Your plan has 3 days."),
        ("what about day 2?", "Day 2: "),
        ("show me the plan", "Day 3: "),
        ("add Taj Mahal", "I don't know where to find “taj mahal”"),
    ],
)
def test_answers_come_from_the_plan(planned: Traveller, text: str, told: str) -> None:
    """What is known is told, and what is not is called so."""
    assert told in planned.says(text).content


def test_a_limit_is_told_once(planned: Traveller) -> None:
    """What we know nothing of is said, without a second excuse behind it."""
    answer = planned.says("is it going to rain?").content
    assert answer == "Of hotels, flights, bookings and the weather I know nothing."


def test_a_place_denied_by_name_is_left_out() -> None:
    """“But not the Vatican” keeps its museums out, and an “add” brings them in."""
    rome = Traveller("Rome 2 days but not the Vatican Museums, art")
    museums = "vatican-museums-and-sistine-chapel"
    assert museums not in {stop.place.id for stop in rome.plan.stops}
    rome.says("add the Vatican Museums")
    assert museums in {stop.place.id for stop in rome.plan.stops}
    assert museums not in rome.told.excluded


def test_another_city_is_confirmed_first() -> None:
    """A city named in passing replaces no plan before the traveller says so."""
    rome = Traveller("2 days in Rome, art", "I love Paris")
    assert rome.plan.city.name == "Rome"
    rome.says("Plan Paris instead")
    assert rome.plan.city.name == "Paris"


def test_starting_over_forgets_the_wishes() -> None:
    """After “start over” the old plan stays until a new trip is wished for."""
    trip = Traveller(WISH, "start over", "make it more relaxed")
    assert trip.plan.city.name == "Jaipur"
    trip.says("Kyoto, 2 days, gardens")
    assert trip.plan.city.name == "Kyoto"
    assert trip.told.budget is None


def test_a_budget_is_not_oversold() -> None:
    """Where prices are unknown, the answer says what a budget can do."""
    trip = Traveller("2 days in Kyoto, temples, cheap")
    answer = trip.session.conversation_history[-1]
    assert trip.told.budget is Budget.LOW
    assert "I know few prices" in answer.content


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("I live in London and want to go to Tokyo for 2 days, food", "Tokyo"),
        ("I was in Rome last year, this time Vienna for 2 days, art", "Vienna"),
        ("from Paris to Rome, 2 days, art", "Rome"),
        ("Not London but Amsterdam, 2 days, art", "Amsterdam"),
    ],
)
def test_the_goal_is_not_the_origin(text: str, city: str) -> None:
    """Where one lives, was, comes from or does not go is not where one goes."""
    assert Traveller(text).plan.city.name == city


def test_two_cities_to_choose_from() -> None:
    """“Bangkok or Singapore” is asked back rather than decided."""
    trip = Traveller("Is Bangkok or Singapore better for 2 days of food?")
    answer = trip.session.conversation_history[-1]
    assert answer.quick_replies == ("Bangkok", "Singapore")
    trip.says("Singapore")
    assert trip.plan.city.name == "Singapore"


def test_refused_numbers_are_asked_about_three_times_at_most() -> None:
    """Every question counts, those about impossible wishes too."""
    trip = Traveller(*["400 days"] * 5)
    asked = [m.content for m in trip.session.conversation_history if "?" in m.content]
    assert len(asked) == trip.session.clarifying_questions_count == 3


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("day 3 feels rushed", 3),
        ("leave day 1 alone but make day 2 calmer", 2),
        ("I'm happy with day 1, but day 3 is too busy", 3),
        ("make the first day lighter", 1),
        ("day 2 is too long", 2),
        ("remove the second stop on day 1", 1),
        ("add Jal Mahal to day 3", 3),
    ],
)
def test_the_day_that_is_meant_changes(text: str, day: int) -> None:
    """However a day is named, it changes and the others stay."""
    trip = Traveller("3 days in Jaipur, we love culture, moderate")
    before = trip.plan
    trip.says(text)
    pairs = zip(before.days, trip.plan.days, strict=True)
    assert [old.number for old, new in pairs if old != new] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "can we skip Amber Fort? We've both seen it already",
        "drop Amber Fort, too touristy",
        "I'd rather not go to Amber Fort",
        "we already saw Amber Fort",
        "no Amber Fort please",
    ],
)
def test_a_place_goes_however_it_is_put(text: str) -> None:
    """A named stop leaves the plan and stays out of it; other days stay."""
    trip = Traveller("3 days in Jaipur, we love culture, moderate")
    before = trip.plan
    trip.says(text)
    pairs = zip(before.days, trip.plan.days, strict=True)
    assert len([old.number for old, new in pairs if old != new]) == 1
    assert "amber-fort" not in {stop.place.id for stop in trip.plan.stops}
    assert trip.told.excluded == ("amber-fort",)


@pytest.mark.parametrize(
    ("proposal", "city"), [("Egypt", "Cairo"), ("I love Rome", "Rome")]
)
def test_yes_takes_what_was_proposed(proposal: str, city: str) -> None:
    """“Yes” to the assistant's own proposal is that proposal."""
    trip = Traveller("Kyoto, 2 days, gardens" if "love" in proposal else "hello")
    trip.says(proposal)
    trip.says("yes please")
    assert trip.told.city == city


def test_known_places_are_left_out() -> None:
    """Who has been to a place already is not sent there again."""
    trip = Traveller(
        "2 days Paris, art. I've been to the Louvre and the Eiffel Tower already"
    )
    planned = {stop.place.id for stop in trip.plan.stops}
    assert not planned & {"louvre-museum", "eiffel-tower"}
