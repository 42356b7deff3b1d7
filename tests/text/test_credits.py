"""Who is credited, and where their pages are."""

from __future__ import annotations

import pytest

from itinerary_app.text.credits import source_url
from tests.text.palace import PLACE


@pytest.mark.parametrize(
    ("source_id", "url"),
    [
        ("Q1345", "https://www.wikidata.org/wiki/Q1345"),
        (
            "de.wikivoyage.org/wiki/Bangkok | Q1",
            "https://de.wikivoyage.org/wiki/Bangkok",
        ),
        (
            "https://en.wikivoyage.org/wiki/X#See",
            "https://en.wikivoyage.org/wiki/X#See",
        ),
        ("javascript:alert(1)", None),
        ("12", None),
    ],
)
def test_source_url(source_id: str, url: str | None) -> None:
    """A source's page is linked where the id tells it, and nothing else is."""
    assert source_url(PLACE._replace(source_id=source_id)) == url
