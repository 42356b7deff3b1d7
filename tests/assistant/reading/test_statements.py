"""Promises about statements: what they name is in their acts, or they are unread."""

from __future__ import annotations

from dataclasses import replace

import pytest

from itinerary_app.acts.acts import (
    Add,
    AddCity,
    Ask,
    SetCity,
    SetDays,
    SetDiet,
    SetNights,
    Topic,
)
from itinerary_app.model import Day, Itinerary, Leg, Pace, Preferences, Stage
from tests.assistant.labelled.messages import CATALOGUE
from tests.assistant.reading.said import READER, acts, resolved, scene, understood

UNREADABLE = (
    "drop the frobnicated museum and the Pantheon's twin",
    "put a quiet museum on day 2",
    "add the blorptown museum",
    "we don't want any landmarks where there are crowds",
)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_narrows_a_kind_is_not_passed_over(text: str) -> None:
    """A word that we don't know beside a noun leaves the statement unread."""
    assert not acts(text)
    assert understood(text).unread


def test_several_statements_are_each_read() -> None:
    """Three wishes in a message are three acts, in their order."""
    found = acts("drop the Pantheon, day 1 calmer, and start at ten on day 2")
    assert [it["act"] for it in found] == ["remove", "calmer", "set_hours"]


def test_what_cannot_be_read_is_named() -> None:
    """The rest is carried out or proposed, and the words are told."""
    found = understood("drop the Pantheon and zorble the flumps")
    assert found.acts
    assert any("zorble" in it for it in found.unread)


def test_a_number_in_passing_sets_no_length() -> None:
    """ "One museum less" never makes the trip one day long."""
    for text in ("one museum less", "keep a day free", "sushi one evening"):
        assert not [it for it in acts(text) if it["act"] == "set_days"]


def test_odd_input_is_no_error() -> None:
    """Marks, digits and words in any order are read without an exception."""
    for text in ("", "....", "1 2 3 4", "and and, but", "🐘", "day day day", "not no"):
        resolved(text)
        resolved(text, None)


def test_a_city_for_two_is_for_two_people() -> None:
    """ "Rome for two" counts the travellers."""
    found = acts("4 days in Rome for two, food and history", None)
    assert {"act": "set_party", "adults": 2} in found


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("cut the Colosseum by an hour", {"change": -60}),
        ("cut the Colosseum to an hour", {"minutes": 60}),
        ("cut an hour off the Colosseum", {"change": -60}),
        ("knock half an hour off the Colosseum", {"change": -30}),
    ],
)
def test_a_stay_is_cut_by_or_to_a_length(text: str, act: dict[str, int]) -> None:
    """ "By" and "off" shorten it, "to" says how long it is to be."""
    [found] = acts(text)
    assert found["act"] == "set_stay"
    assert act.items() <= found.items()


def test_the_first_thing_after_a_meal_is_a_stop() -> None:
    """Not what is done early: it is found by its place in the day."""
    [found] = acts("remove the first thing after lunch on day 1")
    assert found == {"act": "remove", "stop": "basilica-of-san-clemente"}


def test_words_that_were_written_as_one_are_read() -> None:
    """ "droppantheon" drops it."""
    [found] = acts("droppantheon")
    assert found["act"] == "remove"


@pytest.mark.parametrize(
    ("text", "nights", "days"),
    [
        ("3 nights in Rome, 2 in Florence and 2 in Venice", (3, 2, 2), None),
        ("3 days in Rome, 2 days in Florence and 2 days in Venice", (3, 2, 2), 7),
        ("Rome 3 days, Florence 1 day, Venice 2 days", (3, 1, 2), 6),
    ],
)
def test_each_city_has_the_length_that_is_told_with_it(
    text: str, nights: tuple[int, ...], days: int | None
) -> None:
    """Days of all cities together are the trip's; nights leave the day of leaving."""
    found = acts(text, None)
    told = {it["city"]: it.get("nights") for it in found if it.get("nights")}
    assert tuple(told[it] for it in ("Rome", "Florence", "Venice")) == nights
    lengths = [it["days"] for it in found if it["act"] == "set_days"]
    assert lengths == ([days] if days else [])
    assert not understood(text, None).unread


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Rome then Venice then Florence for a week", True),
        ("first Rome, then Venice, then Florence, 8 days", True),
        ("Rome, Venice and Florence, 8 days", False),
        ("Rome then Venice, 5 days", False),
    ],
)
def test_the_order_of_cities_is_told_or_left_to_us(text: str, is_told: bool) -> None:
    """ "Then" tells it; a list of cities does not."""
    orders = [it["cities"] for it in acts(text, None) if it["act"] == "order_cities"]
    assert orders == ([["Rome", "Venice", "Florence"]] if is_told else [])


@pytest.mark.parametrize(
    ("text", "nights"),
    [
        ("one night more in Florence", 2),
        ("another day in Florence", 2),
        ("3 days in Florence", 2),  # the last of them is that of leaving
        ("make it 3 nights in Florence", 3),
        ("make Florence only 3", 2),
    ],
)
def test_nights_in_a_city_of_the_trip_are_said_in_many_ways(
    text: str, nights: int
) -> None:
    """More, less or so many: only that city has other nights."""
    plan = Itinerary(
        CATALOGUE.city("Rome"),
        tuple(Day(number, Pace.MODERATE, ()) for number in range(1, 6)),
        (),
        (Stage(CATALOGUE.city("Rome"), 1), Stage(CATALOGUE.city("Florence"), 4)),
    )
    wishes = Preferences(
        city="Rome", duration_days=5, legs=(Leg("Rome"), Leg("Florence"))
    )
    here = replace(scene(None), preferences=wishes, itinerary=plan)
    understood = READER.read(text, here)
    assert understood.acts == (SetNights(city="Florence", nights=nights),)
    assert not understood.unread


@pytest.mark.parametrize(
    "said",
    [
        "leave it",
        "ok leave it then",
        "just leave it as it is",
        "leave everything as it is",
        "keep the plan as it is",
        "don't change anything",
        "nothing to change",
    ],
)
def test_to_leave_the_plan_is_no_riddle(said: str) -> None:
    """Without a proposal, too, it is read, and nothing changes."""
    assert acts(said) == [{"act": "deny"}]
    assert not understood(said).unread


def test_to_leave_one_stop_or_day_is_more() -> None:
    """What is named is locked, or goes."""
    assert acts("leave the Pantheon out")[0]["act"] == "remove"
    assert acts("don't change anything on day 1")[0]["act"] == "lock"


@pytest.mark.parametrize(
    "said",
    [
        "plan a dinner on day 2",
        "add a dinner on day 2",
        "we want dinner on day 2",
        "could you plan a dinner for day 2?",
        "find us a dinner for day 2",
    ],
)
def test_a_meal_may_be_asked_for_with_nothing_more(said: str) -> None:
    """Where and when it is best is ours to find."""
    assert acts(said) == [{"act": "set_meal", "meal": "dinner", "day": 2}]


def test_a_meal_that_is_narrowed_is_not_any() -> None:
    """A word that we do not know is not passed over."""
    assert not acts("add a quick lunch on day 1")
    assert not acts("we want a romantic dinner on day 2")


def test_what_is_no_longer_free_is_not_freed() -> None:
    """ "No longer" turns what is kept free round."""
    (act,) = acts("day 1 no longer free in the evening")
    assert act == {"act": "clear", "day": 1, "part": "evening", "free": False}


@pytest.mark.parametrize("unknown", ["no alcohol", "no beef", "no horses please"])
def test_what_is_not_wanted_is_never_passed_over(unknown: str) -> None:
    """A thing that we don't know is named; what was read beside it stands."""
    for plan, told in ((None, "3 days in Rome"), ("rome", "drop the Colosseum")):
        found = understood(f"{told}, {unknown}", plan)
        assert (bool(found.acts), found.unsure) == (True, False)
        assert [it for it in found.unread if it in unknown]
    found = understood(f"3 days rome {unknown}", None)
    assert (len(found.acts), found.unread, found.unsure) == (2, (unknown,), False)


@pytest.mark.parametrize("text", ["no shopping please", "no museums", "without shops"])
def test_none_of_a_kind_is_a_rule(text: str) -> None:
    """The kind is kept out, also where it is an interest that nobody wished for."""
    assert [it["act"] for it in acts(text)] == ["avoid"]


@pytest.mark.parametrize(
    ("text", "people"),
    {
        "two adults and a 6yo": {"adults": 2, "children": 1},
        "with a 6yr old and an 8 yo": {"children": 2},
        "our kids are 5, 7 and 9": {"children": 3},
        "our son is 8": {"children": 1},
        "family of 4, kids are 5 and 9": {"adults": 2, "children": 2},
        "family of 4 with two kids": {"adults": 2, "children": 2},
        "with kids (6 and 9)": {"children": 2},
        "adults 2 kids 2": {"adults": 2, "children": 2},
        "2 adults 2 kids": {"adults": 2, "children": 2},
    }.items(),
)
def test_children_are_counted_by_their_ages(text: str, people: dict[str, int]) -> None:
    """An age is of a child, and children are part of their family."""
    assert {"act": "set_party", **people} in acts(f"3 days in Rome, {text}", None)


def test_who_is_grown_up_is_no_child() -> None:
    """ "My 70 year old mother" is none, whatever her age."""
    found = acts("3 days in Rome with my 70 year old mother", None)
    assert "set_party" not in [it["act"] for it in found]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("i use a wheelchair", {"act": "set_mobility", "add": ["step_free"]}),
        (
            "change dates to the 10th of january",
            {"act": "set_dates", "start": "2027-01-10"},
        ),
        ("no thats too much. undo", {"act": "undo"}),
    ],
)
def test_a_single_plain_wish_is_done(text: str, act: dict[str, object]) -> None:
    """Words around it that ask for nothing else raise no doubt."""
    assert act in acts(text)
    assert not understood(text).unsure


FIRST = [
    ("we're staying in Rome for 4 days", {"act": "set_days", "days": 4}),
    ("We're in Rome 4 days, staying in Trastevere", {"act": "set_days", "days": 4}),
    ("hey! so we r going 2 visit Rome 4 days", {"act": "set_days", "days": 4}),
    ("a day in Florence", {"act": "set_days", "days": 1}),
    ("going to Rome next week for 3 days", {"act": "set_days", "days": 3}),
    ("3 days in Rome with kids", {"act": "set_interests", "more": ["family"]}),
    ("me and my gf, 3 days in Rome", {"act": "set_party", "adults": 2}),
    ("art lovers, 3 days in Rome", {"act": "set_interests", "more": ["art"]}),
    ("3 days in Rome, gf options", {"act": "set_diet", "add": ["gluten_free"]}),
]


@pytest.mark.parametrize(("text", "act"), FIRST)
def test_a_first_message_is_read_as_people_type_it(
    text: str, act: dict[str, object]
) -> None:
    """Where and how long is read from whatever stands around it."""
    found = acts(text, None)
    assert "set_city" in [it["act"] for it in found]
    assert act in found


@pytest.mark.parametrize("when", ["in April", "next month", "this summer"])
def test_a_time_that_is_no_date_is_told_as_such(when: str) -> None:
    """The city and the days are read, and a first day is asked for in words."""
    found = understood(f"3 days in Rome {when}", None)
    assert [it for it, _ in found.faults] == [when]
    assert (len(found.acts), found.unread) == (2, (when,))


@pytest.mark.parametrize(
    "text",
    ["no more than 3 things a day", "max 3 stops per day", "only 3 sights a day"],
)
def test_all_sights_together_have_a_limit(text: str) -> None:
    """Things, stops and places of a day are its sights."""
    assert acts(text) == [{"act": "at_most", "kind": "sight", "count": 3}]


def test_of_whom_a_need_is_told_is_not_called_unread() -> None:
    """Whose diet or step it is goes without saying."""
    for text in ("my wife is vegan", "my mum can't do stairs"):
        assert acts(text)
        assert not understood(text).unread


@pytest.mark.parametrize("why", ["too tiring", "it's too much"])
def test_why_a_stop_goes_is_no_wish_for_the_trip(why: str) -> None:
    """The pace of all days stays what it is."""
    assert [it["act"] for it in acts(f"drop the Forum, {why}")] == ["remove"]


@pytest.mark.parametrize(
    ("text", "nights", "days"),
    [
        ("2 days in Rome then 2 in Florence then 3 in Venice", (2, 2, 3), 7),
        ("Rome for 3 days, Florence for 3 days and Venice for 3 days", (3, 3, 3), 9),
        ("two days each in Rome, Florence and Venice", (2, 2, 2), 6),
        ("Rome, Florence and Venice, 3 days each", (3, 3, 3), 9),
        ("weekend in Rome plus 2 days in Florence", (2, 2), 4),
        ("10 to 12 May Rome and 13 to 15 May Florence", (3, 3), 6),
    ],
)
def test_each_city_has_its_own_length(
    text: str, nights: tuple[int, ...], days: int
) -> None:
    """Cities that are as long as each other lose no nights by it."""
    found = understood(text, None).acts
    told = {it.city: it.nights for it in found if isinstance(it, AddCity | SetNights)}
    cities = ("Rome", "Florence", "Venice")[: len(nights)]
    assert told == dict(zip(cities, nights, strict=True))
    assert SetDays(days=days) in found


@pytest.mark.parametrize("plan", [None, "rome"])
@pytest.mark.parametrize("said", ["4-5 days", "4 to 5 days", "four or five days"])
def test_of_two_lengths_none_is_taken(said: str, plan: str | None) -> None:
    """One is asked for: neither the shorter nor the longer is supposed."""
    found = understood(f"Rome {said}", plan)
    assert not [it for it in found.acts if isinstance(it, SetDays | SetNights)]
    assert any("leaves open how many days" in why for _, why in found.faults)


def test_a_day_trip_is_no_length_beside_one() -> None:
    """ "2 days in Rome and a day trip": two days, with the outing."""
    for said in (
        "Rome 2 days and 1 day trip to Tivoli",
        "2 days in Rome, day trip to Tivoli",
    ):
        assert SetDays(days=2) in understood(said, None).acts


@pytest.mark.parametrize("plan", [None, "rome"])
@pytest.mark.parametrize("said", ["we don't eat pork", "no pork", "no dairy for me"])
def test_what_is_not_eaten_is_no_religion(said: str, plan: str | None) -> None:
    """It is told that dishes are not known, and no diet is set."""
    text = said if plan else f"3 days in Rome, {said}"
    found = understood(text, plan)
    assert not [it for it in found.acts if isinstance(it, SetDiet)]
    assert any(isinstance(it, Ask) and it.topic is Topic.UNKNOWN for it in found.acts)


def test_a_length_that_is_not_taken_is_told() -> None:
    """ "2 full days in Rome and half a day in Florence": the two days are named."""
    found = understood("2 full days in Rome and half a day in Florence", None)
    assert any("2 full days" in it for it in found.unread)


@pytest.mark.parametrize(
    "said", ["we may go to Rome for 3 days", "I might visit Rome for 3 days"]
)
def test_a_first_message_that_wavers_is_a_wish(said: str) -> None:
    """A plan is what helps to decide; none is lost by it."""
    kinds = [type(it) for it in understood(said, None).acts]
    assert kinds == [SetCity, SetDays]


def test_what_one_may_visit_is_not_insisted_on() -> None:
    """Only the trip itself is planned as if it were sure."""
    found = understood("3 days in Rome, we might visit the Vatican", None).acts
    assert not [it for it in found if isinstance(it, Add)]
