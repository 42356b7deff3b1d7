"""Promises about what is said of some days only, and what must not reach further."""

from __future__ import annotations

import pytest

from itinerary_app.model import Category
from tests.trips.scripted import Traveller, day_of, stops
from tests.trips.test_said import told

ROME = "Rome 3 days, art"
HOUR = 60  # minutes


def on(traveller: Traveller, number: int) -> list[str]:
    """The ids of the places of a day."""
    return [it.place.id for day, it in stops(traveller.plan) if day.number == number]


def test_no_museums_of_a_day_means_galleries_too_and_no_other_day() -> None:
    """An art gallery is a museum to travellers; on other days they may come again."""
    traveller, answer = told("Rome 2 days, art", "no museums on day 2")
    kinds = {it.place.category for day, it in stops(traveller.plan) if day.number == 2}
    assert not kinds & {Category.MUSEUM, Category.GALLERY}
    assert not traveller.trip.preferences.excluded
    assert "stays out" not in answer.content


def test_no_museums_at_all_means_galleries_too() -> None:
    """What made room for a museum is no gallery."""
    traveller, _ = told(ROME, "no museums")
    kinds = {it.place.category for _, it in stops(traveller.plan)}
    assert not kinds & {Category.MUSEUM, Category.GALLERY}


def test_the_museums_of_a_day_are_no_name() -> None:
    """Museums that are called so elsewhere are not meant."""
    traveller, _ = told(ROME, "remove the museums on day 2")
    assert "palazzo-barberini" not in on(traveller, 2)
    assert day_of(traveller.plan, "capitoline-museums")


@pytest.mark.parametrize("said", ["and the day after, no museums", "ok, too much"])
def test_the_length_of_the_trip_and_its_pace_stay(said: str) -> None:
    """A day spoken of, or the one after it, is not the whole trip."""
    traveller, _ = told(ROME, "what's on day 2?", said)
    wishes = traveller.trip.preferences
    assert (len(traveller.plan.days), wishes.pace, wishes.avoid) == (3, None, ())


def test_too_much_is_the_day_that_was_shown() -> None:
    """Behind an answer about a day, that day is made calmer."""
    before, _ = told(ROME)
    traveller, answer = told(ROME, "what's on day 2?", "that's too much")
    assert "Day 2 is calmer" in answer.content
    assert [on(traveller, n) for n in (1, 3)] == [on(before, n) for n in (1, 3)]


def test_less_walking_that_day_is_no_pace() -> None:
    """Beside it, "too much" only says why."""
    asked = "how long are we walking on day 2?"
    traveller, answer = told(ROME, asked, "too much, less walking that day")
    assert traveller.trip.preferences.pace is None
    assert "day 2" in answer.content.lower()


@pytest.mark.parametrize(
    "said", ["make tomorrow easy", "we're tired, make 20 May easy"]
)
def test_a_day_that_is_none_of_the_plan_dates_no_trip(said: str) -> None:
    """Where the trip has no dates nobody knows which day that is."""
    traveller, answer = told(ROME, said)
    wishes = traveller.trip.preferences
    assert (wishes.start_date, wishes.pace) == (None, None)
    assert "I don't know which day" in answer.content


@pytest.mark.parametrize(
    "said",
    [
        "can we sleep in on day 2, say till 11",
        "sleep in every day until 11",
        "can we start later in the morning, like 11",
    ],
)
def test_sleeping_in_says_when_the_day_begins(said: str) -> None:
    """The hour is the first of the day, not the last."""
    traveller, _ = told(ROME, said)
    assert traveller.plan.days[1].stops[0].arrive >= 11 * HOUR


@pytest.mark.parametrize(
    "said",
    [
        "Budapest 3 days from Friday 6 November, history",
        "Budapest 3 days from monday 4 december, history",
    ],
)
def test_a_date_on_another_weekday_is_said(said: str) -> None:
    """One of the two is wrong, so neither is taken."""
    traveller, answer = told(said)
    assert traveller.trip.preferences.start_date is None
    assert " is no " in answer.content


@pytest.mark.parametrize(
    "said", ["fri-sun 4-6 december", "friday to sunday 4 to 6 Dec"]
)
def test_weekdays_before_dates_are_the_same_days(said: str) -> None:
    """Three days, said twice."""
    traveller, _ = told(f"Budapest {said}, history")
    assert traveller.trip.preferences.duration_days == 3


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("how far do we walk on day 2?", "Between stops you walk"),
        ("what do tickets cost on day 2?", "for one adult on day 3"),
    ],
)
def test_another_day_is_asked_the_same(asked: str, said: str) -> None:
    """ "And day 3?" asks of it what was asked of day 2."""
    for then in ("and day 3?", "and the day after?"):
        _, answer = told(ROME, asked, then)
        assert said in answer.content
        assert "day 3" in answer.content


def test_another_kind_of_place_is_of_that_kind() -> None:
    """Outdoors is no museum."""
    traveller, answer = told(ROME, "replace the colosseum with something outdoors")
    before, _ = told(ROME)
    was = {it.place.id for _, it in stops(before.plan)}
    come = [it.place for _, it in stops(traveller.plan) if it.place.id not in was]
    assert day_of(traveller.plan, "colosseum") is None
    assert [it.category in _OPEN for it in come] == [True]
    assert "did not get" not in answer.content


_OPEN = {
    Category.PARK,
    Category.GARDEN,
    Category.VIEWPOINT,
    Category.NEIGHBOURHOOD,
    Category.ZOO,
}


def test_what_makes_a_place_better_is_told_as_unknown() -> None:
    """Another place comes, but nobody knows whether it is less touristy."""
    _, answer = told(ROME, "swap the pantheon for something less touristy")
    assert "takes the place of Pantheon" in answer.content
    assert "I did not get “less touristy”" in answer.content


def test_one_place_to_eat_is_not_promised_for_each_day() -> None:
    """A place is in a plan once, so what can't be done is not done in part."""
    said = "lunch at the central market on both days"
    traveller, answer = told("Florence 2 days, art", said)
    assert day_of(traveller.plan, "mercato-centrale-food-hall") is None
    assert "did not get" in answer.content


@pytest.mark.parametrize("said", ["leave it in", "actually keep it", "no keep nyhavn"])
def test_what_went_stays_after_all(said: str) -> None:
    """Behind a removal, keeping it brings it back."""
    traveller, _ = told("Copenhagen 2 days, history", "remove nyhavn", said)
    assert day_of(traveller.plan, "nyhavn")
    assert "nyhavn" not in traveller.trip.preferences.excluded


def test_what_went_comes_back_on_another_day() -> None:
    """Nothing else is undone."""
    remove, back = "remove senso-ji", "bring it back but on day 4"
    traveller, _ = told("Tokyo 4 days, art", remove, back)
    assert day_of(traveller.plan, "senso-ji") == 4


def test_not_that_day_but_another_one() -> None:
    """A day that is denied is the one that was taken before."""
    moved = "move charles bridge to day 3"
    traveller, _ = told("Prague 3 days, history", moved, "not day 3, day 2")
    assert day_of(traveller.plan, "charles-bridge") == 2


def test_only_one_day_is_calmer() -> None:
    """ "Only on day 2" takes back what was done to the other days."""
    before, _ = told("Prague 3 days, history")
    calm, only = "make it more relaxed", "only on day 2"
    traveller, _ = told("Prague 3 days, history", calm, only)
    assert [on(traveller, n) for n in (1, 3)] == [on(before, n) for n in (1, 3)]
    assert on(traveller, 2) != on(before, 2)
    assert traveller.trip.preferences.pace is None


def test_a_place_after_that() -> None:
    """After what was spoken of last."""
    first, then = "hagia sophia first on day 1", "and the grand bazaar after that"
    traveller, _ = told("Istanbul 3 days, history", first, then, "yes")
    assert on(traveller, 1)[:2] == ["hagia-sophia", "grand-bazaar"]


def test_an_hour_instead_is_of_what_was_spoken_of() -> None:
    """Nothing else is put there."""
    first, then = "sagrada familia first thing on day 2", "can u move it to 11 instead?"
    traveller, _ = told("Barcelona 3 days, art", first, then)
    assert dict(traveller.trip.preferences.times) == {"sagrada-familia": 11 * HOUR}


@pytest.mark.parametrize(
    "said",
    [
        "Barcelona 3 days from 14 May, arriving at 15:30, leaving on the 17th at 11am",
        "Barcelona from 14 May, we arrive at 15:30 and leave on 17 May at 11am",
        "Barcelona 14-17 May, landing on the 14th at 15:30, leaving the 17th at 11am",
        "Barcelona, we arrive on 14 May at 15:30 and leave on the 17th at 11am",
    ],
)
def test_the_day_one_leaves_is_the_last_one(said: str) -> None:
    """The 17th is that of the trip's month, and ends it."""
    traveller, answer = told(said)
    wishes = traveller.trip.preferences
    assert (str(wishes.start_date), wishes.duration_days) == ("2027-05-14", 4)
    assert (wishes.arrive, wishes.depart) == (15.5 * HOUR, 11 * HOUR)
    assert "did not get" not in answer.content


def test_days_in_each_city_are_shares() -> None:
    """Two in Florence and three in Venice are days."""
    said = "make it 2 in florence and 3 in venice"
    traveller, _ = told("Florence and Venice, 5 days, art", said, "yes")
    parts = [len(it.days) for it in traveller.plan.parts()]
    assert parts == [2, 3]


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("London 7 days, art, budget tight", "hi"),
        ("New York 4 days, art", "we wanna see the met and central park for sure"),
        ("Prague 3 days, history", "dinner at 8 with the kids"),
    ],
)
def test_common_words_are_read(first: str, said: str) -> None:
    """Nothing is told as not read."""
    for messages in ((first,), (first, said)):
        _, answer = told(*messages)
        assert "did not get" not in answer.content


@pytest.mark.parametrize(
    "said",
    [
        "skip the doge's palace, too expensive",
        "remove the doge's palace, it's too pricey",
    ],
)
def test_why_a_stop_goes_is_no_budget(said: str) -> None:
    """One price that is too high says nothing of all the others."""
    traveller, _ = told("Venice 2 days, art", said)
    assert day_of(traveller.plan, "doges-palace") is None
    assert traveller.trip.preferences.budget is None


def test_one_tasting_is_not_one_meal() -> None:
    """What is eaten is not counted among the sights."""
    before, _ = told("Porto 2 days, wine")
    traveller, answer = told("Porto 2 days, wine", "only one tasting")
    assert traveller.plan == before.plan
    assert "did not get" in answer.content


def test_what_was_spoken_of_stays_where_its_kind_goes() -> None:
    """ "Apart from that" keeps it, at its hour."""
    booked = "last supper booked for day 2 at 11:15"
    asked = "no museums apart from that"
    traveller, _ = told("Milan 3 days, art", booked, asked)
    assert day_of(traveller.plan, "the-last-supper") == 2
    assert dict(traveller.trip.preferences.times) == {"the-last-supper": 675}


def test_a_question_about_what_is_not_planned_leaves_nothing_to_skip() -> None:
    """ "It" is then no stop that was spoken of before."""
    start = "Lisbon 4 days with my grandma, she can't do stairs"
    before, _ = told(start)
    traveller, answer = told(start, "what if we skip belem", "ok skip it")
    assert traveller.plan == before.plan
    assert answer.content.endswith("?")


def test_them_are_those_just_named() -> None:
    """And none that was spoken of before."""
    start = "Buenos Aires 4 days, tango, steak"
    show = "tango show on the third night at 9"
    both = "recoleta cemetery and malba on the same day"
    traveller, _ = told(start, show, both, "move them to day 1")
    assert day_of(traveller.plan, "el-viejo-almacen-tango-show") == 3
    assert {"malba", "recoleta-cemetery"} <= {*on(traveller, 1)}


def test_a_first_visit_to_a_country_is_no_sight() -> None:
    """India is not the India Gate."""
    traveller, _ = told("Delhi 3 days, first time in india, art")
    assert not traveller.trip.preferences.must_see


def test_back_by_an_hour_is_no_undo() -> None:
    """So many steps back are called steps."""
    traveller, answer = told("Munich 3 days, art", "remove marienplatz", "back by 6")
    assert day_of(traveller.plan, "marienplatz") is None
    assert "no plan yet" not in answer.content


def test_all_of_a_day_is_more_than_on_it() -> None:
    """What no act says is told as not read."""
    _, answer = told("Stockholm 3 days, art", "skansen the whole of day 2")
    assert "did not get" in answer.content


def test_late_opening_asks_for_the_hours() -> None:
    """A "yes" would claim it."""
    _, answer = told("Paris 3 days, art", "louvre late opening?")
    assert answer.content.startswith("The hours of Louvre Museum")


@pytest.mark.parametrize(
    "said",
    ["only street food", "just parks on day 3", "italian only", "only ruins on day 1"],
)
def test_only_some_of_a_kind_is_not_one_more(said: str) -> None:
    """Where it can't be done it is told as not read."""
    before, _ = told(ROME)
    traveller, answer = told(ROME, said)
    assert traveller.plan == before.plan
    assert "did not get" in answer.content


@pytest.mark.parametrize("said", ["and on day 3 too", "day 3 too", "day 3 as well"])
def test_another_day_too(said: str) -> None:
    """What was done to one day is done to the other."""
    traveller, answer = told(ROME, "make day 2 lighter", said)
    before, _ = told(ROME)
    assert "Day 3 is calmer" in answer.content
    assert on(traveller, 1) == on(before, 1)


def test_a_stop_that_is_on_another_day_is_found() -> None:
    """Nobody is told that what is planned is not in the plan."""
    _, answer = told("Paris 3 days, art", "take the louvre off day 1")
    assert answer.content == "Louvre Museum is on day 3. What shall I change?"


def test_last_on_the_last_day_is_said_of_a_stop_of_another_day() -> None:
    """It moves there first."""
    _, answer = told(
        "Paris 3 days, art", "i want the eiffel tower last on the last day"
    )
    assert "on day 3" in answer.content or "to day 3" in answer.content
