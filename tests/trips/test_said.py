"""Promises about sentences of travellers, read and carried out in real turns."""

from __future__ import annotations

from datetime import date

import pytest

from itinerary_app.assistant.reading.reader import GrammarReader
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.model import Message, StopKind
from itinerary_app.text.clock import clock
from tests.trips.scripted import (
    ALICE,
    CATALOGUE,
    ScriptedReader,
    Traveller,
    day_of,
    manager,
    stops,
    visits,
)

READER = GrammarReader(CATALOGUE.places)


def told(*messages: str) -> tuple[Traveller, Message]:
    """A traveller who said these, and the answer to the last one."""
    traveller = Traveller()
    traveller.reader = ScriptedReader()
    traveller.talk = manager(traveller.storage, READER)
    traveller.id = traveller.talk.start(ALICE).session_id
    for message in messages:
        answer = traveller.says(message)
    return traveller, answer


MADRID = "Madrid 3 days from 5 March, art"


def lasts(traveller: Traveller, place_id: str) -> int:
    """Minutes."""
    return next(
        it.leave - it.arrive
        for _, it in stops(traveller.plan)
        if it.place.id == place_id
    )


def eats(traveller: Traveller, day: int) -> dict[StopKind, str]:
    return {
        it.kind: it.place.id
        for d, it in stops(traveller.plan)
        if d.number == day and it.kind is not StopKind.VISIT
    }


@pytest.mark.parametrize(
    "wish",
    ["the Prado on day 1 please, not day 2", "I'd love flamenco on Saturday night"],
)
def test_a_question_of_ours_takes_no_other_wish_for_its_answer(wish: str) -> None:
    """What is asked to be swapped is not what the next wish happens to name."""
    before, _ = told(MADRID)
    traveller, answer = told(MADRID, "swap lunch", wish)
    was = day_of(before.plan, "prado-museum")
    assert was is not None
    assert day_of(traveller.plan, "prado-museum") == was
    assert not answer.content.startswith("Which one do you mean")


@pytest.mark.parametrize(
    "answer",
    [
        "the one on day 2",
        "La Bola",
        "not Casa Mingo, La Bola",
        "Saturday",
    ],
)
def test_a_question_of_ours_is_answered_by_name_day_or_contrast(answer: str) -> None:
    """The one of the options that is named goes, and no other."""
    before, _ = told(MADRID)
    traveller, _ = told(MADRID, "swap lunch", answer)
    assert eats(traveller, 2) != eats(before, 2)
    assert eats(traveller, 1) == eats(before, 1)
    assert eats(traveller, 3) == eats(before, 3)


@pytest.mark.parametrize(
    ("wish", "by"),
    [
        ("add 30 minutes to the Prado", 30),
        ("30 more minutes at the Prado", 30),
        ("spend more time at the Prado", 30),
        ("take half an hour off the Prado", -30),
        ("spend less time in the Prado", -30),
    ],
)
def test_minutes_change_the_stop_they_are_said_of(wish: str, by: int) -> None:
    """No other place comes for them."""
    before, _ = told("Madrid 3 days, art")
    traveller, _ = told("Madrid 3 days, art", wish)
    assert lasts(traveller, "prado-museum") - lasts(before, "prado-museum") == by
    assert {it.place.id for it in traveller.plan.stops} <= {
        it.place.id for it in before.plan.stops
    }


def test_the_cathedral_is_no_chapel() -> None:
    """What is not planned gets no minutes, whatever else of its kind is there."""
    before, _ = told("Madrid 3 days, art")
    traveller, answer = told("Madrid 3 days, art", "add 30 minutes to the cathedral")
    assert traveller.plan == before.plan
    assert "not in your plan" in answer.content


def test_something_cheaper_is_of_that_stop_alone() -> None:
    """The budget stays, no other stop goes, and what comes costs less."""
    before, _ = told("Prague 3 days")
    traveller, _ = told(
        "Prague 3 days", "surprise me", "swap Prague Castle for something cheaper"
    )
    assert traveller.wishes.budget == before.wishes.budget
    had = {it.place.id: it.place for it in traveller.plan.stops}
    assert "prague-castle" not in had


@pytest.mark.parametrize("place", ["El Retiro", "the Royal Palace of Aranjuez"])
def test_nothing_is_cheaper_than_what_is_free_or_not_there(place: str) -> None:
    """Then nothing changes, and nothing else is offered."""
    before, _ = told(MADRID)
    traveller, answer = told(MADRID, f"swap {place} for something cheaper")
    assert traveller.state == before.state
    assert "budget" not in answer.content


def test_lunch_and_dinner_change_places() -> None:
    """Each is where the other was, on that day."""
    before, _ = told(MADRID)
    traveller, _ = told(MADRID, "can you swap lunch and dinner on day 1?")
    lunch, dinner = StopKind.LUNCH, StopKind.DINNER
    assert eats(traveller, 1)[lunch] == eats(before, 1)[dinner]
    assert eats(traveller, 1)[dinner] == eats(before, 1)[lunch]


def test_what_was_meant_takes_the_place_of_what_was_done() -> None:
    """Day 2 is as before, and day 3 is calmer."""
    before, _ = told(MADRID)
    traveller, answer = told(MADRID, "make day 2 calmer", "no, I meant day 3")
    assert visits(traveller.plan, 2) == visits(before.plan, 2)
    assert len(visits(traveller.plan, 3)) < len(visits(before.plan, 3))
    assert answer.content.startswith("Undone: ")


def test_what_was_meant_may_be_another_stop() -> None:
    """The one that went is back."""
    before, _ = told(MADRID)
    traveller, _ = told(MADRID, "remove the Prado", "sorry, I meant the Thyssen")
    was = day_of(before.plan, "prado-museum")
    assert was is not None
    assert day_of(traveller.plan, "prado-museum") == was
    assert day_of(traveller.plan, "thyssen-bornemisza-museum") is None


def test_a_denial_is_no_correction() -> None:
    """ "No Thyssen" behind a removal takes the Thyssen out, and brings nothing back."""
    traveller, _ = told(MADRID, "remove the Prado", "no Thyssen")
    planned = {it.place.id for it in traveller.plan.stops}
    assert not planned & {"prado-museum", "thyssen-bornemisza-museum"}


def test_what_was_meant_is_asked_where_it_is_not_clear() -> None:
    """Which stop of the other day goes is not chosen for the traveller."""
    traveller, answer = told(MADRID, "remove the Prado", "no, I meant day 3")
    assert answer.content.startswith("Which one do you mean")
    assert "prado-museum" not in {it.place.id for it in traveller.plan.stops}


@pytest.mark.parametrize(
    ("said", "start", "days"),
    [
        ("no, Saturday", date(2027, 3, 6), 3),
        ("actually no, Saturday to Tuesday", date(2027, 3, 6), 4),
        ("we start on 6 March", date(2027, 3, 6), 3),
        ("lets go 2 days later", date(2027, 3, 7), 3),
        ("extend to the 9th", date(2027, 3, 5), 5),
        ("stay until Tuesday", date(2027, 3, 5), 5),
    ],
)
def test_dates_beside_those_of_the_plan(said: str, start: date, days: int) -> None:
    """A weekday or a date says when the trip begins, or how long it is."""
    traveller, _ = told(MADRID, said)
    assert traveller.plan.days[0].date == start
    assert len(traveller.plan.days) == days


def test_an_extension_never_shortens() -> None:
    """A date before the last day leaves the trip as long as it is."""
    traveller, _ = told(MADRID, "extend to the 6th")
    assert len(traveller.plan.days) == 3


def test_a_sum_is_no_year() -> None:
    """Kroner are money, wherever they stand."""
    traveller, _ = told(
        "Two adults and three kids, Copenhagen 23-27 December, 2000 kroner"
    )
    assert traveller.wishes.start_date == date(2026, 12, 23)
    assert traveller.wishes.spend_limit == 2000


@pytest.mark.parametrize(
    "kids", ["kids of 3 and 5", "kids 3 + 6", "children aged 4 and 7"]
)
def test_children_are_counted_by_their_ages(kids: str) -> None:
    traveller, _ = told(f"London 3 days, two adults and {kids}")
    assert (traveller.wishes.adults, traveller.wishes.children) == (2, 2)


def test_a_sum_a_day_costs_a_first_message_nothing_else() -> None:
    """The date stays, and the sum is told as not read."""
    traveller, answer = told("Istanbul 3 days from 14 Dec, halal, 500 lira per day")
    assert traveller.wishes.start_date == date(2026, 12, 14)
    assert "500 lira per day" in answer.content


def test_a_long_first_message_keeps_what_was_read() -> None:
    """Cities, days, pace and interests, whoever “who” is."""
    traveller, _ = told(
        "10 days italy: Rome, Florence and Venice in May with my parents who are 75, "
        "slow pace, love art and wine"
    )
    assert [leg.city for leg in traveller.wishes.legs] == ["Rome", "Florence", "Venice"]
    assert traveller.wishes.duration_days == 10
    assert traveller.wishes.pace == "relaxed"
    assert traveller.wishes.interests == ("art",)


def test_what_waits_for_a_yes_is_asked_again() -> None:
    """An unanswered “do I read that right” is not forgotten, and a yes does it."""
    messages = (
        "london with harry potter and dinosaurs, no fancy food",
        "four days",
    )
    traveller, answer = told(*messages)
    assert answer.content.startswith("Do I read that right: Add Warner Bros. Studio")
    traveller, _ = told(*messages, "yes")
    assert "warner-bros-studio-tour-london" in traveller.wishes.must_see


def test_every_day_is_every_day() -> None:
    """One pizza of three would be silently less."""
    before, _ = told("Rome 3 days, art")
    traveller, _ = told("Rome 3 days, art", "we'd like pizza for lunch every day")
    for day in (1, 2, 3):
        assert eats(traveller, day)[StopKind.LUNCH] != eats(before, day)[StopKind.LUNCH]


@pytest.mark.parametrize(
    "said",
    [
        "on day 3 only the Prado",
        "one gelato a day",
        "what if it rains on Sunday?",
        "maybe we could skip the Prado?",
        "delete everything on day 2 after lunch",
    ],
)
def test_what_is_not_asked_for_is_not_done(said: str) -> None:
    """No such sentence changes the trip, and none is told as done."""
    before, _ = told(MADRID)
    traveller, answer = told(MADRID, said)
    assert traveller.state == before.state
    assert "already" not in answer.content


@pytest.mark.parametrize(
    ("city", "kind"),
    [
        ("Istanbul", "hammam"),
        ("Prague", "beer hall"),
        ("Florence", "gelato"),
        ("Vienna", "music"),
    ],
)
def test_kinds_go_by_what_places_call_them(city: str, kind: str) -> None:
    """Baths, beer, ice cream and music are found where the list has them."""
    before, _ = told(f"{city} 3 days, history")
    traveller, answer = told(f"{city} 3 days, history", f"add a {kind}")
    assert len(traveller.plan.stops) > len(before.plan.stops)
    assert answer.content.startswith("For “")


def test_cities_that_change_places_keep_their_days() -> None:
    """Delhi has three days as before."""
    traveller, _ = told(
        "Delhi 3 days, Agra 2 days and Jaipur 2 days from 5 March, history",
        "swap Agra and Jaipur",
    )
    parts = [(part.city.name, len(part.days)) for part in traveller.plan.parts()]
    assert parts == [("Delhi", 3), ("Jaipur", 2), ("Agra", 2)]


def test_a_new_trip_has_the_city_that_is_named_with_it() -> None:
    """What is said in the same breath is not forgotten with the old trip."""
    traveller, _ = told("Rome 3 days, art", "New trip: Dublin for 2 days", "do it")
    assert traveller.wishes.city == "Dublin"
    assert traveller.wishes.duration_days == 2
    assert traveller.wishes.interests == ()


def test_only_what_is_free_is_a_limit_of_nothing() -> None:
    """No visit that is planned costs anything, as far as is known."""
    traveller, _ = told(MADRID, "only free sights please")
    assert traveller.wishes.spend_limit == 0
    assert not any(it.place.price for _, it in stops(traveller.plan))


def test_a_city_that_is_nearly_named_is_asked_about() -> None:
    """A yes takes it, another city is taken in its place."""
    _, answer = told("Kyto 3 days")
    assert answer.content == "I know no “Kyto”. Do you mean Kyoto?"
    traveller, _ = told("Kyto 3 days", "yes")
    assert traveller.wishes.city == "Kyoto"
    traveller, answer = told("Kyto 3 days", "no, Tokyo")
    assert traveller.wishes.city == "Tokyo"
    assert "did not confirm" not in answer.content


def test_two_wishes_are_told_as_they_ended() -> None:
    """Of a stop that the second wish moved on, the hour of before is not told."""
    traveller, answer = told(
        "3 days in Paris from 5 December 2026, art",
        "add the Eiffel Tower on day 3 in the evening and drop Luxembourg Gardens",
    )
    at = next(it for _, it in stops(traveller.plan) if it.place.id == "eiffel-tower")
    assert at.arrive >= 18 * 60
    assert f"Eiffel Tower is last on day 3 now, at {clock(at.arrive)}" in answer.content


def test_a_set_hour_of_a_meal_stands() -> None:
    """Dinner is still at ten when lunch of that day goes."""
    traveller, _ = told(
        "3 days in Rome from 10 May 2027, art",
        "move dinner on day 1 to 22:00",
        "no lunch on day 1",
    )
    dinners = [
        it.arrive
        for day, it in stops(traveller.plan)
        if day.number == 1 and it.kind is StopKind.DINNER
    ]
    assert dinners == [22 * 60]


def test_what_is_eaten_is_no_sight() -> None:
    """ "We never eat it" takes out nothing that was spoken of before."""
    before, _ = told(MADRID, "is the Prado on day 2?")
    traveller, _ = told(MADRID, "is the Prado on day 2?", "no lunch, we never eat it")
    assert day_of(traveller.plan, "prado-museum") == day_of(before.plan, "prado-museum")


def test_a_train_is_left_in_time_whatever_it_is_the_reason_of() -> None:
    """The hour that a reason tells is heeded."""
    traveller, _ = told(
        "Paris 5-6 December 2026, art",
        "cancel dinner on Sunday because our train leaves at 7:30pm from Gare de Lyon",
    )
    assert traveller.wishes.depart == 19 * 60 + 30
    assert traveller.wishes.depart_at == "Gare de Lyon"


def test_two_hours_are_of_two_days() -> None:
    """Each day begins when it was said."""
    traveller, _ = told(
        "3 days in Rome from 10 May 2027, art", "start day 2 at 8:30 and day 3 at 11"
    )
    starts = [(day.start, day.end) for day in traveller.plan.days]
    assert starts == [(None, None), (8 * 60 + 30, None), (11 * 60, None)]


@pytest.mark.parametrize(
    "said",
    ["oh no, I only meant the Prado", "no, just the Prado", "I meant only the Prado"],
)
def test_one_of_two_was_meant(said: str) -> None:
    """The other one is back."""
    before, _ = told(MADRID)
    traveller, _ = told(MADRID, "remove the Prado and the Thyssen", said)
    was = day_of(before.plan, "thyssen-bornemisza-museum")
    assert was is not None
    assert day_of(traveller.plan, "prado-museum") is None
    assert day_of(traveller.plan, "thyssen-bornemisza-museum") == was


@pytest.mark.parametrize(
    "said", ["swap day 2 dinner for pizza", "replace dinner on day 2 with pizza"]
)
def test_a_meal_is_swapped_for_a_dish(said: str) -> None:
    """That day's dinner is where there is some."""
    before, _ = told("Rome 3 days, art")
    traveller, _ = told("Rome 3 days, art", said)
    assert eats(traveller, 2)[StopKind.DINNER] != eats(before, 2)[StopKind.DINNER]
    assert eats(traveller, 1) == eats(before, 1)


@pytest.mark.parametrize(
    "said", ["replace day 1 with the Prado", "change day 1 to Prado"]
)
def test_what_a_day_is_to_be_is_not_swapped_out(said: str) -> None:
    """The place that is named stays, whatever is meant."""
    before, _ = told(MADRID)
    traveller, _ = told(MADRID, said)
    was = day_of(before.plan, "prado-museum")
    assert was not in (None, 1)
    assert day_of(traveller.plan, "prado-museum") == was


@pytest.mark.parametrize(
    ("wish", "near", "meal"),
    [
        ("dinner near the Pantheon on day 2", "pantheon", StopKind.DINNER),
        ("have lunch close to the Colosseum on day 2", "colosseum", StopKind.LUNCH),
    ],
)
def test_a_meal_is_near_what_was_named(wish: str, near: str, meal: StopKind) -> None:
    """On that day one eats within 800 m of it; the other meals stay."""
    before, _ = told("Rome 4 days, art")
    traveller, _ = told("Rome 4 days, art", wish)
    places = {it.id: it for it in CATALOGUE.places("Rome")}
    eaten, there = places[eats(traveller, 2)[meal]], places[near]
    assert distance_km(eaten.lat, eaten.lon, there.lat, there.lon) <= 0.8
    assert eats(traveller, 3) == eats(before, 3)


def test_a_month_said_before_is_that_of_a_day_said_later() -> None:
    """“Vienna in March”, then “from the 5th to the 8th”: of March, and four days."""
    traveller, answer = told(
        "Vienna in March, 3 days", "art", "from the 5th to the 8th"
    )
    assert [it.date for it in traveller.plan.days][::3] == [
        date(2027, 3, 5),
        date(2027, 3, 8),
    ]
    assert "Friday 5 March to Monday 8 March 2027" in answer.content


@pytest.mark.parametrize(
    "wish",
    [
        "spend 30 hours at the Colosseum",
        "add 99 days",
        "at most 300 museums a day",
        "undo 99 times",
        "we sleep 700 nights in Monti",
    ],
)
def test_a_number_that_no_plan_can_have_is_told(wish: str) -> None:
    """It is named, nothing changes, and no turn fails by it."""
    before, _ = told("Rome 3 days, art")
    traveller, answer = told("Rome 3 days, art", wish)
    assert f"“{wish}” is more than I can plan with" in answer.content
    assert traveller.plan == before.plan


def test_a_span_of_half_a_year_is_told_to_be_too_long() -> None:
    """“From 1 January to 1 June” asks for the number of days."""
    _, answer = told("Rome from 1 january to 1 june")
    assert "I can plan up to 30 days" in answer.content


@pytest.mark.parametrize(
    ("wish", "last"),
    [
        ("we leave Rome on the 14th", date(2027, 3, 14)),
        ("we leave on the 15th", date(2027, 3, 15)),
        ("we depart on 16 march", date(2027, 3, 16)),
    ],
)
def test_one_leaves_on_the_day_of_the_trips_own_month(wish: str, last: date) -> None:
    """The trip ends then, and begins when it did."""
    traveller, _ = told("Rome 4 days from 12 march", wish)
    assert traveller.plan.days[0].date == date(2027, 3, 12)
    assert traveller.plan.days[-1].date == last


def test_leaving_a_city_on_a_date_sets_its_nights() -> None:
    """“Leave Madrid on the 8th” of a trip that goes on to Barcelona."""
    traveller, _ = told(
        "Madrid and Barcelona 7 days from jan 4", "leave Madrid on the 8th"
    )
    madrid = traveller.plan.cities[0]
    assert traveller.plan.nights(madrid) == 4
    assert traveller.plan.days[0].date == date(2027, 1, 4)
