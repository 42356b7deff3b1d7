"""Whom acts mean: references to places and days become ids and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from itinerary_app.acts.acts import Act
from itinerary_app.acts.chips import Chip
from itinerary_app.acts.focus import Focus


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked back where nothing or several things fit."""

    text: str
    chips: tuple[Chip, ...] = ()
    focus: Focus = field(default_factory=Focus)


@dataclass(frozen=True, slots=True)
class Resolution:
    acts: tuple[Act, ...] = ()
    question: Question | None = None
    unknown: tuple[str, ...] = ()
    focus: Focus = field(default_factory=Focus)


def resolve(acts: Sequence[Act], scene: Any) -> Resolution:
    """Stands in until references are resolved here: acts come with ids."""
    return Resolution(tuple(acts), focus=scene.focus)
