"""A palace and a visit of it, as facts that are put into words."""

from __future__ import annotations

from itinerary_app.model import Category, Place, Stop, StopKind

PLACE = Place(
    id="hawa-mahal",
    name="Hawa Mahal",
    lat=26.9239,
    lon=75.8267,
    category=Category.PALACE,
    interests=(),
    importance=5,
    hours=None,
    price=None,
    currency=None,
    source="Wikidata",
    source_id="Q1345",
    licence="CC0 1.0",
)
STOP = Stop(StopKind.VISIT, 570, 660, 12, "walk", "", PLACE)
