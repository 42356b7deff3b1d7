"""Sentences on meals that a change costs."""

from __future__ import annotations

from itinerary_app.assistant.telling.step import Step
from itinerary_app.model import Day, StopKind

MEALS = (StopKind.LUNCH, StopKind.DINNER)


def lost(step: Step) -> list[str]:
    """The meals that a day had and has no longer, though nobody wished it so."""
    was = step.before.days if step.before else ()
    now = step.after.days if step.after else ()
    if len(was) != len(now):
        return []
    wanted = [it for it in MEALS if it not in step.wishes.skipped]
    return [
        f"Day {day.number} has no {meal} now."
        for old, day in zip(was, now, strict=True)
        for meal in wanted
        if day.stops
        and meal in _eaten(old)
        and meal not in {*_eaten(day), *day.skipped}
    ]


def _eaten(day: Day) -> set[StopKind | None]:
    return {it.holds or it.kind for it in day.stops}
