"""Loading cities and places."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from itinerary_app.catalogue.kinds import VISIT_MINUTES
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import CannotPlan, ConfigurationError
from itinerary_app.model import Access, Booking, Category, Diet, Interest, Way

GOOD = (
    "gate,Old Gate,10.0,20.0,monument,history;views,4,09:00-18:00,0,EUR,src,1,CC0,"
    "Altes Tor,30,vegan;halal,limited"
)


def test_a_row_becomes_a_place(toytown: Callable[..., Catalogue]) -> None:
    """Every column arrives in its field, and empty means unknown."""
    bare = "inn,Inn,10.0,20.0,restaurant,,2,,,,src,2,CC0,,,,"
    gate, inn = toytown([GOOD, bare]).places("Toytown")
    assert (gate.name, gate.category, gate.importance) == (
        "Old Gate",
        Category.MONUMENT,
        4,
    )
    assert gate.interests == (Interest.HISTORY, Interest.VIEWS)
    assert (gate.hours, gate.price, gate.currency) == ("09:00-18:00", 0.0, "EUR")
    assert (gate.local_name, gate.minutes) == ("Altes Tor", 30)
    assert (gate.diets, gate.wheelchair) == ((Diet.VEGAN, Diet.HALAL), Access.LIMITED)
    assert (inn.interests, inn.hours, inn.price, inn.currency) == ((), None, None, None)
    assert not any(inn[13:])


def test_rare_facts_become_fields(toytown: Callable[..., Catalogue]) -> None:
    """Level, cuisine, booking, site, fares and their year arrive in their fields."""
    last = "2,thai;vegan,needed,Old Town,child=0;resident=3.5,2025"
    (gate,) = toytown([GOOD], last).places("Toytown")
    assert (gate.level, gate.cuisine, gate.booking) == (
        2,
        ("thai", "vegan"),
        Booking.NEEDED,
    )
    assert (gate.site, gate.price_year) == ("Old Town", 2025)
    assert gate.fares == (("child", 0.0), ("resident", 3.5))


@pytest.mark.parametrize(
    ("last", "complaint"),
    [
        ("5,,,,,", "level"),
        (",,maybe,,,", "maybe"),
        (",,,,dog=1,", "dog"),
        (",,,,child=free,", "free"),
        (",,,,child=nan,", "fares"),
        (",,,,,25", "price_year"),
    ],
)
def test_a_bad_rare_fact_is_named(
    toytown: Callable[..., Catalogue], last: str, complaint: str
) -> None:
    """The error tells what is wrong with it."""
    with pytest.raises(ConfigurationError, match=rf"toy\.csv, line 2: .*{complaint}"):
        toytown([GOOD], last).places("Toytown")


def test_ways_that_streets_do_not_tell_are_facts(
    tmp_path: Path, toytown: Callable[..., Catalogue]
) -> None:
    """A train without a station leaves from the middle; a walk has its other end."""
    catalogue = toytown([GOOD, GOOD.replace("gate,", "other,")])
    (tmp_path / "ways.csv").write_text(
        "id,way,minutes,lat,lon,outing,words\n"
        "toy/gate,train,75,,,yes,\n"
        "toy/other,walk,,10.1,20.1,,ends at the sea\n"
    )
    gate, other = catalogue.places("Toytown")
    assert gate.approach == (Way.TRAIN, 75, (10.0, 20.0), None, None, True)
    assert other.approach == (
        Way.WALK,
        0,
        None,
        (10.1, 20.1),
        "ends at the sea",
        False,
    )
    assert (gate.is_outing, other.is_outing) == (True, False)


@pytest.mark.parametrize(
    ("way", "complaint"),
    [
        ("toy/gate,plane,75,,,,", "plane"),
        ("toy/gate,ferry,15,,,,", "pier"),
        ("toy/gate,walk,,,,,", "end"),
        ("toy/gate,train,0,,,,", "minutes"),
    ],
)
def test_a_bad_way_is_named(
    tmp_path: Path, toytown: Callable[..., Catalogue], way: str, complaint: str
) -> None:
    """The error tells what is wrong with it."""
    catalogue = toytown([GOOD])
    (tmp_path / "ways.csv").write_text(f"id,way,minutes,lat,lon,outing,words\n{way}\n")
    with pytest.raises(ConfigurationError, match=rf"ways\.csv, line 2: .*{complaint}"):
        catalogue.places("Toytown")


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        (GOOD.replace("gate,", "other,").replace("monument", "castle"), "castle"),
        (GOOD.replace("gate,", "other,").replace("views", "vistas"), "vistas"),
        (GOOD.replace("gate,", "other,").replace(",4,", ",6,"), "importance"),
        (GOOD.replace("gate,", "other,").replace("09:00-18:00", "9 to 6"), "9 to 6"),
        (GOOD.replace("gate,", "other,").replace("10.0", "910.0"), "lat"),
        (GOOD.replace("gate,", "other,").replace("20.0", "east"), "east"),
        (GOOD.replace("gate,", "other,").replace(",CC0", ","), "licence"),
        (GOOD.replace("gate,", "other,").replace("vegan", "paleo"), "paleo"),
        (GOOD.replace("gate,", "other,").replace("limited", "maybe"), "maybe"),
        (GOOD.replace("gate,", "other,").replace(",30,", ",3,"), "minutes"),
        (GOOD.replace("gate,", "other,").replace(",CC0", ""), "fields"),
        (GOOD, "twice"),
    ],
)
def test_a_bad_row_is_named(
    toytown: Callable[..., Catalogue], bad: str, complaint: str
) -> None:
    """The error tells the file, the line and what is wrong with it."""
    with pytest.raises(ConfigurationError, match=rf"toy\.csv, line 3: .*{complaint}"):
        toytown([GOOD, bad]).places("Toytown")


def test_wrong_columns_are_named(
    toytown: Callable[..., Catalogue], tmp_path: Path
) -> None:
    """A file with other columns is refused at its first line."""
    catalogue = toytown([GOOD])
    file = tmp_path / "places" / "toy.csv"
    file.write_text("id,name\ngate,Old Gate\n", "utf-8")
    with pytest.raises(ConfigurationError, match=r"toy\.csv, line 1: the columns"):
        catalogue.places("Toytown")


def test_a_city_is_found_in_any_case() -> None:
    """Travellers don't capitalise."""
    catalogue = Catalogue()
    assert catalogue.city(" jaipur ") is catalogue.city("Jaipur")


def test_an_unknown_city_is_told_the_known_ones() -> None:
    """The complaint lists where one can go."""
    with pytest.raises(CannotPlan, match=r"Atlantis.*Jaipur.*Singapore"):
        Catalogue().places("Atlantis")


def test_a_city_without_places_is_not_covered(
    toytown: Callable[..., Catalogue], tmp_path: Path
) -> None:
    """A line in cities.csv alone does not make a destination."""
    catalogue = toytown([GOOD])
    with (tmp_path / "cities.csv").open("a", encoding="utf-8") as file:
        file.write("\nvoid,Void,XX,1.0,2.0,30\n")
    assert [city.name for city in catalogue.cities] == ["Toytown"]


def test_every_category_has_a_visit_length() -> None:
    """No place stays without a time to plan for it."""
    assert set(VISIT_MINUTES) == set(Category)
    assert all(15 <= minutes <= 240 for minutes in VISIT_MINUTES.values())
