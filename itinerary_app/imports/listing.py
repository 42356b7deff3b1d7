"""What a source tells of one place, before it is known which city it is in."""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple

from itinerary_app.model import Place


class Listing(NamedTuple):
    """A place, and what can only be read when its city is known."""

    place: Place
    price: str = ""  # as told; which dollar is meant depends on the country
    city: str = ""  # as told, '' if the source tells none
    unread_hours: str = ""  # hours that were told and could not be read


class Skipped(NamedTuple):
    """An entry that is no place of ours, and why."""

    reason: str
    example: str  # by which a reader finds it in the source


def made_id(prefix: str, told: str) -> str:
    """The same short id for the same text, and another for any other."""
    return f"{prefix}-{blake2b(told.encode(), digest_size=8).hexdigest()}"
