"""Distances and travel times."""

from __future__ import annotations

import pytest

from itinerary_app.planner.geo import distance_km, travel, travel_minutes
from itinerary_app.planner.places import Catalogue


def test_a_known_distance() -> None:
    """Paris to London is 344 km as the crow flies."""
    km = distance_km(48.8566, 2.3522, 51.5074, -0.1278)
    assert km == pytest.approx(343.6, abs=1.0)


def test_the_matrix_agrees_with_single_ways() -> None:
    """All pairs at once give what each pair gives alone, and nothing to itself."""
    places = Catalogue().places("Jaipur")[:12]
    minutes = travel_minutes(places)
    for i, one in enumerate(places):
        assert minutes[i, i] == 0
        for j, other in enumerate(places):
            if i != j:
                assert minutes[i, j] == travel(one, other)[0] >= 1


def test_near_places_are_walked_to_and_far_ones_ridden_to() -> None:
    """Hawa Mahal is a short walk from the City Palace, Amber Fort a ride."""
    places = {place.id: place for place in Catalogue().places("Jaipur")}
    palace = places["city-palace"]
    minutes, mode = travel(palace, places["hawa-mahal"])
    assert mode == "walk"
    assert 3 <= minutes <= 10
    minutes, mode = travel(palace, places["amber-fort"])
    assert mode == "ride"
    assert 30 <= minutes <= 50
