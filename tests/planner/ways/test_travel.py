"""Distances and travel times."""

from __future__ import annotations

import pytest

from itinerary_app.catalogue.geo import STREETS, WALKING_KM_H, distance_km
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import Mobility
from itinerary_app.planner.ways.travel import Estimates


def test_a_known_distance() -> None:
    """Paris to London is 344 km as the crow flies."""
    km = distance_km(48.8566, 2.3522, 51.5074, -0.1278)
    assert km == pytest.approx(343.6, abs=1.0)


def test_the_matrix_is_told_by_the_globe() -> None:
    """A walk takes as long as its great circle with a detour, rounded up to minutes."""
    places = Catalogue().places("Jaipur")[:12]
    ways = Estimates().ways(places, ())
    minutes = ways.matrix(places, places)
    for i, one in enumerate(places):
        assert minutes[i, i] == 0
        for j, other in enumerate(places):
            if i == j:
                continue
            assert minutes[i, j] == ways.minutes(one, other) >= 1
            hop = ways.hop(one, other)
            km = distance_km(one.lat, one.lon, other.lat, other.lon)
            assert (hop.mode == "walk") == (km < 1.5)
            if hop.mode == "walk":
                usual = km * STREETS / WALKING_KM_H * 60
                assert usual - 1e-6 <= hop.minutes < usual + 1


def test_near_places_are_walked_to_and_far_ones_ridden_to() -> None:
    """Hawa Mahal is a short walk from the City Palace, Amber Fort a ride."""
    places = {place.id: place for place in Catalogue().places("Jaipur")}
    ways = Estimates().ways(tuple(places.values()), ())
    palace = places["city-palace"]
    minutes, mode = ways.hop(palace, places["hawa-mahal"])
    assert mode == "walk"
    assert 3 <= minutes <= 10
    minutes, mode = ways.hop(palace, places["amber-fort"])
    assert mode == "ride"
    assert 30 <= minutes <= 50


@pytest.mark.parametrize(
    ("city", "far", "minutes"),
    [
        ("Cape Town", "cape-point-and-cape-of-good-hope", (80, 130)),
        ("Mexico City", "teotihuacan", (80, 130)),
    ],
)
def test_a_trip_out_of_town_is_faster_than_city_traffic(
    city: str, far: str, minutes: tuple[int, int]
) -> None:
    """Some 40 to 45 km from the centre take about an hour and a half, not three."""
    places = {place.id: place for place in Catalogue().places(city)}
    centre = Catalogue().city(city)
    middle = min(
        places.values(),
        key=lambda it: distance_km(it.lat, it.lon, centre.lat, centre.lon),
    )
    hop = Estimates().ways(tuple(places.values()), ()).hop(middle, places[far])
    assert hop.mode == "ride"
    assert minutes[0] <= hop.minutes <= minutes[1]


def test_who_spares_the_legs_rides_sooner() -> None:
    """With less walking no walk is longer than 600 m as the crow flies."""
    places = Catalogue().places("Jaipur")
    ways = Estimates().ways(places, (Mobility.LESS_WALKING,))
    far = [
        ways.hop(one, other).mode
        for one in places
        for other in places
        if distance_km(one.lat, one.lon, other.lat, other.lon) > 0.6
    ]
    assert set(far) == {"ride"}
