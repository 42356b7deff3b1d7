"""Chips: what is offered as a button beside an answer."""

from __future__ import annotations

from msgspec import Struct

from itinerary_app.acts.acts import Act


class Chip(Struct, frozen=True):
    """A button: its label, and the acts that it sends."""

    label: str
    acts: tuple[Act, ...]
