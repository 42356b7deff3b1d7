"""Sentences on a plan as such: what it has, and the remarks that answer a wish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from itinerary_app.assistant.telling.step import Planned
from itinerary_app.model import (
    Budget,
    Day,
    Itinerary,
    Preferences,
    Stop,
    StopKind,
)
from itinerary_app.text.words import counted, listed

MOST_NAMES = 4
# Remarks below a plan that answer a wish: what could not be met, and what it costs.
ANSWERS = re.compile(
    r"\bleft out\b|\bno room\b|^Nothing\b|\bserves\b|\bKnown admissions come\b"
    r"|^Step-free\b"
)


def first(plan: Itinerary, wishes: Preferences) -> str:
    """What was planned, and what was assumed for it."""
    pace = f"{wishes.pace} " if wishes.pace else ""
    days = counted(len(plan.days), f"{pace}day")
    sentences = [f"Here is your plan: {days} in {plan.city.name}."]
    sentences.append(highlights(plan.days))
    if wishes.budget not in (None, Budget.MODERATE):
        sentences.append(
            "I know few prices, so the budget mainly decides where you eat."
        )
    given = (("pace", wishes.pace), ("budget", wishes.budget))
    if assumed := [name for name, value in given if value is None]:
        sentences.append(
            f"I assumed a moderate {listed(assumed)}; say so if you'd like another."
        )
    return " ".join(filter(None, sentences))


def highlights(days: Sequence[Day]) -> str:
    """The best visits of the first three days."""
    parts = []
    for day in days[:3]:
        best = sorted(visits(day), key=lambda stop: -stop.place.importance)[:2]
        if best:
            names = listed(stop.place.name for stop in best)
            parts.append(f"day {day.number} has {names}")
    if not parts:
        return ""
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}{' …' if len(days) > 3 else '.'}"


def shape(note: str) -> str:
    """A remark whatever its numbers."""
    return re.sub(r"\d[\d,.]*(?:(?:, | and )\d+)*", "0", note)


def visits(day: Day) -> list[Stop]:
    return [stop for stop in day.stops if stop.kind is StopKind.VISIT]


def names(stops: Iterable[Planned]) -> str:
    """By name; of many the first, and how many more."""
    found = [item.stop.place.name for item in stops]
    if len(found) <= MOST_NAMES + 1:
        return listed(found)
    return listed([*found[:MOST_NAMES], f"{len(found) - MOST_NAMES} more"])
