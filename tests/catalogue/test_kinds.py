"""Promises about which places are of a kind."""

from __future__ import annotations

from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.catalogue.places import Catalogue


def _of(kind: str, city: str) -> set[str]:
    return {it.id for it in Catalogue().places(city) if is_of_kind(it, kind)}


def test_a_cuisine_is_of_places_to_eat() -> None:
    """By what is known to be cooked there; a museum of Turkish arts cooks nothing."""
    turkish = _of("turkish", "Istanbul")
    assert "ciya-sofrasi" in turkish
    assert "museum-of-turkish-and-islamic-arts" not in turkish


def test_a_boat_is_any_that_one_rides() -> None:
    """A cruise and a ferry are boats; a workshop is none."""
    assert _of("boat", "Istanbul") == {"bosphorus-cruise"}
    assert _of("musical", "New York") == {"broadway-theater-district"}


def test_one_of_several_kinds_is_enough() -> None:
    """A castle is a palace or a fort."""
    both = _of("palace,fort", "Rome")
    assert both == _of("palace", "Rome") | _of("fort", "Rome")
    assert both
