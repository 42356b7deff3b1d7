"""Resolve: stands in until references are resolved here; acts come with ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from itinerary_app.acts.acts import Act
from itinerary_app.acts.focus import Focus
from itinerary_app.acts.values import Reference


@dataclass(frozen=True, slots=True)
class Question:
    """`options` are the places between which the traveller is to choose, if any."""

    why: str  # "which", "none", "when", "day"
    act: Act
    reference: Reference | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """`acts` are resolved; with a `question` none of them may be carried out."""

    acts: tuple[Act, ...] = ()
    question: Question | None = None
    unknown: tuple[str, ...] = ()
    focus: Focus = field(default_factory=Focus)


def resolve(acts: Sequence[Act], scene: Any) -> Resolution:
    return Resolution(tuple(acts), focus=scene.focus)
