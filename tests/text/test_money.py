"""How sums of money are written, everywhere alike."""

from __future__ import annotations

import pytest

from itinerary_app.text.money import money


@pytest.mark.parametrize(
    ("currency", "amount", "expected"),
    [
        ("EUR", 178.1, "EUR 178.10"),
        ("EUR", 178.0, "EUR 178"),
        ("JPY", 12_500, "JPY 12,500"),
        ("EUR", 0.1 + 0.2, "EUR 0.30"),
        ("EUR", 1234.999, "EUR 1,235"),
        (None, 7, "7"),
    ],
)
def test_money_has_two_decimals_or_none(
    currency: str | None, amount: float, expected: str
) -> None:
    """None for whole sums; what adding left behind is rounded away."""
    assert money(currency, amount) == expected
