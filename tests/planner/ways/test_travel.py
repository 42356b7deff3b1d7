"""Distances and travel times."""

from __future__ import annotations

import pytest

from itinerary_app.catalogue.geo import STREETS, WALKING_KM_H, distance_km
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import Approach, Mobility, Place, Way
from itinerary_app.planner.ways.travel import Estimates


def test_a_known_distance() -> None:
    """Paris to London is 344 km as the crow flies."""
    km = distance_km(48.8566, 2.3522, 51.5074, -0.1278)
    assert km == pytest.approx(343.6, abs=1.0)


def test_the_matrix_is_told_by_the_globe() -> None:
    """A walk takes as long as its great circle with a detour, rounded up to minutes."""
    places = [it for it in Catalogue().places("Jaipur") if it.approach is None][:12]
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
    assert 45 <= minutes <= 65  # with the climb


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
    assert "walk" not in far


def _toys(*approaches: Approach | None) -> list[Place]:
    """Places 1.1 km apart on a meridian, one for each way to get there."""
    gate = Catalogue().places("Jaipur")[0]
    return [
        gate._replace(id=f"toy-{i}", lat=10.0 + 0.01 * i, lon=20.0, approach=way)
        for i, way in enumerate(approaches)
    ]


def test_a_ferry_takes_its_time_both_ways() -> None:
    """To an island it is as far as to its pier, and the crossing on top; back, too."""
    town, pier, island = _toys(None, None, Approach(Way.FERRY, 15, (10.01, 20.0)))
    ways = Estimates().ways((town, pier, island), ())
    assert ways.hop(town, island) == (ways.minutes(town, pier) + 15, "ferry")
    assert ways.minutes(island, town) == ways.minutes(town, island)


def test_no_ferry_goes_between_places_of_one_island() -> None:
    """Who is on the island walks there; another island of the pier is a ferry away."""
    start = (10.0, 20.0)
    one, near, other = _toys(
        Approach(Way.FERRY, 30, start),
        Approach(Way.FERRY, 35, start),
        Approach(Way.FERRY, 50, start),
    )
    ways = Estimates().ways((one, near, other), ())
    assert ways.hop(one, near).mode == "walk"
    assert ways.minutes(one, near) < 25
    assert ways.hop(one, other).mode == "ferry"
    assert ways.minutes(one, other) >= 80


def test_a_climb_is_only_upwards() -> None:
    """The way to the top is longer than the way down."""
    town, top = _toys(None, Approach(Way.CLIMB, 20))
    ways = Estimates().ways((town, top), ())
    assert ways.minutes(town, top) == ways.minutes(top, town) + 20


def test_nobody_climbs_a_hill_twice() -> None:
    """From the café at the top to the tower there is no climb; from town there is."""
    town, tower, cafe = _toys(None, Approach(Way.CLIMB, 20), Approach(Way.CLIMB, 20))
    cafe = cafe._replace(lat=tower.lat + 0.001)
    ways = Estimates().ways((town, tower, cafe), ())
    assert ways.minutes(tower, cafe) == ways.minutes(cafe, tower) <= 3
    assert ways.minutes(town, cafe) == ways.minutes(cafe, town) + 20


def test_a_walk_goes_on_from_its_end() -> None:
    """From a walk that ends elsewhere one is near what is there."""
    walk, _, end = _toys(Approach(Way.WALK, end=(10.02, 20.0)), None, None)
    ways = Estimates().ways((walk, end), ())
    assert ways.minutes(walk, end) <= 1
    assert ways.minutes(end, walk) > 15
