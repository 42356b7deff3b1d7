"""Countries of the world."""

from __future__ import annotations

from itinerary_app.catalogue import countries


def test_currencies() -> None:
    """By country, for prices that are told with a sign."""
    assert countries.currency("PE") == "PEN"
    assert countries.currency("XX") is None
    assert "EUR" in countries.currencies()
