"""Prices are read where only one reading is possible."""

from __future__ import annotations

import pytest

from itinerary_app.imports import facts


@pytest.mark.parametrize(
    ("told", "home", "read"),
    [
        ("12 EUR", "PEN", (12.0, "EUR")),
        ("€12.50", "EUR", (12.5, "EUR")),
        ("12,50 €", "EUR", (12.5, "EUR")),
        ("1,200 JPY", "JPY", (1200.0, "JPY")),
        ("$15", "USD", (15.0, "USD")),
        ("$15", "AUD", (15.0, "AUD")),
        ("$15", "EUR", None),
        ("¥500", "JPY", (500.0, "JPY")),
        ("Rs. 200", "INR", (200.0, "INR")),
        ("free", "EUR", (0.0, "EUR")),
        ("Free entry", "EUR", (0.0, "EUR")),
        ("5-10 EUR", "EUR", None),
        ("5 EUR, children 3 EUR", "EUR", None),
        ("from 5 EUR", "EUR", None),
        ("ten euros", "EUR", None),
        ("15", "EUR", None),
        ("", "EUR", None),
    ],
)
def test_prices(told: str, home: str, read: tuple[float, str] | None) -> None:
    """One amount in one currency, the country's own where a sign is shared."""
    assert facts.price(told, home) == read


def test_texts_are_one_line() -> None:
    """Control characters, which no storage or page wants, become spaces."""
    assert facts.text(" a\x00b\n c\ud800 ") == "a b c"
    assert facts.text(None) == ""
    assert facts.text(7) == ""
