"""Airports and stations that are named beside a flight or a train."""

from __future__ import annotations

from dataclasses import replace

import pytest

from itinerary_app.acts.acts import Add, SetArrival, SetDeparture, SetTime
from itinerary_app.assistant.reading.gates import Gate, taken
from itinerary_app.catalogue.places import Catalogue
from tests.assistant.reading.said import READER, scene, understood

CATALOGUE = Catalogue()


@pytest.mark.parametrize(
    ("city", "said", "left", "gate"),
    [
        ("Paris", "we land at CDG at 11:40", "we land at 11:40", Gate("CDG", True)),
        ("Paris", "landing at cdg 11:40", "landing 11:40", Gate("cdg", True)),
        (
            "Rome",
            "our train leaves Termini at 13:00",
            "our train leaves at 13:00",
            Gate("Termini", False),
        ),
        (
            "Rome",
            "flight home from Ciampino at 16:30",
            "flight home at 16:30",
            Gate("Ciampino", False),
        ),
        (
            "London",
            "we arrive into St Pancras at 10",
            "we arrive at 10",
            Gate("St Pancras", True),
        ),
        (
            "Rome",
            "we have to be at Termini at five on Sunday",
            "we have to leave at five on Sunday",
            Gate("Termini", False, there=True),
        ),
        (
            "Rome",
            "we land at Foobar airport at 9",
            "we land at 9",
            Gate("Foobar airport", True),
        ),
    ],
)
def test_a_named_one_is_taken(city: str, said: str, left: str, gate: Gate) -> None:
    """Known or not, so that the plan can say that it does not know it."""
    assert taken(said, [CATALOGUE.city(city)], planned=True) == (left, [gate])


@pytest.mark.parametrize(
    ("said", "met"),
    [
        (
            "3 days london. fly into heathrow at 10am",
            SetArrival(time="10:00", at="heathrow"),
        ),
        (
            "2 days london, landing sat 5 june 2027 10am at heathrow",
            SetArrival(time="10:00", at="heathrow"),
        ),
        ("vienna, 3 days, flying into vie at 9", SetArrival(time="09:00", at="vie")),
        (
            "london 3 days. flying from gatwick airport at 6pm",
            SetDeparture(time="18:00", at="gatwick airport"),
        ),
        (
            "4 days in new york, flying home from JFK at 6pm",
            SetDeparture(time="18:00", at="JFK"),
        ),
    ],
)
def test_a_first_message_names_one(said: str, met: SetArrival | SetDeparture) -> None:
    """In any case; into it one arrives, from it one leaves, and it is no sight."""
    read = understood(said, None)
    assert met in read.acts
    assert not read.unread
    assert not [it for it in read.acts if isinstance(it, Add | SetTime)]


def test_into_an_airport_one_arrives() -> None:
    """Whoever flies into Fiumicino does not leave from there."""
    for said in ("we fly into Fiumicino at 10", "our flight into fiumicino is at 10"):
        [act] = understood(said).acts
        assert isinstance(act, SetArrival)
        assert (act.time, (act.at or "").lower()) == ("10:00", "fiumicino")


@pytest.mark.parametrize(
    ("city", "said"),
    [
        ("London", "we love Victoria and Waterloo"),
        ("Rome", "a room near Termini"),
        ("Paris", "we land at 11:40 and mad about art"),
    ],
)
def test_others_stay_where_they_are(city: str, said: str) -> None:
    """Without a flight or a train a name is a name."""
    assert taken(said, [CATALOGUE.city(city)], planned=True) == (said, [])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("our flight home is at 18:00", SetDeparture(time="18:00", at="the airport")),
        ("our train home is at 18:00", SetDeparture(time="18:00", at="the station")),
        ("we land at 11:40", SetArrival(time="11:40", at="the airport")),
        (
            "be at the airport by 16:00",
            SetDeparture(time="16:00", at="the airport", there=True),
        ),
        (
            "check in at the airport at 16:00",
            SetDeparture(time="16:00", at="the airport", there=True),
        ),
        (
            "we have to be at Termini at five on Sunday",
            SetDeparture(time="17:00", at="Termini", there=True),
        ),
        ("we leave at 18:00", SetDeparture(time="18:00")),
        ("we leave for the airport at 14:00", SetDeparture(time="14:00")),
        ("we leave Rome at 18:00", SetDeparture(time="18:00")),
        (
            "we fly home from Rome at 18:00",
            SetDeparture(time="18:00", at="the airport"),
        ),
        (
            "we leave at 18:00 from Termini",
            SetDeparture(time="18:00", at="Termini"),
        ),
    ],
)
def test_a_flight_leaves_from_an_airport(
    said: str, meant: SetArrival | SetDeparture
) -> None:
    """And a train from a station, though none is named; a stated hour to be there is
    that, and setting off for it is no flight.
    """
    assert understood(said).meant == (meant,)


@pytest.mark.parametrize(
    "said",
    [
        "our train leaves at 5 on Friday",
        "we have to be at Termini at five on Saturday",
    ],
)
def test_a_departure_on_another_day_than_the_last_is_not_read(said: str) -> None:
    """Nor taken for the last day's; the words are told as they were written."""
    read = understood(said)
    assert read.acts == ()
    assert read.unread == (said,)


def test_an_airport_that_was_named_stays() -> None:
    """Who said Ciampino does not fly from Fiumicino when the hour changes."""
    here = scene("rome")
    told = replace(here.preferences, depart=1080, depart_at="Ciampino")
    read = READER.read("our flight home is at 17:00", replace(here, preferences=told))
    assert read.meant == (SetDeparture(time="17:00"),)


@pytest.mark.parametrize(
    "said", ["no, from Ciampino", "Ciampino", "it's Ciampino Airport"]
)
def test_the_right_airport_is_named_alone(said: str) -> None:
    """After one was taken for it, the name is enough; else it says nothing."""
    here = scene("rome")
    told = replace(here.preferences, depart=1080, depart_at="the airport")
    [act] = READER.read(said, replace(here, preferences=told)).acts
    assert isinstance(act, SetDeparture)
    assert (act.time, (act.at or "")[:8]) == ("18:00", "Ciampino")
    assert READER.read(said, here).acts == ()
