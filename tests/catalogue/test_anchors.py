"""Where days begin and end: what travellers tell, found on the map."""

from __future__ import annotations

import pytest

from itinerary_app.catalogue.anchors import MIDDLE, Anchors, anchors
from itinerary_app.catalogue.gateways import gateway, gateways, is_named, names_a_kind
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import AnchorKind, Base, PlanRequest

CATALOGUE = Catalogue()


def found(city: str, **told: object) -> Anchors:
    request = PlanRequest(city, 2, **told)  # type: ignore[arg-type]  # by its fields
    return anchors(request, CATALOGUE.city(city), CATALOGUE.places(city))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("trastevere", "Trastevere"),  # a place's id, or its name
        ("Trastevere", "Trastevere"),
        ("Hotel Santa Maria, Trastevere", "Trastevere"),
        ("near the Pantheon", "Pantheon"),
        ("a flat close to Termini station", "Roma Termini"),
        ("41.8931, 12.4828", "your base"),
    ],
)
def test_a_base_is_found(words: str, name: str) -> None:
    """By id, name, district, what it is near to, or coordinates."""
    base = found("Rome", base=words).night(1, 2)
    assert (base.name, base.kind) == (name, AnchorKind.BASE)


def test_a_part_of_a_districts_name_is_enough() -> None:
    """Oltrarno is found, and is “Oltrarno and Piazza Santo Spirito” in our list."""
    base = found("Florence", base="Oltrarno").night(1, 2)
    assert base.name == "Oltrarno and Piazza Santo Spirito"


@pytest.mark.parametrize(
    ("bases", "nights"),
    [
        ((), "Monti Monti Monti Monti"),
        ((Base("Trastevere", "Rome", 3),), "Monti Monti Trastevere Trastevere"),
        ((Base("Trastevere", "Rome", 2, 1),), "Monti Trastevere Monti Monti"),
        ((Base("Trastevere", "Rome", 3, 1),), "Monti Monti Trastevere Trastevere"),
        ((Base("Trastevere", "Rome", -1),), "Monti Monti Trastevere Trastevere"),
        ((Base("Trastevere", "Rome", 4),), "Monti Monti Monti Trastevere"),
        ((Base("Trastevere", "Florence"),), "Monti Monti Monti Monti"),
        (
            (Base("Trastevere", "Rome", 2), Base("Monti", "Rome", 3)),
            "Monti Trastevere Monti Monti",
        ),
    ],
)
def test_each_night_has_its_bed(bases: tuple[Base, ...], nights: str) -> None:
    """From a night on, for some, for the last one; the day of leaving ends where one
    slept, unless a bed is told for it.
    """
    ends = found("Rome", base="Monti", bases=bases)
    assert [ends.night(day, 4).name for day in range(1, 5)] == nights.split()


@pytest.mark.parametrize("words", ["Hotel Quirinale", "Colosseum Hotel", "48.85,2.35"])
def test_what_is_not_known_is_admitted(words: str) -> None:
    """No guess from half a name, nor a point in another city: the default, and said."""
    ends = found("Rome", base=words)
    assert ends.night(1, 2).name == MIDDLE
    assert [(it.told.where, it.anchor) for it in ends.beds] == [(words, None)]


@pytest.mark.parametrize("city", [city.name for city in CATALOGUE.shipped])
def test_the_middle_is_among_the_famous_sights(city: str) -> None:
    """In each city half of them are nearer to it than to the city's own centre, or as
    near: no more than a kilometre is lost.
    """
    base = found(city).night(1, 2)
    town = CATALOGUE.city(city)
    famous = [it for it in CATALOGUE.places(city) if it.importance == 5]
    from_base = sum(distance_km(base.lat, base.lon, it.lat, it.lon) for it in famous)
    from_town = sum(distance_km(town.lat, town.lon, it.lat, it.lon) for it in famous)
    assert from_base <= from_town + 1.0 * len(famous)


@pytest.mark.parametrize("city", [city.name for city in CATALOGUE.shipped])
def test_each_city_has_its_gateways(city: str) -> None:
    """An airport or a station, each within 90 km and found by its own name and code."""
    town = CATALOGUE.city(city)
    known = gateways(town)
    assert known
    for it in known:
        far = distance_km(it.anchor.lat, it.anchor.lon, town.lat, town.lon)
        assert far < 90
        assert gateway(it.anchor.name, town) == it.anchor
        assert not it.code or gateway(it.code, town) == it.anchor


@pytest.mark.parametrize(
    ("city", "words", "name"),
    [
        ("Paris", "cdg", "Charles de Gaulle Airport"),
        ("Paris", "the airport", "Charles de Gaulle Airport"),
        ("Paris", "Orly", "Orly Airport"),
        ("London", "Heathrow Terminal 5", "Heathrow Airport"),
        ("London", "kings cross", "King's Cross"),
        ("Milan", "the central station", "Milano Centrale"),
        ("Amsterdam", "Centraal", "Amsterdam Centraal"),
        ("Berlin", "Hbf", "Berlin Hauptbahnhof"),
    ],
)
def test_a_gateway_is_found_by_what_people_call_it(
    city: str, words: str, name: str
) -> None:
    """Its code, a part of its name, or its kind where no name was told."""
    where = gateway(words, CATALOGUE.city(city))
    assert where is not None
    assert where.name == name


def test_an_unknown_gateway_is_not_taken_for_the_main_one() -> None:
    """“Lydd airport” is not Heathrow."""
    assert gateway("Lydd airport", CATALOGUE.city("London")) is None


@pytest.mark.parametrize(
    ("city", "words", "kind"),
    [
        ("Florence", "the airport", True),
        ("Florence", "Florence Airport", False),
        ("Rome", "the main station", True),
        ("Rome", "Termini station", False),
        ("Paris", "CDG", False),
        ("Rome", "the moon", False),
    ],
)
def test_a_kind_alone_names_no_gateway(city: str, words: str, kind: bool) -> None:
    """Which one is meant is then taken, and said."""
    assert names_a_kind(words, CATALOGUE.city(city)) is kind


def test_a_gateway_is_named_by_all_its_words() -> None:
    """Santa Lucia is no Santa Maria Novella."""
    assert is_named("near Santa Lucia", CATALOGUE.city("Venice"))
    assert not is_named("near Santa Lucia", CATALOGUE.city("Florence"))


def test_a_part_of_several_names_is_where_the_most_famous_is() -> None:
    """Sultanahmet is no place of ours, but part of what several are called there."""
    bed = found("Istanbul", base="Sultanahmet").bed(1, 2)
    assert bed is not None
    assert bed.anchor is not None
    assert (bed.anchor.name, bed.exact) == ("Blue Mosque", False)
