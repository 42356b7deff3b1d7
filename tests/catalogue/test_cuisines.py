"""Where one has dinner, and where but a bite."""

from __future__ import annotations

import pytest

from itinerary_app.catalogue.cuisines import is_snack
from itinerary_app.model import Category
from tests.exports.plan import place

FOOD, STREET, CAFE = Category.RESTAURANT, Category.STREET_FOOD, Category.CAFE


@pytest.mark.parametrize(
    ("kind", "cuisine", "hours", "expected"),
    [
        (CAFE, "french", "Mo-Su 08:00-24:00", True),
        (FOOD, "", None, False),
        (FOOD, "tea", None, True),
        (FOOD, "american;breakfast", None, True),
        (FOOD, "american;breakfast", "Mo-Su 07:00-21:00", False),
        (FOOD, "breakfast", "Mo-Su 07:00-15:00", True),
        (FOOD, "cafe;danish", None, False),
        (STREET, "indian;sweets", "Mo-Su 08:00-22:00", True),
        (STREET, "thai;noodle", None, False),
    ],
)
def test_no_dinner_is_made_of_a_snack(
    kind: Category, cuisine: str, hours: str | None, expected: bool
) -> None:
    """Cafés, tea rooms and sweets; breakfast unless it is known to be open later."""
    dishes = tuple(filter(None, cuisine.split(";")))
    assert is_snack(place(category=kind, cuisine=dishes, hours=hours)) == expected
