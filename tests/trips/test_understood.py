"""Promises about words that narrow, except or point: none of them is passed over."""

from __future__ import annotations

import re

import pytest

from itinerary_app.model import Category, Part, StopKind
from itinerary_app.text.clock import clock
from tests.trips.scripted import Traveller, day_of, stops, visits
from tests.trips.test_said import told

HOUR = 60  # minutes
BARCELONA = "Barcelona 5 days 10 june"
PARIS = "Paris 4 days from 14 february"
TWO = "Madrid and Barcelona, 3 days each, from 4 May, art"


def is_untouched(opening: str, *said: str) -> str:
    """What is answered last, where none of it changes wishes or plan."""
    before, _ = told(opening)
    traveller, answer = told(opening, *said)
    assert traveller.state == before.state
    return answer.content


@pytest.mark.parametrize(
    "said",
    [
        "remove all museums but the Picasso Museum",
        "no museums but the Picasso Museum",
        "skip every museum but the Picasso Museum please",
    ],
)
def test_all_but_one_leaves_that_one(said: str) -> None:
    """The exception is not taken out, all others of its kind are."""
    before, _ = told(BARCELONA)
    museums = {"joan-miro-foundation", "national-art-museum-of-catalonia-mnac"}
    assert museums <= {it.place.id for it in before.plan.stops}
    traveller, _ = told(BARCELONA, said)
    planned = {it.place.id for it in traveller.plan.stops}
    assert "picasso-museum-barcelona" in planned
    assert not museums & planned


@pytest.mark.parametrize(
    "said",
    [
        "only free in the mornings on day 2",
        "day 3 we'll do shopping only",
        "on day 3 we only want to visit museums",
        "nap every day 1-3",
        "Sagrada Familia on day 2 all day",
        "no more than 2 museums in total",
    ],
)
def test_what_narrows_a_wish_is_not_passed_over(said: str) -> None:
    """Who says "only", "all day" or "in total" gets no plan that forgot the word."""
    assert "did not get" in is_untouched(BARCELONA, said)


def test_the_queue_of_a_place_is_not_the_place() -> None:
    """Who skips the line wants to go in."""
    is_untouched(BARCELONA, "can we skip the Picasso Museum line?")


def test_every_day_is_not_one_day() -> None:
    """Of two meals in a sentence one is of a day and one of all."""
    traveller, _ = told(BARCELONA, "lunch at 1 on day 2 and dinner at 9 every day")
    lunches = {
        day.number: it.arrive
        for day, it in stops(traveller.plan)
        if it.kind is StopKind.LUNCH
    }
    dinners = {
        it.arrive for _, it in stops(traveller.plan) if it.kind is StopKind.DINNER
    }
    assert dinners == {21 * HOUR}
    assert [day for day, at in lunches.items() if at == 13 * HOUR] == [2]


def test_fewer_of_a_kind_on_a_day_is_of_that_day() -> None:
    """Which of them goes is asked, and nothing holds for the whole trip."""
    answer = is_untouched(PARIS, "less museums on day 4")
    assert answer.startswith("Which one do you mean: ")
    assert "day 1" not in answer


def test_the_day_after_is_after_the_one_just_named() -> None:
    """Not after the one on which the place is now."""
    traveller, _ = told(BARCELONA, "Sagrada on the first day, Park Güell the day after")
    assert day_of(traveller.plan, "sagrada-familia") == 1
    assert day_of(traveller.plan, "park-guell") == 2


def test_a_request_in_indian_english_is_one_request() -> None:
    """ "Do one thing" adds nothing."""
    before, _ = told(BARCELONA)
    said = "do one thing, shift Park Guell to day 1"
    traveller, _ = told(BARCELONA, said)
    assert day_of(traveller.plan, "park-guell") == 1
    planned = {it.place.id for it in before.plan.stops}
    assert {it.place.id for it in traveller.plan.stops} <= planned


@pytest.mark.parametrize(
    "said",
    [
        "can the train be in the evening?",
        "could we take the train in the evening?",
        "how long does the train take?",
        "when does the train leave?",
    ],
)
def test_the_train_between_cities_is_not_the_way_home(said: str) -> None:
    """What is planned for it is told, and the last day ends when it did."""
    answer = is_untouched(TWO, said)
    assert "From Madrid to Barcelona it is by train" in answer
    assert "leave at 08:35" in answer


def test_how_long_a_train_takes_is_not_how_long_stops_take() -> None:
    """Of a train that nobody knows no hours are added up."""
    answer = is_untouched("Madrid 3 days, art", "how long does the train take?")
    assert "at stops" not in answer


@pytest.mark.parametrize(
    ("said", "adults", "children"),
    [
        ("me + 3 mates", 4, None),
        ("me and three friends", 4, None),
        ("4 friends", 4, None),
        ("with a baby and a 4 year old", None, 2),
        ("our son (5) and daughter (8)", None, 2),
        ("2 kids aged 4 and 7", None, 2),
    ],
)
def test_nobody_who_comes_along_is_forgotten(
    said: str, adults: int | None, children: int | None
) -> None:
    """Whoever speaks counts, and so does each child."""
    traveller, _ = told(f"2 days in Rome, food, {said}")
    wishes = traveller.wishes
    assert (wishes.adults, wishes.children) == (adults, children)


@pytest.mark.parametrize("stop", ["cruise stop", "port of call", "layover"])
def test_a_stop_of_a_cruise_is_a_day_ashore(stop: str) -> None:
    """It has one day, between the hours that were said, and no boat trip."""
    said = f"{stop} in Barcelona, 8 hours, 9am to 5pm on 6 June"
    traveller, _ = told(said)
    wishes = traveller.wishes
    assert wishes.duration_days == 1
    assert (wishes.arrive, wishes.depart) == (9 * HOUR, 17 * HOUR)
    assert wishes.must_see == ()


def test_a_part_of_a_day_is_heeded_or_the_stop_stays() -> None:
    """A visit that fits no evening is not put into an afternoon instead."""
    opening = "Copenhagen 3 days 10-12 june, design"
    answer = is_untouched(opening, "tivoli in the evening of the last day")
    assert "does not fit on day 3 in the evening" in answer


def meal_times(traveller: Traveller, kind: StopKind) -> dict[int, int]:
    return {
        day.number: it.arrive for day, it in stops(traveller.plan) if it.kind is kind
    }


@pytest.mark.parametrize(
    ("said", "by"),
    [
        ("can you make dinner earlier?", -30),
        ("dinner half an hour later please", 30),
    ],
)
def test_a_meal_earlier_is_earlier_on_each_day(said: str, by: int) -> None:
    """By half an hour if nobody says more, from when it is on that day."""
    opening = "Rome 3 days from 5 april, art, relaxed"
    before = meal_times(told(opening)[0], StopKind.DINNER)
    after = meal_times(told(opening, said)[0], StopKind.DINNER)
    assert after == {day: at + by for day, at in before.items()}


def test_a_meal_earlier_on_a_day_is_of_that_day() -> None:
    """The others stay when they are."""
    opening = "Rome 3 days from 5 april, art, relaxed"
    before = meal_times(told(opening)[0], StopKind.LUNCH)
    after = meal_times(told(opening, "earlier lunch on day 2")[0], StopKind.LUNCH)
    assert after[2] == before[2] - 30
    assert {it: after[it] for it in (1, 3)} == {it: before[it] for it in (1, 3)}


def test_what_was_said_is_told_in_words() -> None:
    """Limits, hours and lengths too, and no names of our own for them."""
    answer = last_answer(
        "Rome 3 days from 5 april, no sushi, 2 adults and 2 kids",
        "at most 2 museums a day",
        "Colosseum at 10 on day 2",
        "what did I say?",
    )
    assert not {"{", "_"} & {*answer}
    assert "2 adults; 2 children" in answer
    assert "no places with “sushi” in their names" in answer
    assert "Colosseum at 10:00" in answer


def last_answer(*said: str) -> str:
    """The answer to the last message."""
    return told(*said)[1].content


def test_too_many_of_a_kind_are_named_to_be_swapped() -> None:
    """Nothing comes in addition, and the second of those named goes when asked for."""
    opening = "Istanbul 4 days from 2 oct, mosques"
    traveller, answer = told(opening, "too many mosques")
    before = traveller.plan
    assert "Hagia Sophia on day 1, Blue Mosque on day 1, " in answer.content
    traveller.says("swap the second one")
    assert day_of(before, "blue-mosque") == 1
    assert day_of(traveller.plan, "blue-mosque") is None
    assert day_of(traveller.plan, "hagia-sophia") == day_of(before, "hagia-sophia")


def test_the_second_thing_is_of_the_day_just_shown() -> None:
    """Not of the first day; where no day was spoken of, it is asked which."""
    opening = "Istanbul 4 days from 2 oct, mosques"
    traveller, _ = told(opening, "what is on day 3?")
    before = {day: visits(traveller.plan, day) for day in (1, 2, 3, 4)}
    traveller.says("remove the second thing")
    after = {day: visits(traveller.plan, day) for day in (1, 2, 3, 4)}
    assert before[3][1] not in after[3]
    assert [after[it] for it in (1, 2, 4)] == [before[it] for it in (1, 2, 4)]
    assert is_untouched(opening, "swap the second thing").startswith("Which one")


def test_what_is_boring_is_the_second_thing_of_that_day() -> None:
    """What "it" is was named in the same sentence, by its place in the order."""
    opening = "Istanbul 4 days from 2 oct, mosques"
    before, _ = told(opening)
    said = "the second thing on day 2 looks boring, swap it"
    traveller, _ = told(opening, said)
    assert visits(before.plan, 2)[1] not in visits(traveller.plan, 2)
    assert visits(traveller.plan, 1) == visits(before.plan, 1)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("what's after the Picasso Museum?", "Barcelona Cathedral is on day 1"),
        ("what do we do after the Gothic Quarter?", "Bar del Pla is on day 1"),
        ("what comes before lunch on day 2?", "Gràcia is on day 2"),
        (
            "which days have lunch after 2:15pm?",
            "Lunch is after 14:15 here: La Pubilla",
        ),
        ("is dinner before 8 on any day?", "Dinner is never before 20:00: "),
        ("what is open late on Friday?", "By the known hours, at 21:00 on Friday"),
        (
            "what about the Picasso Museum, is it too steep?",
            "Picasso Museum: wheelchairs get in",
        ),
    ],
)
def test_the_question_that_was_asked_is_answered(asked: str, answer: str) -> None:
    """After, before, late and steep are what it is about."""
    said = is_untouched("Barcelona 5 days 11 june", asked)
    assert said.startswith(answer)


def test_when_a_day_begins_is_told_as_it_ended() -> None:
    """A beginning that a later wish of the message moved on is not told."""
    said = "Park Güell on day 3 and start day 3 with Casa Mila"
    traveller, answer = told(BARCELONA, "make day 2 and 3 lighter", said)
    begins = re.findall(r"Day (\d) begins at (\d\d:\d\d) now", answer.content)
    first = {day.number: clock(day.stops[0].arrive) for day in traveller.plan.days}
    assert f"is first on day 3 now, at {first[3]}" in answer.content
    assert all(first[int(day)] == time for day, time in begins)


def test_each_day_ends_with_a_drink() -> None:
    """A bar comes to the evening of every day, and is told with its hours."""
    traveller, answer = told("Madrid 3 days, art", "end each day with a drink")
    bars = {
        day.number: it
        for day, it in stops(traveller.plan)
        if it.place.category is Category.BAR and it.arrive >= 18 * HOUR
    }
    assert set(bars) == {1, 2, 3}
    assert all(it.place.name in answer.content for it in bars.values())


def test_a_wish_for_every_day_answers_no_question_of_ours() -> None:
    """ "Every" of another kind does not choose all that were asked about."""
    opening = "Rome 4 days from 5 april, food"
    before, _ = told(opening)
    lunches = meal_times(before, StopKind.LUNCH)
    traveller, answer = told(opening, "swap lunch", "a museum every afternoon")
    assert answer.content.startswith("For “museum”")
    assert meal_times(traveller, StopKind.LUNCH).keys() == lunches.keys()


def test_an_appointment_without_an_end_is_put_to_the_traveller() -> None:
    """An hour is offered, and kept free when that was right."""
    opening = "Rome 4 days from 5 april, food"
    said = "I have a meeting at 3 on day 2"
    assert "Keep free 15:00–16:00 on day 2?" in is_untouched(opening, said)
    traveller, _ = told(opening, said, "yes")
    assert traveller.plan.days[1].rests == ((15 * HOUR, 16 * HOUR),)


VIENNA = "Vienna 4 days from 2 july"


@pytest.mark.parametrize(
    "said",
    [
        "make the last two days more relaxed",
        "skip the Albertina cafe",
        "put Stadtpark before dinner on both days",
    ],
)
def test_what_no_act_of_ours_says_is_told_as_not_read(said: str) -> None:
    """No day is added, no museum goes for its cafe, and nothing is called planned."""
    assert "did not get" in is_untouched(VIENNA, said)


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("keep all mornings free", Part.MORNING),
        ("leave every evening free", Part.EVENING),
    ],
)
def test_all_mornings_are_those_of_each_day(said: str, part: Part) -> None:
    """Not the one on which it costs least."""
    traveller, _ = told(VIENNA, said)
    assert [day.free for day in traveller.plan.days] == [(part,)] * 4


def test_one_morning_is_offered_as_one_morning() -> None:
    """What would be free is told as what was asked for, and not as a whole day."""
    answer = is_untouched(VIENNA, "keep one morning free")
    assert re.match(r"The morning of day \d would be free", answer)


def test_the_airport_that_was_named_is_the_one_one_leaves_from() -> None:
    """Its town is not taken for where the travellers come from."""
    said = "we land at Fiumicino at 10 and fly home from Ciampino at 18:00"
    traveller, answer = told(f"Rome 3 days from 5 april, food, {said}")
    wishes = traveller.wishes
    assert (wishes.arrive_at, wishes.depart_at) == ("Fiumicino", "Ciampino")
    assert "You named no airport" not in answer.content


def test_of_a_port_that_nobody_knows_no_way_counts() -> None:
    """It is said that it is not known, and nothing else."""
    answer = last_answer("cruise stop in Barcelona from 9am to 5pm on 6 June")
    assert "We do not know “the port”" in answer
    assert "counts" not in answer


def test_either_of_two_days_is_not_chosen_for_the_traveller() -> None:
    """Nor is another stop moved for the word between them."""
    said = "Museum Island on the second or third day"
    assert "did not get" in is_untouched("Berlin 4 days from 1 may, history", said)


def test_so_many_a_day_may_be_a_wish_and_no_limit() -> None:
    """Who would like two is asked before a limit is set."""
    said = "we'd like two cafes a day"
    answer = is_untouched("Berlin 4 days from 1 may, history", said)
    assert answer.startswith("Do I read that right: ")
