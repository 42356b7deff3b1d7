"""Answer: the words, what can be done next, and what it was about."""

from __future__ import annotations

from dataclasses import dataclass

from itinerary_app.acts.chips import Chip
from itinerary_app.acts.values import PlaceId


@dataclass(frozen=True, slots=True)
class Answer:
    """`stops` and `day` are what "it" and "that day" mean afterwards."""

    text: str
    chips: tuple[Chip, ...] = ()
    stops: tuple[PlaceId, ...] = ()
    day: int | None = None
