"""Promises about follow-ups, first messages with much in them, and what is put back."""

from __future__ import annotations

import pytest

from itinerary_app.model import StopKind
from tests.trips.scripted import day_of
from tests.trips.test_said import eats, lasts, told

ROME = "Rome 3 days, art"


@pytest.mark.parametrize("said", ["the second one", "take the second one please"])
def test_one_of_what_was_suggested_comes(said: str) -> None:
    """By its place in the list that was shown last."""
    before, _ = told(ROME, "suggest some museums")
    second = before.talk.trip(before.id, b"a" * 32).conversation_history[-1]
    assert second.context is not None
    place = second.context["focus"]["stops"][1]
    traveller, _ = told(ROME, "suggest some museums", said)
    assert day_of(before.plan, place) is None
    assert day_of(traveller.plan, place)


def test_one_of_the_alternatives_takes_the_place() -> None:
    """What was to be replaced goes."""
    asked = "what could replace the colosseum?"
    traveller, answer = told(ROME, asked, "the first one")
    assert "takes the place of Colosseum" in answer.content
    assert day_of(traveller.plan, "colosseum") is None


def test_a_list_of_the_plan_is_none_to_choose_from() -> None:
    """Of what is planned already nothing comes."""
    before, _ = told(ROME)
    traveller, answer = told(ROME, "what's on day 2?", "the second one")
    assert "I did not get" in answer.content
    assert traveller.plan.days == before.plan.days


@pytest.mark.parametrize(
    "spoken", ["how long do we stay at the colosseum?", "the colosseum for 3 hours"]
)
def test_a_number_behind_a_stay_is_hours(spoken: str) -> None:
    """ "Cut it to 2" says how long the stop lasts that was spoken of."""
    traveller, _ = told(ROME, spoken, "cut it to 2")
    assert lasts(traveller, "colosseum") == 120


@pytest.mark.parametrize("gone", ["Budapest", "Vienna"])
def test_a_city_left_out_takes_its_days_along(gone: str) -> None:
    """The other one does not grow where the days of each were said."""
    traveller, _ = told("Vienna 2 days and Budapest 2 days, art", f"leave out {gone}")
    assert len(traveller.plan.days) == 2


def test_the_last_of_three_cities_takes_its_days_along() -> None:
    """And no day of leaving comes instead."""
    first = "Vienna 2 days, Budapest 2 days and Prague 2 days, art"
    traveller, _ = told(first, "leave out Prague")
    assert [len(part.days) for part in traveller.plan.parts()] == [2, 2]


def test_a_month_sets_no_dates_and_is_kept_in_mind() -> None:
    """The plan comes first; a day named later is one of that month."""
    traveller, answer = told("Lisbon 3 days in May, food and views")
    assert answer.content.startswith("Here is your plan")
    assert "May alone sets no dates" in answer.content
    traveller.says("from the 4th")
    assert str(traveller.wishes.start_date) == "2027-05-04"


@pytest.mark.parametrize(
    "said",
    [
        "Rome from the evening of the 10th of June until the 12th, art",
        "Rome from 10 June in the evening to 12 June, art",
    ],
)
def test_from_the_evening_of_a_date_on_one_arrives_then(said: str) -> None:
    """The part of the day is of the arrival, and no hindrance to the dates."""
    traveller, _ = told(said)
    wishes = traveller.wishes
    assert (str(wishes.start_date), wishes.duration_days) == ("2027-06-10", 3)
    assert wishes.arrive == 18 * 60


def test_how_often_a_kind_is_wished_is_told_as_not_read() -> None:
    """One museum is not museums every day."""
    first = "Rome 4 days, wheelchair, colosseum, museums every day, art, in May"
    traveller, answer = told(first)
    assert "I did not get “every day”" in answer.content
    assert "colosseum" in traveller.wishes.must_see


def test_kinds_that_are_planned_anyway_are_one_sentence() -> None:
    """Each kind once, with its place and day."""
    _, answer = told("Rome 6 days, museums, churches, markets, parks, art")
    assert answer.content.count("museum,") == 1
    assert "Of the kinds you named are planned: " in answer.content
    assert "already" not in answer.content


def test_what_is_cheap_otherwise_is_not_the_dinner_that_is_not() -> None:
    """The dinner that was wished gets dearer, and the rest is told as not read."""
    before, _ = told(ROME)
    said = "a fancy dinner on the last night, cheap eats otherwise"
    traveller, answer = told(ROME, said)
    assert "I did not get “cheap eats otherwise”" in answer.content
    assert eats(traveller, 3)[StopKind.DINNER] != eats(before, 3)[StopKind.DINNER]
    assert eats(traveller, 1) == eats(before, 1)
    assert traveller.wishes.budget is None


def test_one_dinner_is_not_all_of_them() -> None:
    """On which day is not ours to choose."""
    traveller, answer = told("Rome 3 days, art, splurge on one dinner")
    before, _ = told(ROME)
    assert "I did not get “splurge on one dinner”" in answer.content
    assert traveller.plan.days == before.plan.days


def test_a_day_for_some_places_only_is_not_half_done() -> None:
    """No act of ours takes the others out, so nothing comes either."""
    traveller, answer = told(
        "Budapest 3 days, food", "day 1 only parliament and the basilica"
    )
    assert "I did not get" in answer.content
    assert not traveller.wishes.must_see


def test_which_days_have_rides_is_answered() -> None:
    """With their number on each day, and not with all that is planned."""
    _, answer = told(ROME, "which days do we take taxis")
    assert "by taxi or public transport: " in answer.content
    assert "09:30" not in answer.content


def test_what_could_be_added_is_suggested() -> None:
    """Of the kind that is asked for."""
    _, answer = told(ROME, "what museums could we add?")
    assert "not planned yet" in answer.content


def test_what_is_undone_is_told_as_it_is_now() -> None:
    """The stop that is there again, with its hour."""
    _, answer = told(ROME, "remove the colosseum", "undo")
    assert answer.content.startswith(
        "Undone: Colosseum is on day 1 again at 14:40 (5 other stops at another time)."
    )


def test_what_went_from_one_day_only_is_not_kept_out() -> None:
    """ "I keep it out" is said of what was removed for good."""
    traveller, answer = told(ROME, "remove the pantheon", "remove the pantheon")
    assert "I keep it out" in answer.content
    assert "pantheon" in traveller.wishes.excluded


@pytest.mark.parametrize("when", ["next weekend", "this weekend"])
def test_a_day_named_of_a_weekend_is_not_all_of_it(when: str) -> None:
    """It is the day of what is wished."""
    traveller, _ = told(f"Paris {when}, art, Louvre on Sunday morning")
    assert traveller.wishes.duration_days == 2
    assert day_of(traveller.plan, "louvre-museum") == 2


def test_nothing_before_ten_is_no_hour_of_dinner() -> None:
    """Behind a meal, too, it says when days begin."""
    traveller, _ = told(ROME, "pizza for dinner, nothing before 10")
    assert not traveller.wishes.meal_times
    assert traveller.wishes.day_start == 600


@pytest.mark.parametrize(
    ("said", "wished", "avoided"),
    [
        ("no churches, art and food", ("art", "food"), ("church",)),
        ("no museums, churches or markets, views", ("views",), None),
        ("the Pantheon but no Colosseum, art", ("art",), ()),
    ],
)
def test_interests_behind_a_denial_are_wished(
    said: str, wished: tuple[str, ...], avoided: tuple[str, ...] | None
) -> None:
    """A list of wishes goes on behind what is denied in it."""
    traveller, _ = told(f"Rome 3 days, {said}")
    assert traveller.wishes.interests == wished
    assert avoided is None or traveller.wishes.avoid == avoided


def test_one_of_a_kind_behind_a_denial_is_wished() -> None:
    """ "One" begins another wish."""
    traveller, _ = told("Rome 3 days, no churches, one museum, art")
    assert traveller.wishes.avoid == ("church",)
    assert "art" in traveller.wishes.interests


def test_but_not_denies_the_place_behind_it() -> None:
    """It is kept out, and not on the list."""
    traveller, _ = told("Madrid 3 days, Prado but not the Reina Sofia, art")
    wishes = traveller.wishes
    assert wishes.must_see == ("prado-museum",)
    assert wishes.excluded == ("reina-sofia-museum",)


def test_a_place_excepted_from_a_kind_that_is_denied_is_wished() -> None:
    """No museum comes but that one."""
    traveller, _ = told("Prague 4 days, art, no museums except the jewish museum")
    assert day_of(traveller.plan, "jewish-museum-and-old-jewish-cemetery")
    assert traveller.wishes.avoid == ("museum",)


def test_a_place_excepted_afterwards_comes() -> None:
    """Behind a kind that was denied."""
    first = "New York 3 days, art, no churches"
    traveller, _ = told(first, "except st. patrick's cathedral")
    assert day_of(traveller.plan, "st-patricks-cathedral-new-york")


def test_a_denied_interest_that_nobody_wished_is_offered_to_be_left_out() -> None:
    """Nothing of it is dropped in silence."""
    traveller, answer = told("Rome 3 days, no nightlife, art and food")
    assert "Shall I leave out all of it?" in answer.content
    traveller.says("yes")
    assert ("nightlife", 0) in traveller.wishes.at_most


def test_another_day_than_that_of_a_place_swaps_nothing() -> None:
    """It is told as not read."""
    said = "the rijksmuseum on a different day than the van gogh museum"
    _, answer = told("Amsterdam 2 days, art", said)
    assert "I did not get" in answer.content


def test_a_place_is_meant_before_those_that_are_named_after_it() -> None:
    """The Acropolis of Athens is the Acropolis, and its museum is not."""
    _, answer = told("Athens 3 days, history", "what time does the acropolis close?")
    assert "Acropolis of Athens" in answer.content


def test_what_is_denied_of_one_class_says_nothing_of_another() -> None:
    """No seafood is not no fado."""
    traveller, answer = told("Lisbon 3 days, no seafood, fado")
    assert traveller.wishes.at_most == (("seafood", 0),)
    assert "For “fado”: " in answer.content


def test_a_limit_a_day_ends_where_the_list_goes_on() -> None:
    """At most three stops, and a zoo: not three zoos."""
    traveller, _ = told("Rome 5 days, not more than 3 stops a day, zoo, art")
    assert traveller.wishes.at_most == (("sight", 3),)


def test_so_little_walking_is_no_fuller_pace() -> None:
    """It is less walking."""
    traveller, _ = told("Paris 3 days, art, my wife is pregnant, so little walking")
    wishes = traveller.wishes
    assert (wishes.mobility, wishes.pace) == (("less_walking",), None)


def test_a_kind_only_named_with_a_day_that_has_one_brings_no_other() -> None:
    """ "Another" does."""
    traveller, _ = told("Istanbul 3 days, history", "bazaar on day 3")
    before = traveller.plan
    assert "Yes" in traveller.says("bazaar on the last day").content
    assert traveller.plan == before
    traveller.says("another bazaar on day 3")
    assert traveller.plan != before


def test_one_of_what_was_suggested_for_dinner_is_that_dinner() -> None:
    """On the day that was asked about, and no stop in the morning."""
    asked = "what do you suggest for dinner on day 2?"
    traveller, answer = told(ROME, asked, "the first one")
    before, _ = told(ROME)
    assert answer.content.startswith("Dinner: ")
    dinner = eats(traveller, 2)[StopKind.DINNER]
    assert dinner != eats(before, 2)[StopKind.DINNER]
