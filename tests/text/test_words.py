"""How facts are put into words."""

from __future__ import annotations

import pytest

from itinerary_app.model import StopKind
from itinerary_app.text import words
from tests.text.palace import PLACE, STOP


def test_lasting() -> None:
    """A length is in hours and minutes, and says only what it has."""
    assert [words.lasting(m) for m in (0, 45, 60, 90)] == [
        "0 min",
        "45 min",
        "1 h",
        "1 h 30 min",
    ]


def test_travel_is_called_estimated() -> None:
    """A travel time never looks like a measured one."""
    assert words.travel(STOP) == "about 12 min walk (estimated)"


def test_kind() -> None:
    """A meal says which one it is."""
    assert words.kind(STOP) == "palace"
    assert words.kind(STOP._replace(kind=StopKind.LUNCH)) == "lunch · palace"


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (None, "hours unknown"),
        ("24/7", "known hours: always open"),
        ("Mo-Su 09:00-17:00", "known hours: daily 09:00–17:00"),
        (
            "Mo-Th,Sa-Su 10:00-19:00; Fr off",
            "known hours: Mon–Thu, Sat–Sun 10:00–19:00; closed Fri",
        ),
        ("Apr-Oct unknown", "hours: Apr–Oct at unknown times"),
    ],
)
def test_hours(hours: str | None, told: str) -> None:
    """Opening hours are words, and unknown ones are called so."""
    assert words.hours(PLACE._replace(hours=hours)) == told


@pytest.mark.parametrize(
    ("price", "currency", "told"),
    [
        (None, None, "price unknown"),
        (0.0, "INR", "free"),
        (1200.0, "INR", "INR 1,200"),
        (12.5, "EUR", "EUR 12.50"),
        (5.0, None, "5"),
    ],
)
def test_price(price: float | None, currency: str | None, told: str) -> None:
    """Free is free, unknown is unknown."""
    assert words.price(PLACE._replace(price=price, currency=currency)) == told
