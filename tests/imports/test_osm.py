"""How OpenStreetMap's tags become a place."""

from __future__ import annotations

import pytest

from itinerary_app.imports import osm
from itinerary_app.imports.listing import Listing, Skipped
from itinerary_app.model import Access, Booking, Category, Diet, Interest


def read(**tags: str) -> Listing:
    told = {name.replace("__", ":"): value for name, value in tags.items()}
    listing = osm.listing("way", 7, {"name": "N", **told}, 1.0, 2.0)
    assert isinstance(listing, Listing)
    return listing


@pytest.mark.parametrize(
    ("tags", "category"),
    [
        ({"tourism": "museum"}, Category.MUSEUM),
        ({"tourism": "attraction"}, Category.LANDMARK),
        ({"tourism": "attraction", "historic": "fort"}, Category.FORT),
        ({"historic": "castle"}, Category.FORT),
        ({"historic": "castle", "castle_type": "palace"}, Category.PALACE),
        ({"historic": "castle", "amenity": "restaurant"}, Category.RESTAURANT),
        ({"amenity": "place_of_worship", "religion": "hindu"}, Category.TEMPLE),
        ({"amenity": "place_of_worship", "religion": "shinto"}, Category.SHRINE),
        ({"amenity": "place_of_worship", "religion": "muslim"}, Category.MOSQUE),
        ({"amenity": "place_of_worship", "religion": "jewish"}, Category.LANDMARK),
        ({"amenity": "fast_food"}, Category.STREET_FOOD),
        ({"amenity": "marketplace"}, Category.MARKET),
        ({"leisure": "garden"}, Category.GARDEN),
        ({"shop": "mall"}, Category.SHOPPING),
        ({"place": "square", "wikidata": "Q1"}, Category.LANDMARK),
    ],
)
def test_the_kind_of_place(tags: dict[str, str], category: Category) -> None:
    """The tags decide the category, the more telling ones first."""
    assert read(**tags).place.category is category


def test_fame_raises_the_importance() -> None:
    """From a museum that only the map knows to one that the world knows."""
    famous = {f"name__{code}": "N" for code in "de fr es it ja ko zh ru ar hi".split()}
    ladder = [
        {},
        {"wikidata": "Q1"},
        {"wikipedia": "en:N", "tourism": "museum", "heritage": "1"},
        {"wikidata": "Q1", "heritage": "1", **famous},
    ]
    found = [read(**{"tourism": "museum", **tags}).place.importance for tags in ladder]
    assert found == [2, 3, 4, 5]
    assert read(tourism="attraction").place.importance == 3


def test_a_chain_is_the_same_anywhere() -> None:
    """A brand is no reason to go there."""
    assert read(amenity="cafe", brand="Beans").place.importance == 1
    assert read(amenity="cafe").place.importance == 2


def test_names() -> None:
    """The English name, beside the one on the signs."""
    place = read(tourism="museum", name="Musée", name__en="Museum").place
    assert (place.name, place.local_name) == ("Museum", "Musée")
    place = read(tourism="museum", name="Museum", name__en="Museum").place
    assert (place.name, place.local_name) == ("Museum", None)


def test_facts_for_diets_and_wheelchairs() -> None:
    """What is told is taken over, a vegan kitchen being vegetarian too."""
    place = read(
        amenity="restaurant",
        diet__vegan="yes",
        diet__halal="only",
        diet__kosher="no",
        wheelchair="limited",
    ).place
    assert place.diets == (Diet.VEGETARIAN, Diet.VEGAN, Diet.HALAL)
    assert place.wheelchair is Access.LIMITED
    assert read(amenity="restaurant").place.wheelchair is None


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("required", Booking.NEEDED),
        ("recommended", Booking.ADVISED),
        ("yes", None),
        ("", None),
    ],
)
def test_reservations(told: str, kept: Booking | None) -> None:
    """Where one has to reserve, or had better."""
    assert read(amenity="restaurant", reservation=told).place.booking is kept


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("Mo-Su 09:00-17:00", "Mo-Su 09:00-17:00"),
        ("Tu-Su 10:00-18:00; PH off", "Tu-Su 10:00-18:00; PH off"),
        ("by appointment with Mary", None),
        ("Mo-Su 25:99-30:00", None),
        (
            "Mo-Fr 15:00-18:00; Sa,Su 10:00-12:00",
            "Mo-Fr 15:00-18:00; Sa,Su 10:00-12:00",
        ),
        ("PH 10:00-12:00", None),  # on no weekday
    ],
)
def test_hours_are_kept_when_they_can_be_read(told: str, kept: str | None) -> None:
    """Unreadable hours are unknown, and reported as they were told."""
    listing = read(tourism="museum", opening_hours=told)
    assert listing.place.hours == kept
    assert listing.unread_hours == ("" if kept else told)


def test_where_it_comes_from() -> None:
    """Source, its page and its licence stand in the place."""
    place = read(tourism="museum").place
    assert place.source == "OpenStreetMap contributors"
    assert place.source_id == "www.openstreetmap.org/way/7"
    assert place.licence == "ODbL 1.0"


def test_interests() -> None:
    """A museum of art is for art, a heritage site for history."""
    assert Interest.ART in read(tourism="museum", museum="art").place.interests
    assert Interest.HISTORY in read(tourism="viewpoint", heritage="2").place.interests


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"historic": "memorial"}, "unknown to Wikidata"),
        ({"shop": "bakery"}, "no kind of place"),
        ({"tourism": "museum", "disused": "yes"}, "no longer there"),
        ({"tourism": "museum", "opening_hours": "closed"}, "closed for good"),
        ({"leisure": "garden", "access": "private"}, "not open to visitors"),
        ({"tourism": "museum", "name": " \n "}, "no name"),
        ({"tourism": "museum", "name": "x" * 121}, "a name of more than 120"),
    ],
)
def test_what_is_left_out(tags: dict[str, str], reason: str) -> None:
    """What no traveller can or will visit, with its reason and where it stands."""
    found = osm.listing("node", 7, {"name": "N", **tags}, 1.0, 2.0)
    assert isinstance(found, Skipped)
    assert reason in found.reason
    assert found.example.startswith("node/7")
