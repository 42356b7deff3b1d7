"""Promises about words that mean another thing than the same words do elsewhere."""

from __future__ import annotations

import pytest

from itinerary_app.catalogue.light import daylight
from itinerary_app.model import Part, StopKind
from tests.trips.scripted import Traveller, day_of, stops
from tests.trips.test_said import lasts, told

MADRID = "Madrid 3 days 14-16 dec"
LONDON = "London 4 days 28-31 march 2027"


def at(traveller: Traveller, place_id: str) -> int:
    """When one is there, in minutes after midnight."""
    return next(it.arrive for _, it in stops(traveller.plan) if it.place.id == place_id)


def test_the_exception_stays() -> None:
    """“No museums but the Prado” takes out the others."""
    traveller, _ = told(MADRID, "no museums but the Prado")
    assert day_of(traveller.plan, "prado-museum")
    assert not day_of(traveller.plan, "thyssen-bornemisza-museum")


@pytest.mark.parametrize("wish", ["the Prado from 10 to 1 on day 2", "prado 10 to 1"])
def test_two_hours_of_a_stop_are_from_and_to(wish: str) -> None:
    """It lasts as long as they tell, and no hour is taken for another."""
    traveller, _ = told(MADRID, wish)
    assert lasts(traveller, "prado-museum") == 3 * 60


@pytest.mark.parametrize(
    "wish",
    [
        "add Gulbenkian Museum on day 2 from 10 to 12",
        "put Gulbenkian Museum on day 2 between 10 and 12",
        "we'd like Gulbenkian Museum on day 2 from 10am till noon",
    ],
)
def test_a_place_is_added_from_and_to(wish: str) -> None:
    """By whatever verb, it is there for as long as they tell."""
    traveller, _ = told("Lisbon 3 days from 4 march", wish)
    assert day_of(traveller.plan, "gulbenkian-museum") == 2
    assert at(traveller, "gulbenkian-museum") == 10 * 60
    assert lasts(traveller, "gulbenkian-museum") == 2 * 60


def test_moved_from_ten_to_twelve_is_not_there_from_and_to() -> None:
    """It may be meant to begin at twelve: nothing is guessed."""
    wish = "move the castle on day 1 from 10 to 12"
    before, _ = told("Lisbon 3 days from 4 march")
    traveller, answer = told("Lisbon 3 days from 4 march", wish)
    assert traveller.plan == before.plan
    assert "I did not get" in answer.content


def test_of_two_that_are_planned_one_instead_of_the_other_is_asked() -> None:
    """“Sugarloaf instead of Christ” swaps no days: shall Christ go?"""
    before, _ = told("Rio 3 days 5-7 feb")
    wish = "sugarloaf instead of christ the redeemer"
    traveller, answer = told("Rio 3 days 5-7 feb", wish)
    assert traveller.plan == before.plan
    assert "Leave out Christ the Redeemer?" in answer.content
    traveller.says("yes")
    assert not day_of(traveller.plan, "christ-the-redeemer")
    assert day_of(traveller.plan, "sugarloaf-mountain")


def test_what_is_forgotten_for_another_goes_alone() -> None:
    """“Forget A, B instead” keeps B."""
    traveller, _ = told(
        "Tokyo 5 days from 1 april", "forget Meiji Shrine, Nezu Museum instead"
    )
    assert not day_of(traveller.plan, "meiji-shrine")
    assert day_of(traveller.plan, "nezu-museum")


@pytest.mark.parametrize("wish", ["sleep in until 11", "we sleep in until 11"])
def test_who_sleeps_in_begins_then(wish: str) -> None:
    """And no day ends by that hour at night."""
    traveller, _ = told("Vienna 3 days 12-14 dec", wish)
    assert (traveller.wishes.day_start, traveller.wishes.day_end) == (11 * 60, None)


def test_each_day_has_the_hour_beside_it() -> None:
    """“Start day 1 at 11 and day 2 at 9”."""
    traveller, _ = told(
        "Rome 3 days from 8 january", "start day 1 at 11 and day 2 at 9", "yes"
    )
    assert [it.start for it in traveller.plan.days] == [11 * 60, 9 * 60, None]


def test_at_sunset_is_before_the_sun_has_set() -> None:
    """Not last of the day: some forty minutes before."""
    traveller, _ = told(
        "Athens 3 days 20-22 Feb", "Lycabettus Hill at sunset on day 2", "yes"
    )
    day = traveller.plan.days[1]
    light = daylight(traveller.plan.city, day.date)
    assert light is not None
    assert 0 < light[1] - at(traveller, "lycabettus-hill") < 60


def test_one_days_picnic_leaves_the_other_lunches() -> None:
    """“No restaurants on day 4, we'll picnic”."""
    traveller, _ = told(
        "4 days Barcelona 7 jan to 10 jan", "no restaurants on day 4, we'll picnic"
    )
    lunches = {d.number for d, it in stops(traveller.plan) if it.kind is StopKind.LUNCH}
    assert lunches == {1, 2, 3}


def test_only_the_morning_stays_free() -> None:
    """Of a day that was cleared, the rest may have stops again."""
    traveller, _ = told(
        "4 days Barcelona 7 jan to 10 jan",
        "make day 2 free",
        "no wait, only the morning of day 2 should be free",
    )
    day = traveller.plan.days[1]
    assert day.free == (Part.MORNING,)
    assert day.stops


def test_a_stop_that_is_brought_back_undoes_nothing_else() -> None:
    """The pace that was set since stays."""
    traveller, _ = told(
        "Kyoto 2 days from 2 May",
        "remove Kinkaku-ji",
        "relaxed pace",
        "bring back Kinkaku-ji",
    )
    assert day_of(traveller.plan, "kinkaku-ji")
    assert traveller.wishes.pace == "relaxed"


def test_no_pubs_are_no_pubs_to_eat_at() -> None:
    """A restaurant that is a pub goes with them."""
    traveller, _ = told(LONDON, "no pubs")
    assert not any("pub" in it.place.cuisine for _, it in stops(traveller.plan))


def test_a_show_at_nine_is_in_the_evening() -> None:
    """“Add a concert at 9” is no morning's."""
    traveller, _ = told("Rome 3 days from 8 january", "add a concert at 9")
    shows = [it for _, it in stops(traveller.plan) if it.place.category == "show"]
    assert [it.arrive for it in shows] == [21 * 60]


@pytest.mark.parametrize(
    "wish",
    ["Plaka on day 2 and nothing else that day", "I changed my mind about Plaka"],
)
def test_what_no_act_says_is_told(wish: str) -> None:
    """Nothing of it is done in part."""
    before, _ = told("Athens 3 days 20-22 Feb")
    traveller, answer = told("Athens 3 days 20-22 Feb", wish)
    assert "did not get" in answer.content
    assert traveller.plan == before.plan


def test_all_stay_is_said_only_where_all_stay() -> None:
    """A later step of the same turn may take some out."""
    traveller, _ = told("Tokyo 5 days from 1 april")
    before = {it.place.id for _, it in stops(traveller.plan)}
    answer = traveller.says("no fish")
    gone = before - {it.place.id for _, it in stops(traveller.plan)}
    assert gone
    assert "All your stops stay" not in answer.content


def test_every_afternoon_is_every_day() -> None:
    """“Coffee every afternoon at 4” is a stop of each day."""
    traveller, _ = told(
        "Rome 3 days from 8 january, art", "we want coffee every afternoon at 4", "yes"
    )
    coffees = [
        d.number
        for d, it in stops(traveller.plan)
        if it.place.category == "cafe" and it.arrive == 16 * 60
    ]
    assert coffees == [1, 2, 3]


@pytest.mark.parametrize("wish", ["colosseum early", "the colosseum before noon"])
def test_early_is_in_the_morning(wish: str) -> None:
    """Of the stop that was named."""
    traveller, _ = told("Rome 3 days from 8 january, art", wish, "yes")
    assert at(traveller, "colosseum") < 12 * 60


@pytest.mark.parametrize("wish", ["naps from 1 to 3 every day", "rest 1-3 pm daily"])
def test_naps_are_free_on_every_day(wish: str) -> None:
    """With hours that are the afternoon's."""
    traveller, _ = told("Prague, a weekend, 5-6 december", wish, "yes")
    assert [it.rests for it in traveller.plan.days] == [((780, 900),)] * 2


@pytest.mark.parametrize(
    ("before", "wish"),
    [("", "Kamakura on day 3"), ("make day 3 free", "Kamakura on day 3")],
)
def test_a_day_out_has_its_day(before: str, wish: str) -> None:
    """What is in its way goes, once that was agreed to; free hours are given up."""
    said = [it for it in (before, wish) if it]
    traveller, answer = told("Tokyo 5 days 1-5 april", *said)
    assert ("Shall I do it?" in answer.content) == (not before)
    if not before:
        traveller.says("yes")
    assert day_of(traveller.plan, "great-buddha-of-kamakura") == 3
    assert Part.MORNING not in traveller.plan.days[2].free
