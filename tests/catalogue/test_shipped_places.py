"""The places that the app ships keep the rules of the catalogue."""

from __future__ import annotations

import csv
from collections import Counter
from importlib.resources import files

import pytest

from itinerary_app.catalogue import hours
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import Category, Place, Way

CATALOGUE = Catalogue()
NAMES = [city.name for city in CATALOGUE.cities]


def test_there_are_enough_cities() -> None:
    """The app covers at least eight cities."""
    assert len(NAMES) >= 8


def test_every_file_belongs_to_a_city() -> None:
    """No file of places is left out by a misspelt name."""
    folder = files("itinerary_app") / "data" / "places"
    shipped = {file.name for file in folder.iterdir() if file.name.endswith(".csv")}
    assert shipped == {f"{city.id}.csv" for city in CATALOGUE.cities}


@pytest.mark.parametrize("name", NAMES)
def test_a_city_has_enough_to_see_and_to_eat(name: str) -> None:
    """At least 25 places, some of them must-sees, and food for some days."""
    places = CATALOGUE.places(name)
    assert len(places) >= 25
    assert sum(place.importance == 5 for place in places) >= 2
    assert sum(place.category in FOOD for place in places) >= 1


@pytest.mark.parametrize("name", NAMES)
def test_places_lie_in_their_city(name: str) -> None:
    """No place but outings is beyond its city's radius: a swapped sign shows here."""
    city = CATALOGUE.city(name)
    far = [
        place.name
        for place in CATALOGUE.places(name)
        if distance_km(city.lat, city.lon, place.lat, place.lon) > city.radius_km
        and not place.is_outing
    ]
    assert not far


@pytest.mark.parametrize("name", NAMES)
def test_known_hours_leave_a_time_to_come(name: str) -> None:
    """Hours parse and have a window that holds on all open days."""
    shut = [place.name for place in CATALOGUE.places(name) if _never_open(place)]
    assert not shut


@pytest.mark.parametrize("name", NAMES)
def test_ids_and_names_are_unique(name: str) -> None:
    """A place stands in the list once."""
    places = CATALOGUE.places(name)
    assert len({place.id for place in places}) == len(places)
    assert len({place.name.casefold() for place in places}) == len(places)


def test_an_id_is_of_one_place_in_all_cities() -> None:
    """In a trip to several cities an id is enough to know what is meant."""
    ids = Counter(place.id for name in NAMES for place in CATALOGUE.places(name))
    assert [it for it, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_price_has_a_currency(name: str) -> None:
    """A number without a currency says nothing, unless it is free."""
    assert all(place.currency for place in CATALOGUE.places(name) if place.price)


@pytest.mark.parametrize("name", NAMES)
def test_a_meal_on_an_island_or_a_hill_has_its_way(name: str) -> None:
    """Where one eats right beside what takes a ferry, a train or a climb takes it,
    too.
    """
    places = CATALOGUE.places(name)
    reached = [it for it in places if it.approach and it.approach.way is not Way.WALK]
    beside = [
        place.name
        for place in places
        if place.category in FOOD
        for sight in reached
        if distance_km(place.lat, place.lon, sight.lat, sight.lon) < 0.1
        and (place.approach is None or place.approach.way is not sight.approach.way)
    ]
    assert not beside


def test_closings_are_of_places_with_known_hours() -> None:
    """Each row of closings.csv is of a shipped place, and told with its hours."""
    text = (files("itinerary_app") / "data" / "closings.csv").read_text("utf-8")
    told = {row["id"]: row for row in csv.DictReader(text.splitlines())}
    known = {
        f"{city.id}/{place.id}": place.hours
        for city in CATALOGUE.shipped
        for place in CATALOGUE.shipped_places(city)
    }
    for name, row in told.items():
        assert row["holidays"] in ("", "usual", "off")
        told = str(known[name])
        assert told.endswith(f"{row['closed']} off" if row["closed"] else "")
        assert ("PH" in told) == bool(row["holidays"])


def _never_open(place: Place) -> bool:
    assert isinstance(place.category, Category)
    likely = hours.likely(place.hours, place.category)
    return not (hours.windows(place.hours, place.category) or likely)
